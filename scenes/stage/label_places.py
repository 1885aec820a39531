"""Places in the frame for labels: beside what they name, over nothing that matters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DL, DOWN, LEFT, RIGHT, UP, Mobject, config
from numpy.typing import NDArray

from scenes.stage.naming import set_names
from scenes.theme import theme

#: Left, bottom, right, top in scene units.
Box = tuple[float, float, float, float]
#: Room between two things that can still be told apart.
_APART = 0.05


def box_of(mobject: Mobject) -> Box:
    """The box around a mobject."""
    left, bottom, _ = mobject.get_corner(DL)
    return float(left), float(bottom), float(left + mobject.width), float(bottom + mobject.height)


def overlap(first: Box, second: Box) -> bool:
    """Whether two boxes overlap, or almost do.

    >>> overlap((0, 0, 1, 1), (1.02, 0, 2, 1)), overlap((0, 0, 1, 1), (1.2, 0, 2, 1))
    (True, False)
    """
    return all(first[i] < second[i + 2] + _APART and second[i] < first[i + 2] + _APART for i in (0, 1))


def within_margins(box: Box, floor: float = -np.inf) -> bool:
    """Whether a box is in the title-safe area of the frame, and no lower than ``floor``."""
    wide, high = config.frame_width / 2 - theme.margin, config.frame_height / 2 - theme.margin
    left, bottom, right, top = box
    return -wide < left < right < wide and max(-high, floor) < bottom < top < high


def set_beside(
    label: Mobject, thing: Mobject, taken: Sequence[Mobject], spots: NDArray[np.float64], floor: float
) -> Mobject:
    """Move a label beside the thing that it names, where it covers least; returns it.

    Parameters
    ----------
    taken
        What it must not cover.
    spots
        ``(n, 3)``, scene points of which it should cover few.
    floor
        The height in the frame below which it should not reach.
    """
    boxes = [box_of(mobject) for mobject in taken]

    def cost(place: tuple[NDArray[np.float64], float]) -> tuple[int, int]:
        left, low, right, top = box = box_of(label.next_to(thing, place[0], buff=place[1]))
        x, y = spots[:, 0], spots[:, 1]
        covered = int(((x > left) & (x < right) & (y > low) & (y < top)).sum())
        return sum(overlap(box, other) for other in boxes) + 3 * (not within_margins(box, floor)), covered

    sides = (RIGHT, LEFT, UP, DOWN, UP + RIGHT, UP + LEFT, DOWN + RIGHT, DOWN + LEFT)
    side, buff = min(((side, buff) for buff in (0.1, 0.5, 1.0) for side in sides), key=cost)
    return set_names(label, thing).next_to(thing, side, buff=buff)
