"""Relief: how high the ground is drawn for a loss. As it is, where that can be read; else on a log scale. numpy only.

A loss such as Rosenbrock's rises from 0 to thousands within a few steps: drawn as it is, its valley
would be flat. What is drawn then is a log of it, which keeps every up and down, and `Relief.formula`
is what the film says of it.
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

#: Drawn heights beyond this (1 is the top of the region) are cut off: a peak in the shore would hide the rest.
CLIP_HEIGHT = 1.3
#: The least share of the drawn height that the walks should come down by, and the least of it that half of the
#: ground should stand above, for a loss to be drawn as it is.
_DESCENT, _MEDIAN = 0.22, 0.02
#: The share of the drawn height that they come down by on a log scale.
_DESCENT_LOG = 0.45


@dataclass(frozen=True)
class HeightMap:
    """A height for each loss: 0 for ``low``, 1 for ``high``, never less for more.

    Attributes
    ----------
    low, high
        Losses.
    unit
        0 for the loss as it is; else the height goes as ``log(1 + (loss - low) / unit)``.

    Examples
    --------
    >>> Relief(0, 8).height([0, 4, 8, 80]).tolist()
    [0.0, 0.5, 1.0, 1.3]
    >>> Relief(0, 99, unit=1).height([0, 9, 99]).round(6).tolist()
    [0.0, 0.5, 1.0]
    """

    low: float
    high: float
    unit: float = 0.0

    def height(self, loss: ArrayLike) -> Array:
        """The drawn height; not a number where the loss is not finite."""
        raw = np.asarray(loss, np.float64)
        with np.errstate(all="ignore"):
            drawn = np.minimum(self._bent(raw) / self._bent(np.float64(self.high)), CLIP_HEIGHT)
        return np.where(np.isfinite(raw), drawn, np.nan)

    def slope(self, loss: ArrayLike) -> Array:
        """How much the drawn height changes with the loss."""
        raw = np.asarray(loss, np.float64)
        with np.errstate(all="ignore"):
            steep = 1 / (self.unit + np.maximum(raw - self.low, 0)) if self.unit else np.ones_like(raw)
            steep = steep / self._bent(np.float64(self.high))
            return np.where(self.height(raw) < CLIP_HEIGHT, steep, np.where(np.isfinite(raw), 0.0, np.nan))

    @property
    def formula(self) -> str:
        """How height follows from loss, for people.

        >>> Relief(0, 9).formula, Relief(0, 9, unit=1).formula, Relief(-2, 9, unit=0.1).formula
        ('loss', 'log(1 + loss)', 'log(1 + (loss + 2) / 0.1)')
        """
        if not self.unit:
            return "loss"
        above = "loss" if self.low == 0 else f"loss {'-' if self.low > 0 else '+'} {abs(self.low):.3g}"
        if self.unit == 1:
            return f"log(1 + {above})"
        return f"log(1 + {above} / {self.unit:g})" if self.low == 0 else f"log(1 + ({above}) / {self.unit:g})"

    @property
    def cut(self) -> float:
        """The loss above which the ground is cut off flat."""
        top = float(self._bent(np.float64(self.high))) * CLIP_HEIGHT
        return self.low + (float(self.unit * np.expm1(top)) if self.unit else top)

    def told(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)

    def _bent(self, loss: Array | np.float64) -> Any:
        above = np.maximum(loss - self.low, 0)
        return np.log1p(above / self.unit) if self.unit else above


def choose_height_map(ground: Landscape, region: Region, walks: Sequence[Trajectory]) -> HeightMap:
    """Choose how ``ground`` is drawn.

    As it is, if the walks then come down by a fair share of the drawn height and the ground is not
    all but flat; else on a log scale, whose unit is the largest power of ten for which the walks come
    down by nearly half of it; or, if there is none, whatever they come down by most.
    """
    inside = region.contains(np.stack(np.meshgrid(ground.xs, ground.ys, indexing="ij"), axis=-1))
    heights = ground.heights[inside & np.isfinite(ground.heights)]
    recorded = np.concatenate(
        [walk.losses[rows & np.isfinite(walk.losses)] for walk, rows in zip(walks, rows_to_show(walks), strict=True)]
    )
    start = float(walks[0].losses[0])
    best = float(recorded.min())
    low = float(min(heights.min(initial=np.inf), best))
    # A spike or a barrier in a corner must not press all the rest flat.
    high = float(max(np.quantile(heights, 0.99) if heights.size else -np.inf, start))
    if high - low <= 1e-12 * max(abs(high), abs(low), 1e-300):
        return HeightMap(low, low + max(abs(low), 1.0))
    plain = HeightMap(low, high)
    median = float(np.median(plain.height(heights))) if heights.size else 1.0
    moved = start - best > 1e-9 * (high - low)
    if not moved or (_descent(plain, start, best) >= _DESCENT and median >= _MEDIAN):
        return plain
    if 0 <= low <= 0.05 * (start - best):
        low = 0.0  # so that the formula is a plain one
    top = int(np.ceil(np.log10(high - low)))
    bent = [HeightMap(low, high, unit=10.0**power) for power in range(top, top - 9, -1)]
    enough = [one for one in bent if _descent(one, start, best) >= _DESCENT_LOG]
    # Where far deeper ground than the walks found lies near, no log helps: whatever shows most of them.
    return enough[0] if enough else max([plain, *bent], key=lambda one: _descent(one, start, best))


def _descent(one: HeightMap, start: float, best: float) -> float:
    """The share of the drawn height between the start and the best recorded point."""
    return float(one.height(start) - one.height(best))
