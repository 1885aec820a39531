"""From a height field to lit ground: what does not depend on the camera is baked once.

Light, shadow and colour belong to the landscape; `scenes.engine.terrain.view` draws what a camera sees of them.
"""

from __future__ import annotations

import warnings
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import uniform_filter1d

from scenes.engine.terrain.kernels.sunlight import painted, sunlit
from scenes.engine.terrain.material import Material

Array = NDArray[np.float32]


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
    def ground_colour(self) -> NDArray[np.uint32]:
        """``(nx, ny)``, the lit ground: red, green and blue, ten bits each from the lowest on.

        Small, so that looking up two million points of it goes fast; fine enough that mixing adds no steps.
        """
        material, heights = self.material, self.heights
        grain = _grain(heights.shape, self.texels)
        sun = np.asarray(material.sun_from) / np.linalg.norm(material.sun_from)
        colours = (sun, material.ground, material.rock, material.shade, material.sun)
        return painted(
            heights,
            tuple(np.gradient(heights, 1 / self.texels)),
            grain,
            tuple(np.gradient(grain, 1 / self.texels)),
            np.float32(material.roughness),
            _blurred(heights, round(self.texels * 0.7)),
            self._sunlit(sun),
            *(np.asarray(colour, np.float32) for colour in colours),
        )

    def _sunlit(self, sun: NDArray[np.float64]) -> Array:
        """How much of the sun each point sees, from 0 to 1: soft, wider with distance."""
        flat = np.hypot(sun[0], sun[1])
        distances = np.geomspace(0.12, 7.0, 42)
        shifts = np.rint(distances[:, None] * sun[:2] / flat * self.texels).astype(np.int64)
        rises, softness = distances * sun[2] / flat, 0.10 + 0.16 * distances
        return sunlit(self.heights, shifts, rises.astype(np.float32), softness.astype(np.float32))

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


def _grain(shape: tuple[int, int], texels: float) -> Array:
    """Noise of the ground's own scale, about -1 to 1: rocks and tufts, the same every time."""
    size = 1024
    # Single precision throughout: half the work, and far finer than any colour.
    frequency = (np.fft.fftfreq(size) * texels).astype(np.float32)  # cycles per unit of ground
    radius = np.hypot(frequency[:, None], frequency[None, :])
    spectrum = np.where(radius > 0.35, 1 / np.maximum(radius, 0.35) ** 1.25, 0) * np.exp(-((radius / 16) ** 2))
    chance = np.random.default_rng(11).random((size, size)).astype(np.float32)
    tile = np.fft.ifft2(spectrum * np.exp(2j * np.pi * chance)).real
    tile /= 2.5 * tile.std()
    times = (-(-shape[0] // size), -(-shape[1] // size))
    return np.tile(tile, times)[: shape[0], : shape[1]].astype(np.float32, copy=False)


def _blurred(field: Array, radius: int) -> Array:
    """Three box means in a row: nearly a Gaussian."""
    for _ in range(3):
        for axis in (0, 1):
            field = uniform_filter1d(field, 2 * radius + 1, axis, mode="nearest")
    return field
