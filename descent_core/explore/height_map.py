"""Height map: how high a loss is drawn. As it is, where that can be read; else on a log scale. numpy only.

A loss such as Rosenbrock's rises from 0 to thousands within a few steps: drawn as it is, its valley
would be flat. What is drawn then is a log of it, which keeps every up and down; `HeightMap.formula` says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.explore.region import Region, rows_to_show
from descent_core.recordings.landscape import Landscape
from descent_core.recordings.trajectory import Trajectory

Array = NDArray[np.float64]

#: Drawn heights beyond this (1 is the top of the region) are cut off: a peak in the margin would hide the rest.
CLIP_HEIGHT = 1.3
#: The least fraction of the drawn height that the runs should come down by, and the least of it that half of the
#: landscape should lie above, for a loss to be drawn as it is.
_DESCENT, _MEDIAN = 0.22, 0.02
#: The fraction of the drawn height that they come down by on a log scale.
_DESCENT_LOG = 0.45


@dataclass(frozen=True)
class HeightMap:
    """A height for each loss: 0 for ``low``, 1 for ``high``, and never less for a higher loss.

    Attributes
    ----------
    low, high
        The losses that are drawn at heights 0 and 1.
    unit
        0 for the loss as it is; else the height goes as ``log(1 + (loss - low) / unit)``.

    Examples
    --------
    >>> HeightMap(0, 8).height([0, 4, 8, 80]).tolist()
    [0.0, 0.5, 1.0, 1.3]
    >>> HeightMap(0, 99, unit=1).height([0, 9, 99]).round(6).tolist()
    [0.0, 0.5, 1.0]
    """

    low: float
    high: float
    unit: float = 0.0

    def height(self, loss: ArrayLike) -> Array:
        """The drawn height, in the shape of ``loss``; not a number where the loss is not finite."""
        raw = np.asarray(loss, np.float64)
        with np.errstate(all="ignore"):
            drawn = np.minimum(self._scaled(raw) / self._scaled(np.float64(self.high)), CLIP_HEIGHT)
        return np.where(np.isfinite(raw), drawn, np.nan)

    def derivative(self, loss: ArrayLike) -> Array:
        """How much the drawn height changes for one unit of loss; 0 where the height is clipped."""
        raw = np.asarray(loss, np.float64)
        with np.errstate(all="ignore"):
            steep = 1 / (self.unit + np.maximum(raw - self.low, 0)) if self.unit else np.ones_like(raw)
            steep = steep / self._scaled(np.float64(self.high))
            return np.where(self.height(raw) < CLIP_HEIGHT, steep, np.where(np.isfinite(raw), 0.0, np.nan))

    @property
    def formula(self) -> str:
        """How height follows from loss, for people.

        >>> HeightMap(0, 9).formula, HeightMap(0, 9, unit=1).formula, HeightMap(-2, 9, unit=0.1).formula
        ('loss', 'log(1 + loss)', 'log(1 + (loss + 2) / 0.1)')
        """
        if not self.unit:
            return "loss"
        above = "loss" if self.low == 0 else f"loss {'-' if self.low > 0 else '+'} {abs(self.low):.3g}"
        if self.unit == 1:
            return f"log(1 + {above})"
        return f"log(1 + {above} / {self.unit:g})" if self.low == 0 else f"log(1 + ({above}) / {self.unit:g})"

    @property
    def clip_loss(self) -> float:
        """The loss above which the height is clipped."""
        top = float(self._scaled(np.float64(self.high))) * CLIP_HEIGHT
        return self.low + (float(self.unit * np.expm1(top)) if self.unit else top)

    def to_json(self) -> dict[str, Any]:
        """The three fields as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> HeightMap:
        """The height map that `to_json` wrote down."""
        return cls(**values)

    def _scaled(self, loss: Array | np.float64) -> Any:
        above = np.maximum(loss - self.low, 0)
        return np.log1p(above / self.unit) if self.unit else above


def choose_height_map(landscape: Landscape, region: Region, runs: Sequence[Trajectory]) -> HeightMap:
    """Choose how ``landscape`` is drawn.

    As it is, if the runs then come down by a fair fraction of the drawn height and the landscape is not
    all but flat; else on a log scale, whose unit is the largest power of ten for which the runs come
    down by nearly half of it; or, if there is none, whatever they come down by most.

    Parameters
    ----------
    region
        The part of the landscape that counts.
    runs
        One or more, from one start.
    """
    inside = region.contains(np.stack(np.meshgrid(landscape.xs, landscape.ys, indexing="ij"), axis=-1))
    losses = landscape.heights[inside & np.isfinite(landscape.heights)]
    recorded = np.concatenate(
        [
            run.expected_losses[rows & np.isfinite(run.expected_losses)]
            for run, rows in zip(runs, rows_to_show(runs), strict=True)
        ]
    )
    start = float(runs[0].expected_losses[0])
    best = float(recorded.min())
    low = float(min(losses.min(initial=np.inf), best))
    # A spike or a barrier in a corner must not press all the rest flat.
    high = float(max(np.quantile(losses, 0.99) if losses.size else -np.inf, start))
    if high - low <= 1e-12 * max(abs(high), abs(low), 1e-300):
        return HeightMap(low, low + max(abs(low), 1.0))
    linear = HeightMap(low, high)
    median = float(np.median(linear.height(losses))) if losses.size else 1.0
    moved = start - best > 1e-9 * (high - low)
    if not moved or (_descent(linear, start, best) >= _DESCENT and median >= _MEDIAN):
        return linear
    if 0 <= low <= 0.05 * (start - best):
        low = 0.0  # so that the formula is a short one
    top = int(np.ceil(np.log10(high - low)))
    logarithmic = [HeightMap(low, high, unit=10.0**power) for power in range(top, top - 9, -1)]
    steep = [height_map for height_map in logarithmic if _descent(height_map, start, best) >= _DESCENT_LOG]
    # Where the loss near by is far lower than the runs came, no log helps: whatever shows most of their descent.
    candidates = [linear, *logarithmic]
    return steep[0] if steep else max(candidates, key=lambda height_map: _descent(height_map, start, best))


def _descent(height_map: HeightMap, start: float, best: float) -> float:
    """The drawn height between the loss of the start and the best recorded loss."""
    return float(height_map.height(start) - height_map.height(best))
