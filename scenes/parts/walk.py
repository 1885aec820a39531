"""Walk: a recording being walked. One clock that the hiker, the trail and the curve all read."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, ValueTracker, linear
from numpy.typing import NDArray

from descent_core.trajectory import Trajectory
from scenes.parts.mountain import Mountain

#: A step longer than this (knob units) is not walked but leapt.
LEAP = 1.0


class Walk:
    """Progress along a `Trajectory`, from row 0 to row T.

    At whole numbers the walker stands exactly at a recorded point. Between them the feet follow the
    straight line over the ground; nobody claims a loss there: numbers shown are those of the row
    last reached.

    Parameters
    ----------
    trajectory
        The recording.
    mountain
        The ground it is walked on.
    """

    def __init__(self, trajectory: Trajectory, mountain: Mountain) -> None:
        self.trajectory = trajectory
        self.mountain = mountain
        self.clock = ValueTracker(0.0)
        self._strides = trajectory.strides

    def __deepcopy__(self, memo: dict[int, Any]) -> Walk:
        return self  # manim copies what it animates; whoever reads this clock must go on reading it

    @property
    def now(self) -> float:
        """Steps made, with a fraction within the present one."""
        return float(np.clip(self.clock.get_value(), 0, self.trajectory.steps))

    @property
    def row(self) -> int:
        """The last recorded row that was reached."""
        return int(np.floor(self.now + 1e-6))

    def knobs(self, t: float | None = None) -> NDArray[np.float64]:
        """``(2,)``, the knob setting at progress ``t``, or now."""
        t = self.now if t is None else t
        row = min(int(np.floor(t)), self.trajectory.steps)
        after = min(row + 1, self.trajectory.steps)
        here, there = self.trajectory.coeffs[row], self.trajectory.coeffs[after]
        return here + (there - here) * (t - row)

    def lift(self, t: float | None = None) -> float:
        """How high above the ground the boots are at progress ``t``, in world units."""
        t = self.now if t is None else t
        row = min(int(np.floor(t)), self.trajectory.steps)
        if row >= self.trajectory.steps or self._strides[row] <= LEAP:
            return 0.0
        part = t - row
        ends = self.trajectory.coeffs[[row, row + 1]]
        low, high = (float(z) for z in self.mountain.terrain.point(ends[:, 0], ends[:, 1])[:, 2])
        stride = float(self._strides[row])
        # A ball thrown from the one place to the other, over whatever lies between.
        flight = low + (high - low) * part + 4 * part * (1 - part) * (0.22 * stride)
        x, y = self.knobs(t)
        return max(flight - float(self.mountain.terrain.point(x, y)[2]), 0.0)

    def place(self) -> tuple[float, float, float]:
        """Knob setting and height above the ground, now: what a `Hiker` asks for."""
        x, y = self.knobs()
        return float(x), float(y), self.lift()

    def standing(self) -> tuple[float, float]:
        """The knob setting now: what the fog asks for."""
        x, y = self.knobs()
        return float(x), float(y)

    def to(self, row: float, *, run_time: float, rate_func: Any = linear) -> Animation:
        """Animate to ``row``."""
        return self.clock.animate(run_time=run_time, rate_func=rate_func).set_value(float(row))
