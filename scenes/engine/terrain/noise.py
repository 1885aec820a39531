"""Noise of one seed: what the land, the fog and the woods are varied by, the same on every machine and every time."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

#: Points along one side of a tile, and points from one hill of it to the next, about.
TILE, WAVE = 512, 8.0


@cache
def tile(seed: int = 11) -> Array:
    """``(512, 512)``, hills and hollows of one size, of deviation 1, that repeat without a seam.

    White noise whose spectrum is confined to a ring: one octave. Whoever wants several adds tiles of several scales.

    >>> bool(abs(tile().std() - 1) < 1e-3)
    True
    """
    frequency = np.fft.fftfreq(TILE).astype(np.float32)
    across = np.hypot(frequency[:, None], frequency[None, :]) * WAVE
    ring = np.exp(-np.square((across - 1) / 0.42))
    ring[0, 0] = 0
    chance = np.random.default_rng(seed).random((TILE, TILE))
    drawn = np.fft.ifft2(ring * np.exp(2j * np.pi * chance)).real
    drawn /= drawn.std()
    drawn.setflags(write=False)
    return drawn.astype(np.float32)


@cache
def grit(seed: int = 23) -> NDArray[np.int8]:
    """``(512, 512)``, the finest grain of the ground, -127 to 127, that repeats without a seam."""
    frequency = np.fft.fftfreq(TILE).astype(np.float32)
    radius = np.hypot(frequency[:, None], frequency[None, :])
    spectrum = np.where(radius > 0.01, 1 / np.maximum(radius, 0.01) ** 0.75, 0) * np.exp(-np.square(radius / 0.3))
    chance = np.random.default_rng(seed).random((TILE, TILE))
    drawn = np.fft.ifft2(spectrum * np.exp(2j * np.pi * chance)).real
    return np.asarray(np.rint(np.clip(drawn / (3 * drawn.std()), -1, 1) * 127), np.int8)
