"""One picture over another, compiled by numba."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

#: Every second byte of a pixel, with a byte of room above each for what it is multiplied by.
_LOW, _HIGH = np.uint32(0x00FF00FF), np.uint32(0xFF00FF00)
_HALF, _BYTE, _FULL = np.uint32(0x00800080), np.uint32(8), np.uint32(255)


def composite(frame: NDArray[np.uint8], left: int, top: int, sprite: NDArray[np.uint8]) -> None:
    """Lay ``sprite``, ``(h, w, 4)``, over ``frame``, ``(H, W, 4)``, in place.

    Both are premultiplied by their opacity, which is the last channel. It rounds as Cairo does, so that the shape
    comes out as Cairo would have drawn it there.

    Parameters
    ----------
    left, top
        Column and row of the frame at which the sprite begins; all of it must lie in the frame.

    Examples
    --------
    Half of white over black:

    >>> frame = np.array([[[0, 0, 0, 255]]], np.uint8)
    >>> composite(frame, 0, 0, np.full((1, 1, 4), 128, np.uint8))
    >>> frame.tolist()
    [[[128, 128, 128, 255]]]
    """
    _composite(frame.view("<u4")[..., 0], left, top, sprite.view("<u4")[..., 0])


@njit(cache=True, nogil=True)
def _composite(frame: NDArray[np.uint32], left: int, top: int, sprite: NDArray[np.uint32]) -> None:
    """The same for whole pixels, opacity in the highest byte: two bytes at once, and eight pixels.

    No byte runs over into the next: a premultiplied one is at most its opacity, and what is kept at most the rest.
    """
    rows, columns = sprite.shape
    for row in range(rows):
        above, below = sprite[row], frame[top + row, left : left + columns]
        for c in range(columns):
            free = _FULL - (above[c] >> np.uint32(24))
            odd = (below[c] & _LOW) * free + _HALF
            even = ((below[c] >> _BYTE) & _LOW) * free + _HALF
            odd = ((odd + ((odd >> _BYTE) & _LOW)) >> _BYTE) & _LOW
            even = (even + ((even >> _BYTE) & _LOW)) & _HIGH
            below[c] = above[c] + (odd | even)
