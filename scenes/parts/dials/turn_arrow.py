"""TurnArrow: an arrow round a knob, the way in which it is to be turned: down its slope."""

from __future__ import annotations

import numpy as np
from manim import PI, CurvedArrow

from scenes.parts.radio import Knob
from scenes.theme import theme

#: How far it goes to either side of the top, in radians, and how far outside of the knob it is, of the knob's radius.
_REACH, _OUTSIDE = 0.75 * PI / 2, 1.55


class TurnArrow(CurvedArrow):
    """An arrow round the upper half of a knob: clockwise, which turns it up, where the loss falls that way.

    Parameters
    ----------
    knob
        The knob, where it stands.
    slope
        The recorded slope of its coefficient: up is downhill where that is negative.

    Attributes
    ----------
    slope
        The same. The check holds the way in which the arrow is drawn against it.

    Examples
    --------
    ::

        run, knob = recording("right"), Knob(0.4)
        self.add(knob, TurnArrow(knob, run.slopes[0, 0]))
    """

    def __init__(self, knob: Knob, slope: float) -> None:
        radius = knob.rim.width / 2 * _OUTSIDE
        ends = [knob.rim.get_center() + radius * np.array([np.sin(a), np.cos(a), 0]) for a in (-_REACH, _REACH)]
        clockwise = bool(slope < 0)
        start, end = ends if clockwise else ends[::-1]
        super().__init__(
            start,
            end,
            angle=(-2 if clockwise else 2) * _REACH,
            color=theme.downhill,
            stroke_width=6,
            tip_length=0.2,
        )
        self.slope = slope
