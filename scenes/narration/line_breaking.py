"""Where a caption may end and a line may break: at phrases, and in balance.

Every way to break a text has a cost, and the cheapest is taken. What must never be (a third line) is not
considered; what should not be (a line that ends in "the") costs more than any lack of balance.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from scenes.narration.languages import en

#: Characters a line, lines a caption: what a viewer takes in at a glance.
WIDTH = 42
LINES = 2
#: A caption of fewer characters is gone before it is read.
_BRIEF = 20

# What is paid for a caption that is too brief to be shown, for a line of less than half the other's length, ...
_TOO_SHORT, _LOPSIDED = 100_000, 50
# ... for a line that ends with a word of these kinds, before a word of these kinds, or with a comma, ...
_HANGING, _LEANING = 300, 34
_ANYWHERE, _BEFORE_PHRASE, _AT_COMMA = 22, 10, 3
# ... for each caption, and for a sentence that ends inside one which ends inside, or with, another sentence.
_CAPTION, _TORN_SENTENCE, _NEXT_SENTENCE = 24, 40, 4


def break_into_captions(text: str, fewest: int = 0) -> list[str]:
    """``text`` as captions of one or two lines, none of fewer than ``fewest`` characters if it can be.

    >>> break_into_captions("On a clear day you would simply look for it.")
    ['On a clear day you would\\nsimply look for it.']
    """
    words = [piece for word in text.split() for piece in _chopped(word)]
    ends = [0, *accumulate(len(word) + 1 for word in words)]
    # For each number of words, the cheapest captions of so many, and their cost.
    cheapest: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(words) + 1):
        ways = []
        for begin in range(end - 1, -1, -1):
            if ends[end] - ends[begin] - 1 > LINES * WIDTH + 1:
                break
            laid_out = _lay_out(words[begin:end])
            if laid_out is None:
                continue
            cost, caption = laid_out
            if len(caption) < fewest:
                cost += _TOO_SHORT + fewest - len(caption)
            cost += max(0, _BRIEF - len(caption))
            before, captions = cheapest[begin]
            after = 0.0 if end == len(words) else 2 * _break_cost(words[end - 1], words[end])
            ways.append((before + cost + after + _CAPTION, [*captions, caption]))
        cheapest.append(min(ways, key=lambda way: way[0]))
    return cheapest[-1][1]


def _lay_out(words: list[str]) -> tuple[float, str] | None:
    """The cost of ``words`` as one caption, and the caption; None if they don't fit."""
    whole = " ".join(words)
    inner = sum(map(_ends_sentence, words[:-1]))
    base = inner * (_NEXT_SENTENCE if _ends_sentence(words[-1]) else _TORN_SENTENCE)
    if len(whole) <= WIDTH:
        return base, whole
    best: tuple[float, str] | None = None
    upper = -1
    for index, word in enumerate(words[:-1], 1):
        upper += len(word) + 1
        lower = len(whole) - upper - 1
        if max(upper, lower) > WIDTH:
            continue
        cost = base + _break_cost(word, words[index]) + 0.4 * abs(upper - lower)
        if 2 * min(upper, lower) < max(upper, lower):
            cost += _LOPSIDED
        if best is None or cost < best[0]:
            best = cost, f"{whole[:upper]}\n{whole[upper + 1 :]}"
    return best


@cache
def _break_cost(word: str, following: str) -> float:
    """What it costs to end a line after ``word`` when ``following`` comes next."""
    if _ends_sentence(word):
        return 0
    if re.search(r"[,;:–—)][\"'”’]?$", word):
        return _AT_COMMA
    if word.lower() in en.HANGING:
        return _HANGING
    if word.lower() in en.LEANING:
        return _LEANING
    return _BEFORE_PHRASE if following.lower() in en.OPENING else _ANYWHERE


@cache
def _ends_sentence(word: str) -> bool:
    return re.search(r"[.?!…][\"'”’)]?$", word) is not None


def _chopped(word: str) -> list[str]:
    """A word that is wider than a line, in pieces that are not."""
    return [word[start : start + WIDTH] for start in range(0, len(word), WIDTH)]
