"""The fog's inner loop, compiled by numba: a picture seen through it, and the same without any.

Plain loops over plain arrays, all float32; `scenes.engine.terrain.fog.fog` says what they mean.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.dither import grain
from scenes.engine.terrain.kernels.shading import ten_bits

Array = NDArray[np.float32]

_NONE, _ONE, _SKY = np.float32(0), np.float32(1), np.float32(np.inf)
#: What one step of ten bits is of 255.
_TEN_BITS = np.float32(255 / 1023)
_HALF, _WHITE = np.float32(0.5), np.float32(255)
#: By how many units of ground its wisps fray what somebody sees.
FRAYED = np.float32(0.55)


@njit(cache=True)
def closing(sight: np.float32, soft: np.float32, away: np.float32) -> np.float32:
    """How thick it is at a ground distance from whoever sees, from 0 to 1."""
    fraction = min(max((away - sight) / soft, _NONE), _ONE)
    return fraction * fraction * (np.float32(3) - fraction - fraction)


@njit(cache=True)
def wisps(cloud: Array, layers: NDArray[np.float64], columns: int, drawn: Array) -> None:
    """Fill ``drawn``, ``(h, W)``: layers of a cloud over each other, about -1 to 1.

    Parameters
    ----------
    cloud
        ``(size, size)``, which repeats without a seam.
    layers
        ``(n, 5)``, of each the place in the cloud where it begins, left and top, the points of the cloud to the next
        point of the layer, across and down, and its weight.
    columns
        Points in a row of a layer; they are mixed, and stretched to the width of ``drawn``.
    """
    size, rows = len(cloud), len(drawn)
    mixed, thread = np.zeros((rows, columns + 1), np.float32), np.empty(size + 1, np.float32)
    for left, top, across, down, weight in layers:
        near, fraction = _points(left, across, columns)
        for r in range(rows):
            y = top + (r + 0.5) * down - 0.5
            upper, v = int(np.floor(y)), np.float32(y - np.floor(y))
            above, below = cloud[upper % size], cloud[(upper + 1) % size]
            for c in range(size):
                thread[c] = (above[c] + (below[c] - above[c]) * v) * np.float32(weight)
            thread[size] = thread[0]
            for c in range(columns):
                here = near[c] % size
                mixed[r, c] += thread[here] + (thread[here + 1] - thread[here]) * fraction[c]
    for r in range(rows):
        mixed[r, columns] = mixed[r, columns - 1]
    stretch(mixed, drawn)


@njit(cache=True)
def stretch(mixed: Array, drawn: Array) -> None:
    """Fill ``drawn``, ``(h, W)``, with ``mixed``, ``(h, w + 1)``, whose last column is beyond the rest."""
    (rows, width), columns = drawn.shape, mixed.shape[1] - 1
    near, fraction = _points(0.0, columns / width, width)
    for r in range(rows):
        row, into = mixed[r], drawn[r]
        for c in range(width):
            here = max(near[c], 0)
            into[c] = row[here] + (row[here + 1] - row[here]) * (fraction[c] if near[c] >= 0 else _NONE)


@njit(cache=True)
def _points(start: float, step: float, count: int) -> tuple[NDArray[np.int32], Array]:
    """Of the middles of ``count`` points, each as wide as ``step``: the last whole place before each, and the rest."""
    near, fraction = np.empty(count, np.int32), np.empty(count, np.float32)
    for c in range(count):
        x = start + (c + 0.5) * step - 0.5
        near[c] = np.int32(np.floor(x))
        fraction[c] = np.float32(x - np.floor(x))
    return near, fraction


@njit(cache=True)
def lies(high: np.float32, away: np.float32, wisp: np.float32) -> np.float32:
    """How gladly fog lies somewhere, from -1 to 1.

    Parameters
    ----------
    high
        The height of the ground there, from 0 to 1.
    away
        The square of the distance from the middle of the landscape, 1 halfway along its edges.
    wisp
        Its wisps there, about -1 to 1.
    """
    at = np.float32(0.55) - np.float32(1.25) * high + (np.float32(0.42) - away) * np.float32(0.85)
    return min(max(at + wisp * np.float32(1.1), -_ONE), _ONE)


@njit(cache=True, nogil=True)
def draw_fog(
    view: NDArray[np.uint32],
    level: Array,
    depth: Array,
    eye: Array,
    rays: Array,
    heights: Array,
    spread: Array,
    wisps: Array,
    banks: Array,
    pitch: np.float32,
    fog: Array,
    viewers: Array,
    seen_box: NDArray[np.int64],
    colours: Array,
    glow: Array,
    glowing: NDArray[np.int64],
    windows: Array,
    windows_box: NDArray[np.int64],
    lanterns: Array,
    lanterns_box: NDArray[np.int64],
    flicker: Array,
    halos: Array,
    power: Array,
    fire: Array,
    sunk: Array,
    sunlit: Array,
    picture: NDArray[np.uint32],
) -> None:
    """Fill ``picture``, ``(H, W)``, with the view behind fog: red in the lowest byte, opaque.

    Parameters
    ----------
    view, level, depth, eye, rays
        The view: its colours in ten bits each ``(H, W)``, then ``(H, W)`` each; and ``(3,)`` and ``(2, W)``, the eye,
        and how far each column's ray goes per unit of depth.
    heights, spread
        The lowest height and one over the rise to the highest, the middle of the ground, east and north; and one over
        half its width each way.
    wisps, banks, pitch
        ``(h, W)`` each: wisps, about -1 to 1, that fray it, and how bright it is; and how many rows of the picture
        one of them stands for.
    fog
        Density, sight and softness, and how unevenly it lies.
    viewers, seen_box
        ``(n, 2)``, ground points of those who see; left, top, right, bottom of the pixels that any of them may see.
    colours
        ``(2, 3)``, of the fog and of a lit window, from 0 to 255.
    glow, glowing
        The light of windows in the fog, ``(h, w)`` from 0 to 1; left, top, right, bottom of where it is.
    windows, windows_box, lanterns, lanterns_box, flicker, halos, power, fire
        See `draw_lit`.
    sunk, sunlit
        ``(H, W)``, of fog that sinks: how much it hides of each pixel, and how bright it is there. Of no rows where it
        does not.
    """
    rows, columns = level.shape
    density, sight, soft, uneven = fog[0], fog[1], fog[2], fog[3]
    low, steepness, middle_x, middle_y = heights[0], heights[1], heights[2], heights[3]
    wisp, thick, shine = np.empty(columns, np.float32), np.empty(columns, np.float32), np.empty(columns, np.float32)
    lit, tone = np.empty(columns, np.float32), np.empty(columns, np.float32)
    mist, seen = np.empty(columns, np.float32), np.empty(columns, np.float32)
    brightest = _WHITE / max(colours[0, 0], colours[0, 1], colours[0, 2], _ONE)
    lamp, halo = np.empty(columns, np.float32), np.empty(columns, np.float32)
    noise = np.empty(columns, np.float32)
    tones = np.empty((3, columns), np.uint32)
    for row in range(rows):
        at = (np.float32(row) + np.float32(0.5)) / pitch - np.float32(0.5)
        at = min(max(at, _NONE), np.float32(len(wisps) - 1.001))
        upper = int(at)
        fraction = at - np.float32(upper)
        above, below, bright, dim = wisps[upper], wisps[upper + 1], banks[upper], banks[upper + 1]
        far = depth[row]
        # Small loops over few rows each: only such does the processor do side by side.
        for c in range(columns):
            wisp[c] = above[c] + (below[c] - above[c]) * fraction
        for c in range(columns):
            shine[c] = min(bright[c] + (dim[c] - bright[c]) * fraction, brightest)
        thick[:] = _ONE
        if density < _ONE:
            high, to_east, to_north = level[row], rays[0], rays[1]
            start_x, start_y = (eye[0] - middle_x) * spread[0], (eye[1] - middle_y) * spread[1]
            for c in range(columns):
                ahead = min(far[c], np.float32(1e4))
                x, y = start_x + ahead * to_east[c] * spread[0], start_y + ahead * to_north[c] * spread[1]
                away = min(x * x + y * y, np.float32(1.6))
                rise = (high[c] - low) * steepness if far[c] < _SKY else np.float32(0.2)
                thick[c] = min(max(density + uneven * lies(rise, away, wisp[c]), _NONE), _ONE)
        if seen_box[1] <= row < seen_box[3]:
            # Slices, counted from 0: of such loops the processor does many steps at once.
            a, b = seen_box[0], seen_box[2]
            to_east, to_north, away, here = rays[0, a:b], rays[1, a:b], lit[a:b], thick[a:b]
            fray, open_air = wisp[a:b], far[a:b]
            away[:] = np.float32(np.inf)
            for viewer in range(len(viewers)):
                x, y = eye[0] - viewers[viewer, 0], eye[1] - viewers[viewer, 1]
                for c in range(len(away)):
                    ahead = min(open_air[c], np.float32(1e4))
                    dx, dy = x + ahead * to_east[c], y + ahead * to_north[c]
                    away[c] = min(away[c], dx * dx + dy * dy)
            for c in range(len(away)):
                away[c] = closing(sight, soft, np.sqrt(away[c]) + fray[c] * FRAYED)
            for c in range(len(away)):
                here[c] *= away[c] if open_air[c] < _SKY else _ONE
        if len(sunk) == rows:
            hides, tones_there = sunk[row], sunlit[row]
            for c in range(columns):
                thick[c] *= hides[c]
                shine[c] = min(shine[c] * tones_there[c], brightest)
        for c in range(columns):
            mist[c] = shine[c] * thick[c]
        for c in range(columns):
            seen[c] = (_ONE - thick[c]) * _TEN_BITS
        # Where the fog is as thick as can be, nothing of the view need be looked at.
        left, right = 0, columns
        if density >= _ONE and len(sunk) < rows:
            left, right = (seen_box[0], seen_box[2]) if seen_box[1] <= row < seen_box[3] else (0, 0)
        first, last = _shone(row, windows, windows_box, lanterns, lanterns_box, flicker[0], halos, lamp, halo)
        glows = glowing[1] <= row < glowing[3]
        grain(row, noise)
        for channel in range(3):
            packed, into, grey, flame = view[row], tones[channel], colours[0, channel], colours[1, channel]
            for c in range(columns):
                tone[c] = grey * mist[c]
            bits, part, share = packed[left:right], tone[left:right], seen[left:right]
            for c in range(len(part)):
                part[c] += ten_bits(bits[c], 10 * channel) * share[c]
            begin, end = max(first, left), max(min(last, right), max(first, left))
            bits, part, share, light = packed[begin:end], tone[begin:end], seen[begin:end], lamp[begin:end]
            for c in range(len(part)):
                clear = ten_bits(bits[c], 10 * channel)
                part[c] += (np.sqrt(clear * clear + light[c] * power[channel]) - clear) * share[c]
            if glows:
                strength, part, dim_here = (
                    glow[row - glowing[1]],
                    tone[glowing[0] : glowing[2]],
                    shine[glowing[0] : glowing[2]],
                )
                for c in range(len(part)):
                    part[c] += (flame - part[c]) * strength[c] * min(dim_here[c], _ONE)
            part, light = tone[first:last], halo[first:last]
            for c in range(len(part)):
                part[c] = min(part[c] + (fire[channel] - part[c] * _HALF) * light[c], _WHITE)
            for c in range(columns):
                into[c] = np.uint32(np.int32(min(tone[c] + noise[c], _WHITE)))
        _pack(tones, picture[row])


@njit(cache=True, nogil=True)
def _shone(
    row: int,
    windows: Array,
    windows_box: NDArray[np.int64],
    lanterns: Array,
    lanterns_box: NDArray[np.int64],
    flicker: np.float32,
    halos: Array,
    lamp: Array,
    halo: Array,
) -> tuple[int, int]:
    """Fill ``lamp`` and ``halo`` for a row, between the two columns that it returns: no light falls elsewhere."""
    left, right = len(lamp), 0
    for box in (windows_box, lanterns_box):
        if box[1] <= row < box[3]:
            left, right = min(left, box[0]), max(right, box[2])
    for n in range(len(halos)):
        reach = np.float32(5) * halos[n, 2]
        if abs(np.float32(row) - halos[n, 1]) < reach:
            left = min(left, max(int(halos[n, 0] - reach), 0))
            right = max(right, min(int(halos[n, 0] + reach) + 1, len(lamp)))
    if left >= right:
        return 0, 0
    lamp[left:right] = _NONE
    halo[left:right] = _NONE
    if windows_box[1] <= row < windows_box[3]:
        light, part = windows[row - windows_box[1]], lamp[windows_box[0] : windows_box[2]]
        for c in range(len(part)):
            part[c] += light[c]
    if lanterns_box[1] <= row < lanterns_box[3]:
        light, part = lanterns[row - lanterns_box[1]], lamp[lanterns_box[0] : lanterns_box[2]]
        for c in range(len(part)):
            part[c] += light[c] * flicker
    for n in range(len(halos)):
        column, down, radius, strength = halos[n, 0], np.float32(row) - halos[n, 1], halos[n, 2], halos[n, 3]
        reach = np.float32(5) * radius
        if abs(down) < reach:
            share, most = _ONE / (radius * radius), np.float32(25)
            begin, end = max(int(column - reach), 0), max(min(int(column + reach) + 1, len(halo)), 0)
            part = halo[min(begin, end) : end]
            for c in range(len(part)):
                across = np.float32(c + begin) - column
                away = (across * across + down * down) * share
                edge = max(_ONE - away / most, _NONE)
                part[c] += strength * flicker * edge * edge / ((_ONE + away) * (_ONE + away * np.float32(0.3)))
    return left, right


@njit(cache=True, nogil=True)
def draw_lit(
    view: NDArray[np.uint32],
    windows: Array,
    windows_box: NDArray[np.int64],
    lanterns: Array,
    lanterns_box: NDArray[np.int64],
    flicker: Array,
    halos: Array,
    power: Array,
    fire: Array,
    picture: NDArray[np.uint32],
) -> None:
    """Fill ``picture`` as `draw_fog` does, without any fog, with the light of lamps.

    Parameters
    ----------
    windows, windows_box, lanterns, lanterns_box
        ``(h, w)``, what the ground gives back of the light of windows and of lanterns, as a power; left, top, right,
        bottom of where it is.
    flicker
        ``(1,)``, how bright the lanterns are just now.
    halos
        ``(n, 4)``, of the mist round a lantern column, row, radius in pixels, and strength.
    power, fire
        ``(3,)``, the colour of lamps: as a power, which is its square, from 0 to 1023², and as it is, from 0 to 255.
    """
    rows, columns = view.shape
    tones = np.empty((3, columns), np.uint32)
    lamp, halo = np.empty(columns, np.float32), np.empty(columns, np.float32)
    noise = np.empty(columns, np.float32)
    for row in range(rows):
        packed = view[row]
        first, last = _shone(row, windows, windows_box, lanterns, lanterns_box, flicker[0], halos, lamp, halo)
        grain(row, noise)
        for channel in range(3):
            into = tones[channel]
            for c in range(columns):
                tone = ten_bits(packed[c], 10 * channel) * _TEN_BITS
                into[c] = np.uint32(np.int32(min(tone + noise[c], _WHITE)))
            bits, part, light, air = packed[first:last], into[first:last], lamp[first:last], halo[first:last]
            specks = noise[first:last]
            for c in range(len(part)):
                clear = ten_bits(bits[c], 10 * channel)
                tone = np.sqrt(clear * clear + light[c] * power[channel]) * _TEN_BITS
                tone += (fire[channel] - tone * _HALF) * air[c]
                part[c] = np.uint32(np.int32(min(tone + specks[c], _WHITE)))
        _pack(tones, picture[row])


@njit(cache=True, nogil=True)
def draw_clear(view: NDArray[np.uint32], picture: NDArray[np.uint32]) -> None:
    """Fill ``picture`` as `draw_fog` does, without any fog."""
    rows, columns = view.shape
    tones, noise = np.empty((3, columns), np.uint32), np.empty(columns, np.float32)
    for row in range(rows):
        grain(row, noise)
        for channel in range(3):
            packed, into = view[row], tones[channel]
            for c in range(columns):
                tone = ten_bits(packed[c], 10 * channel) * _TEN_BITS
                into[c] = np.uint32(np.int32(min(tone + noise[c], _WHITE)))
        _pack(tones, picture[row])


@njit(inline="always")
def _pack(tones: NDArray[np.uint32], into: Any) -> None:
    red, green, blue = tones[0], tones[1], tones[2]
    for c in range(len(into)):
        into[c] = red[c] | (green[c] << np.uint32(8)) | (blue[c] << np.uint32(16)) | np.uint32(0xFF000000)
