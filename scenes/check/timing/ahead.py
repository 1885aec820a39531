"""Ahead: a curve beside what shows its run row by row is drawn as far as that has come, and no farther."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.check.shapes import strength
from scenes.check.wiring.cast import Role, cast
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.trail import Trail
from scenes.parts.panels.plot import PlotCurve

#: Rows by which a curve may be ahead of its walk, and that may be walked meanwhile: of two, one is drawn first.
_ROWS = 1.0
#: Opacity from which on something is there.
_THERE = 0.3


@dataclass
class Ahead(Check):
    """Looks at the curves of runs that are walked meanwhile, or read out or turned row by row.

    A curve that is whole before the walk has begun tells its end. It may be whole beside somebody who stands still,
    at whatever row: then it is told what was, or will be.
    """

    _since: dict[tuple[int, str], tuple[float, float]] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        roles = cast(moment)
        curves = [role for role in roles if isinstance(role.mobject, PlotCurve)]
        walks = _walks(roles) if curves else {}
        ahead: dict[tuple[int, str], tuple[float, float]] = {}
        for curve in curves:
            drawn = curve.last if curve.now is None else curve.now
            now = walks.get(curve.label)
            if now is None or drawn is None or drawn <= now + _ROWS or not _is_there(curve):
                continue
            if curve.mobject.updating_suspended:
                continue  # it is just being drawn
            key = id(curve.mobject), curve.label
            time, began = ahead[key] = self._since.get(key, (moment.time, now))
            if now > began + _ROWS:
                found = f"is drawn to row {drawn:.0f} while its walk goes from row {began:.0f} to row {now:.0f}"
                self.keep(Fault("curve", curve.label, found, time), curve.mobject)
                ahead[key] = time, float("inf")  # once is enough
        self._since = ahead


def _walks(roles: list[Role]) -> dict[str, float]:
    """The row to which each run has come, by its label: where it is walked, or else the last that is shown of it."""
    found: dict[str, float] = {}
    walked: dict[str, float] = {}
    for role in roles:
        if role.now is not None and not isinstance(role.mobject, PlotCurve) and _is_there(role):
            rows = walked if isinstance(role.mobject, Hiker | Trail) else found
            rows[role.label] = max(role.now, rows.get(role.label, 0.0))
    return {**found, **walked}


def _is_there(role: Role) -> bool:
    return strength(role.mobject) > _THERE
