"""Beads and threads of light in a dark room: painted by numba, because there may be tens of thousands.

Light is added up in four planes, one for each hue, and then developed as on film: the brighter, the whiter. On paper,
in the light theme, the same planes are ink. Lengths are in pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.dither import grain

Floats = NDArray[np.float32]

#: How many hues of light there are, and for how many delays and places the light along threads is tabled.
HUES, DELAYS, PLACES = 4, 16, 256
#: How far the glow of a bead reaches, in its radii, and how bright it is.
_REACH, _GLOW = 3.6, 0.30
#: Steps along a thread that are looked for in the picture at once.
_STRETCH = 48


def _none(columns: int) -> Floats:
    return np.zeros((0, columns), np.float32)


@dataclass(frozen=True)
class Threads:
    """Threads of light, each a curve of the second order.

    Attributes
    ----------
    curves
        ``(m, 6)``, of each: where it begins, the point that it bends toward, where it ends.
    delays
        ``(m,)``, which row of the tables of light is its own.
    strengths
        ``(m, HUES)``, how much light of each hue it carries.
    light
        ``(DELAYS, HUES, PLACES)``, how bright each hue is along a thread, from its beginning to its end.
    """

    curves: Floats = field(default_factory=lambda: _none(6))
    delays: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    strengths: Floats = field(default_factory=lambda: _none(HUES))
    light: Floats = field(default_factory=lambda: np.zeros((DELAYS, HUES, PLACES), np.float32))


@dataclass(frozen=True)
class Film:
    """What light is developed on.

    Attributes
    ----------
    page
        ``(3,)``, where no light falls, from 0 to 1.
    hues
        ``(HUES, 3)``, the colour of each hue.
    ink
        Whether it is paper, and the light is ink.
    """

    page: Floats
    hues: Floats
    ink: bool = False


def paint_beads(
    size: tuple[int, int], beads: Floats, threads: Threads | list[Threads], film: Film
) -> NDArray[np.uint8]:
    """``(H, W, 4)``, the picture of beads and threads.

    Parameters
    ----------
    size
        Width and height in pixels.
    beads
        ``(n, 4 + HUES)``, of each: column and row of its middle, radius, by how much it is out of focus, and its light
        in each hue; the farthest first.
    threads
        Threads of light, in one or several bundles.
    film
        What all of it is developed on.

    Examples
    --------
    >>> white = Film(np.zeros(3, np.float32), np.ones((HUES, 3), np.float32))
    >>> one = np.array([[20, 20, 8, 0, 1, 0, 0, 0]], np.float32)
    >>> picture = paint_beads((40, 40), one, Threads(), white)
    >>> bool(picture[20, 20, 0] > 100), int(picture[2, 2, 0])
    (True, 0)
    """
    light = np.zeros((size[1], size[0], HUES), np.float32)
    for bundle in threads if isinstance(threads, list) else [threads]:
        _add_threads(
            light,
            np.ascontiguousarray(bundle.curves, np.float32),
            bundle.delays,
            np.ascontiguousarray(bundle.strengths, np.float32),
            np.ascontiguousarray(bundle.light.transpose(0, 2, 1), np.float32),
        )
    _add_beads(light, np.ascontiguousarray(beads, np.float32))
    picture = np.empty((size[1], size[0], 4), np.uint8)
    develop = _develop_ink if film.ink else _develop_light
    develop(picture, light, film.page.astype(np.float32), film.hues.astype(np.float32))
    return picture


@njit(cache=True, nogil=True, fastmath=True)
def _add_threads(light: Floats, curves: Floats, delays: NDArray[np.int64], strengths: Floats, tables: Floats) -> None:
    """Lay each thread, a step for each pixel of its length, softly on the four pixels round each step."""
    height, width = light.shape[:2]
    one, half, two = np.float32(1), np.float32(0.5), np.float32(2)
    for m in range(len(curves)):
        ax, ay, bx, by, cx, cy = curves[m]
        length = math.hypot(bx - ax, by - ay) + math.hypot(cx - bx, cy - by)
        steps = int(length * 0.9) + 2
        step = one / np.float32(steps - 1)
        strength, table = strengths[m], tables[delays[m]]
        # A curve of the second order is nowhere faster than twice its mean: half a stretch is no longer than this.
        away = np.float32(_STRETCH / 0.9)
        for first in range(0, steps, _STRETCH):
            # Close up most of a thread is not in the picture.
            t = (np.float32(first) + half * np.float32(_STRETCH)) * step
            p, q, r = (one - t) * (one - t), two * t * (one - t), t * t
            x, y = p * ax + q * bx + r * cx, p * ay + q * by + r * cy
            if x < -away or y < -away or x > width + away or y > height + away:
                continue
            for s in range(first, min(first + _STRETCH, steps)):
                t = np.float32(s) * step
                p, q, r = (one - t) * (one - t), two * t * (one - t), t * t
                x, y = p * ax + q * bx + r * cx - half, p * ay + q * by + r * cy - half
                if x < 0 or y < 0 or x >= width - 1 or y >= height - 1:
                    continue
                i, j = int(y), int(x)
                u, v = x - np.float32(j), y - np.float32(i)
                shine, upper, lower = table[int(t * np.float32(PLACES - 1))], light[i], light[i + 1]
                for h in range(1, HUES):
                    amount = strength[h] * shine[h]
                    above, below = amount * (one - v), amount * v
                    upper[j, h] += above * (one - u)
                    upper[j + 1, h] += above * u
                    lower[j, h] += below * (one - u)
                    lower[j + 1, h] += below * u


@njit(cache=True, nogil=True, fastmath=True)
def _add_beads(light: Floats, beads: Floats) -> None:
    """Lay each bead: a ball of glass with light in it, a rim, a glint, and a glow round it; soft where out of focus.

    The first is farthest away: a large one hides what is behind it.
    """
    height, width = light.shape[:2]
    one = np.float32(1)
    for n in range(len(beads)):
        x, y, radius, blur = beads[n, 0], beads[n, 1], beads[n, 2], beads[n, 3]
        hues = beads[n, 4:]
        total = hues[0] + hues[1] + hues[2] + hues[3]
        if total < 1e-4 or radius < 1e-3:
            continue
        wide = np.float32(math.sqrt(radius * radius + blur * blur + 0.35))
        # What is spread over more pixels is dimmer by as much.
        dim = radius * radius / (wide * wide)
        glowing = np.float32(1 + min(_REACH - 1, float(60.0 / wide)))
        soft = np.float32(max(0.8, 0.75 * blur) / wide)
        reach = wide * max(glowing, one + soft)
        left, right = max(int(x - reach), 0), min(int(x + reach) + 2, width)
        top, bottom = max(int(y - reach), 0), min(int(y + reach) + 2, height)
        glass = np.float32(min(max((radius - 2.5) / 5.0, 0.0), 1.0)) * radius / wide
        solid = np.float32(0.94) * glass * glass
        per_wide, per_glow, per_soft = one / wide, one / glowing, np.float32(0.5) / soft
        glow, flame = np.float32(_GLOW), np.float32(1.15) * (one - glass)
        for i in range(top, bottom):
            dy = (np.float32(i) + np.float32(0.5) - y) * per_wide
            row = light[i]
            for j in range(left, right):
                dx = (np.float32(j) + np.float32(0.5) - x) * per_wide
                r2 = dx * dx + dy * dy
                r = np.float32(math.sqrt(r2))
                left_of_glow = max(one - r * per_glow, np.float32(0))
                tone = glow * left_of_glow * left_of_glow * left_of_glow
                if r < one + soft:
                    inside = min((one + soft - r) * per_soft, one)
                    inside = inside * inside * (np.float32(3) - np.float32(2) * inside)
                    if glass > 0.02:
                        lens = _lens(dx, dy, r2)
                        glint = _glint(dx, dy) * glass * inside
                        for h in range(HUES):
                            row[j, h] *= one - solid * inside
                        row[j, 0] += np.float32(0.9) * glint * dim * min(total, one)
                        tone += inside * lens * glass
                    if glass < 0.98:
                        tone += inside * flame * np.float32(math.exp(np.float32(-1.3) * r2))
                tone *= dim
                for h in range(HUES):
                    row[j, h] += hues[h] * tone


@njit(cache=True, nogil=True, fastmath=True)
def _lens(dx: np.float32, dy: np.float32, r2: np.float32) -> np.float32:
    """How bright a ball of glass is at a place within it: its light is gathered below to the right, and at its rim."""
    right, down = dx - np.float32(0.16), dy - np.float32(0.22)
    gathered = np.float32(math.exp(np.float32(-2.8) * (right * right + down * down)))
    return np.float32(0.18) + np.float32(1.75) * gathered + np.float32(0.55) * r2 * r2 * r2


@njit(cache=True, nogil=True, fastmath=True)
def _glint(dx: np.float32, dy: np.float32) -> np.float32:
    """How bright the lamp is that is mirrored in it, above to the left."""
    right, down = dx + np.float32(0.36), dy + np.float32(0.40)
    return np.float32(math.exp(np.float32(-42.0) * (right * right + down * down)))


@njit(cache=True, nogil=True, fastmath=True)
def _develop_light(picture: NDArray[np.uint8], light: Floats, page: Floats, hues: Floats) -> None:
    """Light on a dark page: the more there is of it, the whiter."""
    height, width = picture.shape[:2]
    noise, one, full = np.empty(width, np.float32), np.float32(1), np.float32(255)
    for i in range(height):
        grain(i, noise)
        for j in range(width):
            a, b, c, d = light[i, j, 0], light[i, j, 1], light[i, j, 2], light[i, j, 3]
            for k in range(3):
                given = a * hues[0, k] + b * hues[1, k] + c * hues[2, k] + d * hues[3, k]
                tone = page[k]
                if given > 1e-5:
                    tone += (one - tone) * (one - np.float32(math.exp(-given)))
                picture[i, j, k] = np.uint8(min(tone * full + noise[j], full))
            picture[i, j, 3] = 255


@njit(cache=True, nogil=True, fastmath=True)
def _develop_ink(picture: NDArray[np.uint8], light: Floats, page: Floats, hues: Floats) -> None:
    """Ink covers the paper, and where there is much of it, it is deeper."""
    height, width = picture.shape[:2]
    noise = np.empty(width, np.float32)
    for i in range(height):
        grain(i, noise)
        for j in range(width):
            a, b, c, d = light[i, j, 0], light[i, j, 1], light[i, j, 2], light[i, j, 3]
            total = a + b + c + d
            cover, deep = 0.0, 1.0
            if total > 1e-5:
                cover = 1 - math.exp(-1.35 * total)
                deep = 1 - 0.45 * (1 - math.exp(-0.7 * max(total - 0.8, 0.0)))
            for k in range(3):
                tone = page[k]
                if total > 1e-5:
                    given = a * hues[0, k] + b * hues[1, k] + c * hues[2, k] + d * hues[3, k]
                    tone += (given / total * deep - tone) * cover
                picture[i, j, k] = np.uint8(min(tone * 255.0 + noise[j], 255.0))
            picture[i, j, 3] = 255
