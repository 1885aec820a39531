"""Fractions: of two numbers of a line, one is as small a part of the other as the words say: a tenth is no third."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import value_of
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.stage.number_sources import NumberSources, Shown

_FRACTION = re.compile(
    rf"\b(?P<count>{'|'.join(en.FRACTION_COUNTS)}) (?P<name>{'|'.join(en.FRACTIONS)})s?\b"
    rf"(?=[.,;:!?]|$| (?:{'|'.join(en.AFTER_FRACTIONS)})\b)(?! of (?:a|an) (?:{'|'.join(en.TIMES)})\b)",
    re.IGNORECASE,
)
#: By which part of itself a ratio may be off what is said.
_ROUGHLY = 0.1


@dataclass
class Fractions(Check):
    """Holds each fraction in words against the numbers beside which it is said, where two of them can be compared."""

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Look at every line."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        for cue in sheet.cues:
            shown = sources.shown.get(("voice", cue.text))
            for found in _wrong(cue.text, shown):
                self.keep(Fault("count", cue.text, found, cue.start))


def _wrong(text: str, shown: Shown | None) -> Iterator[str]:
    """The fractions in a text that are the ratio of no two numbers in it."""
    ratios = list(_ratios(shown))
    for match in _FRACTION.finditer(text):
        said = en.FRACTION_COUNTS[match["count"].lower()] / en.FRACTIONS[match["name"].lower()]
        if ratios and not any(abs(ratio / said - 1) <= _ROUGHLY for ratio in ratios):
            nearest = min(ratios, key=lambda ratio: abs(ratio / said - 1))
            yield f"says {match[0]!r}, {said:.3g}, and one of the numbers that are said is {nearest:.3g} of another"


def _ratios(shown: Shown | None) -> Iterator[float]:
    """The ratios of the numbers in digits of a text, the less over the greater of each two."""
    values = [] if shown is None else [value_of(number) for number, _ in shown.sources if not number.isalpha()]
    for one, other in combinations(values, 2):
        less, greater = sorted((abs(one), abs(other)))
        if less > 0:
            yield less / greater
