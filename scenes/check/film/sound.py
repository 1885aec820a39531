"""Whether what is said, and who walks, is heard when it should be: measured in the sound of a film.

A line is looked for by its own sound, as the voice made it: where that fits the film's best, there the line is, to a
millisecond, whatever wind or music lies under it; its soft first consonant need not stand out. All words of a line
move with it. A boot that comes down is looked for where nobody speaks, by the jump of what is above the wind.
"""

from __future__ import annotations

from math import gcd
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, correlate, resample_poly, sosfiltfilt

from scenes.narration.speech import Speech
from scenes.production.sound import loudness

#: Samples a second at which sounds are compared.
RATE = 16_000
#: Seconds around its cue in which a line is looked for, and how much of it.
AROUND, ENOUGH = 0.5, 4.0
#: How like its own sound, from 0 to 1, a line must be to be heard at all: under wind and steps it is far more.
LIKE = 0.4
#: Seconds around a step in which it is looked for and nobody may speak; and how loud it is over what was before.
STEP_AROUND, STANDS_OUT = 0.2, 4.0
_WIND = 1_500  # Hz: the most of it is lower
_BLOCK = 0.004  # seconds

Sound = NDArray[np.float32]


def sound_of(film: Path) -> Sound | None:
    """``(n,)``, what is heard in a film from its first frame on, one channel at ``RATE``; None if it has no sound."""
    pieces: list[Sound] = []
    begin: float | None = None
    with av.open(str(film)) as container:
        if not container.streams.audio:
            return None
        down = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        for frame in container.decode(audio=0):
            begin = float(frame.time or 0.0) if begin is None else begin
            pieces += [loudness.columns(piece)[:, 0] for piece in down.resample(frame)]
        pieces += [loudness.columns(piece)[:, 0] for piece in down.resample(None)]
    whole = np.concatenate([np.zeros(0, np.float32), *pieces])
    return _cut(whole, -round((begin or 0.0) * RATE), len(whole) + round((begin or 0.0) * RATE))


def line_shift(heard: Sound, start: float, speech: Speech) -> float | None:
    """By how many seconds a line is heard later than its cue, which is at ``start``; None if it is not heard there."""
    rate = speech.rate
    line = speech.samples[: round(ENOUGH * rate)].astype(np.float32)
    line = resample_poly(line, RATE // gcd(RATE, rate), rate // gcd(RATE, rate))
    around = round(AROUND * RATE)
    begin = round(start * RATE) - around
    window = _cut(heard, begin, len(line) + 2 * around)
    power = np.concatenate([[0.0], np.cumsum(np.square(window, dtype=np.float64))])
    energy = power[len(line) :] - power[: -len(line)]
    own = float(np.square(line, dtype=np.float64).sum())
    if own == 0.0 or energy.max() <= 0.0:
        return None
    likeness = correlate(window, line, mode="valid", method="fft") / np.sqrt(np.maximum(energy, 1e-3 * own) * own)
    best = int(np.argmax(likeness))
    return (best - around) / RATE if likeness[best] >= LIKE else None


def step_shift(heard: Sound, time: float) -> float | None:
    """By how many seconds a boot that comes down at ``time`` is heard later; None if it doesn't stand out."""
    around, block = round(STEP_AROUND * RATE), round(_BLOCK * RATE)
    window = _cut(heard, round(time * RATE) - around, 2 * around)
    sharp = sosfiltfilt(butter(4, _WIND, "highpass", fs=RATE, output="sos"), window)
    blocks = np.sqrt(np.square(sharp[: len(sharp) // block * block]).reshape(-1, block).mean(axis=1))
    before, loudest = float(np.median(blocks[: len(blocks) // 4])), float(blocks.max())
    if loudest < STANDS_OUT * before or loudest == 0.0:
        return None
    # A boot comes down at once; wind, and a radio that is switched on, grow.
    rises = blocks[2:] - blocks[:-2]
    first = int(np.argmax(rises >= 0.5 * rises.max())) + 1
    return (first * block - around) / RATE


def _cut(heard: Sound, begin: int, count: int) -> Sound:
    """``count`` samples from ``begin`` on; silence where there are none."""
    cut = np.zeros(count, np.float32)
    first, last = max(begin, 0), min(begin + count, len(heard))
    if last > first:
        cut[first - begin : last - begin] = heard[first:last]
    return cut
