"""Histogram: how many of very many coefficients have which value, as bars on an axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import DOWN, UP, Line, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from scenes.parts.live_value import live
from scenes.parts.words import words
from scenes.stage.number_sources import note_source
from scenes.theme import theme


class Histogram(VGroup):
    """Bars over an axis of values; they move as the values do.

    Where all values move together, the bars move along as they are, so that they do not flicker.

    Parameters
    ----------
    values
        ``(n,)``, or a function that gives the present ones.
    across
        The range of the axis.
    ticks
        Values to mark; written by ``:g``.
    bins
        Bars in that range.
    most
        How many values the highest bar may have: it reaches to the top.
    size
        Width and height in scene units, without the marks.
    colour
        ``#rrggbb`` of the bars; that of weights by default.
    moved
        By how much all values have moved, or a function that gives it: what ``values`` are counted without.

    Examples
    --------
    ::

        run = recording("wall")
        progress = Progress(run)
        self.add(Histogram(lambda: run.coeffs[progress.row], (-1, 1), ticks=(-1, 0, 1), most=120))
        self.play(progress.to(10, run_time=1))
    """

    def __init__(
        self,
        values: ArrayLike | Callable[[], ArrayLike],
        across: tuple[float, float],
        *,
        ticks: Sequence[float] = (),
        bins: int = 60,
        most: float = 40.0,
        size: tuple[float, float] = (6.0, 2.0),
        colour: str | None = None,
        moved: float | Callable[[], float] = 0.0,
    ) -> None:
        super().__init__()
        self._values, self._moved, self.is_live = live(values), live(moved), callable(values)
        self._across, self._bins, self._most, self._size = across, bins, most, size
        self._span = across[1] - across[0]
        self.axis = Line([-size[0] / 2, 0, 0], [size[0] / 2, 0, 0], color=theme.quiet, stroke_width=2)
        self.marks = VGroup()
        for value in ticks:
            spot = self.spot(value)
            text = note_source(f"{value:g}", "a mark of the axis of values")
            mark = words(text, theme.label, theme.quiet).next_to(spot, DOWN, buff=theme.gap)
            self.marks.add(VGroup(Line(spot, spot + DOWN * 0.1, color=theme.quiet, stroke_width=2), mark))
        self.bars = VMobject(stroke_width=0, fill_color=colour or theme.weight, fill_opacity=1)
        self.add(self.bars, self.axis, self.marks)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def spot(self, value: float, up: float = 0.0) -> NDArray[np.float64]:
        """``(3,)``, the scene point over a value of the axis, so many scene units above it."""
        low, high = self._across
        start, end = self.axis.get_start(), self.axis.get_end()
        return np.asarray(start + (end - start) * (value - low) / (high - low) + UP * up)

    def counts(self) -> NDArray[np.float64]:
        """``(bins,)``, how many values are in each bar: its left end belongs to it, its right one not."""
        low, high = self._across
        at = (np.asarray(self._values(), dtype=float) - low) / (high - low) * self._bins
        place = np.floor(at + 1e-9).astype(int)  # a value at the end of a bar may have been rounded down
        return np.bincount(place[(place >= 0) & (place < self._bins)], minlength=self._bins).astype(float)

    def refresh(self) -> None:
        """Draw the bars as the values are now."""
        counts = self.counts()
        start, end = self.axis.get_start(), self.axis.get_end()
        step = (end[0] - start[0]) / self._bins
        left = start[0] + step * (np.arange(self._bins) + 0.08) + self._moved() * (end[0] - start[0]) / self._span
        high = counts / self._most * self._size[1] * (end[0] - start[0]) / self._size[0]
        kept = high > 1e-4
        corners = np.zeros((self._bins, 5, 3))
        corners[:, :, 0] = left[:, None] + step * 0.84 * np.array([0, 0, 1, 1, 0])
        corners[:, :, 1] = start[1]
        corners[:, 1:3, 1] += high[:, None]
        corners = corners[kept]
        begin, finish = corners[:, :-1], corners[:, 1:]
        sides = [begin + (finish - begin) * part for part in (0, 1 / 3, 2 / 3, 1)]
        self.bars.points = np.stack(sides, axis=2).reshape(-1, 3)
