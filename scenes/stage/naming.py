"""Labels and what they name, rings and what they surround: a scene says so where it sets them, for the check."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

M = TypeVar("M", bound=Mobject)


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


def anchor_of(thing: Mobject) -> Mobject | NDArray[np.float64]:
    """What a label of a thing stands beside: the tip of what has one, or all of it."""
    tip = getattr(thing, "tip", None)
    return np.asarray(tip(), dtype=np.float64) if callable(tip) else thing
