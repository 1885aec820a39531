"""HeldSum: what a compass held for one coefficient, the new reading, and their sum: what it holds now, in numbers."""

from __future__ import annotations

from manim import VGroup

from descent_core.recordings.trajectory import Trajectory
from scenes.parts.dials.held_compass import HeldCompass
from scenes.parts.panels.scorecard import Readout
from scenes.parts.words import set_on_baseline, words
from scenes.theme import theme

#: The first and the last column of what was held, of what comes, and of their sum; and where it says equals.
_OLD, _NEW, _SUM, _EQUALS = (0, 4), (6, 10), (14, 18), 12
#: How far below the numbers the baseline of their names is, in scene units.
_BELOW = 0.34


class HeldSum(Readout):
    """The sum under a `HeldCompass` that is never wiped, in its colours: old, new, and what is held.

    Parameters
    ----------
    dial
        The compass.
    coefficient
        Whose slope it is.

    Attributes
    ----------
    names
        What stands under the three numbers, once there are three.

    Examples
    --------
    ::

        dial = HeldCompass(Progress(recording("never-zeroed")))
        total = HeldSum(dial, 0).next_to(dial, DOWN)
        self.add(dial, total)
        self.play(dial.progress.to(2, run_time=1))
    """

    def __init__(self, dial: HeldCompass, coefficient: int) -> None:
        run: Trajectory = dial.progress.trajectory

        def read() -> str:
            row = dial.row
            if not dial.is_at_rest:
                return f"{run.grads[row, coefficient]:+.2f} {run.slopes[row + 1, coefficient]:+.2f}"
            if row == 0:
                return f"{run.grads[0, coefficient]:+.2f}"
            return (
                f"{run.grads[row - 1, coefficient]:+.2f} {run.slopes[row, coefficient]:+.2f}"
                f" = {run.grads[row, coefficient]:+.2f}"
            )

        super().__init__(read, theme.body, theme.stale)
        first, second = (glyph.get_center()[0] for glyph in (self.submobjects[1], self.submobjects[3]))
        column = (second - first) / 2
        self.names = VGroup()
        for text, (begin, end), colour in zip(
            ("old", "new", ".grad"), (_OLD, _NEW, _SUM), (theme.stale, theme.downhill, theme.stale), strict=True
        ):
            name = words(text, theme.small, colour)
            name.set_x(first + ((begin + end) / 2 - 1) * column)
            self.names.add(set_on_baseline(name, text, self.get_bottom()[1] - _BELOW))

    @property
    def width_when_whole(self) -> float:
        """How wide it is once there are three numbers, in scene units."""
        return float(self.names[2].get_right()[0] - self.get_left()[0])

    def refresh(self) -> None:
        """See `Readout.refresh`; each number keeps its colour."""
        super().refresh()
        for index, glyph in enumerate(self.submobjects):
            is_new = _NEW[0] <= index <= _NEW[1]
            glyph.set_fill(theme.downhill if is_new else theme.text if index == _EQUALS else theme.stale)
