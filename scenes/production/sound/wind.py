"""Wind: two bands of noise that swell and fade in gusts; the stronger it blows, the brighter it sounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.production.sound.loudness import Samples
from scenes.production.sound.noise import coloured, wandering

#: Level of the strongest wind in each channel (RMS, dB below full scale), and how much less the faintest is.
LEVEL, RANGE = -35.0, 16.0
#: How far gusts rise above it and fall below it, in dB, as a standard deviation; and how long they last, in seconds.
_GUST, _SECONDS = 2.5, (1.2, 4.0)
#: What is low in it, and what whistles.
_LOW = ((60, -12), (140, 0), (320, -6), (900, -24))
_HIGH = ((280, -24), (520, 0), (800, -3), (1900, -22), (4000, -40), (9000, -70))


def wind(chance: np.random.Generator, strength: NDArray[np.float32], steady: NDArray[np.float32], rate: int) -> Samples:
    """``(n, 2)`` samples of wind.

    Parameters
    ----------
    strength
        ``(n,)``, how strong it blows, from 0 to 1.
    steady
        ``(n,)``, from 0 to 1: where it is 1 there are no gusts.
    """
    count = len(strength)
    gusts = wandering(chance, count, rate, _SECONDS) * (1 - steady)
    level = 10 ** ((LEVEL - RANGE * (1 - strength) + _GUST * np.clip(gusts, -2, 2)) / 20)
    # How much of it whistles: little in a faint wind, and more in a gust.
    whistle = (0.25 + 0.5 * strength) * 10 ** (_GUST * np.clip(gusts, -2, 2) / 20)
    deep = coloured(chance, count, rate, _LOW)  # nobody hears where that comes from
    channels = [deep + whistle * coloured(chance, count, rate, _HIGH) for _ in ("left", "right")]
    level /= np.sqrt(1 + np.square(whistle))
    return np.stack([level * channel for channel in channels], axis=1).astype(np.float32)
