"""What is scattered over the ground, compiled by numba: where it may stand, its shadow, its light, its picture.

Plain loops over plain arrays; `scenes.engine.terrain.scatter` says what they mean.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.terrain.kernels.rays import ten_bits

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
        length = min(height / drop, 4.0 * height)
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
                    dark = depth * edge * (1.0 - 0.45 * max(part, 0.0))
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
def lit(shapes: Array, colours: Array, light: Array, toward: Array, snowy: Array, drawn: Array) -> None:
    """Fill ``drawn``, ``(2, n, h, w, 4)``: shapes as they look in the sun and in the shade, 0 to 255.

    Each is red, green and blue, times how much is covered, which comes last, from 0 to 1.

    Parameters
    ----------
    shapes
        See `scenes.engine.terrain.sprite_shapes.shapes`.
    colours
        ``(n, 3)``, of each, and that of snow last, as powers.
    light
        ``(2, 3)``, of sun and sky.
    toward
        ``(3,)``, the sun as the eye sees it: to the right, toward the eye, up.
    snowy
        ``(n,)``, how much snow lies on each.
    """
    count, rows, columns, _ = shapes.shape
    snow = colours[count]
    for k in range(count):
        for i in range(rows):
            for j in range(columns):
                cover, right, up = shapes[k, i, j, 0], shapes[k, i, j, 1], shapes[k, i, j, 2]
                sky, white = shapes[k, i, j, 3], shapes[k, i, j, 4] * snowy[k]
                front = np.sqrt(max(_ONE - right * right, _NONE)) * np.float32(0.8)
                facing = right * toward[0] + front * toward[1] + up * toward[2]
                # Needles let some light through: soft round the edge of the shadow.
                facing = max(facing * np.float32(0.8) + np.float32(0.2), _NONE) * (np.float32(0.35) + np.float32(0.65) * sky)
                for channel in range(3):
                    tone = colours[k, channel] + (snow[channel] - colours[k, channel]) * white
                    shaded = tone * light[1, channel] * sky
                    full = shaded + tone * light[0, channel] * facing
                    drawn[0, k, i, j, channel] = np.sqrt(min(full, _ONE)) * np.float32(255) * cover
                    drawn[1, k, i, j, channel] = np.sqrt(min(shaded, _ONE)) * np.float32(255) * cover
                drawn[0, k, i, j, 3] = drawn[1, k, i, j, 3] = cover


@njit(cache=True, nogil=True)
def halve(fine: Array, coarse: Array) -> None:
    """Fill ``coarse``, ``(…, h / 2, w / 2, 4)``, with the means of every four points of ``fine``."""
    for which in range(2):
        for k in range(coarse.shape[1]):
            for i in range(coarse.shape[2]):
                for j in range(coarse.shape[3]):
                    for channel in range(4):
                        coarse[which, k, i, j, channel] = np.float32(0.25) * (
                            fine[which, k, 2 * i, 2 * j, channel]
                            + fine[which, k, 2 * i + 1, 2 * j, channel]
                            + fine[which, k, 2 * i, 2 * j + 1, channel]
                            + fine[which, k, 2 * i + 1, 2 * j + 1, channel]
                        )


@njit(cache=True, nogil=True)
def draw(
    sprites: Array,
    offsets: NDArray[np.int64],
    spots: Array,
    kinds: NDArray[np.int64],
    where: Array,
    look: Array,
    haze: Array,
    colours: NDArray[np.uint32],
    ground: Array,
    depth: Array,
    level: Array,
    covered: NDArray[np.bool_],
) -> None:
    """Draw things into a view, from the farthest to the nearest; ground that is nearer hides them.

    Where one covers a pixel, the pixel's depth, height and place on the ground become its own.

    Parameters
    ----------
    sprites, offsets
        All levels of `lit`, one after the other; ``(n, 4)``, of each where it begins, how many shapes, rows, columns.
    spots
        ``(n, 4)``: column and row of the foot, height in pixels, depth; the farthest first.
    kinds
        ``(n, 2)``: which shape, and 1 if it is mirrored.
    where
        ``(n, 3)``: the place on the ground, and the height of the foot.
    look
        ``(n, 3)``: how much sun it has, how much the air hides of it, world units a pixel.
    haze
        ``(3,)``, the colour of the air, from 0 to 255.
    colours, ground, depth, level
        The view.
    covered
        ``(H, W)``, becomes true where something is drawn.
    """
    rows, columns = colours.shape
    ten = np.float32(1023 / 255)
    for n in range(len(spots)):
        column, foot, height, away = spots[n, 0], spots[n, 1], spots[n, 2], spots[n, 3]
        # The coarsest level that still has as many points as pixels are covered.
        which = 0
        while which + 1 < len(offsets) and offsets[which, 2] > np.float32(1.35) * height:
            which += 1
        begin, count, high, wide = offsets[which, 0], offsets[which, 1], offsets[which, 2], offsets[which, 3]
        size = high * wide * 4
        sunny, shady = begin + kinds[n, 0] * size, begin + (count + kinds[n, 0]) * size
        step = np.float32(high) / height
        half = np.float32(wide) / step * _HALF
        top, bottom = max(int(np.floor(foot - height)), 0), min(int(np.ceil(foot)), rows)
        left, right = max(int(np.floor(column - half)), 0), min(int(np.ceil(column + half)), columns)
        sun, veil, unit = look[n, 0], look[n, 1], look[n, 2]
        for row in range(top, bottom):
            y = (np.float32(row) + _HALF - (foot - height)) * step - _HALF
            if y < -_HALF or y > np.float32(high) - _HALF:
                continue
            i = int(np.floor(y))
            v = y - np.float32(i)
            above, below = max(i, 0) * wide, min(i + 1, high - 1) * wide
            for c in range(left, right):
                if depth[row, c] < away - np.float32(0.02):
                    continue
                x = (np.float32(c) + _HALF - (column - half)) * step - _HALF
                if kinds[n, 1] == 1:
                    x = np.float32(wide) - _ONE - x
                j = int(np.floor(x))
                u = x - np.float32(j)
                if j < 0 or j + 1 >= wide:
                    continue
                p, q = (above + j) * 4, (below + j) * 4
                w00, w01 = (_ONE - u) * (_ONE - v), u * (_ONE - v)
                w10, w11 = (_ONE - u) * v, u * v
                a = sunny + 3
                cover = (
                    sprites[a + p] * w00 + sprites[a + p + 4] * w01 + sprites[a + q] * w10 + sprites[a + q + 4] * w11
                )
                if cover < np.float32(0.02):
                    continue
                packed, mixed = colours[row, c], np.uint32(0)
                for channel in range(3):
                    a, b = sunny + channel, shady + channel
                    bright = (
                        sprites[a + p] * w00
                        + sprites[a + p + 4] * w01
                        + sprites[a + q] * w10
                        + sprites[a + q + 4] * w11
                    )
                    dark = (
                        sprites[b + p] * w00
                        + sprites[b + p + 4] * w01
                        + sprites[b + q] * w10
                        + sprites[b + q + 4] * w11
                    )
                    tone = dark + (bright - dark) * sun
                    tone += (haze[channel] * cover - tone) * veil
                    tone = tone * ten + ten_bits(packed, 10 * channel) * (_ONE - cover)
                    tone = min(max(tone + _HALF, _NONE), np.float32(1023))
                    mixed |= np.uint32(np.uint32(tone) << np.uint32(10 * channel))
                colours[row, c] = mixed
                if cover > _HALF:
                    depth[row, c] = away
                    ground[0, row, c], ground[1, row, c] = where[n, 0], where[n, 1]
                    level[row, c] = where[n, 2] + (foot - np.float32(row)) * unit
                    covered[row, c] = True
