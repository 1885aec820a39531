"""Cabin: a small house where a run ends, with a lit window that glows in the fog."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Polygon, VGroup
from numpy.typing import ArrayLike, NDArray

from scenes.engine.drawing.raster import GroundDepth
from scenes.parts.ground.mountain import Mountain
from scenes.theme import theme

#: World height of the cabin, to the top of its roof.
TALL = 0.55
#: Ground this much nearer is still the ground it is built on.
FOOTING = 0.5
#: How far behind its door the house stands, in world units: whoever arrives is drawn in front of it.
BEHIND = 0.34
#: World units round its door on which nothing grows, for a house of the usual height.
_YARD = 0.85
#: From the middle of the house to the middle of its door, for a house one unit tall.
_DOOR = 0.44


class Cabin(VGroup):
    """A small house on a `Mountain`, as visible as the fog lets it be.

    Parameters
    ----------
    mountain
        The ground.
    door
        The coefficients ``(2,)`` where its door is: where a recorded walk came to rest. The threshold is drawn at
        that very point; whoever arrives there stands in front of the house.
    size
        How many times the usual height.

    Examples
    --------
    Where a walk ended::

        mountain = Mountain(library.landscape("mountain"), fog=Fog(0.5))
        self.add(mountain, Cabin(mountain, recording("right").coeffs[-1], size=1.5))
    """

    def __init__(self, mountain: Mountain, door: ArrayLike, size: float = 1.0) -> None:
        super().__init__()
        self.mountain, self.size = mountain, size
        x, y = np.asarray(door, dtype=float)
        #: The coefficients where its door is.
        self.door = (float(x), float(y))
        self._framing: Any = None
        self._hidden = True
        self._shown: float | None = None
        self.ground_depth = GroundDepth(mountain)
        things = theme.things
        for corners, colour in (
            ([(-0.62, 0), (-0.62, 0.5), (0.2, 0.5), (0.2, 0)], things.wall),
            ([(0.2, 0), (0.2, 0.5), (0.44, 0.86), (0.68, 0.5), (0.68, 0)], things.gable),
            ([(-0.74, 0.46), (-0.42, 0.92), (0.46, 0.92), (0.17, 0.46)], things.roof),
            (
                [
                    (0.40, 0.92),
                    (0.46, 0.92),
                    (0.77, 0.46),
                    (0.70, 0.44),
                    (0.43, 0.84),
                    (0.17, 0.46),
                    (0.10, 0.47),
                ],
                things.eaves,
            ),
            ([(-0.42, 0.80), (-0.42, 1.08), (-0.26, 1.08), (-0.26, 0.80)], things.chimney),
            ([(-0.44, 0.14), (-0.44, 0.36), (-0.20, 0.36), (-0.20, 0.14)], things.lamplight),
            ([(-0.10, 0.14), (-0.10, 0.36), (0.08, 0.36), (0.08, 0.14)], things.lamplight),
            ([(0.35, 0), (0.35, 0.32), (0.53, 0.32), (0.53, 0)], things.lamplight),
        ):
            shape = Polygon(*((x, y, 0) for x, y in corners), stroke_width=0, fill_color=colour, fill_opacity=1)
            shape.ground_depth = self.ground_depth
            self.add(shape)
        self._outlines = [shape.points - [_DOOR, 0, 0] for shape in self.submobjects]
        mountain.windows.append(self.window)
        mountain.keep_clear([self.door], _YARD * size, 0.62 * size)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def window(self) -> tuple[float, float, float]:
        """Where its window is: its coefficients, and the height above the ground in world units."""
        return *self.door, 0.3 * TALL * self.size

    def drawn_door(self) -> NDArray[np.float64]:
        """``(3,)``, the scene point of the middle of its threshold as it is drawn, whatever was done to the house."""
        corners = self.submobjects[-1].points
        return np.asarray((corners[0] + corners[-5]) / 2)

    def refresh(self) -> None:
        """Draw it as the present shot and fog show it."""
        x, y = self.door
        framing = self.mountain.framing
        if framing != self._framing:
            self._framing = framing
            scale = self.mountain.scale_at(x, y) * TALL * self.size
            foot = self.mountain.point(x, y)
            depth = self.mountain.depth_at(x, y)
            self.ground_depth.stands, self.ground_depth.depth = depth + BEHIND, depth - FOOTING
            self._hidden = not self.mountain.in_view(x, y, TALL * self.size)
            for shape, outline in zip(self.submobjects, self._outlines, strict=True):
                shape.points = outline * scale + foot
        clear = 0.0 if self._hidden else round(self.mountain.clarity(x, y), 4)
        if clear != self._shown:
            self._shown = clear
            for shape in self.submobjects:
                shape.set_opacity(clear)
