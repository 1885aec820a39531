"""Filling: many curved shapes painted into a small picture at once, compiled by numba.

An edge is added up as the area to the right of it, and the sum along a row is how much of each pixel is covered: so
each shape costs little more than its outline.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

#: What a fill is: of one colour, of colours along a line, fading from a middle outward.
EVEN, ALONG, FADING = 0, 1, 2
#: Steps from a middle to where a fill is gone.
STEPS = 256
#: Thresholds by which colours between two of 255 levels are spread, so that no bands show.
DITHER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32)
DITHER = (DITHER + np.float32(0.5)) / np.float32(16)

#: In single precision: a half, one, three, the highest level, and how much of a pixel is nothing.
_HALF, _ONE, _THREE, _FULL, _LEAST = np.float32(0.5), np.float32(1), np.float32(3), np.float32(255), np.float32(0.002)

Floats = NDArray[np.float32]


@njit(cache=True, nogil=True, fastmath=True)
def fill(
    picture: NDArray[np.uint8],
    curves: Floats,
    lasts: NDArray[np.int64],
    kinds: NDArray[np.int64],
    colours: Floats,
    places: Floats,
    opacities: Floats,
    dither: Floats,
) -> None:
    """Paint shapes, one over another, into a picture.

    Parameters
    ----------
    picture
        ``(h, w, 4)``, premultiplied by its opacity, the last channel.
    curves
        ``(n, 8)``, four points of each, in pixels; those of a shape are closed loops.
    lasts
        ``(m,)``, the curve after the last one of each shape.
    kinds
        ``(m,)``, what each fill is.
    colours
        ``(m, 4, 4)``, red, green, blue and opacity, from 0 to 1: one, or four along the line.
    places
        ``(m, 6)``, of a line its start and its direction over the square of its length; of what fades its middle, and
        what brings the ellipse to a circle.
    opacities
        ``(m, STEPS + 1)``, of what fades: by the square of the distance from the middle.
    """
    rows, columns = picture.shape[:2]
    areas = np.zeros((rows, columns + 3), np.float32)
    first = 0
    for shape in range(len(lasts)):
        left, right, top, bottom = np.float32(columns), np.float32(0), np.float32(rows), np.float32(0)
        for curve in range(first, lasts[shape]):
            points = curves[curve]
            for at in range(0, 8, 2):
                left, right = min(left, points[at]), max(right, points[at])
                top, bottom = min(top, points[at + 1]), max(bottom, points[at + 1])
            _add_curve(areas, rows, columns, points)
        first = lasts[shape]
        x0, x1 = max(int(left), 0), min(int(right) + 2, columns)
        y0, y1 = max(int(top), 0), min(int(bottom) + 1, rows)
        # Whatever reaches beyond the last column was added to three more.
        if kinds[shape] == FADING:
            _fill_fading(picture, areas, x0, x1, y0, y1, colours[shape, 0], places[shape], opacities[shape], dither)
        elif kinds[shape] == ALONG:
            _fill_along(picture, areas, x0, x1, y0, y1, colours[shape], places[shape])
        else:
            _fill_even(picture, areas, x0, x1, y0, y1, colours[shape, 0])
        areas[y0:y1, x0 : x1 + 3] = 0


@njit(fastmath=True)
def _fill_even(picture: Any, areas: Any, x0: int, x1: int, y0: int, y1: int, colour: Any) -> None:
    """Paint what is covered with one colour."""
    red, green, blue = colour[0] * _FULL, colour[1] * _FULL, colour[2] * _FULL
    for row in range(y0, y1):
        total = np.float32(0)
        for column in range(x0, x1):
            total += areas[row, column]
            opacity = min(abs(total), _ONE) * colour[3]
            if opacity > _LEAST:
                kept = _ONE - opacity
                picture[row, column, 0] = np.uint8(picture[row, column, 0] * kept + red * opacity + _HALF)
                picture[row, column, 1] = np.uint8(picture[row, column, 1] * kept + green * opacity + _HALF)
                picture[row, column, 2] = np.uint8(picture[row, column, 2] * kept + blue * opacity + _HALF)
                picture[row, column, 3] = np.uint8(picture[row, column, 3] * kept + _FULL * opacity + _HALF)


@njit(fastmath=True)
def _fill_along(picture: Any, areas: Any, x0: int, x1: int, y0: int, y1: int, colours: Any, place: Any) -> None:
    """Paint what is covered with four colours along a line."""
    start_x, start_y, across, down = place[0] - _HALF, place[1] - _HALF, place[2] * _THREE, place[3] * _THREE
    for row in range(y0, y1):
        total = np.float32(0)
        before = (np.float32(row) - start_y) * down
        for column in range(x0, x1):
            total += areas[row, column]
            covered = min(abs(total), _ONE)
            if covered > _LEAST:
                along = min(max((np.float32(column) - start_x) * across + before, np.float32(0)), _THREE)
                stop = min(int(along), 2)
                part = along - np.float32(stop)
                opacity = covered * (colours[stop, 3] + (colours[stop + 1, 3] - colours[stop, 3]) * part)
                kept, opaque = _ONE - opacity, opacity * _FULL
                for channel in range(3):
                    colour = colours[stop, channel] + (colours[stop + 1, channel] - colours[stop, channel]) * part
                    below = picture[row, column, channel] * kept
                    picture[row, column, channel] = np.uint8(below + colour * opaque + _HALF)
                picture[row, column, 3] = np.uint8(picture[row, column, 3] * kept + opaque + _HALF)


@njit(fastmath=True)
def _fill_fading(
    picture: Any,
    areas: Any,
    x0: int,
    x1: int,
    y0: int,
    y1: int,
    colour: Any,
    place: Any,
    opacities: Any,
    dither: Any,
) -> None:
    """Paint what is covered with a colour that fades from its middle outward."""
    red, green, blue = colour[0] * _FULL, colour[1] * _FULL, colour[2] * _FULL
    for row in range(y0, y1):
        total = np.float32(0)
        y = np.float32(row) + _HALF - place[1]
        for column in range(x0, x1):
            total += areas[row, column]
            covered = min(abs(total), _ONE)
            if covered > _LEAST:
                x = np.float32(column) + _HALF - place[0]
                u, v = place[2] * x + place[3] * y, place[4] * x + place[5] * y
                away = (u * u + v * v) * np.float32(STEPS)
                if away < STEPS:
                    opacity = covered * colour[3] * opacities[int(away)]
                    kept, spread = _ONE - opacity, dither[row & 3, column & 3]
                    picture[row, column, 0] = np.uint8(picture[row, column, 0] * kept + red * opacity + spread)
                    picture[row, column, 1] = np.uint8(picture[row, column, 1] * kept + green * opacity + spread)
                    picture[row, column, 2] = np.uint8(picture[row, column, 2] * kept + blue * opacity + spread)
                    picture[row, column, 3] = np.uint8(picture[row, column, 3] * kept + _FULL * opacity + spread)


@njit(inline="always", fastmath=True)
def _add_curve(areas: Any, rows: int, columns: int, points: Any) -> None:
    """Add a curve as short straight edges."""
    ax, ay, bx, by, cx, cy, dx, dy = points
    # How far it is from its chord decides how many edges it takes: they are a twentieth of a pixel off at most.
    bow = max(abs(ax - 2 * bx + cx), abs(ay - 2 * by + cy), abs(bx - 2 * cx + dx), abs(by - 2 * cy + dy))
    pieces = min(int(np.sqrt(bow * np.float32(15))) + 1, 32)
    x, y = ax, ay
    for piece in range(1, pieces + 1):
        t = np.float32(piece) / np.float32(pieces)
        s = np.float32(1) - t
        one, two, three, four = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        to_x = one * ax + two * bx + three * cx + four * dx
        to_y = one * ay + two * by + three * cy + four * dy
        _add_edge(areas, rows, columns, x, y, to_x, to_y)
        x, y = to_x, to_y


@njit(fastmath=True)
def _add_edge(areas: Any, rows: int, columns: int, x0: Any, y0: Any, x1: Any, y1: Any) -> None:
    """Add a straight edge: to each row the area to the right of it, as differences from pixel to pixel."""
    if y0 == y1:
        return
    sign = np.float32(1)
    if y0 > y1:
        x0, y0, x1, y1, sign = x1, y1, x0, y0, np.float32(-1)
    slant = (x1 - x0) / (y1 - y0)
    x = x0
    if y0 < 0:
        x, y0 = x - y0 * slant, np.float32(0)
    wide = np.float32(columns)
    for row in range(int(y0), min(rows, int(np.ceil(y1)))):
        high = min(np.float32(row + 1), y1) - max(np.float32(row), y0)
        following = x + slant * high
        area = high * sign
        low, top = min(max(min(x, following), np.float32(0)), wide), min(max(max(x, following), np.float32(0)), wide)
        x = following
        begin, end = int(low), int(np.ceil(top))
        if end <= begin + 1:
            part = (low + top) * np.float32(0.5) - np.float32(begin)
            areas[row, begin] += area - area * part
            areas[row, begin + 1] += area * part
            continue
        each = np.float32(1) / (top - low)
        into, out = np.float32(1) - (low - np.float32(begin)), top - np.float32(end - 1)
        head, tail = np.float32(0.5) * each * into * into, np.float32(0.5) * each * out * out
        areas[row, begin] += area * head
        if end == begin + 2:
            areas[row, begin + 1] += area * (np.float32(1) - head - tail)
        else:
            second = each * (into + np.float32(0.5))
            areas[row, begin + 1] += area * (second - head)
            for column in range(begin + 2, end - 1):
                areas[row, column] += area * each
            areas[row, end - 1] += area * (np.float32(1) - second - np.float32(end - begin - 3) * each - tail)
        areas[row, end] += area * tail
