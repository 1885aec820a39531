"""The fog as it sinks, compiled by numba: a sea with a rolling surface, out of which the heights rise.

Plain loops over plain arrays, all float32; `scenes.engine.terrain.fog.sea` says what they mean.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float32]

_NONE, _HALF, _ONE, _SKY = np.float32(0), np.float32(0.5), np.float32(1), np.float32(np.inf)


@njit(inline="always")
def _hill(noise: Array, x: np.float32, y: np.float32) -> np.float32:
    """The noise at a place of its tile, which repeats, smooth between its points."""
    size = noise.shape[0]
    left, low = np.floor(x), np.floor(y)
    u, v = x - left, y - low
    i, j = int(left) % size, int(low) % size
    k, m = (i + 1) % size, (j + 1) % size
    near = noise[i, j] + (noise[k, j] - noise[i, j]) * u
    far = noise[i, m] + (noise[k, m] - noise[i, m]) * u
    return np.float32(near + (far - near) * v)


@njit(inline="always")
def _swell(noise: Array, x: np.float32, y: np.float32, drift: np.float32) -> np.float32:
    """How high the surface is at a place in units of land, about -2 to 2: two swells that pass through each other."""
    large = _hill(noise, x * np.float32(2.2) + drift * np.float32(1.6), y * np.float32(2.8) + drift * np.float32(0.7))
    small = _hill(noise, x * np.float32(6.1) - drift * np.float32(2.9), y * np.float32(7.3) + drift * np.float32(1.9))
    return np.float32(large + np.float32(0.38) * small)


@njit(cache=True)
def through(eye: np.float32, rise: np.float32, reach: np.float32, top: np.float32) -> np.float32:
    """How much of a ray's way leads through fog that reaches up to ``top``; ``rise`` is how it rises on its way."""
    if eye > top:
        if rise >= _NONE:
            return _NONE
        return max(reach - (eye - top) / -rise, _NONE)
    if rise > _NONE:
        return min(reach, (top - eye) / rise)
    return reach


@njit(cache=True, nogil=True)
def sea(
    level: Array,
    depth: Array,
    eye: Array,
    rays: Array,
    shape: Array,
    sun: Array,
    noise: Array,
    thick: Array,
    bright: Array,
) -> None:
    """Fill ``thick`` and ``bright``, ``(H, W)``: how much a fog that sinks hides of each pixel, and how bright it is.

    Parameters
    ----------
    level, depth, eye, rays
        The view: ``(H, W)`` twice, ``(3,)``, ``(2, W)``.
    shape
        ``(12,)``: how high its surface is; how high its swells are; how thick it is, for each unit of way; how much
        lower it is at the edge of the land than in its middle; the middle, and one over the half width of the land
        squared; the size of the land beside that of the films; seconds, for the drift; the row of the horizon, and the
        focal length; and how high the land is at its edge.
    sun
        ``(2,)``, over the ground, from where its swells are lit.
    noise
        ``(n, n)``, hills and hollows that repeat without a seam.
    """
    top, high, dense, dome = shape[0], shape[1], shape[2], shape[3]
    middle_x, middle_y, spread, unit, clock = shape[4], shape[5], shape[6], shape[7], shape[8]
    horizon, focal, edge = shape[9], shape[10], shape[11]
    rows, columns = level.shape
    # Only from above it is seen to fall away toward the edge.
    dome *= min(max((eye[2] - top) / (np.float32(0.9) * unit), _NONE), _ONE)
    drift, farthest = clock * np.float32(0.22), np.float32(46) * unit
    for row in range(rows):
        to_sky = (horizon - np.float32(row) - _HALF) / focal
        for c in range(columns):
            open_air = depth[row, c] >= _SKY
            reach = farthest if open_air else depth[row, c]
            rise = to_sky if open_air else (level[row, c] - eye[2]) / max(reach, np.float32(1e-3))
            if open_air and rise < _NONE and eye[2] > edge:
                # Beyond its edge the land goes on as high as it is there: so none shows in the fog.
                reach = min(reach, (eye[2] - edge) / -rise)
            above = eye[2] > top
            # Where the ray meets the surface, about.
            meets = reach
            if above and rise < _NONE:
                meets = min((eye[2] - top) / -rise, reach)
            elif not above and rise > _NONE:
                meets = min((top - eye[2]) / rise, reach)
            x, y = eye[0] + meets * rays[0, c], eye[1] + meets * rays[1, c]
            away = ((x - middle_x) * (x - middle_x) + (y - middle_y) * (y - middle_y)) * spread
            fades = _ONE / (_ONE + np.square(meets / (np.float32(13) * unit)))
            east, north = x / unit, y / unit
            swell = _swell(noise, east, north, drift)
            surface = top - dome * min(away, np.float32(1.6)) + high * swell * fades
            way = through(eye[2], rise, reach, surface) / unit
            # It is thicker toward the bottom: at its shores it is a breath.
            thick[row, c] = _ONE - np.exp(-dense * way)
            tone = _ONE
            if above and rise < _NONE:
                beside = _swell(noise, east + sun[0] * np.float32(0.22), north + sun[1] * np.float32(0.22), drift)
                lit = np.float32(0.34) - np.float32(0.42) * (beside - swell) + np.float32(0.16) * swell
                tone += lit * fades * min((eye[2] - top) / (np.float32(0.5) * unit), _ONE)
            bright[row, c] = max(tone, np.float32(0.4))
