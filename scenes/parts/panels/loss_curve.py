"""LossCurve: the recorded losses of runs, step by step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Dot, VMobject
from numpy.typing import NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.engine.drawing.move_exactly import move_exactly
from scenes.parts.panels.marks import Marks, axis_marks, widened
from scenes.parts.panels.plot import Plot, PlotCurve, round_ticks, step_axis
from scenes.parts.progress import Progress
from scenes.theme import theme

#: Losses that differ by less than this fraction of the greatest are drawn on an axis that does not begin at 0.
_SMALL = 0.1


class LossCurve(Plot):
    """The loss at each recorded step. A loss that is not finite is off the top.

    The axis begins at 0, except where losses lie below it, or so far above it that nothing could be seen of how they
    change.

    Parameters
    ----------
    runs
        Each a `Trajectory`, drawn whole; or a `Walk` or `Progress` of one, drawn as far as it has come:
        whatever plays ``walk.to(…)`` moves hiker and curve together. Of any number of coefficients.
    colours
        ``#rrggbb``, one for each run.
    size
        Width and height of the area between the axes, in scene units.
    step_name
        What the film calls a step: the name of the axis.

    Raises
    ------
    ValueError
        There is no run, or not one colour for each.

    Examples
    --------
    A whole run, and one that is drawn as it goes on::

        whole, going = recording("right"), Progress(recording("too-small"))
        self.add(LossCurve(whole, going, colours=[theme.right, theme.too_small], size=(6, 3)))
        self.play(going.to(60, run_time=1))
    """

    def __init__(
        self,
        *runs: Trajectory | Progress,
        colours: Sequence[str] | None = None,
        size: tuple[float, float] = (3.4, 1.9),
        step_name: str = "step",
    ) -> None:
        if not runs:
            raise ValueError("a loss curve needs at least one run")
        walks = [Progress(run, run.steps) if isinstance(run, Trajectory) else run for run in runs]
        steps = max(walk.trajectory.steps for walk in walks)
        losses = np.concatenate([walk.trajectory.losses for walk in walks])
        across, steps_to_mark = step_axis(steps)
        up, marks = _upward(losses[np.isfinite(losses)])
        super().__init__(
            across,
            up,
            across_name=step_name,
            up_name="loss",
            across_ticks=steps_to_mark,
            up_marks=marks,
            size=size,
        )
        #: The dot at the head of each curve, and the progress that it shows.
        self.heads: list[tuple[Dot, Progress]] = []
        for walk, colour in zip(walks, colours or [theme.right] * len(walks), strict=True):
            run = walk.trajectory
            line = PlotCurve(self, np.arange(run.steps + 1), run.losses, colour)
            head = Dot(radius=0.07, color=colour)
            line.add_updater(lambda line, walk=walk: self._draw(line, walk))
            head.add_updater(lambda head, walk=walk: move_exactly(head, self._head(walk)))
            self._draw(line, walk)
            move_exactly(head, self._head(walk))
            self.add(line, head)
            line.now, line.head = lambda walk=walk: walk.now, head
            self.heads.append((head, walk))

    def _draw(self, line: VMobject, walk: Progress) -> None:
        """Let ``line`` join the losses that were reached."""
        rows = np.arange(walk.row + 1)
        spots = list(self.spots(rows, _up(walk.trajectory.losses[rows])))
        spots.append(self._head(walk))
        line.set_points_as_corners(spots)

    def _head(self, walk: Progress) -> NDArray[np.float64]:
        """``(3,)``, the scene point of its end: between two recorded losses, on the line that joins them."""
        row, losses = walk.row, walk.trajectory.losses
        after = min(row + 1, walk.trajectory.steps)
        fraction = walk.now - row
        here, there = self.spots([row, after], _up(losses[[row, after]]))
        return np.asarray(here + (there - here) * fraction)


def _upward(losses: NDArray[np.float64]) -> tuple[tuple[float, float], Marks]:
    """Foot and top of an axis that is to hold losses, which are finite, and its marks."""
    low, high = float(losses.min(initial=np.inf)), float(losses.max(initial=-np.inf))
    if low > high or (low >= 0 and (high - low >= _SMALL * high or high == low)):
        ceiling, values = round_ticks(max(high, 0.0))
        return (0.0, ceiling), Marks(np.array(values), tuple(f"{value:g}" for value in values))
    low, high = widened(low, high)
    room = 0.06 * (high - low)
    return (low - room, high + room), axis_marks(low - room, high + room, 3)


def _up(losses: NDArray[np.float64]) -> NDArray[np.float64]:
    """The losses with NaN as infinity: a loss that is no number is drawn as high as can be."""
    return np.nan_to_num(losses, nan=np.inf, posinf=np.inf, neginf=-np.inf)
