"""Darts, painted into a picture of a wall: point, barrel, shaft and flights, each lit, and its shadow on the wall."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from scenes.engine.dartboard.view import WallView, nearness

Floats = NDArray[np.float32]

#: A dart from its point on, in centimetres: where the barrel, the shaft and the flights begin, and where it ends.
_BARREL, _SHAFT, _FLIGHT, _END = 3.0, 8.2, 11.4, 15.6
#: Half the thickness of needle, barrel and shaft; and how far a flight stands out.
_NEEDLE_HALF, _BARREL_HALF, _SHAFT_HALF, _FIN = 0.11, 0.36, 0.22, 2.25
#: Outline of a flight: how far along the dart, and how far out, as parts of its length and of its width.
_FIN_SHAPE = np.array([[0.0, 0.0], [0.22, 1.0], [0.78, 1.0], [1.0, 0.42], [1.0, 0.0]])
#: Steel, dark grip, shaft.
_METAL = np.array([[0.74, 0.76, 0.80], [0.30, 0.31, 0.34], [0.13, 0.13, 0.15]], np.float32)
#: How far into the wall a dart that sticks is, in centimetres.
_DEEP = 1.6


def paint_darts(
    picture: Floats,
    view: WallView,
    tips: ArrayLike,
    ways: ArrayLike,
    *,
    size: float,
    colours: ArrayLike,
    light: ArrayLike,
    seen: ArrayLike,
    shadow: float,
    shadow_way: tuple[float, float],
    roll: ArrayLike,
) -> None:
    """Paint darts into a picture, ``(H, W, 3)`` of floats from 0 to 1, in place; those that are nearer lie over others.

    Parameters
    ----------
    tips, ways
        ``(n, 3)`` each: where their points are, in centimetres right, up and from the wall; and which way they fly.
    size
        How many times as large they are drawn as they are.
    colours
        ``(n, 3)``, of their flights.
    light
        ``(n,)``, how much light falls on each, from 0 to 1.
    seen
        ``(n,)``, how opaque each is.
    shadow, shadow_way
        How dark their shadows on the wall are, and where a shadow lies of what is a centimetre from the wall.
    roll
        ``(n,)``, by how much they are turned about themselves, in radians.
    """
    tips, ways = (np.asarray(each, np.float64).reshape(-1, 3) for each in (tips, ways))
    colours = np.broadcast_to(np.asarray(colours, np.float32), (len(tips), 3))
    light, seen, roll = (np.broadcast_to(np.asarray(each, np.float64), (len(tips),)) for each in (light, seen, roll))
    order = np.argsort(tips[:, 2], kind="stable")
    if shadow > 0.003 and len(tips):
        # Where shadows meet it is no darker than in one of them.
        dark = np.zeros(picture.shape[:2], np.float32)
        for index in order:
            if seen[index] > 0.003:
                _shadow(dark, view, tips[index], ways[index], size, float(shadow * seen[index]), shadow_way)
        _darken(picture, dark)
    for index in order:
        if seen[index] > 0.003:
            _dart(
                picture,
                view,
                tips[index],
                ways[index],
                size,
                colours[index],
                float(light[index]),
                float(seen[index]),
                float(roll[index]),
            )


def _along(tip: Any, way: Any, size: float, *far: float) -> NDArray[np.float64]:
    """``(n, 3)``, points of a dart so far from its point, in centimetres of a dart of its own size."""
    return np.asarray(tip - way * (np.array(far) * size)[:, None])


def _shadow(
    dark: Floats, view: WallView, tip: Any, way: Any, size: float, strength: float, shadow_way: tuple[float, float]
) -> None:
    points = _along(tip, way, size, 0.0, _BARREL, _SHAFT, _FLIGHT, _END)
    flat = points[:, :2] + np.maximum(points[:, 2], 0)[:, None] * np.array(shadow_way)
    spots = view.pixels(flat).astype(np.float32)
    # The farther from the wall, the softer.
    soft = (0.16 + 0.035 * np.maximum(points[:, 2], 0)) * view.scale * min(size, 1.5)
    half = np.array([_NEEDLE_HALF, _BARREL_HALF, _SHAFT_HALF, _FIN * 0.55, _FIN * 0.4]) * size * view.scale
    for k in range(4):
        one, other = (float(max(half[k], half[k + 1 if k != 2 else k])), float(soft[k + 1]))
        _smudge(dark, spots[k], spots[k + 1], one, other, strength * (0.85 if k < 3 else 0.65))


def _dart(
    picture: Floats,
    view: WallView,
    tip: Any,
    way: Any,
    size: float,
    colour: Floats,
    light: float,
    seen: float,
    roll: float,
) -> None:
    stuck = _DEEP if tip[2] < 0.5 else 0.0
    points = _along(tip, way, size, stuck, _BARREL, _SHAFT, _FLIGHT, _END)
    spots = view.pixels(points)
    scale = nearness(points[:, 2]) * view.scale * size
    # Two axes across the dart, turned about it.
    side = np.cross(way, [0.0, 1.0, 0.0])
    side /= max(float(np.linalg.norm(side)), 1e-9)
    up = np.cross(side, way)
    axes = [side * math.cos(roll + k * math.pi / 2) + up * math.sin(roll + k * math.pi / 2) for k in range(4)]
    parts = (
        (0, 1, _NEEDLE_HALF, _METAL[0], 0.35),
        (1, 2, _BARREL_HALF, _METAL[0], 1.0),
        (2, 4, _SHAFT_HALF, _METAL[2], 0.5),
    )
    for first, last, half, metal, gloss in parts:
        wide = float(half * scale[[first, last]].mean())
        ends = spots[[first, last]].astype(np.float32)
        _rod(picture, ends[0], ends[1], wide, metal, light, seen, gloss)
    # Flights: the farther ones first.
    eye = np.array([0.25, 0.55, 0.8])
    for axis in sorted(axes, key=lambda axis: float(axis[2])):
        along = _FLIGHT + _FIN_SHAPE[:, 0] * (_END - _FLIGHT)
        outline = tip - way * (along * size)[:, None] + axis * (_FIN_SHAPE[:, 1:] * _FIN * size)
        face = np.cross(way, axis)
        bright = 0.62 + 0.38 * abs(float(face @ eye)) + 0.22 * float(axis[1])
        fin = view.pixels(outline).astype(np.float32)
        _fill(picture, fin, (colour * np.float32(bright)).astype(np.float32), light, seen * 0.96)


@njit(cache=True, nogil=True, fastmath=True)
def _smudge(dark: Floats, a: Floats, b: Floats, half: float, soft: float, strength: float) -> None:
    """Let it be as dark near a line, softly, unless it is darker already: ``(H, W)``, from 0 to 1."""
    height, width = dark.shape
    room = half + 2.2 * soft + 1
    x0, x1 = max(int(min(a[0], b[0]) - room), 0), min(int(max(a[0], b[0]) + room) + 1, width)
    y0, y1 = max(int(min(a[1], b[1]) - room), 0), min(int(max(a[1], b[1]) + room) + 1, height)
    ux, uy = b[0] - a[0], b[1] - a[1]
    length = max(ux * ux + uy * uy, 1e-6)
    for y in range(y0, y1):
        for x in range(x0, x1):
            dx, dy = x + 0.5 - a[0], y + 0.5 - a[1]
            t = min(max((dx * ux + dy * uy) / length, 0.0), 1.0)
            d = math.sqrt((dx - t * ux) ** 2 + (dy - t * uy) ** 2)
            beyond = max(d - half * 0.6, 0.0) / soft
            dark[y, x] = max(dark[y, x], strength * 0.72 * math.exp(-beyond * beyond))


@njit(cache=True, nogil=True, fastmath=True)
def _darken(picture: Floats, dark: Floats) -> None:
    """Darken a picture, ``(H, W, 3)``, where ``dark`` says."""
    for y in range(dark.shape[0]):
        for x in range(dark.shape[1]):
            if dark[y, x] > 0.002:
                for c in range(3):
                    picture[y, x, c] *= 1 - dark[y, x]


@njit(cache=True, nogil=True, fastmath=True)
def _rod(
    picture: Floats, a: Floats, b: Floats, half: float, metal: Floats, light: float, seen: float, gloss: float
) -> None:
    """A round rod between two points, lit from above and the left, with a shine along it."""
    height, width = picture.shape[:2]
    room = half + 1.5
    x0, x1 = max(int(min(a[0], b[0]) - room), 0), min(int(max(a[0], b[0]) + room) + 1, width)
    y0, y1 = max(int(min(a[1], b[1]) - room), 0), min(int(max(a[1], b[1]) + room) + 1, height)
    ux, uy = b[0] - a[0], b[1] - a[1]
    length = max(math.sqrt(ux * ux + uy * uy), 1e-3)
    ux, uy = ux / length, uy / length
    # Across it, toward the light: up in the picture is less.
    nx, ny = -uy, ux
    if ny > 0 or (ny == 0 and nx > 0):
        nx, ny = -nx, -ny
    for y in range(y0, y1):
        for x in range(x0, x1):
            dx, dy = x + 0.5 - a[0], y + 0.5 - a[1]
            t = min(max(dx * ux + dy * uy, 0.0), length)
            d = math.sqrt((dx - t * ux) ** 2 + (dy - t * uy) ** 2)
            cover = seen * min(max(half + 0.5 - d, 0.0), 1.0) * min(2 * half, 1.0)
            if cover <= 0:
                continue
            across = min(max((dx * nx + dy * ny) / max(half, 0.5), -1.0), 1.0)
            tone = 0.42 + 0.38 * across + gloss * 0.75 * math.exp(-(((across - 0.42) / 0.24) ** 2))
            if gloss > 0.9:  # rings of the grip
                tone *= 0.80 + 0.20 * math.cos(t / max(half, 0.6) * 4.2)
            for c in range(3):
                picture[y, x, c] += (metal[c] * tone * light - picture[y, x, c]) * cover


@njit(cache=True, nogil=True, fastmath=True)
def _fill(picture: Floats, outline: Floats, colour: Floats, light: float, seen: float) -> None:
    """A filled polygon, its edge as soft as a pixel: by the distance from it."""
    height, width = picture.shape[:2]
    count = len(outline)
    x0, x1 = max(int(outline[:, 0].min()) - 1, 0), min(int(outline[:, 0].max()) + 2, width)
    y0, y1 = max(int(outline[:, 1].min()) - 1, 0), min(int(outline[:, 1].max()) + 2, height)
    for y in range(y0, y1):
        for x in range(x0, x1):
            px, py = x + 0.5, y + 0.5
            inside, nearest = False, 1e9
            for k in range(count):
                ax, ay = outline[k, 0], outline[k, 1]
                bx, by = outline[(k + 1) % count, 0], outline[(k + 1) % count, 1]
                if (ay > py) != (by > py) and px < (bx - ax) * (py - ay) / (by - ay) + ax:
                    inside = not inside
                ux, uy = bx - ax, by - ay
                t = min(max(((px - ax) * ux + (py - ay) * uy) / max(ux * ux + uy * uy, 1e-6), 0.0), 1.0)
                nearest = min(nearest, (px - ax - t * ux) ** 2 + (py - ay - t * uy) ** 2)
            edge = math.sqrt(nearest)
            cover = seen * min(max(0.5 + (edge if inside else -edge), 0.0), 1.0)
            if cover <= 0:
                continue
            # A little lighter along its edge, where the paper is cut.
            rim = 1 + 0.45 * math.exp(-(edge / 1.6) * (edge / 1.6))
            for c in range(3):
                picture[y, x, c] += (min(colour[c] * rim, 1.0) * light - picture[y, x, c]) * cover
