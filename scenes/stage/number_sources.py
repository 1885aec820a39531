"""The ledger of a scene: every number that it shows or says, and the field of a recording that it is.

`note` is told of a text and where its numbers come from: traced recordings call it when they are formatted
(`scenes.stage.traced_run`), parts call it for what is theirs, such as the marks of an axis. `Ledger.show` is told of a
text that is shown or said, and looks up each number in it among those that were noted and not shown yet. So
each number that is shown was formatted for that; one that was typed has no source, and the check finds it
(`scenes.check.truth`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

#: Small numbers as they are said.
_SMALL = (
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    + ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
    + ("twenty",)
)
#: Numbers that are written as words. One is left out: it is more often a pronoun.
_WORDS = {word: value for value, word in enumerate(_SMALL) if word != "one"} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
}
_SAID: dict[float, str] = {**{value: word for word, value in _WORDS.items()}, 1: "one"}
_NUMBER = re.compile(
    r"(?<![\w.])(?:(?<![\w)])[+\-−])?(?:\d+(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?![\d_])"
    r"|\b(?:" + "|".join(_WORDS) + r")\b",
    re.IGNORECASE,
)


def find_numbers(text: str) -> list[str]:
    """The numbers in a text, digits and words, as they stand there; a minus is a hyphen.

    >>> numbers("Step 3 of 1,000: from −0.04 to 1e-05, in two valleys, at coeffs2 and x.1")
    ['3', '1,000', '-0.04', '1e-05', 'two']
    """
    return [match[0].replace("−", "-").lower() for match in _NUMBER.finditer(text)]


def in_words(count: float) -> str:
    """A count as one says it, and noted so; one that is not said in a single word comes in digits.

    >>> spelled(2), f"a {spelled(1000)} knobs", spelled(57)
    ('two', 'a thousand knobs', '57')
    """
    word = _SAID.get(count)
    if word is None:
        return f"{count:,}"
    source = getattr(count, "source", None)
    return note_source(word, source) if source else word


@dataclass(frozen=True)
class Shown:
    """A text with numbers in it.

    Attributes
    ----------
    where
        ``screen`` or ``voice``.
    sources
        Each number, and its source or None.
    """

    where: str
    text: str
    sources: tuple[tuple[str, str | None], ...]

    @property
    def untraced(self) -> tuple[str, ...]:
        """Its numbers that have no source."""
        return tuple(number for number, source in self.sources if source is None)


@dataclass
class NumberSources:
    """What a scene noted, and what it showed.

    Examples
    --------
    >>> ledger = Ledger()
    >>> with ledger.open():
    ...     text = f"down to {note('0.06', 'right.losses[60]')} after 7 tries"
    >>> ledger.show("screen", text).sources
    (('0.06', 'right.losses[60]'), ('7', None))
    """

    #: Each number that was noted and not shown since, and its newest source.
    noted: dict[str, str] = field(default_factory=dict)
    #: What was shown, in that order, each text once.
    shown: dict[tuple[str, str], Shown] = field(default_factory=dict)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Write into this ledger meanwhile."""
        before = _open.set(self)
        try:
            yield
        finally:
            _open.reset(before)

    def show(self, where: str, text: str) -> Shown:
        """Look up the numbers of a text that is shown or said. The same text, shown again, is the same."""
        before = self.shown.get((where, text))
        found = find_numbers(text)
        shown = Shown(where, text, tuple((number, self.noted.get(number)) for number in found))
        for number in found:
            self.noted.pop(number, None)
        if before is not None and shown.untraced:
            return before
        if found:
            self.shown[where, text] = shown
        return shown

    def entries(self) -> list[dict[str, Any]]:
        """What a manifest says: each text with its numbers and their sources, as plain JSON values.

        Readings of one field that follow each other, such as a score that counts down, are one entry with the
        first and the last of them.

        Examples
        --------
        >>> ledger = Ledger()
        >>> with ledger.open():
        ...     for row in range(3):
        ...         shown = ledger.show("screen", note(f"0.{9 - row}", f"right.losses[{row}]"))
        >>> (entry,) = ledger.entries()
        >>> entry["times"], entry["last"]
        (3, {'text': '0.7', 'numbers': {'0.7': 'right.losses[2]'}})
        """
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for shown in self.shown.values():
            words = shown.text
            for number, _ in shown.sources:
                words = words.replace(number.lstrip("+-"), "#", 1)
            fields = (str(source).split("[")[0] for _, source in shown.sources)
            entry = {"text": shown.text, "numbers": dict(shown.sources)}
            alike.setdefault((shown.where, words, *fields), []).append(entry)
        return [
            {"where": where, **same[0]}
            if len(same) == 1
            else {"where": where, "times": len(same), "first": same[0], "last": same[-1]}
            for (where, *_), same in alike.items()
        ]


_open: ContextVar[NumberSources | None] = ContextVar("sources", default=None)


def note_source(text: str, source: str) -> str:
    """Write down that all numbers of a text come from ``source``; gives the text back."""
    ledger = _open.get()
    if ledger is not None:
        for number in find_numbers(text):
            ledger.noted[number] = source
    return text


def record_shown(where: str, text: str) -> None:
    """Tell the ledger that is open, if one is, of a text that is shown or said."""
    ledger = _open.get()
    if ledger is not None:
        ledger.show(where, text)
