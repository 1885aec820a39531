"""Where a path of manim's breaks into pieces, compiled by numba: asked for each shape in each frame."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

#: Two numbers that differ by this fraction of the second are the same to manim, as they are to numpy.
_RELATIVE = 1e-5


@njit(cache=True)
def subpaths(points: NDArray[np.float64], near: float) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The first curve of each piece, and whether the piece ends where it began.

    As ``VMobject.get_subpath_split_indices_from_points`` and ``consider_points_equals_2d`` have it.

    Parameters
    ----------
    points
        ``(4 n, 3)``, the points of ``n`` curves, at least one.
    near
        How far apart two numbers may be that count as the same.

    Examples
    --------
    Two straight lines, of which the second leads back to where it began:

    >>> line = np.array([[0.0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 0, 0]])
    >>> subpaths(np.concatenate([line, line + 5, line[::-1] + 5]), 1e-6)
    (array([0, 1]), array([False,  True]))
    """
    curves = len(points) // 4
    firsts = np.zeros(curves, np.int64)
    count = 1
    for curve in range(1, curves):
        if not _same(points[4 * curve - 1], points[4 * curve], near):
            firsts[count] = curve
            count += 1
    shut = np.empty(count, np.bool_)
    for piece in range(count):
        end = firsts[piece + 1] if piece + 1 < count else curves
        shut[piece] = _same(points[4 * firsts[piece]], points[4 * end - 1], near)
    return firsts[:count], shut


@njit(inline="always")
def _same(first: Any, second: Any, near: float) -> bool:
    """Whether two points are the same in the plane; what is not finite is the same only as itself."""
    for axis in range(2):
        apart = abs(first[axis] - second[axis])
        if not (math.isfinite(apart) and apart <= near + _RELATIVE * abs(second[axis])) and first[axis] != second[axis]:
            return False
    return True
