"""Where a word begins among the phonemes of a whole line.

A line is always spoken whole, so that a mark in it does not change how it sounds ("the apple" has
another "the" than "the" alone). To find a mark, the text before it and the text after it are turned into
phonemes as well, and the whole is split where the two fit best.
"""

from __future__ import annotations

from collections.abc import Sequence

# Stress, length and punctuation: they differ between a phrase and its place in a line.
_SILENT = frozenset("ˈˌːˑʲ ,.;:!?'\"()-—–…")
#: What it costs to split where no word begins: only decides between indices that fit alike.
_INSIDE_A_WORD = 0.1


def split_at(sentences: Sequence[Sequence[str]], before: Sequence[str], after: Sequence[str]) -> int:
    """The index, among the phonemes of all ``sentences``, at which ``after`` begins.

    >>> split_at([list("tuː smˈɔːl.")], list("tuː"), list("smˈɔːl."))
    4
    """
    whole = [phoneme for sentence in sentences for phoneme in sentence]
    sentence_starts = {sum(map(len, sentences[:number])) for number in range(len(sentences))}
    heard = [index for index, phoneme in enumerate(whole) if phoneme not in _SILENT]
    sounds = [whole[index] for index in heard]
    left = _distances(sounds, [sound for sound in before if sound not in _SILENT])
    right = _distances(sounds[::-1], [sound for sound in after if sound not in _SILENT][::-1])[::-1]
    indices = [*(_onset(whole, index) for index in heard), len(whole) - 1]
    costs = [
        on_left + on_right + (0 if index in sentence_starts or whole[index - 1] == " " else _INSIDE_A_WORD)
        for on_left, on_right, index in zip(left, right, indices, strict=True)
    ]
    return indices[costs.index(min(costs))]


def _onset(whole: Sequence[str], index: int) -> int:
    """Back over the stress marks that belong to the phoneme at ``index``."""
    while index > 0 and whole[index - 1] in "ˈˌ":
        index -= 1
    return index


def _distances(sounds: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """The edit distance of ``wanted`` to every beginning of ``sounds``, the empty one first."""
    row = list(range(len(sounds) + 1))
    for count, phoneme in enumerate(wanted, 1):
        diagonal, row[0] = row[0], count
        for index, sound in enumerate(sounds, 1):
            diagonal, row[index] = row[index], min(row[index] + 1, row[index - 1] + 1, diagonal + (sound != phoneme))
    return row
