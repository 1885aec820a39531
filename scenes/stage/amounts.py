"""Amounts: how much a picture stands for as it is drawn, and the label that tells it: said for the check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from manim import Mobject

M = TypeVar("M", bound=Mobject)
T = TypeVar("T")


@dataclass(frozen=True)
class Amount:
    """How much a thing stands for.

    Attributes
    ----------
    drawn
        Gives how much it is as it is drawn just now; None while it comes or grows.
    within
        By how much that may be off the number that tells it: half of what the picture is rounded to.
    """

    drawn: Callable[[], float | None]
    within: float


def set_amount(thing: T, drawn: Callable[[], float | None], *, within: float = 1e-6) -> T:
    """Let it be known how much a thing stands for, measured from what is drawn of it; returns it.

    Parameters
    ----------
    drawn, within
        As `Amount` has them.

    Examples
    --------
    A heap of dots, each of which stands for ten::

        heap = VGroup(*(Dot() for _ in range(12))).arrange(RIGHT)
        set_amount(heap, lambda: 10 * len(heap))
        self.add(heap, tells(words("120 people"), heap))
    """
    made: Any = thing
    made.own_amount = Amount(drawn, within)
    return thing


def tells(label: M, *things: object) -> M:
    """Let it be known that the number of a label, or of a read-out, is how much some things stand for; returns it.

    As long as the label is there, the check asks that each of them does.
    """
    made: Any = label
    made.amount_told = lambda: things  # manim copies what it animates, and would copy the things with it
    return label


def amount_of(thing: object) -> Amount | None:
    """How much a thing stands for; None if nobody said so.

    >>> from manim import Square
    >>> amount_of(Square()), amount_of(set_amount(Square(), lambda: 3.0)).drawn()
    (None, 3.0)
    """
    found: Amount | None = getattr(thing, "own_amount", None)
    return found


def told_by(label: Mobject) -> tuple[object, ...]:
    """The things of which a label tells how much they stand for; none, if nobody said so."""
    told: Callable[[], tuple[object, ...]] | None = getattr(label, "amount_told", None)
    return () if told is None else told()
