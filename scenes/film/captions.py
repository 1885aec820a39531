"""Captions from a cue sheet: short, at most two lines, broken at phrases."""

from __future__ import annotations

import re
import textwrap
from datetime import timedelta

import srt

from scenes.film.cues import Cue, CueSheet

#: Characters a line, lines a caption: what a viewer takes in at a glance.
WIDTH = 42
LINES = 2


def to_srt(sheet: CueSheet) -> str:
    """The sheet as the text of an ``.srt`` file."""
    captions = [piece for cue in sheet.cues for piece in pieces(cue)]
    text: str = srt.compose(
        srt.Subtitle(
            index,
            timedelta(seconds=round(piece.start, 3)),
            timedelta(seconds=round(piece.end, 3)),
            piece.text,
        )
        for index, piece in enumerate(captions, 1)
    )
    return text


def pieces(cue: Cue) -> list[Cue]:
    """A cue cut into captions that fit, each shown for its share of the words.

    >>> [piece.text for piece in pieces(Cue(0, 4, "Short enough.", "b"))]
    ['Short enough.']
    """
    phrases: list[str] = []
    # After a full stop a caption always may end; after a comma, if the next phrase doesn't fit.
    for sentence in re.split(r"(?<=[.!?…:])\s+", cue.text.strip()):
        for phrase in re.split(r"(?<=[,;–])\s+", sentence):
            joined = f"{phrases[-1]} {phrase}" if phrases else phrase
            if phrases and _fits(joined):
                phrases[-1] = joined
            else:
                phrases += _cut(phrase)
    words = [len(phrase.split()) for phrase in phrases]
    length, start = cue.end - cue.start, cue.start
    captions = []
    for phrase, count in zip(phrases, words, strict=True):
        end = start + length * count / sum(words)
        captions.append(Cue(start, end, "\n".join(_wrap(phrase)), cue.beat))
        start = end
    return captions


def _wrap(text: str) -> list[str]:
    """Into lines of nearly equal length, no longer than they may be."""
    fewest = textwrap.wrap(text, WIDTH)
    for width in range(max(len(max(text.split(), key=len)), len(text) // len(fewest)), WIDTH):
        lines = textwrap.wrap(text, width)
        if len(lines) == len(fewest):
            return lines
    return fewest


def _fits(text: str) -> bool:
    return len(textwrap.wrap(text, WIDTH)) <= LINES


def _cut(phrase: str) -> list[str]:
    """A phrase that is too long on its own, cut between words into even pieces that fit."""
    words, count = phrase.split(), 1
    while True:
        size = -(-len(words) // count)
        parts = [" ".join(words[i : i + size]) for i in range(0, len(words), size)]
        if all(map(_fits, parts)) or size == 1:
            return parts
        count += 1
