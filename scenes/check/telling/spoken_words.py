"""Spoken words: when each word of a line begins, and which of them name something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scenes.check.numbers.fields import field_of, value_of
from scenes.narration.languages import en
from scenes.narration.script import parse_line
from scenes.stage.number_sources import Shown, find_numbers
from scenes.stage.spoken_line import SpokenLine

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
#: Words that name nothing.
_SMALL = (en.HANGING | en.LEANING | en.NAMELESS_WORDS) - set(en.NUMBER_WORDS) - en.DIRECTIONS
#: Letters from which on a word may be the beginning of another.
_BEGINNING = 4


@dataclass(frozen=True)
class Spoken:
    """A word of a line, or a number: what it is without its ending, and when it begins, in seconds of the line.

    Of a number, ``value`` is what it is worth and ``source`` where it comes from, if that is known.
    """

    stem: str
    at: float
    value: float | None = None
    source: str | None = None


@dataclass(frozen=True)
class Names:
    """What something may be called: the stems of words, and numbers with their sources."""

    stems: frozenset[str] = frozenset()
    numbers: frozenset[tuple[float, str | None]] = frozenset()

    def __or__(self, other: Names) -> Names:
        return Names(self.stems | other.stems, self.numbers | other.numbers)

    def __sub__(self, other: Names) -> Names:
        return Names(self.stems - other.stems, self.numbers - other.numbers)

    def heard_in(self, words: Iterable[Spoken]) -> list[float]:
        """When it is named in a line, in seconds of the line."""
        return [word.at for word in words if self._is_named_by(word)]

    def _is_named_by(self, word: Spoken) -> bool:
        if word.value is not None:
            # A field of a recording is itself and no other; a constant is what it is worth.
            known = {(value, source) for value, source in self.numbers if field_of(source) and field_of(word.source)}
            return (word.value, word.source) in known or any(
                value == word.value for value, source in self.numbers if (value, source) not in known
            )
        return any(alike(word.stem, stem) for stem in self.stems)


def alike(stem: str, other: str) -> bool:
    """Whether two words are one, or one is the beginning of the other.

    >>> alike("down", "downhill"), alike("grad", "gradient"), alike("lo", "loss")
    (True, True, False)
    """
    short, long = sorted((stem, other), key=len)
    return short == long or (len(short) >= _BEGINNING and long.startswith(short))


def stem_of(word: str) -> str:
    """A word without its ending.

    >>> [stem_of(word) for word in ("Readings", "wipes", "wiped", "guessing", "losses", "loss")]
    ['read', 'wip', 'wip', 'guess', 'loss', 'loss']
    """
    stem = word.lower().removesuffix("'s")
    if stem.endswith("sses"):
        stem = stem.removesuffix("es")
    endings = ("ing", "ed", "e") if stem.endswith("ss") else ("s", "ing", "ed", "e")
    for ending in endings:
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            stem = stem.removesuffix(ending)
    return stem


def stems_of(text: str) -> frozenset[str]:
    """The stems of the words of a text that name something.

    >>> sorted(stems_of("what the compass says"))
    ['compass']
    """
    words = _WORD.findall(text.replace("_", " "))
    return frozenset(stem_of(word) for word in words if word.lower() not in _SMALL and not word.isdigit())


def numbers_of(shown: Shown | None, text: str) -> frozenset[tuple[float, str | None]]:
    """The numbers of a text with their sources, where they are known."""
    pairs = shown.sources if shown is not None else [(number, None) for number in find_numbers(text)]
    return frozenset((value_of(number), source) for number, source in pairs)


def clock_of(line: SpokenLine) -> Callable[[int], float]:
    """When each character of what a voice says is said, in seconds of the line."""
    script = parse_line(line.script)
    known = sorted({(0, 0.0), *((at, line.speech.marks[name]) for name, at in script.marks.items())})
    places = [at for at, _ in known] + [len(script.text)]
    times = [seconds for _, seconds in known] + [line.duration]
    return lambda place: float(np.interp(place, places, times))


def moments_of(line: SpokenLine, pattern: re.Pattern[str]) -> list[tuple[re.Match[str], float]]:
    """Where a pattern is found in what a voice says, and when that is said, in seconds of the line."""
    at = clock_of(line)
    return [(match, at(match.start())) for match in pattern.finditer(parse_line(line.script).text)]


def spoken_words(line: SpokenLine, shown: Shown | None) -> list[Spoken]:
    """The words of a line, in their order, that name something; ``shown`` is the line as its numbers were noted.

    Between two marks each character takes the same time.
    """
    script, at = parse_line(line.script), clock_of(line)
    found: list[tuple[int, Spoken]] = []
    sources: Sequence[str | None] = [source for _, source in shown.sources] if shown is not None else []
    numbers = find_numbers(script.text)
    sources = sources if len(sources) == len(numbers) else [None] * len(numbers)
    plain, place = script.text.replace("−", "-").lower(), 0
    taken: set[int] = set()
    for number, source in zip(numbers, sources, strict=True):
        place = plain.find(number, place)
        found.append((place, Spoken(number, at(place), value_of(number), source)))
        if not number.isalpha():  # "zero" may be a name
            taken.update(range(place, place + len(number)))
        place += len(number)
    for match in _WORD.finditer(script.text):
        if match.start() not in taken and match[0].lower() not in _SMALL:
            found.append((match.start(), Spoken(stem_of(match[0]), at(match.start()))))
    return [word for _, word in sorted(found, key=lambda pair: pair[0])]
