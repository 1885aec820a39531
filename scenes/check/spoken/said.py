"""Whose number is said: a run's that moves, enters or leaves meanwhile; of the row where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import Field, field_of, fields_of, run_label, value_of
from scenes.check.playback import Moment
from scenes.check.wiring.cast import FIGURES, cast
from scenes.narration.cues import Cue, CueSheet
from scenes.parts.panels.plot import PlotCurve
from scenes.parts.words import LegendRow
from scenes.stage.number_sources import NumberSources, Shown

#: Seconds that are no time: clocks are rounded.
_INSTANT = 1e-3


#: Something of a run in a picture: which mobject, at which row, and whether it is a row of a legend.
_State = tuple[int, float | None, bool]


@dataclass(frozen=True)
class _Picture:
    """What the picture shows of runs at a time.

    Attributes
    ----------
    states
        Of each run its figures with their rows.
    rows, resting
        Of each run the rows that its figures have reached, and those at which they stand exactly.
    whole, walking
        The runs of which a curve is shown whole, and those that are shown by more than curves.
    """

    time: float
    states: dict[str, frozenset[_State]]
    rows: dict[str, frozenset[int]]
    resting: dict[str, frozenset[int]]
    whole: frozenset[str]
    walking: frozenset[str]


@dataclass
class Said(Check):
    """Keeps who was in the picture when, and holds the numbers that were said against it, once the scene is over."""

    _pictures: list[_Picture] = field(default_factory=list)
    _things: dict[int, object] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note who is in the picture."""
        states: dict[str, set[_State]] = {}
        rows: dict[str, set[int]] = {}
        resting: dict[str, set[int]] = {}
        whole, walking = set(), set()
        for role in cast(moment):
            self._things[id(role.mobject)] = role.mobject  # kept, so that no other gets its id
            figure, row = isinstance(role.mobject, FIGURES), isinstance(role.mobject, LegendRow)
            states.setdefault(role.label, set()).add((id(role.mobject), role.now, row))
            if role.row is not None and figure:
                rows.setdefault(role.label, set()).add(role.row)
                if role.now == role.row:
                    resting.setdefault(role.label, set()).add(role.row)
                if not isinstance(role.mobject, PlotCurve):
                    walking.add(role.label)
            elif isinstance(role.mobject, PlotCurve):
                whole.add(role.label)
        self._pictures.append(
            _Picture(
                moment.time, _frozen(states), _frozen(rows), _frozen(resting), frozenset(whole), frozenset(walking)
            )
        )

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Look at every line that was said."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        runs = {run_label(label): run for label, run in getattr(scene, "recordings", {}).items()}
        since = -1.0
        starts = sorted([cue.start for cue in sheet.cues] + [beat.start for beat in sheet.beats])
        for cue in sheet.cues:
            shown = sources.shown.get(("voice", cue.text))
            fields = fields_of(shown, runs)
            if shown is not None and fields:
                # A line is about what goes on from the end of the one before to the beginning of what comes next.
                until = next((start for start in starts if start >= cue.end), sheet.length)
                self._judge(cue, (since, until), shown, fields, {label: int(run.steps) for label, run in runs.items()})
            since = cue.end

    def _judge(
        self, cue: Cue, span: tuple[float, float], shown: Shown, fields: list[Field], steps: dict[str, int]
    ) -> None:
        since, until = span
        before = [picture for picture in self._pictures if picture.time <= since][-1:]
        during = [picture for picture in self._pictures if since < picture.time < until - _INSTANT]
        states = [picture.states for picture in (before or [_NOTHING]) + during]
        present = {label for state in states for label in state}
        changed = {label for label in present if any(_changes(label, *pair) for pair in pairwise(states))}
        first = ([picture for picture in self._pictures if picture.time <= cue.start + 1e-6] or [_NOTHING])[-1]
        # "After ten steps": a row may be one that the line itself names.
        counted = {value_of(number) for number, source in shown.sources if field_of(source) is None}
        for said in fields:
            if said.label in shown.about:
                continue
            shows = changed or present
            if shows and said.label not in shows:
                what = "moves or comes meanwhile" if changed else "is in the picture"
                self._keep(cue, f"says {said}, and what {what} is {' and '.join(sorted(shows))}")
                continue
            # All of a curve that stands still is there to be spoken of.
            goes = said.label in changed or any(said.label in picture.walking for picture in during)
            reached = _reached(said.label, first, during) if goes else set()
            if said.name == "steps" and _stops_short(said.label, steps[said.label], first, reached):
                self._keep(cue, f"says {said}, {steps[said.label]}, and {said.label} comes to row {max(reached)} only")
            if said.row is not None and reached and said.row not in reached and said.row not in counted:
                rows = " and ".join(map(str, sorted(reached)))
                self._keep(cue, f"says {said}, and {said.label} stands at row {rows} meanwhile")

    def _keep(self, cue: Cue, found: str) -> None:
        self.keep(Fault("whose", cue.text, found, cue.start))


_NOTHING = _Picture(0.0, {}, {}, {}, frozenset(), frozenset())


def _frozen(sets: dict[str, set[Any]]) -> dict[str, frozenset[Any]]:
    return {label: frozenset(members) for label, members in sets.items()}


def _changes(label: str, before: dict[str, frozenset[_State]], after: dict[str, frozenset[_State]]) -> bool:
    """Whether something of a run comes, moves or goes; but a row of a legend goes when its turn is over."""
    here, there = before.get(label, frozenset()), after.get(label, frozenset())
    return bool(there - here) or any(not row for _, _, row in here - there)


def _stops_short(label: str, last: int, first: _Picture, reached: set[int]) -> bool:
    """Whether a run goes on during a line and does not come to its last row."""
    return bool(reached) and max(reached) > max(first.rows.get(label, {-1}), default=-1) and max(reached) < last


def _reached(label: str, first: _Picture, during: list[_Picture]) -> set[int]:
    """The rows at which a run stands as a line begins, as it ends, and at rest in between; none if it is whole."""
    if any(label in picture.whole for picture in during):
        return set()
    last = during[-1] if during else first
    rows = set(first.rows.get(label, ())) | set(last.rows.get(label, ()))
    for before, after in pairwise(during):
        rows |= before.resting.get(label, frozenset()) & after.resting.get(label, frozenset())
    return rows
