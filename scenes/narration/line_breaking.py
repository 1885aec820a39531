"""Where a caption may end and a line may break: at phrases, and in balance.

Every way to cut a text is weighed, and the lightest is taken. What must never be (a third line) is not
on the scales at all; what should not be (a line that ends in "the") weighs more than any lack of beauty.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

#: Characters a line, lines a caption: what a viewer takes in at a glance.
WIDTH = 42
LINES = 2
#: A caption of fewer characters is gone before one has looked.
_BRIEF = 20


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A line that ends with one of these leaves its reader hanging: articles and prepositions, and what stands for an
# article; then the small words that lean on the next one.
_HANGING = _words(
    "a an the this that these those my your his her its our their no every each "
    "about above across after against along among around as at before behind below beneath beside between beyond by "
    "down during for from in inside into like near of off on onto out over past per since than through to toward "
    "towards under until up upon with within without"
)
_LEANING = _words(
    "and or but nor so yet if because when while where which who whose what how whether although though unless "
    "i you he she it we they is are was were be been am has have had do does did can could will would shall should "
    "may might must not very too just only more most less "
    "one two three four five six seven eight nine ten hundred thousand"
)
# A new phrase begins with one of these, so the line before it may well end.
_OPENING = _words(
    "and or but nor so yet if because when while where which who whose that than then as until unless although though "
    "after before about above across against along among around at behind below beneath beside between beyond by "
    "during for from in inside into near of on onto over past through to toward towards under with within "
    "without"
)

# What a fault weighs.
_TOO_SHORT, _HANGS, _LOPSIDED, _LEANS = 100_000, 300, 50, 34
_ANYWHERE, _AT_PHRASE, _AT_COMMA = 22, 10, 3
_CAPTION, _TORN_SENTENCE, _NEXT_SENTENCE = 24, 40, 4


def break_into_captions(text: str, least: int = 0) -> list[str]:
    """``text`` cut into captions of one or two lines, none of fewer than ``least`` characters if it can be.

    >>> break_into_captions("On a clear day you would simply look for it.")
    ['On a clear day you would\\nsimply look for it.']
    """
    words = [part for word in text.split() for part in _chopped(word)]
    ends = [0, *accumulate(len(word) + 1 for word in words)]
    lightest: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(words) + 1):
        ways = []
        for begin in range(end - 1, -1, -1):
            if ends[end] - ends[begin] - 1 > LINES * WIDTH + 1:
                break
            laid = _laid(words[begin:end])
            if laid is None:
                continue
            weight, caption = laid
            if len(caption) < least:
                weight += _TOO_SHORT + least - len(caption)
            weight += max(0, _BRIEF - len(caption))
            before, captions = lightest[begin]
            after = 0.0 if end == len(words) else 2 * _break(words[end - 1], words[end])
            ways.append((before + weight + after + _CAPTION, [*captions, caption]))
        lightest.append(min(ways, key=lambda way: way[0]))
    return lightest[-1][1]


def _laid(words: list[str]) -> tuple[float, str] | None:
    """The best layout of ``words`` as one caption, and its weight; None if they don't fit."""
    whole = " ".join(words)
    inner = sum(map(_ends_sentence, words[:-1]))
    base = inner * (_NEXT_SENTENCE if _ends_sentence(words[-1]) else _TORN_SENTENCE)
    if len(whole) <= WIDTH:
        return base, whole
    best: tuple[float, str] | None = None
    upper = -1
    for at, word in enumerate(words[:-1], 1):
        upper += len(word) + 1
        lower = len(whole) - upper - 1
        if max(upper, lower) > WIDTH:
            continue
        weight = base + _break(word, words[at]) + 0.4 * abs(upper - lower)
        if 2 * min(upper, lower) < max(upper, lower):
            weight += _LOPSIDED
        if best is None or weight < best[0]:
            best = weight, f"{whole[:upper]}\n{whole[upper + 1 :]}"
    return best


@cache
def _break(word: str, following: str) -> float:
    """What it weighs to end a line after ``word`` when ``following`` comes next."""
    if _ends_sentence(word):
        return 0
    if re.search(r"[,;:–—)][\"'”’]?$", word):
        return _AT_COMMA
    if word.lower() in _HANGING:
        return _HANGS
    if word.lower() in _LEANING:
        return _LEANS
    return _AT_PHRASE if following.lower() in _OPENING else _ANYWHERE


@cache
def _ends_sentence(word: str) -> bool:
    return re.search(r"[.?!…][\"'”’)]?$", word) is not None


def _chopped(word: str) -> list[str]:
    """A word that is wider than a line, in pieces that are not."""
    return [word[at : at + WIDTH] for at in range(0, len(word), WIDTH)]
