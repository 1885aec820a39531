"""On its word: what comes while a line is said comes with the words that name it, asked for by a mark or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from manim import Mobject

from scenes.check.numbers.fields import field_of
from scenes.check.picture.lines import is_type, words_of
from scenes.check.telling.names import called, runs_called
from scenes.check.telling.spoken_words import Names, Spoken, stem_of
from scenes.check.timing.on_time import Timeline
from scenes.check.timing.plays import Event, How, Played
from scenes.narration.languages import en
from scenes.stage.naming import surrounded_by
from scenes.stage.spoken_line import SpokenLine

#: Seconds into a line at which its first picture may begin, and seconds of a pause between two of its pictures:
#: whatever comes later is asked for by a mark.
_START, _PAUSE = 0.75, 1.0
#: Seconds by which a picture may come after the word that names it.
_LATE = 2.0
#: Seconds by which it may come before: with the beginning of the line, and later.
_WITH_THE_LINE, _OPENS, _EARLY = 1.5, 4.5, 1.5
#: Seconds before its end from which on a line is over.
_OVER = 0.25
#: Seconds between the word of a mark and the word that names what comes with it.
_BESIDE = 1.25


@dataclass(frozen=True, eq=False)
class Told:
    """What is done while a line is said, and until the next one.

    Attributes
    ----------
    line, words
        The line, and those of its words that name something.
    timeline
        When each of its animations begins.
    until
        How many animations and waits there were when the next line, or the next beat, began.
    """

    line: SpokenLine
    words: list[Spoken]
    timeline: Timeline
    until: int

    def events(self, *, within: bool = True) -> Iterator[tuple[float, Played, Event]]:
        """When each event begins, in seconds of the line: those in the block in which it is said, or all until then."""
        last = self.line.ends if within and self.line.ends is not None else self.until
        for played, begin in self.timeline.begins:
            if played.index < min(last, self.until):
                yield from ((begin + event.after, played, event) for event in played.events)

    @property
    def end(self) -> int:
        """How many animations and waits there were when its block ended."""
        return self.until if self.line.ends is None else self.line.ends


@dataclass(frozen=True, eq=False)
class Group:
    """What comes at one time, and all that it may be called."""

    begin: float
    played: Played
    things: tuple[Mobject, ...]
    names: Names
    runs: Names
    lit: bool

    def heard_in(self, words: list[Spoken]) -> list[float]:
        """When it is named in a line, in seconds of the line; by its runs too, if it is by anything else."""
        return (self.names | self.runs).heard_in(words) if self.names.heard_in(words) else []

    def __str__(self) -> str:
        return repr(name_of(self.things))


def groups(told: Told, *, within: bool = True) -> Iterator[Group]:
    """What comes, or is lit, by the time at which it does."""
    coming = [found for found in told.events(within=within) if found[2].how != How.FOG]
    for (begin, _), found in groupby(coming, key=lambda each: (round(each[0], 2), each[1].index)):
        events = list(found)
        things = tuple(event.thing for _, _, event in events)
        names, runs = Names(), Names()
        # A ring that comes with something else points at what that is about, which was named before.
        told_of = [thing for thing in things if not surrounded_by(thing)] or things
        for thing in told_of:
            names |= called(thing, events[0][1].stage)
        for thing in things:
            runs |= runs_called(thing)
        yield Group(begin, events[0][1], things, names, runs, any(event.how == How.LIT for _, _, event in events))


def waits_too_long(told: Told) -> Iterator[str]:
    """Pictures that come after a wait that no mark asks for."""
    asked = {each.plays for each in told.line.asked}
    idle, first = 0.0, True
    for played, _ in told.timeline.begins:
        if played.index >= told.end:
            return
        if played.index in asked:
            idle, first = 0.0, False
        elif played.waits and not played.events:
            idle += played.seconds
            continue
        if idle > (_START if first else _PAUSE):
            what = "the line begins" if first else "the picture before"
            yield f"{played.kinds!r} begins {idle:.1f} s after {what}, and no mark asks for it"
        idle, first = 0.0, False


def off_their_words(told: Told, following: Told | None) -> Iterator[str]:
    """What comes too long after the word that names it, or before; with a mark, on another word than that."""
    marked = {each.plays + 1: told.line.speech.marks[each.mark] for each in told.line.asked}
    for group in groups(told):
        heard = group.heard_in(told.words)
        if group.played.index in marked and group.begin - marked[group.played.index] < _BESIDE:
            word = marked[group.played.index]
            if heard and min(abs(at - word) for at in heard) > _BESIDE:
                nearest = min(heard, key=lambda at: abs(at - word))
                yield f"{group} is asked for with a word {_apart(word, nearest)} the one that names it"
        elif heard:
            early = _OPENS if group.begin <= _WITH_THE_LINE else _EARLY
            if all(group.begin - at > _LATE or at - group.begin > early for at in heard):
                nearest = min(heard, key=lambda at: abs(at - group.begin))
                yield f"{group} comes {_apart(group.begin, nearest)} the word that names it"
        elif not group.lit and following is not None and _is_said(group, following):
            yield f"{group} comes a line before the one that names it"
        if not told.line.asked and not group.lit and group.begin >= told.line.duration - _OVER:
            yield f"{group} comes when the line is over"
    for group in groups(told, within=False):
        later = following is not None and group.names.heard_in(following.words)
        if group.played.index >= told.end and group.names.heard_in(told.words) and not later:
            yield f"{group} comes after the line that names it"
    fog = Names(frozenset(map(stem_of, en.FOG_WORDS))).heard_in(told.words)
    for begin, _, event in told.events():
        if event.how == How.FOG and fog and all(begin - at > _LATE for at in fog):
            yield f"the fog changes {begin - fog[-1]:.1f} s after it is spoken of"


def _is_said(group: Group, following: Told) -> bool:
    """Whether all the words of a label are said in the next line, or one of its numbers of a recording."""
    fields = frozenset(
        (value, source)
        for value, source in group.names.numbers
        if (said := field_of(source)) is not None and said.row is not None
    )
    if Names(numbers=fields).heard_in(word for word in following.words if field_of(word.source)):
        return True
    texts = [piece for thing in group.things for piece in thing.get_family() if is_type(piece)]
    if not texts or len(group.names.stems) == 0 or group.names.numbers:
        return False
    return all(Names(frozenset({stem})).heard_in(following.words) for stem in group.names.stems)


def _apart(one: float, other: float) -> str:
    return f"{abs(one - other):.1f} s {'after' if one > other else 'before'}"


def name_of(things: Sequence[Mobject]) -> str:
    """What some things are called in a message: by their words, or by what they are."""
    texts = [words_of(piece) for thing in things for piece in thing.get_family() if is_type(piece)]
    return ", ".join(list(dict.fromkeys(texts))[:3]) or ", ".join(type(thing).__name__ for thing in things[:3])
