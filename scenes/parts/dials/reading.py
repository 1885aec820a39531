"""Reading: a compass with the names of its two knobs, and the number that it gives for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import DOWN, LEFT, RIGHT, UP, VGroup
from numpy.typing import ArrayLike

from scenes.parts.dials.compass import Compass
from scenes.parts.live_value import live
from scenes.parts.panels.scorecard import Readout
from scenes.parts.words import coefficient_name, words
from scenes.theme import theme

Vector = ArrayLike | Callable[[], ArrayLike]


class Reading(VGroup):
    """A `Compass` over two coefficients, their names at its axes, and under it the slope of each.

    Parameters
    ----------
    slope
        The recorded gradient, ``(2,)``, or a function that gives the present one; it points uphill.
    names
        Of the two coefficients.
    radius
        Of the dial, in scene units.

    Attributes
    ----------
    compass
        The dial.
    numbers
        The two rows: a name and its number each.

    Examples
    --------
    ::

        run = recording("right")
        progress = Progress(run)
        self.add(Reading(lambda: run.slopes[progress.row]))
        self.play(progress.to(12, run_time=1))
    """

    def __init__(self, slope: Vector, names: tuple[str, str] = ("knob 0", "knob 1"), radius: float = 0.95) -> None:
        super().__init__()
        read = live(slope)
        self.compass = Compass(slope, radius=radius)
        east, north = (words(coefficient_name(name), theme.small, theme.weight) for name in names)
        east.next_to(self.compass.rim, RIGHT, buff=theme.near)
        north.next_to(self.compass.rim, UP, buff=theme.near)
        self.axes = VGroup(east, north)
        self.numbers = VGroup(*(self._row(name, read, index) for index, name in enumerate(names)))
        self.numbers.arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        self.numbers.next_to(self.compass.rim, DOWN, buff=theme.gap * 1.4)
        self.add(self.compass, self.axes, self.numbers)

    @staticmethod
    def _row(name: str, read: Callable[[], Any], index: int) -> VGroup:
        label = words(coefficient_name(name), theme.label, theme.weight)
        number = Readout(lambda: f"{read()[index]:+.2f}", theme.body)
        return VGroup(label, number).arrange(RIGHT, buff=theme.gap)
