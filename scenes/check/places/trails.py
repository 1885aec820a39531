"""Trails: a footprint at each recorded point that was reached and is seen, and a hiker at the head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from scenes.check.places.distance import NEAR, in_pixels, too_far
from scenes.check.places.hikers import boots_of
from scenes.check.places.recorded import another_than_asked_for, known_rows, spots_of, world_of
from scenes.engine.drawing.subpaths import subpaths
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.trail import Trail

#: World height of footprints above the ground, and of the line: see `Trail`.
PRINT, LINE = 0.02, 0.05
#: How far a trail's head may be from the boots of its hiker, in pixels of 1080p; the line lies above the ground.
_HEAD = 3.0
#: Progress on either side of a row within which the line must be seen, for its place at the row to be certain.
_AROUND = 1 / 16
#: Steps above which a line has fewer corners than that.
_LONG = 250
#: Hidden steps at which the line is drawn, so many that it is not one that passes before them.
_THROUGH = 3


@dataclass(frozen=True)
class _Seen:
    """What of a whole way is seen from where the eye is (``framing``).

    Attributes
    ----------
    shown, hidden, passed
        ``(T+1,)`` each: rows whose footprint is seen, rows of which nothing is, and rows around which the line is seen.
    """

    framing: Any
    shown: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    passed: NDArray[np.bool_]


@dataclass
class Trails:
    """Measures trails, each anew when it has changed; what a shot shows of it is found once while the eye rests."""

    _seen: WeakKeyDictionary[Trail, _Seen] = field(default_factory=WeakKeyDictionary)
    _measured: WeakKeyDictionary[Trail, Any] = field(default_factory=WeakKeyDictionary)

    def faults(self, trail: Trail, hikers: Sequence[Hiker], scene: Any) -> Iterator[str]:
        """What is wrong with each footprint, with the line and with its head; an empty text for each that is right.

        Parameters
        ----------
        hikers
            All who are shown.
        """
        feet = [hiker.drawn_feet().tobytes() for hiker in hikers]
        drawn = (trail.walk.now, trail.walk.mountain.framing, trail.line.points.tobytes(), trail.dots.points.tobytes())
        if self._measured.get(trail) == (drawn, feet):
            return  # as it was a moment ago
        self._measured[trail] = drawn, feet
        walk = trail.walk
        other = another_than_asked_for(walk.trajectory, scene)
        if other:
            yield f"the run that left the trail {other}"
            return
        yield from _strangers(trail)
        yield self._skipped(trail)
        yield _headless(trail, hikers)

    def _skipped(self, trail: Trail) -> str:
        """A step that was reached, and its footprint: missing, over a ridge, or with the line at a distance."""
        walk, reached = trail.walk, trail.walk.row + 1
        seen = self._look(trail)
        shown, hidden, passed = (np.flatnonzero(rows[:reached]) for rows in (seen.shown, seen.hidden, seen.passed))
        places, prints = spots_of(walk.mountain, walk.trajectory, shown, PRINT), _prints(trail)
        missing = shown[_away(places, prints) > NEAR]
        if len(missing):
            return f"no footprint at step {missing[0]}: {len(missing)} of {len(shown)} that were reached have none"
        under = spots_of(walk.mountain, walk.trajectory, hidden, PRINT)
        through = hidden[(_away(under, prints) <= NEAR) & (_away(under, places) > 2 * NEAR)]
        if len(through):
            return f"the footprint of step {through[0]} is drawn over a ridge that hides it"
        corners = trail.line.points[0::4]
        over = _away(spots_of(walk.mountain, walk.trajectory, hidden, LINE), corners) <= NEAR
        if over.sum() >= _THROUGH:
            return f"the line is drawn over a ridge that hides it, at {over.sum()} of {len(hidden)} hidden steps"
        rows = passed[passed <= walk.now - _AROUND]
        away = _away(spots_of(walk.mountain, walk.trajectory, rows, LINE), corners)
        if (away > NEAR).any():
            row = int(rows[away.argmax()])
            return f"the line passes step {row} at a distance of {away.max():.1f} pixels of 1080p"
        return ""

    def _look(self, trail: Trail) -> _Seen:
        walk, mountain, run = trail.walk, trail.walk.mountain, trail.walk.trajectory
        before = self._seen.get(trail)
        if before is not None and before.framing == mountain.framing:
            return before
        known = known_rows(mountain, run)
        rows = np.arange(len(known))
        shown, hidden = known.copy(), known.copy()
        ground = world_of(mountain, run, rows[known])
        # Near an edge of what is seen heights differ: where one of them is hidden, nothing is asked for.
        low, line, above = (mountain.seen(ground + [0, 0, lift]) for lift in (PRINT, LINE, 2 * LINE))
        shown[known], hidden[known] = low & line, ~(low | line | above)
        passed = shown & (run.steps <= _LONG) & (rows > 0) & (rows < run.steps)
        for aside in (-_AROUND, _AROUND):
            passed &= mountain.seen(walk.path(np.clip(rows + aside, 0, run.steps)) + [0, 0, LINE])
        self._seen[trail] = _Seen(mountain.framing, shown, hidden, passed)
        return self._seen[trail]


def _prints(trail: Trail) -> NDArray[np.float64]:
    """``(n, 3)``, the middles of the footprints as they are drawn."""
    points = trail.dots.points
    if not len(points):
        return np.zeros((0, 3))
    firsts = 4 * subpaths(points, trail.dots.tolerance_for_point_equality)[0]
    return np.asarray((np.minimum.reduceat(points, firsts) + np.maximum.reduceat(points, firsts)) / 2)


def _strangers(trail: Trail) -> Iterator[str]:
    """Each footprint is at a recorded point that was reached; later ones than that have none."""
    walk, centres = trail.walk, _prints(trail)
    rows = np.flatnonzero(known_rows(walk.mountain, walk.trajectory)[: walk.row + 1])
    for distance in _away(centres, spots_of(walk.mountain, walk.trajectory, rows, PRINT)):
        aside = f"a footprint is {distance:.1f} pixels of 1080p from every recorded point that was reached"
        yield aside if distance > NEAR else ""


def _headless(trail: Trail, hikers: Sequence[Hiker]) -> str:
    """The hiker who leaves the trail stands at its head, as long as the walk is on the ground."""
    walk = trail.walk
    if trail.is_whole or walk.now <= 0 or not known_rows(walk.mountain, walk.trajectory)[walk.row]:
        return ""
    there = boots_of(walk)
    if any(hiker.updating_suspended for hiker in hikers if hiker.walk is walk):
        return ""  # just coming or going
    away = in_pixels(np.array([hiker.drawn_feet() for hiker in hikers]).reshape(-1, 3) - there)
    if not (away <= _HEAD).any():
        return f"nobody stands at the head of the trail, at step {walk.now:.1f}" + (
            f"; the nearest hiker is {away.min():.1f} pixels of 1080p away" if len(away) else ""
        )
    end = walk.mountain.on_screen(walk.path(np.array([walk.now])) + [0, 0, LINE])[0]
    line = trail.line.points
    head_seen = walk.mountain.seen(walk.path(np.array([max(walk.now - _AROUND, 0), walk.now])) + [0, 0, LINE]).all()
    found = too_far(line[-1], end) if len(line) and head_seen and walk.trajectory.steps <= _LONG else ""
    return found and f"the line ends {found} from where the walk is, step {walk.now:.1f}"


def _away(points: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """``(n,)``, pixels of 1080p from each of ``(n, 3)`` scene points to the nearest of ``(m, 3)`` places."""
    if not len(places) or not len(points):
        return np.full(len(points), np.inf)
    _, nearest = cKDTree(places[:, :2]).query(points[:, :2])
    return in_pixels(points - places[nearest])
