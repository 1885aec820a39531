"""Still knobs: knobs and beads that follow nothing show numbers that a listing of the scene had, or a run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.check.wiring.cast import pieces, tops
from scenes.parts.dials.bead import Bead
from scenes.parts.radio import TUNING, Knob, Radio
from scenes.stage.by_hand import hand_of

#: A list of numbers in code, or in what code had.
_LIST = re.compile(r"\[\s*(-?[\d.]+(?:e-?\d+)?(?:\s*,\s*-?[\d.]+(?:e-?\d+)?)*)\s*\]")
#: What coefficients are called in a listing.
_COEFFS = "coeffs"
_NEAR = 1e-6

Values = NDArray[np.float64]


@dataclass
class StillKnobs(Check):
    """Reads the knobs that stand still, all that are there together, and the beads.

    What follows a run is held by `scenes.check.wiring.instruments.Instruments`; here are plain numbers. Knobs are the
    coefficients of a listing, in their order, or the first ones of a row of a run; beads any numbers that a listing
    had. Whatever else they are set to, the scene says why: `scenes.stage.by_hand.by_hand`.
    """

    _known: set[tuple[int, ...]] = field(default_factory=set)
    _things: list[Mobject] = field(default_factory=list)

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left them."""
        stage = [piece for top in tops(moment) for piece in pieces(top)]
        of_radios = {id(knob) for piece in stage if isinstance(piece, Radio) for knob in piece.knobs}
        knobs = [knob for knob in stage if isinstance(knob, Knob) and id(knob) not in of_radios and not knob.is_live]
        for kind, things in (("knobs", knobs), ("beads", [bead for bead in stage if isinstance(bead, Bead)])):
            ids = tuple(id(thing) for thing in things)
            if not things or ids in self._known:
                continue
            self._known.add(ids)
            self._things += things  # kept, so that no other gets their ids
            readings = [thing.reading() for thing in things]
            if any(hand_of(reading) is not None for reading in readings):
                continue
            values = np.array([float(reading) for reading in readings])
            recorded = [*_listed(moment.scene, kind), *(_of_runs(moment.scene, len(values)) if kind == "knobs" else ())]
            if recorded and not any(_has(rows, values) for rows in recorded):
                set_to = ", ".join(f"{value:g}" for value in values)
                found = f"{kind} are set to {set_to}, which no listing and no run of the scene had"
                self.keep(Fault("reading", kind, found, moment.time), *things)


def _has(rows: Values, values: Values) -> bool:
    """Whether some numbers are a row of these."""
    return rows.shape[1] == len(values) and bool((np.abs(rows - values).max(axis=1) < _NEAR).any())


def _listed(scene: Any, kind: str) -> Iterator[Values]:
    """The numbers of the scene's listings, as rows: for knobs those of coefficients."""
    for listing in getattr(scene, "listings", ()):
        for index, line in enumerate(listing.lines):
            if kind == "knobs" and _COEFFS not in line:
                continue
            for text in (line, listing.values.get(index, ""), listing.printed.get(index, "")):
                for match in _LIST.finditer(text):
                    yield np.array([[float(number) for number in match[1].split(",")]])


def _of_runs(scene: Any, count: int) -> Iterator[Values]:
    """The first coefficients of all rows of the scene's runs; and as a radio turns its knobs."""
    for run in getattr(scene, "recordings", {}).values():
        if run.dimensions >= count:
            first: Values = np.asarray(run.coeffs[:, :count], dtype=np.float64)
            yield first
            if count == 2:
                yield first * np.array([1.0, TUNING])
