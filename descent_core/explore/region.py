"""Region: the part of a plane that is worth showing, found from the recorded walks. numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent_core.explore.plane import Plane
from descent_core.recordings.trajectory import Trajectory

Array = NDArray[np.float64]

#: Width and depth of the ground on the stage, in the stage's units.
STAGE = (10.0, 9.0)
#: Ground around it that the haze takes, in the same units.
SHORE = 3.6
#: How much wider than the walks the ground is.
_ROOM = 1.4
#: Of unlike extents, the smaller is stretched if it is less than the first of these shares of the larger,
#: and not if it is less than the second: then the walk is as good as a line, and stretching shows only noise.
_UNLIKE, _LINE = 0.3, 0.02


@dataclass(frozen=True)
class Region:
    """A rectangle of a plane, in its own units, that fills the stage.

    Examples
    --------
    >>> ground = Region(0, 20, -9, 9)
    >>> ground.scale
    (0.5, 0.5)
    >>> ground.on_stage(np.array([[0.0, 0.0], [20.0, 9.0]])).tolist()
    [[-5.0, 0.0], [5.0, 4.5]]
    """

    west: float
    east: float
    south: float
    north: float

    @property
    def centre(self) -> tuple[float, float]:
        """The place that comes to the middle of the stage."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    @property
    def scale(self) -> tuple[float, float]:
        """Stage units a unit of the plane, along its two axes."""
        return STAGE[0] / (self.east - self.west), STAGE[1] / (self.north - self.south)

    @property
    def stretched(self) -> bool:
        """Whether the two axes have scales of their own."""
        across, along = self.scale
        return not np.isclose(across, along, rtol=0.01)

    @property
    def outer(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """West and east, south and north of the ground with its shore."""
        across, along = (SHORE / one for one in self.scale)
        return (self.west - across, self.east + across), (self.south - along, self.north + along)

    def on_stage(self, places: Array) -> Array:
        """``(…, 2)``, where places of the plane come to be on the stage."""
        return (np.asarray(places, np.float64) - self.centre) * self.scale

    def contains(self, places: Array) -> NDArray[np.bool_]:
        """``(…,)``, whether places lie in it."""
        x, y = np.moveaxis(np.asarray(places), -1, 0)
        return np.asarray((self.west <= x) & (x <= self.east) & (self.south <= y) & (y <= self.north))

    def told(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)


def rows_to_show(walks: Sequence[Trajectory]) -> list[NDArray[np.bool_]]:
    """For each walk ``(T+1,)``, the rows that the ground should hold.

    Those whose loss is finite and no farther above the start's than the best recorded loss is below
    it. What a diverging walk climbs beyond that would make the ground so wide that nothing else could
    be seen; the start and the best point are always among them.
    """
    start = float(walks[0].losses[0])
    best = min(float(np.nanmin(np.where(np.isfinite(walk.losses), walk.losses, np.inf))) for walk in walks)
    ceiling = start + (start - best)
    kept = []
    for walk in walks:
        with np.errstate(invalid="ignore"):
            kept.append((walk.losses <= ceiling) & np.isfinite(walk.coeffs).all(axis=1))
    return kept


def choose_region(walks: Sequence[Trajectory], plane: Plane) -> Region:
    """The ground to show: all places worth showing, and some room around them.

    The two axes have the same scale, unless one extent is less than a third of the other: then each
    fills the stage.
    """
    kept = rows_to_show(walks)
    places = np.concatenate([plane.seen(walk.coeffs[rows]) for walk, rows in zip(walks, kept, strict=True)])
    low, high = places.min(axis=0), places.max(axis=0)
    middle, extent = (low + high) / 2, (high - low) * _ROOM
    stage = np.array(STAGE)
    if plane.kind == "one":
        extent[1] = 2.0
        if extent[0] <= 0:
            extent[0] = max(abs(middle[0]), 1.0)
    else:
        needed = extent / stage  # units of the plane a unit of the stage
        largest = float(needed.max())
        if largest <= 0:  # nobody moved
            largest = max(float(np.abs(middle).max()), 1.0) / float(stage.min())
        part = float(needed.min()) / largest
        extent = extent if _LINE <= part < _UNLIKE else largest * stage
    # Never so narrow that floating point can't tell its places apart.
    extent = np.maximum(extent, np.maximum(np.abs(middle), 1e-12) * 1e-6)
    (west, south), (east, north) = middle - extent / 2, middle + extent / 2
    return Region(float(west), float(east), float(south), float(north))
