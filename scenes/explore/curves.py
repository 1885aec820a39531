"""Loss curves of any loss: linear, or logarithmic where it spans orders of magnitude."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from descent_core.explore.region import rows_to_show
from descent_core.recordings.trajectory import Trajectory
from scenes.explore.numbers import power_of_ten
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.marks import Marks, axis_marks, widened
from scenes.parts.panels.plot import Plot, PlotCurve, step_axis

#: Losses whose greatest is so many times the least are drawn on a logarithmic axis.
_WIDE = 30.0
#: Single draws are drawn this wide and strong; the axis need not hold this fraction of them at either end.
_FINE, _FAINT, _EXTREME = 1.2, 0.35, 0.05
#: Orders of magnitude that such an axis shows at most, from the top.
_DECADES = 9


class Curves(Plot):
    """The recorded losses of runs, step by step.

    A curve that leaves the axes ends where it does. One that goes below a logarithmic axis runs along
    its foot, which is then marked with "≤".

    Parameters
    ----------
    runs, colours
        Recordings, and one colour for each.
    size
        Of the area between the axes, in scene units.
    """

    def __init__(
        self,
        runs: Sequence[Trajectory],
        colours: Sequence[str],
        size: tuple[float, float] = (3.4, 1.7),
    ) -> None:
        across, steps_to_mark = step_axis(max(run.steps for run in runs))
        low, high, log, below = _span(runs)
        super().__init__(
            across,
            (low, high),
            across_name="step",
            up_name="loss, log axis" if log else "loss",
            across_ticks=steps_to_mark,
            up_marks=_marks(low, high, log, below, size[1]),
            size=size,
            log=log,
            plate=False,
        )
        self._high = high
        self.runs = list(runs)
        #: Single draws, of runs on a loss with chance in it.
        self.draws = VGroup(
            *(
                PlotCurve(self, np.arange(run.steps + 1), run.losses, colour, _FINE).set_stroke(opacity=_FAINT)
                for run, colour in zip(runs, colours, strict=True)
                if run.evidence.expected is not None
            )
        )
        self.lines = VGroup(
            *(
                PlotCurve(self, np.arange(run.steps + 1), run.expected_losses, colour)
                for run, colour in zip(runs, colours, strict=True)
            )
        )
        self.add(self.draws, self.lines)
        for line in (*self.draws, *self.lines):
            self._draw(line, len(line.ys) - 1)

    def follow(self, walks: Sequence[Walk]) -> None:
        """From now on draw each curve as far as its walk on the stage has come."""
        noisy = [walk for run, walk in zip(self.runs, walks, strict=True) if run.evidence.expected is not None]
        for line, walk in zip((*self.draws, *self.lines), (*noisy, *walks), strict=True):
            line.add_updater(lambda line, walk=walk: self._draw(line, walk.row))
            line.now = lambda walk=walk: walk.row
            line.update(0)

    def _draw(self, line: PlotCurve, row: int) -> None:
        spots = self._points(line.ys)[: row + 1]
        line.set_points_as_corners(spots if len(spots) > 1 else np.repeat(spots, 2, axis=0))

    def _points(self, losses: NDArray[np.float64]) -> NDArray[np.float64]:
        """``(n, 3)``, the scene points of losses; of those that leave the axes for good, up to their rim."""
        losses = np.where(np.isfinite(losses), losses, np.inf)
        over = np.flatnonzero(losses > self._high)
        last = int(over[0]) + 1 if over.size and (losses[over[0] :] > self._high).all() else len(losses)
        return self.spots(np.arange(last), np.minimum(losses[:last], 1e300))


def _span(runs: Sequence[Trajectory]) -> tuple[float, float, bool, bool]:
    """Foot and top of the upward axis, whether it is logarithmic, and whether losses go below its foot."""
    shown = np.concatenate(
        [
            _worth_showing(run)[rows & np.isfinite(run.losses)]
            for run, rows in zip(runs, rows_to_show(runs), strict=True)
        ]
    )
    low, high = float(shown.min()), float(shown.max())
    if low >= 0 and high > 0 and (low == 0 or high / low > _WIDE):
        top = int(np.ceil(np.log10(high) - 1e-9))
        positive = shown[shown > 0]
        foot = int(np.floor(np.log10(float(positive.min())) + 1e-9))
        foot = max(min(foot, top - 1), top - _DECADES)
        return 10.0**foot, 10.0**top, True, bool((shown < 10.0**foot * (1 - 1e-9)).any())
    low, high = widened(low, high)
    room = 0.06 * (high - low)
    return (0.0 if 0 <= low < 0.5 * high else low - room), high + room, False, False


def _worth_showing(run: Trajectory) -> NDArray[np.float64]:
    """``(T+1,)``, the losses that the axis should hold; of single draws, all but the most extreme."""
    if run.evidence.expected is None:
        return run.losses
    low, high = np.quantile(run.losses, (_EXTREME, 1 - _EXTREME))
    return np.clip(run.losses, min(low, run.expected_losses.min()), max(high, run.expected_losses.max()))


def _marks(low: float, high: float, log: bool, below: bool, height: float) -> Marks:
    """Marks of the upward axis, as many as there is room for."""
    room = max(int(height / 0.45), 3)
    if not log:
        return axis_marks(low, high, room)
    foot, top = round(np.log10(low)), round(np.log10(high))
    powers = range(foot, top + 1, max(-(-(top - foot) // room), 1))
    texts = [power_of_ten(power) for power in powers]
    return Marks(10.0 ** np.array(powers, np.float64), (f"≤ {texts[0]}" if below else texts[0], *texts[1:]))
