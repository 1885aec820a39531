"""The shapes of what is scattered over the ground: firs and boulders, drawn once, lit for each view."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from scenes.engine.terrain.kept import kept

Array = NDArray[np.float32]

#: Height and width of a shape in points.
TALL, WIDE = 128, 96
#: How many shapes there are of each kind.
FIRS, BOULDERS = 6, 4


@cache
def shapes() -> Array:
    """``(n, 128, 96, 5)``, firs and then boulders, seen from the side, the foot in the middle of the lowest row.

    Of each point: how much of it is covered; how far it faces to the right, from -1 to 1, and up, from 0 to 1; how
    much of the sky it sees; and how much snow lies on it.
    """
    return np.asarray(kept("shapes", (), _drawn)["shapes"], np.float32)


def _drawn() -> dict[str, Array]:
    chance = np.random.default_rng(5)
    drawn = [_fir(chance) for _ in range(FIRS)] + [_boulder(chance) for _ in range(BOULDERS)]
    return {"shapes": np.stack(drawn).astype(np.float32)}


@cache
def sizes() -> tuple[Array, NDArray[np.int64]]:
    """All shapes at every size, one after the other; and ``(n, 3)``, of each where it begins, its rows and columns.

    Of each point there is how much of it is covered, and all else that `shapes` gives times that: so they can be mixed.
    """
    several = shapes()
    drawn = [np.concatenate([several[..., :1], several[..., 1:] * several[..., :1]], axis=-1)]
    while drawn[-1].shape[1] > 8:
        count, high, wide, _ = drawn[-1].shape
        drawn.append(drawn[-1].reshape(count, high // 2, 2, wide // 2, 2, 5).mean(axis=(2, 4)))
    begins = np.cumsum([0, *(part.size for part in drawn)])[:-1]
    offsets = [(begin, *part.shape[1:3]) for begin, part in zip(begins, drawn, strict=True)]
    return np.concatenate([part.ravel() for part in drawn]).astype(np.float32), np.array(offsets, np.int64)


def _fir(chance: np.random.Generator) -> NDArray[np.float64]:
    """Tiers of drooping boughs round a stem, each narrower than the one below."""
    over = 4
    rows, columns = TALL * over, WIDE * over
    up = (rows - 0.5 - np.arange(rows))[:, None] / rows
    across = ((np.arange(columns) + 0.5) / columns - 0.5)[None, :] * WIDE / TALL
    slender = chance.uniform(0.19, 0.25)
    cover, bare = np.zeros((2, rows, columns))
    right, upward, sky, snow = np.zeros((4, rows, columns))
    tiers = int(chance.integers(8, 11))
    foot = 0.06
    for k in range(tiers):
        # From the lowest tier to the highest: each is drawn over the one below.
        low = foot + (1 - foot) * (k / tiers) ** 0.9
        high = min(foot + (1 - foot) * ((k + 2.3) / tiers) ** 0.95, 1.0)
        reach = slender * (1 - low) ** 0.85 * chance.uniform(0.88, 1.08) + 0.006
        lean = chance.uniform(-0.012, 0.012)
        place = np.clip((across - lean) / reach, -1.5, 1.5)
        # Boughs: teeth along the lower edge, longer toward the sides, where they droop.
        teeth = np.zeros_like(place)
        for waves, weight in ((5, 0.5), (11, 0.3), (23, 0.2)):
            teeth += weight * np.abs(np.sin(np.pi * waves * place / 2 + chance.uniform(0, 6)))
        droop = (high - low) * (0.26 * place**2 + 0.20 * (teeth - 0.5))
        bottom = low + 0.25 * (high - low) - droop
        t = (up - bottom) / np.maximum(high - bottom, 1e-3)
        half = (1 - np.clip(t, 0, 1)) ** 0.8
        fray = 0.10 * np.sin(up * 260 + 9 * k) * (1 - half)
        inside = (t > 0) & (t < 1) & (np.abs(place) < half + fray)
        cover[inside] = 1
        facing = np.broadcast_to(np.clip(place / np.maximum(half, 0.05), -1, 1), cover.shape)
        right[inside] = facing[inside]
        upward[inside] = (0.30 + 0.5 * (1 - np.clip(t, 0, 1)))[inside]
        # Dark under the tier above, and within; light at the tips of the boughs.
        tips = 1 - np.clip(t, 0, 1)
        light = 0.30 + 0.70 * tips**0.8 + 0.10 * np.sin(37 * place + 61 * t)
        sky[inside] = np.clip(light, 0.15, 1.1)[inside]
        lying = tips**0.8 * (0.70 + 0.30 * np.sin(7 * place + 5 * k)) - 0.46 + 0.16 * np.sin(23 * place + 3 * k + 9 * t)
        snow[inside] = np.clip(lying * 2.4, 0, 1)[inside]
    stem = (up < foot + 0.06) & (np.abs(across) < 0.014) & (cover == 0)
    cover[stem], sky[stem], bare[stem] = 1, 0.35, 1
    return _reduced(np.stack([cover, right, upward, sky, snow], axis=-1), over)


def _boulder(chance: np.random.Generator) -> NDArray[np.float64]:
    """A stone of a few facets, snow on what faces up."""
    over = 4
    rows, columns = TALL * over, WIDE * over
    up = (rows - 0.5 - np.arange(rows))[:, None] / rows * TALL / WIDE
    across = ((np.arange(columns) + 0.5) / columns - 0.5)[None, :]
    cover = np.ones((rows, columns))
    nearest = np.full((rows, columns), np.inf)
    right, upward = np.zeros((2, rows, columns))
    middle = 0.10
    angles = np.sort(chance.uniform(-0.35, np.pi + 0.35, 8))
    for angle in angles:
        away = chance.uniform(0.27, 0.42) * (1 - 0.32 * np.sin(np.clip(angle, 0, np.pi)))
        edge = away - (across * np.cos(angle) + (up - middle) * np.sin(angle))
        cover[edge < 0] = 0
        closer = edge < nearest
        nearest = np.minimum(nearest, edge)
        right[closer], upward[closer] = np.cos(angle) * 0.85, max(np.sin(angle), 0.05) * 0.9
    front = nearest > 0.10 + 0.05 * np.sin(9 * across + chance.uniform(0, 6))
    right[front] *= 0.25
    upward[front] = 0.35
    sky = np.clip(0.45 + 0.55 * up / 0.45 + 0.06 * np.sin(60 * across + 45 * up), 0.3, 1.0)
    snow = np.clip((upward - 0.55) * 4, 0, 1)
    return _reduced(np.stack([cover, right, upward, np.broadcast_to(sky, cover.shape), snow], axis=-1), over)


def _reduced(fine: NDArray[np.float64], times: int) -> NDArray[np.float64]:
    """The means of ``times`` by ``times`` points, each counted by how much of it is covered."""
    rows, columns = fine.shape[0] // times, fine.shape[1] // times
    weight = fine[..., :1]
    parts = (np.concatenate([weight, fine[..., 1:] * weight], axis=-1)).reshape(rows, times, columns, times, -1)
    total = parts.mean(axis=(1, 3))
    total[..., 1:] /= np.maximum(total[..., :1], 1e-6)
    return np.asarray(total)
