"""What numbers are called: a loss is a loss, what ``.grad`` held is no slope, and two runs are compared at one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Mobject, Text

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import Field, field_of, fields_of, run_label
from scenes.check.playback import Moment
from scenes.check.wiring.cast import FIGURES, pieces, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.stage.number_sources import NumberSources, Shown

#: What a number may be that is called so, right before it or at the head of its column; fields of recordings.
_CALLED: dict[str, frozenset[str]] = {
    "lr": frozenset({"lr"}),
    "loss": frozenset({"losses", "try_losses", "expected_losses", "last_loss", "tail_range[0]", "tail_range[1]"}),
    "grad": frozenset({"grads"}),
}
#: How far a number may be below its heading, and aside of it, in scene units.
_BELOW, _ASIDE = 3.5, 0.6
_NAME = re.compile(rf"\b({'|'.join(_CALLED)})\b", re.IGNORECASE)
#: A name, and the number that it is the name of.
_NAMED = re.compile(rf"\b({'|'.join(_CALLED)})\s*[=:]?\s*$", re.IGNORECASE)


@dataclass
class Captions(Check):
    """Reads what stands beside numbers of runs, or above them, and holds it against which field they are."""

    _seen: set[int] = field(default_factory=set)
    _kept: list[Mobject] = field(default_factory=list)

    def see(self, moment: Moment) -> None:
        """Look at the columns and the notes of one moment, each once."""
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        self._columns(moment, runs)
        for top in tops(moment):
            for group in _groups(top):
                if id(group) not in self._seen:
                    self._seen.add(id(group))
                    self._kept.append(group)  # so that no other gets its id
                    self._compared(
                        [line.numbers for line in _lines(group) if getattr(line, "numbers", None)], runs, moment.time
                    )

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Look at every text that was shown or said."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        runs = {run_label(label): run for label, run in getattr(scene, "recordings", {}).items()}
        starts = {cue.text: cue.start for cue in sheet.cues}
        for (where, text), shown in sources.shown.items():
            time = starts.get(text, 0.0)
            for name, said in _named(shown):
                self._judge(text, name, said, runs, time)
            if any(words in text for words in en.SWING_WORDS):
                for said in fields_of(shown, runs):
                    if said.name in ("first_loss", "last_loss", "lowest_loss"):
                        self._keep(text, said, "what it swings between to the end", time)
            if where == "voice":
                self._compared([shown], runs, time)

    def _columns(self, moment: Moment, runs: Mapping[str, Any]) -> None:
        """Under a heading stands what it names: of each number the nearest type above it that has none."""
        lines = [line for top in tops(moment) for line in pieces(top) if isinstance(line, Text) and len(line)]
        known = [fields_of(getattr(line, "numbers", None), runs) for line in lines]
        heads = [line for line, fields in zip(lines, known, strict=True) if not fields]
        for cell, fields in zip(lines, known, strict=True):
            if not fields or id(cell) in self._seen:
                continue
            self._seen.add(id(cell))
            self._kept.append(cell)
            x, y, _ = cell.get_center()
            above = [(head.get_y() - y, head) for head in heads if abs(head.get_x() - x) < _ASIDE]
            height, heading = min(((up, head.original_text) for up, head in above if up > 0), default=(np.inf, ""))
            name = _NAME.search(heading) if height < _BELOW else None
            if name is not None:
                for said in fields:
                    self._judge(heading, name[1], said, runs, moment.time)

    def _judge(self, text: str, name: str, said: Field | None, runs: Mapping[str, Any], time: float) -> None:
        if said is not None and said.label in runs and said.name not in _CALLED[name.lower()]:
            self._keep(text, said, repr(name), time)

    def _keep(self, text: str, said: Field, name: str, time: float) -> None:
        self.keep(Fault("whose", text, f"calls {said} {name}", time))

    def _compared(self, texts: list[Shown], runs: Mapping[str, Any], time: float) -> None:
        """Losses of two runs in one note or sentence are of the same row, or the last of each."""
        found = [said for shown in texts for said in fields_of(shown, runs) if said.name == "losses"]
        rows = {(said.label, said.row, said.row == runs[said.label].steps) for said in found}
        labels = {label for label, _, _ in rows}
        if len(labels) != 2 or len(rows) != 2 or all(last for _, _, last in rows):
            return
        (one, row, _), (other, another, _) = sorted(rows)
        if row != another:
            what = f"compares {one}.losses[{row}] with {other}.losses[{another}]: other rows"
            self.keep(Fault("whose", texts[0].text, what, time))


def _named(shown: Shown) -> Iterator[tuple[str, Field | None]]:
    """The numbers of a text that have a name right before them, and the fields that they are."""
    place = 0
    for number, source in shown.sources:
        plain = shown.text.replace("−", "-").lower()
        at = plain.find(number, place)
        if at < 0:  # it stands there in another form
            continue
        name = _NAMED.search(shown.text[:at])
        if name is not None:
            yield name[1], field_of(source)
        place = at + len(number)


def _groups(mobject: Mobject) -> Iterator[Mobject]:
    """It and the groups within it, down to lines of type and figures."""
    if isinstance(mobject, (Text, *FIGURES)) or not mobject.submobjects:
        return
    yield mobject
    for member in mobject.submobjects:
        yield from _groups(member)


def _lines(group: Mobject) -> list[Any]:
    return [line for line in group.submobjects if isinstance(line, Text)]
