"""Chord: what is heard when somebody comes home. Soft, major, and gone after some seconds."""

from __future__ import annotations

import numpy as np

from scenes.production.sound.loudness import Samples

#: Peak, in dB below full scale, and seconds until it is gone.
LEVEL, LENGTH = -25.0, 5.0
#: Its notes (Hz): D major with an added ninth, open, from low to high; and how loud each is.
NOTES = ((146.83, 0.8), (220.0, 0.7), (293.66, 0.8), (369.99, 0.6), (659.26, 0.22))
#: Its overtones, and how much faster each fades than the one below.
_OVERTONES = (1.0, 0.28, 0.1, 0.04)
#: Seconds in which a note comes in, and from one note to the next: as a hand rolls them.
_ATTACK, _ROLL = 0.012, 0.018


def chord(rate: int) -> Samples:
    """``(n, 2)`` samples, heard from the first on."""
    times = np.arange(round(LENGTH * rate)) / rate
    channels = []
    for detune in (-0.4, 0.4):  # Hz: the channels beat slowly against each other
        total = np.zeros(len(times))
        for number, (pitch, strength) in enumerate(NOTES):
            since = times - number * _ROLL
            fade = np.exp(-np.maximum(since, 0) / (1.5 * (220 / pitch) ** 0.3))
            rise = np.clip(since / _ATTACK, 0, 1)
            for overtone, level in enumerate(_OVERTONES, 1):
                tone = np.sin(2 * np.pi * (pitch * overtone + detune) * np.maximum(since, 0))
                total += strength * level * tone * rise * fade**overtone
        channels.append(total * np.clip((LENGTH - times) / 1.5, 0, 1))
    both = np.stack(channels, axis=1)
    return np.asarray(both / np.abs(both).max() * 10 ** (LEVEL / 20), np.float32)
