"""Snow: the crunch of a boot, heel and then toe, and the dull weight behind it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.production.sound.loudness import Samples
from scenes.production.sound.noise import coloured

#: Peak of a full step, in dB below full scale, and of a landing.
LEVEL, LANDING = -22.0, -17.0
#: Seconds from heel to toe, and that a crunch lasts.
_ROLL, _CRUNCH = 0.075, 0.16
#: Grains of snow that give way under each.
_GRAINS = 16
_SNOW = ((350, -30), (900, -8), (2200, 0), (4500, -4), (9000, -22), (15000, -50))


def footstep(chance: np.random.Generator, weight: float, *, landing: bool, rate: int) -> Samples:
    """``(n,)`` samples of one boot coming down, which is heard from the first of them on.

    Parameters
    ----------
    weight
        How hard, from 0 to 1.
    landing
        Whether it ends a leap: both boots at once, deeper.
    """
    times = np.arange(round(0.42 * rate)) / rate
    crunch = np.zeros(len(times))
    for begin, strength in ((0.0, 1.0), (_ROLL * chance.uniform(0.8, 1.3), 0.55)):
        snow = coloured(chance, len(times), rate, _SNOW) * _giving_way(chance, times - begin)
        crunch += strength * snow
    crunch /= np.abs(crunch).max()
    pitch = chance.uniform(75, 95) * (0.7 if landing else 1.0)
    # It sinks in: the tone falls while it fades.
    thud = np.sin(2 * np.pi * pitch * times * np.exp(-times / 0.4)) * np.exp(-times / (0.09 if landing else 0.035))
    mixed = crunch + (1.1 if landing else 0.45) * thud * np.clip(times / 0.004, 0, 1)
    mixed *= np.clip((times[-1] - times) / 0.05, 0, 1)
    level = 10 ** ((LANDING if landing else LEVEL) / 20) * (0.35 + 0.65 * weight)
    return np.asarray(mixed / np.abs(mixed).max() * level, np.float32)


def _giving_way(chance: np.random.Generator, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """How loud the snow is at each time, in seconds from the first touch on: grains that break, ever fewer."""
    heard = np.clip(times / 0.003, 0, 1) * np.exp(-np.maximum(times, 0) / (_CRUNCH / 4))
    grains = np.zeros(len(times))
    breaks = np.concatenate([[0.0], chance.beta(1.2, 2.6, _GRAINS) * _CRUNCH])
    for at, size in zip(breaks, chance.uniform(0.4, 1.0, len(breaks)), strict=True):
        since = times - at
        # Quick, but no jump: a jump would click.
        grains += size * np.where(since > 0, np.clip(since / 0.002, 0, 1) * np.exp(-np.maximum(since, 0) / 0.009), 0)
    return np.asarray(0.35 * heard + grains * np.exp(-np.maximum(times, 0) / (_CRUNCH / 2)))
