"""Noise of a given colour, and curves over time: what wind, snow and a radio are made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import gaussian_filter1d

from scenes.production.sound.loudness import Samples

#: Points a second of curves, which are slow.
_CURVE_RATE = 200


def coloured(chance: np.random.Generator, count: int, rate: int, colour: Sequence[tuple[float, float]]) -> Samples:
    """``(count,)`` samples of noise with an RMS of 1.

    Parameters
    ----------
    chance
        Where its randomness comes from: the same state gives the same noise.
    colour
        How strong it is, as pairs of Hz and dB; straight between them over the logarithm of the frequency, and nothing
        outside.

    Examples
    --------
    >>> noise = coloured(np.random.default_rng(1), 48000, 48000, [(500, 0), (1000, 0)])
    >>> power = np.abs(np.fft.rfft(noise)) ** 2
    >>> round(float(power[500:1001].sum() / power.sum()), 6), round(float(np.sqrt(np.mean(noise**2))), 3)
    (1.0, 1.0)
    """
    size = fft.next_fast_len(count, real=True)
    spectrum = fft.rfft(chance.standard_normal(size, dtype=np.float32))
    octaves = np.log2(np.maximum(fft.rfftfreq(size, 1 / rate), 1e-3))
    hertz, decibels = (np.array(column, float) for column in zip(*colour, strict=True))
    gain = 10 ** (np.interp(octaves, np.log2(hertz), decibels, left=-np.inf, right=-np.inf) / 20)
    noise = np.asarray(fft.irfft(spectrum * gain.astype(np.float32), size)[:count], np.float32)
    return noise / np.float32(np.sqrt(np.mean(np.square(noise), dtype=np.float64)) or 1.0)


def held(
    times: Sequence[float], values: Sequence[float], begin: float, count: int, rate: int, soft: float
) -> NDArray[np.float32]:
    """``(count,)``, a value at each sample from ``begin`` seconds on: each holds until the next, softly.

    Parameters
    ----------
    times, values
        From which second on each value holds; the first also before that.
    soft
        Seconds over which a change is spread, half before its time and half after it.
    """
    if not len(times):
        return np.zeros(count, np.float32)
    points = begin + np.arange(int(count / rate * _CURVE_RATE) + 2) / _CURVE_RATE
    steps = np.asarray(values, float)[np.maximum(np.searchsorted(times, points, side="right") - 1, 0)]
    smooth = gaussian_filter1d(steps, soft / 4 * _CURVE_RATE, mode="nearest")
    return _at_samples(smooth, count, rate)


def wandering(chance: np.random.Generator, count: int, rate: int, slowness: Sequence[float]) -> NDArray[np.float32]:
    """``(count,)``, a curve that wanders about 0 with a standard deviation of 1.

    Parameters
    ----------
    slowness
        Seconds in which it goes from one side to the other; of several curves, which are added.
    """
    size = int(count / rate * _CURVE_RATE) + 2
    total = np.zeros(size)
    for seconds in slowness:
        curve = gaussian_filter1d(chance.standard_normal(size), seconds / 2 * _CURVE_RATE, mode="wrap")
        total += curve / (curve.std() or 1.0)
    return _at_samples(total / np.sqrt(len(slowness)), count, rate)


def _at_samples(curve: NDArray[np.float64], count: int, rate: int) -> NDArray[np.float32]:
    places = np.arange(count) * (_CURVE_RATE / rate)
    return np.asarray(np.interp(places, np.arange(len(curve)), curve), np.float32)
