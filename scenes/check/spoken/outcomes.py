"""What became of whom: words and numbers of an outcome are those of the run of which they are shown or said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Mobject, Text

from descent_core.explore.summary import Summary
from descent_core.explore.verdict import read_verdict
from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import field_of, run_label, shows, value_of
from scenes.check.playback import Moment
from scenes.check.wiring.cast import roles, tops
from scenes.narration.cues import Cue, CueSheet
from scenes.narration.languages import en
from scenes.parts.ground.trail import Trail
from scenes.parts.panels.plot import PlotCurve
from scenes.parts.words import LegendRow
from scenes.stage.number_sources import NumberSources, Shown, find_numbers

#: Opacity of a trail below which it is faint, where another is not.
_FAINT = 0.5
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_COUNTED = re.compile(
    r"\b(?P<count>\w+) (?P<word>" + "|".join(map(re.escape, en.OUTCOME_ENDINGS)) + r")\b", re.IGNORECASE
)
#: Numbers of an exploration's summary, by their sources.
_SUMMARY = re.compile(r"ground(?:\.(?P<part>height_map|plane))?\.(?P<name>\w+)(?P<percent>, in percent)?")


@dataclass
class Outcomes(Check):
    """Reads what is shown and said of outcomes, and looks it up in the recordings."""

    _read: dict[int, Mobject] = field(default_factory=dict)
    _lit: list[tuple[float, frozenset[str], frozenset[str]]] = field(default_factory=list)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        runs = _runs_of(moment.scene)
        for top in tops(moment):
            if id(top) not in self._read:
                self._read[id(top)] = top  # kept, so that no other gets its id
                self._gathered(top, moment, runs)
        trails = moment.of(Trail)
        opacities = {run_label(trail.walk.trajectory.label): trail.line.get_stroke_opacity() for trail in trails}
        lit = frozenset(label for label, opacity in opacities.items() if opacity >= _FAINT)
        if 0 < len(lit) < len(opacities):
            self._lit.append((moment.time, lit, frozenset(opacities)))

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Look at what was said, and at each number of an exploration's summary."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        runs, summary = _runs_of(scene), getattr(vars(scene).get("ground"), "summary", None)
        for cue in sheet.cues:
            for sentence, told in sentences_of(cue, sources.shown.get(("voice", cue.text))):
                of = {said.label for said in map(field_of, told) if said is not None} & runs.keys()
                if len(of) == 1:
                    (label,) = of
                    self._keep(cue.text, misnamed(sentence, runs[label]), cue.start)
                    self._keep(cue.text, self._in_the_shade(label, cue), cue.start)
                self._keep(cue.text, _miscounted(sentence, summary), cue.start)
        if isinstance(summary, Summary):
            for shown in sources.shown.values():
                for number, source in shown.sources:
                    value = _found_out(source, summary, runs)
                    if value is not None and not shows(number, value):
                        self._keep(shown.text, f"{number} is not {source}, which is {value:.6g}", 0.0, "value")

    def _gathered(
        self, mobject: Mobject, moment: Moment, runs: Mapping[str, Trajectory]
    ) -> tuple[set[str], list[Text]]:
        """The runs that a mobject is of, and the lines of type in it that nothing within it is beside."""
        if isinstance(mobject, Text):
            return set(), [mobject]
        own = {role.label for role in roles(mobject)} if isinstance(mobject, PlotCurve | LegendRow) else set()
        texts: list[Text] = []
        for child in mobject.submobjects:
            theirs, loose = self._gathered(child, moment, runs)
            own |= theirs
            texts += loose
        if len(own) == 1 and (run := runs.get(next(iter(own)))) is not None:
            for text in texts:
                words = str(text.original_text)
                self._keep(words, misnamed(words, run), moment.time, about=text)
        return own, [] if own else texts

    def _in_the_shade(self, label: str, cue: Cue) -> str:
        """Whether another run's trail stands out while a run is spoken of that has one too."""
        during = [(lit, all_) for time, lit, all_ in self._lit if cue.start < time <= cue.end and label in all_]
        if not during or any(label in lit for lit, _ in during):
            return ""
        return f"speaks of {label}, and the trail of {' and '.join(sorted(during[-1][0]))} stands out"

    def _keep(self, words: str, found: str, time: float, rule: str = "outcome", about: Mobject | None = None) -> None:
        if found:
            self.keep(Fault(rule, words, found, time), *([] if about is None else [about]))


def misnamed(text: str, run: Trajectory) -> str:
    """What a text says of a run that its recording does not, in words, or nothing.

    Parameters
    ----------
    text
        What is shown or said of the run. Words of an outcome are held against its outcome; that it wipes its gradient,
        or never does, against what ``.grad`` held.

    Examples
    --------
    >>> from descent_core import record
    >>> run = record(lambda c: (c**2).sum(), [4.0], lr=0.25, steps=20, label="quarter")
    >>> misnamed("lr 0.25: converged", run), misnamed("it never wipes its gradient", run)
    ('', 'is said of quarter, which wiped its gradient before every step')
    >>> misnamed("lr 0.25: diverged", run)
    "is said of quarter, whose outcome is 'converged'"
    """
    words = text.lower()
    named = [outcome for outcome, phrases in en.OUTCOME_WORDS.items() if any(phrase in words for phrase in phrases)]
    outcome = str(run.outcome)
    if named and outcome not in named:
        return f"is said of {run.label}, whose outcome is {outcome!r}"
    never = any(phrase in words for phrase in en.NEVER_WIPED_WORDS)
    wiped = not never and any(phrase in words for phrase in en.WIPED_WORDS)
    held_slopes = np.array_equal(run.grads, run.slopes[:-1], equal_nan=True)
    if never and held_slopes and run.steps > 1:
        return f"is said of {run.label}, which wiped its gradient before every step"
    if wiped and not held_slopes:
        return f"is said of {run.label}, whose gradient was never wiped"
    return ""


def _runs_of(scene: Any) -> dict[str, Trajectory]:
    """The recordings that a scene asked for, by the label of the run; those that were projected only if no other is."""
    recordings = getattr(scene, "recordings", {})
    return {run_label(label): run for label, run in sorted(recordings.items(), key=lambda pair: -len(pair[0]))}


def sentences_of(cue: Cue, shown: Shown | None) -> Iterator[tuple[str, list[str | None]]]:
    """The sentences of a line, each with the sources of its numbers; ``shown`` is the line as it was noted."""
    sources = [source for _, source in shown.sources] if shown is not None else []
    for sentence in _SENTENCE.split(cue.text):
        count = len(find_numbers(sentence))
        yield sentence, sources[:count]
        sources = sources[count:]


def _miscounted(sentence: str, summary: Any) -> str:
    """Whether a sentence counts the walks that came to something otherwise than they were; in words, or nothing."""
    if not isinstance(summary, Summary):
        return ""
    for match in _COUNTED.finditer(sentence):
        counted = match["count"].lower()
        if counted not in en.NUMBER_WORDS:
            continue
        outcome = en.OUTCOME_ENDINGS[match["word"].lower()]
        ends = [summary.verdicts[label] for label in summary.runs]
        true = sum(("another valley" if end.other_valley else str(end.outcome.value)) == outcome for end in ends)
        if value_of(counted) != true:
            return f"says {match[0]!r}, and it is {true} of {len(ends)}"
    return ""


def _found_out(source: str | None, summary: Summary, runs: Mapping[str, Trajectory]) -> float | None:
    """The value of a number that an exploration found out, computed anew; None of any other number."""
    if source is None:
        return None
    if match := _SUMMARY.fullmatch(source):
        value = getattr(getattr(summary, match["part"]) if match["part"] else summary, match["name"], None)
        return float(value) * (100 if match["percent"] else 1) if isinstance(value, int | float) else None
    said = field_of(source) if source.startswith("ground.verdicts.") else None
    if said is None or said.label not in runs:
        return None
    best = runs.get(summary.best)
    if said.name == "above_best" and best is None:
        return None
    other = summary.verdicts[said.label].other_valley if said.label in summary.verdicts else False
    verdict = read_verdict(runs[said.label], best, other_valley=other)
    name, _, index = said.name.partition("[")
    value = getattr(verdict, name, None)
    if isinstance(value, Sequence):
        value = value[int(index.rstrip("]"))]
    return None if value is None else float(value)
