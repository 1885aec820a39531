"""What a model says of every place of a square field, painted pixel by pixel, and the dots that it learns.

Compiled by numba.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.dartboard.light import finished

#: How far out the field reaches: dots lie within 1.
OUT = 1.05
#: How many dots grow at one time as they come.
_COMING = 12.0

Floats = NDArray[np.float32]


def paint_decision(
    size: tuple[int, int], opinion: Floats, dots: Floats, colours: Floats, shown: float
) -> NDArray[np.uint8]:
    """``(H, W, 4)``, the picture of a field.

    Parameters
    ----------
    size
        Width and height in pixels.
    opinion
        ``(n, n)``, what the model says, from -1 to 1, from the upper left corner on.
    dots
        ``(k, 3)``, of each its place, from -1 to 1, and its answer, 1 or -1.
    colours
        ``(5, 3)``, from 0 to 1: of the page, of no opinion, of -1, of 1, and of the line between both.
    shown
        The part of the dots that is there, from 0 to 1.
    """
    picture = np.empty((size[1], size[0], 3), np.float32)
    _field(picture, opinion, colours)
    _add_dots(picture, dots, colours, shown * (len(dots) + _COMING))
    return finished(picture)


@njit(cache=True, nogil=True, fastmath=True)
def _field(picture: NDArray[np.float32], opinion: NDArray[np.float32], colours: NDArray[np.float32]) -> None:
    """The two colours, a line of light where neither wins, and corners that are round."""
    height, width = picture.shape[:2]
    count = opinion.shape[0] - 1
    corner = 0.035 * width
    for y in range(height):
        v = (y + 0.5) / height * count
        i = min(int(v), count - 1)
        s = v - i
        for x in range(width):
            u = (x + 0.5) / width * count
            j = min(int(u), count - 1)
            t = u - j
            top = opinion[i, j] + (opinion[i, j + 1] - opinion[i, j]) * t
            low = opinion[i + 1, j] + (opinion[i + 1, j + 1] - opinion[i + 1, j]) * t
            says = top + (low - top) * s
            across, down = opinion[i, j + 1] - opinion[i, j], opinion[i + 1, j] - opinion[i, j]
            steep = math.sqrt(across * across + down * down) * count / width + 1e-6
            sure = min(abs(says), 1.0)
            sure = sure * (1.45 - 0.45 * sure)
            # Where it changes its mind: as bright as it is sure on both sides.
            edge = math.exp(-((says / steep / 1.6) ** 2)) * min(steep * width / 14.0, 1.0)
            # Lit as a cushion is, from the upper left: steep opinion makes a crisp edge.
            light = 1 + 0.30 * (down + across) * count / 26.0
            light = min(max(light, 0.80), 1.20)
            dx = max(abs(x + 0.5 - width * 0.5) - (width * 0.5 - corner), 0.0)
            dy = max(abs(y + 0.5 - height * 0.5) - (height * 0.5 - corner), 0.0)
            inside = min(max(corner - math.sqrt(dx * dx + dy * dy) + 0.5, 0.0), 1.0)
            for c in range(3):
                side = colours[3, c] if says > 0 else colours[2, c]
                tone = colours[1, c] + (side - colours[1, c]) * 0.74 * sure
                tone = tone * (1 + (light - 1) * sure)
                tone += (colours[4, c] - tone) * 0.85 * edge
                picture[y, x, c] = colours[0, c] + (tone - colours[0, c]) * inside


@njit(cache=True, nogil=True, fastmath=True)
def _add_dots(
    picture: NDArray[np.float32], dots: NDArray[np.float32], colours: NDArray[np.float32], come: float
) -> None:
    """A glossy dot for each place, of the colour of its answer, with an edge that keeps it from its ground."""
    height, width = picture.shape[:2]
    radius = 0.0125 * width
    full = radius
    for k in range(len(dots)):
        radius = full * min(max((come - k) / _COMING, 0.0), 1.0)
        if radius < 0.3:
            continue
        cx, cy = (dots[k, 0] / OUT + 1) * 0.5 * width, (1 - dots[k, 1] / OUT) * 0.5 * height
        for y in range(max(int(cy - radius * 1.6), 0), min(int(cy + radius * 1.6) + 2, height)):
            for x in range(max(int(cx - radius * 1.6), 0), min(int(cx + radius * 1.6) + 2, width)):
                dx, dy = x + 0.5 - cx, y + 0.5 - cy
                r = math.sqrt(dx * dx + dy * dy)
                rim = min(max(radius * 1.42 - r + 0.5, 0.0), 1.0)
                face = min(max(radius - r + 0.5, 0.0), 1.0)
                shine = math.exp(-(((dx + 0.32 * radius) ** 2 + (dy + 0.36 * radius) ** 2) / (0.22 * radius * radius)))
                for c in range(3):
                    picture[y, x, c] += (colours[0, c] - picture[y, x, c]) * 0.85 * rim
                    own = colours[3, c] if dots[k, 2] > 0 else colours[2, c]
                    own = own + (1.0 - own) * 0.55 * shine
                    picture[y, x, c] += (own - picture[y, x, c]) * face
