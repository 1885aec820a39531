"""Home: who is said to be home stands at the cabin, and who is said not to be doesn't."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import field_of, run_label
from scenes.check.playback import Moment
from scenes.check.spoken.outcomes import sentences_of
from scenes.check.telling.walked import Walked, Way
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.ground.cabin import Cabin
from scenes.stage.number_sources import NumberSources

#: How far from the door somebody is at home, in units of the coefficients.
AT_THE_DOOR = 0.3

_HOME = re.compile(rf"\b(?:{'|'.join(en.HOME_PHRASES)})\b")
_NOT, _MAYBE = (re.compile(rf"\b(?:{'|'.join(words)})\b") for words in (en.NOT_HOME_WORDS, en.MAYBE_HOME_WORDS))
_OF_SOMEBODY = re.compile(rf"\b{en.HOME_SUBJECTS[0]}|^{en.HOME_SUBJECTS[1]}")


@dataclass
class Home(Check):
    """Keeps how far everybody has come, and where the cabin is, and holds what is said of being home against it.

    Who is meant is of whom the sentence has a number; if it has none, whoever walks meanwhile, or is alone there.
    """

    _walked: Walked = field(default_factory=Walked)
    _doors: list[tuple[float, tuple[float, ...]]] = field(default_factory=list)

    def see(self, moment: Moment) -> None:
        """Note who is where, and where the cabin is."""
        self._walked.note(moment)
        for cabin in moment.of(Cabin):
            self._doors.append((moment.time, tuple(map(float, cabin.door[:2]))))

    def played(self, moment: Moment) -> None:
        """Note how an animation has left them."""
        self._walked.note(moment, left=True)

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Look at every line that says of somebody to be home, or not."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        runs = {run_label(label): run for label, run in getattr(scene, "recordings", {}).items()}
        for index, cue in enumerate(sheet.cues):
            if not _HOME.search(cue.text.lower()):
                continue
            until = sheet.cues[index + 1].start if index + 1 < len(sheet.cues) else sheet.length
            doors = {door for time, door in self._doors if cue.start <= time <= until}
            ways = {label: way for label, way in self._walked.between(cue.start, until).items() if label in runs}
            for sentence, told in sentences_of(cue, sources.shown.get(("voice", cue.text))) if doors and ways else ():
                for words, home in claims(sentence):
                    meant = _meant(told, ways)
                    away = {label: _away(runs[label], ways[label], doors) for label in meant}
                    if away and all((apart <= AT_THE_DOOR) is not home for apart in away.values()):
                        where = " and ".join(
                            f"{label} is {apart:.2g} from the door at row {ways[label].end:.0f}"
                            for label, apart in away.items()
                        )
                        self.keep(Fault("outcome", cue.text, f"says {words!r}, and {where}", cue.start))


def claims(sentence: str) -> Iterator[tuple[str, bool]]:
    """What a sentence says of being home, clause by clause, and whether it says so or denies it.

    >>> list(claims("Twenty steps, and at last he's home.")), list(claims("Twenty steps, and still not home."))
    ([("at last he's home", True)], [('still not home', False)])
    >>> [list(claims(each)) for each in ("A compass takes you home.", "That's home.", "How does he get home?")]
    [[], [], []]
    """
    words = sentence.strip().lower()
    for clause in re.split(r"[,;:]\s*(?:and\b|but\b)?\s*|[.!]\s*", words) if not words.endswith("?") else ():
        match = _HOME.search(clause)
        before = clause[: match.start()] if match is not None else ""
        if match is not None and _OF_SOMEBODY.search(before) and not _MAYBE.search(before):
            yield clause.strip(), not _NOT.search(before)


def _meant(told: Sequence[str | None], ways: Mapping[str, Way]) -> list[str]:
    """The runs of which a sentence is: those of its numbers, or else those that move, or the only one there is."""
    numbered = {said.label for said in map(field_of, told) if said is not None} & ways.keys()
    moving = [label for label, way in ways.items() if way.moves]
    return sorted(numbered) or moving or (list(ways) if len(ways) == 1 else [])


def _away(run: Trajectory, way: Way, doors: set[tuple[float, ...]]) -> float:
    """How far a run stands from the nearest door as its line ends, in units of the coefficients."""
    here = run.coeffs[int(way.end + 1e-6)]
    return min(float(np.linalg.norm(here[:2] - np.array(door))) for door in doors)
