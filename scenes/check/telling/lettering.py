"""Lettering: a line of type is on nothing, and beside what its words name, whether or not the scene declares that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Group, Mobject, RoundedRectangle, Text, VGroup
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import field_of
from scenes.check.playback import Moment
from scenes.check.shapes import strength
from scenes.check.telling.names import called
from scenes.check.telling.spoken_words import alike, stem_of
from scenes.check.wiring.cast import tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.dials.compass import Compass
from scenes.parts.ground.arrow import GroundArrow
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.radio import Knob, Radio
from scenes.stage.naming import anchor_of, names_of

#: What a label may stand beside; and panels, and figures, on which none may lie.
_NAMED = (Hiker, Cabin, GroundArrow, Compass, Radio, Scorecard, Knob)
_PANELS, _FIGURES = (Compass, Radio, Scorecard, Knob), (Hiker, Cabin)
#: Plain groups, which are looked into.
_PLAIN = (VGroup, Group, Mobject)
#: Words that a label has at most; and opacity from which on it is there, and from which on a part is.
_SHORT, _THERE, _SEEN = 4, 0.95, 0.3
#: Scene units within which a label is beside a thing, and by which another is nearer.
_BESIDE, _NEARER = 1.2, 0.25
#: How much of a label may lie on a panel, and how much of a figure it may cover.
_ON, _COVERED = 0.3, 0.15


@dataclass(frozen=True)
class _Label:
    """A line of type that is in no stage part, with the plate that it may be on, and what it is a piece of on stage."""

    text: Any
    whole: Mobject
    top: Mobject


@dataclass
class Lettering(Check):
    """Looks at lines of type that are in no stage part, whenever an animation has ended."""

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left the scene."""
        labels: list[_Label] = []
        parts: list[Mobject] = []
        joined: set[int] = set()
        for top in tops(moment):
            before = len(parts)
            _gather(top, top, labels, parts)
            if len(parts) > before:  # words and an instrument that are one: the words are the instrument's
                joined.add(id(top))
        labels = [label for label in labels if _is_there(label)]
        if not labels or not parts:
            return
        parts = [part for part in parts if strength(part) > _SEEN and not part.updating_suspended]
        boxes = [(part, _box(part)) for part in parts]
        for label in labels:
            box = _box(label.whole)
            for part, other in boxes:
                if _lies_on(box, part, other):
                    found = f"lies on {_a(part)}"
                    self.keep(Fault("label", label.text.original_text, found, moment.time), label.whole, part)
            if id(label.top) not in joined and (found := _misnamed(label, box, boxes)):
                self.keep(Fault("label", label.text.original_text, found, moment.time), label.whole)

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """A still plays nothing: look at its end."""
        if sheet.length == 0:
            self.played(Moment(0.0, scene, None))  # type: ignore[arg-type]


def _gather(mobject: Mobject, top: Mobject, labels: list[_Label], parts: list[Mobject]) -> None:
    """The lines of type and the stage parts of a mobject, down to those parts."""
    if isinstance(mobject, Text):
        labels.append(_Label(mobject, mobject, top))
    elif isinstance(mobject, _NAMED):
        parts.append(mobject)
    elif type(mobject) in _PLAIN:
        members = mobject.submobjects
        if len(members) == 2 and isinstance(members[0], RoundedRectangle) and isinstance(members[1], Text):
            labels.append(_Label(members[1], mobject, top))
            return
        for member in members:
            _gather(member, top, labels, parts)


def _misnamed(label: _Label, box: NDArray[np.float64], boxes: Sequence[tuple[Mobject, NDArray[np.float64]]]) -> str:
    """Whether a label stands beside another thing than its words name, or is said to name another."""
    text = label.text
    if len(text.original_text.split()) > _SHORT or any(
        field_of(source) is not None for _, source in getattr(getattr(text, "numbers", None), "sources", ())
    ):
        return ""
    own = called(text).stems
    named = [part for part, _ in boxes if _is_a(part, own)]
    if not named:
        return ""
    things = names_of(label.whole) or names_of(text)
    if things:
        others = [part for part in named if part not in things]
        if (
            others
            and not any(_is_called(thing, own) for thing in things)
            and all(called(each).stems for each in things)
        ):
            return f"is set to name {_a(things[0])}, and its words name {_a(others[0])}"
        return ""
    away = min(_gap(box, part) for part in named)
    beside = [(gap, part) for part, _ in boxes if part not in named and (gap := _gap(box, part)) < _BESIDE]
    if away > _BESIDE and beside:
        gap, other = min(beside, key=lambda pair: pair[0])
        if gap < away - _NEARER:
            return f"stands beside {_a(other)}, and its words name {_a(named[0])}, {away:.1f} units away"
    return ""


def _is_called(part: Mobject, stems: frozenset[str]) -> bool:
    """Whether a part may be called so: by what it is, or by words of its own."""
    return any(alike(stem, other) for stem in stems for other in called(part).stems)


def _is_a(part: Mobject, stems: frozenset[str]) -> bool:
    """Whether a part is what some words name: by its kind alone, since it may have the names of other things on it."""
    words = {word for kind in type(part).__mro__ for word in en.PART_WORDS.get(kind.__name__, ())}
    if isinstance(part, GroundArrow) and part.role is not None:
        words |= set(en.ARROW_WORDS.get(part.role.value, ()))
    return any(alike(stem, stem_of(word)) for stem in stems for word in words)


def _lies_on(box: NDArray[np.float64], part: Mobject, other: NDArray[np.float64]) -> bool:
    """Whether a label lies on a panel, or covers some of a figure."""
    shared = _shared(box, other)
    if not isinstance(part, _FIGURES) or shared == 0:
        return shared > _ON and isinstance(part, _PANELS)
    points = np.concatenate(
        [each.points[np.linspace(0, len(each.points) - 1, 32).astype(int), :2] for each in _members(part)]
    )
    return bool(((points > box[:2]) & (points < box[2:])).all(axis=1).mean() > _COVERED)


def _is_there(label: _Label) -> bool:
    text = label.text
    fading = text.updating_suspended or label.whole.updating_suspended
    return bool(len(text)) and not fading and float(text[0].get_fill_opacity()) >= _THERE


def _members(mobject: Mobject) -> Iterator[Any]:
    return (member for member in mobject.get_family() if member.has_points() and hasattr(member, "get_fill_opacity"))


def _box(mobject: Mobject) -> NDArray[np.float64]:
    """``(4,)``, left, bottom, right and top."""
    points = mobject.get_all_points()
    if not len(points):
        return np.zeros(4)
    return np.concatenate([points[:, :2].min(axis=0), points[:, :2].max(axis=0)])


def _shared(box: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """How much of a box is in another, or of the other in it."""
    inside = np.maximum(np.minimum(box[2:], other[2:]) - np.maximum(box[:2], other[:2]), 0.0)
    least = min(float(np.prod(each[2:] - each[:2])) for each in (box, other))
    return float(np.prod(inside)) / least if least > 0 else 0.0


def _gap(box: NDArray[np.float64], part: Mobject) -> float:
    """Scene units from a box to a part, or to its tip."""
    anchor = anchor_of(part)
    other = _box(anchor) if isinstance(anchor, Mobject) else np.array([*anchor[:2], *anchor[:2]])
    return float(np.hypot(*np.maximum(np.maximum(other[:2] - box[2:], box[:2] - other[2:]), 0.0)))


def _a(part: Mobject) -> str:
    kind = type(part).__name__
    if isinstance(part, GroundArrow) and part.role is not None:
        kind = f"{part.role.value} arrow"
    return f"{'an' if kind[0] in 'AEIOaeiou' else 'a'} {kind}"
