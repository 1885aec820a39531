"""Unsourced: an instrument of plain numbers is set to what was recorded in the row that the picture tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import Field, fields_of, run_label
from scenes.check.playback import Moment
from scenes.check.wiring.cast import cast, pieces, taken_from, tops
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.pin import Pin
from scenes.parts.knob_wall import KnobWall
from scenes.parts.panels.scorecard import Readout
from scenes.parts.radio import Knob, Radio
from scenes.stage.by_hand import Hand, hand_of

#: How far from the way between two rows something is still on it: what is between them is a straight line.
_ON = 1e-4
#: How many of the knobs of a wall may be elsewhere: those that a picture leaves out.
_FEW = 0.02
#: How far from 1 the cosine may be between what knobs are turned to and what was recorded; and where it is the same.
_PARALLEL, _THE_SAME = 1e-3, 1e-6
#: Coefficients up to which each may have a knob of its own.
_SEVERAL = 12
#: Opacity from which on an instrument is in the picture.
_SEEN = 0.5

Values = NDArray[np.float64]


@dataclass
class Unsourced(Check):
    """Follows radios, pins and walls of knobs whose values have lost their source: exchanged, turned round, a row off.

    Between two rows nothing was recorded, so that values on the way have no source in any case. Where a card tells a
    row of a run of as many coefficients, or a radio is heard to receive it, they are on the way from that row to the
    next one, or to what was tried there. Where nothing tells a row, they rest on the way of some run that the scene
    asked for. Whatever else they are set to, the scene says why: `by_hand`.
    """

    _before: dict[int, Values] = field(default_factory=dict)
    _exchanged: int = 0

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        for part, values, hand in _plain(moment):
            if hand is not None and hand.apart:
                continue
            before, self._before[id(part)] = self._before.get(id(part)), values
            rests = before is not None and before.shape == values.shape and np.array_equal(before, values)
            self._look(part, values, moment, rests=rests and hand is None)
        self._knobs(moment)

    def _look(self, part: Any, values: Values, moment: Moment, *, rests: bool) -> None:
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        runs = {label: run for label, run in runs.items() if run.dimensions == len(values)}
        told = _told(moment, runs)
        if told:
            away = [_off(part, values, runs[said.label], said) for said in told]
            if all(away):
                self._keep(part, moment, f"{away[0]}, and {told[0]} is shown beside it")
        elif rests and runs and all(_off(part, values, run, None) for run in runs.values()):
            self._keep(part, moment, f"rests on the way of no run of {' and '.join(sorted(runs))}")

    def _knobs(self, moment: Moment) -> None:
        """Knobs that stand for the first coefficients of a run of which a row is told are in the order of those."""
        stage = [piece for top in tops(moment) for piece in pieces(top)]
        of_radios = {id(knob) for piece in stage if isinstance(piece, Radio) for knob in piece.knobs}
        knobs = [piece for piece in stage if isinstance(piece, Knob) and piece.is_live and id(piece) not in of_radios]
        knobs = [knob for knob in knobs if not knob.updating_suspended and taken_from(knob.reading()) is None]
        if len(knobs) < 2:
            return
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        runs = {label: run for label, run in runs.items() if len(knobs) <= run.dimensions <= _SEVERAL}
        angles = np.array([float(knob.reading()) for knob in knobs])
        across = np.argsort([knob.get_x() for knob in knobs], kind="stable")
        for said in _told(moment, runs) if runs else ():
            rows = np.asarray(runs[said.label].coeffs, dtype=np.float64)[said.row or 0 :, : len(knobs)][:2]
            ways = [rows[0] + (rows[-1] - rows[0]) * part for part in np.linspace(0, 1, 21)]
            own = any(_along(order, way) for order in (angles, angles[across]) for way in ways)
            other = any(_along(np.sort(np.abs(angles)), np.sort(np.abs(way)), _THE_SAME) for way in ways)
            self._exchanged += not own and other
            if not own and other and self._exchanged > 1:  # once, two numbers may be alike by chance
                found = f"is turned as another coefficient of {said.label} than its own was at row {said.row}"
                self._keep(knobs[0], moment, found)

    def _keep(self, part: Any, moment: Moment, found: str) -> None:
        name = "a wall of knobs" if isinstance(part, KnobWall) else f"a {type(part).__name__.lower()}"
        self.keep(Fault("reading", name, f"{name} {found}", moment.time), part)


def _along(values: Values, way: Values, near: float = _PARALLEL) -> bool:
    """Whether values are some multiple of others."""
    length = float(np.linalg.norm(values) * np.linalg.norm(way))
    return length == 0 or float(values @ way) / length > 1 - near


def _plain(moment: Moment) -> Iterator[tuple[Any, Values, Hand | None]]:
    """The instruments that follow something, and have plain numbers for it at this moment, set by hand or not."""
    for part in (piece for top in tops(moment) for piece in pieces(top) if isinstance(piece, Radio | Pin | KnobWall)):
        if not part.is_live or part.updating_suspended or float(getattr(part, "opacity", 1.0)) <= _SEEN:
            continue
        values: ArrayLike = part.reading()
        if taken_from(values) is None:
            yield part, np.asarray(values, dtype=np.float64).ravel(), hand_of(values)


def _told(moment: Moment, runs: Mapping[str, Trajectory]) -> list[Field]:
    """The rows of these runs that live cards tell, and that a radio is heard to receive."""
    told: list[Field] = []
    for card in (piece for top in tops(moment) for piece in pieces(top)):
        if isinstance(card, Readout) and card.is_live and not card.updating_suspended:
            fields = [said for said in fields_of(card.numbers, runs) if said.row is not None]
            told += fields if len(fields) == 1 else []
    for role in cast(moment):
        if isinstance(role.mobject, Hiker) and role.label in runs and role.row is not None:
            told.append(Field(role.label, "losses", (role.row,)))
    reception = getattr(moment.scene, "reception", None)
    if not told and reception is not None and run_label(reception.run.label) in runs:
        told.append(Field(run_label(reception.run.label), "losses", (int(reception.row()),)))
    return told


def _off(part: Any, values: Values, run: Trajectory, said: Field | None) -> str:
    """Why values are not on the way of a run, or at the row of it that is told; nothing if they are."""
    coeffs = np.asarray(run.coeffs, dtype=np.float64)
    if isinstance(part, Pin):
        west, east, south, north = part.mountain.landscape.bounds
        coeffs = np.clip(coeffs, [west, south], [east, north])
    near = _ON * float(np.nanmax(np.ptp(coeffs, axis=0))) + 1e-9
    row = None if said is None else said.row
    if isinstance(part, KnobWall):
        left = coeffs[row or 0 :]
        aside = (values < left.min(axis=0) - near) | (values > left.max(axis=0) + near)
        if run.tries is not None:
            aside = _aside_of_tries(values, coeffs, run, row, near)
        return f"has {aside.sum()} knobs that are not set to what was recorded" if aside.mean() > _FEW else ""
    least = min(_from_way(values, *way) for way in _ways(coeffs, run, said))
    return f"is set {least:.2g} aside of what was recorded" if least > near else ""


def _aside_of_tries(values: Values, coeffs: Values, run: Trajectory, row: int | None, near: float) -> NDArray[np.bool_]:
    """``(D,)``, which knobs are neither where a search stands, nor where it tries, nor between the two."""
    steps = range(run.steps) if row is None else [row]
    ways = [way for step in steps for way in _ways(coeffs, run, Field(run.label, "losses", (step,)))]
    ways += [way for step in steps for way in _ways(coeffs, run, Field(run.label, "try_losses", (step,)))]
    least = min(ways, key=lambda way: _from_way(values, *way))
    low, high = np.minimum(*least), np.maximum(*least)
    return np.asarray((values < low - near) | (values > high + near))


def _ways(coeffs: Values, run: Trajectory, said: Field | None) -> Iterator[tuple[Values, Values]]:
    """The straight lines on which a run may be while a row of it is told; without one, all that there are."""
    tries = None if run.tries is None else np.asarray(run.tries, dtype=np.float64)
    rows = range(len(coeffs)) if said is None else [said.row or 0]
    for row in rows:
        following = coeffs[min(row + 1, len(coeffs) - 1)]
        if tries is None:
            yield coeffs[row], following
            continue
        tried = tries[min(row, len(tries) - 1)]
        if said is not None and said.name == "try_losses":
            yield tried, tried
            continue
        yield coeffs[row], tried
        # It has been heard, and is turned back.
        yield tries[max(row - 1, 0)], coeffs[row]


def _from_way(values: Values, start: Values, end: Values) -> float:
    """How far values are from a straight line."""
    way = end - start
    length = float(way @ way)
    part = float(np.clip((values - start) @ way / length, 0, 1)) if length > 0 else 0.0
    return float(np.abs(values - start - part * way).max())
