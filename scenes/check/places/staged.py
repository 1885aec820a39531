"""Walks of an exploration stand on its stage where they were recorded: the points themselves, whoever set them there.

What a hiker walks is a recording that was set on the stage, in other units. The check sets the recorded one there
anew, by the region and the size of the stage alone, and compares.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from descent_core.counted import counted
from descent_core.explore.region import Region
from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.explore.ground import STAGE_SIZE, Ground
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk

#: How far a point may be from its place, in the stage's units.
_NEAR = 1e-6


@dataclass
class Staged(Check):
    """Holds the walks of hikers and trails against the recordings that the scene asked for, each once."""

    _seen: dict[int, Mobject | Walk] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at walks that were not there before."""
        ground = vars(moment.scene).get("ground")
        if not isinstance(ground, Ground):
            return
        for mobject in moment.shown:
            walk = getattr(mobject, "walk", None)
            if isinstance(walk, Walk) and id(walk) not in self._seen:
                self._seen[id(walk)] = walk  # kept, so that no other gets its id
                found = _found(walk.trajectory, ground, moment.scene)
                if found:
                    rule = "trail" if isinstance(mobject, Trail) else "hiker"
                    self.keep(Fault(rule, walk.trajectory.label, found, moment.time), mobject)


def _found(run: Trajectory, ground: Ground, scene: Any) -> str:
    """What is wrong with a run on the stage, in words, or nothing."""
    recorded = scene.recordings.get(run.label)
    if recorded is None:
        return "walks a recording that the scene did not ask for"
    summary = ground.summary
    belongs = on_stage(recorded, summary.region)
    if belongs.shape != run.coeffs.shape:
        return f"walks {counted(run.steps, 'step')}, where {counted(recorded.steps, 'step')} were recorded"
    axes = slice(0, 1) if summary.plane.kind == "line" else slice(0, 2)  # sideways means nothing on a line
    on_it = (np.abs(belongs) <= np.array(STAGE_SIZE) / 2).all(axis=1)
    away = np.abs(np.asarray(run.coeffs) - belongs)[:, axes].max(axis=1)
    wrong = np.flatnonzero(on_it & (away > _NEAR))
    if not len(wrong):
        return ""
    row = int(wrong[0])
    return f"row {row} is {away[row]:.2f} units of the stage from where it was recorded"


def on_stage(recorded: Trajectory, region: Region) -> NDArray[np.float64]:
    """``(T+1, 2)``, where recorded points belong: the region fills the stage."""
    low, high = np.array([region.west, region.south]), np.array([region.east, region.north])
    with np.errstate(all="ignore"):
        fractions = (np.asarray(recorded.coeffs, dtype=np.float64) - low) / (high - low)
    return np.asarray((fractions - 0.5) * STAGE_SIZE)
