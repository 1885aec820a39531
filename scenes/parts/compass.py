"""The compass: a dial whose needle is a recorded slope, and the same slope lying on the ground."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import Circle, Line, Polygon, VGroup
from numpy.typing import ArrayLike, NDArray

from scenes.parts.mountain import Mountain
from scenes.parts.raster import Standing
from scenes.parts.reading import reading
from scenes.parts.scale import RELIEF
from scenes.theme import theme

#: Ground this much nearer than either end of an arrow is still the ground that it lies on.
FOOTING = 0.45

Vector = ArrayLike | Callable[[], ArrayLike]


class Compass(VGroup):
    """A dial over the two knobs: right is more of knob 0, up is more of knob 1.

    One end of the needle points downhill, the other uphill: the gradient says both.

    Parameters
    ----------
    slope
        The recorded gradient, ``(2,)``, or a function that gives the present one; it points uphill.
    radius
        Of the dial, in scene units.

    Examples
    --------
    A needle that follows a walk::

        run = recording("right")
        progress = Progress(run)
        self.add(Compass(lambda: run.slopes[progress.row], radius=2))
        self.play(progress.to(12, run_time=1))
    """

    def __init__(self, slope: Vector, radius: float = 1.0) -> None:
        super().__init__()
        self._slope = reading(slope)
        self.radius = radius
        rim = Circle(radius=radius, color=theme.quiet, stroke_width=3, fill_color=theme.panel, fill_opacity=0.95)
        ticks = VGroup(
            *(
                Line(
                    [
                        np.cos(a) * radius * (0.84 if k % 6 else 0.76),
                        np.sin(a) * radius * (0.84 if k % 6 else 0.76),
                        0,
                    ],
                    [np.cos(a) * radius * 0.93, np.sin(a) * radius * 0.93, 0],
                    color=theme.quiet,
                    stroke_width=2 if k % 6 else 3,
                )
                for k, a in enumerate(np.linspace(0, 2 * np.pi, 24, endpoint=False))
            )
        )
        self.rim = rim
        width, reach = radius * 0.13, radius * 0.72
        self._down = np.array([[reach, 0, 0], [0, width, 0], [0, -width, 0]])
        self._up = np.array([[-reach, 0, 0], [0, width, 0], [0, -width, 0]])
        self.down = Polygon(*self._down, stroke_width=0, fill_color=theme.downhill, fill_opacity=1)
        self.up = Polygon(*self._up, stroke_width=0, fill_color=theme.uphill, fill_opacity=1)
        self.hub = Circle(radius=width * 0.45, stroke_width=0, fill_color=theme.text, fill_opacity=1)
        self.add(rim, ticks, self.up, self.down, self.hub)
        self.add_updater(lambda _: self.point())
        self.point()

    def point(self) -> None:
        """Turn the needle to the present slope."""
        east, north = -np.asarray(self._slope(), dtype=float)
        angle = np.arctan2(north, east)
        turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
        scale = self.rim.width / (2 * self.radius)
        for needle, shape in ((self.down, self._down), (self.up, self._up)):
            corners = shape @ turn.T * scale + self.rim.get_center()
            needle.set_points_as_corners([*corners, corners[0]])


class GroundArrow(VGroup):
    """An arrow that lies in the plane that touches the ground: along a vector of the knobs.

    Parameters
    ----------
    mountain
        The ground.
    place
        The knob setting it starts from, ``(2,)``, or a function that gives the present one.
    vector
        Its direction and length over the ground, ``(2,)`` in knob units, or a function that gives it.
    colour
        Of the arrow.
    width
        Half the width of its shaft, in world units.

    Examples
    --------
    The way down from where a walk begins, as long as the slope is steep::

        run = recording("right")
        mountain = Mountain(library.landscape("mountain"))
        self.add(mountain, GroundArrow(mountain, run.coeffs[4], -4 * run.slopes[4], theme.downhill))
    """

    def __init__(
        self,
        mountain: Mountain,
        place: Vector,
        vector: Vector,
        colour: str,
        width: float = 0.07,
    ) -> None:
        super().__init__()
        self._mountain, self._place, self._vector, self._width = mountain, reading(place), reading(vector), width
        self.shape = Polygon(
            [0, 0, 0],
            [1, 0, 0],
            [0, 1, 0],
            fill_color=colour,
            fill_opacity=1,
            stroke_color=theme.things.outline,
            stroke_width=1.5,
        )
        self.standing = self.shape.standing = Standing(mountain)
        self.add(self.shape)
        self.add_updater(lambda _: self.lie())
        self.lie()

    def lie(self) -> None:
        """Lie on the ground where it starts now."""
        x, y = self._start()
        tip = np.asarray(self._vector(), dtype=float) + (x, y)
        self.standing.depth = min(self._mountain.depth_at(x, y), self._mountain.depth_at(*tip)) - FOOTING
        corners = self._outline()
        self.shape.set_points_as_corners([*corners, corners[0]])

    def _start(self) -> tuple[float, float]:
        x, y = np.asarray(self._place(), dtype=float)
        return float(x), float(y)

    def _outline(self) -> NDArray[np.float64]:
        x, y = self._start()
        vector = np.asarray(self._vector(), dtype=float) * self._mountain.scale_of.ground
        length = float(np.hypot(*vector))
        if length < 1e-6:
            return np.repeat(self._mountain.points_at([[x, y]], 0.03), 7, axis=0)
        along = vector / length
        side = np.array([-along[1], along[0]])
        w = self._width
        head = min(3.4 * w, length)
        neck = length - head
        flat = np.array(
            [
                side * w,
                along * neck + side * w,
                along * neck + side * 2.5 * w,
                along * length,
                along * neck - side * 2.5 * w,
                along * neck - side * w,
                -side * w,
            ]
        )
        tilt = self._mountain.tilt(x, y)
        start = self._mountain.world(x, y)
        height = start[2] + (flat @ tilt) * RELIEF + 0.03
        world = np.column_stack([start[0] + flat[:, 0], start[1] + flat[:, 1], height])
        return self._mountain.on_screen(world)

    def tip(self) -> NDArray[np.float64]:
        """``(3,)``, the scene point of its tip."""
        return self._outline()[3]
