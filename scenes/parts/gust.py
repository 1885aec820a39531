"""Gust: the steps of a run pass over a wall of knobs as wind over wheat, with the light that goes before them."""

from __future__ import annotations

from typing import cast

import numpy as np
from manim import Mobject, UpdateFromAlphaFunc, linear
from numpy.typing import ArrayLike, NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.parts.knob_wall import KnobWall
from scenes.theme import theme

#: By how much each next step of a knob is quicker.
_QUICKER = 0.90
#: How the light gathers speed: how far it is goes as this power of the time, because who looks on draws back from it.
_GATHERS = 1.6
#: How many pitches farther right the light is a pitch higher; how wide it is, and in the end; and how much then stays.
_SLANT, _WIDE, _ALL, _STAYS = 0.35, 5.0, 70.0, 0.3
#: Loss at which a mark glows half.
_HALF_LIT = 0.02


class Gust:
    """All coefficients of a run, each as far on its own recorded way as the wind that turns them has got.

    The wind takes ``cross`` seconds to get over the wall, slowly at first. Who turns later turns quicker: all make
    their last step together. Its row is the last one that all of them have reached.

    Parameters
    ----------
    run
        The recording.
    columns
        How many knobs stand side by side.
    cross
        Seconds from the first knob to the last.
    length
        Seconds until all have made all steps.

    Examples
    --------
    ::

        gust = Gust(recording("gradient-100"), columns=20)
        wall = KnobWall(gust.coeffs, 20, changes=gust.changes, glows=gust.glows, gain=8)
        self.add(wall)
        self.play(wall.change_look(arrows=1, run_time=1))
        self.play(gust.over(wall, row=2))
    """

    def __init__(self, run: Trajectory, columns: int = 50, cross: float = 2.2, length: float = 4.9) -> None:
        self.run = run
        index, rows = np.arange(run.dimensions), -(-run.dimensions // columns)
        along = index % columns - (columns - 1) / 2 - _SLANT * ((rows - 1) / 2 - index // columns)
        self._first, self._last = float(along.min()), float(along.max())
        far = (along - self._first) / max(self._last - self._first, 1e-9)
        self._behind = far ** (1 / _GATHERS) * cross
        self._cross, self.length = cross, length
        made = np.concatenate([[0.0], np.cumsum(_QUICKER ** np.arange(run.steps))])
        #: ``(T+1,)``, of the time that a knob turns, how much is over when it has made each step.
        self._made = made / made[-1]
        self._now = 0.0
        self._start = np.asarray(run.coeffs, dtype=float)
        self._ways = -run.lr * np.asarray(run.slopes, dtype=float)

    @property
    def row(self) -> int:
        """The last recorded row that all knobs have reached."""
        return int(np.floor(self._rows().min() + 1e-6))

    def coeffs(self) -> ArrayLike:
        """``(n,)``, where the knobs are now: a recorded row, or each on the way between two."""
        rows = self._rows()
        if (rows == rows[0]).all() and rows[0] == int(rows[0]):
            return cast(ArrayLike, self.run.coeffs[int(rows[0])])
        return self._at(self._start, rows)

    def changes(self) -> NDArray[np.float64]:
        """``(n,)``, by how much the present step changes each coefficient: what is left of it."""
        rows = np.minimum(self._rows(), self.run.steps - 1e-6)
        step = rows.astype(int)
        knob = np.arange(self.run.dimensions)
        return np.asarray(self._ways[step, knob] * (1 - _eased(rows - step)))

    def glows(self) -> NDArray[np.float64]:
        """``(n,)``, how much each mark glows: the more, the lower the loss of the row that its knob has reached."""
        loss = np.interp(self._rows(), np.arange(self.run.steps + 1), np.asarray(self.run.losses, dtype=float))
        return np.asarray(_HALF_LIT / (_HALF_LIT + loss))

    def over(self, wall: KnobWall, *, row: int | None = None) -> UpdateFromAlphaFunc:
        """Animate it: light sweeps over ``wall``, and the knobs behind it turn.

        Parameters
        ----------
        wall
            The wall, whose light it is.
        row
            Until all knobs have reached this row; the last one by default.
        """
        start = self._now
        turned = float(self._made[self.run.steps if row is None else row])
        seconds = self._cross + (self.length - self._cross) * turned - start

        def to(_: Mobject, alpha: float) -> None:
            self._now = start + alpha * seconds
            crossed = min(self._now / self._cross, 1.0) ** _GATHERS
            # Once the light is over the far end it is everywhere: it widens, and stays as a glow.
            over = max(self._now - self._cross, 0.0) / (self.length - self._cross)
            wide = _WIDE + (_ALL - _WIDE) * theme.ease(min(over * 1.6, 1.0))
            shine = 1 - (1 - _STAYS) * theme.ease(min(over * 1.6, 1.0))
            at = self._first + (self._last - self._first) * crossed
            wall.set_look(sweep=at, width=wide, shine=shine * min(self._now * 5, 1.0))
            wall.refresh()

        return UpdateFromAlphaFunc(wall, to, run_time=seconds, rate_func=linear)

    def _rows(self) -> NDArray[np.float64]:
        """``(n,)``, how many steps each knob has made, with a fraction within the present one."""
        turned = (self._now - self._behind) / (self.length - self._behind)
        return np.interp(turned, self._made, np.arange(self.run.steps + 1))

    def _at(self, values: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """``(n,)``, of each knob its value at its own row."""
        step = np.minimum(rows.astype(int), self.run.steps - 1)
        knob, part = np.arange(self.run.dimensions), _eased(rows - step)
        return np.asarray(values[step, knob] * (1 - part) + values[step + 1, knob] * part)


def _eased(part: NDArray[np.float64]) -> NDArray[np.float64]:
    """Within a step: the knob is quick at first and comes to rest gently."""
    return 1 - (1 - part) ** 3
