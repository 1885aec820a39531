"""Judged: what the words say of a try, that it is kept or turned back, is what became of the one that is shown then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import field_of, run_label
from scenes.check.playback import Moment
from scenes.check.telling.spoken_words import moments_of
from scenes.check.wiring.cast import pieces, taken_from, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.knob_wall import KnobWall
from scenes.parts.panels.scorecard import Readout
from scenes.parts.radio import Radio
from scenes.stage.spoken_line import SpokenLine

_JUDGED = re.compile(rf"(?P<kept>{'|'.join(en.KEPT_WORDS)})|(?:{'|'.join(en.REJECTED_WORDS)})", re.IGNORECASE)
#: Seconds before a word, and after it, within which the try is shown of which it is said.
_BEFORE, _AFTER = 0.3, 1.5


@dataclass
class Judged(Check):
    """Keeps which try of a random search is shown at each moment, and holds the words of each line against it."""

    _tried: list[tuple[float, str, int]] = field(default_factory=list)

    def see(self, moment: Moment) -> None:
        """Note which tries are shown."""
        self._tried += [(moment.time, label, row) for label, row in set(_tries(moment))]

    def played(self, moment: Moment) -> None:
        """Note where an animation has left the search."""
        self.see(moment)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Hold each line against what was shown while it was said."""
        runs = {run_label(label): run for label, run in getattr(scene, "recordings", {}).items()}
        for line in getattr(scene, "lines", []):
            for word, at, until, kept in _judgements(line):
                shown = [(label, row) for time, label, row in sorted(self._tried) if at - _BEFORE < time < until]
                if shown and _is_kept(runs.get(shown[0][0]), shown[0][1]) is (not kept):
                    label, row = shown[0]
                    became = "turned back" if kept else "kept"
                    found = f"{word!r} is said while {label}.tries[{row}] is shown, which was {became}"
                    self.keep(Fault("outcome", line.text, found, at))


def _tries(moment: Moment) -> Iterator[tuple[str, int]]:
    """The runs and rows of the tries that are shown."""
    for piece in (piece for top in tops(moment) for piece in pieces(top) if not piece.updating_suspended):
        if isinstance(piece, Radio | KnobWall):
            taken = taken_from(piece.reading())
            if taken is not None and taken.name == "tries" and taken.row is not None:
                yield taken.label, taken.row
        elif isinstance(piece, Readout) and piece.numbers is not None:
            for _, source in piece.numbers.sources:
                said = field_of(source)
                if said is not None and said.name == "try_losses" and said.row is not None:
                    yield said.label, said.row


def _is_kept(run: Trajectory | None, row: int) -> bool | None:
    """Whether a try was better than where the search stood; None if that is not known."""
    if run is None or run.try_losses is None or row >= len(run.try_losses):
        return None
    return bool(run.try_losses[row] < run.losses[row])


def _judgements(line: SpokenLine) -> Iterator[tuple[str, float, float, bool]]:
    """What a line says of tries: the word, when it is said, when the next one, and whether it is kept."""
    found = [
        (match, line.start + at)
        for match, at in moments_of(line, _JUDGED)
        if not any(hedge in _clause(match).lower() for hedge in en.HEDGING_WORDS)
    ]
    for index, (match, at) in enumerate(found):
        others = [later for other, later in found[index + 1 :] if (other["kept"] is None) != (match["kept"] is None)]
        yield match[0], at, min([at + _AFTER, *others]), match["kept"] is not None


def _clause(match: re.Match[str]) -> str:
    """The sentence in which something stands."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return re.split(r"[.!?]", before)[-1] + match[0] + re.split(r"[.!?]", after)[0]
