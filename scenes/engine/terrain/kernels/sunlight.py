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


@njit(inline="always")
def between(tile: Array, x: np.float32, y: np.float32) -> np.float32:
    """A tile that repeats, of 512 points a side, at a place between its points."""
    i, j = np.int32(np.floor(x)), np.int32(np.floor(y))
    u, v = x - np.float32(i), y - np.float32(j)
    i, j = i & 511, j & 511
    k, m = (i + 1) & 511, (j + 1) & 511
    near = tile[i, j] + (tile[i, m] - tile[i, j]) * v
    far = tile[k, j] + (tile[k, m] - tile[k, j]) * v
    return np.float32(near + (far - near) * u)


@njit(cache=True, nogil=True)
def carved(gradient: tuple[Array, Array], tile: Array, pitch: np.float32, carving: Array) -> Array:
    """``(nx, ny)``, how the ground would rise and fall in detail, in its own unit: gullies, ribs, hummocks.

    It is only ever lit, never stood on. On steep ground what noise gives is drawn out along the fall line (line
    integral convolution, Cabral and Leedom 1993), as water and avalanches do it.

    Parameters
    ----------
    gradient
        ``(nx, ny)`` each, how the ground rises to the east and to the north.
    tile, pitch
        `scenes.engine.terrain.noise.tile`, and how many of its points lie between two of the ground for one hill of
        it in a unit.
    carving
        ``(n, 5)``: of each size of detail how many hills of it lie in a unit, how far it is drawn out, in units,
        how tall it is on the level, how tall where it is steep, and the lean of its pattern.
    """
    rises, climbs = gradient
    across, along = rises.shape
    drawn = np.zeros((across, along), np.float32)
    taps = 7
    for k in range(len(carving)):
        scale, reach = carving[k, 0] * pitch, carving[k, 1]
        level, steep, lean = carving[k, 2], carving[k, 3], carving[k, 4]
        turn, slant = np.cos(lean), np.sin(lean)
        stretch = reach * carving[k, 0] * np.float32(8 / (taps - 1))
        for i in range(across):
            for j in range(along):
                gx, gy = rises[i, j], climbs[i, j]
                slope = np.sqrt(gx * gx + gy * gy)
                share = min(slope * np.float32(1.15), _ONE)
                tall = level + (steep - level) * share * share
                east, north = np.float32(i) * scale, np.float32(j) * scale
                x, y = east * turn - north * slant, east * slant + north * turn
                if stretch > _NONE and share > np.float32(0.08):
                    fall = stretch * share / max(slope, np.float32(1e-4))
                    dx, dy = (gx * turn - gy * slant) * fall, (gx * slant + gy * turn) * fall
                    total = _NONE
                    for tap in range(taps):
                        s = np.float32(tap - taps // 2)
                        total += between(tile, x + dx * s, y + dy * s)
                    # The mean of several is flatter than one: bring it back to about its height.
                    value = total / np.float32(taps) * (_ONE + np.float32(0.9) * share)
                else:
                    value = between(tile, x, y)
                # Round hummocks on the level; sharp crests between gullies where it is steep.
                crests, hummocks = np.float32(0.8) - abs(value + np.float32(0.15)), np.float32(0.6) * value
                drawn[i, j] += tall * (hummocks + (crests - hummocks) * share)
    return drawn


@njit(inline="always")
def _smooth(low: np.float32, high: np.float32, at: np.float32) -> np.float32:
    """0 below ``low``, 1 above ``high``, and without a corner between."""
    t = min(max((at - low) / (high - low), _NONE), _ONE)
    return np.float32(t * t * (np.float32(3) - t - t))


@njit(cache=True, nogil=True)
def painted(
    heights: Array,
    gradient: tuple[Array, Array],
    detail: Array,
    grain: Array,
    tile: Array,
    pitch: np.float32,
    texels: np.float32,
    above: Array,
    around: Array,
    free: Array,
    sun: Array,
    stops: Array,
    matters: Array,
    light: Array,
    weather: Array,
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """``(nx, ny)`` each: the lit ground, and what a lamp needs to know of it.

    The first has red, green and blue in ten bits each from the lowest on, and in the highest two how coarse the
    ground is. The second has the brightness that it gives back in the lowest ten bits, how warm it is in the next
    two, and how it leans to the east and to the north in ten bits each: 511 is level.

    Parameters
    ----------
    heights, gradient
        ``(nx, ny)``, the ground, and how it rises to the east and to the north.
    detail, grain
        What `carved` gave, of the larger sizes and of the smaller ones.
    tile, pitch, texels
        Noise; how many of its points lie between two of the ground for one hill in a unit; points of ground a unit.
    above
        ``(nx, ny)``, how steep it is round about: what lies below cliffs is scree.
    around
        The height round about each point: what lies lower is a hollow.
    free
        What `sunlit` gave.
    sun
        ``(3,)``, the direction to it, of length 1.
    stops
        ``(n, 3)``, colours from the lowest ground to the highest, as all colours here in powers of light.
    matters
        ``(3, 3)``, of rock, scree and snow.
    light
        ``(2, 3)``, of the sun and of the sky.
    weather
        The snow line as a fraction of the height, how much snow lies below it in hollows, and how mottled the ground
        is, from 0 to 1.
    """
    across, along = heights.shape
    low, high = heights.min(), heights.max()
    spread = max(high - low, np.float32(1e-6))
    colours, matter = np.empty((across, along), np.uint32), np.empty((across, along), np.uint32)
    half, rise, climb = texels * _HALF, gradient[0], gradient[1]
    line, drifts = weather[0], weather[1]
    for i in range(across):
        west, east = max(i - 1, 0), min(i + 1, across - 1)
        for j in range(along):
            south, north = max(j - 1, 0), min(j + 1, along - 1)
            x, y = np.float32(i) * pitch, np.float32(j) * pitch
            broad = between(tile, x * np.float32(0.45), y * np.float32(0.45))
            middle = between(tile, y * np.float32(1.7) + np.float32(77), x * np.float32(1.7))
            fine = between(tile, (x + y) * np.float32(6.3), (x - y) * np.float32(6.3))
            gx, gy = rise[i, j], climb[i, j]
            slope = np.sqrt(gx * gx + gy * gy)
            dx, dy = (detail[east, j] - detail[west, j]) * half, (detail[i, north] - detail[i, south]) * half
            ex, ey = (grain[east, j] - grain[west, j]) * half, (grain[i, north] - grain[i, south]) * half
            # How steep the gullies make it: what lies on ledges and what breaks off edges.
            nx, ny = gx + dx, gy + dy
            rough = np.sqrt(nx * nx + ny * ny)
            level = (heights[i, j] - low) / spread
            # Rock where it is steep, scree below it, snow above its line where it holds.
            broken = np.float32(0.72) * slope + np.float32(0.36) * rough + np.float32(0.13) * broad
            broken += np.float32(0.04) * middle - np.float32(6) * grain[i, j]
            rock = _smooth(np.float32(0.74), np.float32(0.98), broken)
            below = _smooth(np.float32(0.45), np.float32(0.85), above[i, j] + np.float32(0.10) * broad)
            scree = below * _smooth(np.float32(0.95), np.float32(0.60), slope + np.float32(0.10) * middle)
            lee = (dx * sun[0] + dy * sun[1]) * np.float32(0.08)
            # A ragged edge: tufts and stones stand out of thin snow.
            ragged = np.float32(0.005) * fine - np.float32(0.9) * grain[i, j] + np.float32(0.014) * middle
            reach = level - line + np.float32(0.075) * broad + np.float32(0.028) * middle + np.float32(0.008) * fine
            snow = _smooth(np.float32(-0.025), np.float32(0.030), reach + lee + ragged)
            hold = np.float32(1.12) + np.float32(0.40) * (level - line) - np.float32(0.16) * broad
            held = rough * np.float32(0.60) + slope * np.float32(0.40) - np.float32(5) * grain[i, j]
            snow *= _smooth(hold, hold - np.float32(0.26), held)
            hollow = (around[i, j] - heights[i, j]) * np.float32(0.30) + np.float32(0.17) * broad
            hollow += np.float32(0.06) * middle - detail[i, j] * np.float32(1.3) + (level - line) * np.float32(0.35)
            patch = _smooth(np.float32(0.06), np.float32(0.17), hollow + ragged * np.float32(1.3))
            snow = max(snow, patch * drifts * _smooth(np.float32(0.9), np.float32(0.5), rough))
            rock *= _ONE - snow
            scree *= (_ONE - rock) * (_ONE - snow)
            # The light: sun on the leaning ground, sky from above, less of it in gullies and hollows.
            tilt, grained = np.float32(1) - np.float32(0.25) * snow, np.float32(1.2) - np.float32(0.75) * snow
            lx, ly = gx + dx * tilt + ex * grained, gy + dy * tilt + ey * grained
            facing = (sun[2] - lx * sun[0] - ly * sun[1]) / np.sqrt(_ONE + lx * lx + ly * ly)
            facing = max(facing, _NONE) * free[i, j]
            open_sky = np.float32(0.62) + np.float32(0.38) / np.sqrt(_ONE + slope * slope)
            deep = (heights[i, j] - around[i, j]) * np.float32(0.42) + detail[i, j] * np.float32(4.0)
            open_sky *= min(
                max(np.float32(0.86) + deep + grain[i, j] * np.float32(9), np.float32(0.40)), np.float32(1.2)
            )
            place = level + np.float32(0.045) * broad + np.float32(0.02) * middle
            place = min(max(place, _NONE), np.float32(0.9999)) * np.float32(len(stops) - 1)
            stop = min(int(place), len(stops) - 2)
            fraction = place - np.float32(stop)
            speckle = _ONE + weather[2] * (np.float32(0.10) * middle + np.float32(0.10) * fine * (_ONE - snow))
            strata = _ONE + np.float32(0.12) * middle * rock * weather[2]
            mixed, bright, warm = np.uint32(0), _NONE, _NONE
            for channel in range(3):
                tone = stops[stop, channel] + (stops[stop + 1, channel] - stops[stop, channel]) * fraction
                tone += (matters[0, channel] * strata - tone) * rock
                tone += (matters[1, channel] - tone) * scree
                tone *= speckle
                tone += (matters[2, channel] - tone) * snow
                bright += tone * np.float32(1 / 3)
                warm += tone if channel == 0 else (-tone if channel == 2 else _NONE)
                tone *= open_sky * light[1, channel] + facing * light[0, channel]
                # Bright snow keeps its drawing: the upper end is bent, not cut.
                tone = tone if tone < np.float32(0.6) else _ONE - np.float32(0.16) / (tone - np.float32(0.2))
                tone = np.sqrt(min(max(tone, _NONE), _ONE)) * np.float32(1023) + _HALF
                mixed |= np.uint32(np.uint32(tone) << np.uint32(10 * channel))
            coarse = min(
                np.float32(3.4), scree * np.float32(3) + rock * np.float32(2.4) + (_ONE - snow) * np.float32(1.2)
            )
            colours[i, j] = mixed | np.uint32(np.uint32(coarse) << np.uint32(30))
            back = np.uint32(np.sqrt(min(max(bright, _NONE), _ONE)) * np.float32(1023))
            back |= np.uint32(
                np.uint32(min(max(warm * np.float32(12) + np.float32(1.5), _NONE), np.float32(3))) << np.uint32(10)
            )
            a = np.uint32(lx / (_ONE + abs(lx)) * np.float32(511) + np.float32(511.5))
            b = np.uint32(ly / (_ONE + abs(ly)) * np.float32(511) + np.float32(511.5))
            matter[i, j] = back | np.uint32(a << np.uint32(12)) | np.uint32(b << np.uint32(22))
    return colours, matter


@njit(cache=True, nogil=True)
def halved(fine: NDArray[np.uint32], coarse: NDArray[np.uint32]) -> None:
    """Fill ``coarse`` with the means of every four points of ``fine``, colours of ten bits; the rest falls off."""
    for i in range(coarse.shape[0]):
        for j in range(coarse.shape[1]):
            a, b = fine[2 * i, 2 * j], fine[2 * i, 2 * j + 1]
            c, d = fine[2 * i + 1, 2 * j], fine[2 * i + 1, 2 * j + 1]
            mixed = np.uint32(a & np.uint32(0xC0000000))
            for channel in range(3):
                shift = np.uint32(10 * channel)
                total = np.uint32(2)
                for each in (a, b, c, d):
                    total += np.uint32(each >> shift) & np.uint32(1023)
                mixed |= np.uint32((total >> np.uint32(2)) << shift)
            coarse[i, j] = mixed
