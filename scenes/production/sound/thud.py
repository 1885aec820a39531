"""Thud: a dart that lands in wood: a short knock, and the steel that goes on ringing for an instant."""

from __future__ import annotations

import numpy as np

from scenes.production.sound.loudness import Samples
from scenes.production.sound.noise import coloured

#: Peak of a thud, in dB below full scale.
LEVEL = -17.0
#: The knock of bristles and wood, without the highest and the lowest.
_KNOCK = ((60, -30), (180, -4), (500, 0), (1400, -9), (4000, -24), (12000, -50))


def thud(chance: np.random.Generator, rate: int) -> Samples:
    """``(n,)`` samples of one dart that lands, which is heard from the first of them on."""
    times = np.arange(round(0.34 * rate)) / rate
    knock = coloured(chance, len(times), rate, _KNOCK) * np.exp(-times / 0.016)
    knock /= np.abs(knock).max()
    pitch = chance.uniform(118, 142)
    # The board gives: the tone falls while it fades.
    wood = np.sin(2 * np.pi * pitch * times * np.exp(-times / 0.5)) * np.exp(-times / 0.055)
    steel = 0.10 * np.sin(2 * np.pi * chance.uniform(610, 690) * times) * np.exp(-times / 0.07)
    mixed = (0.8 * knock + wood + steel) * np.clip(times / 0.0015, 0, 1) * np.clip((times[-1] - times) / 0.05, 0, 1)
    return np.asarray(mixed / np.abs(mixed).max() * 10 ** (LEVEL / 20), np.float32)
