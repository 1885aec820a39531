"""Progress: how far a recording has been shown. Everything drawn from it reads this one clock."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, ValueTracker, linear
from numpy.typing import ArrayLike, NDArray

from descent_core.recordings.trajectory import Trajectory


class Progress:
    """How far a `Trajectory` has been shown, from row 0 to row T. Of any number of coefficients.

    Numbers shown are those of the row last reached.

    Parameters
    ----------
    trajectory
        The recording.
    row
        Steps made at first.

    Examples
    --------
    A thousand coefficients have a loss, but no mountain::

        run = record(lambda c: (c**2).mean(), np.ones(1000), lr=100, steps=20)
        progress = Progress(run)
        self.add(LossCurve(progress), Scorecard(lambda: f"{run.losses[progress.row]:.3f}").to_edge(UP))
        self.play(progress.to(run.steps, run_time=1))
    """

    def __init__(self, trajectory: Trajectory, row: float = 0.0) -> None:
        self.trajectory = trajectory
        self.clock = ValueTracker(row)

    def __deepcopy__(self, memo: dict[int, Any]) -> Progress:
        return self  # manim copies what it animates; whoever reads this clock must go on reading it

    @property
    def now(self) -> float:
        """Steps made, with a fraction within the present one."""
        return float(np.clip(self.clock.get_value(), 0, self.trajectory.steps))

    @property
    def row(self) -> int:
        """The last recorded row that was reached."""
        return int(np.floor(self.now + 1e-6))

    def between(self, values: ArrayLike) -> NDArray[np.float64]:
        """``(...)``, the present one of ``values``, ``(T + 1, ...)``: within a step, on the way from a row to the next.

        Parameters
        ----------
        values
            One for each row of the recording: its coefficients, or what was computed from them.
        """
        rows, now = np.asarray(values, dtype=float), self.now
        here = min(int(now), len(rows) - 1)
        there = min(here + 1, len(rows) - 1)
        return np.asarray(rows[here] + (rows[there] - rows[here]) * (now - here))

    def to(self, row: float, *, run_time: float, rate_func: Any = linear) -> Animation:
        """Animate to ``row``, in ``run_time`` seconds.

        Parameters
        ----------
        row
            Where to; it may lie between two recorded rows.
        run_time
            Seconds.
        rate_func
            How time goes by, a function from (0, 1) to (0, 1).
        """
        return self.clock.animate(run_time=run_time, rate_func=rate_func).set_value(float(row))
