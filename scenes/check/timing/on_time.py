"""On time: each picture begins with its word, and what is animated changes the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.lines import is_type, words_of
from scenes.check.playback import Moment
from scenes.check.timing.plays import Played, Plays
from scenes.narration.cues import CueSheet
from scenes.stage.spoken_line import Asked, SpokenLine

#: Seconds by which a picture may miss its word.
NEAR = 0.3
#: Seconds from which on an animation must change something.
SEEN = 0.75
#: Letters of a word that can tell whose picture it is in.
_TELLING = 4


@dataclass
class OnTime(Check):
    """Watches what a scene plays, and holds it against the marks of its lines.

    Attributes
    ----------
    timed
        How many marks were held against a picture.
    """

    timed: int = 0
    _plays: Plays = field(default_factory=Plays)

    def see(self, moment: Moment) -> None:
        """Note what one moment shows of what is played."""
        self._plays.see(moment)

    def played(self, moment: Moment) -> None:  # noqa: ARG002 - as every check
        """Note how what was played has ended."""
        self._plays.played()

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Hold each mark against the picture that lands on it."""
        for played in self._plays[:-1]:
            if played.waits or played.seconds < SEEN:
                continue
            found = "" if played.changed else f"nothing changes in {played.seconds:.1f} s of an animation"
            if played.changed and played.idle:
                found = f"in {played.seconds:.1f} s of an animation {' and '.join(played.idle)} stays as it was"
            if found:
                self.keep(Fault("still", played.kinds, found, played.start), *played.touched.values())
        lines: list[SpokenLine] = getattr(scene, "lines", [])
        for line in lines:
            for mark in line.speech.marks:
                if all(asked.mark != mark for asked in line.asked):
                    self._keep(line, mark, "no picture asks for this mark")
            timeline = Timeline(line, self._plays)
            for asked in line.asked:
                self.timed += 1
                for found in _found(line, asked, timeline):
                    self._keep(line, asked.mark, found)

    def _keep(self, line: SpokenLine, mark: str, found: str) -> None:
        time = line.start + line.speech.marks[mark]
        self.keep(Fault("mark", f"[{mark}] {line.marked_words.get(mark, '')}", found, time))


class Timeline:
    """When each of a line's animations begins, in seconds of the line, as it is in a film of many frames a second.

    A scene is checked in few frames a second, to which everything it plays is rounded up. What was meant to last
    until a word does so whatever came before; all else takes as long as it was meant to.
    """

    def __init__(self, line: SpokenLine, plays: Plays) -> None:
        #: The animations and waits from the line's beginning on, and when each begins.
        self.begins: list[tuple[Played, float]] = []
        #: When each mark was asked for, in the order of ``line.asked``.
        self.asked: list[float] = []
        now = 0.0
        for played in plays[line.plays :]:
            due = [asked for asked in line.asked if asked.plays == played.index]
            self.asked += [now] * len(due)
            self.begins.append((played, now))
            word = [line.speech.marks[asked.mark] for asked in due if asked.waits or asked.seconds == played.seconds]
            now = max([now, *word]) if word else now + played.seconds

    def first(self, index: int, *, animated: bool) -> tuple[Played, float] | None:
        """What is played first from ``index`` on; with ``animated`` only what is no mere wait."""
        for played, begin in self.begins:
            if played.index >= index and not (animated and played.waits and not played.begins_new):
                return played, begin
        return None


def _found(line: SpokenLine, asked: Asked, timeline: Timeline) -> Iterator[str]:
    """What is wrong with the picture of a mark."""
    word = line.speech.marks[asked.mark]
    number = line.asked.index(asked)
    late = timeline.asked[number] - word if number < len(timeline.asked) else 0.0
    if late > NEAR:
        yield f"it is asked for {late:.1f} s after its word"
        return
    for thing in asked.shows:
        touched = [begin for played, begin in timeline.begins if played.touches(thing)]
        name = words_of(thing) or type(thing).__name__
        # What was on stage before the line may be moved more than once; what comes in does so once.
        nearest = min(touched, key=lambda begin: abs(begin - word), default=None)
        if nearest is None:
            yield f"{name!r} does not come with it, nor later"
        elif abs(nearest - word) > NEAR:
            yield f"{name!r} begins {abs(nearest - word):.1f} s {'after' if nearest > word else 'before'} its word"
    landed = timeline.first(asked.plays + asked.waits, animated=asked.waits)
    if landed is None:
        yield "nothing begins with it"
        return
    played, begin = landed
    if asked.waits and begin - word > NEAR and not asked.shows:
        yield f"the picture begins {begin - word:.1f} s after its word"
    elif not played.changed and not played.begins_new and played.index < timeline.begins[-1][0].index:
        yield "what is played changes nothing"
    elif other := _others_word(line, asked, played):
        yield other


def _others_word(line: SpokenLine, asked: Asked, played: Played) -> str:
    """What says the word of another mark of the line, and not its own: their pictures are exchanged.

    What only leaves with the word is the picture of none.
    """
    if not asked.waits:
        return ""
    coming = (mobject for key, mobject in played.touched.items() if key not in played.leaving)
    texts = [words_of(mobject) for mobject in coming if is_type(mobject)]
    said = {_bare(word) for text in texts for word in text.split()}
    marked = line.marked_words
    own = _bare(marked.get(asked.mark, ""))
    for mark, word in marked.items():
        if mark != asked.mark and len(_bare(word)) >= _TELLING and _bare(word) in said and own not in said:
            return f"{', '.join(texts[:3])!r} comes with it, and says the word of [{mark}]"
    return ""


def _bare(word: str) -> str:
    return word.strip(".,:;!?()'\"").lower()
