"""Numbers of a listing: what a line of code that ran had, or printed, as numbers that know where they come from."""

from __future__ import annotations

from ast import literal_eval
from typing import Any

from descent_core.recordings.listing import Listing
from scenes.stage.number_sources import find_numbers, note_source
from scenes.stage.traced_run import TracedFloat, TracedInt, sourced


def had(listing: Listing, text: str) -> Any:
    """What the watched expression was worth at the first line that holds ``text``: plain values of Python.

    Its numbers are traced, in lists, tuples and dictionaries too.

    Raises
    ------
    KeyError
        No line holds ``text``, or nothing was watched there.

    Examples
    --------
    >>> ran = Listing("ran", ("n = 9", "shape = (2, n)"), {0: "9", 1: "(2, 9)"}, {})
    >>> had(ran, "n = ").source, had(ran, "shape")
    ('what line 1 of ran', (2, 9))
    """
    line = listing.line_of(text)
    return _traced(literal_eval(listing.values[line]), f"what line {line + 1} of {listing.name}")


def printed_numbers(listing: Listing, text: str) -> list[TracedFloat | TracedInt]:
    """The numbers that the first line with ``text`` printed, in that order.

    Examples
    --------
    >>> ran = Listing("ran", ("print(n, 0.5)",), {}, {0: "9 0.5"})
    >>> [float(number) for number in printed_numbers(ran, "print")], printed_numbers(ran, "print")[0].source
    ([9.0, 0.5], 'printed by line 1 of ran')
    """
    line = listing.line_of(text)
    numbers = (literal_eval(number.replace(",", "")) for number in find_numbers(listing.printed[line]))
    return [sourced(number, f"printed by line {line + 1} of {listing.name}") for number in numbers]


def text_of(listing: Listing, value: object, text: str) -> str:
    """A value of the first line with ``text``, in short; the line is the source of all numbers in it.

    Examples
    --------
    >>> ran = Listing("ran", ("kept = [1.0, 0.0]", "size = (3,)"), {0: "[1.0, 0.0]", 1: "(3,)"}, {})
    >>> text_of(ran, [1.0, 0.0], "kept"), text_of(ran, (3,), "size"), text_of(ran, 0.5, "kept")
    ('[1, 0]', '(3,)', '0.5')
    """
    if isinstance(value, list):
        short = f"[{', '.join(f'{float(each):g}' for each in value)}]"
    else:
        short = f"{float(value):g}" if isinstance(value, int | float) else str(value)
    return note_source(short, f"what line {listing.line_of(text) + 1} of {listing.name}")


def _traced(value: Any, source: str) -> Any:
    if isinstance(value, dict):
        return {name: _traced(each, source) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_traced(each, source) for each in value)
    return sourced(value, source) if isinstance(value, int | float) and not isinstance(value, bool) else value
