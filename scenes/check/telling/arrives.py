"""Arrives: a read-out that is said to hit a number does so as the number is said, neither long before nor after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import value_of
from scenes.check.playback import Moment
from scenes.check.telling.spoken_words import clock_of, moments_of
from scenes.check.wiring.cast import pieces, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.panels.scorecard import Readout
from scenes.stage.number_sources import find_numbers
from scenes.stage.spoken_line import SpokenLine

_ARRIVES = re.compile(rf"\b(?:{'|'.join(en.ARRIVING_WORDS)}) (?P<number>[−-]?[\w.,]*\w)", re.IGNORECASE)
#: Seconds by which it may be early, and late.
_EARLY, _LATE = 0.5, 1.0


@dataclass
class Arrives(Check):
    """Keeps what each read-out shows since when, and holds it against the numbers that one is said to come to."""

    _shown: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note read-outs that show another number than before."""
        for piece in (piece for top in tops(moment) for piece in pieces(top)):
            if isinstance(piece, Readout) and piece.is_live and len(numbers := find_numbers(piece.text)) == 1:
                values = self._shown.setdefault(id(piece), [])
                if not values or values[-1][1] != value_of(numbers[0]):
                    values.append((moment.time, value_of(numbers[0])))

    def played(self, moment: Moment) -> None:
        """Note how an animation has left them."""
        self.see(moment)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Hold each line against them."""
        for line in getattr(scene, "lines", []):
            for said, value, at in _arrivals(line):
                late = line.start + line.duration + _LATE
                counting = [each for each in self._shown.values() if _counts(each, line.start, late)]
                reached = [since for each in counting if (since := _since(each, value, late)) is not None]
                nearest = min(reached, key=lambda since: abs(since - at), default=None)
                if counting and nearest is None:
                    self.keep(Fault("mark", line.text, f"{said!r}, and no read-out does", at))
                elif nearest is not None and not -_EARLY <= nearest - at <= _LATE:
                    apart = f"{abs(nearest - at):.1f} s {'before' if nearest < at else 'after'} that is said"
                    self.keep(Fault("mark", line.text, f"{said!r}, and a read-out has done so {apart}", at))


def _arrivals(line: SpokenLine) -> Iterator[tuple[str, float, float]]:
    """What a line says that a read-out comes to: the words, the number, and when that is said in the scene."""
    at = clock_of(line)
    for match, _ in moments_of(line, _ARRIVES):
        for number in find_numbers(match["number"])[:1]:
            yield match[0], value_of(number), line.start + at(match.start("number"))


def _counts(values: list[tuple[float, float]], start: float, end: float) -> bool:
    """Whether a read-out counts: it has shown more than one number, and another one meanwhile or right before."""
    return len(values) > 1 and any(start - 2 <= time <= end for time, _ in values)


def _since(values: list[tuple[float, float]], value: float, end: float) -> float | None:
    """Since when a read-out has shown a number, for the last time before the end; None if it never did."""
    times = [time for time, shown in values if shown == value and time <= end]
    return times[-1] if times else None
