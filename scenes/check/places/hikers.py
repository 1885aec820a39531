"""Hikers stand where they walk, on the recording that the scene asked for; who follows no walk, on a recorded point."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.check.places.distance import NEAR, in_pixels, too_far
from scenes.check.places.recorded import another_than_asked_for, known_rows, on_the_map, spots_of
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.walk import Walk

#: Points of a step from one recorded row to the next, by which someone on the way is measured.
_BETWEEN = 16


def hiker_fault(hiker: Hiker, scene: Any) -> tuple[str, str]:
    """The recording that a hiker follows, and what is wrong with where the boots are drawn, or nothing."""
    if hiker.walk is None:
        return "a hiker", _aside_of_all(hiker, scene)
    run = hiker.walk.trajectory
    other = another_than_asked_for(run, scene)
    if other:
        return run.label, f"the run that the hiker walks {other}"
    found = too_far(hiker.drawn_feet(), boots_of(hiker.walk))
    return run.label, found and f"the boots are {found} from the recorded point"


def boots_of(walk: Walk) -> NDArray[np.float64]:
    """``(3,)``, the scene point where the boots belong: at whole steps, the recorded loss itself is the height."""
    run, now = walk.trajectory, walk.now
    row = round(now)
    if abs(now - row) < 1e-6 and walk.mountain.landscape.contains(*run.coeffs[row]):
        return np.asarray(spots_of(walk.mountain, run, [row])[0])
    x, y, lift = walk.pose()
    return np.asarray(walk.mountain.point(x, y, lift))


def _aside_of_all(hiker: Hiker, scene: Any) -> str:
    """How far a hiker is from each recorded point that the scene has, and from each step between two; or nothing."""
    feet, mountain = hiker.drawn_feet(), hiker.mountain
    nearest = np.inf
    for run in on_the_map(scene):
        rows = np.flatnonzero(known_rows(mountain, run))
        if len(rows):
            way = Walk(run, mountain).path(np.linspace(0, run.steps, run.steps * _BETWEEN + 1))
            away = min(
                float(in_pixels(spots_of(mountain, run, rows) - feet).min()),
                _from_line(mountain.on_screen(way), feet),
            )
            nearest = min(nearest, away)
    if nearest <= NEAR:
        return ""
    if not np.isfinite(nearest):
        return "stands on the ground, and the scene has no recording of two coefficients"
    return f"the boots are {nearest:.1f} pixels of 1080p from every recorded point, and from the way between them"


def _from_line(corners: NDArray[np.float64], point: ArrayLike) -> float:
    """Pixels of 1080p from a point to a line through ``(n, 3)`` scene points."""
    start, way = corners[:-1, :2], np.diff(corners[:, :2], axis=0)
    to = np.asarray(point)[:2] - start
    length = np.maximum((way**2).sum(axis=1), 1e-12)
    along = np.clip((to * way).sum(axis=1) / length, 0, 1)
    return float(in_pixels(to - way * along[:, None]).min(initial=np.inf))
