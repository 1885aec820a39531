"""Bowl: the cross-section of a landscape with one valley, and a run that diverges on it."""

from __future__ import annotations

import numpy as np
from manim import Animation, Dot, ValueTracker, VGroup, linear

from descent_core.recordings.landscape import Landscape
from descent_core.recordings.trajectory import Trajectory
from scenes.engine.drawing.move_exactly import move_exactly
from scenes.parts.panels.plot import Plot, PlotCurve
from scenes.parts.words import words
from scenes.theme import theme


class Bowl(VGroup):
    """The loss along coefficient 0, with the recorded points of a run on it.

    Parameters
    ----------
    landscape
        Cut where coefficient 1 is 0.
    trajectory
        A run that stays on that cut.
    size
        Width and height of the cut, in scene units.

    Examples
    --------
    A step that is far too big::

        bowl = Bowl(library.landscape("bowl"), recording("far-too-big"), size=(7, 4))
        self.add(bowl)
        self.play(bowl.walk_to_end(run_time=1))
    """

    def __init__(self, landscape: Landscape, trajectory: Trajectory, size: tuple[float, float] = (4.4, 2.3)) -> None:
        super().__init__()
        west, east, _, _ = landscape.bounds
        self._run = trajectory
        xs = np.linspace(west, east, 121)
        heights = landscape.height(xs, 0.0)
        self.plot = Plot(
            (west, east),
            (0, float(heights.max())),
            across_name="knob",
            up_name="loss",
            size=size,
            plate=False,
        )
        self.title = words(f"a bowl,  lr {trajectory.lr:g}", theme.label, theme.text, weight="SEMIBOLD")
        # Clear of the rim and of the name of the axis, between the two.
        self.title.move_to(self.plot.title).set_x(self.plot.spot((west + east) / 2, 0)[0])
        self.ground = self.plot.curve(xs, heights, theme.quiet, 5)
        self.ground.landscape = landscape
        self._clock = ValueTracker(0.0)
        self.trail = PlotCurve(self.plot, trajectory.coeffs[:, 0], trajectory.losses, theme.too_big, 3)
        self.trail.set_stroke(opacity=0.8)
        self.ball = Dot(radius=0.11, color=theme.too_big)
        self.trail.now, self.trail.head = lambda: float(self._clock.get_value()), self.ball
        self.add(self.plot, self.title, self.ground, self.trail, self.ball)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Draw the run as far as it has come."""
        now = float(self._clock.get_value())
        row = min(int(now + 1e-6), self._run.steps)
        after = min(row + 1, self._run.steps)
        reached = self.plot.spots(self._run.coeffs[: row + 1, 0], self._run.losses[: row + 1])
        here, there = self.plot.spots(self._run.coeffs[[row, after], 0], self._run.losses[[row, after]])
        ball = here + (there - here) * (now - row)
        self.trail.set_points_as_corners([*reached, ball])
        move_exactly(self.ball, ball)

    def walk_to_end(self, run_time: float) -> Animation:
        """Animate the whole run, in ``run_time`` seconds."""
        return self._clock.animate(run_time=run_time, rate_func=linear).set_value(float(self._run.steps))
