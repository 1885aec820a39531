"""Tries: a random search as it went, try by try: turned there, listened, and kept or turned back."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.parts.progress import Progress
from scenes.theme import theme

#: Of a step: when the knobs are where they try, how long they stay there, and when they are back.
_THERE, _HEARD, _BACK = 0.3, 0.65, 0.85


class Tries(Progress):
    """How far a random search has been shown. Within a step its coefficients go to the try, and stay, or go back.

    Parameters
    ----------
    trajectory
        A recording with ``tries``.
    row
        Steps made at first.

    Raises
    ------
    ValueError
        The recording has no tries.

    Examples
    --------
    ::

        search = Tries(recording("fiddling"))
        self.add(Radio(search.coeffs), Scorecard(lambda: f"{search.loss():.3f}").to_edge(UP))
        self.play(search.to(6, run_time=1))
    """

    def __init__(self, trajectory: Trajectory, row: float = 0.0) -> None:
        super().__init__(trajectory, row)
        if trajectory.tries is None or trajectory.try_losses is None:
            raise ValueError(f"{trajectory.label} has no tries; only a random search makes them")
        self._tries: NDArray[np.float64] = trajectory.tries
        self._try_losses: NDArray[np.float64] = trajectory.try_losses

    def coeffs(self) -> ArrayLike:
        """``(D,)``, where the knobs are now: a recorded row or try, or on the way from one to the other."""
        run, (step, part) = self.trajectory, self._step()
        if part <= 0:
            return cast(ArrayLike, run.coeffs[step])
        if part < _THERE:
            return _between(run.coeffs[step], self._tries[step], part / _THERE)
        if part < _HEARD:
            return cast(ArrayLike, self._tries[step])
        if part < _BACK and self._is_rejected(step):
            return _between(self._tries[step], run.coeffs[step], (part - _HEARD) / (_BACK - _HEARD))
        return cast(ArrayLike, run.coeffs[step + 1])

    def loss(self) -> float:
        """The recorded loss that is heard now: of the row, and while the knobs are where they try, of the try."""
        step, part = self._step()
        if part < _THERE:
            return cast(float, self.trajectory.losses[step])
        return cast(float, self._try_losses[step] if part < _HEARD else self.trajectory.losses[step + 1])

    def rejection(self) -> float:
        """How clearly it is heard now that a try is rejected, from 0 to 1."""
        step, part = self._step()
        if part < _THERE or not self._is_rejected(step):
            return 0.0
        return 1.0 if part < _HEARD else float(1 - theme.ease((part - _HEARD) / (1 - _HEARD)))

    def _step(self) -> tuple[int, float]:
        """The step that is being made, and how much of it is over, from 0 to 1; of the last row, none."""
        step = self.row
        return step, max(self.now - step, 0.0)

    def _is_rejected(self, step: int) -> bool:
        return bool(self._try_losses[step] >= self.trajectory.losses[step])


def _between(start: ArrayLike, end: ArrayLike, fraction: float) -> NDArray[np.float64]:
    """On the way between two rows: of no recording, so plain numbers."""
    here, there = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    return np.asarray(here + (there - here) * theme.ease(min(fraction, 1.0)))
