"""Naming: a label stands beside what it names, not on it; and what is named or spoken of is to be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from manim import Mobject, Text
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.visible import changed_by
from scenes.check.playback import Moment
from scenes.narration.cues import CueSheet
from scenes.stage.label_places import Box
from scenes.stage.naming import anchor_of, names_of

#: Opacity from which on a label is there to be read.
_THERE = 0.95
#: Scene units that may lie between a label and its thing; and by which another thing may be nearer.
_BESIDE, _NEARER = 1.2, 0.25
#: How much of what it names a label may cover.
_COVERED = 0.15
#: Pixels that change, by so many levels, if something that is seen is left out of the frame.
_PIXELS, _LEVELS = 12, 12


@dataclass
class Naming(Check):
    """Watches labels that name something, and what lines speak of."""

    _looked: WeakKeyDictionary[Mobject, Any] = field(default_factory=WeakKeyDictionary)
    _unseen: dict[int, tuple[Any, Mobject]] = field(default_factory=dict)
    _spoken: int = 0

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        labels = [mobject for mobject in moment.shown if names_of(mobject) and _is_there(mobject)]
        shown = {id(mobject) for mobject in moment.shown} if labels else set()
        for label in labels:
            for thing in names_of(label):
                found = self._found(moment, label, thing, labels, shown)
                if found:
                    self.keep(Fault("label", _words(label), found, moment.time), label, thing)
        self._listen(moment)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002  what was seen is known by now
        """Keep what was spoken of, and was seen at no moment of its line."""
        for spoken, thing in self._unseen.values():
            found = f"{_called(thing)} is not to be seen while it is spoken of"
            self.keep(Fault("label", spoken.text, found, spoken.start), thing)

    def _found(self, moment: Moment, label: Mobject, thing: Mobject, labels: list[Mobject], shown: set[int]) -> str:
        called = _called(thing)
        if id(thing) not in shown:
            return f"names {called}, which is not in the picture"
        if thing.updating_suspended or not len(thing.get_all_points()):
            return ""
        box, away = _box(label), _gap(label, thing)
        others = {id(other): other for one in labels for other in names_of(one) if other not in names_of(label)}
        alike = [other for other in moment.shown if type(other) is type(thing) and other not in names_of(label)]
        for other in [*others.values(), *alike]:
            if id(other) in shown and _gap(label, other) < away - _NEARER:
                return (
                    f"stands {away:.1f} units from {called}, which it names, and nearer to another {_called(other)[2:]}"
                )
        if away > _BESIDE:
            return f"stands {away:.1f} units from {called}, which it names"
        points = _inner(thing)
        inside = (points[:, 0] > box[0]) & (points[:, 0] < box[2]) & (points[:, 1] > box[1]) & (points[:, 1] < box[3])
        if inside.mean() > _COVERED:
            return f"covers {100 * inside.mean():.0f} % of {called}, which it names"
        key = _state(thing)
        if self._looked.get(label) != key:
            self._looked[label] = key
            if not is_seen(moment, thing):
                return f"names {called}, which is not to be seen"
        return ""

    def _listen(self, moment: Moment) -> None:
        """Note what lines speak of, until it is seen."""
        spoken_of = getattr(moment.scene, "spoken_of", [])
        for line, thing in spoken_of[self._spoken :]:
            self._unseen[id(thing)] = line, thing
        self._spoken = len(spoken_of)
        for key, (line, thing) in list(self._unseen.items()):
            if moment.time <= line.start + line.duration + 1 / 4 and is_seen(moment, thing):
                del self._unseen[key]


def is_seen(moment: Moment, thing: Mobject) -> bool:
    """Whether the frame would be another without a thing: neither fog nor ridges nor panels hide all of it."""
    if not any(thing is mobject for mobject in moment.shown):
        return False
    return int(changed_by(moment, thing, _LEVELS).sum()) >= _PIXELS


def _is_there(label: Mobject) -> bool:
    """Whether a label can be read: it neither comes nor goes."""
    glyphs = [glyph for text in label.get_family() if isinstance(text, Text) for glyph in text]
    return bool(glyphs) and not label.updating_suspended and float(glyphs[0].get_fill_opacity()) >= _THERE


def _gap(label: Mobject, thing: Mobject) -> float:
    """Scene units between a label and the place beside which it belongs."""
    left, low, right, top = _box(label)
    anchor = anchor_of(thing)
    west, south, east, north = _box(anchor) if isinstance(anchor, Mobject) else (*anchor[:2], *anchor[:2])
    return float(np.hypot(max(left - east, west - right, 0.0), max(low - north, south - top, 0.0)))


def _box(mobject: Mobject) -> Box:
    """The box around all that is drawn of a mobject."""
    points = mobject.get_all_points()
    (left, low), (right, top) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    return float(left), float(low), float(right), float(top)


def _inner(thing: Mobject) -> NDArray[np.float64]:
    """``(n, 2)``, points on the shapes of a thing, equally many of each."""
    parts = [member.points[:, :2] for member in thing.get_family() if len(member.points)]
    return np.concatenate([points[np.linspace(0, len(points) - 1, 32).astype(int)] for points in parts])


def _state(thing: Mobject) -> Any:
    """What decides whether a thing is seen, as far as it stands on ground."""
    mountain = getattr(thing, "mountain", None)
    return _box(thing), mountain and (mountain.framing, mountain.fog)


def _called(thing: Mobject) -> str:
    kind = type(thing).__name__
    return f"{'an' if kind[0] in 'AEIO' else 'a'} {kind}"


def _words(label: Mobject) -> str:
    texts = [str(text.original_text) for text in label.get_family() if isinstance(text, Text)]
    return ", ".join(texts[:2]) or type(label).__name__
