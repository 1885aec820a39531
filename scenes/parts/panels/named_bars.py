"""NamedBars: a few numbers as bars side by side, each with its name; up for more than nought, down for less."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import Line, RoundedRectangle, VGroup
from numpy.typing import ArrayLike, NDArray

from scenes.parts.live_value import live
from scenes.parts.words import set_on_baseline, words
from scenes.theme import theme

#: A bar is at least so high, in scene units: a nought is seen to be there.
_LEAST = 0.035


class NamedBars(VGroup):
    """Numbers as bars on one line, side by side.

    Parameters
    ----------
    values
        ``(n,)``, or a function that gives the present ones.
    names
        What stands under each.
    unit
        How many scene units high a 1 is, or a function.
    colours
        Of a bar that stands up, and of one that hangs down.
    pitch
        From one bar to the next, in scene units.
    below
        How far under the line the names stand.

    Attributes
    ----------
    bars, names
        As they are drawn.
    is_live
        Whether it was given a function for the values.

    Examples
    --------
    ::

        run = recording("right")
        progress = Progress(run)
        self.add(NamedBars(lambda: run.slopes[progress.row], ["knob 0", "knob 1"]))
        self.play(progress.to(10, run_time=1))
    """

    def __init__(
        self,
        values: ArrayLike | Callable[[], ArrayLike],
        names: Sequence[str],
        unit: float | Callable[[], float] = 1.0,
        colours: tuple[str, str] | None = None,
        pitch: float = 1.32,
        below: float = 0.34,
    ) -> None:
        super().__init__()
        self._values, self.is_live, self._unit = live(values), callable(values), live(unit)
        self._colours = colours or (theme.weight, theme.weight)
        count = len(names)
        places = (np.arange(count) - (count - 1) / 2) * pitch
        self.line = Line(
            [places[0] - pitch / 2, 0, 0], [places[-1] + pitch / 2, 0, 0], color=theme.rule, stroke_width=3
        )
        self.bars, self.names = VGroup(), VGroup()
        for place, name in zip(places, names, strict=True):
            bar = RoundedRectangle(corner_radius=0.02, width=0.52 * pitch, height=1, stroke_width=0, fill_opacity=1)
            self.bars.add(bar.move_to([place, 0, 0]))
            label = words(name, theme.label, theme.text)
            self.names.add(set_on_baseline(label.set_x(place), name, -below - 0.1))
        self._shape = [bar.points.copy() for bar in self.bars]
        self.add(self.line, self.bars, self.names)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def reading(self) -> NDArray[np.float64]:
        """``(n,)``, the present values."""
        return np.asarray(self._values(), dtype=float)

    def refresh(self) -> None:
        """Let every bar be as high as its value."""
        foot, unit = self.line.get_center()[1], float(self._unit())
        for bar, value, shape, name in zip(self.bars, self.reading(), self._shape, self.names, strict=True):
            high = value * unit
            high = high if abs(high) > _LEAST else (_LEAST if high >= 0 else -_LEAST)
            points = shape.copy()
            points[:, 0] += name.get_x() - (shape[:, 0].min() + shape[:, 0].max()) / 2
            points[:, 1] = foot + (shape[:, 1] - shape[:, 1].min()) / np.ptp(shape[:, 1]) * high
            bar.points = points
            bar.set_fill(self._colours[0] if value >= 0 else self._colours[1])
