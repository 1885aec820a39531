"""Arrows: along what was recorded where they start, and all of one walk on one scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.check.places.distance import in_pixels
from scenes.check.places.recorded import known_rows, on_the_map, spots_of
from scenes.parts.ground.arrow import ArrowRole, GroundArrow
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk

#: How far an arrow may be from its direction, in degrees: at a recorded row, and within a step. There the slope is the
#: one where the step began, and the ground has another by then.
_ASIDE, _ASIDE_WITHIN = 1.0, 25.0
#: By which fraction two arrows on one scale may differ, as they are drawn.
_LONGER = 0.04
#: How far an arrow may start from a recorded point, in pixels of 1080p: it lies above the ground.
_START = 3.0
#: World height of an arrow above the ground.
_ABOVE = 0.03
#: World lengths by which the length of an arrow is told from where its tip is drawn.
_LENGTHS = np.linspace(0.0, 12.0, 481)

_RECORDED: dict[ArrowRole, tuple[str, Callable[[Trajectory, int], NDArray[np.float64]]]] = {
    ArrowRole.UPHILL: ("the slope", lambda run, row: run.slopes[row]),
    ArrowRole.DOWNHILL: ("minus the slope", lambda run, row: -run.slopes[row]),
    ArrowRole.HELD: ("minus what grad held", lambda run, row: -run.grads[min(row, run.steps - 1)]),
}


@dataclass(frozen=True)
class _Start:
    """A recorded point from which an arrow may start: of a walk as it stands, or a row that nobody is at."""

    run: Trajectory
    row: int
    at: NDArray[np.float64]
    whole: bool


@dataclass
class Arrows:
    """Measures arrows; keeps on which scale each was drawn."""

    _scales: WeakKeyDictionary[GroundArrow, float] = field(default_factory=WeakKeyDictionary)
    _now: dict[str, float] = field(default_factory=dict)
    _time: float = -1.0

    def faults(self, arrow: GroundArrow, walks: Sequence[Walk], scene: Any) -> Iterator[tuple[str, str]]:
        """The run of an arrow with a role, and what is wrong with its start, its direction and its length."""
        corners = arrow.shape.get_vertices()
        foot, tip = (corners[0] + corners[6]) / 2, corners[3]
        if arrow.role is None or np.linalg.norm(tip - foot) < 1e-3:
            return
        mountain = arrow.mountain
        start, away = _start(mountain, foot, walks, scene)
        if start is None or away > _START:
            yield "an arrow", f"it starts {away:.1f} pixels of 1080p from every recorded point"
            return
        name, recorded = _RECORDED[arrow.role]
        vector = np.asarray(recorded(start.run, start.row), dtype=np.float64)
        # In world units a coefficient counts as much as it is drawn wide; the rise is that of the loss along the way.
        steep = float(np.linalg.norm(vector * mountain.scale_of.ground))
        if steep < 1e-12:
            return
        rise = float(np.dot(start.run.slopes[start.row], vector / steep)) * mountain.terrain.relief
        along = np.array([*(vector / steep * mountain.scale_of.ground), rise])
        ground = mountain.world(*start.at) + [0, 0, _ABOVE]
        way, drawn = mountain.on_screen(ground + 0.01 * along) - mountain.on_screen(ground), tip - foot
        turned = np.degrees(np.arctan2(way[0] * drawn[1] - way[1] * drawn[0], float(np.dot(way, drawn))))
        near = _ASIDE if start.whole else _ASIDE_WITHIN
        found = "" if abs(turned) <= near else f"an arrow is {abs(turned):.0f} degrees off {name}, as recorded"
        yield start.run.label, found
        if not found and start.whole and not arrow.only_direction:
            yield start.run.label, self._off_scale(arrow, start, _length(mountain, ground, along, drawn) / steep, scene)

    def _off_scale(self, arrow: GroundArrow, start: _Start, scale: float, scene: Any) -> str:
        """Whether an arrow is longer, for its slope, than it was, or than another of the same walk beside it."""
        if self._time != scene.time:
            self._time, self._now = float(scene.time), {}
        before = self._scales.setdefault(arrow, scale)
        beside = self._now.setdefault(start.run.label, scale)
        for other, which in ((before, "it was before"), (beside, "the one beside it")):
            if abs(scale / other - 1) > _LONGER:
                return (
                    f"an arrow at step {start.row} is {scale:.2f} units long for a slope of 1, and {which} {other:.2f}"
                )
        return ""


def _start(
    mountain: Mountain, foot: NDArray[np.float64], walks: Sequence[Walk], scene: Any
) -> tuple[_Start | None, float]:
    """The recorded point that is nearest to the foot of an arrow, and how far in pixels of 1080p it is."""
    best: _Start | None = None
    least = np.inf
    for walk in walks:
        spot = mountain.on_screen(mountain.world(*walk.coeffs_at()) + [0, 0, _ABOVE])
        away = float(in_pixels(spot - foot))
        if walk.mountain is mountain and away < least:
            whole = abs(walk.now - round(walk.now)) < 1e-6
            best, least = _Start(walk.trajectory, walk.row, walk.coeffs_at(), whole), away
    if least <= _START:
        return best, least
    for run in on_the_map(scene):
        rows = np.flatnonzero(known_rows(mountain, run))
        if len(rows):
            apart = in_pixels(spots_of(mountain, run, rows, _ABOVE) - foot)
            if apart.min() < least:
                row = int(rows[apart.argmin()])
                best, least = _Start(run, row, np.asarray(run.coeffs[row]), True), float(apart.min())
    return best, least


def _length(
    mountain: Mountain, ground: NDArray[np.float64], along: NDArray[np.float64], drawn: NDArray[np.float64]
) -> float:
    """World length of an arrow over the ground, by where its tip is drawn."""
    ways = mountain.on_screen(ground + _LENGTHS[:, None] * along) - mountain.on_screen(ground)
    ahead = ways @ drawn / np.linalg.norm(drawn)
    rising = np.maximum.accumulate(ahead)
    return float(np.interp(np.linalg.norm(drawn), rising, _LENGTHS))
