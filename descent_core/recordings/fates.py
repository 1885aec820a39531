"""Fates: where walks from many starts end. Home, in another valley, still walking, or gone. numpy only.

A walk is asked three things: is its end still a number, and on the ground; did it stay within one radius of its end all
through its last quarter; and in which valley does that end lie? So a single recording and a batch of thousands are held
to one rule, `fates_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.recordings.walk_shape import TAIL

Array = NDArray[np.float64]

#: A walk is in a valley within this fraction of the ground's longer side of its lowest point.
NEAR = 0.01


class Fate(IntEnum):
    """Where a walk ends."""

    HOME = 0
    """At rest in the valley that is called home."""

    ELSEWHERE = 1
    """At rest in another valley."""

    WALKING = 2
    """Still on its way, or to and fro, when the steps ran out; or at rest where no valley is known."""

    GONE = 3
    """No longer a number, or off the ground."""


@dataclass(frozen=True, eq=False)
class Ended:
    """What became of each of ``N`` walks.

    Attributes
    ----------
    fates
        ``(N,)`` uint8, a `Fate` each.
    in_valley
        ``(N,)`` int16, the valley that it rests in, 0 for home; -1 for none.
    arrived
        ``(N,)`` int32, the first row from which on it stays within the radius of its end.
    """

    fates: NDArray[np.uint8]
    in_valley: NDArray[np.int16]
    arrived: NDArray[np.int32]


def radius_of(bounds: tuple[float, float, float, float]) -> float:
    """How near is near, on the ground between these edges (west, east, south, north).

    >>> radius_of((-9, 9, -9, 7))
    0.18
    """
    west, east, south, north = bounds
    return NEAR * max(east - west, north - south)


def arrival(coeffs: ArrayLike, radius: float) -> NDArray[np.int32]:
    """``(N,)``, the first row from which on walks ``(T+1, N, D)`` stay within ``radius`` of their ends.

    >>> arrival([[[8.0]], [[4.0]], [[0.5]], [[0.0]]], radius=1).tolist()
    [2]
    """
    points = np.asarray(coeffs, np.float64)
    with np.errstate(all="ignore"):  # a walk that is gone may be as far away as floating point goes
        away = ~(np.linalg.norm(points - points[-1], axis=-1) <= radius)
    last = len(points) - 1 - np.argmax(away[::-1], axis=0)
    return np.where(away.any(axis=0), last + 1, 0).astype(np.int32)


def fates_of(
    ends: ArrayLike,
    arrived: ArrayLike,
    *,
    whole: ArrayLike,
    on_ground: ArrayLike,
    steps: int,
    valleys: ArrayLike,
    radius: float,
) -> Ended:
    """What became of walks.

    Parameters
    ----------
    ends
        ``(N, D)``, where they end.
    arrived
        ``(N,)``, as `arrival` gives it.
    whole
        ``(N,)``, whether all of their losses were finite.
    on_ground
        ``(N,)``, whether they end on the ground that is shown.
    steps
        How many each was to make.
    valleys
        ``(K, D)``, the lowest points of the valleys that are known, home first.
    radius
        As `radius_of` gives it.

    Examples
    --------
    >>> ended = fates_of([[0.1], [5.0], [2.0], [9e9]], [3, 10, 40, 40], whole=[1, 1, 1, 1], on_ground=[1, 1, 1, 0],
    ...     steps=40, valleys=[[0.0], [5.0]], radius=0.2)
    >>> [Fate(fate).name for fate in ended.fates], ended.in_valley.tolist()
    (['HOME', 'ELSEWHERE', 'WALKING', 'GONE'], [0, 1, -1, -1])
    """
    ends, arrived = np.asarray(ends, np.float64), np.asarray(arrived, np.int32)
    points = np.asarray(valleys, np.float64).reshape(-1, ends.shape[1])
    there = np.asarray(whole, bool) & np.asarray(on_ground, bool)
    rests = there & (arrived <= steps - steps // TAIL)
    nearest, found = np.zeros(len(ends), np.int16), np.zeros(len(ends), bool)
    if len(points):
        with np.errstate(all="ignore"):
            apart = np.stack([np.linalg.norm(ends - point, axis=1) for point in points], axis=1)
        nearest = np.argmin(np.where(np.isfinite(apart), apart, np.inf), axis=1).astype(np.int16)
        found = rests & (apart[np.arange(len(ends)), nearest] <= radius)
    fates = np.full(len(ends), Fate.WALKING, np.uint8)
    fates[found & (nearest == 0)] = Fate.HOME
    fates[found & (nearest > 0)] = Fate.ELSEWHERE
    fates[~there] = Fate.GONE
    return Ended(fates, np.where(found, nearest, -1).astype(np.int16), arrived)
