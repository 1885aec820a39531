"""Derived numbers: what a scene worked out of fields, and says how; and what a listing printed or had."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from descent_core.recordings.listing import Listing
from descent_core.recordings.trajectory import Trajectory
from scenes.check.numbers.fields import field_of
from scenes.narration.languages import en
from scenes.stage.number_sources import find_numbers

_WORKED_OUT: dict[re.Pattern[str], Callable[[float, float], float]] = {
    re.compile(r"(?P<one>.+) over (?P<other>.+)"): lambda one, other: one / other,
    re.compile(r"(?P<one>.+) minus (?P<other>.+)"): lambda one, other: one - other,
    re.compile(r"(?P<one>.+) times (?P<other>.+)"): lambda one, other: one * other,
    re.compile(r"half of (?P<one>.+)"): lambda one, _: one / 2,
    re.compile(r"(?P<one>.+) in percent"): lambda one, _: 100 * one,
}
_ROUNDED = re.compile(r"(?P<one>\S+) to (?P<digits>\w+) digits")
_LISTED = re.compile(r"(?:(?P<printed>printed by)|what) line (?P<line>\d+) of (?P<name>\S+)(?: left in \.grad)?")


def derived_value(source: str | None, runs: Mapping[str, Trajectory]) -> float | None:
    """The value that a source says how to work out of fields of recordings; None of any other source.

    >>> run = Trajectory("halving", [[2.0], [1.0]], [4.0, 1.0], [[4.0], [2.0]], [[4.0]], lr=0.25)
    >>> derived_value("halving.losses[0] over halving.losses[1]", {"halving": run})
    4.0
    >>> derived_value("halving.coeffs[0, 0] over 8", {"halving": run})
    0.25
    >>> derived_value("halving.losses[1] in percent", {"halving": run})
    100.0
    >>> derived_value("halving.losses[-1] to four digits", {"halving": run}), derived_value("its place", {})
    (1.0, None)
    """
    if source is None:
        return None
    if match := _ROUNDED.fullmatch(source):
        value = _value(match["one"], runs)
        digits = en.NUMBER_WORDS.get(match["digits"])
        return None if value is None or digits is None else round(value, digits)
    for pattern, work_out in _WORKED_OUT.items():
        if match := pattern.fullmatch(source):
            values = [_value(each, runs) for each in match.groups()]
            if None in values or (len(values) > 1 and values[1] == 0):
                return None
            one, other = (*values, 0.0)[:2]
            return work_out(float(one or 0.0), float(other or 0.0))
    return None


def wrong_listed(number: str, source: str | None, listings: Sequence[Listing]) -> str:
    """Whether a number is none of those that a line of a listing printed, or had, as its source says; or nothing."""
    match = _LISTED.fullmatch(source or "")
    listing = next((each for each in listings if match is not None and each.name == match["name"]), None)
    if match is None or listing is None:
        return ""
    texts = listing.printed if match["printed"] else listing.values
    index = int(match["line"]) - 1
    text = texts.get(index, "")
    return "" if number in find_numbers(text) else f"{number} is not {source}, which is {text or 'nothing'}"


def _value(text: str, runs: Mapping[str, Trajectory]) -> float | None:
    label, last, end = text.partition(".losses[-1]")
    if last and not end and label in runs:
        text = f"{label}.losses[{int(runs[label].steps)}]"
    if text.isdecimal():
        return float(text)
    said = field_of(text)
    return said.value(runs[said.label]) if said is not None and said.label in runs else None
