"""By hand: values that the story sets and no run gave, such as knobs that somebody turns to show what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Hand:
    """Why values are of no recording, and whether rows that are told beside them concern others: see `by_hand`."""

    reason: str
    apart: bool


class _ByHand(np.ndarray[Any, np.dtype[np.float64]]):
    """An array that knows why it is of no recording; what is computed from it does not."""

    hand: Hand | None

    def __array_finalize__(self, source: Any) -> None:
        self.hand = None


def by_hand(values: ArrayLike, reason: str, *, apart: bool = False) -> NDArray[np.float64]:
    """Values that no run gave, with the reason why a stage part is set to them, as `constant` is for a number.

    An instrument that follows something is otherwise held against what was recorded.

    Parameters
    ----------
    values, reason
        What it is set to, and why.
    apart
        Whether that has nothing to do with the row of a run that a card beside it may tell.

    Examples
    --------
    >>> set_to = by_hand([1.0, -2.0], "where somebody lays a finger on the map")
    >>> set_to.tolist(), hand_of(set_to).reason
    ([1.0, -2.0], 'where somebody lays a finger on the map')
    >>> hand_of(set_to[::-1]), hand_of([1.0, -2.0])
    (None, None)
    """
    made = np.array(values, dtype=np.float64).view(_ByHand)
    made.hand = Hand(reason, apart)
    return made


def hand_of(values: object) -> Hand | None:
    """Why values are of no recording, where `by_hand` says so; None of any others."""
    return values.hand if isinstance(values, _ByHand) else None
