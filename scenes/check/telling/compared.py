"""Compared: a ring that comes as something is said to be bigger, or least, is around what is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Mobject, Text

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import Field, fields_of, run_label
from scenes.check.picture.lines import UNSEEN
from scenes.check.playback import Moment
from scenes.check.telling.spoken_words import moments_of
from scenes.check.wiring.cast import pieces, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.panels.scorecard import Readout
from scenes.stage.naming import surrounded_by
from scenes.stage.spoken_line import SpokenLine

_SAID = re.compile(
    rf"\b(?:(?P<most>{'|'.join(en.MOST_WORDS + en.BIGGER_WORDS)})|{'|'.join(en.LEAST_WORDS + en.SMALLER_WORDS)})\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:knob|coefficient) (\d+)", re.IGNORECASE)
#: Seconds between the word of a comparison and the ring that comes with it.
_NEAR = 1.0
#: Fields of which the size is compared, whatever the sign.
_SIZES = ("slopes", "grads", "step_lengths")


@dataclass(frozen=True)
class _Ringed:
    """A ring that has come: around what, when, and beside which other numbers of the same field."""

    ring: Mobject
    time: float
    field: Field
    others: tuple[Field, ...]


@dataclass
class Compared(Check):
    """Keeps which numbers are ringed when, and beside which, and holds them against the comparisons of the lines."""

    _ringed: dict[int, _Ringed] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note rings that were not there before."""
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        for top in tops(moment):
            for ring in top.get_family() if runs else ():
                for thing in surrounded_by(ring):
                    if id(ring) not in self._ringed and len(ring.points) and ring.get_stroke_opacity() > UNSEEN:
                        said = list(_fields(thing, runs))
                        if len(said) == 1:
                            stage = [piece for other in tops(moment) for piece in pieces(other)]
                            shown = tuple(found for piece in stage for found in _own_fields(piece, runs))
                            self._ringed[id(ring)] = _Ringed(ring, moment.time, said[0], shown)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Hold each ring against what was compared when it came."""
        runs = {run_label(label): run for label, run in getattr(scene, "recordings", {}).items()}
        for ringed in self._ringed.values():
            for line in getattr(scene, "lines", []):
                if found := _against(line, ringed, runs):
                    self.keep(Fault("ring", line.text, found, ringed.time), ringed.ring)


def _fields(thing: Mobject, runs: Any) -> Iterator[Field]:
    """The fields of recordings whose numbers are in a thing."""
    yield from (found for piece in pieces(thing) for found in _own_fields(piece, runs))


def _own_fields(piece: Mobject, runs: Any) -> list[Field]:
    if not isinstance(piece, Text | Readout):
        return []
    return [said for said in fields_of(getattr(piece, "numbers", None), runs) if said.row is not None]


def _against(line: SpokenLine, ringed: _Ringed, runs: Any) -> str:
    """What a line says of what is ringed that is not so."""
    said = [(match, line.start + at) for match, at in moments_of(line, _SAID)]
    near = [(abs(time - ringed.time), match) for match, time in said if abs(time - ringed.time) < _NEAR]
    if not near:
        return ""
    match = min(near, key=lambda pair: pair[0])[1]
    named = _OF.findall(re.split(r"[.!?:;]", match.string[: match.start()])[-1])
    column = ringed.field.places[1] if len(ringed.field.places) == 2 else None
    if named and column is not None and int(named[-1]) != column:
        return f"is around {ringed.field} as coefficient {named[-1]} is said to have the {match[0]} one"
    others = _rivals(ringed.field, ringed.others)
    values = [_size(each, runs) for each in (ringed.field, *others)]
    best = max(values) if match["most"] else min(values)
    if len(values) > 1 and values[0] != best:
        which = others[values.index(best) - 1]
        return f"is around {ringed.field} at the word {match[0]!r}, and beside it is {which}"
    return ""


def _rivals(said: Field, others: Sequence[Field]) -> list[Field]:
    """The numbers with which one is compared: of its row, or of its kind, and not itself."""
    alike = [other for other in others if other.name == said.name and other != said]
    same_row = [other for other in alike if (other.label, other.row) == (said.label, said.row)]
    return list(dict.fromkeys(same_row or alike))


def _size(said: Field, runs: Any) -> float:
    value = said.value(runs[said.label])
    return np.nan if value is None else abs(value) if said.name in _SIZES else value
