"""How large a landscape is drawn: any range of coefficients and losses, brought to the size of a mountain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.round_numbers import nearest_round_number
from scenes.engine.terrain.baked_terrain import BakedTerrain, HeightField
from scenes.engine.terrain.material import Material

#: World height of one unit of loss, on ground that needs no scaling.
RELIEF = 1.4
#: The size that ground is brought to: world units across, and units of loss from its lowest point to its highest.
ACROSS, TALL = 18.0, 2.0
#: Baked points for a world unit, on ground of up to so many world units across.
_TEXELS, _WIDE = 72.0, 20.0
#: Two coefficients share one scale unless the range of one is so many times that of the other.
_UNLIKE = 4.0


class SampledField(HeightField, Protocol):
    """A height field whose heights at some nodes are known: `descent_core.Landscape` is one."""

    @property
    def heights(self) -> NDArray[np.float64]:
        """``(nx, ny)``, at the nodes; perhaps not finite everywhere."""


@dataclass(frozen=True)
class Scale:
    """How large one unit is drawn. Each is 1, 2 or 5 times a power of ten, and the same everywhere.

    So the mountain keeps its proportions: twice the loss is twice the height. Both coefficients share one
    scale, except where the range of one is more than four times that of the other.

    Attributes
    ----------
    east, north
        World units for one unit of coefficient 0 and of coefficient 1.
    height
        How many times `RELIEF` one unit of loss is tall.
    """

    east: float = 1.0
    north: float = 1.0
    height: float = 1.0

    @classmethod
    def of(cls, landscape: SampledField) -> Scale:
        """The scale at which ``landscape`` is about as large as the mountain of the films.

        >>> class Wide:
        ...     bounds = (-500, 500, -400, 400)
        ...     heights = np.array([[0.0, 410_000.0], [250_000.0, np.nan]])
        >>> Scale.of(Wide())
        Scale(east=0.02, north=0.02, height=5e-06)
        """
        west, east, south, north = landscape.bounds
        across = np.array([east - west, north - south])
        if across.max() / across.min() <= _UNLIKE:
            across[:] = across.max()
        known = landscape.heights[np.isfinite(landscape.heights)]
        tall = float(np.ptp(known)) if known.size else 0.0
        east_scale, north_scale = (nearest_round_number(ACROSS / float(span)) for span in across)
        return cls(east_scale, north_scale, nearest_round_number(TALL / tall) if tall > 0 else 1.0)

    @property
    def relief(self) -> float:
        """World height of one unit of loss."""
        return RELIEF * self.height

    @property
    def ground(self) -> NDArray[np.float64]:
        """``(2,)``, world units for one unit of each coefficient."""
        return np.array([self.east, self.north])


class ScaledGround:
    """A height field by places in world units: what is baked."""

    def __init__(self, landscape: SampledField, scale: Scale) -> None:
        self._landscape, self._scale = landscape, scale

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, east, south and north edge, in world units."""
        west, east, south, north = self._landscape.bounds
        return west * self._scale.east, east * self._scale.east, south * self._scale.north, north * self._scale.north

    def height(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """The loss at places that broadcast."""
        return self._landscape.height(np.asarray(x) / self._scale.east, np.asarray(y) / self._scale.north)


@cache
def baked(landscape: SampledField, scale: Scale, material: Material) -> BakedTerrain:
    """A landscape as large as it is drawn, baked: once for all that show it."""
    ground = ScaledGround(landscape, scale)
    west, east, south, north = ground.bounds
    # Wide ground is baked more coarsely: it is seen from farther away.
    texels = _TEXELS * min(1.0, _WIDE / max(east - west, north - south))
    return BakedTerrain(ground, material, scale.relief, texels)
