"""The land as a map on paper, that rises: flat at first, then in relief, then rock and snow.

One number, the relief, says how far it has come: heights grow with it from first to last; the colours of the map are
printed first, then light falls on its hills, then it turns into ground, and at last the firs grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain, Skin
from scenes.engine.terrain.kernels import paper as kernel
from scenes.engine.terrain.noise import tile

Array = NDArray[np.float32]
Colour = tuple[float, float, float]

#: The smallest relief that is drawn: a sheet, less than a pixel high.
FLAT = 1e-3
#: Paper without print; the colours that are printed on it from low to high; the ink of its lines.
_BLANK = (0.76, 0.70, 0.58)
_TINTS = ((0.60, 0.66, 0.66), (0.72, 0.71, 0.62), (0.79, 0.67, 0.49), (0.76, 0.52, 0.36), (0.70, 0.40, 0.30))
_INK = (0.27, 0.17, 0.11)
#: How much of a line's ink covers the paper.
_STRENGTH = 0.62
#: From which relief to which: the colours are printed, the paper turns into ground, the firs grow.
_PRINTED, _TURNS, _GROWS = (0.02, 0.28), (0.52, 0.96), (0.80, 1.0)


@dataclass(frozen=True)
class PaperMap:
    """A terrain that is still rising out of a map on paper.

    Attributes
    ----------
    terrain
        The ground that it becomes.
    relief
        How far it has come, from 0, a sheet, to 1, ground.
    page
        The colour that lies round the sheet.
    units
        ``(2,)``, world units from one line of its grid to the next, to the east and to the north.
    """

    terrain: BakedTerrain
    relief: float
    page: Colour
    units: NDArray[np.float64]

    #: World units over which the edge of the sheet fades.
    EDGE: ClassVar[float] = 0.02

    @property
    def share(self) -> float:
        """How much of what is seen is paper, from 0 to 1."""
        return 1 - _eased(self.relief, *_TURNS)

    @property
    def is_paper(self) -> bool:
        """Whether any of it is."""
        return self.share > 0

    @property
    def grown(self) -> float:
        """How much of its height everything has that grows and lies on the land."""
        return _eased(self.relief, *_GROWS)

    def skin(self, ground: Skin) -> Skin:
        """The lit sheet, turning into the lit ground."""
        terrain = self.terrain
        shape = terrain.heights.shape
        mixed = np.empty(shape, np.uint32)
        west, _, south, _ = terrain.landscape.bounds
        kernel.printed(
            ground.flat[: mixed.size].reshape(shape),
            terrain.heights,
            *terrain.gradient,
            tile(53),
            terrain.sun,
            np.array([_BLANK, *_TINTS], np.float32),
            np.array(_INK, np.float32),
            np.array([*terrain.span, self.relief, _eased(self.relief, *_PRINTED), self.share], np.float32),
            np.array([west, south, terrain.texels, *self.units], np.float32),
            mixed,
        )
        return Skin.of(mixed)

    def lines(self, strength: float, colour: Array) -> tuple[float, Array]:
        """How strong the contour lines are, and their colour, between those of a map and those of the ground."""
        printed = _STRENGTH * _eased(self.relief, *_PRINTED)
        return strength + (printed - strength) * self.share, colour + (np.array(_INK) - colour).astype(np.float32) * (
            np.float32(self.share)
        )

    def over_page(self, colours: NDArray[np.floating]) -> NDArray[np.floating]:
        """Colours of sky and distance, ``(…, 3)``, as far as the page shows in their place."""
        return colours + (np.array(self.page, np.float32) - colours) * np.float32(self.share)

    def lay_over(self, picture: NDArray[np.uint32], before: NDArray[np.uint32]) -> None:
        """Let ``picture`` be as it was ``before``, as far as all is paper."""
        kernel.mix(picture, before, np.float32(self.share))


def _eased(value: float, start: float, end: float) -> float:
    t = min(max((value - start) / (end - start), 0.0), 1.0)
    return t * t * (3 - 2 * t)
