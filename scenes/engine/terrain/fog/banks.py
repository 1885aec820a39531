"""Fog as a body: its wisps, its banks at several depths, and the light that falls through it as it lifts."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.kernels import fog as kernel
from scenes.engine.terrain.noise import WAVE, tile


@cache
def cloud() -> NDArray[np.float32]:
    """``(256, 256)``, smooth noise, about -1 to 1, that repeats without a seam."""
    chance = np.random.default_rng(4)
    size = 256
    fx, fy = np.fft.fftfreq(size)[:, None] * size, np.fft.fftfreq(size)[None, :] * size
    radius = np.hypot(fx, fy * 2.2)  # wisps lie flat
    spectrum = np.where(radius > 0, 1 / np.maximum(radius, 1) ** 1.9, 0) * (radius < 40)
    phase = np.exp(2j * np.pi * chance.random((size, size)))
    total = np.fft.ifft2(spectrum * phase).real
    total /= np.abs(total).max()
    return total.astype(np.float32)


#: Pixels from one row of the small picture of the wisps to the next.
_COARSE = 8
#: Banks of fog, from far to near: how far behind the middle of the land they stand, how high, and how much higher and
#: lower their crest is here and there (world units), units of it to a hill, and units that it drifts in a second.
_BANKS = (
    (15.0, 1.3, 0.70, 15.0, 0.16),
    (10.0, 0.9, 0.60, 11.0, -0.21),
    (6.0, 0.7, 0.50, 9.0, 0.27),
    (2.5, 0.5, 0.42, 7.0, -0.33),
    (-0.5, 0.35, 0.34, 5.5, 0.40),
    (-3.0, 0.2, 0.28, 4.4, -0.48),
    (-5.0, 0.1, 0.22, 3.6, 0.58),
)
#: World height over which a bank's crest fades in, and how much of what is behind it shows through.
_CREST, _THROUGH = 1.0, 0.35


def wisps_of(clock: float, width: int, height: int) -> NDArray[np.float32]:
    """``(height / 8, width)``, two layers of the cloud drifting over each other, about -1 to 1: mixed small."""
    columns, rows = _small(width, height)
    drawn = np.empty((rows, width), np.float32)
    layers = [
        (clock * speed, clock * drop, span / columns, span * height / width / rows, weight)
        for speed, drop, span, weight in ((3.1, 0.4, 200.0, 0.65), (-1.7, 0.25, 120.0, 0.5))
    ]
    kernel.wisps(cloud(), np.array(layers), columns, drawn)
    return drawn


def banks_of(
    unevenness: float, terrain: BakedTerrain, clock: float, width: int, height: int, camera: Camera | None
) -> NDArray[np.float32]:
    """``(height / 8, width)``, how bright the fog is: banks at several depths, and shafts of light as it lifts."""
    columns, rows = _small(width, height)
    material, unit = terrain.material, terrain.unit
    bright, dark = material.fog_light
    down = ((np.arange(rows, dtype=np.float32) + np.float32(0.5)) * np.float32(height / rows))[:, None]
    drawn = np.zeros((rows, columns + 1), np.float32)
    if camera is not None:
        west, east, south, north = terrain.landscape.bounds
        middle = np.array([(west + east) / 2, (south + north) / 2])
        away = float((middle - camera.eye[:2]) @ camera.forward)
        aside = float((middle - camera.eye[:2]) @ camera.right)
        across = np.arange(columns + 1) * (width / columns) - width / 2
        wavy = tile(67)
        for number, (behind, high, uneven, span, speed) in enumerate(_BANKS):
            depth = away + behind * unit
            near = min(max((depth / unit - 1.5) / 2.5, 0.0), 1.0)
            if near <= 0:
                continue
            place = (across * depth / camera.focal - aside) / (span * unit) + clock * speed / span
            crest = _line(wavy, 37 * number, place) + 0.32 * _line(wavy, 37 * number + 11, place * 3.1)
            top = terrain.span[0] + unit * (high + uneven * crest)
            row = camera.horizon + camera.focal * (camera.eye[2] - top) / depth
            soft = camera.focal / depth * _CREST * unit
            past = (down - row.astype(np.float32)) / np.float32(soft)
            inside = np.clip(past + np.float32(0.5), 0, 1)
            inside *= inside * (3 - 2 * inside)
            # Lit along its crest, dark below it.
            tone = np.float32(2.2) / (1 + np.square(np.maximum(past, 0) * np.float32(0.8))) - np.float32(0.9)
            drawn += (tone - drawn) * inside * np.float32((1 - _THROUGH) * near)
    drawn *= np.float32(material.wisps)
    drawn += np.linspace(bright, dark, rows, dtype=np.float32)[:, None]
    shafts = material.shafts * unevenness * 2
    if camera is not None and shafts > 0.01:
        drawn += _shafts(terrain, camera, clock, columns, rows) * np.float32(shafts)
    wide = np.empty((rows, width), np.float32)
    kernel.stretch(drawn, wide)
    return wide


def _line(wavy: NDArray[np.float32], row: int, place: NDArray[Any]) -> NDArray[np.float64]:
    """One row of a tile at places, a hill of it to each whole one, smooth between its points."""
    line, at = wavy[row % len(wavy)], place * WAVE
    i = np.floor(at).astype(int)
    part = at - i
    part = part * part * (3 - 2 * part)
    return np.asarray(line[i % len(line)] + (line[(i + 1) % len(line)] - line[i % len(line)]) * part)


def _shafts(terrain: BakedTerrain, camera: Camera, clock: float, columns: int, rows: int) -> NDArray[np.float32]:
    """``(rows, columns + 1)``, shafts of sunlight, from 0 to 1: in the picture they run toward where the sun is."""
    width, height = camera.size
    sun = terrain.sun.astype(np.float64)
    ahead = float(sun[:2] @ camera.forward)
    ahead = ahead if abs(ahead) > 0.05 else 0.05
    at = np.array([width / 2 + camera.focal * float(sun[:2] @ camera.right) / ahead])
    above = camera.horizon - camera.focal * float(sun[2]) / ahead
    across = (np.arange(columns + 1) * width / columns - at) / width
    down = ((np.arange(rows) + 0.5) * height / rows - above)[:, None] / width
    # Seen from the vanishing point, equal steps of the angle are shafts of equal width.
    angle = np.unwrap(np.unwrap(np.arctan2(down, across), axis=1), axis=0)
    spread = max(float(np.ptp(angle)), 1e-3)
    place = (angle - angle.min()) / spread * 11 + 0.05 * clock
    light = _line(tile(61), 7, place) + 0.6 * _line(tile(61), 97, place * 2.3)
    fading = np.linspace(1.0, 0.25, rows)[:, None]
    return (np.clip(light - 0.1, 0, 2) * 0.5 * fading).astype(np.float32)


def _small(width: int, height: int) -> tuple[int, int]:
    """Columns and rows of the small pictures."""
    return max(width // _COARSE, 2), max(height // _COARSE, 2)
