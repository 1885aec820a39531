"""Keys: a plot beside a legend draws a curve of every run that the legend names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import run_label
from scenes.check.playback import Moment
from scenes.check.spells import Spell, Spells
from scenes.check.wiring.cast import cast
from scenes.narration.cues import CueSheet
from scenes.parts.panels.plot import Plot, PlotCurve
from scenes.parts.words import LegendRow

#: Seconds from which on a row of a legend is together with a plot: one may go while the other comes.
_TOGETHER = 1.0


#: The runs of a row of a legend, by label: it is of all of them.
Row = tuple[str, ...]


@dataclass
class Keys(Check):
    """Holds the curves of each plot against the legends that are shown with it.

    Curves may come one by one, and so may the rows of a legend: what counts is whether a curve came at all, there or
    in another plot beside it. A plot of one of those that a legend names is a close look at that one; of two or more,
    it is of all of them. A row of several runs is drawn if any of them is.
    """

    _beside: Spells[tuple[Plot, Row]] = field(default_factory=Spells)
    _named: dict[Plot, set[Row]] = field(default_factory=lambda: defaultdict(set))
    _own: dict[Plot, set[str]] = field(default_factory=lambda: defaultdict(set))
    _around: dict[Plot, set[str]] = field(default_factory=lambda: defaultdict(set))
    _since: dict[Plot, float] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        roles = cast(moment)
        curves = [(role.label, role.mobject.plot) for role in roles if isinstance(role.mobject, PlotCurve)]
        drawn = {label for label, _ in curves}
        for label, plot in curves:
            self._own[plot].add(label)
            self._around[plot] |= drawn
            self._since.setdefault(plot, moment.time)
        rows = {
            tuple(run_label(run) for run in role.mobject.runs) for role in roles if isinstance(role.mobject, LegendRow)
        }
        plots = {plot for _, plot in curves}
        self._note(self._beside.see(moment.time, ((plot, row) for plot in plots for row in rows)))

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Judge each plot by all that it drew, and all that was named beside it."""
        self._note(self._beside.end(sheet.length), still=sheet.length == 0)
        for plot, rows in self._named.items():
            shown = sorted(row for row in rows if self._own[plot] & set(row))
            missing = sorted(row for row in rows if not self._around[plot] & set(row))
            if len(shown) > 1 and missing:
                found = f"the legend names it, and the plot beside draws only {_listed(shown)}"
                self.keep(Fault("curve", _listed(missing), found, self._since[plot]), plot)

    def _note(self, spells: list[Spell[tuple[Plot, Row]]], *, still: bool = False) -> None:
        for spell in spells:
            if still or spell.seconds >= _TOGETHER:
                plot, row = spell.what
                self._named[plot].add(row)


def _listed(rows: list[Row]) -> str:
    return " and ".join(" or ".join(row) for row in rows)
