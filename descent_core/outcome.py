"""How a walk ended, in one word. This is the one place that says what each word means.

The verdict is read from the recorded points and losses alone, so it holds for any loss and any
optimizer, and it does not change with the units of either: every threshold is a share of the walk's
own size.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

#: "The end of the walk" is its last quarter: long enough to show a habit, short enough to be the end.
LAST = 4
#: At rest means within this share of the walk's whole extent (in place) and range (in loss).
REST = 0.01
#: A climb, or a step back, counts as swinging from this share of the walk's whole range or extent on.
SWING = 0.05


class Outcome(StrEnum):
    """What became of a walk. The first of these that fits, in this order, is the verdict."""

    DIVERGED = "diverged"
    """The loss stopped being a finite number, or all through the last quarter of the walk it was
    above the loss at the start."""

    CONVERGED = "converged"
    """The walk came to rest: all through its last quarter it stayed within 1 % of its whole extent
    of where it ended, and the loss within 1 % of its whole range of the last loss."""

    OSCILLATING = "oscillating"
    """The walk swings and does not settle: in its second half the loss climbs back from a low by
    more than 5 % of its whole range, or most steps turn back on the one before and are longer than
    5 % of the walk's whole extent."""

    CRAWLING = "crawling"
    """None of these: it was still on its way, far from rest, when the steps ran out."""


def judge(coeffs: NDArray[np.float64], losses: NDArray[np.float64]) -> Outcome:
    """Name the outcome of a walk.

    Parameters
    ----------
    coeffs
        ``(T+1, D)``, the points visited.
    losses
        ``(T+1,)``, the loss at each.

    Examples
    --------
    Ten halvings come to rest; ten doublings don't.

    >>> t = np.arange(21.0)
    >>> judge((0.5**t)[:, None], 0.25**t).value
    'converged'
    >>> judge((2.0**t)[:, None], 4.0**t).value
    'diverged'
    """
    if not np.isfinite(losses).all() or not np.isfinite(coeffs).all():
        return Outcome.DIVERGED
    steps = len(losses) - 1
    tail = slice(-max(1, steps // LAST) - 1, None)
    if steps and losses[tail].min() > losses[0]:
        return Outcome.DIVERGED

    # Only proportions count from here on; in units of the largest value nothing can overflow.
    coeffs, losses = _in_units_of_largest(coeffs), _in_units_of_largest(losses)
    extent = float(np.ptp(coeffs, axis=0).max())
    swing = float(np.ptp(losses))
    astray = float(np.abs(coeffs[tail] - coeffs[-1]).max())
    unsettled = float(np.abs(losses[tail] - losses[-1]).max())
    if steps and astray <= REST * extent and unsettled <= REST * swing:
        return Outcome.CONVERGED

    half = losses[steps // 2 :]
    climb = float((half - np.minimum.accumulate(half)).max())
    strides = np.diff(coeffs[steps // 2 :], axis=0)
    turns = (strides[1:] * strides[:-1]).sum(axis=1) < 0
    back_and_forth = turns.size > 0 and turns.mean() > 0.5
    long_strides = strides.size > 0 and np.median(np.linalg.norm(strides, axis=1)) > SWING * extent
    if climb > SWING * swing or (back_and_forth and long_strides):
        return Outcome.OSCILLATING
    return Outcome.CRAWLING


def _in_units_of_largest(values: NDArray[np.float64]) -> NDArray[np.float64]:
    largest = float(np.abs(values).max())
    return values / largest if largest > 0 else values
