"""Knobs side by side on a wall, lit: painted pixel by pixel, compiled by numba, because there may be a thousand.

Lengths on the wall are in pitches, the distance from one knob to the next; those on a knob are in its radii.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.dither import grain
from scenes.engine.soft_edge import within

#: Radius of a knob, in pitches.
RADIUS = 0.36
#: How far the eye is from the wall, in pitches.
_FAR = 85.0
#: How high a knob stands out of the wall, in its radii.
_TALL = 0.62
#: Where the face of a knob ends, where its mark begins and ends, where its arrow runs.
_FACE, _MARK_FROM, _MARK_TO, _ARROW = 0.78, 0.12, 0.94, 1.17
#: Half the width of a mark and of an arrow, and the length of an arrow's head.
_MARK_HALF, _ARROW_HALF, _HEAD = 0.135, 0.085, 0.50
#: Where the light falls from, on the wall: left and above.
_FROM_X, _FROM_Y = -0.50, 0.87
#: The numbers of a knob: see `paint_knobs`.
_ANGLE, _ARC, _SEEN, _GLOW = range(4)

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class KnobColours:
    """What a wall of knobs is painted with: ``(3,)`` each, from 0 to 1."""

    page: Floats
    plate: Floats
    knob: Floats
    edge: Floats
    face: Floats
    mark: Floats
    arrow: Floats
    light: Floats

    def rows(self) -> Floats:
        """``(8, 3)``, in the order in which they are listed."""
        return np.stack(list(vars(self).values())).astype(np.float32)


@dataclass(frozen=True)
class Sweep:
    """A band of light that lies across a wall.

    Attributes
    ----------
    at, width
        Its middle, from the middle of the wall to the right, and half its width; in pitches.
    slant
        How many pitches farther right it is a pitch higher.
    strength
        From 0 to 1.
    """

    at: float = 0.0
    width: float = 4.0
    slant: float = 0.35
    strength: float = 0.0


@dataclass(frozen=True)
class WallView:
    """How a wall is seen.

    Attributes
    ----------
    middle
        Column and row of the pixel where the middle of the wall is.
    pitch
        Pixels from one knob to the next, at the middle.
    lean
        How far the wall leans back, in radians.
    lit
        How light the plate is, from 0 (as the page) to 1.
    """

    middle: tuple[float, float]
    pitch: float
    lean: float = 0.0
    lit: float = 1.0

    def place(self, across: float, up: float) -> tuple[float, float]:
        """Column and row of the pixel where a point of the wall is, which is so many pitches from its middle.

        >>> WallView((100.0, 50.0), 10.0).place(2.0, 1.0)
        (120.0, 40.0)
        """
        near = 1 / (1 + up * math.sin(self.lean) / _FAR)
        return (
            self.middle[0] + across * self.pitch * near,
            self.middle[1] - up * math.cos(self.lean) * self.pitch * near,
        )


def paint_knobs(
    size: tuple[int, int],
    view: WallView,
    knobs: Floats,
    columns: int,
    colours: KnobColours,
    sweep: Sweep | None = None,
    tint: tuple[float, float, float, float] = (0, 0, 0, 0),
) -> NDArray[np.uint8]:
    """``(H, W, 4)``, the picture of a wall of knobs.

    Parameters
    ----------
    size
        Width and height in pixels.
    view
        How it is seen.
    knobs
        ``(n, 4)``, of each knob: the angle of its mark, in radians clockwise from straight up; how far its arrow
        leads from there; how much it is seen, and how much its mark glows, from 0 to 1.
    columns
        How many stand side by side.
    colours
        What it is painted with.
    sweep
        A light that falls on it, beside what falls on all.
    tint
        A colour that all of it takes on, and how much of it, from 0 to 1.

    Examples
    --------
    >>> grey = KnobColours(*(np.full(3, tone, np.float32) for tone in (0, 0.1, 0.2, 0.3, 0.4, 0.9, 0.9, 1)))
    >>> one = np.array([[0, 0, 1, 0]], np.float32)
    >>> picture = paint_knobs((40, 40), WallView((20, 20), 40.0), one, 1, grey)
    >>> bool(picture[12, 20, 0] > picture[28, 20, 0] + 50)  # its mark points up
    True
    """
    picture = np.empty((size[1], size[0], 4), np.uint8)
    sweep = sweep or Sweep()
    seen = np.array([*view.middle, view.pitch, view.lean, view.lit], np.float32)
    band = np.array([sweep.at, max(sweep.width, 1e-3), sweep.slant, sweep.strength], np.float32)
    knobs = np.ascontiguousarray(knobs, np.float32)
    _paint(picture, seen, knobs, columns, colours.rows(), band, np.array(tint, np.float32))
    return picture


@njit(inline="always")
def _mix(rgb: Any, colour: Any, part: float) -> None:
    """Bring a tone nearer to a colour, by a part of the way."""
    for c in range(3):
        rgb[c] += (colour[c] - rgb[c]) * part


@njit(cache=True, nogil=True, fastmath=True)
def _paint(
    picture: NDArray[np.uint8], view: Floats, knobs: Floats, columns: int, colours: Floats, band: Floats, tint: Floats
) -> None:
    height, width = picture.shape[:2]
    rows = (len(knobs) + columns - 1) // columns
    middle_x, middle_y, pitch, lit = view[0], view[1], view[2], view[4]
    sine, cosine = math.sin(view[3]), math.cos(view[3])
    # Of a wall that leans back, the face of a knob is seen farther up than its foot.
    rise = _TALL * sine / cosine
    page, plate, green, light = colours[0], colours[1], colours[6], colours[7]
    noise, rgb = np.empty(width, np.float32), np.empty(3, np.float32)
    for y in range(height):
        grain(y, noise)
        up = (middle_y - y - 0.5) / pitch
        # Where the ray through this row of pixels meets the wall, as far as it lies before the horizon.
        v = up * _FAR / max(_FAR * cosine - up * sine, 0.05 * _FAR)
        zoom = (_FAR + v * sine) / _FAR
        pixel = zoom / pitch / RADIUS
        mist = min(max(1.9 - 0.9 * zoom, 0.0), 1.0)
        at_row = (rows - 1) * 0.5 - v
        j = math.floor(at_row + 0.5)
        for x in range(width):
            u = (x + 0.5 - middle_x) / pitch * zoom
            at_column = u + (columns - 1) * 0.5
            # The plate, which ends softly: lit above its middle, and by the light that sweeps over it.
            beyond_x, beyond_y = max(abs(u) - columns * 0.5, 0.0), max(abs(v) - rows * 0.5, 0.0)
            edge = math.exp(-(beyond_x * beyond_x + beyond_y * beyond_y) * 0.10)
            pool = math.exp(-u * u / (columns * columns * 0.2) - (v - rows * 0.15) ** 2 / (rows * rows * 0.45))
            from_band = (u - v * band[2] - band[0]) / band[1]
            # Steep where it comes, with a long tail behind.
            air = math.exp(-0.30 * math.sqrt(beyond_x * beyond_x + beyond_y * beyond_y))
            shine = band[3] * math.exp(-from_band * from_band * (3.0 if from_band > 0 else 0.40)) * mist * air
            for c in range(3):
                rgb[c] = page[c]
            _mix(rgb, plate, lit * (0.35 + 0.65 * pool) * edge * mist)
            _mix(rgb, light, 0.17 * shine)
            i = math.floor(at_column + 0.5)
            # The knob that stands here; and the one below, which is nearer, where it is seen to reach up here.
            for k in range(j, j + (2 if rise > 0 else 1)):
                index = k * columns + i
                dx, dy = (at_column - i) / RADIUS, (k - at_row) / RADIUS
                # What stands upright is upright in the picture, wherever in it.
                dx -= min(max(dy, 0.0), rise) * u / zoom * sine / _FAR
                if dy > 1.6 + rise or not (0 <= i < columns and 0 <= k < rows and index < len(knobs)):
                    continue
                if knobs[index, _SEEN] > 0.002:
                    bright = (0.74 + 0.26 * pool) * mist
                    _add_knob(rgb, knobs[index], dx, dy, rise, pixel, bright, shine, colours)
                    if abs(knobs[index, _ARC]) > 0.01:
                        _add_arrow(rgb, knobs[index], dx, dy - rise, pixel, green, 0.5 + 0.5 * mist)
            _mix(rgb, tint, tint[3] * (0.35 + 0.65 * pool) * air)
            for c in range(3):
                picture[y, x, c] = np.uint8(min(min(max(rgb[c], 0.0), 1.0) * 255.0 + noise[x], 255.0))
            picture[y, x, 3] = 255


@njit(fastmath=True)
def _add_knob(
    rgb: Any, knob: Any, dx: float, dy: float, rise: float, pixel: float, bright: float, shine: float, colours: Any
) -> None:
    """Paint what one pixel shows of a knob: its shadow, its side, its rim with a grip, its face of turned metal."""
    page, side, edge, face, gold, light = colours[0], colours[2], colours[3], colours[4], colours[5], colours[7]
    angle, seen, glow = knob[_ANGLE], knob[_SEEN], knob[_GLOW]
    soft = max(pixel * 0.7, 0.012)
    cast_x, cast_y = dx + _FROM_X * 0.20, dy + _FROM_Y * 0.20
    shadow = 0.60 * seen * within(1.0, 0.26, math.sqrt(cast_x * cast_x + cast_y * cast_y))
    for c in range(3):
        rgb[c] *= 1 - shadow
    if rise > 0:
        # Its side, round and turned to the viewer: darker than the face, and darkest where the light does not come.
        at = dy - min(max(dy, 0.0), rise)
        wall = seen * within(1.0, soft, math.sqrt(dx * dx + at * at))
        round_ = 0.42 - 0.34 * dx + 0.20 * math.exp(-((dx + 0.45) ** 2) * 14)
        low = 0.55 + 0.45 * min(max((dy + math.sqrt(max(1 - dx * dx, 0.0))) / (rise + 1e-4), 0.0), 1.0)
        for c in range(3):
            tone = (side[c] * 0.55 + (edge[c] - side[c] * 0.55) * max(round_, 0.0)) * low
            dark = page[c] * 0.35
            tone = dark + (tone - dark) * bright
            tone += (light[c] - tone) * min(shine * 0.50 * max(round_, 0.0) * low, 0.8)
            rgb[c] += (tone - rgb[c]) * wall
        dy -= rise
    r = math.sqrt(dx * dx + dy * dy)
    sine, cosine = math.sin(angle), math.cos(angle)
    along, aside = dx * sine + dy * cosine, dx * cosine - dy * sine
    nearest = min(max(along, _MARK_FROM), _MARK_TO)
    from_mark = math.sqrt((along - nearest) ** 2 + aside * aside)
    halo = (0.12 + 0.73 * glow) * seen * math.exp(-from_mark * from_mark * (4.5 - 0.9 * glow))
    halo *= within(1.14, 0.24, max(abs(dx), abs(dy)))  # it ends where the next knob's place begins
    inside = seen * within(1.0, soft, r)
    if inside < 0.002:
        _glow(rgb, gold, light, halo, glow)
        # Marks of a scale, as long as there is room for them to be seen.
        if pixel < 0.10 and 1.10 < r < 1.30:
            mark = math.atan2(dx, dy) / 0.4
            off = abs(mark - math.floor(mark + 0.5)) * 0.4 * r
            if abs(mark) < 6.5:
                tick = within(0.016, soft, off) * within(1.26, soft, r) * within(-1.14, soft, -r)
                _mix(rgb, edge, 0.9 * tick * seen * (1 - pixel / 0.10))
        return
    away_x, away_y = dx / max(r, 1e-4), dy / max(r, 1e-4)
    toward = away_x * _FROM_X + away_y * _FROM_Y
    grip = 0.0
    if pixel < 0.06:
        ridges = math.cos((math.atan2(away_x, away_y) - angle) * 36)
        grip = 0.16 * ridges * (1 - pixel / 0.06) * within(-_FACE - 0.05, 0.04, -r)
    rim = within(-_FACE, soft + 0.02, -r)
    # Turned metal shines in two wedges, toward the light and away from it.
    wedge = 2 * toward * toward - 1
    wedge = wedge * wedge * wedge if wedge > 0 else 0.25 * wedge * wedge * wedge
    level = 1.12 + 0.28 * (dx * _FROM_X + dy * _FROM_Y) + 0.44 * wedge * r
    lip = math.exp(-(((r - _FACE) / (0.05 + soft)) ** 2)) * (0.35 + 0.60 * toward)
    lip = 0.8 * min(max(lip, 0.0), 1.0)
    flare = min(shine * (0.18 + 0.75 * max(wedge, 0.0) * r + 0.40 * max(toward, 0.0) * rim), 0.85)
    for c in range(3):
        tone = (side[c] + (edge[c] - side[c]) * max(0.5 + 0.5 * toward + grip, 0.0)) * rim + face[c] * level * (1 - rim)
        tone += (edge[c] - tone) * lip
        dark = page[c] * 0.35
        tone = dark + (tone - dark) * bright
        tone += (light[c] - tone) * flare
        rgb[c] += (tone - rgb[c]) * inside
    _glow(rgb, gold, light, halo, glow)
    lively = (0.80 + 0.20 * min(glow + shine, 1.0)) * math.sqrt(bright)
    _mix(rgb, gold, inside * within(_MARK_HALF, soft, from_mark) * lively)
    # At its brightest the middle of a mark is nearly white.
    _mix(rgb, light, inside * (0.04 + 0.80 * glow) * within(_MARK_HALF * 0.6, soft, from_mark))


@njit(inline="always")
def _glow(rgb: Any, gold: Any, light: Any, part: float, warm: float) -> None:
    """The glow of a mark: of its own colour, and the brighter the more of a lamp's."""
    for c in range(3):
        tone = gold[c] + (light[c] - gold[c]) * 0.95 * warm
        rgb[c] += (tone - rgb[c]) * part


@njit(fastmath=True)
def _add_arrow(rgb: Any, knob: Any, dx: float, dy: float, pixel: float, green: Any, bright: float) -> None:
    """Paint what one pixel shows of a knob's arrow: from where the mark points to where it is to turn."""
    r, soft = math.sqrt(dx * dx + dy * dy), max(pixel * 0.7, 0.012)
    if not 0.85 < r < 1.55:
        return
    arc = abs(knob[_ARC])
    turned = (math.atan2(dx, dy) - knob[_ANGLE]) * (1.0 if knob[_ARC] > 0 else -1.0)
    turned -= 2 * math.pi * math.floor((turned + 0.6) / (2 * math.pi))
    neck = max(arc - min(_HEAD, 0.45 * arc * _ARROW + 0.12) / _ARROW, 0.0)
    cover = 0.0
    if 0 <= turned <= neck:
        cover = within(_ARROW_HALF, soft, abs(r - _ARROW))
    elif neck < turned < arc:
        cover = within((arc - turned) * _ARROW * 0.58, soft, abs(r - _ARROW))
    beside = min(max(turned, 0.0), arc)
    off = (r - _ARROW) ** 2 + ((turned - beside) * _ARROW) ** 2
    _mix(rgb, green, max(cover, 0.26 * math.exp(-off * 36.0)) * knob[_SEEN] * min(arc * 6, 1.0) * bright)
