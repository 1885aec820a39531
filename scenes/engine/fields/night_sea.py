"""Lights on black water, with their glow and their reflections: painted pixel by pixel, compiled by numba.

Light is added up in three kinds, each with a colour of its own, and laid over a sea and a sky that are painted once.
Lengths are in pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from scenes.engine.dither import grain

Floats = NDArray[np.float32]

#: The numbers of a light: column and row of its place on the water, its radius, how high above the water it hangs, and
#: how much light of each of the three kinds it gives.
COLUMN, ROW, SIZE, HIGH, FIRST = range(5)
#: How many radii the halo of a light is wide, and its reflection long.
_HALO, _LONG = 7.0, 17.0
#: The glow of all of them together is worked out on a picture so many times smaller.
_COARSE = 8
#: From this exponent on, what falls off is nothing in eight bits.
_UNSEEN = 9.0
#: So little light, all kinds together, is shown as it is.
_DIM = 0.002
#: The side of the square of noise that ripples are made of.
_NOISE = 256


@dataclass(frozen=True)
class SeaLook:
    """What a sea and its sky are painted with: colours ``(3,)`` each, from 0 to 1.

    Attributes
    ----------
    zenith, horizon
        Of the sky, above and where it ends.
    far, near
        Of the water, where it begins and at the lower edge.
    band
        A glow that lies on the horizon.
    stars
        How bright they are, from 0.
    """

    zenith: Floats
    horizon: Floats
    far: Floats
    near: Floats
    band: Floats
    stars: float = 0.0

    def toward(self, other: SeaLook, fraction: float) -> SeaLook:
        """The look at ``fraction`` of the way to ``other``."""
        mixed = {name: value + (getattr(other, name) - value) * fraction for name, value in vars(self).items()}
        return SeaLook(**mixed)

    def key(self) -> tuple[float, ...]:
        """What is equal for equal looks, to a thousandth."""
        colours = np.concatenate([self.zenith, self.horizon, self.far, self.near, self.band, [self.stars]])
        return tuple(np.round(colours.astype(float), 3).tolist())


def paint_sea(
    size: tuple[int, int],
    horizon: float,
    look: SeaLook,
    lights: Floats,
    colours: Floats,
    time: float = 0.0,
    covers: float = 0.0,
    path: tuple[float, float] = (0.0, 0.0),
) -> NDArray[np.uint8]:
    """``(H, W, 4)``, lights on the water under a sky.

    Parameters
    ----------
    size
        Width and height.
    horizon
        The row where the water begins.
    look
        Of sea and sky.
    lights
        ``(n, 7)``, of each: column, row, radius, height above the water, and how much of each kind of light it gives.
    colours
        ``(3, 3)``, of each kind, from 0 to 1.
    time
        Seconds: ripples move with it.
    covers
        0 where light is added to what is dark; 1 where it is laid over what is bright, as ink is.
    path
        A path of glitter from the horizon down: its column, and how bright it is, of the third kind of light.

    Examples
    --------
    >>> black = SeaLook(*(np.zeros(3, np.float32) for _ in range(5)))
    >>> one = np.array([[32, 40, 2, 4, 1, 0, 0]], np.float32)
    >>> white = np.ones((3, 3), np.float32)
    >>> picture = paint_sea((64, 64), 20, black, one, white)
    >>> bool(picture[36, 32, 0] > 200), bool(picture[36, 4, 0] < 30)
    (True, True)
    """
    width, height = size
    # Ripples move by whole steps: a clock that was set, not played, may be a hair off, and is to show the same.
    time = round(time, 3)
    ground = _ground(size, round(horizon, 1), look.key())
    light = np.zeros((height, width, 3), np.float32)
    _shine(light, np.ascontiguousarray(lights, np.float32), _ripples(), time, horizon)
    glow = _glow(light)
    if path[1] > 0:
        _glitter(light, path[0], path[1], _ripples(), time, horizon)
    picture = np.empty((height, width, 4), np.uint8)
    _lay(picture, ground, light, glow, np.asarray(colours, np.float32), _ripples(), time, horizon, covers)
    return picture


@lru_cache(maxsize=1)
def _ripples() -> Floats:
    """``(256, 256)``, noise that repeats without a seam, from -1 to 1: waves longer than they are high."""
    noise = np.random.default_rng(5).standard_normal((_NOISE, _NOISE))
    smooth = gaussian_filter(noise, (1.6, 4.5), mode="wrap") + 0.5 * gaussian_filter(noise, (0.9, 2.0), mode="wrap") / 2
    return np.asarray(np.clip(smooth / (2.2 * smooth.std()), -1, 1), np.float32)


@lru_cache(maxsize=3)
def _ground(size: tuple[int, int], horizon: float, key: tuple[float, ...]) -> Floats:
    """``(H, W, 3)``, sea and sky without lights."""
    width, height = size
    zenith, edge, far, near, band = np.array(key[:15], np.float32).reshape(5, 3)
    rows = np.arange(height, dtype=np.float32)
    above = np.clip((horizon - rows) / max(horizon, 1), 0, 1)[:, None]
    below = np.clip((rows - horizon) / max(height - horizon, 1), 0, 1)[:, None]
    sky = edge + (zenith - edge) * above**0.65
    water = far + (near - far) * below**0.55
    column = np.where(rows[:, None] < horizon, sky, water)
    across = (np.arange(width, dtype=np.float32) / width - 0.5)[None, :, None]
    lies = np.exp(-np.abs(rows - horizon) / (0.075 * height))[:, None, None]
    away = np.where(rows < horizon, 1.0, 0.55)[:, None, None]
    ground = column[:, None] + band * lies * away * np.exp(-((across / 0.42) ** 2))
    if key[15] > 0:
        _put_stars(ground, horizon, key[15])
    return np.ascontiguousarray(ground, np.float32)


def _put_stars(ground: Floats, horizon: float, bright: float) -> None:
    """Points of light over the horizon, the same at every size of picture; fewer and fainter low down."""
    height, width = ground.shape[:2]
    chance = np.random.default_rng(11)
    unit = height / 1080
    for across, up, shine in chance.random((420, 3)):
        x, y = across * (width - 2), (1 - up) * horizon
        radius = (0.5 + 0.8 * shine**6) * unit
        reach = math.ceil(3 * radius)
        left, top = int(x), int(y)
        ys, xs = np.mgrid[max(top - reach, 0) : top + reach + 1, max(left - reach, 0) : left + reach + 1]
        inside = (ys < horizon) & (xs < width)
        tone = bright * (0.15 + 0.85 * shine**3) * min(2.2 * up + 0.1, 1.0) * min(unit / radius, 1.0)
        spot = tone * np.exp(-((xs - x) ** 2 + (ys - y) ** 2) / (2 * (0.75 * radius + 0.2) ** 2))
        ground[ys[inside], xs[inside]] += spot[inside][:, None].astype(np.float32)


def _glow(light: Floats) -> Floats:
    """``(h, w, 3)``, what all lights together give the air round them, on a coarse picture."""
    height, width = light.shape[:2]
    rows, columns = height // _COARSE, width // _COARSE
    if not rows or not columns:
        return np.zeros((1, 1, 3), np.float32)
    coarse = np.zeros((rows, columns, 3), np.float32)
    _gather(light, coarse)
    wide = 3.2 * height / 1080
    glow = 0.55 * gaussian_filter(coarse, (wide, wide, 0)) + 0.45 * gaussian_filter(coarse, (2.6 * wide, 4.5 * wide, 0))
    return np.ascontiguousarray(glow, np.float32)


@njit(cache=True, nogil=True, fastmath=True)
def _gather(light: Floats, coarse: Floats) -> None:
    """The mean of each square of pixels; what is over at the edges is left out."""
    rows, columns = coarse.shape[:2]
    share = np.float32(1 / (_COARSE * _COARSE))
    for r in range(rows * _COARSE):
        for c in range(columns * _COARSE):
            for k in range(3):
                coarse[r // _COARSE, c // _COARSE, k] += share * light[r, c, k]


@njit(cache=True, nogil=True, fastmath=True)
def _shine(light: Floats, lights: Floats, ripples: Floats, time: float, horizon: float) -> None:
    """Add up what each light gives: a bright core, a halo, and a broken reflection in the water below."""
    height, width = light.shape[:2]
    side, one = ripples.shape[0], np.float32(1)
    for k in range(len(lights)):
        x, y, size, high = lights[k, COLUMN], lights[k, ROW], lights[k, SIZE], lights[k, HIGH]
        first, second, third = lights[k, FIRST], lights[k, FIRST + 1], lights[k, FIRST + 2]
        if first + second + third <= 0.003 or size <= 0:
            continue
        # The lamp and its halo.
        reach = _HALO * size
        middle = y - high
        top, bottom = max(int(middle - reach), 0), min(int(middle + reach) + 2, height)
        left, right = max(int(x - reach), 0), min(int(x + reach) + 2, width)
        core, within = np.float32(1 / (2 * (0.62 * size + 0.22) ** 2)), np.float32(1 / (reach * reach))
        for r in range(top, bottom):
            down = np.float32(r) - middle
            for c in range(left, right):
                aside = np.float32(c) - x
                d = aside * aside + down * down
                far = d * within
                if far >= 1:
                    continue
                near = (one - far) * (one - far)
                tone = np.float32(0.045) * near * near / (np.float32(0.10) + far * np.float32(4))
                if d * core < _UNSEEN:
                    tone += np.float32(1.25) * np.float32(math.exp(-d * core))
                light[r, c, 0] += first * tone
                light[r, c, 1] += second * tone
                light[r, c, 2] += third * tone
        # Its reflection, in pieces, as the water moves.
        long = _LONG * size
        begin, end = max(int(y + 0.6 * high), int(horizon) + 1, 0), min(int(y + high + long) + 1, height)
        for r in range(begin, end):
            down = (r - y) / (high + long)
            if down < 0:
                continue
            near = (r - horizon) / max(height - horizon, 1.0)
            v = int(26.0 / (near + 0.05) + 5.0 * time + 0.35 * r) & (side - 1)
            u = int(0.21 * x + 3.1 * time + 17.0 * k) & (side - 1)
            wave = ripples[v, u]
            shone = 0.66 * (1 - down) ** 1.6 * max(0.35 + 1.1 * wave, 0.0)
            if shone <= 0.004:
                continue
            half = np.float32(size * (0.75 + 1.1 * down))
            shift, shone = np.float32(x + 1.5 * size * down * wave), np.float32(shone)
            first_column, last_column = max(int(shift - 2 * half), 0), min(int(shift + 2 * half) + 2, width)
            for c in range(first_column, last_column):
                aside = (np.float32(c) - shift) / half
                tone = shone * np.float32(math.exp(-aside * aside))
                light[r, c, 0] += first * tone
                light[r, c, 1] += second * tone
                light[r, c, 2] += third * tone


@njit(cache=True, nogil=True, fastmath=True)
def _glitter(light: Floats, column: float, bright: float, ripples: Floats, time: float, horizon: float) -> None:
    """A path of glitter on the water, thin as a thread at the horizon."""
    height, width = light.shape[:2]
    side = ripples.shape[0]
    for r in range(max(int(horizon) + 1, 0), height):
        near = (r - horizon) / max(height - horizon, 1.0)
        half = height / 1080 * (1.2 + 8.0 * near)
        v = int(26.0 / (near + 0.05) + 5.0 * time + 0.35 * r) & (side - 1)
        middle = column + half * 0.7 * ripples[v, int(6.0 * time) & (side - 1)]
        for c in range(max(int(middle - 3 * half), 0), min(int(middle + 3 * half) + 2, width)):
            aside = (c - middle) / half
            wave = ripples[v, int(60.0 * aside / (0.4 + near) + 9.0 * time) & (side - 1)]
            light[r, c, 2] += bright * max(0.34 + 0.9 * wave, 0.0) * math.exp(-aside * aside)


@njit(cache=True, nogil=True, fastmath=True)
def _lay(
    picture: NDArray[np.uint8],
    ground: Floats,
    light: Floats,
    glow: Floats,
    colours: Floats,
    ripples: Floats,
    time: float,
    horizon: float,
    covers: float,
) -> None:
    """Lay lights and glow over sea and sky."""
    height, width = picture.shape[:2]
    rows, columns = glow.shape[:2]
    side = ripples.shape[0]
    noise, soft = np.empty(width, np.float32), np.empty((columns, 3), np.float32)
    # Of single precision, as the picture is: numbers as they are written would make every product of double.
    one, white, half, per = np.float32(1), np.float32(255), np.float32(0.5), np.float32(1 / _COARSE)
    dim, steep = np.float32(_DIM), np.float32(1.35)
    hottest, warm, quick = np.float32(0.62), np.float32(0.7), np.float32(0.8)
    swell, foam = np.float32(0.13 * (1 - 0.8 * covers)), np.float32(0.006 * (1 - covers))
    cover, ended = np.float32(covers), np.float32(columns - 1)
    for r in range(height):
        grain(r, noise)
        gy = min(max((r + 0.5) / _COARSE - 0.5, 0.0), rows - 1.0)
        g0 = int(gy)
        g1, fy = min(g0 + 1, rows - 1), np.float32(gy - g0)
        for h in range(columns):
            for k in range(3):
                soft[h, k] = np.float32(0.42) * (glow[g0, h, k] + (glow[g1, h, k] - glow[g0, h, k]) * fy)
        wet = r > horizon
        near = (r - horizon) / max(height - horizon, 1.0)
        scale, begins = np.float32(0), np.float32(0)
        v = 0
        if wet:
            v = int(26.0 / (near + 0.05) + 5.0 * time + 0.35 * r) & (side - 1)
            scale = np.float32(150.0 / ((0.22 + near) * width))
            begins = np.float32(2.0 * time + 400.0 - 0.5 * width * 150.0 / ((0.22 + near) * width))
        for c in range(width):
            gx = min(max((np.float32(c) + half) * per - half, np.float32(0)), ended)
            h0 = int(gx)
            h1, fx = min(h0 + 1, columns - 1), gx - np.float32(h0)
            wave = np.float32(0)
            if wet:
                wave = ripples[v, int(np.float32(c) * scale + begins) & (side - 1)]
            broken = one + half * wave
            p, q, s = light[r, c, 0], light[r, c, 1], light[r, c, 2]
            shine = p + q + s
            p += (soft[h0, 0] + (soft[h1, 0] - soft[h0, 0]) * fx) * broken
            q += (soft[h0, 1] + (soft[h1, 1] - soft[h0, 1]) * fx) * broken
            s += (soft[h0, 2] + (soft[h1, 2] - soft[h0, 2]) * fx) * broken
            total = p + q + s
            # However many lights there are in a place, it keeps their colour; only what is very bright is white. Most
            # places have next to none: there the curve is a line.
            full, held = steep * total, steep
            if total > dim:
                full = one - np.float32(math.exp(-steep * total))
                held = full / total
            hot = np.float32(0)
            if shine > warm:
                hot = hottest * (one - np.float32(math.exp(-(shine - warm) * quick)))
            waved, laid, shut = one + swell * wave, foam * wave, one - full
            for i in range(3):
                base = ground[r, c, i] * waved + laid
                own = (p * colours[0, i] + q * colours[1, i] + s * colours[2, i]) * held
                bright = base + own
                bright += max(one - bright, np.float32(0)) * hot
                tone = bright + (base * shut + own - bright) * cover
                picture[r, c, i] = np.uint8(min(max(tone, np.float32(0)) * white + noise[c], white))
            picture[r, c, 3] = 255
