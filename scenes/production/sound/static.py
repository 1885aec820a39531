"""Static: the hiss of a radio between stations, with a crackle in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.production.sound.loudness import Samples
from scenes.production.sound.noise import coloured, wandering

#: RMS at full noise, in dB below full scale.
LEVEL = -44.0
_HISS = ((500, -30), (1400, -4), (3200, 0), (6000, -3), (9500, -20), (16000, -60))
#: How unsteady it is, in dB as a standard deviation, and in how many seconds.
_UNSTEADY, _SECONDS = 1.0, (0.15, 0.6)


def static(chance: np.random.Generator, amount: NDArray[np.float32], rate: int) -> Samples:
    """``(n, 2)`` samples of a hiss, as loud at each as ``amount``, ``(n,)``: 1 is all noise, 0 a clear station."""
    count = len(amount)
    if not amount.any():
        return np.zeros((count, 2), np.float32)
    level = amount * 10 ** ((LEVEL + _UNSTEADY * wandering(chance, count, rate, _SECONDS)) / 20)
    left, right, both = (coloured(chance, count, rate, _HISS) for _ in range(3))
    # It comes out of one small box: most of it is the same in both channels.
    return np.stack([level * (0.35 * own + 0.94 * both) for own in (left, right)], axis=1).astype(np.float32)
