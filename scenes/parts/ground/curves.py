"""Curves through points that a way passes: smooth in the air, with a corner at each recorded point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def curves_through(points: NDArray[np.float64], corners: NDArray[np.bool_]) -> NDArray[np.float64]:
    """``(n - 1, 4, 3)``, the cubic curves from each of ``(n, 3)`` points to the next.

    They pass every point exactly. Between two corners they are smooth; a way that has no point between two corners is
    straight there.

    Parameters
    ----------
    points
        Even in time between two corners.
    corners
        ``(n,)``, where the way may turn at once; the first and the last point are corners whatever it says.

    Examples
    --------
    A parabola of five points is met in between to the last digit:

    >>> x = np.linspace(-1, 1, 5)
    >>> curves = curves_through(np.column_stack([x, x**2, 0 * x]), np.zeros(5, bool))
    >>> [round(float(curve @ [1, 3, 3, 1] / 8), 6) for curve in curves[:, :, 1]]
    [0.5625, 0.0625, 0.0625, 0.5625]
    """
    corners = corners.copy()
    corners[[0, -1]] = True
    steps = np.diff(points, axis=0)
    # How fast the way leaves each point, and how fast it comes to the next: a parabola through three neighbours.
    leaves, comes = steps.copy(), steps.copy()
    inner = np.flatnonzero(~corners[1:-1]) + 1
    leaves[inner] = comes[inner - 1] = (steps[inner - 1] + steps[inner]) / 2
    first = np.flatnonzero(corners[:-2] & ~corners[1:-1])
    leaves[first] = (3 * steps[first] - steps[first + 1]) / 2
    last = np.flatnonzero(corners[2:] & ~corners[1:-1]) + 1
    comes[last] = (3 * steps[last] - steps[last - 1]) / 2
    start, end = points[:-1], points[1:]
    return np.stack([start, start + leaves / 3, end - comes / 3, end], axis=1)


def first_part(curve: NDArray[np.float64], fraction: float) -> NDArray[np.float64]:
    """``(4, 3)``, the beginning of a cubic curve, up to a fraction of it.

    >>> line = np.array([[0.0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 0, 0]])
    >>> first_part(line, 0.5)[:, 0].tolist()
    [0.0, 0.5, 1.0, 1.5]
    """
    parts, rest = [curve[0]], curve
    while len(rest) > 1:
        rest = rest[:-1] + (rest[1:] - rest[:-1]) * fraction
        parts.append(rest[0])
    return np.array(parts)
