"""Whose reading it is: scorecards, compasses and radios show the run, and the row, of whoever is in the picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Mobject

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import Field, run_label
from scenes.check.playback import Moment
from scenes.check.wiring.cast import Role, cast, pieces, taken_from, tops
from scenes.parts.dials.compass import Compass
from scenes.parts.dials.held_compass import HeldCompass
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.pin import Pin
from scenes.parts.ground.trail import Trail
from scenes.parts.knob_wall import KnobWall
from scenes.parts.panels.plot import PlotCurve
from scenes.parts.panels.scorecard import Readout
from scenes.parts.panels.slope_wall import SlopeWall
from scenes.parts.radio import TUNING, Knob, Radio
from scenes.stage.traced_run import origin

#: How far a needle or a knob may be from its direction, in degrees.
_ASIDE = 1.0
#: The same, where any recorded slope will do: of many, one is always near.
_NONE = 0.01
#: How far something that is drawn as long as a number may be off it, of the longest of its kind.
_OFF = 0.01
#: Who says where a run has come to: the first of these that shows it.
_LEADS = (Hiker, HeldCompass, Radio, KnobWall, Knob, Trail, PlotCurve)
#: Those of them that show where it walks.
_WALKED = (Hiker, Trail, PlotCurve)
#: The source of a number that says which row of a run is shown.
_TOLD = re.compile(r"the row of (\S+) that is shown")


@dataclass
class Instruments(Check):
    """Holds every reading, moment by moment, against where its run is in the picture, and against the recording."""

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        roles = cast(moment)
        self._needles(moment, roles)
        behind = [role for role in cast(moment, dim=True) if isinstance(role.mobject, Hiker)]
        names = {
            Readout: "a read-out",
            Compass: "a compass",
            Radio: "a radio",
            KnobWall: "a wall of knobs",
            Knob: "a knob",
        }
        for mobject in dict.fromkeys(role.mobject for role in roles):
            name = next((name for kind, name in names.items() if isinstance(mobject, kind)), "")
            if not name or mobject.updating_suspended:
                continue
            own = [role for role in roles if role.mobject is mobject]
            # Dials stand beside each other: they need not be of one run.
            kinds = _LEADS if isinstance(mobject, Readout) else _WALKED
            others = [role for role in roles if isinstance(role.mobject, kinds)]
            if mobject.is_live:
                for label in dict.fromkeys(role.label for role in own):
                    rows = {role.row for role in own if role.label == label and role.row is not None}
                    self._keep(moment, mobject, name, label, _misplaced(label, rows, others, behind))
            self._keep(moment, mobject, name, own[0].label, _turned_wrong(mobject, moment.scene))
        self._lengths(moment, roles)
        self._pins(moment)
        self._companions(moment, roles)
        self._beside_a_row(moment, roles)

    def _lengths(self, moment: Moment, roles: Sequence[Role]) -> None:
        """What a compass holds, and the bars of a wall of slopes, are as long as was recorded."""
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        for role in roles:
            if role.label not in runs or role.mobject.updating_suspended:
                continue
            if isinstance(role.mobject, HeldCompass) and role.mobject.is_at_rest:
                found = _held_wrong(role.mobject, runs[role.label])
                self._keep(moment, role.mobject, "a compass that holds readings", role.label, found)
            elif isinstance(role.mobject, SlopeWall) and role.mobject.is_whole:
                recorded, drawn = np.asarray(role.mobject.reading(), dtype=np.float64), role.mobject.drawn()
                off = int((np.abs(drawn - recorded) > _OFF * np.abs(recorded).max()).sum())
                found = f"has {off} bars that are not the slope of row {role.row}" if off else ""
                self._keep(moment, role.mobject, "a wall of slopes", role.label, found)

    def _pins(self, moment: Moment) -> None:
        """A pin points at the setting that the radio beside it is set to."""
        stage = [piece for top in tops(moment) for piece in pieces(top) if not piece.updating_suspended]
        radios = [piece for piece in stage if isinstance(piece, Radio)]
        for pin in (piece for piece in stage if isinstance(piece, Pin)):
            for radio in radios:
                away = float(np.abs(np.asarray(pin.place()) - np.asarray(radio.reading(), dtype=np.float64)).max())
                found = f"points {away:.2g} aside of what the radio beside it is set to" if away > _OFF else ""
                self._keep(moment, pin, "a pin", "a pin", found)

    def _needles(self, moment: Moment, roles: Sequence[Role]) -> None:
        """A compass of no recording, at rest beside somebody who walks, points where the slope was recorded there."""
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        walkers = [role for role in roles if isinstance(role.mobject, Hiker) and role.row is not None]
        here = [(role.label, runs[role.label].slopes[role.row]) for role in walkers if role.label in runs]
        # With nobody there it may be of any row, but of one.
        slopes = here or [(label, slope) for label, run in runs.items() for slope in run.slopes]
        known = [role.mobject for role in roles]
        for mobject in (piece for top in tops(moment) for piece in pieces(top) if isinstance(piece, Compass)):
            if mobject in known or not mobject.is_live or mobject.swing() or mobject.updating_suspended:
                continue
            drawn = np.arctan2(*mobject.drawn_uphill())
            away = [(_degrees(drawn, np.arctan2(*slope)), label) for label, slope in slopes if len(slope) == 2]
            least, label = min(away, default=(0.0, ""))
            if least > (_ASIDE if here else _NONE):
                found = f"has its needle {least:.3g} degrees from "
                found += f"the slope of {label} where it stands" if here else "every recorded slope"
                self._keep(moment, mobject, "a compass", label, found)

    def _companions(self, moment: Moment, roles: Sequence[Role]) -> None:
        """Whoever walks leaves a trail, and draws a curve, of the same run."""
        hikers = [role for role in roles if isinstance(role.mobject, Hiker)]
        walkers = {role.label for role in hikers}
        for kind, name in ((Trail, "a trail that grows"), (PlotCurve, "a curve that is being drawn")):
            followed = [
                role
                for role in roles
                if isinstance(role.mobject, kind) and not role.is_whole and not role.mobject.updating_suspended
            ]
            alone = sorted(walkers - {role.label for role in followed})
            for role in followed:
                if walkers and role.label not in walkers and alone:
                    found = f"{name} of {role.label}, and the hiker beside it is of {' and '.join(alone)}"
                    self.keep(Fault("who", role.label, found, moment.time), role.mobject)
                reached = {hiker.row for hiker in hikers if hiker.label == role.label}
                if reached and role.row not in reached:
                    found = f"is at row {role.row} of {role.label}, whose hiker has reached row {_listed(reached)}"
                    self._keep(moment, role.mobject, name, role.label, found)

    def _beside_a_row(self, moment: Moment, roles: Sequence[Role]) -> None:
        """A reading beside a number that says which row is shown is of that row."""
        stage = [piece for top in tops(moment) for piece in pieces(top) if isinstance(piece, Readout)]
        readouts = [piece for piece in stage if piece.is_live and not piece.updating_suspended and piece.numbers]
        told = {
            match[1]: int(text.replace(",", ""))
            for piece in readouts
            if piece.numbers is not None
            for text, source in piece.numbers.sources
            if source is not None and (match := _TOLD.fullmatch(source))
        }
        for piece in readouts:
            for label, row in told.items():
                rows = {role.row for role in roles if role.mobject is piece and role.label == label} - {None}
                found = f"shows row {_listed(rows)} of {label}, beside a number that says row {row}"
                self._keep(moment, piece, "a read-out", label, found if rows and row not in rows else "")

    def _keep(self, moment: Moment, mobject: Mobject, name: str, label: str, found: str) -> None:
        if found:
            self.keep(Fault("reading", label, f"{name} {found}", moment.time), mobject)


def _misplaced(label: str, rows: set[int], others: Sequence[Role], behind: Sequence[Role]) -> str:
    """Why a reading of these rows of a run does not go with the picture, or nothing."""
    hikers = [role for role in others if isinstance(role.mobject, Hiker)]
    shown = sorted({role.label for role in hikers or others})
    if shown and label not in shown:
        return f"shows {label}, and the picture is of {' and '.join(shown)}"
    for kind in _LEADS:
        reached = {role.row for role in others if role.label == label and isinstance(role.mobject, kind)} - {None}
        if reached:
            break
    else:  # the hiker may be dim behind it, and is where it reads the ground
        reached = {role.row for role in behind if role.label == label} - {None}
    if not rows or not reached or rows & reached:
        return ""
    return f"shows row {_listed(rows)} of {label}, which has reached row {_listed(reached)} in the picture"


def _held_wrong(dial: HeldCompass, run: Trajectory) -> str:
    """Why the needle of a compass, or the old readings on it, are not what was recorded, or nothing."""
    held, near = run.grads[dial.row], _OFF * float(np.abs(run.grads).max())
    if np.abs(dial.drawn_tip() + held).max() > near:
        return f"has its needle elsewhere than {run.label}.grads[{dial.row}]"
    if dial.is_wiped:
        return ""
    ends, drawn = -np.cumsum(run.slopes[: dial.row + 1], axis=0), dial.drawn_readings()
    if drawn.shape != ends.shape:
        return f"shows {len(drawn)} old readings, and {run.label} has made {len(ends)}"
    return "" if np.abs(drawn - ends).max() <= near else f"has old readings elsewhere than {run.label}.slopes"


def _listed(rows: Any) -> str:
    return " and ".join(str(row) for row in sorted(rows))


def _turned_wrong(mobject: Mobject, scene: Any) -> str:
    """Why a needle or a knob, as it is drawn, is not what was recorded, or nothing."""
    runs = {run_label(label): run for label, run in getattr(scene, "recordings", {}).items()}
    for part, angle, values, gain in _dials(mobject):
        taken = values if isinstance(values, Field) else taken_from(values)
        if taken is None or taken.label not in runs:
            continue
        run, whole = runs[taken.label], None if isinstance(values, Field) else origin(values)
        if whole is None:
            recorded = np.asarray(getattr(run, taken.name), dtype=np.float64)[taken.places]
        else:  # of many coefficients perhaps only some are shown
            recorded = whole.values(run)
        expected = np.arctan2(*recorded[:2]) if isinstance(mobject, Compass) else recorded * gain
        away = _degrees(angle, expected)
        if away > _ASIDE:
            return f"has {part} {away:.0f} degrees from {taken.label}.{taken.name}[{taken.row}]"
    return ""


def _degrees(angles: Any, others: Any) -> float:
    """The greatest angle between directions, in degrees; they are in radians."""
    turned = np.atleast_1d(angles) - np.atleast_1d(others)
    return float(np.degrees(np.abs(np.angle(np.exp(1j * turned)))).max())


def _dials(mobject: Mobject) -> Iterator[tuple[str, Any, Any, float]]:
    """What is drawn of an instrument: a name, its angles clockwise from straight up, their values, and their gain."""
    if isinstance(mobject, Compass) and not mobject.swing():
        yield "its needle", np.arctan2(*mobject.drawn_uphill()), mobject.reading(), 1.0
    elif isinstance(mobject, Knob):
        yield "its mark", mobject.drawn_angle(), mobject.reading(), 1.0
    elif isinstance(mobject, KnobWall):
        yield "a knob", mobject.drawn_angles(), mobject.reading(), mobject.gain
    elif isinstance(mobject, Radio):
        taken = taken_from(mobject.reading())
        if taken is not None and taken.name in ("coeffs", "tries"):
            for column, (knob, gain) in enumerate(zip(mobject.knobs, (1.0, TUNING), strict=True)):
                at = Field(taken.label, taken.name, (*taken.places, column))
                yield f"knob {column}", knob.drawn_angle(), at, gain
