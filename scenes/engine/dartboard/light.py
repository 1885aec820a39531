"""Light in a room with a dartboard: a lamp over the board, a lamp at the hand, and what glows by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from scenes.engine.dartboard.view import WallView, on_wall
from scenes.engine.dither import grain

Floats = NDArray[np.float32]

#: The light of a lamp.
LAMPLIGHT = np.array([1.0, 0.86, 0.63], np.float32)
#: Half the width and height of what the lamp over the board lights fully, in centimetres, and how far it fades.
_POOL = (74.0, 70.0)
#: Where that lamp hangs: to the right of the board's middle, and above it, in centimetres.
LAMP_AT = (-16.0, 112.0)


@dataclass(frozen=True)
class Glow:
    """Something that glows by itself before the wall: a spot, or a ring round one.

    Attributes
    ----------
    x, y
        Its middle, in centimetres of the wall.
    radius
        Of the ring, in centimetres; 0 for a spot.
    wide
        Half the width of its line, or the radius of the spot, in centimetres.
    strength
        From 0 to 1.
    colour
        From 0 to 1 each.
    halo
        How far it shines, in times its width.
    pale
        How near to white it is in its middle, from 0 to 1.
    """

    x: float
    y: float
    radius: float
    wide: float
    strength: float
    colour: tuple[float, float, float]
    halo: float = 5.0
    pale: float = 0.35


def lit(
    surfaces: Floats | None,
    view: WallView,
    page: ArrayLike,
    *,
    bull: tuple[float, float],
    spot: float,
    ambient: float,
    lamp: ArrayLike = LAMPLIGHT,
) -> Floats:
    """``(H, W, 3)``, from 0 to 1: the wall as far as light falls on it, and the page where none does.

    Parameters
    ----------
    surfaces
        See `scenes.engine.dartboard.surfaces.surfaces`; None where nothing is lit.
    page
        ``(3,)``, what the dark is.
    bull
        The middle of the board.
    spot
        How bright the lamp over the board is, from 0 to 1.
    ambient
        How much light falls on all of it.
    lamp
        ``(3,)``, the colour of the lamp's light.
    """
    picture = np.empty((view.size[1], view.size[0], 3), np.float32)
    dark = np.asarray(page, np.float32)
    if surfaces is None or (spot <= 0.002 and ambient <= 0.002):
        picture[:] = dark
        return picture
    seen = np.array([view.x, view.y, view.scale, *bull, spot, ambient], np.float32)
    _light(picture, surfaces, seen, dark, np.asarray(lamp, np.float32))
    return picture


@njit(cache=True, nogil=True, fastmath=True)
def _light(picture: Floats, surfaces: Floats, seen: Floats, page: Floats, lamp: Floats) -> None:
    height, width = picture.shape[:2]
    x0, y0, scale, bull_x, bull_y, spot, ambient = seen[0], seen[1], seen[2], seen[3], seen[4], seen[5], seen[6]
    lamp_x, lamp_y = bull_x + LAMP_AT[0], bull_y + LAMP_AT[1]
    for row in range(height):
        y = y0 + (height * 0.5 - row - 0.5) / scale
        for column in range(width):
            x = x0 + (column + 0.5 - width * 0.5) / scale
            dx, dy = (x - bull_x) / _POOL[0], (y - bull_y + 6.0) / _POOL[1]
            r = math.sqrt(dx * dx + dy * dy)
            pool = 1.0 / (1.0 + (r / 0.92) ** 5) * (1.08 - 0.18 * min(r, 1.5)) + 0.10 * math.exp(-r * 0.7)
            level = min(spot * min(pool, 1.0) + ambient, 1.0)
            shaded = 0.16 + 0.84 * surfaces[row, column, 3]
            # The air in the cone of light, brightest under the lamp.
            down = lamp_y - y
            haze = 0.0
            if down > -12:
                half = 7.0 + 0.46 * max(down, 0.0)
                axis = lamp_x + (bull_x - lamp_x) * max(down, 0.0) / LAMP_AT[1]
                aside = (x - axis) / half
                haze = spot * 0.20 * math.exp(-aside * aside * aside * aside) * math.exp(-max(down, 0.0) / 70.0)
                haze *= min(max((down + 12.0) / 12.0, 0.0), 1.0)
            for c in range(3):
                tone = surfaces[row, column, c] * lamp[c] * (0.78 + 0.52 * min(pool, 1.0)) * shaded
                tone = page[c] + (tone - page[c]) * level
                picture[row, column, c] = tone + (lamp[c] - tone) * haze


def add_lamp(picture: Floats, view: WallView, place: ArrayLike, strength: float) -> None:
    """Add the glow of a lamp at the hand, which is at ``place``, ``(3,)`` centimetres, before the wall; in place."""
    if strength <= 0.003:
        return
    across, down = view.pixels(on_wall(np.asarray(place, dtype=np.float64))).astype(np.float32).tolist()
    _add_halo(picture, _halo(view.size, across, down, view.scale), strength, LAMPLIGHT)


@lru_cache(maxsize=1)
def _halo(size: tuple[int, int], across: float, down: float, scale: float) -> Floats:
    """``(H, W)``, how much a pixel has of the light of the lamp at the hand: the same while the eye stands still."""
    halo = np.zeros(size[::-1], np.float32)
    _spread(halo, across, down, scale)
    return halo


@njit(cache=True, nogil=True, fastmath=True)
def _spread(halo: Floats, across: float, down: float, scale: float) -> None:
    height, width = halo.shape
    reach = 95.0 * scale
    x0, x1 = max(int(across - reach), 0), min(int(across + reach) + 1, width)
    y0, y1 = max(int(down - reach), 0), min(int(down + reach) + 1, height)
    for y in range(y0, y1):
        for x in range(x0, x1):
            dx, dy = (x + 0.5 - across) / scale, (y + 0.5 - down) / scale
            # Wider than it is high: it lies on a table.
            r = math.sqrt(dx * dx + 1.9 * dy * dy)
            edge = min(max(1.25 - r / 76.0, 0.0), 1.0)
            part = 0.34 * math.exp(-((r / 17.0) ** 2)) + 0.26 * math.exp(-((r / 40.0) ** 2))
            halo[y, x] = edge * (part + 0.12 * math.exp(-r / 32.0))


@njit(cache=True, nogil=True, fastmath=True)
def _add_halo(picture: Floats, halo: Floats, strength: float, lamp: Floats) -> None:
    height, width = halo.shape
    red, green, blue = lamp[0], lamp[1] * np.float32(0.80), lamp[2] * np.float32(0.52)
    for y in range(height):
        for x in range(width):
            part = halo[y, x] * strength
            picture[y, x, 0] += (red - picture[y, x, 0]) * part
            picture[y, x, 1] += (green - picture[y, x, 1]) * part
            picture[y, x, 2] += (blue - picture[y, x, 2]) * part


def add_glows(picture: Floats, view: WallView, glows: list[Glow]) -> None:
    """Add what glows by itself to a picture, ``(H, W, 3)``, in place."""
    for glow in glows:
        if glow.strength <= 0.003:
            continue
        spot = view.pixels([glow.x, glow.y])
        numbers = [
            *spot,
            glow.radius * view.scale,
            max(glow.wide * view.scale, 0.8),
            glow.strength,
            glow.halo,
            glow.pale,
        ]
        _glow(picture, np.array(numbers, np.float32), np.array(glow.colour, np.float32))


@njit(cache=True, nogil=True, fastmath=True)
def _glow(picture: Floats, numbers: Floats, colour: Floats) -> None:
    height, width = picture.shape[:2]
    cx, cy, radius, wide, strength, halo = numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]
    reach = radius + wide * halo * 2.3
    y0, y1 = max(int(cy - reach), 0), min(int(cy + reach) + 2, height)
    inner = max(radius - wide * halo * 2.3, 0.0)
    for y in range(y0, y1):
        dy = y + 0.5 - cy
        if abs(dy) > reach:
            continue
        across = math.sqrt(max(reach * reach - dy * dy, 0.0))
        x0, x1 = max(int(cx - across), 0), min(int(cx + across) + 2, width)
        hole = math.sqrt(max(inner * inner - dy * dy, 0.0)) if abs(dy) < inner else 0.0
        x = x0
        while x < x1:
            dx = x + 0.5 - cx
            if hole > 2 and abs(dx) < hole - 1:
                x = int(cx + hole) - 1 if dx < 0 else x + 1
                dx = x + 0.5 - cx
                if x >= x1:
                    break
            r = math.sqrt(dx * dx + dy * dy)
            off = abs(r - radius) / wide
            core = math.exp(-off * off)
            soft = off / halo
            shine = math.exp(-soft * soft * 1.6)
            part = min(strength * (0.80 * core + 0.26 * shine), 1.0)
            for c in range(3):
                tone = colour[c] + (1.0 - colour[c]) * numbers[6] * core
                picture[y, x, c] += (tone - picture[y, x, c]) * part
            x += 1


def finished(picture: Floats) -> NDArray[np.uint8]:
    """``(H, W, 4)``, the picture in bytes: what is smooth and dark with a grain for the shades between two of them."""
    made = np.empty((*picture.shape[:2], 4), np.uint8)
    _finish(picture, made)
    return made


@njit(cache=True, nogil=True, fastmath=True)
def _finish(picture: Floats, made: NDArray[np.uint8]) -> None:
    height, width = picture.shape[:2]
    noise = np.empty(width, np.float32)
    for y in range(height):
        grain(y, noise)
        for x in range(width):
            for c in range(3):
                made[y, x, c] = np.uint8(min(min(max(picture[y, x, c], 0.0), 1.0) * 255.0 + noise[x], 255.0))
            made[y, x, 3] = 255
