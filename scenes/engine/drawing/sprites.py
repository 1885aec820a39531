"""Sprites: shapes that stand still over a picture that moves are drawn once, kept, and laid on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Camera, VMobject, config
from numpy.typing import NDArray

from scenes.engine.drawing.compositing import composite

#: The fraction of the frame above which a shape is drawn anew each time: to lay it on would take as long.
_LARGE = 0.15
#: With so many points it would not, however large it is.
_INTRICATE = 400
#: Shapes that are remembered, at most.
_MAX_SHAPES = 4096


@dataclass
class _DrawnShape:
    """A shape as it was drawn last: a hash of its appearance; and once it stood still its left, top and picture."""

    appearance: int
    sprite: tuple[int, int, NDArray[np.uint8]] | None = None


class ShapeCache:
    """Draws shapes through manim's camera, and those that have not changed since the last frame from memory.

    manim draws every shape that stands above one that moves anew in each frame. Above a mountain in
    drifting fog that is all of them, and it took longer than the mountain.
    """

    def __init__(self) -> None:
        self._known: dict[int, _DrawnShape] = {}
        self._scratch: NDArray[np.uint8] | None = None

    def remember(self, shape: VMobject) -> None:
        """As if a shape had been drawn."""
        appearance = _appearance(shape)
        known = self._known.get(id(shape))
        if known is None or known.appearance != appearance:
            self._known[id(shape)] = _DrawnShape(appearance)

    def draw(self, camera: Camera, shapes: Iterable[VMobject], frame: NDArray[np.uint8]) -> None:
        """Draw ``shapes`` into ``frame``, ``(H, W, 4)``, in their order."""
        context = camera.get_cairo_context(frame)
        if len(self._known) > _MAX_SHAPES:
            self._known.clear()
        for shape in shapes:
            if not len(shape.points):
                continue
            appearance = _appearance(shape)
            known = self._known.get(id(shape))
            if known is None or known.appearance != appearance:
                self._known[id(shape)] = _DrawnShape(appearance)
                camera.display_vectorized(shape, context)
                continue
            if known.sprite is None:
                known.sprite = self._sprite(camera, shape, frame.shape)
            left, top, picture = known.sprite
            if picture.size:
                composite(frame, left, top, picture)
            elif left < 0:
                camera.display_vectorized(shape, context)

    def _sprite(self, camera: Camera, shape: VMobject, size: tuple[int, ...]) -> tuple[int, int, NDArray[np.uint8]]:
        """The picture of a shape by itself, and its left upper corner; (-1, -1) and nothing if it is too large."""
        nothing = np.zeros((0, 0, 4), np.uint8)
        height, width = size[:2]
        scale = height / config.frame_height
        # A sharp corner reaches ten times as far as half the stroke.
        strokes = float(max(shape.get_stroke_width(), shape.get_stroke_width(background=True)))
        room = strokes * 0.01 * scale * 5 + 3
        columns = width / 2 + shape.points[:, 0] * scale
        rows = height / 2 - shape.points[:, 1] * scale
        left, right = max(int(columns.min() - room), 0), min(int(columns.max() + room) + 1, width)
        top, bottom = max(int(rows.min() - room), 0), min(int(rows.max() + room) + 1, height)
        if left >= right or top >= bottom:
            return 0, 0, nothing
        if (right - left) * (bottom - top) > _LARGE * width * height and len(shape.points) < _INTRICATE:
            return -1, -1, nothing
        if self._scratch is None or self._scratch.shape != size:
            self._scratch = np.zeros(size, np.uint8)
        camera.display_vectorized(shape, camera.get_cairo_context(self._scratch))
        region = self._scratch[top:bottom, left:right]
        picture = region.copy()
        region[:] = 0
        return left, top, picture


def _appearance(shape: VMobject) -> int:
    """A hash of all that decides how a shape is drawn."""
    fields: tuple[Any, ...] = (
        shape.points.tobytes(),
        shape.fill_rgbas.tobytes(),
        shape.stroke_rgbas.tobytes(),
        shape.background_stroke_rgbas.tobytes(),
        float(shape.stroke_width),
        float(shape.background_stroke_width),
        shape.joint_type,
        shape.cap_style,
        shape.sheen_factor,
        np.asarray(shape.sheen_direction).tobytes(),
    )
    return hash(fields)
