"""Where in the frame something is, as fractions of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import ImageMobject, Mobject, VMobject, config
from numpy.typing import NDArray

#: Left, top, right and bottom, as fractions of the frame.
FrameBox = tuple[float, float, float, float]

#: Opacity up to which nobody sees that something is there.
_UNSEEN = 0.05
#: Scene units that a line is thick at least.
_THIN = 0.08


def frame_box(points: NDArray[np.float64]) -> FrameBox:
    """The box around points, ``(n, 3)`` in scene units, cut to the frame.

    >>> frame_box(np.array([[-1.0, 2, 0], [1, 4, 0]]))
    (0.4296875, 0.0, 0.5703125, 0.25)
    """
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    width, height = config.frame_width, config.frame_height
    box = (0.5 + low[0] / width, 0.5 - high[1] / height, 0.5 + high[0] / width, 0.5 - low[1] / height)
    left, top, right, bottom = (float(np.clip(edge, 0, 1)) for edge in box)
    return left, top, right, bottom


def seen_box(members: Iterable[Mobject]) -> FrameBox | None:
    """The box around what can be seen of some mobjects, without what they are made of; None if nothing can.

    >>> from manim import RIGHT, Square
    >>> seen_box([Square(2).shift(3 * RIGHT).set_stroke(opacity=0)]) is None
    True

    A level line is as high as it is seen to be:

    >>> from manim import LEFT, Line
    >>> left, top, right, bottom = seen_box([Line(LEFT, RIGHT)])
    >>> bool(0 < bottom - top < 0.02)
    True
    """
    points = [member.points for member in members if len(member.points) and _seen(member)]
    if not points:
        return None
    every = np.concatenate(points)
    low, high = every.min(axis=0), every.max(axis=0)
    thin = np.where(high - low < _THIN, _THIN / 2, 0)
    left, top, right, bottom = box = frame_box(np.stack([low - thin, high + thin]))
    return box if right > left and bottom > top else None


def _seen(mobject: Any) -> bool:
    if isinstance(mobject, ImageMobject):
        return float(getattr(mobject, "opacity", 1.0)) > _UNSEEN
    if not isinstance(mobject, VMobject):
        return False
    fill, stroke = mobject.fill_rgbas, mobject.stroke_rgbas
    filled = len(fill) > 0 and float(fill[0, 3]) > _UNSEEN
    return filled or (len(stroke) > 0 and mobject.stroke_width > 0 and float(stroke[0, 3]) > _UNSEEN)
