"""What wall and board are made of: their own colours, before any light falls on them."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scenes.engine.dartboard.view import WallView
from scenes.engine.soft_edge import within

Floats = NDArray[np.float32]

#: Radii of the board in centimetres: bull, ring round it, both edges of the triple and the double ring, its own edge.
RADII = np.array([0.635, 1.59, 9.9, 10.7, 16.2, 17.0, 22.55], np.float32)
#: The numbers round a board, clockwise from the top.
_NUMBERS = (20, 1, 18, 4, 13, 6, 10, 15, 2, 17, 3, 19, 7, 16, 8, 11, 14, 9, 12, 5)
#: Where they stand, how high they are, in centimetres; and the picture of them, in pixels for all of the board.
_NUMBERS_AT, _NUMBERS_HIGH, _TEXELS = 19.75, 3.3, 1400
#: What the board is painted with: black, pale, red, green, its rim, wire.
_PAINT = np.array(
    [
        [0.055, 0.055, 0.06],
        [0.80, 0.71, 0.52],
        [0.70, 0.10, 0.10],
        [0.06, 0.42, 0.24],
        [0.035, 0.035, 0.04],
        [0.62, 0.63, 0.66],
    ],
    np.float32,
)
#: The wall as it is kept: pixels for a centimetre, and the part of it, in centimetres.
_FINE, _PART = 4.0, (-260.0, 260.0, -20.0, 320.0)
#: How wide its boards are, in centimetres.
_BOARD = 15.5


@lru_cache(maxsize=1)
def wood() -> Floats:
    """``(rows, columns)``, how light the wood of the wall is, from 0 to 1, from its lower left corner on."""
    left, right, low, high = _PART
    chance = np.random.default_rng(7)
    columns, rows = round((right - left) * _FINE), round((high - low) * _FINE)
    across = left + (np.arange(columns) + 0.5) / _FINE
    board = np.floor(across / _BOARD).astype(int)
    board -= board.min()
    count = int(board.max()) + 1
    tones = chance.uniform(0.30, 0.62, count)
    up = low + (np.arange(rows) + 0.5) / _FINE
    # Grain: bands along the board, that waver slowly with the height.
    place = across % _BOARD
    picture = np.empty((rows, columns), np.float32)
    fine = chance.normal(size=(rows, columns)).astype(np.float32)
    fine = _smeared(fine, 46)
    for index in range(count):
        own = board == index
        shift, pitch, tilt = chance.uniform(0, 50), chance.uniform(0.9, 1.8), chance.uniform(-0.012, 0.012)
        heart, wide = chance.uniform(2, _BOARD - 2), chance.uniform(40, 110)
        waver = 1.1 * np.sin(up / wide * 2 * np.pi + shift) + 0.5 * np.sin(up / (0.37 * wide) * 2 * np.pi + 2 * shift)
        # The boards are sawn near the heart of the tree: its rings are long arches.
        arch = np.hypot((place[own][None, :] - heart + waver[:, None] + tilt * up[:, None]) * 1.0, 1.4)
        rings = 0.5 + 0.5 * np.sin(arch * 2 * np.pi / pitch + shift + 0.5 * np.sin(up / 23 + shift)[:, None])
        picture[:, own] = (tones[index] + 0.16 * (rings**2 - 0.4)).astype(np.float32)
    picture += 0.055 * fine
    # A dark joint between two boards, with a bevel beside it that takes the light.
    edge = np.minimum(place, _BOARD - place)
    picture *= (1 - 0.85 * np.exp(-((edge / 0.22) ** 2)))[None, :].astype(np.float32)
    picture += (0.07 * np.exp(-(((place - 0.75) / 0.3) ** 2)))[None, :].astype(np.float32)
    return np.clip(picture, 0, 1)


def _smeared(noise: Floats, length: int) -> Floats:
    """The same noise, drawn out upward by so many rows; its spread is 1."""
    sums = np.cumsum(np.pad(noise, ((length, 0), (0, 0)), mode="wrap"), axis=0, dtype=np.float64)
    smeared = sums[length:] - sums[:-length]
    return np.asarray(smeared / smeared.std(), np.float32)


@lru_cache(maxsize=1)
def numbers() -> Floats:
    """``(n, n)``, the numbers round the board, from 0 to 1: a picture of all of it, its upper left corner first."""
    picture = Image.new("L", (_TEXELS, _TEXELS))
    texel = _TEXELS / (2 * RADII[-1])
    font = ImageFont.truetype(str(_font()), round(_NUMBERS_HIGH * texel))
    font.set_variation_by_axes([32, 560])  # for display, and half bold
    for place, number in enumerate(_NUMBERS):
        angle = 2 * np.pi * place / len(_NUMBERS)
        room = round(2.4 * _NUMBERS_HIGH * texel)
        one = Image.new("L", (room, room))
        ImageDraw.Draw(one).text((room / 2, room / 2), str(number), 255, font, anchor="mm")
        one = one.rotate(-np.degrees(angle), Image.Resampling.BICUBIC)
        middle = _TEXELS / 2 + _NUMBERS_AT * texel * np.array([np.sin(angle), -np.cos(angle)])
        x, y = (round(float(part - room / 2)) for part in middle)
        picture.paste(255, (x, y), one)
    return np.asarray(picture, np.float32) / np.float32(255)


def _font() -> Path:
    import fontpkg_inter

    files = Path(fontpkg_inter.__file__).parent / "files"
    return next(font for font in sorted(files.glob("*.[ot]tf")) if "Italic" not in font.name)


def surfaces(view: WallView, bull: tuple[float, float], light_from: tuple[float, float], planks: Floats) -> Floats:
    """``(H, W, 4)``, the colour of wall and board at each pixel, and how much of the lamp's light gets there.

    Parameters
    ----------
    view
        How the wall is seen.
    bull
        Where the middle of the board is, in centimetres.
    light_from
        Which way the lamp is from the board, along the wall: to the right, and up. The board casts its shadow from it.
    planks
        ``(2, 3)``, the darkest and the lightest wood of the wall.
    """
    picture = np.empty((view.size[1], view.size[0], 4), np.float32)
    left, _, low, _ = _PART
    seen = np.array([view.x, view.y, view.scale, left, low, _FINE], np.float32)
    place = np.array([*bull, *light_from], np.float32)
    _paint(picture, seen, place, wood(), numbers(), np.asarray(planks, np.float32), _PAINT)
    return picture


@njit(inline="always")
def _sampled(texture: Floats, row: float, column: float) -> float:
    """A texture between its texels; beyond its edges as at them."""
    rows, columns = texture.shape
    row, column = min(max(row, 0.0), rows - 1.001), min(max(column, 0.0), columns - 1.001)
    r, c = int(row), int(column)
    v, u = row - r, column - c
    low = texture[r, c] * (1 - u) + texture[r, c + 1] * u
    high = texture[r + 1, c] * (1 - u) + texture[r + 1, c + 1] * u
    return float(low * (1 - v) + high * v)


@njit(inline="always")
def _hashed(i: int, j: int) -> float:
    """Noise from 0 to 1 of two whole numbers."""
    n = (i * 374761393 + j * 668265263) & 0xFFFFFFFF
    n = ((n ^ (n >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((n ^ (n >> 16)) & 0xFFFF) / 65535.0


@njit(cache=True, nogil=True, fastmath=True)
def _paint(
    picture: Floats, view: Floats, place: Floats, wood: Floats, numbers: Floats, planks: Floats, paint: Floats
) -> None:
    height, width = picture.shape[:2]
    centre_x, centre_y, scale, left, low, fine = view[0], view[1], view[2], view[3], view[4], view[5]
    edge = RADII[6]
    pixel = 1.0 / scale
    rgb = np.empty(3, np.float32)
    for row in range(height):
        y = centre_y + (height * 0.5 - row - 0.5) / scale
        for column in range(width):
            x = centre_x + (column + 0.5 - width * 0.5) / scale
            dx, dy = x - place[0], y - place[1]
            r = math.sqrt(dx * dx + dy * dy)
            lit = 1.0
            if r > edge - pixel:
                tone = _sampled(wood, (y - low) * fine - 0.5, (x - left) * fine - 0.5)
                for c in range(3):
                    rgb[c] = planks[0, c] + (planks[1, c] - planks[0, c]) * tone
                # The board stands out of the wall: its shadow lies where the lamp is not.
                sx, sy = dx + place[2] * 3.4, dy + place[3] * 3.4
                shadow = math.sqrt(sx * sx + sy * sy)
                lit = 1 - 0.80 * within(edge + 0.2, 2.6, shadow) - 0.18 * math.exp(-(((r - edge) / 1.5) ** 2))
            if r < edge + pixel:
                board = within(edge, pixel, r)
                _add_board(rgb, dx, dy, r, pixel, board, numbers, paint, place)
                lit = lit + (1.0 - lit) * board
            for c in range(3):
                picture[row, column, c] = rgb[c]
            picture[row, column, 3] = max(lit, 0.0)


@njit(fastmath=True)
def _add_board(
    rgb: Any, dx: float, dy: float, r: float, pixel: float, part: float, numbers: Floats, paint: Floats, place: Floats
) -> None:
    """Lay the board over a pixel that is partly or wholly of it."""
    soft = max(pixel * 0.7, 0.02)
    turn = math.atan2(dx, dy) / (2 * math.pi) * 20
    sector = math.floor(turn + 0.5)
    odd = (int(sector) & 1) == 1
    # Bristles end on: a fine grain, that is lost from afar.
    bristle = _hashed(math.floor(dx * 14.0), math.floor(dy * 14.0)) - 0.5
    sight = min(max(1.4 - pixel * 9.0, 0.0), 1.0)
    from_line = abs(turn - (math.floor(turn) + 0.5)) / 20 * 2 * math.pi * r
    field, ring = (1, 3) if odd else (0, 2)
    if r > RADII[5]:
        field = 4
    in_triple = within(RADII[3], soft, r) * within(-RADII[2], soft, -r)
    in_double = within(RADII[5], soft, r) * within(-RADII[4], soft, -r)
    in_ring = max(in_triple, in_double)
    outer, inner = within(RADII[1], soft, r), within(RADII[0], soft, r)
    beyond = within(-RADII[5], soft, -r)
    number = 0.0
    if r > RADII[5]:
        texel = numbers.shape[0] / (2 * RADII[6])
        number = _sampled(numbers, (RADII[6] - dy) * texel - 0.5, (dx + RADII[6]) * texel - 0.5)
    wire = math.exp(-((from_line / max(0.07, 0.45 * pixel)) ** 2)) * within(RADII[5] + 0.25, soft, r)
    wire *= within(-RADII[1], soft, -r)
    for edge in range(6):
        wire = max(wire, math.exp(-(((r - RADII[edge]) / max(0.07, 0.45 * pixel)) ** 2)))
    rim = math.exp(-(((r - RADII[6] + 0.25) / 0.22) ** 2))
    toward = (dx * place[2] + dy * place[3]) / max(r, 0.01)
    # Wires are round: their light side is toward the lamp. Where they are thinner than a pixel they are fainter.
    shine = min(0.16 / max(pixel, 0.01), 1.0)
    for c in range(3):
        tone = paint[field, c]
        tone += (paint[ring, c] - tone) * in_ring
        tone += (paint[3, c] - tone) * outer
        tone += (paint[2, c] - tone) * inner
        tone += (paint[4, c] - tone) * beyond * (1 - in_double)
        tone *= 1 + 0.34 * bristle * sight * (1 - beyond)
        tone += (paint[5, c] * 1.15 - tone) * number * 0.92
        tone += (paint[5, c] * 0.78 - tone) * wire * (0.28 + 0.52 * shine)
        tone += (0.16 + 0.22 * max(toward, 0.0)) * rim
        rgb[c] += (tone - rgb[c]) * part
