"""Cabins: each door stands where a recorded run of the scene ended."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenes.check.places.distance import NEAR, in_pixels
from scenes.check.places.recorded import known_rows, on_the_map, spots_of
from scenes.parts.ground.cabin import Cabin

#: How far a door may be from a recorded end, in units of the coefficients.
_ASIDE = 0.02


def cabin_fault(cabin: Cabin, scene: Any) -> tuple[str, str]:
    """The run that ended nearest to a cabin's door, and what is wrong with where the door is drawn, or nothing."""
    mountain, door = cabin.mountain, cabin.drawn_door()
    ends = [run for run in on_the_map(scene) if known_rows(mountain, run)[-1]]
    if not ends:
        return "a cabin", "stands on the ground, and the scene has no run that ends there"
    away = [float(in_pixels(spots_of(mountain, run, [run.steps])[0] - door)) for run in ends]
    nearest = int(np.argmin(away))
    unit = float(mountain.scale_at(*ends[nearest].coeffs[-1]) * max(mountain.scale_of.ground))
    room = NEAR + float(in_pixels([_ASIDE * unit, 0.0]))
    run = ends[nearest]
    if away[nearest] <= room:
        return run.label, ""
    return run.label, f"the cabin's door is {away[nearest]:.1f} pixels of 1080p from where a run ends"
