"""AngleKnobs: the two angles of a throw as knobs, with what each is called and how far it is turned."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from manim import DOWN, RIGHT, VGroup
from numpy.typing import ArrayLike

from scenes.parts.live_value import live
from scenes.parts.panels.scorecard import Readout
from scenes.parts.radio import Knob
from scenes.parts.words import set_on_baseline, words
from scenes.theme import theme


class AngleKnobs(VGroup):
    """Two knobs, each turned as far as its angle says.

    Parameters
    ----------
    aim
        The two angles in degrees, ``(2,)``, recorded; or a function that gives the present ones.
    names
        What they are called.
    radius
        Of a knob, in scene units.

    Attributes
    ----------
    knobs, numbers
        The two knobs, and the two numbers below them.

    Examples
    --------
    ::

        run = recording("darts")
        progress = Progress(run)
        self.add(AngleKnobs(lambda: run.coeffs[progress.row], radius=0.8))
        self.play(progress.to(30, run_time=2))
    """

    def __init__(
        self,
        aim: ArrayLike | Callable[[], ArrayLike],
        names: tuple[str, str] = ("sideways", "up"),
        radius: float = 0.5,
    ) -> None:
        super().__init__()
        read = live(aim)
        self.knobs, self.numbers, self.labels = VGroup(), VGroup(), VGroup()
        for index, name in enumerate(names):
            knob = Knob(partial(_turned, read, index), radius=radius)
            label = words(name, theme.small, theme.weight, weight="SEMIBOLD")
            number = Readout(partial(_told, read, index), theme.body, theme.text)
            number.next_to(knob.rim, DOWN, buff=theme.gap)
            set_on_baseline(label, name, float(knob.rim.get_top()[1]) + 0.34 * radius)
            label.set_x(knob.rim.get_x())
            column = VGroup(label, knob, number)
            self.knobs.add(knob)
            self.labels.add(label)
            self.numbers.add(number)
            self.add(column.shift(RIGHT * index * (2 * radius + 2.2 * theme.room)))


def _turned(read: Callable[[], Any], index: int) -> float:
    """How far a knob is turned, in radians."""
    return float(np.radians(read()[index]))


def _told(read: Callable[[], Any], index: int) -> str:
    """The same as it stands below the knob."""
    return _degrees(read()[index])


def _degrees(angle: float) -> str:
    """An angle as it stands on screen.

    >>> _degrees(-14.3), _degrees(4236.2)
    ('-14°', '+4,236°')
    """
    return f"{angle:+,.0f}°"
