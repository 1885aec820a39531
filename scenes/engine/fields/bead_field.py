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
    light = np.zeros((HUES, size[1], size[0]), np.float32)
    for bundle in threads if isinstance(threads, list) else [threads]:
        _add_threads(
            light,
            np.ascontiguousarray(bundle.curves, np.float32),
            bundle.delays,
            np.ascontiguousarray(bundle.strengths, np.float32),
            np.ascontiguousarray(bundle.light, np.float32),
        )
    _add_beads(light, np.ascontiguousarray(beads, np.float32))
    picture = np.empty((size[1], size[0], 4), np.uint8)
    _develop(picture, light, film.page.astype(np.float32), film.hues.astype(np.float32), film.ink)
    return picture


@njit(cache=True, nogil=True, fastmath=True)
def _add_threads(light: Floats, curves: Floats, delays: NDArray[np.int64], strengths: Floats, tables: Floats) -> None:
    """Lay each thread, a step for each pixel of its length, softly on the four pixels round each step."""
    height, width = light.shape[1:]
    for m in range(len(curves)):
        ax, ay, bx, by, cx, cy = curves[m]
        length = math.hypot(bx - ax, by - ay) + math.hypot(cx - bx, cy - by)
        steps = int(length * 0.9) + 2
        for s in range(steps):
            t = s / (steps - 1)
            p, q, r = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
            x, y = p * ax + q * bx + r * cx - 0.5, p * ay + q * by + r * cy - 0.5
            i, j = math.floor(y), math.floor(x)
            if i < 0 or j < 0 or i >= height - 1 or j >= width - 1:
                continue
            u, v, place = x - j, y - i, int(t * (PLACES - 1))
            for h in range(1, HUES):
                amount = strengths[m, h] * tables[delays[m], h, place]
                if amount > 1e-5:
                    light[h, i, j] += amount * (1 - u) * (1 - v)
                    light[h, i, j + 1] += amount * u * (1 - v)
                    light[h, i + 1, j] += amount * (1 - u) * v
                    light[h, i + 1, j + 1] += amount * u * v


@njit(cache=True, nogil=True, fastmath=True)
def _add_beads(light: Floats, beads: Floats) -> None:
    """Lay each bead: a ball of glass with light in it, a rim, a glint, and a glow round it; soft where out of focus.

    The first is farthest away: a large one hides what is behind it.
    """
    height, width = light.shape[1:]
    for n in range(len(beads)):
        x, y, radius, blur = beads[n, 0], beads[n, 1], beads[n, 2], beads[n, 3]
        total = beads[n, 4] + beads[n, 5] + beads[n, 6] + beads[n, 7]
        if total < 1e-4 or radius < 1e-3:
            continue
        wide = math.sqrt(radius * radius + blur * blur + 0.35)
        # What is spread over more pixels is dimmer by as much.
        dim = radius * radius / (wide * wide)
        glowing = 1 + min(_REACH - 1, 60.0 / wide)
        soft = max(0.8, 0.75 * blur) / wide
        reach = wide * max(glowing, 1 + soft)
        left, right = max(int(x - reach), 0), min(int(x + reach) + 2, width)
        top, bottom = max(int(y - reach), 0), min(int(y + reach) + 2, height)
        glass = min(max((radius - 2.5) / 5.0, 0.0), 1.0) * radius / wide
        solid = 0.94 * glass * glass
        for i in range(top, bottom):
            dy = (i + 0.5 - y) / wide
            for j in range(left, right):
                dx = (j + 0.5 - x) / wide
                r2 = dx * dx + dy * dy
                r = math.sqrt(r2)
                left_of_glow = max(1 - r / glowing, 0.0)
                tone = _GLOW * left_of_glow * left_of_glow * left_of_glow
                glint = 0.0
                if r < 1 + soft:
                    inside = min((1 + soft - r) / (2 * soft), 1.0)
                    inside = inside * inside * (3 - 2 * inside)
                    if glass > 0.02:
                        for h in range(HUES):
                            light[h, i, j] *= 1 - solid * inside
                        lens = (
                            0.18 + 1.75 * math.exp(-2.8 * ((dx - 0.16) ** 2 + (dy - 0.22) ** 2)) + 0.55 * r2 * r2 * r2
                        )
                        glint = math.exp(-((dx + 0.36) ** 2 + (dy + 0.40) ** 2) * 42.0) * glass * inside
                        tone += inside * lens * glass
                    if glass < 0.98:
                        tone += inside * 1.15 * math.exp(-1.3 * r2) * (1 - glass)
                if tone > 1e-4:
                    for h in range(HUES):
                        light[h, i, j] += beads[n, 4 + h] * tone * dim
                    light[0, i, j] += 0.9 * glint * dim * min(total, 1.0)


@njit(cache=True, nogil=True, fastmath=True)
def _develop(picture: NDArray[np.uint8], light: Floats, page: Floats, hues: Floats, ink: bool) -> None:
    height, width = picture.shape[:2]
    noise = np.empty(width, np.float32)
    for i in range(height):
        grain(i, noise)
        for j in range(width):
            a, b, c, d = light[0, i, j], light[1, i, j], light[2, i, j], light[3, i, j]
            total = a + b + c + d
            # Ink covers the paper, and where there is much of it, it is deeper.
            cover = 1 - math.exp(-1.35 * total)
            deep = 1 - 0.45 * (1 - math.exp(-0.7 * max(total - 0.8, 0.0)))
            for k in range(3):
                tone = page[k]
                if total > 1e-5:
                    given = a * hues[0, k] + b * hues[1, k] + c * hues[2, k] + d * hues[3, k]
                    if ink:
                        tone += (given / total * deep - tone) * cover
                    else:
                        tone += (1 - tone) * (1 - math.exp(-given))
                picture[i, j, k] = np.uint8(min(tone * 255.0 + noise[j], 255.0))
            picture[i, j, 3] = 255
