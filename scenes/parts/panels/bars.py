"""Bars: one for each coefficient, as long as its recorded number, up or down from a common line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, Line, Rectangle, ValueTracker, VGroup
from numpy.typing import ArrayLike

from scenes.parts.words import set_on_baseline, words
from scenes.theme import slowing, theme


class Bars(VGroup):
    """A bar for each number of a vector, such as a gradient: upward where it is positive, downward where negative.

    Parameters
    ----------
    values
        ``(n,)``, the numbers.
    places
        Where each stands across the frame, in scene units.
    height
        Of the longest, in scene units.
    y
        The height of the line that they stand on.
    names
        What is written below each.
    colour
        Of the bars.

    Attributes
    ----------
    values
        The numbers, as they were given.
    grown
        How much of their lengths they have; `grow` animates it.
    lengths
        ``(n,)``, the whole of each, in scene units, downward negative.

    Examples
    --------
    ::

        run = recording("lattice")
        bars = Bars(run.slopes[0], range(-4, 5))
        self.add(bars)
        self.play(bars.grow(run_time=1))
    """

    def __init__(
        self,
        values: ArrayLike,
        places: Sequence[float],
        height: float = 1.0,
        y: float = 0.0,
        names: Sequence[str] = (),
        colour: str | None = None,
        width: float = 0.42,
    ) -> None:
        super().__init__()
        self.values, numbers = values, np.asarray(values, dtype=float)
        self.lengths = numbers / max(float(np.abs(numbers).max()), 1e-12) * height
        self.grown = ValueTracker(0)
        self.y = y
        self.line = Line([places[0] - 0.6, y, 0], [places[-1] + 0.6, y, 0], color=theme.rule, stroke_width=2)
        self.bars = VGroup(
            *(
                Rectangle(width=width, height=1, stroke_width=0, fill_color=colour or theme.uphill, fill_opacity=0.95)
                for _ in numbers
            )
        )
        self._places = [float(place) for place in places]
        self.labels = VGroup(*(words(name, theme.small, theme.text) for name in names))
        low = y + min(float(self.lengths.min()), 0.0)
        for label, place in zip(self.labels, self._places, strict=False):
            set_on_baseline(label.move_to([place, 0, 0]), label.original_text, low - 0.34)
        self.add(self.line, self.bars, self.labels)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def grow(self, run_time: float = 1.0) -> Animation:
        """Animate the bars to their whole lengths."""
        return self.grown.animate(run_time=run_time, rate_func=slowing).set_value(1.0)

    def refresh(self) -> None:
        """Draw each as long as it is now."""
        now = self.grown.get_value()
        for bar, length, place in zip(self.bars, self.lengths, self._places, strict=True):
            seen = max(abs(length) * now, 0.004)
            bar.stretch_to_fit_height(seen).move_to([place, self.y + np.sign(length or 1) * seen / 2, 0])
            bar.set_fill(opacity=0.95 * float(now > 0))
