"""Bar charts: bars are numbers of a recording as they stand, up for more than nought; and the ones beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Mobject, Text

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import Field, fields_of, run_label
from scenes.check.playback import Moment
from scenes.check.shapes import strength
from scenes.check.wiring.cast import pieces, tops
from scenes.check.wiring.field_names import FIELDS
from scenes.narration.languages import en
from scenes.parts.panels.bars import Bars
from scenes.parts.panels.named_bars import NamedBars
from scenes.stage.by_hand import hand_of
from scenes.stage.naming import names_of
from scenes.stage.traced_run import origin

#: By how much the height of a bar may be off its number, of the highest; and how high a bar of nought is drawn.
_OFF, _LEAST = 0.02, 0.045
#: Scene units by which a number may be aside of the bar that it stands at, and over or under it.
_ASIDE, _AWAY = 0.3, 0.8
#: Opacity from which on something is there.
_THERE = 0.5


@dataclass
class BarCharts(Check):
    """Holds bars against the numbers that they were made of, their name, and the numbers that stand at them."""

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left them."""
        stage = [piece for top in tops(moment) for piece in pieces(top)]
        charts: list[Any] = [piece for piece in stage if isinstance(piece, Bars | NamedBars)]
        texts = [piece for piece in stage if isinstance(piece, Text)] if charts else []
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        for chart in (chart for chart in charts if strength(chart.bars) > _THERE):
            found = _unsourced(chart) or _misdrawn(chart)
            if len(charts) == 1:
                found = found or _miscalled(chart, texts)
            self._keep(found, chart, moment)
            self._keep(_against_numbers(chart, texts, runs), chart, moment)

    def _keep(self, found: str, chart: Mobject, moment: Moment) -> None:
        if found:
            self.keep(Fault("reading", "bars", found, moment.time), chart)


def _unsourced(chart: Any) -> str:
    """Whether bars that stay are of numbers that are no field of a recording."""
    if not isinstance(chart, Bars) or hand_of(chart.values) is not None or origin(chart.values) is not None:
        return ""
    known = all(isinstance(getattr(value, "source", None), str) for value in chart.values)  # type: ignore[union-attr]
    return "" if known else "are of numbers that no recording has as they stand"


def _misdrawn(chart: Any) -> str:
    """Whether bars that are fully grown are not as long as their numbers are great, up or down."""
    if not isinstance(chart, Bars) or chart.grown.get_value() < 1:
        return ""
    off = _off(_heights(chart), np.asarray(chart.values, dtype=float))
    return "" if off is None else f"bar {off} is not as long as its number is great"


def _miscalled(chart: Any, texts: Sequence[Text]) -> str:
    """Whether the one name of a field beside a chart is that of another field."""
    of = None if not isinstance(chart, Bars) else origin(chart.values)
    named = [
        (str(text.original_text), kind)
        for text in texts
        for kind, names in en.FIELD_NAMES.items()
        if str(text.original_text).strip().lower() in names and not names_of(text)
    ]
    if of is None or of.field not in FIELDS or len(named) != 1 or named[0][1] == FIELDS[of.field]:
        return ""
    return f"are of {of.label}.{of.field}, and called {named[0][0]}"


def _against_numbers(chart: Any, texts: Sequence[Text], runs: Any) -> str:
    """Whether bars are other than the numbers that stand at them."""
    at = [said for bar in chart.bars for said in _numbers_at(bar, texts, runs)[:1]]
    whose = {(said.label, said.name) for said in at}
    if len(at) != len(chart.bars) or len(whose) != 1 or len(at) < 2:
        return ""
    values = np.array([said.value(runs[said.label]) for said in at], dtype=float)
    off = _off(_heights(chart), values)
    return "" if off is None else f"bar {off} is not as high as {at[off]} beside it, beside the others"


def _numbers_at(bar: Mobject, texts: Sequence[Text], runs: Any) -> list[Field]:
    """The fields of the numbers that stand at a bar, the nearest first."""
    found: list[tuple[float, int, Field]] = []
    for text in texts:
        fields = fields_of(getattr(text, "numbers", None), runs)
        apart = max(bar.get_bottom()[1] - text.get_top()[1], text.get_bottom()[1] - bar.get_top()[1], 0.0)
        if len(fields) == 1 and abs(text.get_x() - bar.get_x()) < _ASIDE and apart < _AWAY:
            found.append((apart, len(found), fields[0]))
    return [said for *_, said in sorted(found)]


def _heights(chart: Any) -> np.ndarray:
    """``(n,)``, how high each bar is over its line, as it is drawn; below it less than nought."""
    foot = chart.line.get_y()
    return np.array([max(_ends(bar, foot), key=abs) for bar in chart.bars])


def _ends(bar: Mobject, foot: float) -> Iterator[float]:
    yield from (bar.get_top()[1] - foot, bar.get_bottom()[1] - foot)


def _off(heights: np.ndarray, values: np.ndarray) -> int | None:
    """The bar that is farthest from being in proportion to its number; None if all are."""
    if np.abs(heights).max() <= _LEAST or not np.abs(values).any():
        return None
    unit = max(float(heights @ values) / float(values @ values), 0.0)
    aside = np.abs(heights - unit * values) - np.where(np.abs(heights) <= _LEAST, _LEAST, 0.0)
    return int(aside.argmax()) if unit == 0 or aside.max() > _OFF * np.abs(heights).max() + 1e-3 else None
