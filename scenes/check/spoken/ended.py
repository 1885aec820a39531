"""What came of a run is said once it has come, and while something of that run is to be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from manim import Mobject

from descent_core.explore.summary import NO_ZERO_GRAD, Summary
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import field_of, is_verdict, run_label
from scenes.check.playback import Moment
from scenes.check.shapes import strength
from scenes.check.spoken.outcomes import sentences_of
from scenes.check.wiring.cast import cast
from scenes.narration.cues import Cue, CueSheet
from scenes.narration.languages import en
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.trail import Trail
from scenes.parts.panels.plot import PlotCurve
from scenes.stage.number_sources import NumberSources, Shown

#: What shows where a run has come to.
_SEEN = (Hiker, Trail, PlotCurve)
#: Opacity from which on a line or a figure is to be seen, and seconds that are no time: clocks are rounded.
_FAINTEST, _INSTANT = 0.05, 1e-3
#: How far from its last row a walk is that has ended.
_ENDED = 1e-6


@dataclass(frozen=True)
class _Picture:
    """The runs that are to be seen at a time; of those on their way, the row that they are at, and the last."""

    time: float
    seen: frozenset[str]
    going: dict[str, tuple[float, int]]


@dataclass
class Ended(Check):
    """Keeps how far each run has come when, and holds what is said of their ends against it, once the scene is over."""

    _pictures: list[_Picture] = field(default_factory=list)

    def see(self, moment: Moment) -> None:
        """Note who is to be seen, and how far they have come."""
        shown = [role for role in cast(moment) if isinstance(role.mobject, _SEEN) and _is_seen(role.mobject)]
        going: dict[str, tuple[float, int]] = {}
        for role in shown:
            if role.now is not None and role.last is not None and role.now < role.last - _ENDED:
                going[role.label] = min(going.get(role.label, (role.now, role.last)), (role.now, role.last))
        self._pictures.append(_Picture(moment.time, frozenset(role.label for role in shown), going))

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Look at every line that says what came of a run."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        runs = {run_label(label) for label in getattr(scene, "recordings", {})}
        summary = getattr(vars(scene).get("ground"), "summary", None)
        for cue in sheet.cues:
            during = [picture for picture in self._pictures if cue.start - _INSTANT < picture.time < cue.end - _INSTANT]
            if not during:
                continue
            for label in dict.fromkeys(_ends(cue, sources.shown.get(("voice", cue.text)), summary)):
                if label in runs:
                    self._judge(cue, label, during)

    def _judge(self, cue: Cue, label: str, during: Sequence[_Picture]) -> None:
        now, last = during[0].going.get(label, (0.0, 0))
        if now < last:
            self._keep(cue, f"says what came of {label}, which is at row {now:.0f} of {last} as the line begins")
        elif not any(label in picture.seen for picture in during):
            self._keep(cue, f"says what came of {label}, and nothing of it is to be seen meanwhile")

    def _keep(self, cue: Cue, found: str) -> None:
        self.keep(Fault("outcome", cue.text, found, cue.start))


def _ends(cue: Cue, shown: Shown | None, summary: Any) -> Iterator[str]:
    """The runs of which a line says what came of them.

    A sentence with numbers says it of those runs; one that counts the runs of an exploration, or has no number of a
    single one, says it of all of them.
    """
    for sentence, sources in sentences_of(cue, shown):
        found = [said for said in map(field_of, sources) if said is not None]
        words = sentence.lower()
        if any(is_verdict(source) for source in sources) or (found and _tells(words)):
            yield from (said.label for said in found)
        elif isinstance(summary, Summary) and not found and _tells(words):
            never = any(phrase in words for phrase in en.NEVER_WIPED_WORDS)
            yield from (NO_ZERO_GRAD,) if never and summary.no_zero_grad else summary.runs


def _tells(words: str) -> bool:
    """Whether a sentence, in small letters, says what became of somebody."""
    phrases = [phrase for phrases in en.OUTCOME_WORDS.values() for phrase in phrases]
    return any(phrase in words for phrase in (*phrases, *en.OUTCOME_ENDINGS))


def _is_seen(mobject: Mobject) -> bool:
    """Whether any of it is drawn strongly enough to be seen."""
    return strength(mobject) > _FAINTEST
