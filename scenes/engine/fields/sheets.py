"""A picture as a tensor of rank 3: its three sheets, one for each colour, that come apart in space; by numba.

Where a pixel of the picture is seen larger than a few pixels of the frame, it is a bead.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

#: From how many pixels of the frame on a pixel of the picture begins to be a bead, and when it wholly is one.
_BEAD_FROM, _BEAD_TO = 4.0, 9.0


def paint_sheets(
    size: tuple[int, int],
    picture: NDArray[np.uint8],
    eye: NDArray[np.float64],
    places: NDArray[np.float64],
    page: NDArray[np.float32],
) -> NDArray[np.uint8]:
    """``(H, W, 4)``, the sheets of a picture, whose lights add up where they lie behind each other.

    Parameters
    ----------
    size
        Width and height in pixels.
    picture
        ``(h, w, 3)``, whose sheets they are. A sheet is two units high.
    eye
        ``(4, 3)``: where the eye is, and its axes to the right, up and forward. One unit along an
        axis at distance 1 is half the frame's height.
    places
        ``(3,)``, how far each sheet stands in front of the plane through the origin.
    page
        ``(3,)``, what is seen beside the sheets, from 0 to 1.

    Examples
    --------
    Seen from the distance at which it fills the frame, and not taken apart, it is the picture itself:

    >>> picture = np.random.default_rng(0).integers(0, 255, (9, 16, 3)).astype(np.uint8)
    >>> eye = np.array([[0, 0, 1.0], [1, 0, 0], [0, 1, 0], [0, 0, -1]])
    >>> seen = paint_sheets((16, 9), picture, eye, np.zeros(3), np.zeros(3, np.float32))
    >>> bool((seen[..., :3] == picture).all())
    True
    """
    painted = np.empty((size[1], size[0], 4), np.uint8)
    _paint(painted, np.ascontiguousarray(picture), eye, places, page.astype(np.float32))
    return painted


@njit(cache=True, nogil=True, fastmath=True)
def _paint(
    painted: NDArray[np.uint8],
    picture: NDArray[np.uint8],
    eye: NDArray[np.float64],
    places: NDArray[np.float64],
    page: NDArray[np.float32],
) -> None:
    height, width = painted.shape[:2]
    rows, columns = picture.shape[:2]
    wide = columns / rows
    half = height / 2
    spread = math.sqrt(eye[1, 0] ** 2 + eye[1, 1] ** 2 + eye[1, 2] ** 2) / half
    rgb = np.empty(3, np.float32)
    for i in range(height):
        up = (half - i - 0.5) / half
        for j in range(width):
            across = (j + 0.5 - width / 2) / half
            dx = eye[3, 0] + across * eye[1, 0] + up * eye[2, 0]
            dy = eye[3, 1] + across * eye[1, 1] + up * eye[2, 1]
            dz = eye[3, 2] + across * eye[1, 2] + up * eye[2, 2]
            covered = 0.0
            for c in range(3):
                rgb[c] = 0.0
            for c in range(3):
                far = (places[c] - eye[0, 2]) / dz if abs(dz) > 1e-6 else -1.0
                if far <= 0:
                    continue
                x, y = eye[0, 0] + far * dx, eye[0, 1] + far * dy
                # Its edge: softly over a pixel of the frame.
                pixel = far * spread
                inside = min((wide - abs(x)) / pixel, (1 - abs(y)) / pixel) + 0.5
                if inside <= 0:
                    continue
                column, row = (x + wide) * rows / 2, (1 - y) * rows / 2
                a, b = min(max(int(column), 0), columns - 1), min(max(int(row), 0), rows - 1)
                tone = picture[b, a, c] / 255.0
                seen = 2 / rows / pixel
                if seen > _BEAD_FROM:
                    bead = min((seen - _BEAD_FROM) / (_BEAD_TO - _BEAD_FROM), 1.0)
                    u, v = column - a - 0.5, row - b - 0.5
                    r = math.sqrt(u * u + v * v) * 2.35
                    ball = min(max((1 - r) * seen * 0.4 + 0.5, 0.0), 1.0)
                    lit = 0.55 + 0.75 * math.exp(-2.2 * ((u * 2.3 + 0.3) ** 2 + (v * 2.3 + 0.3) ** 2))
                    tone *= 1 + bead * (0.10 + ball * lit - 1)
                inside = min(inside, 1.0)
                rgb[c] += tone * inside
                covered = max(covered, inside)
            for c in range(3):
                tone = rgb[c] + page[c] * (1 - covered)
                painted[i, j, c] = np.uint8(min(max(tone, 0.0), 1.0) * 255.0 + 0.5)
            painted[i, j, 3] = 255
