"""OneKnob: the loss as a curve over one coefficient, a recorded point on it, and its tangent: up, and down."""

from __future__ import annotations

import numpy as np
from manim import Animation, Dot, Line, Polygon, ValueTracker, VGroup
from numpy.typing import NDArray

from descent_core.recordings.landscape import Landscape
from descent_core.recordings.trajectory import Trajectory
from scenes.parts.panels.plot import Plot
from scenes.parts.words import coefficient_name
from scenes.theme import theme

#: How far the tangent reaches to either side, of the width between the axes; and how far the arrows on it do.
_TANGENT, _ARROW = 0.27, 0.19
#: Room over the curve, of its height.
_OVER = 1.12


class OneKnob(VGroup):
    """What is left of a landscape if only coefficient 0 is turned: a curve through a recorded point.

    Parameters
    ----------
    landscape
        Cut where coefficient 1 is as it is at the point.
    trajectory
        A run of two coefficients on it.
    between
        The values of coefficient 0 at which the curve begins and ends.
    row
        Of the run, whose point it is; the tangent is its recorded slope.
    size
        Width and height between the axes, in scene units.

    Attributes
    ----------
    ground, dot, tangent, uphill, downhill
        The curve; the recorded point; the tangent; and on it an arrow to where the loss rises, and one to where it
        falls.

    Examples
    --------
    ::

        knob = OneKnob(library.landscape("mountain"), recording("right"), (-4.6, 1.8))
        self.add(knob.plot, knob.ground, knob.dot)
        self.play(knob.lay_tangent(run_time=1))
        self.add(knob.uphill, knob.downhill)
    """

    def __init__(
        self,
        landscape: Landscape,
        trajectory: Trajectory,
        between: tuple[float, float],
        row: int = 0,
        size: tuple[float, float] = (5.5, 3.1),
    ) -> None:
        super().__init__()
        (x, held), loss, slope = trajectory.coeffs[row], trajectory.losses[row], trajectory.slopes[row, 0]
        xs = np.linspace(*between, 161)
        heights = landscape.height(xs, float(held))
        self.plot = Plot(
            between,
            (0, float(heights.max()) * _OVER),
            across_name=coefficient_name("knob 0"),
            up_name="loss",
            size=size,
            plate=False,
        )
        # Bare on the fog, the name of the axis has to stand out.
        self.plot.across_title.set_color(theme.text)
        self.ground = self.plot.curve(xs, heights, theme.loss, 6)
        self.ground.landscape, self.ground.cut = landscape, float(held)
        self.dot = Dot(self.plot.spot(x, loss), radius=0.12, color=theme.text)
        low, high = self.plot.spots([0.0, 1.0], [0.0, 0.0])[:, 0]
        floor, one = self.plot.spots([x, x], [0.0, 1.0])[:, 1]
        way = np.array([high - low, float(slope) * (one - floor), 0.0])
        self._along: NDArray[np.float64] = way / np.linalg.norm(way)
        self._laid, self._size = ValueTracker(0.0), size
        self.tangent = Line([0, 0, 0], [1, 0, 0], color=theme.accent, stroke_width=7)
        rises = 1 if slope > 0 else -1
        self.uphill, self.downhill = self._arrow(rises, theme.uphill), self._arrow(-rises, theme.downhill)
        self.tangent.add_updater(lambda _: self._draw_tangent())
        self.add(self.plot, self.ground, self.tangent, self.uphill, self.downhill, self.dot)
        self._draw_tangent()

    def lay_tangent(self, *, run_time: float) -> Animation:
        """Animate the tangent to be laid on the curve, from the point to both sides."""
        return self._laid.animate(run_time=run_time, rate_func=theme.ease).set_value(1.0)

    def _draw_tangent(self) -> None:
        """Draw as much of the tangent as is laid."""
        reach = self._along * (_TANGENT * self._size[0] * max(self._laid.get_value(), 1e-3))
        middle = self.dot.get_center()
        self.tangent.put_start_and_end_on(middle - reach, middle + reach)

    def _arrow(self, sign: int, colour: str) -> Polygon:
        """An arrow on the tangent, to one side of the point."""
        start = self.dot.get_center() + self._along * (sign * 0.17)
        end = self.dot.get_center() + self._along * (sign * _ARROW * self._size[0])
        along = self._along * sign
        side = np.array([-along[1], along[0], 0.0])
        neck = end - along * 0.36
        half = [(start, 0.055), (neck, 0.055), (neck, 0.19)]
        corners = [*half, (end, 0.0), *((place, -off) for place, off in half[::-1])]
        return Polygon(
            *(place + side * off for place, off in corners), stroke_width=0, fill_color=colour, fill_opacity=1
        )
