"""Families: of runs that are of one kind, as stride-00 to stride-39, all are drawn that a scene asked for, or few."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from descent_core.counted import counted
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import run_label
from scenes.check.playback import Moment
from scenes.check.wiring.cast import FIGURES, cast
from scenes.narration.cues import CueSheet
from scenes.parts.ground.ribbons import Ribbons

_MEMBER = re.compile(r"(?P<name>.+?)-(?P<number>\d+)")
#: So many are a family.
_SEVERAL = 3
#: The fraction of a family from which on what is drawn stands for all of it, and is no choice of some.
_MOST = 0.5


@dataclass
class Families(Check):
    """Keeps which runs were ever drawn, and since when, and holds them against those that the scene asked for."""

    _drawn: dict[str, float] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note who is drawn."""
        for role in cast(moment):
            if isinstance(role.mobject, FIGURES):
                self._drawn.setdefault(role.label, moment.time)
        for ribbons in moment.of(Ribbons):  # of which one after the other begins
            for run in ribbons.runs:
                self._drawn.setdefault(run_label(run.label), moment.time)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Look for those of each family of whom nothing was drawn."""
        for name, members in families({run_label(label) for label in getattr(scene, "recordings", {})}).items():
            drawn = [label for label in members if label in self._drawn]
            missing = [label for label in members if label not in self._drawn]
            if missing and len(drawn) > _MOST * len(members):
                first = min(self._drawn[label] for label in drawn)
                who = " and ".join(missing[:3]) + (" and others" if len(missing) > 3 else "")
                found = (
                    f"the scene asked for {counted(len(members), 'run')} of this kind and draws {len(drawn)}: not {who}"
                )
                self.keep(Fault("count", name, found, first))


def families(labels: set[str]) -> dict[str, list[str]]:
    """Labels that differ by their number alone, by what they have in common.

    >>> families({"stride-00", "stride-01", "stride-02", "right", "throw-1"})
    {'stride': ['stride-00', 'stride-01', 'stride-02']}
    """
    found: dict[str, list[str]] = defaultdict(list)
    for label in sorted(labels):
        if match := _MEMBER.fullmatch(label):
            found[match["name"]].append(label)
    return {name: members for name, members in found.items() if len(members) >= _SEVERAL}
