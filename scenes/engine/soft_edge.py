"""Soft edges, for what is painted pixel by pixel: no line is jagged."""

from __future__ import annotations

from numba import njit


@njit(inline="always")
def within(edge: float, soft: float, x: float) -> float:
    """1 well below ``edge``, 0 well above it, and softly in between."""
    t = min(max((edge + soft - x) / (2 * soft), 0.0), 1.0)
    return t * t * (3 - 2 * t)
