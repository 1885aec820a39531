"""Where the numbers of a scene come from: each that it shows or says, with the field of a recording that it is.

Whatever makes a text of a number hands it to `note_source`, with the source: traced recordings do so when they are
formatted (`scenes.stage.traced_run`), stage parts for what is theirs, such as the marks of an axis. A text that is
shown or said goes to `NumberSources.show`, which looks up each number in it among those that were noted and not shown
yet. So each number on screen was formatted for it; one that was typed has no source, and the check finds it
(`scenes.check.numbers.sources`). What was noted and never shown is forgotten when the next beat begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from scenes.narration.languages import en

#: Numbers that count as such where they are written as words, and the word of each that has one.
_WORDS = (en.NUMBER_WORDS.keys() | en.QUANTITY_WORDS.keys()) - en.AMBIGUOUS_NUMBER_WORDS
_WORD_OF: dict[float, str] = {
    value: word for word, value in reversed([*en.NUMBER_WORDS.items(), *en.QUANTITY_WORDS.items()])
}
#: How many notes of one number are kept: more than any text has of it.
_KEPT = 64
_NUMBER = re.compile(
    r"(?<![\w.])(?:(?<![\w)])[+\-−])?(?:\d+(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?![\d_])"
    r"|\b(?:" + "|".join(sorted(_WORDS)) + r")\b",
    re.IGNORECASE,
)


def find_numbers(text: str) -> list[str]:
    """The numbers in a text, digits and words, as they stand there; a minus is a hyphen.

    >>> find_numbers("Step 3 of 1,000: from −0.04 to 1e-05, in two valleys, at coeffs2 and x.1")
    ['3', '1,000', '-0.04', '1e-05', 'two']
    >>> find_numbers("a dozen steps, half of them uphill")
    ['dozen', 'half']
    """
    return [match[0].replace("−", "-").lower() for match in _NUMBER.finditer(text)]


def in_words(count: float) -> str:
    """A count as a word; one that takes several words, or is not whole, comes in digits.

    The source of a traced count (`scenes.stage.traced_run`) is noted for the word too.

    >>> in_words(2), f"a {in_words(1000)} knobs", in_words(57), in_words(0.5)
    ('two', 'a thousand knobs', '57', 'half')
    """
    word = _WORD_OF.get(count)
    if word is None:
        return f"{count:,}"
    source = getattr(count, "source", None)
    return note_source(word, source) if source else word


@dataclass(frozen=True)
class Shown:
    """A text with numbers in it, as it was shown or said.

    Attributes
    ----------
    where
        ``screen`` or ``voice``.
    text
        All of it.
    sources
        Each number, and its source or None.
    about
        Labels of recordings that it is about though the picture shows others: see `ExplainerScene.say`.
    """

    where: str
    text: str
    sources: tuple[tuple[str, str | None], ...]
    about: tuple[str, ...] = ()

    def __deepcopy__(self, memo: dict[int, Any]) -> Shown:
        return self  # manim copies what it animates, and the type with it

    @property
    def untraced(self) -> tuple[str, ...]:
        """Its numbers that have no source."""
        return tuple(number for number, source in self.sources if source is None)


@dataclass(frozen=True)
class Constant:
    """A number that no run gave, as a scene called `scenes.stage.traced_run.constant`.

    Attributes
    ----------
    value, reason
        The number, and why it is shown.
    equals
        What it must be if its reason is still true; None where that cannot be computed.
    holds
        Whether its reason is true; None where that cannot be computed.
    """

    value: float
    reason: str
    equals: float | None = None
    holds: bool | None = None

    @property
    def is_checked(self) -> bool:
        """Whether anything says what it must be."""
        return self.equals is not None or self.holds is not None

    @property
    def found(self) -> str:
        """What is wrong with it, in words, or nothing.

        >>> Constant(5, "its place in the series", equals=4).found, Constant(4, "its place", equals=4).found
        ('5 is no longer what its reason says: that is 4', '')
        """
        if self.equals is not None and self.equals != self.value:
            return f"{self.value:g} is no longer what its reason says: that is {self.equals:g}"
        return f"{self.value:g}, and its reason is no longer true" if self.holds is False else ""

    def __str__(self) -> str:
        return f"{self.value:g}: {self.reason}{' (held against what it must be)' if self.is_checked else ''}"


@dataclass
class NumberSources:
    """The sources of a scene's numbers, and the texts in which it showed them.

    Examples
    --------
    >>> sources = NumberSources()
    >>> with sources.open():
    ...     text = f"down to {note_source('0.06', 'right.losses[60]')} after 7 tries"
    >>> sources.show("screen", text).sources
    (('0.06', 'right.losses[60]'), ('7', None))
    """

    #: Each number that was noted and not shown since, and its sources, the newest last.
    noted: dict[str, list[str]] = field(default_factory=dict)
    #: What was shown, in that order, each text once.
    shown: dict[tuple[str, str], Shown] = field(default_factory=dict)
    #: The constants, each once.
    constants: dict[Constant, None] = field(default_factory=dict)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Let `note_source` and `record_shown` write into this object while the block runs."""
        before = _open.set(self)
        try:
            yield
        finally:
            _open.reset(before)

    def show(self, where: str, text: str, about: Iterable[str] = ()) -> Shown:
        """Look up the numbers of a text that is shown or said, and keep it with their sources.

        Each note is good for one number: the newest for the last of those that read the same. A text that was shown
        with sources before, and is shown again without, is the same text: it keeps them.

        Parameters
        ----------
        where
            ``screen`` or ``voice``.
        text
            What is shown or said, in full.
        about
            Labels of recordings that it is about, whatever the picture shows.
        """
        before = self.shown.get((where, text))
        found = find_numbers(text)
        sources = [self._taken(number) for number in reversed(found)][::-1]
        shown = Shown(where, text, tuple(zip(found, sources, strict=True)), tuple(about))
        if before is not None and shown.untraced:
            return before
        if found and (before is None or before.untraced):
            self.shown[where, text] = shown
        return shown

    def show_alike(self, where: str, texts: Iterable[str], about: Iterable[str] = ()) -> None:
        """Look up the numbers of texts that say the same, such as a caption and what is spoken: of the same notes."""
        texts, labels, notes = list(texts), list(about), self.noted
        for text in texts:
            self.noted = {number: list(kept) for number, kept in notes.items()}
            self.show(where, text, labels)
        told = {number for text in texts for number in find_numbers(text)}
        self.noted = {number: kept for number, kept in notes.items() if number not in told}

    def _taken(self, number: str) -> str | None:
        """The newest note of a number, which is used up by that."""
        notes = self.noted.get(number)
        return notes.pop() if notes else None

    def forget_notes(self) -> None:
        """Forget what was noted and not shown: it must not vouch for a number that is typed later."""
        self.noted.clear()

    def entries(self) -> list[dict[str, Any]]:
        """What a manifest says: each text with its numbers and their sources, as plain JSON values.

        Texts that differ only in the row of a field, such as a score that counts down, are one entry with the first
        and the last of them.

        Examples
        --------
        >>> sources = NumberSources()
        >>> with sources.open():
        ...     for row in range(3):
        ...         shown = sources.show("screen", note_source(f"0.{9 - row}", f"right.losses[{row}]"))
        >>> (entry,) = sources.entries()
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
    """Note that all numbers of a text come from ``source``; gives the text back.

    Outside of a scene that plays there is nobody to note it, and nothing happens.

    >>> note_source("0.06", "right.losses[60]")
    '0.06'
    """
    sources = _open.get()
    if sources is not None:
        for number in find_numbers(text):
            notes = sources.noted.setdefault(number, [])
            notes.append(source)
            del notes[:-_KEPT]
    return text


def note_constant(constant: Constant) -> None:
    """Let the scene that plays, if one does, keep a constant, for the report to list."""
    sources = _open.get()
    if sources is not None:
        sources.constants[constant] = None


def record_shown(where: str, text: str) -> Shown | None:
    """Let the scene that plays, if one does, look up the numbers of a text, and keep it: see `NumberSources.show`."""
    sources = _open.get()
    return None if sources is None else sources.show(where, text)
