"""The ground of an expedition, set on the stage: any loss, as large and as high as the mountain of part 4."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent_core.explore.height_map import HeightMap
from descent_core.explore.region import SHORE, STAGE, Region
from descent_core.explore.verdict import Verdict
from descent_core.recordings.landscape import Landscape
from descent_core.recordings.trajectory import Trajectory

#: What the landscape of an expedition is called in the library.
GROUND = "ground"
#: Height on the stage of the highest ground of the region, in the units of `scenes.engine.terrain.scale.RELIEF`; less
#: where the ground is rough, so that a tenth of it at most is steeper than `STEEP`.
TOP, LEAST, STEEP = 2.4, 0.9, 1.0
#: The lowest ground lies a little above 0, where a contour line would run to and fro over flat ground.
_FOOT = 0.06
#: How far beyond the shore a walk is followed, in units of the stage.
_OUT = 3.0


@dataclass(frozen=True, eq=False)
class Ground:
    """A recorded landscape, and where it is on the stage.

    Parameters
    ----------
    recorded
        The landscape called ``ground`` of an expedition: see `descent_core.explore.exploration`.
    """

    recorded: Landscape

    @property
    def story(self) -> dict[str, Any]:
        """What the expedition found out, as plain values."""
        story: dict[str, Any] = self.recorded.meta["expedition"]
        return story

    @cached_property
    def region(self) -> Region:
        """The part of the plane that fills the stage."""
        return Region(**self.story["region"])

    @cached_property
    def relief(self) -> HeightMap:
        """How high the ground is drawn for a loss."""
        return HeightMap(**self.story["relief"])

    def verdict(self, label: str) -> Verdict:
        """What became of the run of that label."""
        return Verdict.read(self.story["verdicts"][label])

    @cached_property
    def landscape(self) -> Landscape:
        """The ground in the stage's units. A place where the loss is not finite is a hole down to the lowest ground."""
        recorded, scale = self.recorded, np.array(self.region.scale)
        nodes = [self.region.on_stage(np.stack([axis, axis], axis=-1)) for axis in (recorded.xs, recorded.ys)]
        xs, ys = nodes[0][:, 0], nodes[1][:, 1]
        heights = self.relief.height(recorded.heights)
        with np.errstate(all="ignore"):
            slopes = self.relief.slope(recorded.heights)[..., None] * recorded.slopes / scale
            steepness = np.linalg.norm(slopes, axis=-1)
        rough = float(np.quantile(steepness[np.isfinite(steepness)], 0.9)) if np.isfinite(steepness).any() else 0.0
        top = float(np.clip(STEEP / max(rough, 1e-9), LEAST, TOP))
        heights, slopes = top * heights + _FOOT, top * slopes
        known = np.isfinite(heights)
        # Beside a hole or a cut the ground would overshoot: no slope crosses a cell by more than the mountain's height.
        steepest = TOP / np.array([xs[1] - xs[0], ys[1] - ys[0]])
        slopes = np.clip(np.where(known[..., None], np.nan_to_num(slopes), 0.0), -steepest, steepest)
        return Landscape(xs, ys, np.where(known, heights, _FOOT), slopes, recorded.error, recorded.meta)

    def on_stage(self, shadow: Trajectory, lane: float = 0.0) -> Trajectory:
        """A walk in the stage's units: its places set there, its losses as they were recorded.

        Its height is that of the ground where it is (``meta["height"]``), for that need not go with the loss.

        A walk that leaves the ground is followed a little way out, along its own line; once it has left for good,
        it stands still there.

        Parameters
        ----------
        lane
            How far to the side it walks, in the stage's units: for a loss of one knob, where sideways means nothing.
        """
        with np.errstate(all="ignore"):
            places = self.region.on_stage(shadow.coeffs) + [0.0, lane]
        limit = np.array(STAGE) / 2 + SHORE + _OUT
        with np.errstate(all="ignore"):
            last = int(np.flatnonzero((np.abs(places) <= limit).all(axis=1))[-1])
        for row in range(1, len(places)):
            if row > last + 1 or not np.isfinite(places[row]).all():
                places[row] = places[row - 1]
            elif (np.abs(places[row]) > limit).any():
                places[row] = _edge(places[row - 1], places[row], limit)
        slopes = np.zeros_like(places)
        meta = {**shadow.meta, "height": "ground"}
        return Trajectory(shadow.label, places, shadow.losses, slopes, slopes[1:], shadow.lr, meta)


def _edge(inside: NDArray[np.float64], outside: NDArray[np.float64], limit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where the line from a place within ``limit`` to one beyond it leaves it."""
    way = outside - inside
    with np.errstate(all="ignore"):
        parts = np.where(way > 0, (limit - inside) / way, np.where(way < 0, (-limit - inside) / way, np.inf))
    return np.asarray(inside + way * np.clip(parts.min(), 0, 1))
