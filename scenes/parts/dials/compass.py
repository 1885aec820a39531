"""Compass: a dial whose needle is a recorded slope."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
from manim import RIGHT, UP, Circle, Line, Polygon, VGroup
from numpy.typing import ArrayLike, NDArray

from scenes.parts.live_value import live
from scenes.parts.words import coefficient_name, words
from scenes.theme import theme

Vector = ArrayLike | Callable[[], ArrayLike]


class Compass(VGroup):
    """A dial over two coefficients: right is more of coefficient 0, up is more of coefficient 1.

    One end of the needle points downhill, the other uphill: the gradient says both.

    Parameters
    ----------
    slope
        The recorded gradient, ``(2,)``, or a function that gives the present one; it points uphill.
    radius
        Of the dial, in scene units.
    swing
        How far the needle is aside of the slope, in radians, or a function that says how far now: a needle swings
        before it comes to rest.
    named
        Whether its two axes are drawn, and say beside the rim whose they are: knob 0 to the right, knob 1 upward.

    Attributes
    ----------
    is_live
        Whether it was given a function for the slope.

    Examples
    --------
    A needle that follows a walk::

        run = recording("right")
        progress = Progress(run)
        self.add(Compass(lambda: run.slopes[progress.row], radius=2, named=True))
        self.play(progress.to(12, run_time=1))
    """

    def __init__(
        self,
        slope: Vector,
        radius: float = 1.0,
        *,
        swing: float | Callable[[], float] = 0.0,
        named: bool = False,
    ) -> None:
        super().__init__()
        self._slope, self.swing, self.is_live = live(slope), live(swing), callable(slope)
        self.radius = radius
        self.rim, ticks = dial(radius)
        width, reach = radius * 0.13, radius * 0.72
        self._down = np.array([[reach, 0, 0], [0, width, 0], [0, -width, 0]])
        self._up = np.array([[-reach, 0, 0], [0, width, 0], [0, -width, 0]])
        self.down = Polygon(*self._down, stroke_width=0, fill_color=theme.downhill, fill_opacity=1)
        self.up = Polygon(*self._up, stroke_width=0, fill_color=theme.uphill, fill_opacity=1)
        self.hub = Circle(radius=width * 0.45, stroke_width=0, fill_color=theme.text, fill_opacity=1)
        self.add(self.rim, ticks)
        #: What stands at its axes: their lines, and beside the rim their names; nothing unless it is ``named``.
        self.axes = dial_axes(radius) if named else VGroup()
        self.add(self.axes, self.up, self.down, self.hub)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def reading(self) -> ArrayLike:
        """``(2,)``, the present slope, as it was given."""
        return cast(ArrayLike, self._slope())

    def drawn_uphill(self) -> NDArray[np.float64]:
        """``(2,)``, where the uphill end of the needle points as it is drawn; of length 1."""
        way = self.up.get_vertices()[0] - self.hub.get_center()
        return np.asarray(way[:2] / np.linalg.norm(way[:2]))

    def refresh(self) -> None:
        """Turn the needle to the present slope."""
        east, north = -np.asarray(self._slope(), dtype=float)
        angle = np.arctan2(north, east) + self.swing()
        turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
        scale = self.rim.width / (2 * self.radius)
        for needle, shape in ((self.down, self._down), (self.up, self._up)):
            corners = shape @ turn.T * scale + self.rim.get_center()
            needle.set_points_as_corners([*corners, corners[0]])


def dial(radius: float) -> tuple[Circle, VGroup]:
    """The rim of a compass round (0, 0), and its 24 ticks."""
    rim = Circle(radius=radius, color=theme.quiet, stroke_width=3, fill_color=theme.panel, fill_opacity=0.95)
    ticks = VGroup()
    for k, angle in enumerate(np.linspace(0, 2 * np.pi, 24, endpoint=False)):
        way = np.array([np.cos(angle), np.sin(angle), 0]) * radius
        start, width = (0.84, 2) if k % 6 else (0.76, 3)
        ticks.add(Line(way * start, way * 0.93, color=theme.quiet, stroke_width=width))
    return rim, ticks


def dial_axes(radius: float) -> VGroup:
    """The two axes of a dial round (0, 0), which end in barbs beyond its rim, and their names."""
    axes = VGroup()
    for name, way in (("knob 0", RIGHT), ("knob 1", UP)):
        line = {"color": theme.quiet, "stroke_width": 2}
        # Faint where the needle plays.
        axes.add(Line(-way * radius * 0.72, way * radius * 0.72, **line, stroke_opacity=0.35))
        tip, side = way * (radius * 1.04 + 0.16), np.array([way[1], way[0], 0]) * 0.075
        axes.add(Line(way * radius * 1.04, tip, **line))
        axes.add(*(Line(tip, tip - way * 0.1 + aside, **line) for aside in (side, -side)))
        axes.add(words(coefficient_name(name), theme.label, theme.weight).next_to(tip, way, buff=theme.near))
    return axes
