"""Outlines: smooth closed curves through anchors, many at once.

A point of the figure is a complex number: forward, and up times ``1j``, in heights of the figure.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.complex128]
Index = NDArray[np.intp]


class Loops:
    """Closed curves, one after another in one array of anchors: all of them are bent at once.

    Parameters
    ----------
    lengths
        How many anchors each has.
    corners
        Places of anchors, in the whole array, at which the curve has a corner.

    Examples
    --------
    A square with round corners, and one without:

    >>> square = np.array([0, 1, 1 + 1j, 1j])
    >>> loops = Loops([4, 4], corners=[4, 5, 6, 7])
    >>> curves = loops.curves(np.concatenate([square, square + 3]))
    >>> curves.shape, bool(abs(curves[0, 1] - curves[0, 0]) > 0), bool(curves[4, 1] == curves[4, 0])
    ((8, 4), True, True)
    """

    def __init__(self, lengths: Sequence[int], corners: Sequence[int] = ()) -> None:
        ends = np.cumsum(lengths)
        #: ``(m,)``, where each begins.
        self.starts: Index = np.asarray(ends - lengths, dtype=np.intp)
        self.after: Index = np.arange(1, int(ends[-1]) + 1)
        self.after[ends - 1] = self.starts
        self.before: Index = np.arange(-1, int(ends[-1]) - 1)
        self.before[self.starts] = ends - 1
        self._bend = np.full(int(ends[-1]), 1 / 6)
        self._bend[list(corners)] = 0.0

    def tangents(self, anchors: Points) -> Points:
        """``(n,)``, along the curve at each anchor, from the one before it to the one after."""
        return anchors[self.after] - anchors[self.before]

    def curves(self, anchors: Points) -> Points:
        """``(n, 4)``, from each anchor to the next: both of them, and the two handles between."""
        reach = self.tangents(anchors) * self._bend
        return np.stack([anchors, anchors + reach, (anchors - reach)[self.after], anchors[self.after]], axis=1)

    def span(self, anchors: Points, direction: complex) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """``(m,)`` twice, how far each curve reaches along a direction: from where, and to where."""
        along = (anchors * np.conj(direction)).real
        return np.minimum.reduceat(along, self.starts), np.maximum.reduceat(along, self.starts)


def tube(line: Points, radii: NDArray[np.float64]) -> Points:
    """``(k, 2 n + 2)``, anchors round ``(k, n)`` lines, so far away from each point of them, with round ends.

    They run counter-clockwise. Within a bend they are nearer to the line, so that they don't cross.

    >>> tube(np.array([[0, 1j]]), np.array([[0.5, 0.5]])).round(3).tolist()
    [[(0.5+0j), (0.5+1j), 1.45j, (-0.5+1j), (-0.5+0j), -0.45j]]
    """
    way = np.diff(line, axis=1)
    way = way / np.maximum(np.abs(way), 1e-9)
    bisector = np.concatenate([way[:, :1], way[:, 1:] + way[:, :-1], way[:, -1:]], axis=1)
    along = bisector / np.maximum(np.abs(bisector), 1e-9)
    bend = np.zeros(line.shape)
    bend[:, 1:-1] = (way[:, 1:] * way[:, :-1].conj()).imag
    side = along * -1j * radii
    right = line + side * (1 - 0.7 * np.maximum(-bend, 0) + 0.06 * np.maximum(bend, 0))
    left = line - side * (1 - 0.7 * np.maximum(bend, 0) + 0.06 * np.maximum(-bend, 0))
    top = line[:, -1:] + 0.9 * radii[:, -1:] * along[:, -1:]
    bottom = line[:, :1] - 0.9 * radii[:, :1] * along[:, :1]
    return np.concatenate([right, top, left[:, ::-1], bottom], axis=1)
