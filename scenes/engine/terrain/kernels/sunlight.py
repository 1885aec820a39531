"""The light on baked ground, compiled by numba: what the sun reaches, and what colour the ground has in it.

Plain loops over plain arrays of float32; `scenes.engine.terrain.baked_terrain` says what they mean.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float32]

_NONE, _HALF, _ONE = np.float32(0), np.float32(0.5), np.float32(1)


@njit(cache=True, nogil=True)
def sunlit(heights: Array, shifts: NDArray[np.int64], rises: Array, softness: Array) -> Array:
    """``(nx, ny)``, how much of the sun each point sees, from 0 to 1.

    Parameters
    ----------
    heights
        ``(nx, ny)``, the baked ground; beyond its edge it goes on as at the edge.
    shifts
        ``(n, 2)``, where to look toward the sun, in points from here.
    rises
        ``(n,)``, how much higher the way to the sun is there.
    softness
        ``(n,)``, world height from where the ground there hides none of the sun to where it hides all of it.
    """
    across, along = heights.shape
    seen = np.empty_like(heights)
    for i in range(across):
        here, free = heights[i], seen[i]
        free[:] = _ONE
        # A whole row for each distance, which is arithmetic for many points at once.
        for k in range(len(shifts)):
            there, shift = heights[min(max(i + shifts[k, 0], 0), across - 1)], shifts[k, 1]
            first, last = min(max(-shift, 0), along), max(min(along - shift, along), 0)
            _shade(free[:first], here[:first], there[:1], rises[k], softness[k])
            _shade(free[first:last], here[first:last], there[first + shift : last + shift], rises[k], softness[k])
            _shade(free[last:], here[last:], there[-1:], rises[k], softness[k])
        for j in range(along):
            free[j] = max(free[j], _NONE)
    return seen


@njit(cache=True)
def _shade(free: Array, here: Array, there: Array, rise: np.float32, softness: np.float32) -> None:
    """Take from ``free`` what the ground ``there`` hides of the sun ``here``; one point may stand for all."""
    if len(there) == 1:
        for j in range(len(free)):
            free[j] = min(free[j], _HALF - (there[0] - here[j] - rise) / softness)
    else:
        for j in range(len(free)):
            free[j] = min(free[j], _HALF - (there[j] - here[j] - rise) / softness)


@njit(cache=True, nogil=True)
def painted(
    heights: Array,
    gradient: tuple[Array, Array],
    grain: Array,
    bumps: tuple[Array, Array],
    roughness: np.float32,
    around: Array,
    free: Array,
    sun: Array,
    stops: Array,
    rock: Array,
    shade: Array,
    sunshine: Array,
) -> NDArray[np.uint32]:
    """``(nx, ny)``, the lit ground: red, green and blue, ten bits each from the lowest on.

    Parameters
    ----------
    heights, gradient
        ``(nx, ny)``, the baked ground, and how it rises to the east and to the north.
    grain, bumps, roughness
        Its grain, how that rises, and how strongly that catches the light.
    around
        The height round about each point: what lies lower is a hollow.
    free
        What `sunlit` gave.
    sun
        ``(3,)``, the direction to it, of length 1.
    stops
        ``(n, 3)``, colours from the lowest ground to the highest.
    rock, shade, sunshine
        ``(3,)``, the colour of steep ground, and of the light of sky and sun.
    """
    across, along = heights.shape
    low, high = heights.min(), heights.max()
    spread = max(high - low, np.float32(1e-6))
    colours = np.empty((across, along), np.uint32)
    for i in range(across):
        for j in range(along):
            gx, gy = gradient[0][i, j], gradient[1][i, j]
            up = _ONE / np.sqrt(_ONE + gx * gx + gy * gy)
            # Grain is paint, not ground: it tilts the light, never the height that a hiker stands on.
            rough = roughness * (np.float32(0.35) + np.float32(1.3) * min(max(_ONE - up, _NONE), np.float32(0.6)))
            gx, gy = gx + bumps[0][i, j] * rough, gy + bumps[1][i, j] * rough
            facing = (sun[2] - gx * sun[0] - gy * sun[1]) / np.sqrt(_ONE + gx * gx + gy * gy)
            facing = min(max(facing, _NONE), _ONE) * free[i, j]
            level = (heights[i, j] - low) / spread + grain[i, j] * np.float32(0.03)
            place = min(max(level, _NONE), _ONE) * np.float32(len(stops) - 1)
            stop = min(int(place), len(stops) - 2)
            fraction = place - np.float32(stop)
            steep = min(max((_ONE - up - np.float32(0.22)) / np.float32(0.3), _NONE), _ONE) * np.float32(0.8)
            hollow = _HALF + (heights[i, j] - around[i, j]) * np.float32(0.55)
            hollow = min(max(hollow, np.float32(0.25)), np.float32(0.8))
            sky = (np.float32(0.35) + np.float32(0.65) * up) * hollow * np.float32(1.5)
            mixed = np.uint32(0)
            for channel in range(3):
                tone = stops[stop, channel] + (stops[stop + 1, channel] - stops[stop, channel]) * fraction
                tone += (rock[channel] - tone) * steep
                tone *= _ONE + np.float32(0.05) * grain[i, j]
                tone *= sky * shade[channel] + facing * sunshine[channel]
                tone = min(max(tone, _NONE), _ONE) * np.float32(1023) + _HALF
                mixed |= np.uint32(np.uint32(tone) << np.uint32(10 * channel))
            colours[i, j] = mixed
    return colours
