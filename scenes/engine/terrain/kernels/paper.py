"""A map on paper, compiled by numba: its print, the light on its hills, how it turns into ground.

Plain loops over plain arrays; `scenes.engine.terrain.paper` says what they mean.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.terrain.kernels.shading import ten_bits

Array = NDArray[np.float32]

_NONE, _HALF, _ONE = np.float32(0), np.float32(0.5), np.float32(1)
_FULL = np.float32(1023)


@njit(cache=True, nogil=True)
def printed(
    ground: NDArray[np.uint32],
    heights: Array,
    rise: Array,
    climb: Array,
    tile: Array,
    sun: Array,
    tints: Array,
    ink: Array,
    state: Array,
    grid: Array,
    sheet: NDArray[np.uint32],
) -> None:
    """Fill ``sheet``, ``(nx, ny)``: the printed paper, lit, mixed with the ground that it turns into.

    Parameters
    ----------
    ground
        ``(nx, ny)``, the lit ground, ten bits a colour.
    heights, rise, climb
        ``(nx, ny)`` each, of the ground at its full height, and how it rises to the east and to the north.
    tile
        Noise: the fibres.
    sun
        ``(3,)``, the direction to it.
    tints, ink
        ``(n, 3)``, blank paper, then what is printed from low to high; ``(3,)``, the colour of lines.
    state
        The lowest and the highest height; the relief, how much is printed, how much of it is paper.
    grid
        West and south edge, points a unit, and units from line to line to the east and to the north.
    """
    nx, ny = heights.shape
    low, per_height = state[0], _ONE / max(state[1] - state[0], np.float32(1e-6))
    relief, ink_share, share = state[2], state[3], state[4]
    west, south, texels = grid[0], grid[1], grid[2]
    steps = np.float32(len(tints) - 2)
    size = len(tile)
    # A lamp over the middle of the table.
    across, along = np.float32(2.0 / nx), np.float32(2.0 / ny)
    border = np.float32(0.36) * texels
    tone = np.empty(3, np.float32)
    for i in range(nx):
        x = (west + np.float32(i) / texels) / grid[3]
        off_x = abs(x - np.rint(x)) * grid[3] * texels
        dx = np.float32(i) * across - _ONE
        edge_x = np.float32(min(i, nx - 1 - i))
        for j in range(ny):
            y = (south + np.float32(j) / texels) / grid[4]
            off_y = abs(y - np.rint(y)) * grid[4] * texels
            dy = np.float32(j) * along - _ONE
            edge = min(edge_x, np.float32(min(j, ny - 1 - j)))
            line = min(max(np.float32(2.4) - min(off_x, off_y), _NONE), _ONE) * np.float32(0.15)
            if edge < border:
                line = min(max(np.float32(3.2) - abs(edge - border * _HALF), _NONE), _ONE) * np.float32(0.6)
            level = min(max((heights[i, j] - low) * per_height, _NONE), _ONE) * steps
            step = min(np.int32(level), np.int32(steps) - 1)
            part = level - np.float32(step)
            # How the light falls on its hills, for that of level paper.
            a, b = rise[i, j] * relief, climb[i, j] * relief
            light = (sun[2] - a * sun[0] - b * sun[1]) / (np.sqrt(_ONE + a * a + b * b) * sun[2])
            light = _ONE + (min(max(light, np.float32(0.15)), np.float32(1.9)) - _ONE) * np.float32(0.52)
            fibre = _ONE + tile[i % size, j % size] * np.float32(0.02)
            light *= fibre * (np.float32(1.04) - np.float32(0.20) * (dx * dx + dy * dy))
            if edge >= border:
                for k in range(3):
                    print_ = tints[step + 1, k] + (tints[step + 2, k] - tints[step + 1, k]) * part
                    tone[k] = tints[0, k] + (print_ - tints[0, k]) * ink_share
            else:
                tone[:] = tints[0]
            packed, mixed = ground[i, j], np.uint32(0)
            for k in range(3):
                here = (tone[k] + (ink[k] - tone[k]) * line) * light * _FULL
                there = ten_bits(packed, 10 * k)
                here = min(max(there + (here - there) * share, _NONE), _FULL)
                mixed |= np.uint32(np.uint32(here + _HALF) << np.uint32(10 * k))
            sheet[i, j] = mixed


@njit(cache=True, nogil=True)
def mix(picture: NDArray[np.uint32], other: NDArray[np.uint32], share: np.float32) -> None:
    """Mix ``share`` of another picture into one, ten bits a colour."""
    rows, columns = picture.shape
    for row in range(rows):
        for c in range(columns):
            here, there = picture[row, c], other[row, c]
            if here == there:
                continue
            mixed = np.uint32(0)
            for k in range(3):
                a, b = ten_bits(here, 10 * k), ten_bits(there, 10 * k)
                mixed |= np.uint32(np.uint32(a + (b - a) * share + _HALF) << np.uint32(10 * k))
            picture[row, c] = mixed
