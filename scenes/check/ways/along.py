"""Along: what runs on arrows runs from their feet to their tips, and back only where that is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Mobject, ShowPassingFlash, TipableVMobject, VMobject
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.lines import is_type
from scenes.check.playback import Moment
from scenes.check.timing.plays import in_time
from scenes.check.wiring.cast import tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.ground.arrow import GroundArrow

#: Scene units: how large at most what runs is, how far it must go from one moment to the next, and how far from an
#: arrow it is still on it.
_SMALL, _GOES, _ON = 0.8, 0.05, 0.6
#: How well its way and the arrow's must agree, as a cosine; how many times it must have been seen on one, and at which
#: part of them it may go along arrows that it only crosses.
_ALONG, _TIMES, _FEW = 0.5, 3, 0.25

Points = NDArray[np.float64]


@dataclass
class Along(Check):
    """Follows small things that are moved, and compares their ways with the arrows that they pass."""

    _play: int = -1
    _began: float = 0.0
    _before: dict[int, Points] = field(default_factory=dict)
    _seen: dict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))
    _names: dict[int, Mobject] = field(default_factory=dict)
    _wrong: list[tuple[float, str, Mobject]] = field(default_factory=list)

    def see(self, moment: Moment) -> None:
        """Look at where everything has gone since the moment before."""
        if moment.play.index != self._play:
            self._judge()
            self._play, self._began, self._before = moment.play.index, moment.play.start, {}
            self._flashes(moment)
        movers = list(_movers(moment))
        moved = {id(piece) for mover in movers for piece in mover.get_family()}
        arrows = _arrows(moment, moved) if movers else []
        for mover in movers:
            here = mover.get_center()[:2]
            before = self._before.get(id(mover))
            self._before[id(mover)], self._names[id(mover)] = here, mover
            if before is not None and np.linalg.norm(here - before) > _GOES:
                self._seen[id(mover)] += [
                    agree for arrow in arrows if (agree := _agree(before, here, arrow)) is not None
                ]

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Judge what ran against arrows, unless the words say so."""
        self._judge()
        for time, found, mover in self._wrong:
            said = [cue.text for cue in sheet.cues if cue.start - 1 < time and cue.end > time - 1]
            if not any(word in text.lower() for text in said for word in en.RETURNING_WORDS):
                self.keep(Fault("order", type(mover).__name__, found, time), mover)

    def _judge(self) -> None:
        """Judge what has been played to its end."""
        for key, seen in self._seen.items():
            if len(seen) >= _TIMES and sum(seen) < _FEW * len(seen):
                found = f"runs against the arrows on its way, at {len(seen) - sum(seen)} of {len(seen)} moments"
                self._wrong.append((self._began, found, self._names[key]))
        self._seen.clear()

    def _flashes(self, moment: Moment) -> None:
        """A light that runs along an arrow on the ground runs to its tip."""
        for animation, _ in in_time(moment.play.animations) if not moment.play.waits else ():
            way: Any = getattr(animation, "starting_mobject", animation.mobject)  # of itself a piece is left
            if not isinstance(animation, ShowPassingFlash) or not isinstance(way, VMobject) or not len(way.points):
                continue
            for arrow in moment.of(GroundArrow):
                first, last = (float(np.linalg.norm(end[:2] - arrow.tip()[:2])) for end in way.points[[0, -1]])
                if first < _ON and first < last:
                    found = "a light runs from the tip of an arrow to its foot"
                    self._wrong.append((moment.time, found, arrow))


def _movers(moment: Moment) -> Iterator[Mobject]:
    """The small things, no words, that an animation moves."""
    if moment.play.waits:
        return
    for animation, _ in in_time(moment.play.animations):
        thing = animation.mobject
        arrow = isinstance(thing, TipableVMobject) and thing.has_tip()
        small = isinstance(thing, VMobject) and not arrow and 0 < max(thing.width, thing.height) < _SMALL
        if small and not any(is_type(piece) for piece in thing.get_family()):
            yield thing


def _arrows(moment: Moment, moved: set[int]) -> list[Points]:
    """``(n, 2)`` each, points along the arrows that are there and are not moved themselves, from foot to tip."""
    every = (piece for top in tops(moment) for piece in top.get_family() if isinstance(piece, TipableVMobject))
    found = (piece for piece in every if id(piece) not in moved)
    lines = [np.asarray(piece.points[:, :2]) for piece in found if piece.has_tip() and not piece.has_start_tip()]
    return [points for points in lines if len(points) > 1]


def _agree(before: Points, here: Points, arrow: Points) -> bool | None:
    """Whether somebody who goes on an arrow goes along it; None if he is on none, or crosses it."""
    away = np.linalg.norm(arrow - (before + here) / 2, axis=1)
    nearest = int(away.argmin())
    if away[nearest] > _ON:
        return None
    low, high = max(nearest - 1, 0), min(nearest + 1, len(arrow) - 1)
    way, goes = arrow[high] - arrow[low], here - before
    length = float(np.linalg.norm(way) * np.linalg.norm(goes))
    cosine = float(way @ goes) / length if length > 0 else 0.0
    return None if abs(cosine) < _ALONG else cosine > 0
