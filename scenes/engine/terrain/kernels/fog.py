"""The fog's inner loop, compiled by numba: a picture seen through it, and the same without any.

Plain loops over plain arrays, all float32; `scenes.engine.terrain.fog` says what they mean.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.dither import grain
from scenes.engine.terrain.kernels.rays import ten_bits

Array = NDArray[np.float32]

_NONE, _ONE, _SKY = np.float32(0), np.float32(1), np.float32(np.inf)
#: What one step of ten bits is of 255.
_TEN_BITS = np.float32(255 / 1023)
_WHITE = np.float32(255)
#: How unevenly thick it is, and by how many units of ground its wisps fray what somebody sees.
_UNEVEN, FRAYED = np.float32(0.10), np.float32(0.5)
#: Light of the lantern on the ground near by.
_LANTERN = np.float32(0.10)
#: How much thinner it lies on the heights, and before the sky.
_THINNER, _SKYWARD = np.float32(0.16), np.float32(0.9)


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
    size, (rows, width) = len(cloud), drawn.shape
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
    near, fraction = _points(0.0, columns / width, width)
    for r in range(rows):
        row, into = mixed[r], drawn[r]
        row[columns] = row[columns - 1]
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


@njit(cache=True, nogil=True)
def draw_fog(
    view: NDArray[np.uint32],
    level: Array,
    ground: Array,
    depth: Array,
    heights: Array,
    wisps: Array,
    pitch: np.float32,
    light: Array,
    fog: Array,
    viewers: Array,
    seen_box: NDArray[np.int64],
    colours: Array,
    glow: Array,
    glowing: NDArray[np.int64],
    picture: NDArray[np.uint32],
) -> None:
    """Fill ``picture``, ``(H, W)``, with the view behind fog: red in the lowest byte, opaque.

    Parameters
    ----------
    view, level, ground, depth
        The view: its colours in ten bits each ``(H, W)``, then ``(H, W)``, ``(2, H, W)``, ``(H, W)``.
    heights
        The height from which on the fog gets thinner, and one over the rise over which it does.
    wisps, pitch
        ``(h, W)``, about -1 to 1, and how many rows of the picture one of them stands for.
    light
        ``(H,)``, how bright the fog is in each row.
    fog
        Density, sight and softness, and how unevenly bright it is.
    viewers, seen_box
        ``(n, 2)``, ground points of those who see; left, top, right, bottom of the pixels that any of them may see.
    colours
        ``(2, 3)``, of the fog and of a lit window, from 0 to 255.
    glow, glowing
        The light of windows in the fog, ``(h, w)`` from 0 to 1; left, top, right, bottom of where it is.
    """
    rows, columns = level.shape
    density, sight, soft, uneven = fog[0], fog[1], fog[2], fog[3]
    low, steepness = heights[0], heights[1]
    wisp, thick, shine = np.empty(columns, np.float32), np.empty(columns, np.float32), np.empty(columns, np.float32)
    lit, warm = np.empty(columns, np.float32), np.empty(columns, np.float32)
    noise = np.empty(columns, np.float32)
    tones = np.empty((3, columns), np.uint32)
    for row in range(rows):
        at = (np.float32(row) + np.float32(0.5)) / pitch - np.float32(0.5)
        at = min(max(at, _NONE), np.float32(len(wisps) - 1.001))
        upper = int(at)
        fraction = at - np.float32(upper)
        above, below, bright = wisps[upper], wisps[upper + 1], light[row]
        high, far = level[row], depth[row]
        for c in range(columns):
            wisp[c] = above[c] + (below[c] - above[c]) * fraction
            rise = min(max((high[c] - low) * steepness, _NONE), _ONE)
            lid = _SKYWARD if far[c] == _SKY else _ONE - _THINNER * rise * np.sqrt(rise)
            thick[c] = (_ONE + wisp[c] * _UNEVEN) * density * lid
            shine[c] = (_ONE + wisp[c] * uneven) * bright
            lit[c] = warm[c] = _NONE
        if seen_box[1] <= row < seen_box[3]:
            for c in range(seen_box[0], seen_box[2]):
                lit[c] = np.float32(np.inf)
            east, north = ground[0, row], ground[1, row]
            for viewer in range(len(viewers)):
                x, y = viewers[viewer, 0], viewers[viewer, 1]
                for c in range(seen_box[0], seen_box[2]):
                    lit[c] = min(lit[c], (east[c] - x) * (east[c] - x) + (north[c] - y) * (north[c] - y))
            for c in range(seen_box[0], seen_box[2]):
                away = np.sqrt(lit[c]) + wisp[c] * FRAYED
                closed = _ONE if far[c] == _SKY else closing(sight, soft, away)
                thick[c] *= closed
                lit[c] = (_ONE - closed) * _LANTERN * min(density, _ONE) * (_ONE - min(thick[c], _ONE))
        if glowing[1] <= row < glowing[3]:
            strength = glow[row - glowing[1]]
            for c in range(glowing[0], glowing[2]):
                warm[c] = strength[c - glowing[0]] * min(shine[c], _ONE)
        grain(row, noise)
        for channel in range(3):
            packed, into, grey, fire = view[row], tones[channel], colours[0, channel], colours[1, channel]
            for c in range(columns):
                clear = ten_bits(packed[c], 10 * channel) * _TEN_BITS
                tone = clear + (shine[c] * grey - clear) * min(thick[c], _ONE) + (fire - clear) * lit[c]
                tone += (fire - tone) * warm[c]
                into[c] = np.uint32(np.int32(min(tone + noise[c], _WHITE)))
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
