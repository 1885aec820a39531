"""Moving a thing frame by frame, so that where it stands says nothing of the way it came."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from manim import Mobject
from numpy.typing import ArrayLike, NDArray

Thing = TypeVar("Thing", bound=Mobject)

#: Scene units: a shape that has changed by less was moved, not changed.
_SAME = 1e-6


def move_exactly(thing: Thing, point: ArrayLike) -> Thing:
    """Set the middle of ``thing`` on ``point``, a scene point ``(3,)``, and return it.

    manim's ``move_to`` adds to the points what is left of the way, and rounds each time: after a thousand frames a
    thing is not to the bit where it is after one, and a pixel on its edge is one shade off. This adds the point to
    the shape that the thing had at first, as long as it has it still.

    >>> from manim import Dot
    >>> there = [5.1, -0.7, 0]
    >>> once, often = move_exactly(Dot(), there), Dot()
    >>> for x in np.linspace(0, 1, 99):
    ...     _ = move_exactly(often, [x / 3, x, 0])
    >>> bool((move_exactly(often, there).points == once.points).all())
    True
    """
    members, middle = thing.family_members_with_points(), thing.get_center()
    shapes = [member.points - middle for member in members]
    at_first: list[NDArray[np.float64]] = getattr(thing, "_shapes", [])
    if [shape.shape for shape in at_first] == [shape.shape for shape in shapes] and all(
        np.abs(first - now).max() < _SAME for first, now in zip(at_first, shapes, strict=True)
    ):
        shapes = at_first
    thing._shapes = shapes
    for member, shape in zip(members, shapes, strict=True):
        member.points = shape + np.asarray(point, dtype=float)
    return thing
