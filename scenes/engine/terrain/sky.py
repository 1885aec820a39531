"""What lies behind the land: ranges of mountains that nobody has measured, stars, and a thin moon.

They are scenery, far away and hazy: beyond the edge of what was sampled nothing is known, and nothing is claimed.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.kernels import sky as kernel
from scenes.engine.terrain.noise import WAVE, tile

Array = NDArray[np.float32]

#: Ranges, from near to far: how far from the middle of the land they stand, how high their peaks are on the whole,
#: how much higher and lower here and there, and how far it is from peak to peak; in units of a land 18 across.
_RANGES = (
    (13.5, 0.55, 0.42, 4.2),
    (17.5, 1.05, 0.62, 6.0),
    (25.0, 1.80, 0.90, 9.0),
    (37.0, 3.00, 1.35, 14.0),
    (56.0, 5.00, 2.00, 22.0),
)
#: Of each range, how much of its colour the haze takes.
_FADED = (0.16, 0.34, 0.50, 0.64, 0.76)
#: Stars over the whole sky; the size of the moon in degrees, larger than life, and how thin it is.
_STARS, _MOON, _THIN = 3600, 1.5, 0.34


def draw_sky(terrain: BakedTerrain, camera: Camera, picture: NDArray[np.uint32], depth: Array) -> None:
    """Draw what lies behind the land into the colours of a view, ``(H, W)``: beyond its edge, and in the sky."""
    ends = _ends(terrain, camera)
    if not (depth[0] >= ends).any():
        return
    material = terrain.material
    # Every third column: between them a crest is as good as straight.
    every = np.arange(camera.size[0], dtype=float)
    few = np.append(every[::3], every[-1])
    tops, arcs, scales, leans, feet = (
        np.stack([np.interp(every, few, row) for row in part]).astype(np.float32)
        for part in _crests(terrain, camera, np.interp(few, every, ends), few)
    )
    if material.stars > 0 and camera.horizon > 0:
        _draw_stars(terrain, camera, picture, np.isinf(depth), tops.min(axis=0))
    haze = np.array(material.haze, np.float32)
    dark = np.array(material.ranges, np.float32)
    # Their snow in the same light as that of the land, at the distance.
    snow = np.sqrt(np.square(np.array(material.snow)) * (0.62 * np.array(material.sun) + np.array(material.shade)))
    faded = np.array(_FADED, np.float32)[:, None]
    tones = np.stack([dark + (haze - dark) * faded, snow + (haze - snow) * faded], axis=1)
    # Below the lowest end of the land there is land alone.
    rows = camera.horizon - camera.focal * (terrain.span[0] * camera.relief - camera.eye[2]) / np.maximum(ends, 1e-3)
    bottom = camera.size[1] if (ends <= 0).any() else int(np.clip(rows.max() + 2, 0, camera.size[1]))
    tones = np.minimum(tones, 1).astype(np.float32)
    kernel.ranges(picture[:bottom], depth[:bottom], ends, tops, arcs, scales, leans, feet, tones, haze, tile(71))


def _ends(terrain: BakedTerrain, camera: Camera) -> Array:
    """``(W,)``, the depth at which each column's ray leaves the land; 0 if it never meets it."""
    west, east, south, north = terrain.landscape.bounds
    rays = _rays(camera, np.arange(camera.size[0], dtype=float))
    rays = np.where(np.abs(rays) < 1e-9, 1e-9, rays)
    low, high = (
        (np.array(corner)[:, None] - np.asarray(camera.eye[:2])[:, None]) / rays
        for corner in ((west, south), (east, north))
    )
    enters, leaves = np.minimum(low, high).max(axis=0), np.maximum(low, high).min(axis=0)
    return np.where(leaves > np.maximum(enters, 0), leaves, 0).astype(np.float32)


def _rays(camera: Camera, columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """``(2, n)``, how far east and north the ray of each column goes per unit of depth."""
    lateral = (columns + 0.5 - camera.size[0] / 2) / camera.focal
    return np.asarray(camera.forward[:, None] + camera.right[:, None] * lateral)


def _crests(
    terrain: BakedTerrain, camera: Camera, ends: Array, columns: NDArray[np.float64]
) -> tuple[Array, Array, Array, Array, Array]:
    """``(n, W)`` each: of each range in each column the crest's row, the place along it, its scale, lean and foot."""
    west, east, south, north = terrain.landscape.bounds
    unit, width = terrain.unit, len(columns)
    middle = np.array([(west + east) / 2, (south + north) / 2])
    rays = _rays(camera, columns)
    start = np.asarray(camera.eye[:2]) - middle
    toward = terrain.sun[:2] / np.hypot(*terrain.sun[:2])
    # The row at which the land ends: there all of it is mist, and so must be what is seen behind it.
    edge = np.asarray(camera.eye[:2])[:, None] + rays * ends
    land = terrain.height(*edge.astype(np.float32)) * camera.relief
    horizon = np.where(
        ends > 0, camera.horizon - camera.focal * (land - camera.eye[2]) / np.maximum(ends, 1e-3), np.inf
    )
    tops, arcs, scales, leans, feet = np.zeros((5, len(_RANGES), width))
    for k, (radius, high, uneven, span) in enumerate(_RANGES):
        # Where the ray of a column leaves the circle that the range stands on.
        reach = max(radius * unit, np.hypot(*start) * 1.02)
        along = (rays * start[:, None]).sum(axis=0)
        square = (rays**2).sum(axis=0)
        away = (-along + np.sqrt(along**2 + square * (reach**2 - start @ start))) / square
        place = start[:, None] + rays * away
        angle = np.arctan2(place[1], place[0])
        arc = angle * radius / span
        height, rise = _profile(arc, k)
        level = terrain.span[0] + unit * (high + uneven * height)
        tops[k] = camera.horizon - camera.focal * (level - camera.eye[2]) / away
        arcs[k], scales[k] = arc, camera.focal * unit * (0.75 * high + 0.5 * uneven) / away
        feet[k] = camera.horizon - camera.focal * (terrain.span[0] + unit * 0.25 * high - camera.eye[2]) / away
        feet[k] = np.minimum(feet[k], horizon)
        # The flank that turns to the sun: its crest falls that way.
        aside = -toward[0] * np.sin(angle) + toward[1] * np.cos(angle)
        leans[k] = np.clip(-rise * aside, -1, 1)
    return tuple(part.astype(np.float32) for part in (tops, arcs, scales, leans, feet))  # type: ignore[return-value]


def _profile(arc: NDArray[np.float64], number: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How high a range is along its way, about -1 to 1.5, and how it rises: sharp peaks between round cols."""
    # A whole number of hills goes round, so that no seam shows where the angle jumps.
    total, slope = np.zeros_like(arc), np.zeros_like(arc)
    for octave, (hills, size) in enumerate(((1.0, 0.66), (2.3, 0.34), (5.1, 0.15), (11.3, 0.06), (24.1, 0.025))):
        line = tile(73)[(53 * number + 17 * octave) % 512]
        at = arc * hills * WAVE
        i = np.floor(at).astype(int)
        part = at - i
        soft = part * part * (3 - 2 * part)
        a, b = line[i % len(line)], line[(i + 1) % len(line)]
        value = a + (b - a) * soft
        total += size * (0.9 - np.sqrt(value**2 + 0.02))
        if octave < 2:
            # The great flanks; what is smaller is too far away to have sides.
            slope += size * hills * -np.clip(value * 4, -1, 1) * (b - a) * 6 * part * (1 - part) * 1.6
    return total, slope


@cache
def _stars() -> NDArray[np.float64]:
    """``(n, 4)``: directions, of length 1, and brightness from 0 to 1: few bright ones."""
    chance = np.random.default_rng(8)
    up = chance.uniform(0.01, 1, _STARS)
    angle = chance.uniform(0, 2 * np.pi, _STARS)
    flat = np.sqrt(1 - up**2)
    bright = 0.16 + 0.84 * chance.random(_STARS) ** 7
    return np.column_stack([flat * np.cos(angle), flat * np.sin(angle), up, bright])


def _draw_stars(
    terrain: BakedTerrain,
    camera: Camera,
    picture: NDArray[np.uint32],
    sky: NDArray[np.bool_],
    crest: Array,
) -> None:
    """Stars, and the moon where the light comes from, above the highest crest of each column."""
    height, width = sky.shape
    brightness = terrain.material.stars
    stars = _stars()
    spots = _seen_at(camera, stars[:, :3])
    inside = (spots[:, 2] > 0.05) & (spots[:, 0] > 1) & (spots[:, 0] < width - 2) & (spots[:, 1] > 1)
    inside &= spots[:, 1] < height - 2
    for (column, row, _), (_, _, up, bright) in zip(spots[inside], stars[inside], strict=True):
        # They drown in the haze near the horizon.
        strength, size = bright * brightness * min(up * 8, 1), max(height / 1080, 0.6) * (0.60 + 0.55 * bright)
        box = _around(column, row, 3 * size, sky.shape)
        down, across = np.mgrid[box] + 0.5
        away = np.hypot(across - column, down - row) / size
        _brighten(picture, sky, crest, box, strength * np.exp(-np.square(away)))
    sun = terrain.sun.astype(float)
    ((column, row, ahead),) = _seen_at(camera, np.array([[sun[0], sun[1], sun[2] * 0.55]]))
    radius = camera.focal * np.radians(_MOON) / 2
    if ahead > 0.05 and -radius < column < width + radius and -radius < row < height + radius:
        box = _around(column, row, 6 * radius, sky.shape)
        down, across = np.mgrid[box] + 0.5
        down, across = down - row, across - column
        disc = np.clip(radius - np.hypot(across, down) + 0.5, 0, 1)
        shadow = np.hypot(across + radius * _THIN * 0.9, down + radius * _THIN * 0.5)
        glow = 0.16 * np.exp(-np.hypot(across, down) / (1.5 * radius))
        light = np.maximum(disc * np.clip(shadow - radius * 0.97 + 0.5, 0.05, 1), glow)
        _brighten(picture, sky, crest, box, brightness * light)


def _seen_at(camera: Camera, directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """``(n, 3)``: column and row of directions, and how far ahead they point: 0 or less is behind."""
    ahead = directions[:, :2] @ camera.forward
    safe = np.where(ahead > 1e-6, ahead, 1e-6)
    column = camera.size[0] / 2 + camera.focal * (directions[:, :2] @ camera.right) / safe
    return np.column_stack([column, camera.horizon - camera.focal * directions[:, 2] / safe, ahead])


def _around(column: float, row: float, reach: float, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The rows and columns of a frame round a spot."""
    top, bottom = max(int(row - reach), 0), min(int(row + reach) + 2, shape[0])
    left, right = max(int(column - reach), 0), min(int(column + reach) + 2, shape[1])
    return slice(top, max(bottom, top)), slice(left, max(right, left))


def _brighten(
    picture: NDArray[np.uint32],
    sky: NDArray[np.bool_],
    crest: Array,
    box: tuple[slice, slice],
    light: NDArray[np.float64],
) -> None:
    """Add white light to a part of a picture, where there is sky above all crests."""
    rows = np.arange(box[0].start, box[0].stop)[:, None]
    share = light * (sky[box] & (rows < crest[box[1]]))
    part = picture[box]
    mixed = np.zeros_like(part)
    for channel in range(3):
        tone = ((part >> np.uint32(10 * channel)) & np.uint32(1023)).astype(float)
        tone += (1000 - tone) * share + 0.5
        mixed |= np.clip(tone, 0, 1023).astype(np.uint32) << np.uint32(10 * channel)
    part[:] = mixed
