"""Counted: "the first leap", "two hikers", "half way": held against the rows that are walked, and what is on stage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Mobject

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import run_label, value_of
from scenes.check.numbers.placed import Placed, placed_numbers
from scenes.check.playback import Moment
from scenes.check.shapes import strength
from scenes.check.telling.course import wrong_comparison, wrong_course, wrong_hue
from scenes.check.telling.walked import Walked, Way
from scenes.check.wiring.cast import cast
from scenes.narration.cues import Cue, CueSheet
from scenes.narration.languages import en
from scenes.stage.number_sources import NumberSources

_NOUNS = "|".join(en.STEP_NOUNS)
_ORDINAL = "|".join((*en.ORDINALS, *en.LAST_WORDS))
#: "the first leap", and, after one of those, "the second one" and "the second carries": what it is of is known then.
_NTH = re.compile(rf"\b(?P<nth>{_ORDINAL}) (?P<noun>{_NOUNS})\b(?P<rest>[^.!?]*)")
_AND_THEN = re.compile(rf"\bthe (?P<nth>{'|'.join(en.ORDINALS)}) (?P<noun>one\b|\w+s\b)(?P<rest>[^.!?]*)")
_SINGLE = re.compile(
    rf"\b(?:{'|'.join(en.SINGLE_WORDS)})(?: more)? (?:{_NOUNS})\b"
    rf"(?! (?:{'|'.join(en.NO_COUNT_AFTER)})\b)(?P<rest>[^.!?]*)"
)
_PLURAL = re.compile(rf"^ (?:(?:{'|'.join(en.UNIT_ADJECTIVES.split())}) )?(?:{'|'.join(en.STEP_NOUNS.values())})\b")
_HALF_WAY = re.compile(rf"\b(?:{en.HALF_WAY})\b")
_TWICE = re.compile(rf"\b{en.TWICE}\b(?! {en.AS}\b)")
_TWICE_AS = re.compile(rf"\b{en.TWICE} {en.AS}\b")
_ALL = re.compile(rf"\b(?:{'|'.join(en.ALL_WORDS)}) $")
_THING = re.compile(rf"^ (?:\w+ )?(?P<noun>{'|'.join((*en.COUNTED_PARTS, *en.COUNTED_RATES))})\b")
#: Fractions of a way that are half of it.
_HALF = (0.4, 0.6)
#: By which fraction a ratio of twice may be off.
_ROUGHLY = 0.1
#: Lines for which "the second" is still of what "the first leap" was of.
_REMEMBERED = 2
#: Opacity from which on something is there; and counts that are told one by one.
_THERE, _FEW = 0.3, 4


@dataclass
class Counted(Check):
    """Keeps how far everybody has come, and how many are there, and holds what was said against it."""

    _walked: Walked = field(default_factory=Walked)
    _there: list[tuple[float, dict[str, frozenset[Any]]]] = field(default_factory=list)
    _rates: dict[str, float] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note one moment."""
        self._walked.note(moment)
        self._count(moment)

    def played(self, moment: Moment) -> None:
        """Note how an animation has left the scene."""
        self._walked.note(moment, left=True)
        self._count(moment)

    def _count(self, moment: Moment) -> None:
        there: dict[str, set[Any]] = {}
        for role in cast(moment):
            if _is_there(role.mobject):
                for kind in type(role.mobject).__mro__:
                    there.setdefault(kind.__name__, set()).add(role.label)
        self._there.append((moment.time, {kind: frozenset(labels) for kind, labels in there.items()}))

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Look at every line."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        runs = {
            run_label(label): run
            for label, run in sorted(getattr(scene, "recordings", {}).items(), key=lambda pair: -len(pair[0]))
        }
        starts = sorted([cue.start for cue in sheet.cues] + [beat.start for beat in sheet.beats])
        counting = _REMEMBERED + 1  # lines since an ordinal was of a step
        for cue in sheet.cues:
            until = next((start for start in starts if start >= cue.end), sheet.length)
            ways = self._walked.between(cue.start, until)
            moving = {label: way for label, way in ways.items() if way.moves}
            words = cue.text.lower()
            known = counting <= _REMEMBERED
            counting = 0 if _NTH.search(words) else counting + 1
            for found in (
                *_ordinals(words, moving, runs, known=known),
                *_half_way(words, moving, runs),
            ):
                self._keep(cue, "count", found)
            shown = sources.shown.get(("voice", cue.text))
            numbers = [] if shown is None else list(placed_numbers(shown))
            during = [there for time, there in self._there if cue.start - 1e-3 <= time <= until + 1e-3]
            for number in numbers:
                for found in (*_steps(number, moving), *_things(number, during, runs)):
                    self._keep(cue, "count", found)
            for found in _twice(words, moving, numbers, runs):
                self._keep(cue, "count", found)
            for found in (*wrong_course(words, moving, runs), *wrong_comparison(words, ways, runs)):
                self._keep(cue, "course", found)
            for found in wrong_hue(words):
                self._keep(cue, "colour", found)

    def _keep(self, cue: Cue, rule: str, found: str) -> None:
        self.keep(Fault(rule, cue.text, found, cue.start))


def _ordinals(words: str, moving: Mapping[str, Way], runs: Mapping[str, Trajectory], *, known: bool) -> Iterator[str]:
    """Steps that are told by their number, and are others than those that are walked."""
    matches = [*_NTH.finditer(words), *(_AND_THEN.finditer(words) if known else ())]
    for match in matches if moving else ():
        nth, told = match["nth"], match[0][: match.start("rest") - match.start()]
        row = en.ORDINALS.get(nth)
        if row is None:
            if not any(way.last is not None and way.end >= way.last - 1e-3 for way in moving.values()):
                yield f"says {told!r}, and {_told(moving)}"
            continue
        own = [label for label, way in moving.items() if way.start < row - 1 + 1e-3 and way.rests_at(row)]
        if not own:
            yield f"says {told!r}, and {_told(moving)}"
            continue
        for pattern, sign, goes in ((en.GOES_DOWN, -1, "down"), (en.GOES_UP, 1, "up")):
            if re.search(pattern, match["rest"]) and not any(
                np.sign(np.diff(runs[label].expected_losses[row - 1 : row + 1])) == sign
                for label in own
                if label in runs
            ):
                yield f"says that {told!r} goes {goes}, and the loss of {' and '.join(own)} does not"
    for match in _SINGLE.finditer(words) if moving else ():
        if not any(way.rests_at(np.floor(way.start + 1e-3) + 1) for way in moving.values()):
            yield f"says {match[0][: match.start('rest') - match.start()]!r}, and {_told(moving)}"


def _steps(number: Placed, moving: Mapping[str, Way]) -> Iterator[str]:
    """A count of steps of no run's is how many are walked, or have been walked then."""
    walking = {label: way for label, way in moving.items() if way.end > way.start}
    if number.field is not None or not walking or not _PLURAL.search(number.after):
        return
    count = value_of(number.number)
    right = [
        each
        for way in walking.values()
        for each in (way.end - way.start, way.end, *way.rests, *(rest - way.start for rest in way.rests), way.last)
    ]
    if not any(each is not None and abs(each - count) < 1e-3 for each in right):
        yield f"says {number.number}{_PLURAL.search(number.after)[0]}, and {_told(walking)}"  # type: ignore[index]


def _half_way(words: str, moving: Mapping[str, Way], runs: Mapping[str, Trajectory]) -> Iterator[str]:
    """Who is said to be half way is: by steps, by the way, or by the loss."""
    if not _HALF_WAY.search(words) or not moving:
        return
    if not any(_HALF[0] <= part <= _HALF[1] for label, way in moving.items() for part in _parts(label, way, runs)):
        yield f"says half way, and {_told(moving)}"


def _parts(label: str, way: Way, runs: Mapping[str, Trajectory]) -> Iterator[float]:
    """How much of a run is behind it, at each row where it rests or is as the line ends: by several measures."""
    for row in (*way.rests, way.end):
        if way.last:
            yield row / way.last
        if label in runs:
            run, at = runs[label], int(row + 1e-3)
            losses = run.expected_losses
            if losses[0] != losses[-1]:
                yield float((losses[0] - losses[at]) / (losses[0] - losses[-1]))
            whole = float(np.sum(run.step_lengths))
            if whole > 0:
                yield float(np.sum(run.step_lengths[:at])) / whole


def _twice(
    words: str, moving: Mapping[str, Way], numbers: Sequence[Placed], runs: Mapping[str, Trajectory]
) -> Iterator[str]:
    """What is done twice is two steps, or in two moves; what is twice as much is, if both are said."""
    twice = [abs(way.end - way.start - 2) < 1e-3 or len(set(way.rests) - {way.start}) == 2 for way in moving.values()]
    if _TWICE.search(words) and moving and not any(twice):
        yield f"says {en.TWICE}, and {_told(moving)}"
    values = [
        value
        for number in numbers
        if number.field is not None and number.field.label in runs
        if (value := number.field.value(runs[number.field.label]))
    ]
    if _TWICE_AS.search(words) and len(values) == 2:
        ratio = max(values) / min(values)
        if abs(ratio / 2 - 1) > _ROUGHLY:
            yield f"says twice as much, and it is {ratio:.2f} times"


def _things(
    number: Placed, during: Sequence[Mapping[str, frozenset[Any]]], runs: Mapping[str, Trajectory]
) -> Iterator[str]:
    """So many hikers, curves or learning rates are on stage as are said."""
    if number.field is not None:
        return
    count, match = value_of(number.number), _THING.search(number.after)
    if match is not None:
        noun = match["noun"]
        seen = {each for there in during for each in _counts(noun, there, runs)} - {0}
        if seen and count not in seen:
            yield f"says {number.number} {noun}, and there {_many(seen)}"
    elif _ALL.search(number.before) and not re.match(r" \w*s\b", number.after):  # of which nothing is known
        kinds = {kind for kinds in en.COUNTED_PARTS.values() for kind in kinds} | {"LegendRow", "Knob"}
        seen = {len(there[kind]) for there in during for kind in kinds if kind in there}
        if seen and count not in seen:
            yield f"says {_ALL.search(number.before)[0]}{number.number}, and there {_many(seen)}"  # type: ignore[index]


def _counts(noun: str, there: Mapping[str, frozenset[Any]], runs: Mapping[str, Trajectory]) -> Iterator[int]:
    if noun in en.COUNTED_RATES:
        for kind in en.COUNTED_PARTS["runs"]:
            yield len({runs[label].lr for label in there.get(kind, ()) if label in runs})
    else:
        yield from (len(there.get(kind, ())) for kind in en.COUNTED_PARTS[noun])


def _many(seen: set[int]) -> str:
    counts = " or ".join(map(str, sorted(seen))) if len(seen) <= _FEW else f"{min(seen)} to {max(seen)}"
    return f"{'is' if seen == {1} else 'are'} {counts}"


def _told(moving: Mapping[str, Way]) -> str:
    return " and ".join(
        f"{label} goes from row {way.start:.3g} to {way.end:.3g}" for label, way in sorted(moving.items())
    )


def _is_there(mobject: Mobject) -> bool:
    return strength(mobject) > _THERE
