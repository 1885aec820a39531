"""Strays: a trail that nobody who is there has left, beside a hiker who has left none."""

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

#: Seconds for which it may be so: one goes while the other comes.
_MEANWHILE = 1.0
#: The row from which on somebody has left a trail, and opacity from which on a hiker, and a trail, is there.
_WALKED, _THERE, _FAINT = 2, 0.3, 0.1


@dataclass
class Strays(Check):
    """Looks for trails of other runs than those of the hikers who are there."""

    _beside: Spells[tuple[Mobject, str, str]] = field(default_factory=Spells)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        self._judge(self._beside.see(moment.time, _strays(moment)))

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Judge those that stay to the end; in a still, all that there are."""
        self._judge(self._beside.end(sheet.length), still=sheet.length == 0)

    def _judge(self, spells: list[Spell[tuple[Mobject, str, str]]], *, still: bool = False) -> None:
        for spell in spells:
            if still or spell.seconds >= _MEANWHILE:
                trail, label, others = spell.what
                found = f"a trail of {label}, and the hiker beside it, who has none, is of {others}"
                self.keep(Fault("who", label, found, spell.since), trail)


def _strays(moment: Moment) -> list[tuple[Mobject, str, str]]:
    """Each trail without its hiker beside hikers without their trail: the trail, its run and theirs."""
    roles = cast(moment)
    trails = [role for role in roles if isinstance(role.mobject, Trail)]
    hikers = [role for role in roles if isinstance(role.mobject, Hiker) and (role.row or 0) >= _WALKED]
    if not trails or not hikers:
        return []
    opaque = moment.shapes.opacity_of
    left = {role.label for role in trails}
    alone = sorted({role.label for role in hikers if opaque(role.mobject) > _THERE} - left)
    here = {role.label for role in roles if isinstance(role.mobject, Hiker)}
    return [
        (role.mobject, role.label, " and ".join(alone))
        for role in trails
        if alone and role.label not in here and opaque(role.mobject) > _FAINT
    ]
