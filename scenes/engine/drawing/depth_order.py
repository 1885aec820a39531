"""The order in which what is on the ground is drawn: who stands nearer is drawn over who stands farther."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Mobject, config


def farthest_first(drawn: list[Mobject]) -> list[Mobject]:
    """Shapes in drawing order, with those on the ground together, from the farthest to the nearest.

    They are drawn where the first of them is: panels and words lie over all of them, whenever they came. What covers
    the whole frame, such as a picture or a curtain, and a layer of its own keep things apart: nothing moves past them.

    Parameters
    ----------
    drawn
        Shapes in the order in which they would be drawn. One with a ``ground_depth`` stands on the ground, as far away
        as its ``stands``; one that ``lies_on_ground``, such as a trail, is drawn before all who stand there. Any other
        is of no depth.

    Examples
    --------
    >>> from manim import Square
    >>> from scenes.engine.drawing.raster import GroundDepth
    >>> near, panel, far, trail = (Square() for _ in range(4))
    >>> near.ground_depth, far.ground_depth, trail.lies_on_ground = GroundDepth(None), GroundDepth(None), True
    >>> near.ground_depth.stands, far.ground_depth.stands = 3.0, 9.0
    >>> farthest_first([near, panel, far, trail]) == [trail, far, near, panel]
    True
    """
    depths = [depth_of(mobject) for mobject in drawn]
    grounded = [index for index, depth in enumerate(depths) if depth is not None]
    if len(grounded) < 2:
        return drawn
    first, last = grounded[0], grounded[-1] + 1
    ordered = drawn[:first]
    figures: list[tuple[float, Mobject]] = []
    others: list[Mobject] = []

    def settle() -> None:
        ordered.extend(mobject for _, mobject in sorted(figures, key=lambda figure: -figure[0]))
        ordered.extend(others)
        figures.clear()
        others.clear()

    layer = drawn[first].z_index
    for mobject, depth in zip(drawn[first:last], depths[first:last], strict=True):
        if mobject.z_index != layer:
            layer = mobject.z_index
            settle()
        if depth is not None:
            figures.append((depth, mobject))
        elif _covers_frame(mobject):
            settle()
            ordered.append(mobject)
        else:
            others.append(mobject)
    settle()
    return ordered + drawn[last:]


def depth_of(mobject: Mobject) -> float | None:
    """How far away a shape stands; infinite for one that lies on the ground, None for one that is not there."""
    if getattr(mobject, "lies_on_ground", False):
        return float(np.inf)
    ground_depth: Any = getattr(mobject, "ground_depth", None)
    return None if ground_depth is None else float(ground_depth.stands)


def _covers_frame(mobject: Mobject) -> bool:
    """Whether a shape, a rectangle or a picture, covers the whole frame."""
    points = mobject.points
    if len(points) not in (4, 16):  # the corners of a picture, the curves of a rectangle
        return False
    half = np.array([config.frame_width, config.frame_height]) / 2 - 0.01
    return bool((points.min(axis=0)[:2] <= -half).all() and (points.max(axis=0)[:2] >= half).all())
