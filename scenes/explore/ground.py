"""The landscape of an exploration, set on the stage: any loss, as large and as high as the mountain of part 4."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.explore.region import Proportions
from descent_core.explore.summary import Summary
from descent_core.recordings.landscape import Landscape
from descent_core.recordings.trajectory import Trajectory

#: Width and depth of the ground on the stage, in the stage's units, and the ground around it that the haze takes.
STAGE_SIZE, STAGE_MARGIN = (10.0, 9.0), 3.6
#: The same, for an exploration whose region is to fill it.
PROPORTIONS = Proportions(*STAGE_SIZE, STAGE_MARGIN)
#: Height on the stage of the highest ground of the region, in the units of `scenes.engine.terrain.scale.RELIEF`; less
#: where the ground is rough, so that a tenth of it at most is steeper than `STEEP`.
TOP, LEAST, STEEP = 2.4, 0.9, 1.0
#: The lowest ground lies a little above 0, where a contour line would run to and fro over flat ground.
_FOOT = 0.06
#: How far beyond the margin a run is followed, in units of the stage.
_BEYOND = 3.0


@dataclass(frozen=True, eq=False)
class Ground:
    """A recorded landscape, and where it is on the stage.

    Parameters
    ----------
    recorded
        The landscape of an exploration: see `descent_core.explore.exploration`.
    """

    recorded: Landscape

    @cached_property
    def summary(self) -> Summary:
        """What the exploration found out."""
        return Summary.of(self.recorded)

    @property
    def scale(self) -> tuple[float, float]:
        """Units of the stage for one unit of the plane, from west to east and from south to north."""
        return PROPORTIONS.scale(self.summary.region)

    @property
    def stretched(self) -> bool:
        """Whether the two directions are drawn to different scales."""
        across, along = self.scale
        return not np.isclose(across, along, rtol=0.01)

    def on_stage(self, points: ArrayLike) -> NDArray[np.float64]:
        """``(…, 2)``, where ``(…, 2)`` points of the plane are on the stage: the region fills it."""
        return (np.asarray(points, np.float64) - self.summary.region.centre) * self.scale

    @cached_property
    def landscape(self) -> Landscape:
        """The landscape in the stage's units. Where the loss is not finite is a hole down to the lowest ground."""
        recorded, scale = self.recorded, np.array(self.scale)
        nodes = [self.on_stage(np.stack([axis, axis], axis=-1)) for axis in (recorded.xs, recorded.ys)]
        xs, ys = nodes[0][:, 0], nodes[1][:, 1]
        height_map = self.summary.height_map
        heights = height_map.height(recorded.heights)
        with np.errstate(all="ignore"):
            slopes = height_map.derivative(recorded.heights)[..., None] * recorded.slopes / scale
            steepness = np.linalg.norm(slopes, axis=-1)
        rough = float(np.quantile(steepness[np.isfinite(steepness)], 0.9)) if np.isfinite(steepness).any() else 0.0
        top = float(np.clip(STEEP / max(rough, 1e-9), LEAST, TOP))
        heights, slopes = top * heights + _FOOT, top * slopes
        known = np.isfinite(heights)
        # Beside a hole or a cut the ground would overshoot: no slope crosses a cell by more than the mountain's height.
        steepest = TOP / np.array([xs[1] - xs[0], ys[1] - ys[0]])
        slopes = np.clip(np.where(known[..., None], np.nan_to_num(slopes), 0.0), -steepest, steepest)
        return Landscape(xs, ys, np.where(known, heights, _FOOT), slopes, recorded.error, recorded.meta)

    def run_on_stage(self, projected: Trajectory, lane: float = 0.0) -> Trajectory:
        """A run in the stage's units: its points set there, its losses as they were recorded.

        Its height is that of the ground where it is (``meta["height"]``), which need not go with the loss.

        A run that leaves the ground is followed a little way out, along its own line; once it has left for good,
        it stays there.

        Parameters
        ----------
        projected
            The run on the plane.
        lane
            How far to the side it is drawn, in the stage's units: for a loss of one coefficient, where sideways
            means nothing.
        """
        with np.errstate(all="ignore"):
            places = self.on_stage(projected.coeffs) + [0.0, lane]
        limit = np.array(STAGE_SIZE) / 2 + STAGE_MARGIN + _BEYOND
        with np.errstate(all="ignore"):
            last = int(np.flatnonzero((np.abs(places) <= limit).all(axis=1))[-1])
        for row in range(1, len(places)):
            if row > last + 1 or not np.isfinite(places[row]).all():
                places[row] = places[row - 1]
            elif (np.abs(places[row]) > limit).any():
                places[row] = _leaving(places[row - 1], places[row], limit)
        slopes = np.zeros_like(places)
        meta = {**projected.meta, "height": "ground"}
        return Trajectory(
            projected.label, places, projected.losses, slopes, slopes[1:], projected.lr, meta, projected.evidence
        )


def _leaving(
    inside: NDArray[np.float64], outside: NDArray[np.float64], limit: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Where the line from a place within ``limit`` to a place beyond it leaves it."""
    way = outside - inside
    with np.errstate(all="ignore"):
        fractions = np.where(way > 0, (limit - inside) / way, np.where(way < 0, (-limit - inside) / way, np.inf))
    return np.asarray(inside + way * np.clip(fractions.min(), 0, 1))
