"""The sound of a take, or of a whole film with music, mixed after the picture from what is said and when.

Speech first: each line as loud as the others, laid at its exact sample, gently compressed. Music, if
there is any, lies far under it and makes room while somebody speaks. Then the whole is brought to
the loudness that the web plays at.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from descent_core.errors import DescentError
from scenes.narration.speech import Speech
from scenes.production.sound import loudness, music
from scenes.production.sound.loudness import Loudness, Samples, measure

#: Samples a second of a film's sound.
RATE = 48_000
#: How far the music lies under the speech (LU), and how much deeper while somebody speaks (dB). 20 is
#: what the accessibility guidelines (WCAG 1.4.7) ask for at least.
UNDER, DIP = 20.0, 6.0
#: Seconds the music takes to make room before a line, and to come back after it.
ATTACK, RELEASE = 0.25, 0.60
#: A line may end this much after the film, in seconds: pictures are cut to whole frames.
_OVER = 0.25
_LINE_LEVEL = 10 ** (-20 / 20)  # RMS of each line before it is compressed
_MOST = 10 ** (24 / 20)  # no line is turned up by more


class SoundError(DescentError):
    """A sound that cannot be made: the message names the line or the file, and what to do."""


def mix(lines: Sequence[tuple[float, Speech]], length: float, bed: Path | None = None) -> Samples:
    """The sound of a film that is ``length`` seconds long, two channels at ``RATE``.

    As loud as `loudness.TARGET`, ± 1 LU, with no true peak above `loudness.CEILING`. A film in which
    nobody speaks, without music, is silence.

    Parameters
    ----------
    lines
        What is said, each with the second at which it begins.
    length
        Seconds.
    bed
        A music file to lie under the speech; any format that libav reads. Looped if it is too short.

    Raises
    ------
    SoundError
        A line begins before the film or ends after it, or the music cannot be read.
    """
    speech = lay_lines(lines, length)
    speech = loudness.compressed(speech, RATE)
    if bed is None:
        whole = loudness.mastered(speech, RATE)
        return np.stack([whole, whole], axis=1)
    both = music.bed(bed, len(speech), RATE, SoundError)
    both *= _gain(measure(both, RATE, peak=False), loudness.TARGET - UNDER) * _room(lines, len(speech))[:, None]
    both += _gain(measure(speech, RATE, dual=True, peak=False), loudness.TARGET) * speech[:, None]
    return loudness.mastered(both, RATE)


def with_sounds(said: Samples, sounds: Samples) -> Samples:
    """What is said, ``(n, 2)``, over the sounds of a scene or of a film, as many: neither gets louder for the other."""
    return loudness.limited(said + sounds[: len(said)], RATE)


def lay_lines(lines: Sequence[tuple[float, Speech]], length: float) -> Samples:
    """The lines alone, each at its time and all equally loud, one channel at ``RATE``.

    >>> lay_lines([], 0.5).shape
    (24000,)
    """
    if not length > 0:
        raise SoundError(f"A film of {length} seconds has no sound. Its length must be more than nothing.")
    floor = np.zeros(math.ceil(round(length * RATE, 6)), np.float32)
    for start, speech in lines:
        if not 0 <= start <= start + speech.duration <= length + _OVER:
            raise SoundError(
                f"A line is said from {start:.2f} to {start + speech.duration:.2f} s, and the film lasts from 0 "
                f"to {length:.2f} s. The cues and the picture are not of the same film: render it anew."
            )
        if not speech.samples.any():
            continue
        at = round(start * RATE)
        sound = _resampled(_evened(speech))[: len(floor) - at]
        floor[at : at + len(sound)] += sound
    return floor


def _evened(speech: Speech) -> Speech:
    """The line at the same level as every other, by the power of what is heard in it."""
    block = max(1, speech.rate // 50)
    samples = speech.samples
    power = np.square(samples[: len(samples) // block * block]).reshape(-1, block).mean(axis=1)
    if not len(power) or not power.max():
        return speech
    level = math.sqrt(power[power > power.max() * 1e-3].mean())
    return Speech(samples * np.float32(min(_LINE_LEVEL / level, _MOST)), speech.rate, speech.marks)


def _resampled(speech: Speech) -> Samples:
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    pieces = [
        piece.to_ndarray().reshape(-1)
        for frame in [*loudness.frames(speech.samples, speech.rate, speech.rate), None]
        for piece in resampler.resample(frame)
    ]
    return np.concatenate(pieces).astype(np.float32, copy=False)


def _gain(found: Loudness, wanted: float) -> np.float32:
    """What brings a sound of one loudness to another, in LUFS; silence stays as it is."""
    return np.float32(10 ** ((wanted - found.lufs) / 20) if math.isfinite(found.lufs) else 1)


def _room(lines: Sequence[tuple[float, Speech]], count: int) -> NDArray[np.float32]:
    """The gain of the music at each sample: it is down by the time a line begins, and comes back after it."""
    spans: list[list[float]] = []
    for start, speech in sorted(lines, key=lambda line: line[0]):
        if not speech.samples.any():
            continue
        end = start + speech.duration
        if spans and start - ATTACK < spans[-1][1] + RELEASE:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
    room = np.ones(count, np.float32)
    for start, end in spans:
        first, last = max(0, math.floor((start - ATTACK) * RATE)), min(count, math.ceil((end + RELEASE) * RATE))
        times = np.arange(first, last) / RATE
        depth = np.interp(times, [start - ATTACK, start, end, end + RELEASE], [0.0, 1.0, 1.0, 0.0])
        room[first:last] = 10 ** (-DIP / 20 * (0.5 - 0.5 * np.cos(np.pi * depth)))
    return room
