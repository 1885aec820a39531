"""The mountain's inner loops, compiled by numba: where the ray of each pixel meets the ground.

Plain loops over plain arrays, all float32; `scenes.engine.terrain.view` says what they mean. The compiled code
is kept beside the source, or in the user's cache where that cannot be written to, so that only the first picture
waits for it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float32]

#: Columns that are marched at a time: what is computed for them stays in the processor's cache.
_STRIP = 128
_NONE, _HALF, _ONE = np.float32(0), np.float32(0.5), np.float32(1)


@njit(cache=True, nogil=True)
def trace(
    heights: Array,
    west: np.float32,
    south: np.float32,
    texels: np.float32,
    eye: Array,
    rays: Array,
    lens: Array,
    depths: Array,
    slice_rows: Array,
    first: NDArray[np.int16],
    depth: Array,
    level: Array,
    begin: int,
    end: int,
) -> None:
    """For every pixel of some columns, how far away its ray meets the ground, and how high.

    Parameters
    ----------
    heights, west, south, texels
        ``(nx, ny)``, the baked ground, the place of its first point, and its points per unit.
    eye
        ``(3,)``, world point.
    rays
        ``(2, W)``, how far east and north each column's ray goes per unit of depth.
    lens
        Focal length and row of the horizon, in pixels.
    depths
        ``(slices,)``, the depth of each slice.
    slice_rows
        Becomes the row that each slice reaches in each column, ``(slices, W)``.
    first
        Becomes the nearest slice that covers each pixel, ``(H, W)``; as many as there are slices is sky.
    depth, level
        Become distance along the view (infinite in the sky) and world height, ``(H, W)``.
    begin, end
        The first of the columns, and the one after the last.
    """
    slices, rows = len(depths), len(depth)
    to_east, to_north = rays[0], rays[1]
    us, vs, corners = np.empty(_STRIP, np.float32), np.empty(_STRIP, np.float32), np.empty((4, _STRIP), np.float32)
    cells = np.empty(_STRIP, np.int32), us, vs, corners
    ps, qs, rs, ss = corners[0], corners[1], corners[2], corners[3]
    focal, horizon = lens[0], lens[1]
    bottom = np.float32(rows + 1)
    reached = np.empty((slices, _STRIP), np.float32)
    met = np.empty((rows, _STRIP), np.float32)
    covering = np.empty((rows, _STRIP), np.int16)
    for left in range(begin, end, _STRIP):
        width = min(_STRIP, end - left)
        # The row that each slice reaches.
        for k in range(slices):
            away, scale, row = depths[k], -focal / depths[k], reached[k]
            for c in range(width):
                us[c] = (eye[0] + away * to_east[left + c] - west) * texels
                vs[c] = (eye[1] + away * to_north[left + c] - south) * texels
            _look_up(heights, width, cells)
            for c in range(width):
                near = ps[c] + (qs[c] - ps[c]) * vs[c]
                far = rs[c] + (ss[c] - rs[c]) * vs[c]
                row[c] = (near + (far - near) * us[c] - eye[2]) * scale + horizon
        for c in range(width):
            # The nearest slice reaches down to the lower edge: the ground goes on under the viewer's feet.
            reached[0, c] = max(reached[0, c], bottom)
        for k in range(slices):
            for c in range(width):
                slice_rows[k, left + c] = reached[k, c]
        # Front to back: what rises above all that is nearer covers the pixels whose centre it passes.
        for c in range(width):
            free = rows
            for k in range(1, slices):
                here = reached[k, c]
                if here - _HALF > np.float32(free - 1):
                    continue
                before = reached[k - 1, c]
                gap = before - here
                gap = gap if abs(gap) >= np.float32(1e-6) else _ONE
                while free > 0 and np.float32(free - 1) >= here - _HALF:
                    free -= 1
                    fraction = (before - (np.float32(free) + _HALF)) / gap
                    fraction = min(max(fraction, np.float32(0)), _ONE)
                    met[free, c] = depths[k - 1] + (depths[k] - depths[k - 1]) * fraction
                    covering[free, c] = k
            for row in range(free):
                met[row, c], covering[row, c] = np.float32(np.inf), slices
        for row in range(rows):
            # The ray's own height where it meets the ground is the ground's.
            drop = (horizon - (np.float32(row) + _HALF)) / focal
            for c in range(width):
                first[row, left + c] = covering[row, c]
                depth[row, left + c] = met[row, c]
                level[row, left + c] = eye[2] + min(met[row, c], depths[-1]) * drop


@njit(cache=True, nogil=True)
def _look_up(grid: NDArray[Any], count: int, cells: Any) -> None:
    """The four corners of the cells that some places lie in, and the places within the cells."""
    at, us, vs, corners = cells
    near, far = (corners[0, :count], corners[1, :count]), (corners[2, :count], corners[3, :count])
    fetch(grid, at[:count], us[:count], vs[:count], near, far)


@njit(cache=True, nogil=True)
def fetch(grid: NDArray[Any], at: Any, us: Array, vs: Array, near: Any, far: Any) -> None:
    """The same for as many places as there are.

    In three loops, because the processor does all but the fetching side by side. The index has no
    sign, so that numba need not ask whether it counts from the end.
    """
    nx, ny = grid.shape
    most_u, most_v, step = np.float32(nx - 1.001), np.float32(ny - 1.001), np.int32(ny)
    for c in range(len(at)):
        u, v = min(max(us[c], _NONE), most_u), min(max(vs[c], _NONE), most_v)
        i, j = np.int32(u), np.int32(v)
        us[c], vs[c] = u - np.float32(i), v - np.float32(j)
        at[c] = i * step + j
    flat, east, north = grid.reshape(-1), np.uint64(ny), np.uint64(1)
    (p, q), (r, s) = near, far
    for c in range(len(at)):
        k = np.uint64(at[c])
        p[c], q[c], r[c], s[c] = flat[k], flat[k + north], flat[k + east], flat[k + east + north]


@njit(cache=True, nogil=True)
def gaps(first: NDArray[np.int16], slices: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of the pixels above which more than ``slices`` slices are left out."""
    rows, columns = first.shape
    found = 0
    for row in range(1, rows):
        here, above = first[row], first[row - 1]
        for c in range(columns):
            found += above[c] - here[c] > slices
    row_of, column_of = np.empty(found, np.int64), np.empty(found, np.int64)
    found = 0
    for row in range(1, rows):
        here, above = first[row], first[row - 1]
        here_found = 0
        for c in range(columns):
            here_found += above[c] - here[c] > slices
        if here_found:
            for c in range(columns):
                if above[c] - here[c] > slices:
                    row_of[found], column_of[found] = row, c
                    found += 1
    return row_of, column_of


@njit(cache=True, nogil=True)
def ground(eye: Array, rays: Array, depth: Array) -> Array:
    """``(2, H, W)``, the ground point (east, north) at a ``depth`` along each column's ray."""
    rows, columns = depth.shape
    points = np.empty((2, rows, columns), np.float32)
    for row in range(rows):
        for c in range(columns):
            points[0, row, c] = eye[0] + depth[row, c] * rays[0, c]
            points[1, row, c] = eye[1] + depth[row, c] * rays[1, c]
    return points


@njit(cache=True)
def soften(
    picture: NDArray[Any],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    at: Array,
    steep: Array,
    touched: int,
) -> None:
    """Mix what is on both sides of silhouettes into the pixels of ``picture``, ``(H, W, channels)``, that they cross.

    Parameters
    ----------
    row, column, at, steep
        ``(n,)`` each, see `scenes.engine.terrain.view.Silhouettes`.
    touched
        Rows on either side of a silhouette that it can touch.
    """
    count, last, channels = len(row), len(picture) - 1, picture.shape[2]
    # Looked at before anything is mixed: silhouettes may lie close above each other.
    ground, behind = np.empty((count, channels), np.float32), np.empty((count, channels), np.float32)
    for k in range(count):
        reach = min(int(np.ceil(max(steep[k], 1.0) / 2)), touched)
        for channel in range(channels):
            ground[k, channel] = picture[min(row[k] + reach, last), column[k], channel]
            behind[k, channel] = picture[max(row[k] - 1 - reach, 0), column[k], channel]
    for offset in range(-touched, touched):
        for k in range(count):
            here = row[k] + offset
            # The fraction of this pixel that lies below an edge of that steepness.
            fraction = 0.5 + (here + 0.5 - at[k]) / max(steep[k], 1.0)
            if 0 < fraction < 1 and 0 <= here <= last:
                for channel in range(channels):
                    mixed = behind[k, channel] + (ground[k, channel] - behind[k, channel]) * fraction
                    picture[here, column[k], channel] = mixed
