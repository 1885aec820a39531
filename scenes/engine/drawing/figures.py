"""Figures: shapes that belong together are drawn by themselves, kept as one picture, and laid on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cairo
import numpy as np
from manim import VMobject, config
from numba import njit
from numpy.typing import NDArray

from scenes.engine.drawing.compositing import composite
from scenes.engine.drawing.soft import SoftShape

#: Figures that are remembered, at most.
_MOST = 64

#: How much of each pixel of a region (rows, columns) of the frame is hidden; None for nothing of it.
Hiding = Callable[[tuple[slice, slice]], NDArray[np.float32] | None]


@dataclass(frozen=True)
class _Drawn:
    """A figure as it was drawn last: a hash of how it looks, left, top, and the picture."""

    appearance: int
    left: int
    top: int
    picture: NDArray[np.uint8]


class FigureCache:
    """Draws figures that are made of `SoftShape`, and those that have not changed since the last frame from memory."""

    def __init__(self) -> None:
        self._known: dict[int, _Drawn] = {}

    def draw(self, figure: Sequence[VMobject], frame: NDArray[np.uint8], hiding: Hiding) -> bool:
        """Draw a figure into ``frame``, ``(H, W, 4)``, without what is hidden; False if it is no such figure."""
        shapes = [shape for shape in figure if isinstance(shape, SoftShape)]
        if len(shapes) < len(figure):
            return False
        appearance = hash((frame.shape, *(shape.appearance() for shape in shapes)))
        known = self._known.get(id(shapes[0]))
        if known is None or known.appearance != appearance:
            if len(self._known) > _MOST:
                self._known.clear()
            known = self._known[id(shapes[0])] = _drawn(shapes, frame.shape, appearance)
        height, width = known.picture.shape[:2]
        if not known.picture.size:
            return True
        hidden = hiding((slice(known.top, known.top + height), slice(known.left, known.left + width)))
        picture = known.picture if hidden is None else _masked(known.picture, hidden)
        composite(frame, known.left, known.top, picture)
        return True


def _drawn(shapes: Sequence[SoftShape], size: tuple[int, ...], appearance: int) -> _Drawn:
    """A figure by itself, as large as it is in the frame."""
    height, width = size[:2]
    unit = height / config.frame_height
    points = np.concatenate([shape.points[:, :2] for shape in shapes])
    low, high = points.min(axis=0) * unit, points.max(axis=0) * unit
    left, right = max(int(width / 2 + low[0]) - 2, 0), min(int(width / 2 + high[0]) + 3, width)
    top, bottom = max(int(height / 2 - high[1]) - 2, 0), min(int(height / 2 - low[1]) + 3, height)
    if left >= right or top >= bottom:
        return _Drawn(appearance, 0, 0, np.zeros((0, 0, 4), np.uint8))
    picture = np.zeros((bottom - top, right - left, 4), np.uint8)
    surface = cairo.ImageSurface.create_for_data(
        picture.data, cairo.FORMAT_ARGB32, right - left, bottom - top, 4 * (right - left)
    )
    context = cairo.Context(surface)
    middle = (width / 2 - left, height / 2 - top)
    context.set_matrix(cairo.Matrix(unit, 0, 0, -unit, *middle))
    for shape in shapes:
        shape.draw(context, picture, unit, middle)
    surface.flush()
    return _Drawn(appearance, left, top, picture)


@njit(cache=True, nogil=True)
def _masked(picture: NDArray[np.uint8], hidden: NDArray[np.float32]) -> NDArray[np.uint8]:
    """A picture without what is hidden of it, ``(h, w)`` from 0 to 1."""
    rows, columns = hidden.shape
    masked = np.empty_like(picture)
    for row in range(rows):
        for column in range(columns):
            shows = np.float32(1) - hidden[row, column]
            for channel in range(4):
                masked[row, column, channel] = np.uint8(picture[row, column, channel] * shows + np.float32(0.5))
    return masked
