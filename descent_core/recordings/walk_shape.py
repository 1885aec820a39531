"""The shape of a walk: its size, whether it came to rest, whether its steps turn back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: The end of a run is its last quarter: long enough to show what it does, short enough to be the end.
TAIL = 4
#: At rest means within this fraction of the run's whole extent (of its points) and range (of its losses).
REST_TOLERANCE = 0.01
#: Steps get shorter if the last are, on the median, this fraction of those before or less.
_SHORTER = 0.95
#: A loss that came down in its last quarter by this fraction of all, or less, has levelled off.
_LEVEL = 0.05
#: Slopes stay as long as they are if the square of the shortest is more than this fraction of that of the longest.
_ALIKE = 0.25
#: Of so many steps the curvature is estimated.
_SAMPLED = 64
#: How many numbers of a run are compared at once, and of how many rows at least.
_BLOCK, _ROWS = 2**15, 32


@dataclass(frozen=True)
class WalkShape:
    """What a walk looks like.

    Attributes
    ----------
    steps
        How many it made.
    losses
        ``(T+1,)``, all of them.
    extent
        The largest extent of its points along any coefficient.
    range
        The range of its losses.
    rests
        Whether all through its last quarter it stayed within 1 % of both.
    turns_back
        Whether most steps of its second half turn back on the one before.
    shortening
        Whether its last steps are shorter than those before.
    straddles
        Whether most slopes of its last quarter turn back on the one before, and stay as long as they are.
    common_slope
        If so, the length of what these slopes have in common: the means of each two that follow one another, and of
        those the median along each coefficient.
    levelled
        Whether its last quarter brought the loss down by little.
    stride
        The length of its last step over that of the slope there; of plain gradient descent, the learning rate.
    curvature_along, curvature_met
        How much the slope changed along a step, over its length, which is the curvature in its direction: in the last
        step, and the largest of some steps all along the walk.
    size
        The largest size of a coefficient; 1 where all are 0.
    """

    steps: int
    losses: Array
    extent: float
    range: float
    rests: bool
    turns_back: bool
    shortening: bool
    straddles: bool
    common_slope: float
    levelled: bool
    stride: float
    curvature_along: float
    curvature_met: float
    size: float

    @property
    def moved(self) -> bool:
        """Whether it ever left its start."""
        return self.extent > 0


def shape_of(coeffs: Array, losses: Array, slopes: Array | None = None) -> WalkShape | None:
    """The shape of a walk; ``None`` if not all of its numbers are finite.

    Parameters
    ----------
    coeffs, slopes
        ``(T+1, D)``, its points, and the gradient at each, if it is known.
    losses
        ``(T+1,)``, the loss at each.

    Examples
    --------
    >>> halving = 0.5 ** np.arange(21.0)
    >>> shape = shape_of(halving[:, None], halving**2)
    >>> shape.extent, shape.rests, shape.turns_back
    (0.9999990463256836, True, False)
    """
    high, low = coeffs[0].copy(), coeffs[0].copy()
    for rows in _bands(coeffs):
        for columns in _columns(rows):
            block = rows[:, columns]
            np.maximum(high[columns], block.max(axis=0), out=high[columns])
            np.minimum(low[columns], block.min(axis=0), out=low[columns])
    if not all(np.isfinite(values).all() for values in (losses, high, low)):
        return None
    steps = len(losses) - 1
    # Only proportions are compared; in units of the largest value nothing can overflow.
    unit = _largest(np.stack([high, low]))
    extent = float((high / unit - low / unit).max())
    size = _largest(losses)
    scaled = losses / size
    swing = float(np.ptp(scaled))
    later = coeffs[steps // 2 :]
    turns_back = _turns_back(later, unit)
    lengths = _lengths(later, unit) if turns_back else np.zeros(0)
    middle = len(lengths) // 2
    with np.errstate(over="ignore"):
        return WalkShape(
            steps=steps,
            losses=losses,
            extent=extent * unit,
            range=swing * size,
            rests=_rests(tail(coeffs), tail(scaled), unit, extent, swing),
            turns_back=turns_back,
            shortening=middle > 0 and bool(np.median(lengths[middle:]) <= _SHORTER * np.median(lengths[:middle])),
            levelled=bool(tail(scaled)[0] - scaled[-1] <= _LEVEL * swing),
            size=unit,
            **_kink(slopes if steps >= 2 * TAIL else None),
            **_steepness(coeffs, slopes),
        )


def tail(values: Array) -> Array:
    """The rows of the end of a run: its last quarter, of one step at least.

    >>> tail(np.arange(9.0)).tolist(), tail(np.arange(2.0)).tolist()
    ([6.0, 7.0, 8.0], [0.0, 1.0])
    """
    return values[-max(1, (len(values) - 1) // TAIL) - 1 :]


def _rests(coeffs: Array, losses: Array, unit: float, extent: float, swing: float) -> bool:
    if float(np.abs(losses - losses[-1]).max()) > REST_TOLERANCE * swing:
        return False
    end = coeffs[-1] / unit
    farthest = max(
        float(np.abs(rows[:, columns] / unit - end[columns]).max())
        for rows in _bands(coeffs)
        for columns in _columns(rows)
    )
    return farthest <= REST_TOLERANCE * extent


def _steepness(coeffs: Array, slopes: Array | None) -> dict[str, Any]:
    stride, along = 0.0, [0.0]
    if slopes is None or len(coeffs) < 2:
        return {"stride": stride, "curvature_along": 0.0, "curvature_met": 0.0}
    for row in np.unique(np.linspace(1, len(coeffs) - 1, _SAMPLED).round().astype(int)):
        here, before = slopes[row], slopes[row - 1]
        moved = coeffs[row] - coeffs[row - 1]
        with np.errstate(over="ignore"):
            length, steep = float(np.linalg.norm(moved)), float(np.linalg.norm(before))
            known = 0 < length < np.inf and 0 < steep < np.inf and bool(np.isfinite(here).all())
            stride = length / steep if known else 0.0
            bend = abs(float((here - before) / length @ (moved / length))) if known else 0.0
        along.append(bend if np.isfinite(bend) else 0.0)
    return {"stride": stride, "curvature_along": along[-1], "curvature_met": max(along)}


def _kink(slopes: Array | None) -> dict[str, Any]:
    """Whether slopes turn back on each other from row to row without getting shorter, and what they have in common."""
    if slopes is None or not np.isfinite(tail(slopes)).all():
        return {"straddles": False, "common_slope": np.inf}
    slopes = tail(slopes)
    squares, turns = np.zeros(len(slopes)), np.zeros(len(slopes) - 1)
    for columns in _columns(slopes):
        block = slopes[:, columns]
        squares += np.einsum("td,td->t", block, block)
        turns += np.einsum("td,td->t", block[1:], block[:-1])
    alike = squares.max() > 0 and squares.min() > _ALIKE * squares.max()  # at a kink they stay as long as they are
    if not alike or (turns < 0).mean() <= 0.5:
        return {"straddles": False, "common_slope": np.inf}
    pairs = [(slopes[1:, columns] + slopes[:-1, columns]) / 2 for columns in _columns(slopes)]
    common = np.concatenate([np.median(block, axis=0) for block in pairs])
    return {"straddles": True, "common_slope": float(np.linalg.norm(common))}


def _turns_back(coeffs: Array, unit: float) -> bool:
    """Whether most steps turn back on the one before."""
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
    return seen > 0


def _lengths(coeffs: Array, unit: float) -> Array:
    """``(T,)``, how long each step is, in units."""
    squares = [np.zeros(0)]
    for rows in _bands(coeffs, overlap=1):
        squares.append(np.zeros(len(rows) - 1))
        for columns in _columns(rows):
            updates = np.diff(rows[:, columns] / unit, axis=0)
            squares[-1] += np.einsum("td,td->t", updates, updates)
    return np.sqrt(np.concatenate(squares))


def _bands(values: Array, overlap: int = 0) -> Iterator[Array]:
    """Some rows at a time, each with ``overlap`` rows of the next."""
    rows = max(_ROWS, _BLOCK // values.shape[1])
    for first in range(0, len(values) - overlap, rows):
        yield values[first : first + rows + overlap]


def _columns(band: Array) -> Iterator[slice]:
    """Some columns at a time: what is made of them stays near the processor."""
    columns = max(1, _BLOCK // len(band))
    for first in range(0, band.shape[1], columns):
        yield slice(first, first + columns)


def _largest(values: Array) -> float:
    """The largest size of all ``values``; 1 where all are zero."""
    return float(np.abs(values).max()) or 1.0
