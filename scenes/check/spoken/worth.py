"""Worth: where a loss is shown, what is said to be good lies low, and what is said to be bad lies high."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from manim import Mobject, Text

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import field_of
from scenes.check.playback import Moment
from scenes.check.wiring.cast import pieces, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.ground.mountain import Mountain
from scenes.parts.panels.plot import PlotCurve
from scenes.parts.panels.scorecard import Readout

#: The fields of a recording of which less is better.
LOSSES = ("losses", "expected_losses", "try_losses")
#: Opacity from which on ground is there.
_THERE = 0.3
#: Lines for which a number that was shown is still what is spoken of.
_REMEMBERED = 1


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


_GOOD, _BAD = _any_of(en.GOOD_WORDS), _any_of(en.BAD_WORDS)
_HIGH, _LOW = _any_of(en.HIGH_PHRASES), _any_of(en.LOW_PHRASES)
_NEITHER, _GAIN = _any_of(en.UNJUDGED_WORDS), _any_of(en.GAIN_WORDS)
#: "The lower, the better" is one clause.
_THE_MORE = re.compile(r"\b(the \w+), (?=the \w+)")
_CLAUSE = re.compile(rf"[,;:]|\b(?:{'|'.join(en.CLAUSE_WORDS)})\b")


@dataclass
class Worth(Check):
    """Keeps when a loss is shown, as height or as a number, and holds words of good and bad against that.

    Words that are said, and words that are there to be read.
    """

    _losses: list[tuple[float, bool]] = field(default_factory=list)
    _read: dict[int, Mobject] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note whether a loss is shown."""
        self._losses.append((moment.time, any(ground.opacity > _THERE for ground in moment.of(Mountain))))
        if not self._losses[-1][1]:
            self._losses[-1] = moment.time, any(_tells_loss(piece) for top in tops(moment) for piece in pieces(top))

    def played(self, moment: Moment) -> None:
        """Read what an animation has left on stage beside a loss."""
        if not self._losses or not self._losses[-1][1]:
            return
        for text in moment.of(Text):
            if id(text) not in self._read:
                self._read[id(text)] = text  # kept, so that no other gets its id
                for found in misjudged(text.original_text):
                    self.keep(Fault("outcome", text.original_text, found, moment.time), text)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Hold each line against it."""
        for index, cue in enumerate(sheet.cues):
            since = sheet.cues[max(index - _REMEMBERED, 0)].start
            if any(shows for time, shows in self._losses if since <= time <= cue.end):
                for found in misjudged(cue.text):
                    self.keep(Fault("outcome", cue.text, found, cue.start))


def misjudged(text: str) -> Iterator[str]:
    """What a text says of good and bad that is not so of a loss.

    >>> list(misjudged("Bad settings rise, good ones sink. Lower is better.")), list(misjudged("He climbs. Good!"))
    ([], [])
    >>> [found for found in misjudged("Good settings rise, bad ones sink.")]  # doctest: +NORMALIZE_WHITESPACE
    ["says 'good settings rise', and what is shown is a loss: less of it is better",
     "says 'bad ones sink', and what is shown is a loss: less of it is better"]
    """
    for sentence in re.split(r"[.!?]+(?=\s|$)", text.lower()):
        if _GAIN.search(sentence):
            continue
        for clause in map(str.strip, _CLAUSE.split(_THE_MORE.sub(r"\1 ", sentence))):
            worth = {sign for pattern, sign in ((_GOOD, 1), (_BAD, -1)) if pattern.search(clause)}
            height = {sign for pattern, sign in ((_HIGH, 1), (_LOW, -1)) if pattern.search(clause)}
            if len(worth) == len(height) == 1 and worth == height and not _NEITHER.search(clause):
                yield f"says {clause!r}, and what is shown is a loss: less of it is better"


def _tells_loss(piece: Any) -> bool:
    """Whether something shows a loss: a curve of it, or a number."""
    if isinstance(piece, PlotCurve):
        return piece.landscape is not None or (piece.origins[1] is not None and piece.origins[1].field in LOSSES)
    if not isinstance(piece, Readout) or piece.numbers is None:
        return False
    fields = [field_of(source) for _, source in piece.numbers.sources]
    return any(said is not None and said.name in LOSSES for said in fields)
