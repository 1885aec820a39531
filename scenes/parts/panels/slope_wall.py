"""SlopeWall: a slope of very many coefficients, as a wall of signed peaks."""

from __future__ import annotations

import numpy as np
from manim import Animation, Line, ValueTracker, VGroup, VMobject, linear
from numpy.typing import ArrayLike, NDArray

from scenes.theme import theme

#: How much of its column a peak takes, and how far the longest reaches, of half a row: few are so long.
_BROAD, _LONG = 0.8, 2.2
#: How wide a peak is at its end, of its foot.
_BLUNT = 0.15


class SlopeWall(VGroup):
    """A peak for each coefficient, in rows that are read as lines of text are: up where its slope is positive, down
    where it is negative, as long as the slope is steep.

    Parameters
    ----------
    slope
        A recorded slope, ``(n,)``.
    rows
        How many rows it is set in.
    width, height
        Of the wall, in scene units.

    Attributes
    ----------
    shown
        How much of it is there, from 0 to 1: it comes in as it is read.

    Examples
    --------
    ::

        wall = SlopeWall(recording("gradient-1000").slopes[0])
        self.add(wall)
        self.play(wall.read(run_time=1))
    """

    def __init__(self, slope: ArrayLike, rows: int = 20, width: float = 12.6, height: float = 4.8) -> None:
        super().__init__()
        self._slope = slope
        values = np.asarray(slope, dtype=float)
        columns, pitch = -(-len(values) // rows), height / rows
        index = np.arange(len(values))
        self._step = width / columns
        self._feet = np.stack(
            [
                (index % columns - (columns - 1) / 2) * self._step,
                ((rows - 1) / 2 - index // columns) * pitch,
                np.zeros(len(values)),
            ],
            axis=-1,
        )
        self._gain = pitch / 2 * _LONG / float(np.abs(values).max())
        self._values = values
        self.shown = ValueTracker(0)
        self.lines = VGroup(
            *(
                Line([-width / 2, y, 0], [width / 2, y, 0], color=theme.rule, stroke_width=1)
                for y in np.unique(self._feet[:, 1])
            )
        )
        self.peaks = VMobject(stroke_width=0, fill_color=theme.uphill, fill_opacity=1)
        self.add(self.lines, self.peaks)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def reading(self) -> ArrayLike:
        """``(n,)``, the slope, as it was given."""
        return self._slope

    @property
    def is_whole(self) -> bool:
        """Whether all of it has come in."""
        return self.shown.get_value() >= 1

    def drawn(self) -> NDArray[np.float64]:
        """``(n,)``, how far each peak reaches up from its line, in units of the slope, once the wall is whole."""
        ends = self.peaks.points.reshape(-1, 16, 3)
        foot = self.lines.get_center() + self._feet
        return np.asarray((ends[:, 4, 1] - foot[:, 1]) / self._gain)

    def read(self, *, run_time: float) -> Animation:
        """Animate it to come in: a wave from the left to the right."""
        return self.shown.animate(run_time=run_time, rate_func=linear).set_value(1.0)

    def refresh(self) -> None:
        """Draw as much of it as is shown."""
        across = (self._feet[:, 0] - self._feet[:, 0].min()) / max(float(np.ptp(self._feet[:, 0])), 1e-9)
        since = np.clip((self.shown.get_value() * 1.35 - across) / 0.35, 0, 1)
        # Its lines come with the first of them: nothing is there before it is read.
        self.lines.set_stroke(opacity=min(self.shown.get_value() / 0.3, 1.0))
        high = self._values * self._gain * _sprung(since)
        foot = self._feet + self.lines.get_center()
        # All go round the same way, so that two which meet are filled where they do.
        half = np.where(high < 0, -1, 1)[:, None] * self._step * _BROAD / 2
        corners = np.repeat(foot[:, None], 5, axis=1)
        corners[:, :, 0] += half * np.array([-1, -_BLUNT, _BLUNT, 1, -1])
        corners[:, 1:3, 1] += high[:, None]
        start, end = corners[:, :-1], corners[:, 1:]
        sides = [start + (end - start) * part for part in (0, 1 / 3, 2 / 3, 1)]
        self.peaks.points = np.stack(sides, axis=2).reshape(-1, 3)


def _sprung(since: NDArray[np.float64]) -> NDArray[np.float64]:
    """How long a peak is, which springs up a little too far."""
    return np.where(since >= 1, 1.0, (1 - np.exp(-5 * since) * np.cos(7 * since)) / (1 - np.exp(-5) * np.cos(7)))
