"""What is scattered over the ground, compiled by numba: where it may stand, its shadow, its light, its picture.

Plain loops over plain arrays; `scenes.engine.terrain.scenery.scatter` says what they mean.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.terrain.kernels.shading import ten_bits

Array = NDArray[np.float32]

_NONE, _HALF, _ONE = np.float32(0), np.float32(0.5), np.float32(1)


@njit(cache=True, nogil=True)
def spaced(x: Array, y: Array, room: Array, widest: float) -> NDArray[np.bool_]:
    """``(n,)``, which of several places to take, in their order, so that none is nearer to another than its ``room``.

    Dart throwing on a grid of cells, as of old for Poisson disks (Cook 1986), each disk of its own size.
    """
    count = len(x)
    kept = np.zeros(count, np.bool_)
    if count == 0:
        return kept
    left, low = x.min(), y.min()
    across, along = int((x.max() - left) / widest) + 1, int((y.max() - low) / widest) + 1
    first = np.full((across, along), -1, np.int64)
    after = np.full(count, -1, np.int64)
    for k in range(count):
        i, j = int((x[k] - left) / widest), int((y[k] - low) / widest)
        free = True
        for a in range(max(i - 1, 0), min(i + 2, across)):
            for b in range(max(j - 1, 0), min(j + 2, along)):
                other = first[a, b]
                while free and other >= 0:
                    gap = max(room[k], room[other])
                    free = (x[k] - x[other]) ** 2 + (y[k] - y[other]) ** 2 >= gap * gap
                    other = after[other]
        if free:
            kept[k], after[k], first[i, j] = True, first[i, j], k
    return kept


@njit(cache=True, nogil=True)
def cast(
    ground: NDArray[np.uint32], heights: Array, places: Array, tall: Array, sun: Array, texels: float, depth: float
) -> None:
    """Darken ``ground``, ``(nx, ny)``, where things of some height keep the sun and the sky from it.

    Parameters
    ----------
    heights
        ``(nx, ny)``, the baked ground.
    places, tall
        ``(n, 2)``, in points of the ground, and ``(n,)``, half the width and the height of each, in units.
    sun
        ``(3,)``, the direction to it.
    depth
        How much of its light the ground loses in a shadow.
    """
    nx, ny = ground.shape
    flat = np.sqrt(sun[0] * sun[0] + sun[1] * sun[1])
    away_x, away_y = -sun[0] / flat, -sun[1] / flat
    drop = sun[2] / flat
    for k in range(len(places)):
        x, y = places[k, 0], places[k, 1]
        half, height = tall[k, 0], tall[k, 1]
        length = min(height / drop, 3.0 * height)
        reach = int((length + 2 * half) * texels) + 2
        here = heights[min(max(int(x), 0), nx - 1), min(max(int(y), 0), ny - 1)]
        for i in range(max(int(x) - reach, 0), min(int(x) + reach + 1, nx)):
            for j in range(max(int(y) - reach, 0), min(int(y) + reach + 1, ny)):
                dx, dy = (i - x) / texels, (j - y) / texels
                along, aside = dx * away_x + dy * away_y, abs(-dx * away_y + dy * away_x)
                # At what height of the thing the way to the sun passes it.
                passes = (heights[i, j] - here) + along * drop
                part = passes / height
                dark = 0.0
                if -0.1 < part < 1.0 and along > -half:
                    wide = half * (1.0 - max(part, 0.0)) + 0.006
                    soft = 0.25 * half + 0.10 * max(along, 0.0)
                    edge = min(max((wide + soft * 0.5 - aside) / soft, 0.0), 1.0)
                    begins = min(max((along + half) / half, 0.0), 1.0)
                    fades = max(1.0 - (max(along, 0.0) / length) ** 2, 0.0)
                    dark = depth * edge * begins * fades * (1.0 - 0.45 * max(part, 0.0))
                near = np.sqrt(dx * dx + dy * dy) / (half * 1.25)
                if near < 1.0:
                    dark = max(dark, 0.55 * (1.0 - near * near))
                if dark > 0.0:
                    packed, mixed = ground[i, j], np.uint32(ground[i, j] & np.uint32(0xC0000000))
                    for channel in range(3):
                        # Blue is left more of: the sky still lights a shadow.
                        keep = 1.0 - dark * (1.0 - 0.16 * channel)
                        tone = np.uint32(ten_bits(packed, 10 * channel) * np.float32(keep))
                        mixed |= np.uint32(tone << np.uint32(10 * channel))
                    ground[i, j] = mixed


@njit(cache=True, nogil=True)
def draw(
    shapes: Array,
    offsets: NDArray[np.int64],
    firs: int,
    colours: Array,
    light: Array,
    toward: Array,
    spots: Array,
    kinds: NDArray[np.int64],
    where: Array,
    look: Array,
    haze: Array,
    picture: NDArray[np.uint32],
    depth: Array,
    level: Array,
    covered: NDArray[np.bool_],
) -> None:
    """Draw things into a view, from the farthest to the nearest; ground that is nearer hides them.

    Where one covers a pixel, the pixel's depth and height become its own.

    Parameters
    ----------
    shapes, offsets
        See `scenes.engine.terrain.scenery.sprite_shapes.sizes`.
    firs
        How many of the shapes are firs.
    colours
        ``(n, 3)``, of each shape, and that of snow last, as powers.
    light
        ``(2, 3)``, of sun and sky.
    toward
        ``(3,)``, the sun as the eye sees it: to the right, toward the eye, up.
    spots
        ``(n, 4)``: column and row of the foot, height in pixels, depth; the farthest first.
    kinds
        ``(n, 2)``: which shape, and 1 if it is mirrored.
    where
        ``(n,)``: the height of the foot.
    look
        ``(n, 4)``: how much sun it has, how much the air hides of it, world units a pixel, how much snow lies on it.
    haze
        ``(3,)``, the colour of the air, from 0 to 1.
    picture, depth, level
        The view.
    covered
        ``(H, W)``, becomes true where something is drawn.
    """
    rows, columns = picture.shape
    snow = len(colours) - 1
    point = np.empty(5, np.float32)
    for n in range(len(spots)):
        column, foot, height, away = spots[n, 0], spots[n, 1], spots[n, 2], spots[n, 3]
        # The coarsest size that still has about as many points as pixels are covered.
        which = 0
        while which + 1 < len(offsets) and np.float32(offsets[which, 1]) > np.float32(1.35) * height:
            which += 1
        begin, high, wide = offsets[which, 0], offsets[which, 1], offsets[which, 2]
        kind, mirrored = kinds[n, 0], kinds[n, 1] == 1
        start = begin + kind * high * wide * 5
        step = np.float32(high) / height
        half = np.float32(wide) / step * _HALF
        top, bottom = max(int(np.floor(foot - height)), 0), min(int(np.ceil(foot)), rows)
        left, right = max(int(np.floor(column - half)), 0), min(int(np.ceil(column + half)), columns)
        sun, veil, unit, laden = look[n, 0], look[n, 1], look[n, 2], look[n, 3]
        for row in range(top, bottom):
            y = (np.float32(row) + _HALF - (foot - height)) * step - _HALF
            if y < -_HALF or y > np.float32(high) - _HALF:
                continue
            i = int(np.floor(y))
            v = y - np.float32(i)
            above, below = max(i, 0) * wide, min(i + 1, high - 1) * wide
            # A fir is narrow, and pointed.
            first, last = left, right
            if kind < firs:
                reach = half * (np.float32(0.10) + np.float32(0.62) * (y / np.float32(high))) + _ONE
                first, last = max(left, int(column - reach)), min(right, int(column + reach) + 2)
            for c in range(first, last):
                x = (np.float32(c) + _HALF - (column - half)) * step - _HALF
                if mirrored:
                    x = np.float32(wide) - _ONE - x
                j = int(np.floor(x))
                u = x - np.float32(j)
                if j < 0 or j + 1 >= wide or depth[row, c] < away - np.float32(0.02):
                    continue
                p, q = start + (above + j) * 5, start + (below + j) * 5
                w00, w01 = (_ONE - u) * (_ONE - v), u * (_ONE - v)
                w10, w11 = (_ONE - u) * v, u * v
                cover = shapes[p] * w00 + shapes[p + 5] * w01 + shapes[q] * w10 + shapes[q + 5] * w11
                if cover < np.float32(0.02):
                    continue
                for k in range(1, 5):
                    point[k] = (
                        shapes[p + k] * w00 + shapes[p + 5 + k] * w01 + shapes[q + k] * w10 + shapes[q + 5 + k] * w11
                    ) / cover
                side = -point[1] if mirrored else point[1]
                sky, white = point[3], point[4] * laden
                front = np.sqrt(max(_ONE - side * side, _NONE)) * np.float32(0.8)
                facing = side * toward[0] + front * toward[1] + point[2] * toward[2]
                # Needles let some light through: soft round the edge of the shadow.
                facing = max(facing * np.float32(0.8) + np.float32(0.2), _NONE) * sun
                facing *= np.float32(0.35) + np.float32(0.65) * sky
                packed, mixed = picture[row, c], np.uint32(0)
                for channel in range(3):
                    tone = colours[kind, channel] + (colours[snow, channel] - colours[kind, channel]) * white
                    tone *= light[1, channel] * sky + light[0, channel] * facing
                    tone = np.sqrt(min(tone, _ONE))
                    tone += (haze[channel] - tone) * veil
                    tone = tone * np.float32(1023) * cover + ten_bits(packed, 10 * channel) * (_ONE - cover)
                    mixed |= np.uint32(np.uint32(min(tone + _HALF, np.float32(1023))) << np.uint32(10 * channel))
                picture[row, c] = mixed
                if cover > _HALF:
                    depth[row, c] = away
                    level[row, c] = where[n] + (foot - np.float32(row)) * unit
                    covered[row, c] = True
