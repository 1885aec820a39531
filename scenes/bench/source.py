"""What a bench is made of: recordings, and how they lie on a mountain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.recordings.fate_maps import FateMaps
from descent_core.recordings.landscape import Landscape
from descent_core.recordings.run_grid import RunGrid
from scenes.engine.terrain.scale import Scale
from scenes.engine.terrain.shot import Shot

Array = NDArray[np.float64]


def as_it_is(points: ArrayLike) -> Array:
    """Points of the plane that are the ground's own coefficients."""
    return np.asarray(points, np.float64)


@dataclass(frozen=True, eq=False)
class BenchSource:
    """Recordings, and the ground that they are walked on.

    Attributes
    ----------
    title
        What the loss is called, for people.
    grid, fates
        The runs, and where walks end.
    landscape
        The ground as it is drawn.
    shot, scale, contour
        How it is seen, as `scenes.parts.ground.mountain.Mountain` has them; or a function that finds a shot of it.
    on_ground
        From points of the plane ``(…, 2)`` to coefficients of the landscape.
    names
        Learning rates that the film itself walks with, and what they are called there.
    start, lr
        What is set at first: the place of a start, and a learning rate.
    home
        What the place is called where home is.
    knobs
        What the two directions of the ground measure; the second is empty where it measures nothing.
    notes
        What whoever tries things should know.
    profiled
        The ground as it was sampled, on the plane; ``None`` where its height is not the loss that walks meet.
    hashes
        The hashes of the files that it was read from, by their names.
    """

    title: str
    grid: RunGrid
    fates: FateMaps
    landscape: Landscape
    shot: Shot | Callable[[Any], Shot]
    lr: float
    scale: Scale | None = None
    contour: float | None = None
    on_ground: Callable[[ArrayLike], Array] = as_it_is
    names: Mapping[float, str] = field(default_factory=dict)
    start: int = 0
    home: str = "the cabin"
    knobs: tuple[str, str] = ("knob 0", "knob 1")
    notes: tuple[str, ...] = ()
    profiled: Landscape | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
