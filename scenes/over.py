"""One picture over another, compiled by numba."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def over(frame: NDArray[np.uint8], left: int, top: int, sprite: NDArray[np.uint8]) -> None:
    """Lay ``sprite``, ``(h, w, 4)``, into ``frame``, ``(H, W, 4)``: both premultiplied by their opacity, which is last.

    It rounds as Cairo does, so that a shape laid so comes out as Cairo would have drawn it there.
    """
    rows, columns, _ = sprite.shape
    for row in range(rows):
        for column in range(columns):
            opacity = sprite[row, column, 3]
            if opacity == 0:
                continue
            free = np.uint32(255) - np.uint32(opacity)
            for channel in range(4):
                kept = np.uint32(frame[top + row, left + column, channel]) * free + np.uint32(128)
                kept = (kept + (kept >> np.uint32(8))) >> np.uint32(8)
                mixed = np.uint32(sprite[row, column, channel]) + kept
                frame[top + row, left + column, channel] = np.uint8(min(mixed, np.uint32(255)))
