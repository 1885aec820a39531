"""Trackless: of several who walk, one leaves no trail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from manim import Mobject

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.check.spells import Spell, Spells
from scenes.check.wiring.cast import cast
from scenes.narration.cues import CueSheet
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.trail import Trail

#: The row from which on somebody has left a trail that is seen: with one step it may be under the boots.
_WALKED = 2
#: Opacity from which on a hiker is there, and from which on a trail is: one that is not spoken of is drawn faintly.
_THERE, _FAINT = 0.3, 0.05
#: Seconds for which a hiker may be without: a trail comes in, or goes, a little before or after.
_MEANWHILE = 1.0


@dataclass
class Trackless(Check):
    """Looks for the trail of everybody who has walked, wherever another hiker has one."""

    _without: Spells[tuple[Mobject, str, str]] = field(default_factory=Spells)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        self._judge(self._without.see(moment.time, _trackless(moment)))

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Judge those who have none to the end; in a still, all that there is."""
        self._judge(self._without.end(sheet.length), still=sheet.length == 0)

    def _judge(self, spells: list[Spell[tuple[Mobject, str, str]]], *, still: bool = False) -> None:
        for spell in spells:
            if still or spell.seconds >= _MEANWHILE:
                hiker, label, others = spell.what
                lasting = "" if still else f", for {spell.seconds:.1f} s"
                found = f"its hiker has walked and has no trail{lasting}, while the trail of {others} is shown"
                self.keep(Fault("trail", label, found, spell.since), hiker)


def _trackless(moment: Moment) -> list[tuple[Mobject, str, str]]:
    """Each hiker who has walked and has no trail while another has: who, of which run, and the runs of the others."""
    roles, opaque = cast(moment), moment.shapes.opacity_of
    hikers = [
        role
        for role in roles
        if isinstance(role.mobject, Hiker) and role.mobject.walk is not None and opaque(role.mobject) > _THERE
    ]
    if len(hikers) < 2:
        return []
    trails = {role.label for role in roles if isinstance(role.mobject, Trail) and opaque(role.mobject) > _FAINT}
    found = []
    for hiker in hikers:
        others = sorted(trails & {other.label for other in hikers} - {hiker.label})
        walked = hiker.row is not None and hiker.row >= _WALKED
        if walked and others and hiker.label not in trails and not hiker.mobject.updating_suspended:
            found.append((hiker.mobject, hiker.label, " and ".join(others)))
    return found
