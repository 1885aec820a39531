"""Meanings: what the words beside a number say of it, and whether the run that it is of says so too.

What is held against what is a value: a number of another field, or of another row, that reads the same is no fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent_core.counted import counted
from descent_core.explore.verdict import read_verdict
from descent_core.recordings.trajectory import Trajectory
from scenes.check.numbers.fields import Field, shows, value_of
from scenes.check.numbers.placed import Placed
from scenes.narration.languages import en

#: Names of fields and verdicts, by what they are.
_LOSSES = frozenset(
    {
        "losses",
        "try_losses",
        "expected_losses",
        "first_loss",
        "last_loss",
        "lowest_loss",
        "tail_range[0]",
        "tail_range[1]",
    }
)
_COUNTS = frozenset({"steps", "settled_after", "lowest_after"})
_KINDS: dict[str, frozenset[str]] = {
    "loss": _LOSSES,
    "learning rate": frozenset({"lr"}),
    "slope": frozenset({"slopes"}),
    "grad": frozenset({"grads"}),
    "reading": frozenset({"slopes", "grads"}),
    "setting": frozenset({"coeffs", "tries"}),
    "steps": _COUNTS,
    "tries": frozenset({"steps"}),
    "knobs": frozenset({"dimensions"}),
    "percent": frozenset(),
}
#: Kinds of what words may claim of any number of a run, and of a loss.
_ROWS = frozenset({"coeffs", "losses", "expected_losses", "slopes", "grads"})


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One of some phrases, right before a number but for words that fill."""
    filling = "|".join(en.FILLING_WORDS.split())
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b(?:[^\w.]+(?:{filling}))*[^\w.]*$")


_VALUES = {name: _pattern(phrases) for name, phrases in en.VALUE_PHRASES.items()}
_NAMED = {name: _pattern(phrases) for name, phrases in en.KIND_PHRASES.items()}
_DOWN, _UP = _pattern(en.DOWN_PHRASES), _pattern(en.UP_PHRASES)
_UNITS = {
    name: re.compile(rf"^[ -](?:(?:{'|'.join(en.UNIT_ADJECTIVES.split())}) )?(?:{'|'.join(unit)})(?!\w)")
    for name, unit in en.UNIT_WORDS.items()
}
_RESTS = re.compile(rf"\b(?:{'|'.join(en.REST_PHRASES)})\b")
_AFTER = re.compile(rf"\b{en.AFTER}\W*$")
_FROM = re.compile(rf"\b{en.FROM}\b(?:[^\w.]+\w+){{0,4}}[^\w.]*$")
_AGAINST = re.compile(rf"^[^\w.]*(?:{'|'.join(en.AGAINST_WORDS)})\b[^.]*$")
_LOWER, _HIGHER = (re.compile(rf"\b(?:{'|'.join(words)})\b[^.]*$") for words in (en.LOWER_FIRST, en.HIGHER_FIRST))
_OUTCOMES = re.compile("|".join(re.escape(phrase) for phrases in en.OUTCOME_WORDS.values() for phrase in phrases))


def wrong_of(number: Placed, runs: Mapping[str, Trajectory]) -> str:
    """What the words beside a number say of it that its run does not, or nothing."""
    said = number.field
    if said is None or said.label not in runs:
        return ""
    run = runs[said.label]
    unit = _unit(number)
    if unit:
        return _of_kind(number, said, unit, run) or (_rests(number, said, run) if unit == "steps" else "")
    claims = [(match.start(), name) for name, words in _VALUES.items() if (match := words.search(number.before))]
    if claims and said.name in _ROWS | _LOSSES:
        found = _of_value(number, said, min(claims)[1], run)
        if found:
            return found
    return _of_kind(number, said, _kind(number), run) or _way(number, said, run) or _told(number, said, run)


def wrong_together(first: Placed, second: Placed, runs: Mapping[str, Trajectory]) -> str:
    """What the words say of two numbers that follow each other: from one to the other, one after so many steps."""
    one, other, between = first.field, second.field, first.after[: max(second.start - first.end, 0)].strip(" ,")
    if one is None or one.label not in runs or one.name not in _LOSSES:
        return ""
    run = runs[one.label]
    if other is not None and other.label in runs and other.label != one.label and other.name in _LOSSES:
        return _compared(first, second)
    if other is not None and other.label == one.label and other.name in _LOSSES:
        here, there = _row(one, run), _row(other, run)
        if here is None or there is None:
            return ""
        if between == en.TO and _FROM.search(first.before) and here >= there:
            return f"goes from {one} to {other}, which comes before it"
        return f"says {one} after {other}, which comes later" if between == en.AFTER and here <= there else ""
    counts = _unit(second) == "steps" and (other is None or (other.label == one.label and other.name in _COUNTS))
    if not counts or between not in (en.AFTER, en.IN) or _RESTS.search(first.before):
        return ""
    row, losses = int(value_of(second.number)), run.expected_losses
    if not 0 <= row < len(losses) or shows(first.number, float(losses[row])) or shows(first.number, run.losses[row]):
        return ""
    steps = counted(row, "step")
    return f"says {one}, {first.number}, {between} {steps}, and the loss of {run.label} is {losses[row]:.6g} there"


def _compared(first: Placed, second: Placed) -> str:
    """Whether, of two losses of two runs, the other one is the lower than the words say."""
    one, other = value_of(first.number), value_of(second.number)
    between = first.after[: max(second.start - first.end, 0)]
    against = _AGAINST.search(between) is not None
    lower = (against and _LOWER.search(first.before)) or (_DOWN.search(first.before) and _UP.search(between))
    higher = (against and _HIGHER.search(first.before)) or (_UP.search(first.before) and _DOWN.search(between))
    if (lower and not higher and one > other) or (higher and not lower and one < other):
        return f"says that {first.field} is {'lower' if lower else 'higher'} than {second.field}, and it is not"
    return ""


def _unit(number: Placed) -> str:
    """What a number counts, by the word after it; nothing if that says nothing."""
    return next((name for name, unit in _UNITS.items() if unit.search(number.after)), "")


def _kind(number: Placed) -> str:
    """What a number is called by the word before it; the one that is longest, if there are several."""
    found = [(match.start(), name) for name, words in _NAMED.items() if (match := words.search(number.before))]
    return min(found)[1] if found else ""


def _of_kind(number: Placed, said: Field, kind: str, run: Trajectory) -> str:
    """Whether a number is of another kind than it is called."""
    if not kind or said.name in _KINDS[kind]:
        return ""
    # Where .grad was wiped before each step it is the slope: the same number by another name.
    same = [Field(said.label, name, said.places).value(run) for name in _KINDS[kind] & _ROWS if said.places]
    if any(value is not None and shows(number.number, value) for value in same if len(said.places) == 2):
        return ""
    return f"calls {said} {kind!r}"


def _of_value(number: Placed, said: Field, claim: str, run: Trajectory) -> str:
    """Whether a number is another than the first, the last, the lowest or the highest of its field."""
    name = said.name if said.places else "expected_losses"
    column: tuple[Any, ...] = (slice(None), *said.places[1:])
    values = np.asarray(getattr(run, name), dtype=np.float64)[column]
    finite = values[np.isfinite(values)]
    if not len(finite):
        return ""
    true = _CLAIMS[claim](finite)
    also = _CLAIMS[claim](run.losses[np.isfinite(run.losses)]) if name == "expected_losses" else true
    if shows(number.number, true) or shows(number.number, also):
        return ""
    return f"calls {said}, {number.number}, {claim} of {said.label}.{name}, which is {true:.6g}"


_CLAIMS: dict[str, Callable[[NDArray[np.float64]], float]] = {
    "the last": lambda values: float(values[-1]),
    "the first": lambda values: float(values[0]),
    "the lowest": lambda values: float(values.min()),
    "the highest": lambda values: float(values.max()),
}


def _rests(number: Placed, said: Field, run: Trajectory) -> str:
    """Whether somebody rests after so many steps, and no earlier."""
    sides = (number.before, number.after)
    if not _AFTER.search(number.before) or not any(_RESTS.search(side) for side in sides):
        return ""
    settled = read_verdict(run).settled_after
    if value_of(number.number) == settled or not str(number.number).replace(",", "").isdigit():
        return ""
    return f"says that {said.label} rests after {said}, {number.number}, and it does after {settled}"


def _way(number: Placed, said: Field, run: Trajectory) -> str:
    """Whether a loss that it has come down to is lower than at first, and one that it is up at higher than before."""
    if said.name not in _LOSSES:
        return ""
    row, losses, value = _row(said, run), run.expected_losses, value_of(number.number)
    falls = float(np.nanmin(losses)) < losses[0]
    if _DOWN.search(number.before) and falls and (value > losses[0] or row == 0):
        return f"is down to {said}, {number.number}, and it began at {losses[0]:.6g}"
    if _UP.search(number.before) and row:
        lowest = float(losses[: row + 1].min())
        if value <= lowest or shows(number.number, lowest):
            return f"is up at {said}, {number.number}, and was never lower"
    return ""


def _told(number: Placed, said: Field, run: Trajectory) -> str:
    """Whether the loss beside what became of a run is the one at its end."""
    if said.name not in _LOSSES or not _OUTCOMES.search(number.before) or _kind(number) != "loss":
        return ""
    losses = run.expected_losses[np.isfinite(run.expected_losses)]
    verdict = read_verdict(run)
    if any(shows(number.number, value) for value in (float(losses[-1]), float(run.losses[-1]), *verdict.tail_range)):
        return ""
    return f"says what became of {said.label} with {said}, {number.number}, and it ends at {losses[-1]:.6g}"


def _row(said: Field, run: Trajectory) -> int | None:
    """The row of a loss, also of one that is a verdict's."""
    if said.row is not None:
        return said.row
    losses = run.expected_losses
    rows = {"first_loss": 0, "last_loss": len(losses) - 1, "lowest_loss": int(np.nanargmin(losses))}
    return rows.get(said.name)


def heading_wrong(heading: str, number: Placed, runs: Mapping[str, Trajectory]) -> str:
    """The same of a number that stands by itself under a heading, or beside a name."""
    under = Placed(number.number, number.source, number.field, f"{heading.lower()}: ", "", 0, 0)
    return wrong_of(under, runs)


def all_wrong(numbers: list[Placed], runs: Mapping[str, Trajectory]) -> Iterator[str]:
    """What the words of a text say of its numbers that the runs do not."""
    yield from (found for number in numbers if (found := wrong_of(number, runs)))
    for first, second in pairwise(numbers):
        if found := wrong_together(first, second, runs):
            yield found
