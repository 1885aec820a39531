"""Named: a number is what the words beside it call it: the last of its field, the lowest, a slope, a count of steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from manim import Mobject, Text

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import field_of, run_label
from scenes.check.numbers.meanings import all_wrong, heading_wrong, wrong_of
from scenes.check.numbers.placed import placed_numbers
from scenes.check.playback import Moment
from scenes.check.wiring.cast import pieces, taken_from, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts import KnobWall
from scenes.parts.dials.compass import Compass
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.plot import Plot
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.panels.slope_wall import SlopeWall
from scenes.parts.radio import Knob, Radio
from scenes.parts.words import LegendRow
from scenes.stage.number_sources import NumberSources

#: How far a number may be from the name to its left, and below its heading, and how far aside of it, in scene units.
_LEFT, _BELOW, _ASIDE = 1.6, 3.5, 0.6
#: How far the word for what a number counts may be behind it, or under it.
_UNIT = 0.5
#: A text of a number alone, or of several.
_ALONE = re.compile(r"[^a-z]*", re.IGNORECASE)
#: What is no letter of a name.
_LETTERS = re.compile(r"[^a-z]+|\blr\b")
#: What an instrument shows of a recording, and what else would be wrong.
_INSTRUMENTS: dict[Any, frozenset[str]] = {
    Compass: frozenset({"slopes", "grads"}),
    SlopeWall: frozenset({"slopes", "grads"}),
    Radio: frozenset({"coeffs", "tries"}),
    KnobWall: frozenset({"coeffs", "tries"}),
    Knob: frozenset({"coeffs", "tries"}),
}
_OF_A_SCORECARD = frozenset({"losses", "try_losses", "expected_losses", "first_loss", "last_loss", "lowest_loss"})


@dataclass
class Named(Check):
    """Reads what is said of numbers by the words beside them, and holds it against the runs that they are of."""

    _seen: dict[int, Mobject] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at instruments, and at numbers under headings and beside names, each once."""
        runs = _runs_of(moment.scene)
        if not runs:
            return
        stage: list[Any] = [piece for top in tops(moment) for piece in pieces(top)]
        for piece in stage:
            if isinstance(piece, Scorecard):
                self._scorecard(piece, moment)
            for kind, names in _INSTRUMENTS.items():
                taken = taken_from(piece.reading()) if isinstance(piece, kind) else None
                if taken is not None and taken.label in runs and taken.name not in names:
                    found = f"a {kind.__name__} shows {taken}, which is none of {' and '.join(sorted(names))}"
                    self.keep(Fault("field", taken.label, found, moment.time), piece)
        for row in (piece for piece in stage if isinstance(piece, LegendRow)):
            self._row(row, runs, moment)
        # A line of code, or a mark of an axis, is the name of nothing beside it.
        within = {id(each) for part in stage if isinstance(part, CodePanel | Plot) for each in part.get_family()}
        lines = [piece for piece in stage if isinstance(piece, Text) and len(piece) and id(piece) not in within]
        fresh = [line for line in lines if id(line) not in self._seen]
        self._seen.update((id(line), line) for line in fresh)
        for line in fresh:
            self._alone(line, lines, runs, moment)

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Look at every text that was shown or said."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        runs, starts = _runs_of(scene), {cue.text: cue.start for cue in sheet.cues}
        for (_, text), shown in sources.shown.items():
            for found in all_wrong(list(placed_numbers(shown)), runs):
                self.keep(Fault("field", text, found, starts.get(text, 0.0)))

    def _row(self, row: LegendRow, runs: Mapping[str, Trajectory], moment: Moment) -> None:
        """A row of a legend that is called as a run is of that run."""
        name = _LETTERS.sub(" ", str(row.label.original_text).lower()).split()
        others = [label for label in runs if _LETTERS.sub(" ", label.lower()).split() == name]
        own = {run_label(label) for label in row.runs}
        others = others or _called_rather(name, own, runs)
        if others and own and not own & set(others):
            found = f"is the row of {' and '.join(sorted(own))}, and called as {others[0]} is"
            self.keep(Fault("who", str(row.label.original_text), found, moment.time), row)

    def _scorecard(self, card: Scorecard, moment: Moment) -> None:
        """What a scorecard shows is a loss."""
        for member in card.get_family():
            for _, source in getattr(getattr(member, "numbers", None), "sources", ()):
                said = field_of(source)
                if said is not None and said.name not in _OF_A_SCORECARD:
                    self.keep(Fault("field", said.label, f"a Scorecard shows {said}, no loss", moment.time), card)

    def _alone(self, line: Any, lines: list[Any], runs: Mapping[str, Trajectory], moment: Moment) -> None:
        """A number that stands alone is what the name to its left says, or else the heading above it."""
        shown = getattr(line, "numbers", None)
        if shown is None or not _ALONE.fullmatch(line.original_text):
            return
        numbers = [number for number in placed_numbers(shown) if number.field is not None]
        unit = _unit_of(line, lines) if len(numbers) == 1 else ""
        if unit and (found := wrong_of(replace(numbers[0], before="", after=f" {unit}"), runs)):
            self.keep(Fault("field", f"{line.original_text} {unit}", found, moment.time), line)
        heading = _name_of(line, lines) if numbers else None
        if heading is not None:
            for number in numbers:
                if found := heading_wrong(heading.original_text, number, runs):
                    self.keep(Fault("field", heading.original_text, found, moment.time), line)


def _called_rather(name: list[str], own: set[str], runs: Mapping[str, Trajectory]) -> list[str]:
    """The runs that a name is rather that of than of its own ones: "wild" is a word of darts-wild, not of darts."""
    words = set() if "not" in name else set(name) - en.HANGING - en.LEANING
    shared = {label: words & set(_LETTERS.sub(" ", label.lower()).split()) for label in {*runs, *own}}
    its = {word for label in own for word in shared[label]}
    return sorted(label for label in runs if label not in own and its < shared[label])


def _unit_of(line: Any, lines: list[Any]) -> str:
    """The word that stands alone right behind a number, or right under it, and says what it counts; or nothing."""
    units = {word for unit in en.UNIT_WORDS.values() for word in unit}
    for other in lines:
        word = str(other.original_text).strip().lower()
        if word not in units:
            continue
        behind, under = other.get_left()[0] - line.get_right()[0], line.get_bottom()[1] - other.get_top()[1]
        level = abs(other.get_y() - line.get_y()) < 0.6 * line.height
        column = other.get_left()[0] < line.get_right()[0] and line.get_left()[0] < other.get_right()[0]
        if (level and -0.05 < behind < _UNIT) or (column and -0.05 < under < _UNIT):
            return word
    return ""


def _name_of(line: Any, lines: list[Any]) -> Any:
    """The words beside which a number stands alone: to its left on its line, or else above it."""
    (x, y, _), left = line.get_center(), line.get_left()[0]
    named = [other for other in lines if other is not line and not _ALONE.fullmatch(other.original_text)]
    beside = [
        (left - other.get_right()[0], index)
        for index, other in enumerate(named)
        if abs(other.get_y() - y) < 0.6 * max(line.height, other.height) and -0.05 < left - other.get_right()[0] < _LEFT
    ]
    if beside:
        return named[min(beside)[1]]
    above = [(other.get_y() - y, index) for index, other in enumerate(named) if abs(other.get_x() - x) < _ASIDE]
    height, index = min(((up, index) for up, index in above if up > 0), default=(np.inf, 0))
    return named[index] if height < _BELOW else None


def _runs_of(scene: Any) -> dict[str, Trajectory]:
    """The recordings that a scene asked for, by the label of the run; those that were projected only if no other is."""
    recordings = getattr(scene, "recordings", {})
    return {run_label(label): run for label, run in sorted(recordings.items(), key=lambda pair: -len(pair[0]))}
