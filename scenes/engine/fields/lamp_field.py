"""Knobs side by side on a wall, each lit from inside: painted pixel by pixel, compiled by numba.

From afar they are a picture. Light falls from each knob on the plate around it and on its neighbours, and fog can roll
over all of it, which glows where what is behind it is bright. Lengths on the wall are in pitches, as in
`scenes.engine.fields.knob_field`; those on a knob are in its radii.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.dither import grain
from scenes.engine.fields.knob_field import WallView
from scenes.engine.soft_edge import within

#: Radius of a knob, in pitches.
RADIUS = 0.445
#: How far the eye is from the wall, in pitches.
_FAR = 85.0
#: Where the lit face of a knob ends, and its mark begins and ends.
_FACE, _MARK_FROM, _MARK_TO, _MARK_HALF = 0.84, 0.30, 0.80, 0.085
#: How far light spreads over the plate, and as a haze, in pitches.
_NEAR, _WIDE = 0.9, 3.0
#: How much room there is round about the light that is spread, so that it reaches beyond the last knobs, in pitches.
_MARGIN = 6
#: Rows of the colours: of the knobs' rims, and of their marks.
_RIM, _MARK = 2, 3
#: From this exponent on, what falls off is nothing in eight bits.
_UNSEEN = 9.0
#: Nodes of the noise that fog is made of, along each side; it repeats after so many.
_NODES = 64

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class FogBank:
    """Fog in front of a wall.

    Attributes
    ----------
    colour
        ``(3,)``, from 0 to 1.
    thick
        How far it has come, from 0 (none) to 1 (all is fog): from below, and from both sides.
    drift
        How far it has drifted, in pitches.
    """

    colour: tuple[float, float, float]
    thick: float = 0.0
    drift: float = 0.0


def paint_lamps(
    size: tuple[int, int],
    view: WallView,
    lamps: Floats,
    columns: int,
    colours: Floats,
    fog: FogBank | None = None,
    tint: tuple[float, float, float, float] = (0, 0, 0, 0),
) -> NDArray[np.uint8]:
    """``(H, W, 4)``, the picture of a wall of lit knobs.

    Parameters
    ----------
    size
        Width and height in pixels.
    view
        How it is seen; ``lit`` is how bright the lamps are, from 0 (out) to 1.
    lamps
        ``(n, 5)``, of each knob: red, green and blue of its light, from 0 to 1; the angle of its mark, in radians
        clockwise from straight up; how much of it is there.
    columns
        How many stand side by side.
    colours
        ``(4, 3)``: of the page, the plate, the knobs' rims and their marks.
    fog
        What lies in front of it.
    tint
        A colour that all of it takes on, and how much of it, from 0 to 1.

    Examples
    --------
    >>> grey = np.array([[0, 0, 0], [0.1, 0.1, 0.1], [0.3, 0.3, 0.3], [0, 0, 0]], np.float32)
    >>> red = np.array([[1, 0, 0, 0, 1]], np.float32)
    >>> picture = paint_lamps((40, 40), WallView((20, 20), 40.0), red, 1, grey)
    >>> bool(picture[26, 20, 0] > picture[26, 20, 2] + 100)  # its face shines
    True
    """
    picture = np.empty((size[1], size[0], 4), np.uint8)
    fog = fog or FogBank((0, 0, 0))
    lamps = np.ascontiguousarray(lamps, np.float32)
    rows = -(-len(lamps) // columns)
    shining = np.zeros((rows * columns, 3), np.float32)
    shining[: len(lamps)] = lamps[:, :3] ** 2 * lamps[:, 4:] * view.lit
    grid = shining.reshape(rows, columns, 3)
    seen = np.array([*view.middle, view.pitch, view.lean, view.lit], np.float32)
    bank = np.array([*fog.colour, fog.thick, fog.drift], np.float32)
    room = np.pad(grid, (*2 * [(_MARGIN, _MARGIN)], (0, 0)))
    near, wide = (_spread(room, reach) for reach in (_NEAR, _WIDE))
    _paint(
        picture,
        seen,
        lamps,
        np.stack([np.sin(lamps[:, 3]), np.cos(lamps[:, 3])], axis=1),
        columns,
        near,
        wide,
        np.asarray(colours, np.float32),
        bank,
        _noise(),
        np.array(tint, np.float32),
    )
    return picture


def _spread(grid: Floats, reach: float) -> Floats:
    """Light of each knob spread over its neighbourhood: a Gaussian, so many pitches wide."""
    half = int(np.ceil(2.5 * reach))
    bell = np.exp(-0.5 * (np.arange(-half, half + 1) / reach) ** 2).astype(np.float32)
    bell /= bell.sum()
    for axis in (0, 1):
        room = [(half, half) if k == axis else (0, 0) for k in range(3)]
        padded = np.pad(grid, room)
        grid = np.asarray(
            sum(weight * np.take(padded, range(k, k + grid.shape[axis]), axis) for k, weight in enumerate(bell)),
            np.float32,
        )
    return np.ascontiguousarray(grid)


@cache
def _noise() -> Floats:
    """``(64, 64)``, smooth noise from 0 to 1 that repeats: octaves of waves with phases drawn once."""
    chance = np.random.default_rng(3)
    across, down = np.meshgrid(*2 * [np.fft.fftfreq(_NODES) * _NODES])
    far = np.hypot(across, down)
    strength = np.where((far > 0.5) & (far < 15), 1 / np.maximum(far, 1) ** 1.7, 0)
    waves = strength * np.exp(2j * np.pi * chance.random((_NODES, _NODES)))
    field = np.fft.ifft2(waves).real
    low, high = np.percentile(field, [2, 98])
    return np.asarray(((field - low) / (high - low)).clip(0, 1), np.float32)


@njit(inline="always")
def _sampled(field: Any, x: float, y: float) -> float:
    """A value of noise that repeats, between its nodes."""
    i, j = math.floor(x), math.floor(y)
    s, t = x - i, y - j
    s, t = s * s * (3 - 2 * s), t * t * (3 - 2 * t)
    i0, j0 = int(i) % _NODES, int(j) % _NODES
    i1, j1 = (i0 + 1) % _NODES, (j0 + 1) % _NODES
    above = field[j0, i0] * (1 - s) + field[j0, i1] * s
    below = field[j1, i0] * (1 - s) + field[j1, i1] * s
    return float(above * (1 - t) + below * t)


@njit(inline="always")
def _light_of_row(grid: Any, y: float, into: Any) -> None:
    """Light along a row of a padded grid that lies between its nodes; beyond its edges, that of the edge."""
    rows, columns = grid.shape[:2]
    y = min(max(y, 0.0), rows - 1.001)
    j = int(y)
    t = y - j
    for i in range(columns):
        for c in range(3):
            into[i, c] = grid[j, i, c] + (grid[j + 1, i, c] - grid[j, i, c]) * t


@njit(cache=True, nogil=True, fastmath=True)
def _paint(
    picture: NDArray[np.uint8],
    view: Floats,
    lamps: Floats,
    marks: Floats,
    columns: int,
    near: Floats,
    wide: Floats,
    colours: Floats,
    bank: Floats,
    noise: Floats,
    tint: Floats,
) -> None:
    height, width = picture.shape[:2]
    rows = (len(lamps) + columns - 1) // columns
    middle_x, middle_y, pitch, lit = view[0], view[1], view[2], view[4]
    sine, cosine = math.sin(view[3]), math.cos(view[3])
    page, plate = colours[0], colours[1]
    grains, rgb = np.empty(width, np.float32), np.empty(3, np.float32)
    close, haze = np.empty(3, np.float32), np.empty(3, np.float32)
    close_row, haze_row = np.empty(near.shape[1:], np.float32), np.empty(wide.shape[1:], np.float32)
    last = near.shape[1] - 1.001
    half_across, half_up = columns * 0.5, rows * 0.5
    for y in range(height):
        grain(y, grains)
        up = (middle_y - y - 0.5) / pitch
        v = up * _FAR / max(_FAR * cosine - up * sine, 0.05 * _FAR)
        zoom = (_FAR + v * sine) / _FAR
        pixel = zoom / pitch / RADIUS
        at_row = (rows - 1) * 0.5 - v
        k = math.floor(at_row + 0.5)
        _light_of_row(near, at_row + _MARGIN, close_row)
        _light_of_row(wide, at_row + _MARGIN, haze_row)
        beyond_y = max(abs(v) - half_up, 0.0)
        edge = 0.5 + 0.5 * min(max(v / half_up, -1.0), 1.0)
        for x in range(width):
            u = (x + 0.5 - middle_x) / pitch * zoom
            at_column = u + (columns - 1) * 0.5
            i = math.floor(at_column + 0.5)
            node = min(max(at_column + _MARGIN, 0.0), last)
            n = int(node)
            s = node - n
            for c in range(3):
                close[c] = close_row[n, c] + (close_row[n + 1, c] - close_row[n, c]) * s
                haze[c] = haze_row[n, c] + (haze_row[n + 1, c] - haze_row[n, c]) * s
            # The plate ends a little beyond the last knobs, in a bevel; its light goes on into the room.
            beyond_x = max(abs(u) - half_across, 0.0)
            on_plate, bevel, far = 1.0, 0.0, 1.0
            if beyond_x + beyond_y > 0:
                beyond = math.sqrt(beyond_x * beyond_x + beyond_y * beyond_y)
                on_plate = within(0.7, max(0.9 * zoom / pitch, 0.012), beyond)
                bevel = math.exp(-(((beyond - 0.60) / 0.07) ** 2)) * on_plate * edge
                far = math.exp(-0.16 * beyond * beyond)
            for c in range(3):
                tone = plate[c] * (0.55 + 0.45 * bevel * 3) + close[c] * 0.34 + haze[c] * 0.22
                rgb[c] = page[c] + (tone - page[c]) * on_plate + haze[c] * 0.50 * far * (1 - on_plate) * (1 - page[c])
            index = k * columns + i
            if 0 <= i < columns and 0 <= k < rows and index < len(lamps) and lamps[index, 4] > 0.002:
                dx, dy = (at_column - i) / RADIUS, (k - at_row) / RADIUS
                _add_lamp(rgb, lamps, marks, index, dx, dy, pixel, lit, close, haze, colours)
            for c in range(3):
                # Air between the wall and the eye: the whole picture glows a little.
                rgb[c] += haze[c] * 0.10 * on_plate
                rgb[c] += (tint[c] - rgb[c]) * tint[3] * (0.4 + 0.6 * far)
            if bank[3] > 0:
                _add_fog(rgb, u / half_across, v / half_up, u, v, haze, bank, noise)
            for c in range(3):
                picture[y, x, c] = np.uint8(min(min(max(rgb[c], 0.0), 1.0) * 255.0 + grains[x], 255.0))
            picture[y, x, 3] = 255


@njit(inline="always")
def _add_lamp(
    rgb: Any,
    lamps: Any,
    marks: Any,
    index: int,
    dx: float,
    dy: float,
    pixel: float,
    lit: float,
    close: Any,
    haze: Any,
    colours: Any,
) -> None:
    """Paint what one pixel shows of a lit knob: its shadow, a rim that catches its neighbours' light, its face."""
    seen, soft = lamps[index, 4], max(pixel * 0.7, 0.012)
    r = math.sqrt(dx * dx + dy * dy)
    shadow = 0.62 * seen * within(1.0, 0.14, math.sqrt((dx - 0.05) ** 2 + (dy + 0.11) ** 2))
    for c in range(3):
        rgb[c] *= 1 - shadow
    inside = seen * within(1.0, soft, r)
    if inside < 0.002:
        return
    face = within(_FACE, soft + 0.03, r)
    toward = (-0.45 * dx + 0.89 * dy) / max(r, 1e-4)
    sine, cosine = marks[index, 0], marks[index, 1]
    along, aside = dx * sine + dy * cosine, dx * cosine - dy * sine
    nearest = min(max(along, _MARK_FROM), _MARK_TO)
    mark = within(_MARK_HALF, soft, math.sqrt((along - nearest) ** 2 + aside * aside))
    # A dome of milky glass: brightest a little above its middle, where the lamp is.
    off = dx * dx + (dy - 0.12) ** 2
    dome = 0.80 + 0.34 * math.exp(-2.6 * off) - 0.20 * r * r * r
    # On a dark face its mark is light.
    pale = 1 - min(
        max((0.3 * lamps[index, 0] + 0.6 * lamps[index, 1] + 0.1 * lamps[index, 2]) * lit - 0.16, 0.0) * 8, 1.0
    )
    away = ((dx + 0.30) / 0.26) ** 2 + ((dy - 0.46) / 0.15) ** 2
    gleam = 0.10 * math.exp(-away) if away < _UNSEEN else 0.0
    for c in range(3):
        out = colours[_MARK, c] + 0.10 * colours[_RIM, c] * max(toward, 0.0)
        light = out + (lamps[index, c] * dome - out) * lit + gleam * (0.25 + 0.75 * lamps[index, c])
        point = colours[_MARK, c] + (colours[_RIM, c] - colours[_MARK, c]) * pale
        light += (point - light) * mark * (0.62 if pixel < 0.12 else 0.40)
        rim = colours[_RIM, c] * (0.50 + 0.50 * toward) + close[c] * 0.55 + haze[c] * 0.15
        tone = rim + (light - rim) * face
        rgb[c] += (tone - rgb[c]) * inside


@njit(fastmath=True)
def _add_fog(rgb: Any, x: float, y: float, u: float, v: float, haze: Any, bank: Any, noise: Any) -> None:
    """Lay fog before a pixel: billows that come from below and from the sides, and glow with what is behind."""
    drift = bank[4]
    big = _sampled(noise, u * 0.42 - drift * 0.30 + 90, v * 0.62 + drift * 0.10 + 90)
    small = _sampled(noise, u * 1.05 - drift * 0.75 + 40, v * 1.5 - drift * 0.12 + 40)
    billow = 0.68 * big + 0.32 * small
    # How early fog is here: at the foot of the picture first, along its sides, at its top last.
    far = 0.62 + 0.46 * y - 0.22 * x * x * (0.3 + 0.7 * max(-y, -0.4))
    reach = bank[3] * 2.0 - far + (billow - 0.5) * 0.95
    thick = min(max(reach / 0.62, 0.0), 1.0)
    thick = thick * thick * (3 - 2 * thick)
    shade = 0.78 + 0.34 * billow + 0.06 * y
    for c in range(3):
        tone = bank[c] * shade + haze[c] * 0.34 * (1 - bank[3] * 0.8)
        rgb[c] += (tone - rgb[c]) * thick
