"""Agreeing: what two panels say of one reading is the same, and so is what the words say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from manim import Mobject, Text

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import Field, field_of, run_label, shows, value_of
from scenes.check.playback import Moment
from scenes.check.spoken.outcomes import sentences_of
from scenes.check.wiring.cast import pieces, taken_from, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.dials.compass import Compass
from scenes.parts.panels.scorecard import Readout
from scenes.stage.number_sources import NumberSources, Shown, find_numbers

_COEFFICIENT = re.compile(r"(?:knob|coefficient|coeffs)\W*(\d+)\W*")
_PRINTED = re.compile(r"printed by line \d+ of .+")
_WAY = re.compile(rf"\b({'|'.join(en.DIRECTIONS)})\b", re.IGNORECASE)
_SIGNED = re.compile(rf"\b({'|'.join(en.SIGN_WORDS)})\b([^.]*)", re.IGNORECASE)
#: A number that counts rows, before or after the word for it.
_COUNTED = re.compile(
    rf"\b(?:{'|'.join(en.ROW_WORDS)})\W{{1,2}}(?P<after>[\w,]+)|(?P<before>[\w,]+) (?:{'|'.join(en.COUNT_WORDS)})\b",
    re.IGNORECASE,
)
#: By how much a slope may differ from what was printed of it, of its length.
_ROUNDED = 2e-3


@dataclass
class Agreeing(Check):
    """Holds readings that are seen at once against each other, and what is said of them against both."""

    _signs: list[tuple[float, dict[int, float]]] = field(default_factory=list)

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left the panels."""
        stage = [piece for top in tops(moment) for piece in pieces(top) if _is_there(piece)]
        read = [
            (mobject, number, said)
            for mobject in stage
            for number, source in getattr(getattr(mobject, "numbers", None), "sources", ())
            if (said := field_of(source)) is not None and said.name == "slopes" and len(said.places) == 2
        ]
        self._against_printed(moment, stage, read)
        named = [found for top in tops(moment) for group in _groups(top) for found in self._coefficient(group, moment)]
        for (_, said), (label, other) in pairwise(named):
            if (said.label, said.name) == (other.label, other.name) and said.row != other.row:
                found = f"shows {said} beside {other}: the slope at another row"
                self.keep(Fault("whose", str(label.original_text), found, moment.time), label)
        for top in tops(moment):
            for text, rows in _counting(top):
                if found := _miscounted(text, rows):
                    self.keep(Fault("whose", text, found, moment.time), top)
        self._signs.append((moment.time, {said.places[1]: value_of(number) for _, number, said in read}))

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Hold what was said against what was seen, and each count against the rows that it is of."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        for cue in sheet.cues:
            seen = [signs for time, signs in self._signs if cue.start - 0.5 < time < cue.end + 0.5]
            signs = max(seen, key=len, default={})
            for wrong in _signed(cue.text, [signs[column] for column in sorted(signs)]):
                self.keep(Fault("whose", cue.text, wrong, cue.start))
            for sentence, its in sentences_of(cue, sources.shown.get(("voice", cue.text))):
                rows = [said.row for said in map(field_of, its) if said is not None and said.row is not None]
                if found := _miscounted(sentence, rows):
                    self.keep(Fault("whose", cue.text, found, cue.start))

    def _against_printed(
        self, moment: Moment, stage: Sequence[Mobject], read: Sequence[tuple[Mobject, str, Field]]
    ) -> None:
        """What the code printed of a slope is what the panels beside it show of one."""
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        for printed in (its for mobject in stage if (its := _printed(mobject)) is not None):
            for mobject, number, said in read:
                column = said.places[1]
                if said.label in runs and runs[said.label].dimensions == len(printed):
                    value = said.value(runs[said.label])
                    if not shows(number, printed[column]) and not _near(value, printed[column]):
                        found = f"shows {said}, {number}, and the code beside it printed {printed[column]:g}"
                        self.keep(Fault("reading", str(getattr(mobject, "original_text", number)), found, moment.time))
            for compass in (mobject for mobject in stage if isinstance(mobject, Compass)):
                taken, slope = taken_from(compass.reading()), np.asarray(compass.reading(), dtype=float)
                if taken is None or slope.shape != (len(printed),):
                    continue
                if np.linalg.norm(slope - printed) > 5e-3 * np.linalg.norm(printed):
                    found = f"a compass shows {taken}, and the code beside it printed another slope"
                    self.keep(Fault("reading", taken.label, found, moment.time), compass)

    def _coefficient(self, group: Mobject, moment: Moment) -> Iterator[tuple[Any, Field]]:
        """The slope beside the name of a coefficient, and which way to turn it, which is down its slope."""
        lines = [line for line in group.get_family() if isinstance(line, Text)]
        names = [line for line in lines if _COEFFICIENT.fullmatch(line.original_text.strip())]
        if len(names) != 1:
            return
        for line in lines:
            for number, source in getattr(getattr(line, "numbers", None), "sources", ()):
                said = field_of(source)
                if said is None or said.name != "slopes":
                    continue
                yield line, said
                ways = {
                    way.lower() for other in lines if other is not line for way in _WAY.findall(other.original_text)
                }
                right = "up" if value_of(number) < 0 else "down"
                if ways and right not in ways:
                    found = f"says {' and '.join(sorted(ways))} beside {said}, {number}: down its slope is {right}"
                    self.keep(Fault("whose", str(line.original_text), found, moment.time), line)


def _signed(text: str, slopes: Sequence[float]) -> Iterator[str]:
    """What a line says of the signs of slopes, in their order, and of the way that each leads."""
    said = [(match[1].lower(), match[2]) for match in _SIGNED.finditer(text)]
    for index, (sign, rest) in enumerate(said):
        way, right = _WAY.search(rest), {"negative": "up", "positive": "down"}[sign]
        if way is not None and way[1].lower() != right:
            yield f"says {way[1]!r} of a slope that is {sign}"
        if len(said) == len(slopes) and (slopes[index] < 0) != (sign == "negative"):
            yield f"says {sign!r} of a slope that is {slopes[index]:+g} in the picture"


def _miscounted(text: str, rows: Sequence[int]) -> str:
    """Whether a text counts rows, and none of the fields in it is of the row that it counts."""
    if "from" in text.split():  # what it starts from is of row 0, however many are counted
        rows = [row for row in rows if row]
    for match in _COUNTED.finditer(text):
        counted = match["after"] or match["before"]
        if rows and find_numbers(counted) and value_of(find_numbers(counted)[0]) not in rows:
            return f"counts {counted}, and its numbers are of row {' and '.join(map(str, sorted(set(rows))))}"
    return ""


def _counting(mobject: Mobject) -> Iterator[tuple[str, list[int]]]:
    """The lines of type in it that stand in a group with numbers of recordings, each with the rows of those."""
    if isinstance(mobject, Text | Readout):
        return
    lines = [line for line in mobject.submobjects if isinstance(line, Text)]
    if lines:
        numbers = [getattr(piece, "numbers", None) for piece in mobject.get_family()]
        fields = [field_of(source) for shown in numbers if shown is not None for _, source in shown.sources]
        rows = [said.row for said in fields if said is not None and said.row is not None]
        yield from ((str(line.original_text), rows) for line in lines)
    for child in mobject.submobjects:
        yield from _counting(child)


def _printed(mobject: Mobject) -> list[float] | None:
    """What a line of code printed of a gradient, if that is what a text shows."""
    shown: Shown | None = getattr(mobject, "numbers", None)
    if shown is None or not isinstance(mobject, Text) or not shown.sources:
        return None
    if "tensor" not in mobject.original_text or not all(
        _PRINTED.fullmatch(source or "") for _, source in shown.sources
    ):
        return None
    return [value_of(number) for number, _ in shown.sources]


def _near(value: float | None, printed: float) -> bool:
    return value is not None and abs(value - printed) < _ROUNDED * max(abs(printed), 1e-3)


def _groups(mobject: Mobject) -> Iterator[Mobject]:
    """It and the groups within it, from the smallest in which a coefficient is named."""
    if isinstance(mobject, Text | Readout) or not mobject.submobjects:
        return
    names = [
        line
        for line in mobject.get_family()
        if isinstance(line, Text) and _COEFFICIENT.fullmatch(line.original_text.strip())
    ]
    if len(names) == 1:
        yield mobject
    elif names:
        for child in mobject.submobjects:
            yield from _groups(child)


def _is_there(mobject: Mobject) -> bool:
    if isinstance(mobject, Text | Readout):
        return bool(len(mobject)) and float(mobject[0].get_fill_opacity()) > 0.5
    return True
