"""Region: the rectangle of a plane that is worth showing, found from the recorded runs. numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent_core.explore.plane import Plane
from descent_core.recordings.trajectory import Trajectory

Array = NDArray[np.float64]

#: How much wider than the runs the region is.
_ROOM = 1.4
#: Of unlike extents, the smaller is stretched if it is less than the first of these fractions of the larger,
#: and not if it is less than the second: then the runs are as good as a line, and stretching shows only noise.
_UNLIKE, _LINE = 0.3, 0.02


@dataclass(frozen=True)
class Proportions:
    """How large the ground is that will be drawn. A region fills it; only the ratios of its sizes matter.

    Attributes
    ----------
    width, depth
        From west to east, and from south to north, in any one unit.
    margin
        How far the ground goes on beyond them, on all four sides, in the same unit.
    """

    width: float
    depth: float
    margin: float

    def scale(self, region: Region) -> tuple[float, float]:
        """Units of the drawn ground for one unit of the plane, from west to east and from south to north.

        >>> Proportions(width=10, depth=9, margin=3).scale(Region(0, 20, -9, 9))
        (0.5, 0.5)
        """
        return self.width / (region.east - region.west), self.depth / (region.north - region.south)


@dataclass(frozen=True)
class Region:
    """A rectangle of a plane, in the plane's units.

    Examples
    --------
    >>> region = Region(0, 20, -9, 9)
    >>> region.centre
    (10.0, 0.0)
    >>> region.contains(np.array([[0.0, 9.0], [-1.0, 0.0]])).tolist()
    [True, False]
    """

    west: float
    east: float
    south: float
    north: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of it."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def with_margin(self, proportions: Proportions) -> Region:
        """The region together with the margin that is drawn around it.

        >>> Region(0, 20, -9, 9).with_margin(Proportions(width=10, depth=9, margin=3))
        Region(west=-6.0, east=26.0, south=-15.0, north=15.0)
        """
        across, along = (proportions.margin / scale for scale in proportions.scale(self))
        return Region(self.west - across, self.east + across, self.south - along, self.north + along)

    def contains(self, points: Array) -> NDArray[np.bool_]:
        """``(…,)``, whether ``(…, 2)`` points of the plane lie in it, its edges included."""
        x, y = np.moveaxis(np.asarray(points), -1, 0)
        return np.asarray((self.west <= x) & (x <= self.east) & (self.south <= y) & (y <= self.north))

    def to_json(self) -> dict[str, Any]:
        """The four edges as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Region:
        """The region that `to_json` wrote down."""
        return cls(**values)


def rows_to_show(runs: Sequence[Trajectory]) -> list[NDArray[np.bool_]]:
    """For each run ``(T+1,)``, whether the region should hold the point of a row.

    It should where the loss (the expected one, where there is chance in it) is finite and no farther above the
    start's than the best recorded loss is below it. What a diverging run climbs beyond that would make the region so
    wide that nothing else could be seen. The start and the best point are always among them.
    """
    start = float(runs[0].expected_losses[0])
    best = min(float(run.expected_losses.min(where=np.isfinite(run.expected_losses), initial=np.inf)) for run in runs)
    ceiling = start + (start - best)
    kept = []
    for run in runs:
        with np.errstate(invalid="ignore"):
            kept.append((run.expected_losses <= ceiling) & np.isfinite(run.coeffs).all(axis=1))
    return kept


def choose_region(runs: Sequence[Trajectory], plane: Plane, proportions: Proportions) -> Region:
    """The region to show: all points worth showing (see `rows_to_show`), and some room around them.

    Its two directions have the same scale, unless one extent is less than a third of the other: then each
    fills the ground that is drawn.

    Examples
    --------
    >>> from descent_core.explore.plane import full_plane
    >>> steps = [[0.0, 0.0], [10.0, 4.0]]
    >>> run = Trajectory("run", steps, [1, 0], [[0, 0], [0, 0]], [[0, 0]], lr=1)
    >>> choose_region([run], full_plane(2), Proportions(width=2, depth=1, margin=0))
    Region(west=-2.0, east=12.0, south=-1.5, north=5.5)
    """
    kept = rows_to_show(runs)
    points = np.concatenate([plane.project(run.coeffs[rows]) for run, rows in zip(runs, kept, strict=True)])
    low, high = points.min(axis=0), points.max(axis=0)
    middle, extent = (low + high) / 2, (high - low) * _ROOM
    drawn = np.array([proportions.width, proportions.depth])
    if plane.kind == "line":
        extent[1] = 2.0
        if extent[0] <= 0:
            extent[0] = max(abs(middle[0]), 1.0)
    else:
        needed = extent / drawn  # units of the plane for one unit of the drawn ground
        largest = float(needed.max())
        if largest <= 0:  # all points are one
            largest = max(float(np.abs(middle).max()), 1.0) / float(drawn.min())
        fraction = float(needed.min()) / largest
        extent = extent if _LINE <= fraction < _UNLIKE else largest * drawn
    # Never so narrow that floating point can't tell its points apart.
    extent = np.maximum(extent, np.maximum(np.abs(middle), 1e-12) * 1e-6)
    (west, south), (east, north) = middle - extent / 2, middle + extent / 2
    return Region(float(west), float(east), float(south), float(north))
