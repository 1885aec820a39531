"""The wall of this film: how it is seen, and knobs that turn from one recorded row to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.catalogue.knobs import ACROSS, DOWN, WINDOW
from descent_core.recordings.trajectory import Trajectory
from scenes.parts.dusk.lit_knob_wall import LitKnobWall
from scenes.parts.progress import Progress

#: The wall above the captions, with room for a score beside it, and filling the frame: its pitch and its middle, in
#: scene units.
BESIDE_SCORE = {"pitch": 0.252, "x": -1.14, "y": 0.44}
FILLING = {"pitch": 0.302, "x": 0.0, "y": 0.0}
#: As much of the frame as leaves the window above the captions.
OVER_CAPTIONS = {"pitch": 0.288, "x": 0.0, "y": 0.28}
#: Where the lit window is, from the middle of the wall to the right and up, in pitches.
LIT = (WINDOW[1] - (ACROSS - 1) / 2, (DOWN - 1) / 2 - WINDOW[0])
#: How much of the wall is seen behind other things, how near it is there, and how fast it drifts, in scene units.
FAINT, NEAR, DRIFT = 0.07, 1.5, 0.22
#: Within a step: how much of it passes from the first knob that turns to the last.
_WAVE = 0.1


def turning(progress: Progress, columns: int = ACROSS) -> Callable[[], ArrayLike]:
    """A function that gives the knobs of a wall as they are now: a recorded row, or each on its way to the next.

    Within a step they turn one after the other, from the middle of the wall outward.
    """
    run = progress.trajectory
    rows = -(-run.dimensions // columns)
    index = np.arange(run.dimensions)
    away = np.hypot(index % columns - (columns - 1) / 2, 1.4 * (index // columns - (rows - 1) / 2))
    late = away / away.max() * _WAVE
    coeffs = np.asarray(run.coeffs, dtype=float)

    def now() -> ArrayLike:
        row, part = progress.row, progress.now - progress.row
        if part < 1e-6:
            return cast(ArrayLike, run.coeffs[row])
        turned: NDArray[np.float64] = np.clip((part - late) / (1 - _WAVE), 0, 1)
        eased = 1 - (1 - turned) ** 3  # quick at first, and gently to rest
        return np.asarray(coeffs[row] + (coeffs[row + 1] - coeffs[row]) * eased)

    return now


class DriftingWall(LitKnobWall):
    """A lit wall that is seen from near, faint, and never quite still: what is behind everything else.

    To paint it takes longer than all else in a frame. So it is cut out of a larger picture, and moves by whole pixels:
    as faint as it is, nobody sees that.

    Parameters
    ----------
    coeffs
        ``(n,)``, the coefficients.
    """

    def __init__(self, coeffs: ArrayLike) -> None:
        super().__init__(coeffs)
        self._larger: tuple[Any, NDArray[np.uint8]] | None = None
        self.set_look(pitch=NEAR, x=8.0)
        self.set_opacity(FAINT)
        self.add_updater(lambda it, dt: it.set_look(x=it.look.x - DRIFT * dt, y=it.look.y + DRIFT / 3 * dt))

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the wall as it is now, to the pixel."""
        unit, (width, height) = size[1] / self.height, size
        right, up = round(self.look.x * unit), round(self.look.y * unit)
        # It is painted at the nearest of a few places, wherever it comes from: a still is the film's own frame.
        margin = width // 12
        at = tuple(2 * margin * round(place / (2 * margin)) for place in (right, up))
        key = (size, at, replace(self.look, x=0.0, y=0.0), self._as_seen())
        if self._larger is None or self._larger[0] != key:
            whole = (width + 2 * margin, height + 2 * margin)
            middle = (whole[0] / 2 + at[0], whole[1] / 2 - at[1])
            self._larger = key, self._paint(whole, unit, middle)
        left, top = margin - (right - at[0]), margin + (up - at[1])
        return np.ascontiguousarray(self._larger[1][top : top + height, left : left + width])


def drifting(run: Trajectory) -> DriftingWall:
    """The wall as a run began, behind everything else."""
    return DriftingWall(np.asarray(run.coeffs[0], dtype=float))
