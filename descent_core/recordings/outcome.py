"""How a run ended, in one word. This is the one place that says what each word means.

The outcome is read from the recorded points and losses alone, so it holds for any loss and any
optimizer, and it does not change with the units of either: every threshold is a fraction of the
run's own size.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

#: The end of a run is its last quarter: long enough to show what it does, short enough to be the end.
TAIL = 4
#: At rest means within this fraction of the run's whole extent (of its points) and range (of its losses).
REST_TOLERANCE = 0.01
#: A climb, or a step back, counts as swinging from this fraction of the run's whole range or extent on.
SWING = 0.05

#: How many numbers of a run are compared at once, and of how many rows at least.
_BLOCK, _ROWS = 2**15, 32


class Outcome(StrEnum):
    """What became of a run: the first of these, in this order, that fits."""

    DIVERGED = "diverged"
    """The loss stopped being a finite number, or all through the last quarter of the run it was
    above the loss at the start."""

    CONVERGED = "converged"
    """The run came to rest: all through its last quarter it stayed within 1 % of its whole extent
    of where it ended, and the loss within 1 % of its whole range of the last loss."""

    OSCILLATING = "oscillating"
    """The run swings and does not settle: in its second half the loss climbs back from a low by
    more than 5 % of its whole range, or most steps turn back on the one before and are longer than
    5 % of the run's whole extent."""

    CRAWLING = "crawling"
    """None of these: it was still on its way, far from rest, when the steps ran out."""


def classify(coeffs: NDArray[np.float64], losses: NDArray[np.float64]) -> Outcome:
    """The outcome of a run.

    Parameters
    ----------
    coeffs
        ``(T+1, D)``, the points visited.
    losses
        ``(T+1,)``, the loss at each.

    Examples
    --------
    Halvings come to rest; doublings diverge.

    >>> t = np.arange(21.0)
    >>> classify((0.5**t)[:, None], 0.25**t).value
    'converged'
    >>> classify((2.0**t)[:, None], 4.0**t).value
    'diverged'
    """
    high, low = coeffs[0].copy(), coeffs[0].copy()
    for rows in _bands(coeffs):
        for columns in _columns(rows):
            block = rows[:, columns]
            np.maximum(high[columns], block.max(axis=0), out=high[columns])
            np.minimum(low[columns], block.min(axis=0), out=low[columns])
    if not all(np.isfinite(values).all() for values in (losses, high, low)):
        return Outcome.DIVERGED
    steps = len(losses) - 1
    tail = slice(-max(1, steps // TAIL) - 1, None)
    if steps and losses[tail].min() > losses[0]:
        return Outcome.DIVERGED

    # Only proportions count from here on; in units of the largest value nothing can overflow.
    unit = _largest(np.stack([high, low]))
    losses = losses / _largest(losses)
    extent = float((high / unit - low / unit).max())
    swing = float(np.ptp(losses))
    unsettled = float(np.abs(losses[tail] - losses[-1]).max())
    if steps and unsettled <= REST_TOLERANCE * swing:
        end = coeffs[-1] / unit
        farthest = max(
            float(np.abs(rows[:, columns] / unit - end[columns]).max())
            for rows in _bands(coeffs[tail])
            for columns in _columns(rows)
        )
        if farthest <= REST_TOLERANCE * extent:
            return Outcome.CONVERGED

    half = losses[steps // 2 :]
    climb = float((half - np.minimum.accumulate(half)).max())
    if climb > SWING * swing or _turns_back(coeffs[steps // 2 :], unit, SWING * extent):
        return Outcome.OSCILLATING
    return Outcome.CRAWLING


def _turns_back(coeffs: NDArray[np.float64], unit: float, long: float) -> bool:
    """Whether most steps turn back on the one before, and are longer than ``long`` units."""
    steps = len(coeffs) - 2
    turns = seen = 0
    for rows in _bands(coeffs, overlap=2):
        along = np.zeros(len(rows) - 2)
        for columns in _columns(rows):
            updates = np.diff(rows[:, columns] / unit, axis=0)
            along += np.einsum("td,td->t", updates[1:], updates[:-1])
        turns, seen = turns + int((along < 0).sum()), seen + len(along)
        if turns + (steps - seen) <= steps / 2:  # even if all the rest turned back
            return False
    if not seen:
        return False
    squares = []
    for rows in _bands(coeffs, overlap=1):
        squares.append(np.zeros(len(rows) - 1))
        for columns in _columns(rows):
            updates = np.diff(rows[:, columns] / unit, axis=0)
            squares[-1] += np.einsum("td,td->t", updates, updates)
    return bool(np.median(np.sqrt(np.concatenate(squares))) > long)


def _bands(values: NDArray[np.float64], overlap: int = 0) -> Iterator[NDArray[np.float64]]:
    """Some rows at a time, each with ``overlap`` rows of the next."""
    rows = max(_ROWS, _BLOCK // values.shape[1])
    for first in range(0, len(values) - overlap, rows):
        yield values[first : first + rows + overlap]


def _columns(band: NDArray[np.float64]) -> Iterator[slice]:
    """Some columns at a time: what is made of them stays near the processor."""
    columns = max(1, _BLOCK // len(band))
    for first in range(0, band.shape[1], columns):
        yield slice(first, first + columns)


def _largest(values: NDArray[np.float64]) -> float:
    """The largest size of all ``values``; 1 where all are zero."""
    return float(np.abs(values).max()) or 1.0
