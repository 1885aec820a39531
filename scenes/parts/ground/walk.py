"""Walk: a recording as it is walked. Hiker, trail and curve read the same clock."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.parts.ground.mountain import Mountain
from scenes.parts.progress import Progress

#: A step longer than this (world units) is not walked but leapt.
LEAP = 1.0
#: By how much a leap is slower where it hangs; how much later than halfway that is; and what begins it at 0.
_HANG, _LATE = 0.6, 0.05
_SWAY = math.sin(2 * math.pi * _LATE)


def hanging(fraction: float) -> float:
    """How far a leap is at ``fraction`` of its time: quick off the ground and back to it, slow where it is highest.

    >>> hanging(0.0), round(hanging(1.0), 6), hanging(1.2) == hanging(1.0)
    (0.0, 1.0, True)
    >>> hanging(0.1) > 0.14, hanging(0.6) - hanging(0.5) < 0.06
    (True, True)
    """
    fraction = min(max(fraction, 0.0), 1.0)  # manim goes on asking while something longer is played beside it
    return fraction + _HANG * (math.sin(2 * math.pi * (fraction - _LATE)) + _SWAY) / (2 * math.pi)


class Walk(Progress):
    """Progress along a `Trajectory` of two coefficients, over the ground of a `Mountain`.

    At whole numbers the walker stands exactly at a recorded point. Between them the feet follow the
    straight line over the ground, where no loss was recorded. A walk that leaves the sampled ground
    waits at its edge: beyond it nothing is known.

    Parameters
    ----------
    trajectory
        The recording.
    mountain
        The ground it is walked on.
    row
        Progress at first.

    Raises
    ------
    ValueError
        The recording has another number of coefficients than two.

    Examples
    --------
    Whoever plays ``walk.to(…)`` moves all that reads the walk::

        mountain = Mountain(library.landscape("mountain"))
        walk = Walk(recording("too-big"), mountain)
        self.add(mountain, Trail(walk), Hiker(walk=walk), LossCurve(walk).to_corner(DR))
        self.play(walk.to(4, run_time=2))
    """

    def __init__(self, trajectory: Trajectory, mountain: Mountain, row: float = 0.0) -> None:
        super().__init__(trajectory, row)
        if trajectory.dimensions != 2:
            raise ValueError(
                f"a walk on a mountain has two coefficients, and {trajectory.label!r} has {trajectory.dimensions}; "
                "show its LossCurve instead"
            )
        self.mountain = mountain
        west, east, south, north = mountain.landscape.bounds
        #: ``(T+1, 2)``, the coefficients where the walker stands at each row; within the landscape.
        self.positions = np.clip(_finite(trajectory.coeffs), [west, south], [east, north])
        #: ``(T,)``, the length of each step over the ground, in world units.
        self._strides = np.linalg.norm(np.diff(self.positions, axis=0) * mountain.scale_of.ground, axis=1)
        mountain.keep_clear(self._way())

    def _way(self) -> NDArray[np.float64]:
        """``(n, 2)``, coefficients along the way, so near to each other that no fir stands between two of them."""
        here, there = self.positions[:-1], self.positions[1:]
        parts = np.maximum(np.ceil(np.minimum(self._strides, LEAP) / 0.5), 1).astype(int)
        between = [a + (b - a) * f for a, b, n in zip(here, there, parts, strict=True) for f in np.arange(n) / n]
        return np.unique(np.array([*between, self.positions[-1]]).round(2), axis=0)

    def coeffs_at(self, t: float | None = None) -> NDArray[np.float64]:
        """``(2,)``, the coefficients at progress ``t``, or now."""
        t = self.now if t is None else t
        row = min(int(np.floor(t)), self.trajectory.steps)
        after = min(row + 1, self.trajectory.steps)
        here, there = self.positions[row], self.positions[after]
        return np.asarray(here + (there - here) * (t - row))

    def lift(self, t: float | None = None) -> float:
        """How high above the ground the boots are at progress ``t``, in world units."""
        t = self.now if t is None else t
        row = min(int(np.floor(t)), self.trajectory.steps)
        if row >= self.trajectory.steps or self._strides[row] <= LEAP:
            return 0.0
        fraction = t - row
        ends = self.positions[[row, row + 1]]
        low, high = (float(z) for z in self.mountain.world(ends[:, 0], ends[:, 1])[:, 2])
        flight = _flight(low, high, fraction, float(self._strides[row]))
        x, y = self.coeffs_at(t)
        return max(flight - float(self.mountain.world(x, y)[2]), 0.0)

    def path(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """``(n, 3)``, the world points of the boots at each progress of ``times``."""
        rows = np.minimum(np.floor(times).astype(int), self.trajectory.steps)
        after = np.minimum(rows + 1, self.trajectory.steps)
        fraction = times - rows
        here, there = self.positions[rows], self.positions[after]
        points = self.mountain.world(*(here + (there - here) * fraction[:, None]).T)
        strides = np.append(self._strides, 0.0)[rows]
        low, high = (self.mountain.world(*ends.T)[:, 2] for ends in (here, there))
        flight = _flight(low, high, fraction, strides)
        points[:, 2] = np.where(strides > LEAP, np.maximum(flight, points[:, 2]), points[:, 2])
        return points

    def pose(self) -> tuple[float, float, float]:
        """The coefficients now, and the height above the ground in world units: where a `Hiker` of the walk is."""
        x, y = self.coeffs_at()
        return float(x), float(y), self.lift()

    def position(self) -> tuple[float, float]:
        """The coefficients now: around them the fog of a `Mountain` is thin, if this is one of its ``lights``."""
        x, y = self.coeffs_at()
        return float(x), float(y)


def _finite(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same coefficients, with each row that holds a NaN replaced by the row before it."""
    whole = ~np.isnan(rows).any(axis=1)
    last = np.maximum.accumulate(np.where(whole, np.arange(len(rows)), 0))
    return np.nan_to_num(rows[last], posinf=np.inf, neginf=-np.inf)


def _flight(low: Any, high: Any, fraction: Any, stride: Any) -> Any:
    """World height at a fraction of a leap from height ``low`` to ``high``: a parabola."""
    return low + (high - low) * fraction + 4 * fraction * (1 - fraction) * (0.22 * stride)
