"""What colour each pixel of the mountain is, compiled by numba: lit ground, contour lines, haze, sky.

Plain loops over plain arrays, all float32; `scenes.engine.terrain.view` says what they mean.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.terrain.kernels.rays import fetch

Array = NDArray[np.float32]

_NONE, _HALF, _ONE, _WHITE = np.float32(0), np.float32(0.5), np.float32(1), np.float32(255)
#: Pixels that are looked up together: all on the finest level if they may be.
_BLOCK = 96
#: A depth that no ground has.
_SKY = np.float32(1e3)
#: What one step of ten bits is of 255.
_TEN_BITS = np.float32(255 / 1023)


@njit(cache=True, nogil=True)
def shade(
    ground: NDArray[np.uint32],
    levels: NDArray[np.int64],
    grit: NDArray[np.int8],
    near: Array,
    west: np.float32,
    south: np.float32,
    texels: np.float32,
    bounds: Array,
    eye: Array,
    rays: Array,
    depth: Array,
    level: Array,
    lines: Array,
    line_colour: Array,
    haze: Array,
    sky: Array,
    thinness: np.float32,
    shore: np.float32,
    times: int,
    colours: NDArray[np.uint32],
    begin: int,
    end: int,
) -> None:
    """The colour of every pixel of some rows: lit ground, contour lines, haze, sky.

    Parameters
    ----------
    ground, levels
        The lit ground at every level of detail, ten bits a colour; see `scenes.engine.terrain.baked_terrain.Skin`.
    grit, near
        ``(512, 512)``, the finest grain; its points a unit of ground, at which depth it begins to be seen, at which it
        is seen in full, and pixels a unit at depth 1.
    west, south, texels
        The place of the first point of the ground, and its points per unit.
    bounds
        ``(4,)``, west, east, south and north edge of what is known.
    eye, rays, depth, level
        As in `trace`.
    lines, line_colour
        Lines per unit of height, half their width in pixels and their strength; their colour. 0 lines are none.
    haze, sky
        ``(3,)``, the colour of distance; ``(H, 3)``, that of the sky in each row.
    thinness
        How quickly the haze closes with depth.
    shore
        Distance from the edge at which it begins to close, whatever the depth.
    times
        How many rows and columns are averaged to a pixel.
    colours
        Becomes the picture, ``(H / times, W / times)``, ten bits a colour, red in the lowest.
    begin, end
        The first of the rows, and the one after the last: multiples of ``times``.
    """
    rows, columns = depth.shape
    drawn, mark, veil = np.empty((3, columns), np.float32), np.empty(columns, np.float32), np.empty(columns, np.float32)
    sums = np.zeros((3, columns), np.float32)
    us, vs = np.empty(columns, np.float32), np.empty(columns, np.float32)
    cells = np.empty(columns, np.int32), us, vs, np.empty((4, columns), np.uint32)
    wide, widths = texels / near[3], np.empty(columns, np.float32)
    finest = ground[: levels[0, 1] * levels[0, 2]].reshape(levels[0, 1], levels[0, 2])
    tables = _tables(levels)
    for row in range(begin, end):
        middle = min(max(row, 1), rows - 2)
        _contours(level[row], level[middle - 1], level[middle + 1], lines, mark)
        _air(depth[row], eye, rays, bounds, thinness, shore, veil)
        beside = depth[max(row, 1) - 1], depth[min(row + 1, rows - 1)]
        _light(
            ground, finest, tables, west, south, texels, wide, row, eye, rays, depth[row], beside, cells, widths, drawn
        )
        _roughen(grit, near, eye, rays, depth[row], cells, drawn)
        for channel in range(3):
            tones, line, far, zenith = drawn[channel], line_colour[channel], haze[channel], sky[row, channel]
            away = depth[row]
            for c in range(columns):
                tone = tones[c] + (line - tones[c]) * mark[c]
                tone += (far - tone) * veil[c]
                tones[c] = tone if away[c] < _SKY else zenith
            total, kept = sums[channel], _ONE if row % times else _NONE
            for c in range(columns // times):
                here = _NONE
                for i in range(times):
                    here += tones[c * times + i]
                total[c] = total[c] * kept + here
        if row % times == times - 1:
            into, factor = colours[row // times], np.float32(1 / (times**2 * _TEN_BITS))
            red, green, blue = sums[0], sums[1], sums[2]
            for c in range(columns // times):
                r = np.int32(red[c] * factor + _HALF)
                g = np.int32(green[c] * factor + _HALF)
                b = np.int32(blue[c] * factor + _HALF)
                into[c] = np.uint32(r | np.int32(g << np.int32(10)) | np.int32(b << np.int32(20)))


@njit(cache=True, nogil=True)
def _contours(level: Array, above: Array, below: Array, lines: Array, mark: Array) -> None:
    """How strongly a row is a line: of even width in pixels, whatever the distance and the slope."""
    style = lines[0], lines[1], lines[2], lines[3], lines[4]
    last = len(level) - 1
    for c in range(1, last):
        mark[c] = _line(level[c], level[c + 1] - level[c - 1], below[c] - above[c], style)
    for c, left in ((0, 0), (last, last - 2)):
        mark[c] = _line(level[c], level[left + 2] - level[left], below[c] - above[c], style)


@njit(inline="always")
def _line(level: np.float32, across: np.float32, along: np.float32, style: Any) -> np.float32:
    density, wide, strength, crowd, fade = style
    change = max(np.sqrt(across * across + along * along) * (_HALF * density), np.float32(1e-6))
    at = level * density
    off = abs(np.rint(at) - at) / change  # pixels to the nearest line
    line = min(max(wide - off, _NONE), _ONE) * strength
    # Where lines crowd closer than a few pixels they would fill the ground: let them fade.
    return np.float32(line * min(max(crowd - change * fade, _NONE), _ONE))


@njit(cache=True, nogil=True)
def _air(
    depth: Array, eye: Array, rays: Array, bounds: Array, thinness: np.float32, shore: np.float32, veil: Array
) -> None:
    """How much of a row the air hides."""
    x, y, to_east, to_north = eye[0], eye[1], rays[0], rays[1]
    west, east, south, north = bounds[0], bounds[1], bounds[2], bounds[3]
    for c in range(len(depth)):
        away = min(depth[c], _SKY)
        thick = away * thinness
        thick *= thick * thick
        # exp(-thick), as the 1024th power of a number near 1: products, which the processor does side by side.
        clear = max(_ONE - thick * np.float32(1 / 1024), _NONE)
        clear *= clear
        clear *= clear
        clear *= clear
        clear *= clear
        clear *= clear
        clear *= clear
        clear *= clear
        clear *= clear
        clear *= clear
        clear *= clear
        # Beyond the sampled ground nothing is known: the haze closes there.
        at_x, at_y = x + away * to_east[c], y + away * to_north[c]
        margin = min(min(at_x - west, east - at_x), min(at_y - south, north - at_y))
        root = np.sqrt(min(max(_ONE - margin * shore, _NONE), _ONE))
        veil[c] = max(_ONE - clear, root * np.sqrt(root))


@njit(cache=True, nogil=True)
def _light(
    ground: NDArray[np.uint32],
    finest: NDArray[np.uint32],
    tables: Any,
    west: np.float32,
    south: np.float32,
    texels: np.float32,
    wide: np.float32,
    row: int,
    eye: Array,
    rays: Array,
    depth: Array,
    beside: tuple[Array, Array],
    cells: Any,
    widths: Array,
    drawn: Array,
) -> None:
    """The lit ground of a row, between baked points bilinearly, as coarse as a pixel is wide on the ground there.

    From one level to the next it changes pixel by pixel, here sooner and there later, so that no line shows.
    """
    at, us, vs, corners = cells
    to_east, to_north = rays[0], rays[1]
    count, width = len(depth), widths
    above, below = beside
    for c in range(count):
        away = min(depth[c], _SKY)
        us[c] = (eye[0] + away * to_east[c] - west) * texels
        vs[c] = (eye[1] + away * to_north[c] - south) * texels
    for c in range(count):
        away = min(depth[c], _SKY)
        across = away * wide
        # At a ridge one of the two rows beside it is far away, and says nothing of this ground.
        along = min(abs(min(above[c], _SKY) - away), abs(min(below[c], _SKY) - away)) * texels
        along = min(along, np.float32(5) * across)
        width[c] = (across + along) * _HALF
    for begin in range(0, count, _BLOCK):
        end = min(begin + _BLOCK, count)
        near, far = (corners[0, begin:end], corners[1, begin:end]), (corners[2, begin:end], corners[3, begin:end])
        most = _NONE
        for c in range(begin, end):
            most = max(most, width[c])
        if most <= np.float32(1.0):
            # Near by all of it is as fine as can be.
            fetch(finest, at[begin:end], us[begin:end], vs[begin:end], near, far)
        else:
            for c in range(begin, end):
                printed = width[c] * (np.float32(((c * 5) ^ (row * 3)) & 7) * np.float32(0.075) + np.float32(0.74))
                coarse = np.int32(printed > np.float32(1.25)) + np.int32(printed > np.float32(2.5))
                at[c] = coarse + np.int32(printed > np.float32(5)) + np.int32(printed > np.float32(10))
            _fetch_levels(ground, tables, at[begin:end], us[begin:end], vs[begin:end], near, far)
    ps, qs, rs, ss = corners[0], corners[1], corners[2], corners[3]
    red, green, blue = drawn[0], drawn[1], drawn[2]
    for c in range(count):
        # The weights of the four corners, and ten bits to 255.
        u, v = us[c] * _TEN_BITS, vs[c]
        s = u * v
        r, q = u - s, v * _TEN_BITS - s
        p = _TEN_BITS - u - q
        a, b, d, e = ps[c], qs[c], rs[c], ss[c]
        red[c] = ten_bits(a, 0) * p + ten_bits(b, 0) * q + ten_bits(d, 0) * r + ten_bits(e, 0) * s
        green[c] = ten_bits(a, 10) * p + ten_bits(b, 10) * q + ten_bits(d, 10) * r + ten_bits(e, 10) * s
        blue[c] = ten_bits(a, 20) * p + ten_bits(b, 20) * q + ten_bits(d, 20) * r + ten_bits(e, 20) * s


@njit(cache=True, nogil=True)
def _tables(levels: NDArray[np.int64]) -> Any:
    """Of each of five levels where it begins, its points to the north, and how a place on it is reckoned.

    Where there are fewer, the last stands for the rest.
    """
    begins, norths, numbers = np.empty(5, np.int32), np.empty(5, np.int32), np.empty((4, 5), np.float32)
    for k in range(5):
        begin, nx, ny, step = levels[min(k, len(levels) - 1)]
        begins[k], norths[k] = begin, ny
        numbers[0, k], numbers[1, k] = _ONE / np.float32(step), np.float32(step - 1) * _HALF
        numbers[2, k], numbers[3, k] = np.float32(nx) - np.float32(1.001), np.float32(ny) - np.float32(1.001)
    return begins, norths, numbers


@njit(cache=True, nogil=True)
def _fetch_levels(ground: NDArray[np.uint32], tables: Any, at: Any, us: Array, vs: Array, near: Any, far: Any) -> None:
    """As `fetch`, each place on a level of its own: ``at`` says which, and becomes of no more meaning."""
    begins, norths, numbers = tables
    scales, offs, most_u, most_v = numbers[0], numbers[1], numbers[2], numbers[3]
    (p, q), (r, s) = near, far
    for c in range(len(at)):
        which = np.uint64(at[c])
        u = min(max((us[c] - offs[which]) * scales[which], _NONE), most_u[which])
        v = min(max((vs[c] - offs[which]) * scales[which], _NONE), most_v[which])
        i, j, ny = np.int32(u), np.int32(v), norths[which]
        us[c], vs[c] = u - np.float32(i), v - np.float32(j)
        k, east = np.uint64(begins[which] + i * ny + j), np.uint64(ny)
        p[c], q[c], r[c], s[c] = ground[k], ground[k + np.uint64(1)], ground[k + east], ground[k + east + np.uint64(1)]


@njit(cache=True, nogil=True)
def _roughen(
    grit: NDArray[np.int8], near: Array, eye: Array, rays: Array, depth: Array, cells: Any, drawn: Array
) -> None:
    """What only a near eye sees: the grain of stone, tufts and snow, finer than the baked ground."""
    pitch, far, full = near[0], near[1], near[2]
    nearest = _SKY
    for c in range(len(depth)):
        nearest = min(nearest, depth[c])
    if nearest >= far:
        return
    ps, qs, rs, ss = cells[3][0], cells[3][1], cells[3][2], cells[3][3]
    to_east, to_north = rays[0], rays[1]
    red, green, blue = drawn[0], drawn[1], drawn[2]
    # How strong on snow, on grass, on rock and on scree.
    for c in range(len(depth)):
        away = depth[c]
        if away >= far:
            continue
        x, y = (eye[0] + away * to_east[c]) * pitch, (eye[1] + away * to_north[c]) * pitch
        i, j = np.int32(np.floor(x)), np.int32(np.floor(y))
        u, v = x - np.float32(i), y - np.float32(j)
        p, q = np.float32(grit[i & 511, j & 511]), np.float32(grit[i & 511, (j + 1) & 511])
        r, s = np.float32(grit[(i + 1) & 511, j & 511]), np.float32(grit[(i + 1) & 511, (j + 1) & 511])
        grain = p + (q - p) * v
        grain += (r + (s - r) * v - grain) * u
        coarse = np.float32((ps[c] >> np.uint32(30)) + (qs[c] >> np.uint32(30)))
        coarse += np.float32((rs[c] >> np.uint32(30)) + (ss[c] >> np.uint32(30)))
        seen = min((far - away) / (far - full), _ONE)
        factor = _ONE + grain * seen * (np.float32(0.0008) + np.float32(0.00028) * coarse)
        # Never more than white: a colour that ran over would run into the next.
        red[c] = min(red[c] * factor, _WHITE)
        green[c] = min(green[c] * factor, _WHITE)
        blue[c] = min(blue[c] * factor, _WHITE)


@njit(inline="always")
def ten_bits(packed: np.uint32, shift: int) -> np.float32:
    """Ten bits of a number. The casts keep numba from widening it to 64."""
    return np.float32(np.int32(np.uint32(packed >> np.uint32(shift)) & np.uint32(1023)))
