"""Labels and what they name or tell, rings and what they surround: a scene says so where it sets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from manim import Mobject
from numpy.typing import ArrayLike, NDArray

M = TypeVar("M", bound=Mobject)
T = TypeVar("T")


def set_next_to(label: M, thing: Mobject, side: Any, buff: float) -> M:
    """Move a label beside the thing that it names, and let it be known that it names it; returns it.

    Beside an arrow it stands at the tip. As long as the label is there, the check asks that its thing is there too,
    visible, beside it and not under it.

    Parameters
    ----------
    side
        Of the thing, such as ``RIGHT``: ``(3,)``.
    buff
        Room between the two, in scene units.

    Examples
    --------
    ::

        dot = Dot(color=theme.right)
        self.add(dot, set_next_to(words("the end"), dot, RIGHT, theme.gap))
    """
    return set_names(label, thing).next_to(anchor_of(thing), side, buff=buff)


def set_names(label: M, *things: Mobject) -> M:
    """Let it be known that a label names some things, wherever it stands; returns it."""
    label.names = tuple(things)
    return label


def names_of(label: Mobject) -> tuple[Mobject, ...]:
    """The things that a label names; none, if nobody said so."""
    named: tuple[Mobject, ...] = getattr(label, "names", ())
    return named


def set_around(ring: M, thing: Mobject) -> M:
    """Centre a ring, or a frame, on the thing that it surrounds, and let that be known; returns it.

    As long as the ring is there, the check asks that it is around its thing, evenly, and that the line which is said
    names this thing and no other of its kind.

    Examples
    --------
    ::

        dot = Dot(color=theme.right)
        self.add(dot, set_around(Circle(0.3, color=theme.accent), dot))
    """
    ring.around = lambda: thing  # manim copies what it animates, and would copy the thing with it
    return ring.move_to(thing)


def surrounded_by(ring: Mobject) -> tuple[Mobject, ...]:
    """The thing that a ring is around; none, if nobody said so."""
    around = getattr(ring, "around", None)
    return () if around is None else (around(),)


def set_points_at(arrow: M, place: Callable[[], ArrayLike]) -> M:
    """Let it be known what an arrow points at, in the frame or beyond it; returns it.

    Parameters
    ----------
    arrow
        A straight one.
    place
        Gives the scene point, ``(2,)`` or ``(3,)``, of what it points at.

    Examples
    --------
    ::

        dot = Dot([9, 2, 0])
        self.add(dot, set_points_at(Arrow([5, 1, 0], [6, 1.25, 0]), dot.get_center))
    """
    made: Any = arrow
    made.points_toward = place
    return arrow


def pointed_at(arrow: Mobject) -> NDArray[np.float64] | None:
    """The scene point, ``(2,)``, that an arrow points at; None, if nobody said so."""
    place = getattr(arrow, "points_toward", None)
    return None if place is None else np.asarray(place(), dtype=np.float64)[:2]


def anchor_of(thing: Mobject) -> Mobject | NDArray[np.float64]:
    """What a label of a thing stands beside: the tip of what has one, or all of it."""
    tip = getattr(thing, "tip", None)
    return np.asarray(tip(), dtype=np.float64) if callable(tip) else thing


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
