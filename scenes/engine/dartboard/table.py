"""The table before the thrower: wood in perspective, and a small lamp on it that lights the hand."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from scenes.engine.dartboard.surfaces import wood

Floats = NDArray[np.float32]

#: In heights of the frame, from its middle, up: the far edge of the table, and the height of the eye.
_EDGE, _EYE = -0.262, 0.30
#: The globe of the lamp: where it is, to the right and up, and its radius; and where its foot stands.
_GLOBE, _RADIUS, _FOOT = (0.405, -0.262), 0.034, -0.338
#: How far its light goes on the table, in units of the table.
_REACH = 0.40


def add_table(picture: Floats, planks: ArrayLike, lamp: ArrayLike, strength: float) -> None:
    """Add the table and its lamp to a picture, ``(H, W, 3)``, in place, as bright as ``strength``, from 0 to 1.

    Parameters
    ----------
    planks, lamp
        The darkest and the lightest wood, ``(2, 3)``; the colour of the light, ``(3,)``.
    """
    if strength <= 0.003:
        return
    colours = np.concatenate([np.atleast_2d(np.asarray(each, np.float32)) for each in (planks, lamp)])
    height, width = picture.shape[:2]
    _lay(picture, *_painted((width, height), tuple(colours.ravel().tolist()), round(strength, 4)))


@lru_cache(maxsize=1)
def _painted(size: tuple[int, int], colours: tuple[float, ...], strength: float) -> tuple[Floats, Floats]:
    """What of a picture is left where the table is laid over it, ``(H, W)``, and what is added, ``(H, W, 3)``.

    The eye never moves before the table: where its lamp burns evenly, it is painted once.
    """
    left, added = np.ones(size[::-1], np.float32), np.zeros((*size[::-1], 3), np.float32)
    _paint(left, added, wood(), np.array(colours, np.float32).reshape(3, 3), strength)
    return left, added


@njit(cache=True, nogil=True, fastmath=True)
def _lay(picture: Floats, left: Floats, added: Floats) -> None:
    height, width = left.shape
    for row in range(height):
        for column in range(width):
            for c in range(3):
                picture[row, column, c] = picture[row, column, c] * left[row, column] + added[row, column, c]


@njit(inline="always")
def _cover(left: Any, added: Any, row: int, column: int, colour: Any, part: float) -> None:
    """Cover a part of a pixel, from 0 to 1, with a colour."""
    left[row, column] *= 1 - part
    for c in range(3):
        added[row, column, c] += (colour[c] - added[row, column, c]) * part


@njit(cache=True, nogil=True, fastmath=True)
def _paint(left: Floats, added: Floats, wood: Floats, colours: Floats, strength: float) -> None:
    height, width = left.shape
    colour = np.empty(3, np.float32)
    dark, pale, lamp = colours[0], colours[1], colours[2]
    rows, columns = wood.shape
    globe_x, globe_y = _GLOBE[0], _GLOBE[1]
    foot_depth = 1.0 / (_EYE - _FOOT)
    foot_x = globe_x * foot_depth
    pixel = 1.0 / height
    # By day a lamp that is off is of white glass.
    unlit = 0.86 if pale[0] > 0.8 else 0.16
    for row in range(height):
        y = 0.5 - (row + 0.5) / height
        on_table = y < _EDGE
        depth = 1.0 / max(_EYE - y, 0.05)
        for column in range(width):
            x = (column + 0.5 - width * 0.5) / height
            dx, dy = x - globe_x, y - globe_y
            r = math.sqrt(dx * dx + dy * dy)
            if r > 0.80 and not on_table:
                continue
            if on_table:
                across = x * depth
                ax, ay = across - foot_x, (depth - foot_depth) * 1.5
                away = math.sqrt(ax * ax + ay * ay) / _REACH
                light = strength * 1.15 / (1.0 + away * away) ** 1.35
                # The lamp's own shadow, at its foot.
                light *= 1 - 0.55 * math.exp(-((away / 0.13) ** 2))
                if light > 0.004:
                    u, v = (across * 420.0 + 900.0) % (columns - 2), (depth * 900.0 + 300.0) % (rows - 2)
                    i, j = int(v), int(u)
                    s, t = v - i, u - j
                    tone = (wood[i, j] * (1 - t) + wood[i, j + 1] * t) * (1 - s)
                    tone += (wood[i + 1, j] * (1 - t) + wood[i + 1, j + 1] * t) * s
                    level = min(light, 1.0)
                    # A varnished top: the globe is mirrored in it, drawn out toward the viewer.
                    mirror = 0.34 * math.exp(-((ax / 0.030) ** 2)) * math.exp(-max(_FOOT - y, 0.0) / 0.05) * level
                    rim = 0.30 * math.exp(-(((_EDGE - y) / (1.6 * pixel)) ** 2)) * level
                    for c in range(3):
                        colour[c] = (dark[c] + (pale[c] - dark[c]) * tone) * lamp[c] * (0.75 + 0.65 * level)
                        colour[c] += (lamp[c] - colour[c]) * (mirror + rim)
                    _cover(left, added, row, column, colour, level)
            # The foot of the lamp: a brass stem and a plate.
            stem = abs(dx) < 0.0062 and _FOOT < y < globe_y
            plate = (dx / 0.024) ** 2 + ((y - _FOOT) / 0.0062) ** 2 < 1
            collar = abs(dx) < 0.0125 and globe_y - 1.12 * _RADIUS < y < globe_y - 0.80 * _RADIUS
            if stem or plate or collar:
                half = 0.024 if plate else 0.0125 if collar else 0.0062
                shine = 0.20 + 0.80 * math.exp(-(((dx / half + 0.35) / 0.34) ** 2))
                shine *= 0.35 + 0.65 * math.exp(-((globe_y - y) / 0.05))
                for c in range(3):
                    colour[c] = (0.78 if c == 0 else 0.56 if c == 1 else 0.26) * shine * min(0.25 + strength, 1.0)
                _cover(left, added, row, column, colour, min(strength * 4.0, 1.0))
            # The globe, and its halo in the air.
            halo = strength * (0.30 * math.exp(-((r / 0.085) ** 2)) + 0.13 * math.exp(-r / 0.11))
            inside = min(max((_RADIUS - r) / (1.5 * pixel) + 0.5, 0.0), 1.0)
            for c in range(3):
                colour[c] = lamp[c] * (1.0 if c == 0 else 0.83 if c == 1 else 0.56)
            _cover(left, added, row, column, colour, min(halo, 1.0) * (1 - inside))
            if inside > 0:
                heart = math.exp(-((r / (0.62 * _RADIUS)) ** 2))
                dim = unlit + (1 - unlit) * min(strength * 1.6, 1.0)
                for c in range(3):
                    glass = colour[c] * (0.55 + 0.45 * heart)
                    colour[c] = (glass + (1.0 - glass) * (0.22 + 0.70 * heart) * strength) * dim
                _cover(left, added, row, column, colour, inside * min(strength * 4.0, 1.0))
