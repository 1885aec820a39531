"""The light of lamps on the ground, compiled by numba: lanterns that are carried, and lit windows.

Plain loops over plain arrays of float32; `scenes.engine.terrain.lamps` says what they mean.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float32]

_NONE, _HALF, _ONE = np.float32(0), np.float32(0.5), np.float32(1)
_SKY = np.float32(1e3)


@njit(inline="always")
def _lean(packed: np.uint32, shift: int) -> np.float32:
    """A slope from its ten bits: see `scenes.engine.terrain.kernels.sunlight.painted`."""
    part = np.float32(np.int32(np.uint32(packed >> np.uint32(shift)) & np.uint32(1023)) - np.int32(511))
    part *= np.float32(1 / 512)
    return np.float32(part / (_ONE - abs(part)))


@njit(inline="always")
def _turn(x: np.float32, y: np.float32) -> np.float32:
    """The direction of a vector, from 0 to 4 once round: cheaper than an angle, and as good to look up."""
    whole = max(abs(x) + abs(y), np.float32(1e-9))
    part = y / whole
    if x < _NONE:
        return np.float32(np.float32(2) - part)
    return np.float32(part if part >= _NONE else np.float32(4) + part)


@njit(cache=True, nogil=True)
def shine(
    matter: NDArray[np.uint32],
    west: np.float32,
    south: np.float32,
    texels: np.float32,
    eye: Array,
    rays: Array,
    level: Array,
    depth: Array,
    lamp: Array,
    horizon: Array,
    lit: Array,
    left: int,
    top: int,
    step: int,
) -> None:
    """Add to ``lit``, ``(h, w)``, the light of one lamp that the ground gives back: powers, times its brightness.

    It falls with the square of the distance and with how slantingly it meets the ground, and is nothing where nearer
    ground stands between.

    Parameters
    ----------
    matter, west, south, texels
        What the ground is made of, the place of its first point, and its points per unit.
    eye, rays, level, depth
        The view: ``(3,)``, ``(2, W)``, ``(H, W)``, ``(H, W)``.
    lamp
        ``(10,)``: its place, east, north and up; strength; reach; which way it shines, east and north; 1 if it
        shines in all directions; and between which tangents to the sides of its way, if they are not the same.
    horizon
        ``(azimuths, radii)``: how steeply the ground rises as the lamp sees it, at most, within so many equal parts
        of its reach.
    left, top, step
        Where in the view ``lit`` begins, and pixels from one point of it to the next.
    """
    x, y, z, strength, reach = lamp[0], lamp[1], lamp[2], lamp[3], lamp[4]
    toward_x, toward_y, all_round, leftmost, rightmost = lamp[5], lamp[6], lamp[7], lamp[8], lamp[9]
    azimuths, radii = horizon.shape
    nx, ny = matter.shape
    to_azimuth, to_radius = np.float32(azimuths / 4), np.float32(radii) / reach
    for a in range(lit.shape[0]):
        row = top + a * step
        for b in range(lit.shape[1]):
            c = left + b * step
            if depth[row, c] >= _SKY:
                continue
            at_x, at_y = eye[0] + depth[row, c] * rays[0, c], eye[1] + depth[row, c] * rays[1, c]
            dx, dy = at_x - x, at_y - y
            flat = dx * dx + dy * dy
            if flat >= reach * reach:
                continue
            dz = level[row, c] - z
            away = flat + dz * dz
            flat = np.sqrt(flat)
            turn, radius = _turn(dx, dy) * to_azimuth, flat * to_radius - _ONE
            seen = _ONE
            if radius > _NONE:
                # Between the four nearest of the horizons: how far the point lies above what is between.
                i, j = int(turn), min(int(radius), radii - 2)
                u, v = turn - np.float32(i), min(radius - np.float32(j), _ONE)
                i, k = i % azimuths, (i + 1) % azimuths
                near = horizon[i, j] + (horizon[k, j] - horizon[i, j]) * u
                far = horizon[i, j + 1] + (horizon[k, j + 1] - horizon[i, j + 1]) * u
                above = dz - (near + (far - near) * v) * flat
                seen = min(max(above * np.float32(11) + np.float32(1.6), _NONE), _ONE)
            front = _ONE
            if all_round < _HALF:
                front = (dx * toward_x + dy * toward_y) / max(flat, np.float32(0.03)) + np.float32(0.30)
                front = min(max(front, _NONE), _ONE)
                if rightmost > leftmost:
                    # Through an opening: a fan of light, softer at its edges the farther it is.
                    ahead = dx * toward_x + dy * toward_y
                    aside = (dy * toward_x - dx * toward_y) / max(ahead, np.float32(1e-3))
                    soft = _ONE / np.float32(0.16)
                    fan = min((aside - leftmost) * soft + _HALF, (rightmost - aside) * soft + _HALF)
                    front = min(max(fan, _NONE), _ONE) if ahead > _NONE else _NONE
            if seen * front <= _NONE:
                continue
            p = (at_x - west) * texels
            q = (at_y - south) * texels
            p = min(max(p, _NONE), np.float32(nx) - np.float32(1.001))
            q = min(max(q, _NONE), np.float32(ny) - np.float32(1.001))
            i, j = int(p), int(q)
            u, v = p - np.float32(i), q - np.float32(j)
            back, gx, gy = _NONE, _NONE, _NONE
            for corner in range(4):
                e, n = corner >> 1, corner & 1
                packed = matter[i + e, j + n]
                weight = (u if e == 1 else _ONE - u) * (v if n == 1 else _ONE - v)
                tone = np.float32(np.int32(packed & np.uint32(1023))) * np.float32(1 / 1023)
                back += tone * tone * weight
                gx += _lean(packed, 12) * weight
                gy += _lean(packed, 22) * weight
            # The cosine of the angle at which the light meets the ground, which leans by its detail too.
            facing = (gx * dx + gy * dy - dz) / np.sqrt((_ONE + gx * gx + gy * gy) * max(away, np.float32(1e-6)))
            # Snow and mist scatter some of it: no slope is quite dark.
            facing = max(facing, _NONE) * np.float32(0.92) + np.float32(0.08)
            edge = _ONE - away / (reach * reach)
            edge = max(edge, _NONE)
            lit[a, b] += back * facing * seen * front * edge * edge * strength / (away + np.float32(0.045))


@njit(cache=True, nogil=True)
def widen(coarse: Array, step: int, fine: Array) -> None:
    """Fill ``fine``, ``(h, w)``, from every ``step``-th point of it, straight between them."""
    rows, columns = fine.shape
    last_row, last = coarse.shape[0] - 1, coarse.shape[1] - 1
    share = np.float32(1 / step)
    for row in range(rows):
        i = row // step
        v = np.float32(row - i * step) * share
        above, below = coarse[i], coarse[min(i + 1, last_row)]
        for c in range(columns):
            j = c // step
            u = np.float32(c - j * step) * share
            k = min(j + 1, last)
            high = above[j] + (above[k] - above[j]) * u
            low = below[j] + (below[k] - below[j]) * u
            fine[row, c] = high + (low - high) * v
