"""The order of a training step, in a panel or in words, is that of the library's listing; and cards stand in theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from manim import Mobject, Text, TipableVMobject

from descent_core import library
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import value_of
from scenes.check.playback import Moment
from scenes.check.wiring.cast import tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en

#: The listing that has the true order.
_LISTING = "step"
#: How many words of a training step are an order, and how many cards are a row.
_SEVERAL = 3
#: Scene units between the end of an arrow and the word that it leads to, and by which things of a row are out of line.
_AT, _IN_LINE = 1.3, 0.1
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_SPOKEN = re.compile(rf"\b({'|'.join(en.LOOP_WORDS)})", re.IGNORECASE)


@dataclass
class LoopOrder(Check):
    """Reads what stands in a ring of arrows, in a column or in a sentence, and cards that are numbered."""

    _seen: set[tuple[int, ...]] = field(default_factory=set)
    _kept: list[Mobject] = field(default_factory=list)

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left the stage."""
        stage = tops(moment)
        drawn = [mobject for top in stage for mobject in top.get_family()]
        self._words(drawn, moment)
        for top in stage:
            for group in top.get_family():
                if len(group.submobjects) >= _SEVERAL and not isinstance(group, Text):
                    self._cards(group, moment)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Look at what was said."""
        for cue in sheet.cues:
            for sentence in _SENTENCE.split(cue.text):
                said = [match[1].lower() for match in _SPOKEN.finditer(sentence)]
                if found := _turned(list(dict.fromkeys(said))):
                    self.keep(Fault("order", cue.text, f"says {found}", cue.start))

    def _words(self, drawn: Sequence[Mobject], moment: Moment) -> None:
        words = {
            str(text.original_text).strip().lower(): text
            for text in drawn
            if isinstance(text, Text) and str(text.original_text).strip().lower() in en.LOOP_WORDS
        }
        key = tuple(sorted(map(id, words.values())))
        if len(words) < _SEVERAL:
            return
        arrows = [arrow for arrow in drawn if isinstance(arrow, TipableVMobject) and arrow.has_tip()]
        links = [link for arrow in arrows if (link := _link(arrow, words)) is not None]
        if len(links) >= _SEVERAL - 1 and (*key, len(links)) not in self._seen:
            self._seen.add((*key, len(links)))
            self._kept += words.values()
            order = _order(list(words))
            for name, following in links:
                if order[(order.index(name) + 1) % len(order)] != following:
                    found = (
                        f"an arrow leads from {name!r} to {following!r}, and in the listing {_LISTING!r} it goes on "
                    )
                    found += f"with {order[(order.index(name) + 1) % len(order)]!r}"
                    self.keep(Fault("order", ", ".join(words), found, moment.time), words[name])
        elif not arrows:
            middles = np.array([text.get_center()[:2] for text in words.values()])
            for axis, sign in ((0, 1), (1, -1)):
                if np.ptp(middles[:, 1 - axis]) < _IN_LINE or (axis == 1 and np.ptp(middles[:, 0]) < 1.0):
                    names = [name for _, name in sorted(zip(sign * middles[:, axis], words, strict=True))]
                    if found := _turned(names):
                        self.keep(Fault("order", ", ".join(names), f"shows {found}", moment.time), *words.values())
                    break

    def _cards(self, group: Mobject, moment: Moment) -> None:
        """Cards in a row that are numbered for the same reason stand in the order of their numbers."""
        numbered = [(card, number) for card in group.submobjects if (number := _number(card)) is not None]
        if len(numbered) < _SEVERAL or len(numbered) < len(group.submobjects):
            return
        middles = np.array([card.get_center()[:2] for card, _ in numbered])
        if np.ptp(middles[:, 1]) < _IN_LINE and len({reason for _, (_, reason) in numbered}) == 1:
            values = [numbered[index][1][0] for index in np.argsort(middles[:, 0])]
            if values != sorted(values):
                found = f"stand in the order {', '.join(f'{value:g}' for value in values)}"
                self.keep(Fault("order", numbered[0][1][1], found, moment.time), group)


def _turned(words: Sequence[str]) -> str:
    """Whether words of a training step come in another order than in the listing; it may begin anywhere."""
    if len(words) < _SEVERAL:
        return ""
    order = _order(words)
    start = order.index(words[0])
    true = order[start:] + order[:start]
    return "" if list(words) == true else f"{', '.join(words)}, and in the listing {_LISTING!r} it is {', '.join(true)}"


@cache
def _places() -> dict[str, float]:
    """Where in the listing each word stands: its line, and its place in it. A prediction comes before its loss."""
    listing = library.listing(_LISTING)
    places = {word: listing.line_of(text) for word, text in en.LOOP_WORDS.items()}
    return {word: line - (0.5 if word == "predict" else 0.0) for word, line in places.items()}


def _order(words: Sequence[str]) -> list[str]:
    return sorted(words, key=lambda word: _places()[word])


def _link(arrow: Any, words: dict[str, Any]) -> tuple[str, str] | None:
    """The words that an arrow leads from and to, if there are such at both ends."""
    ends = [_nearest(point, words) for point in (arrow.get_start(), arrow.get_end())]
    return None if None in ends or ends[0] == ends[1] else (str(ends[0]), str(ends[1]))


def _nearest(point: Any, words: dict[str, Any]) -> str | None:
    gaps = {}
    for name, text in words.items():
        half = np.array([text.width, text.height]) / 2
        gaps[name] = float(np.linalg.norm(np.maximum(np.abs(text.get_center()[:2] - point[:2]) - half, 0)))
    best = min(gaps, key=lambda name: gaps[name])
    return best if gaps[best] < _AT else None


def _number(card: Mobject) -> tuple[float, str] | None:
    """The number on a card and its reason, if it has one number that is a constant."""
    found = [
        pair
        for text in card.get_family()
        for pair in getattr(getattr(text, "numbers", None), "sources", ())
        if str(pair[1]).startswith("a constant")
    ]
    return (value_of(found[0][0]), str(found[0][1])) if len(found) == 1 else None
