"""Where recorded points belong in the frame: what hikers, footprints, arrows and cabins are held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.counted import counted
from descent_core.explore.summary import projected_label
from descent_core.recordings.trajectory import Trajectory
from scenes.explore.ground import Ground
from scenes.parts.ground.mountain import Mountain


def on_the_map(scene: Any) -> Iterator[Trajectory]:
    """The recordings of two coefficients that a scene asked for, where its ground shows them.

    Those of an exploration are set on the stage, as its ground is.
    """
    ground = vars(scene).get("ground")
    for run in getattr(scene, "recordings", {}).values():
        if run.dimensions == 2 and not isinstance(ground, Ground):
            yield run
        elif isinstance(ground, Ground) and run.label.endswith(projected_label("")):
            yield ground.run_on_stage(run)


def is_on_a_stage(run: Trajectory) -> bool:
    """Whether the points of a run were set on a stage, as those of any loss are: its height is that of the ground."""
    return run.meta.get("height") == "ground"


def another_than_asked_for(run: Trajectory, scene: Any) -> str:
    """What is wrong with a run that is called as a recording of the scene, and is another; or nothing."""
    asked = getattr(scene, "recordings", {}).get(run.label)
    if asked is None or asked.same_arrays(run):
        return ""
    if is_on_a_stage(run):
        rows, wanted = len(run.losses), len(asked.losses)
        same = rows == wanted and np.array_equal(run.losses, asked.losses, equal_nan=True)
        return (
            ""
            if same
            else f"is walked in {counted(rows - 1, 'step')}, where {counted(wanted - 1, 'step')} were recorded"
        )
    return f"is not the recording of {asked.steps} steps that the scene asked for"


def spots_of(mountain: Mountain, run: Trajectory, rows: ArrayLike, lift: float = 0.0) -> NDArray[np.float64]:
    """``(n, 3)``, the scene points of recorded rows, ``lift`` world units above the ground.

    The recorded loss itself is the height; that of a run on a stage is the ground's, which is drawn by a formula.
    """
    return np.asarray(mountain.on_screen(world_of(mountain, run, rows, lift)))


def world_of(mountain: Mountain, run: Trajectory, rows: ArrayLike, lift: float = 0.0) -> NDArray[np.float64]:
    """``(n, 3)``, the world points of recorded rows, NaN beyond the sampled ground: see `spots_of`."""
    return np.asarray(_recorded(mountain, run).world[np.asarray(rows, dtype=np.int64)] + [0, 0, lift])


def known_rows(mountain: Mountain, run: Trajectory) -> NDArray[np.bool_]:
    """``(T+1,)``, which rows lie on sampled ground."""
    return _recorded(mountain, run).known


@dataclass(frozen=True)
class _Recorded:
    """A run on a mountain: kept, since every moment asks for it."""

    run: Trajectory
    world: NDArray[np.float64]
    known: NDArray[np.bool_]


#: By mountain, and by the identity of the run, which is kept with it.
_KEPT: WeakKeyDictionary[Mountain, dict[int, _Recorded]] = WeakKeyDictionary()


def _recorded(mountain: Mountain, run: Trajectory) -> _Recorded:
    kept = _KEPT.setdefault(mountain, {})
    if id(run) not in kept:
        across = np.asarray(run.coeffs).T
        known = np.asarray(mountain.landscape.contains(*across))
        world, there = np.full((len(known), 3), np.nan), across[:, known]
        world[known] = mountain.world(*there)
        losses = mountain.landscape.height(*there) if is_on_a_stage(run) else np.asarray(run.losses)[known]
        world[known, 2] = losses * mountain.terrain.relief  # the relief has the scale's height in it
        kept[id(run)] = _Recorded(run, world, known)
    return kept[id(run)]
