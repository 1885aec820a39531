"""Telling: what is shown while a line is said is what it names, when it names it, and in that order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.check.telling.in_order import out_of_order
from scenes.check.telling.lit import lights_another
from scenes.check.telling.on_its_word import Told, off_their_words, waits_too_long
from scenes.check.telling.spoken_words import spoken_words
from scenes.check.timing.on_time import Timeline
from scenes.check.timing.plays import Plays
from scenes.narration.cues import CueSheet
from scenes.stage.number_sources import NumberSources
from scenes.stage.spoken_line import SpokenLine


@dataclass
class Telling(Check):
    """Keeps what comes and what is lit when, and holds it against the words of each line, once the scene is over."""

    _plays: Plays = field(default_factory=Plays)

    def see(self, moment: Moment) -> None:
        """Note what begins."""
        self._plays.begin(moment)

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Hold it against the lines."""
        told = list(self._told(scene, sheet))
        for index, each in enumerate(told):
            following = told[index + 1] if index + 1 < len(told) else None
            for rule, found in (
                *(("mark", found) for found in waits_too_long(each)),
                *(("mark", found) for found in off_their_words(each, following)),
                *(("order", found) for found in out_of_order(each)),
                *(("ring", found) for found in lights_another(each)),
            ):
                self.keep(Fault(rule, each.line.text, found, each.line.start))

    def _told(self, scene: Any, sheet: CueSheet) -> Iterator[Told]:
        lines: list[SpokenLine] = getattr(scene, "lines", [])
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        for index, line in enumerate(lines):
            later = lines[index + 1].plays if index + 1 < len(lines) else len(self._plays)
            beats = [beat.start for beat in sheet.beats if beat.start > line.start]
            changed = [played.index for played in self._plays if beats and played.start >= min(beats)]
            until = min(later, *changed[:1]) if changed else later
            words = spoken_words(line, sources.shown.get(("voice", line.text)))
            yield Told(line, words, Timeline(line, self._plays), until)
