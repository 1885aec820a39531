"""Lines of sight over the baked ground, compiled by numba; `BakedTerrain.seen` says what they mean."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float32]


@njit(cache=True, nogil=True)
def clear(
    heights: Array,
    west: np.float32,
    south: np.float32,
    texels: np.float32,
    bounds: NDArray[np.float64],
    eye: NDArray[np.float64],
    points: NDArray[np.float64],
    fractions: NDArray[np.float64],
    seen: NDArray[np.bool_],
) -> None:
    """For every point, whether the ground is nowhere higher than the line from the eye to it.

    Parameters
    ----------
    heights, west, south, texels
        As in `scenes.engine.terrain.kernels.rays.trace`.
    bounds
        ``(4,)``, west, east, south and north edge of what is known: beyond them nothing hides.
    eye, points
        ``(3,)`` and ``(n, 3)``, world points.
    fractions
        ``(k,)``, at which fractions of the way from the eye to a point the ground is looked up.
    seen
        Becomes whether each is seen, ``(n,)``.
    """
    east, north = np.float32(heights.shape[0] - 1.001), np.float32(heights.shape[1] - 1.001)
    none = np.float32(0)
    for index in range(len(points)):
        seen[index] = True
        way = points[index] - eye
        for fraction in fractions:
            x, y = eye[0] + way[0] * fraction, eye[1] + way[1] * fraction
            if not (x > bounds[0] and x < bounds[1] and y > bounds[2] and y < bounds[3]):
                continue
            u = min(max((np.float32(x) - west) * texels, none), east)
            v = min(max((np.float32(y) - south) * texels, none), north)
            i, j = np.int32(u), np.int32(v)
            u, v = u - np.float32(i), v - np.float32(j)
            near = heights[i, j] + (heights[i, j + 1] - heights[i, j]) * v
            far = heights[i + 1, j] + (heights[i + 1, j + 1] - heights[i + 1, j]) * v
            if near + (far - near) * u > eye[2] + way[2] * fraction:
                seen[index] = False
                break
