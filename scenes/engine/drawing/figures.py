"""Figures: shapes that belong together are drawn by themselves, kept as one picture, and laid on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from manim import VMobject, config
from numba import njit
from numpy.typing import NDArray

from scenes.engine.drawing.compositing import composite
from scenes.engine.drawing.filling import ALONG, DITHER, FADING, STEPS, fill
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
    origin = np.array([width / 2 - left, height / 2 - top])
    down = np.array([unit, -unit])
    kinds, colours, places, opacities = _fills(shapes, origin, down)
    fill(
        picture,
        (points * down + origin).reshape(-1, 8).astype(np.float32),
        np.cumsum([len(shape.points) // 4 for shape in shapes]),
        kinds,
        colours,
        places,
        opacities,
        DITHER,
    )
    return _Drawn(appearance, left, top, picture)


def _fills(
    shapes: Sequence[SoftShape], origin: NDArray[np.float64], down: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """What fills each of some shapes: see `scenes.engine.drawing.filling.fill`."""
    count = len(shapes)
    kinds = np.zeros(count, np.int64)
    colours, places = np.zeros((count, 4, 4), np.float32), np.zeros((count, 6), np.float32)
    opacities = np.zeros((count, STEPS + 1), np.float32)
    for index, shape in enumerate(shapes):
        rgbas = shape.fill_rgbas
        if shape.middle is not None:
            middle, across, up = ((shape.middle + shape.moved())[:, :2] * down + origin).tolist()
            a, b, c, d = across[0] - middle[0], up[0] - middle[0], across[1] - middle[1], up[1] - middle[1]
            size = a * d - b * c
            if abs(size) > 1e-6:
                kinds[index] = FADING
                places[index] = [*middle, d / size, -b / size, -c / size, a / size]
                opacities[index] = _faded(shape.fading)
                colours[index, 0] = rgbas[0]
        elif shape.ends is not None and len(rgbas) > 1:
            (x, y), (to_x, to_y) = ((shape.ends + shape.moved())[:, :2] * down + origin).tolist()
            way = max((to_x - x) ** 2 + (to_y - y) ** 2, 1e-9)
            kinds[index] = ALONG
            places[index, :4] = [x, y, (to_x - x) / way, (to_y - y) / way]
            colours[index] = rgbas if len(rgbas) == 4 else _four(rgbas)
        else:
            colours[index, 0] = rgbas[0]
    return kinds, colours, places, opacities


def _four(rgbas: NDArray[np.float64]) -> NDArray[np.float64]:
    """``(4, 4)``, the colours of a line at four places, evenly spaced."""
    at, stops = np.linspace(0, 1, 4), np.linspace(0, 1, len(rgbas))
    return np.stack([np.interp(at, stops, channel) for channel in rgbas.T], axis=1)


@cache
def _faded(fading: tuple[float, ...]) -> NDArray[np.float32]:
    """``(STEPS + 1,)``, how opaque it is by the square of the distance from the middle."""
    away = np.sqrt(np.linspace(0, 1, STEPS + 1))
    return np.interp(away, np.linspace(0, 1, len(fading)), fading).astype(np.float32)


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
