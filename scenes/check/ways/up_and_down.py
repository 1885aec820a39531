"""Up and down: what names an end of a needle stands at that end, and what is told to rise is told by that word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Mobject, Text

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.lines import UNSEEN
from scenes.check.playback import Moment
from scenes.check.telling.spoken_words import moments_of
from scenes.check.wiring.cast import pieces, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.dials.compass import Compass
from scenes.parts.ground.probes import Probes
from scenes.stage.label_places import box_of
from scenes.stage.spoken_line import SpokenLine

_WAYS = {
    sign: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    for sign, words in ((1, en.RISING_HUES + en.UPHILL_WORDS), (-1, en.FALLING_HUES + en.DOWNHILL_WORDS))
}
#: How far a needle may be aside of its slope and still be at rest, in radians.
_AT_REST = 0.05
#: Scene units from the rim of a dial within which a label is beside it, and how far aside of its middle it is, of its
#: radius: above that, or below, it may be the name of all of it.
_BESIDE, _ASIDE = 1.2, 0.5
#: How far on the wrong side of the middle a label is, as the cosine of the angle between the two.
_WRONG = -0.2
#: Seconds within which a word is at what it tells, by which it is nearer than another, and the least of a telling.
_NEAR, _NEARER, _BEGUN = 0.6, 0.4, 0.02


@dataclass
class UpAndDown(Check):
    """Looks which end of a needle its names stand at, and at which word probes are told to rise, or to fall."""

    _told: dict[tuple[int, int], tuple[Probes, float]] = field(default_factory=dict)
    _began: list[tuple[float, int]] = field(default_factory=list)
    _play: tuple[int, float] = (-1, 0.0)

    def see(self, moment: Moment) -> None:
        """Note when probes begin to be told."""
        if moment.play.index != self._play[0]:
            self._play = moment.play.index, moment.time
        for probes in moment.of(Probes):
            for sign in (1, -1):
                before = self._told.get((id(probes), sign), (probes, 0.0))[1]
                now = probes.told(sign)
                if before < _BEGUN <= now:
                    self._began.append((self._play[1], sign))
                self._told[id(probes), sign] = probes, now

    def played(self, moment: Moment) -> None:
        """Look at the names that stand beside a needle which has come to rest."""
        self.see(moment)
        stage = [piece for top in tops(moment) for piece in pieces(top) if not piece.updating_suspended]
        for compass in (piece for piece in stage if isinstance(piece, Compass)):
            if abs(float(compass.swing())) < _AT_REST and compass.up.get_fill_opacity() > UNSEEN:
                for label, sign in _names(stage):
                    if found := _at_wrong_end(label, sign, compass):
                        self.keep(Fault("label", str(label.original_text), found, moment.time), label)
        for probes in moment.of(Probes):
            if (wrong := probes.miscoloured()) is not None:
                found = f"probe {wrong} has not the colour of how the recorded ground goes along it"
                self.keep(Fault("colour", "Probes", found, moment.time), probes)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Hold what probes were told against the words that were said then."""
        for line in getattr(scene, "lines", []):
            for time, sign in self._began:
                during = line.start - _NEAR < time < line.start + line.duration + _NEAR
                if during and (found := _on_the_other_s_word(line, time - line.start, sign)):
                    self.keep(Fault("mark", line.text, found, time))


def _names(stage: list[Mobject]) -> Iterator[tuple[Text, int]]:
    """The lines of type that name an end of a needle, and which: 1 of uphill."""
    for line in stage:
        if isinstance(line, Text) and len(line) and float(line[0].get_fill_opacity()) > UNSEEN:
            text = line.original_text.strip().lower()
            if text in (*en.UPHILL_NAMES, *en.DOWNHILL_NAMES):
                yield line, 1 if text in en.UPHILL_NAMES else -1


def _at_wrong_end(label: Text, sign: int, compass: Compass) -> str:
    """Whether a name of one end of a needle stands beside the other."""
    away = (label.get_center() - compass.rim.get_center())[:2]
    radius = compass.rim.width / 2
    west, south, east, north = box_of(label)
    middle = compass.rim.get_center()
    gap = np.hypot(max(west - middle[0], middle[0] - east, 0.0), max(south - middle[1], middle[1] - north, 0.0))
    if gap > radius + _BESIDE or abs(away[0]) < _ASIDE * radius:
        return ""
    along = float(away @ compass.drawn_uphill() / np.linalg.norm(away)) * sign
    return f"stands at the other end of the needle, {np.degrees(np.arccos(along)):.0f} degrees away" * (along < _WRONG)


def _on_the_other_s_word(line: SpokenLine, at: float, sign: int) -> str:
    """Whether what rises is told on a word of what falls, or the other way round, though the line has a word of it."""
    words = {way: [(time, match[0]) for match, time in moments_of(line, _WAYS[way])] for way in (1, -1)}
    if not words[1] or not words[-1]:
        return ""
    own, other = (min(words[way], key=lambda word: abs(word[0] - at)) for way in (sign, -sign))
    if abs(other[0] - at) > _NEAR or abs(own[0] - at) < abs(other[0] - at) + _NEARER:
        return ""
    what = "what rises" if sign == 1 else "what falls"
    return f"{what} is told on {other[1]!r}, {abs(own[0] - at):.1f} s from {own[1]!r}"
