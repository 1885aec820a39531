"""Arrives: a read-out that is said to hit a number does so as the number is said, neither long before nor after.

Where a mark stands at the number, the run that is read out is there at the word, or a row or two before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import Field, field_of, run_label, shows, value_of
from scenes.check.playback import Moment
from scenes.check.telling.spoken_words import clock_of, moments_of
from scenes.check.wiring.cast import pieces, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.narration.script import parse_line
from scenes.parts.panels.scorecard import Readout
from scenes.stage.number_sources import find_numbers
from scenes.stage.spoken_line import SpokenLine

_ARRIVES = re.compile(rf"\b(?:{'|'.join(en.ARRIVING_WORDS)}) (?P<number>[−-]?[\w.,]*\w)", re.IGNORECASE)
#: Seconds by which it may be early, and late.
_EARLY, _LATE = 0.5, 1.0
#: Rows by which it may be late at a mark.
_ROWS = 2
#: Seconds that are no time: clocks are rounded; and that a frame takes at most.
_INSTANT, _FRAME = 1e-3, 0.5


@dataclass
class Arrives(Check):
    """Keeps what each read-out shows since when, and holds it against the numbers that one is said to come to."""

    _shown: dict[int, list[tuple[float, float]]] = field(default_factory=dict)
    _read: dict[int, list[tuple[float, str, Field]]] = field(default_factory=dict)
    _starts: dict[int, float] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note read-outs that show another number than before, and of which row it is."""
        # The first frame of an animation is as the one before has left what follows it.
        since = moment.time if moment.play.index in self._starts else moment.play.start
        self._starts.setdefault(moment.play.index, moment.play.start)
        for piece in (piece for top in tops(moment) for piece in pieces(top)):
            if isinstance(piece, Readout) and piece.is_live and len(numbers := find_numbers(piece.text)) == 1:
                values = self._shown.setdefault(id(piece), [])
                if not values or values[-1][1] != value_of(numbers[0]):
                    values.append((moment.time, value_of(numbers[0])))
                said = _field_of(piece)
                fields = self._read.setdefault(id(piece), [])
                if said is not None and (not fields or fields[-1][2] != said):
                    fields.append((since, numbers[0], said))

    def played(self, moment: Moment) -> None:
        """Note how an animation has left them."""
        self.see(moment)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Hold each line against them."""
        runs = {run_label(label): run for label, run in getattr(scene, "recordings", {}).items()}
        for line in getattr(scene, "lines", []):
            for said, value, at, marked in _arrivals(line):
                late = line.start + line.duration + _LATE
                counting = [each for each in self._shown.values() if _counts(each, line.start, late)]
                reached = [since for each in counting if (since := _since(each, value, late)) is not None]
                nearest = min(reached, key=lambda since: abs(since - at), default=None)
                if counting and nearest is None:
                    self.keep(Fault("mark", line.text, f"{said!r}, and no read-out does", at))
                elif nearest is not None and not -_EARLY <= nearest - at <= _LATE:
                    apart = f"{abs(nearest - at):.1f} s {'before' if nearest < at else 'after'} that is said"
                    self.keep(Fault("mark", line.text, f"{said!r}, and a read-out has done so {apart}", at))
                elif nearest is not None and marked and (found := self._behind(value, at, runs)):
                    self.keep(Fault("mark", line.text, f"{said!r}, and at that word {found}", at))

    def _behind(self, value: float, at: float, runs: Mapping[str, Trajectory]) -> str:
        """A read-out that comes to a number soon, and has rows to go at the word that says it."""
        # An animation until the word takes whole frames: its word is where the next one begins.
        word = min((start for start in self._starts.values() if at - _INSTANT <= start <= at + _FRAME), default=at)
        for read in self._read.values():
            here = [each for each in read if each[0] <= word + _INSTANT][-1:]
            there = [each for each in read if at < each[0] <= at + _LATE and value_of(each[1]) == value]
            if not here or not there or value_of(here[0][1]) == value or here[0][2].label not in runs:
                continue
            (_, number, said), target = here[0], there[0][1]
            run, start, column = runs[said.label], said.places[0], said.places[1:]
            later = (
                (row, Field(said.label, said.name, (row, *column)).value(run)) for row in range(start, run.steps + 1)
            )
            arrives = next((row for row, became in later if became is not None and shows(target, became)), start)
            if arrives - start > _ROWS:
                return f"the read-out is at {number}, {said}, and only row {arrives} is {target}"
        return ""


def _field_of(piece: Readout) -> Field | None:
    """The recorded row that a read-out shows a single number of."""
    sources = piece.numbers.sources if piece.numbers is not None else ()
    said = field_of(sources[0][1]) if len(sources) == 1 else None
    return said if said is not None and said.row is not None else None


def _arrivals(line: SpokenLine) -> Iterator[tuple[str, float, float, bool]]:
    """What a line says that a read-out comes to: the words, the number, when that is said, and whether at a mark."""
    at, marks = clock_of(line), set(parse_line(line.script).marks.values())
    for match, _ in moments_of(line, _ARRIVES):
        for number in find_numbers(match["number"])[:1]:
            place = match.start("number")
            yield match[0], value_of(number), line.start + at(place), place in marks


def _counts(values: list[tuple[float, float]], start: float, end: float) -> bool:
    """Whether a read-out counts: it has shown more than one number, and another one meanwhile or right before."""
    return len(values) > 1 and any(start - 2 <= time <= end for time, _ in values)


def _since(values: list[tuple[float, float]], value: float, end: float) -> float | None:
    """Since when a read-out has shown a number, for the last time before the end; None if it never did."""
    times = [time for time, shown in values if shown == value and time <= end]
    return times[-1] if times else None
