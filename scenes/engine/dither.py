"""Dither: what is smooth and dark has more shades than eight bits hold. A fine grain stands for those between.

The grain is the same in every frame, so that what stands still stays still, and costs an encoder next to nothing.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def grain(row: int, into: NDArray[np.float32]) -> None:
    """Fill ``into`` with the grain of a row of pixels: what is added to each tone before its fraction is cut off.

    From 0 on and below 1, each value as often as any other, and as far from its neighbours' as can be: the interleaved
    gradient noise of J. Jimenez (*Next generation post processing in Call of Duty*, SIGGRAPH 2014).

    Examples
    --------
    A shade between two others is as many pixels of the one as its distance from the other says:

    >>> rows = np.empty((64, 64), np.float32)
    >>> for number, row in enumerate(rows):
    ...     grain(number, row)
    >>> round(float((27.25 + rows).astype(np.uint8).mean()), 2)
    27.25
    """
    down = np.float32(0.00583715) * np.float32(row)
    for c in range(len(into)):
        place = np.float32(0.06711056) * np.float32(c) + down
        place = np.float32(52.9829189) * (place - np.float32(np.int32(place)))
        into[c] = place - np.float32(np.int32(place))


def veil(frame: NDArray[np.uint8], colour: NDArray[np.float32], opacity: float) -> None:
    """Lay one colour over a whole frame, ``(H, W, 4)``, in place: with as many shades as there were.

    Parameters
    ----------
    colour
        ``(3,)``, from 0 to 255.
    opacity
        From 0 to 1.
    """
    _veil(frame.view("<u4")[..., 0], colour * np.float32(opacity), np.float32(1 - opacity))


@njit(cache=True, nogil=True)
def _veil(frame: NDArray[np.uint32], laid: NDArray[np.float32], left: np.float32) -> None:
    """The same for whole pixels, red in the lowest byte."""
    rows, columns = frame.shape
    noise, white, byte = np.empty(columns, np.float32), np.float32(255), np.uint32(255)
    red, green, blue = laid[0], laid[1], laid[2]
    for row in range(rows):
        grain(row, noise)
        pixels = frame[row]
        for c in range(columns):
            below, more = pixels[c], noise[c]
            r = min(np.float32(np.int32(below & byte)) * left + red + more, white)
            g = min(np.float32(np.int32((below >> np.uint32(8)) & byte)) * left + green + more, white)
            b = min(np.float32(np.int32((below >> np.uint32(16)) & byte)) * left + blue + more, white)
            tones = np.uint32(np.int32(r)) | (np.uint32(np.int32(g)) << np.uint32(8))
            pixels[c] = tones | (np.uint32(np.int32(b)) << np.uint32(16)) | np.uint32(0xFF000000)
