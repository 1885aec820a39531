"""From a height field to lit ground: what does not depend on the camera is baked once.

Light, shadow and colour belong to the landscape; `scenes.engine.terrain.view` draws what a camera sees of them.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import uniform_filter1d

from scenes.engine.terrain.kept import kept
from scenes.engine.terrain.kernels import sight
from scenes.engine.terrain.kernels.sunlight import carved, halved, painted, sunlit
from scenes.engine.terrain.material import Material
from scenes.engine.terrain.noise import WAVE, tile

Array = NDArray[np.float32]

#: World units across of the ground that all sizes of detail are given for.
ACROSS = 18.0
#: Detail of the ground, from coarse to fine: hills of it in a unit, how far it is drawn out down the fall line, how
#: tall it is on level ground and on steep ground (world units), and the lean of its pattern, so that none repeats.
_CARVING = (
    (0.75, 0.0, 0.055, 0.030, 0.3),
    (1.9, 0.75, 0.014, 0.075, 1.1),
    (4.6, 0.32, 0.005, 0.022, 2.0),
    (10.5, 0.0, 0.0016, 0.0052, 2.8),
    (21.0, 0.0, 0.0009, 0.0020, 0.7),
)
#: How many of them are large enough to decide where snow lies and where rock shows.
_LARGE = 3
#: Where on the way from the eye to a point the ground is looked up.
_ALONG = np.linspace(0.02, 0.985, 120)
#: How many times the lit ground is halved, to be looked at from afar.
LEVELS = 5


class HoleInTheGround(UserWarning):
    """A landscape is not finite everywhere: a warning, given once, when it is baked."""


class HeightField(Protocol):
    """What the renderer needs of a landscape: `descent_core.Landscape` has it."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, east, south and north edge."""

    def height(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """The height at points that broadcast."""


class BakedTerrain:
    """A landscape, baked: its heights on a fine grid, and the colour of its lit ground.

    Parameters
    ----------
    landscape
        The height field.
    material
        Its colours.
    relief
        World height of one unit of loss: how steep the mountain looks.
    texels
        Baked points per unit of ground.

    Attributes
    ----------
    heights
        ``(nx, ny)``, world heights at the baked points; where the loss is not finite, the lowest that is.

    Raises
    ------
    ValueError
        The landscape is finite nowhere.
    """

    def __init__(self, landscape: HeightField, material: Material, relief: float, texels: float = 72.0) -> None:
        self.landscape = landscape
        self.material = material
        self.relief = relief
        self.texels = texels
        west, east, south, north = landscape.bounds
        self._origin = np.array([west, south])
        xs = np.arange(west, east, 1 / texels)
        ys = np.arange(south, north, 1 / texels)
        heights = landscape.height(xs[:, None], ys[None, :]) * relief
        if not np.isfinite(heights).any():
            raise ValueError("the landscape has no finite height: there is nothing to draw")
        known = np.isfinite(heights)
        if not known.all():
            percent = 100 * (1 - known.mean())
            warnings.warn(
                f"the loss is not finite on {percent:.2g} % of the landscape: drawn as a hole in the ground",
                HoleInTheGround,
                stacklevel=2,
            )
        # A hole in the data is a hole in the ground: it lies at the lowest finite height.
        self.heights: Array = np.where(known, heights, heights[known].min()).astype(np.float32)

    @cached_property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest world height."""
        return float(self.heights.min()), float(self.heights.max())

    @cached_property
    def skin(self) -> Skin:
        """The lit ground at every level of detail."""
        return Skin.of(self.ground_colour)

    @property
    def unit(self) -> float:
        """How large the landscape is beside that of the films: all detail is as much larger or smaller."""
        west, east, south, north = self.landscape.bounds
        return max(east - west, north - south) / ACROSS

    @property
    def sun(self) -> Array:
        """``(3,)``, the direction to the sun, of length 1."""
        toward = np.asarray(self.material.sun_from, np.float32)
        return toward / np.linalg.norm(toward)

    @cached_property
    def gradient(self) -> tuple[Array, Array]:
        """``(nx, ny)`` each: how the ground rises to the east and to the north."""
        rise, climb = (np.asarray(part, np.float32) for part in np.gradient(self.heights, 1 / self.texels))
        return rise, climb

    @cached_property
    def steepness(self) -> Array:
        """``(nx, ny)``, the slope of the ground."""
        return np.hypot(*self.gradient)

    @cached_property
    def around(self) -> Array:
        """``(nx, ny)``, the height round about each point."""
        return _blurred(self.heights, round(self.texels * 0.6 * self.unit))

    @cached_property
    def sunshine(self) -> Array:
        """``(nx, ny)``, how much of the sun each point sees, from 0 to 1: soft, wider with distance."""
        sun = self.sun.astype(np.float64)
        flat = np.hypot(sun[0], sun[1])
        distances = np.geomspace(0.10, 8.5, 46) * self.unit
        shifts = np.rint(distances[:, None] * sun[:2] / flat * self.texels).astype(np.int64)
        rises, softness = distances * sun[2] / flat, 0.05 * self.unit + 0.085 * distances
        return sunlit(self.heights, shifts, rises.astype(np.float32), softness.astype(np.float32))

    @property
    def ground_colour(self) -> NDArray[np.uint32]:
        """``(nx, ny)``, the lit ground: red, green and blue in ten bits each, and how coarse it is in the highest two.

        Small, so that looking up two million points of it goes fast; fine enough that mixing adds no steps.
        """
        return self._painted[0]

    @property
    def matter(self) -> NDArray[np.uint32]:
        """``(nx, ny)``, what a lamp needs to know of the ground; see `scenes.engine.terrain.kernels.lamps`."""
        return self._painted[1]

    @cached_property
    def _painted(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        decides = (np.ascontiguousarray(self.heights).tobytes(), repr(self.material).encode(), *self._measures)
        found = kept("ground", decides, self._paint)
        return np.asarray(found["colour"], np.uint32), np.asarray(found["matter"], np.uint32)

    @property
    def _measures(self) -> tuple[bytes, ...]:
        """What its looks depend on besides its heights and its material."""
        return (repr((self.relief, self.texels, *(float(edge) for edge in self.landscape.bounds))).encode(),)

    def _paint(self) -> dict[str, NDArray[np.uint32]]:
        material, unit = self.material, self.unit
        carving = np.array(_CARVING, np.float32) * np.array([1 / unit, unit, unit, unit, 1], np.float32)
        carving[:, 2:4] *= np.float32(material.roughness)
        pitch = np.float32(WAVE / self.texels)
        parts = carving[:1], carving[1:_LARGE], carving[_LARGE:]
        hummocks, gullies, grain = (carved(self.gradient, tile(), pitch, part) for part in parts)
        # So coarse that the corners of its noise would show.
        detail = _blurred(hummocks, round(0.07 * self.texels * unit)) + gullies
        colours = material.rock, material.scree, material.snow
        colour, matter = painted(
            self.heights,
            self.gradient,
            detail / np.float32(unit),
            grain / np.float32(unit),
            tile(29),
            np.float32(WAVE / self.texels / unit),
            np.float32(self.texels * unit),
            _blurred(self.steepness, round(self.texels * 0.28 * unit)),
            self.around,
            self.sunshine,
            self.sun,
            powers(material.ground),
            powers(colours),
            np.array([material.sun, material.shade], np.float32),
            np.array([material.snow_line, material.drifts, min(material.roughness, 1.0)], np.float32),
        )
        return {"colour": colour, "matter": matter}

    def at(self, x: Array, y: Array) -> tuple[NDArray[np.int32], Array, Array]:
        """Where ground points lie on the baked grid.

        Returns
        -------
        index, u, v
            ``(…,)`` each: flat index of the cell that holds the point, and the place in it, from 0 to 1.
        """
        nx, ny = self.heights.shape
        u = (x - np.float32(self._origin[0])) * np.float32(self.texels)
        v = (y - np.float32(self._origin[1])) * np.float32(self.texels)
        np.clip(u, 0, nx - 1.001, out=u)
        np.clip(v, 0, ny - 1.001, out=v)
        i, j = u.astype(np.int32), v.astype(np.int32)
        u -= i
        v -= j
        i *= np.int32(ny)
        i += j
        return i, u, v

    def height(self, x: Array, y: Array) -> Array:
        """``(…,)``, world heights at ground points in world units, bilinear between baked points."""
        index, u, v = self.at(x, y)
        flat, ny = self.heights.ravel(), self.heights.shape[1]
        near, far = flat.take(index), flat.take(index + ny)
        index += 1
        near += (flat.take(index) - near) * v
        far += (flat.take(index + ny) - far) * v
        far -= near
        far *= u
        near += far
        return near

    def point(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """``(…, 3)``, the world points of the ground at ``x``, ``y`` in world units: exact, not from the baked grid."""
        x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
        return np.stack([x, y, self.landscape.height(x, y) * self.relief], axis=-1)

    def seen(self, world: ArrayLike, eye: Sequence[float]) -> NDArray[np.bool_]:
        """``(…,)``, whether no ridge stands between the eye and ``(…, 3)`` world points."""
        points = np.asarray(world, dtype=np.float64)
        seen = np.empty(points.shape[:-1], bool)
        sight.clear(
            self.heights,
            np.float32(self._origin[0]),
            np.float32(self._origin[1]),
            np.float32(self.texels),
            np.array(self.landscape.bounds, np.float64),
            np.array(eye, np.float64),
            np.ascontiguousarray(points.reshape(-1, 3)),
            _ALONG,
            seen.reshape(-1),
        )
        return seen

    @cached_property
    def samples(self) -> NDArray[np.float64]:
        """``(81, 3)``, world points of the ground by which the motion of a picture is measured."""
        west, east, south, north = self.landscape.bounds
        x, y = np.meshgrid(np.linspace(west, east, 9), np.linspace(south, north, 9))
        return self.point(x.ravel(), y.ravel())


@dataclass(frozen=True)
class Skin:
    """The lit ground, and the same ever more coarsely, to be looked at from ever farther away.

    Attributes
    ----------
    flat
        All of it, one level after the other.
    levels
        ``(n, 4)``: of each level where it begins, its points to the east and to the north, and how many times as wide
        as the finest its points are.
    """

    flat: NDArray[np.uint32]
    levels: NDArray[np.int64]

    @classmethod
    def of(cls, finest: NDArray[np.uint32]) -> Skin:
        """Halve ``finest``, `LEVELS` times or until little is left."""
        several = [finest]
        while len(several) < LEVELS and min(several[-1].shape) >= 8:
            nx, ny = several[-1].shape
            several.append(np.empty((nx // 2, ny // 2), np.uint32))
            halved(several[-2], several[-1])
        begins = np.cumsum([0, *(each.size for each in several)])[:-1]
        levels = [(begin, *each.shape, 2**k) for k, (begin, each) in enumerate(zip(begins, several, strict=True))]
        return cls(np.concatenate([each.ravel() for each in several]), np.array(levels, np.int64))


def powers(colours: Sequence[Sequence[float]]) -> Array:
    """``(n, 3)``, colours as a screen has them as powers of light: near enough squares, and roots back again."""
    return np.square(np.asarray(colours, np.float32))


def _blurred(field: Array, radius: int) -> Array:
    """Three box means in a row: nearly a Gaussian."""
    for _ in range(3):
        for axis in (0, 1):
            field = uniform_filter1d(field, 2 * max(radius, 1) + 1, axis, mode="nearest")
    return field
