"""On the counter: a number that is said is one that a read-out of the same shows meanwhile; and none is nought."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import Any

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import shows, value_of
from scenes.check.playback import Moment
from scenes.check.shapes import strength
from scenes.check.telling.spoken_words import moments_of, spoken_words, stem_of
from scenes.check.wiring.cast import pieces, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.panels.scorecard import Readout
from scenes.stage.number_sources import NumberSources, Shown, find_numbers
from scenes.stage.spoken_line import SpokenLine

#: The row of a recording in a source: of an element of a field, or in words.
_ROW = re.compile(r"\[\d+|(?<=\bat row )\d+")
_NONE_OF = re.compile("|".join(en.NONE_PHRASES), re.IGNORECASE)
#: What a read-out counts: a word before its one number, or after it.
_COUNTS = re.compile(r"\W*(?:([a-z]+)\W+[\d,]+|[\d,]+\W+([a-z]+))\W*", re.IGNORECASE)
#: Opacity from which on a read-out is there to be read.
_THERE = 0.3
#: Seconds by which clocks may differ, and for which a read-out may still come after a word.
_INSTANT, _SOON = 1e-3, 0.75
#: Seconds by which a read-out may be earlier than the word before.
_EARLY = 1.0


@dataclass(frozen=True)
class _Read:
    """What a live read-out shows at a time: its text, and its numbers with their sources."""

    time: float
    readout: int
    text: str
    numbers: tuple[tuple[str, str], ...]


@dataclass
class OnTheCounter(Check):
    """Keeps what live read-outs show, and holds the lines against them once the scene is over.

    A number is of the same as a read-out's if their sources differ in nothing but the row. Whether it is of another
    row counts for nothing where it reads the same. A read-out that runs on shows it as the line begins, as it ends, or
    where it rests meanwhile.
    """

    _read: list[_Read] = field(default_factory=list)
    _readouts: dict[int, Readout] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note what read-outs show."""
        for piece in (piece for top in tops(moment) for piece in pieces(top) if isinstance(piece, Readout)):
            if piece.is_live and piece.numbers is not None and len(piece) and strength(piece[0]) > _THERE:
                self._readouts[id(piece)] = piece  # kept, so that no other gets its id
                sourced = tuple((number, source) for number, source in piece.numbers.sources if source is not None)
                self._read.append(_Read(moment.time, id(piece), piece.text, sourced))

    def played(self, moment: Moment) -> None:
        """Note how an animation has left them."""
        self.see(moment)

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Hold every line against them."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        starts = sorted([cue.start for cue in sheet.cues] + [beat.start for beat in sheet.beats])
        since = -1.0
        for cue in sheet.cues:
            shown = sources.shown.get(("voice", cue.text))
            until = next((start for start in starts if start >= cue.end - _INSTANT), sheet.length)
            during = [read for read in self._read if since < read.time <= until + _INSTANT]
            for number, source in _sourced(shown):
                if found := _on_none(number, source, during):
                    self.keep(Fault("whose", cue.text, found, cue.start))
            since = cue.end
        lines: list[SpokenLine] = getattr(scene, "lines", [])
        for line, following in zip_longest(lines, lines[1:]):
            shown = sources.shown.get(("voice", line.text))
            until = sheet.length if following is None else following.start
            for found, time in (*self._one_by_one(line, shown, until), *self._not_nought(line)):
                self.keep(Fault("count", line.text, found, time))

    def _one_by_one(self, line: SpokenLine, shown: Shown | None, until: float) -> Iterator[tuple[str, float]]:
        """Of several numbers of one read-out, each is shown after the one before it is said, and before the next."""
        said = [word for word in spoken_words(line, shown) if word.value is not None and word.source is not None]
        for subject in dict.fromkeys(subject_of(str(word.source)) for word in said):
            words = [word for word in said if subject_of(str(word.source)) == subject]
            for index, word in enumerate(words if len(words) > 1 else ()):
                begin = line.start + words[index - 1].at - _EARLY if index else -1.0
                end = line.start + words[index + 1].at if index + 1 < len(words) else until
                numbers = [
                    (read, number)
                    for read in self._read
                    for number, source in read.numbers
                    if subject_of(source) == subject and begin <= read.time <= end
                ]
                if numbers and not any(_alike(word.stem, number) for _, number in numbers):
                    yield (
                        f"says {word.stem}, which a read-out of it shows too early or too late for that",
                        line.start + word.at,
                    )

    def _not_nought(self, line: SpokenLine) -> Iterator[tuple[str, float]]:
        """What is said not to be there, though a read-out that counts it shows some from then on."""
        for match, at in moments_of(line, _NONE_OF):
            noun = next(word for word in match.groupdict().values() if word)
            said, end = line.start + at, line.start + line.duration + _SOON
            counting = [value for read in self._read if said <= read.time <= end for value in _count(read.text, noun)]
            if counting and 0 not in counting:
                yield f"says {match[0]!r}, and a read-out counts {counting[0]:g}", said


def _sourced(shown: Shown | None) -> Iterator[tuple[str, str]]:
    """The numbers of a line with their sources, but for those of runs that it says it is about."""
    for number, source in () if shown is None else shown.sources:
        if source is not None and not any(source.startswith(f"{label}.") for label in shown.about):  # type: ignore[union-attr]
            yield number, source


def _on_none(number: str, source: str, during: list[_Read]) -> str:
    """Why a number that is said is none that a read-out of the same shows meanwhile, or nothing."""
    subject = subject_of(source)
    there = [
        other
        for readout in dict.fromkeys(read.readout for read in during)
        for other in _resting([read for read in during if read.readout == readout], subject)
    ]
    if not there or any(_alike(number, other) for other in there):
        return ""
    told = " and ".join(list(dict.fromkeys(there))[:4])
    return f"says {number}, {source}, and a read-out of it shows {told} meanwhile"


def _resting(reads: list[_Read], subject: str) -> list[str]:
    """The numbers of one read-out that are of something, at first, at last, and where it rests in between."""
    shown = [[number for number, source in read.numbers if subject_of(source) == subject] for read in reads]
    rests = [after for before, after in pairwise(shown) if before == after]
    return [number for numbers in (*shown[:1], *rests, *shown[-1:]) for number in numbers]


def subject_of(source: str) -> str:
    """A source without the row of the recording that it names.

    >>> subject_of("right.slopes[12, 1]"), subject_of("right answers of voyage about all at row 5")
    ('right.slopes[#, 1]', 'right answers of voyage about all at row #')
    """
    return _ROW.sub(lambda match: "[#" if match[0].startswith("[") else "#", source)


def _alike(number: str, other: str) -> bool:
    """Whether two numbers are the same, as exactly as the less exact one says."""
    return shows(number, value_of(other)) or shows(other, value_of(number))


def _count(text: str, noun: str) -> Iterator[float]:
    """How many a read-out counts of what a word names; nothing if it counts something else."""
    match = _COUNTS.fullmatch(text)
    if match is not None and stem_of(match[1] or match[2]) == stem_of(noun):
        yield value_of(find_numbers(text)[0])
