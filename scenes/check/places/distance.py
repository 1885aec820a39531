"""How far what is drawn may be from its place, in pixels of a frame 1080 high."""

from __future__ import annotations

import numpy as np
from manim import config
from numpy.typing import ArrayLike, NDArray

#: How far a thing may be from its place.
NEAR = 1.0


def in_pixels(ways: ArrayLike) -> NDArray[np.float64]:
    """``(...,)``, the lengths of ways in the frame, ``(..., 2)`` or ``(..., 3)`` in scene units; depth is left out."""
    flat = np.asarray(ways, dtype=np.float64)[..., :2]
    return np.asarray(np.linalg.norm(flat, axis=-1) * 1080 / config.frame_height)


def too_far(here: ArrayLike, there: ArrayLike) -> str:
    """How far two scene points are apart, in words, if it is more than `NEAR`; else nothing."""
    away = float(in_pixels(np.asarray(here)[..., :2] - np.asarray(there)[..., :2]))
    return "" if away <= NEAR else f"{away:.1f} pixels of 1080p"
