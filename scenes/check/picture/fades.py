"""Fades: what fades in is, while it does, where it stands afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import FadeIn, Group, Mobject, VGroup
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.lines import words_of
from scenes.check.playback import Moment
from scenes.parts.panels.scorecard import Readout

#: Scene units by which a thing may be elsewhere, or of another size, once it has come.
_JUMP = 0.25


@dataclass
class Fades(Check):
    """Holds what a `FadeIn` brings against where the thing is as soon as it is over.

    While a thing fades in it follows nothing: one that was made for another shot, or whose ground moves meanwhile, is
    in a wrong place, and leaps to its own when the fade has ended. `scenes.stage.transitions.fade_in` puts a thing
    right at the outset.
    """

    def played(self, moment: Moment) -> None:
        """Compare what came with what is there."""
        for animation in moment.play.single():
            brought = getattr(animation, "target_copy", None)
            if not isinstance(animation, FadeIn) or brought is None:
                continue
            for before, now in zip(_parts(brought), _parts(animation.mobject), strict=False):
                first, last = _box(before), _box(now)
                if first is None or last is None:
                    continue
                away = float(np.abs(last - first).max())
                if away > _JUMP:
                    found = f"fades in {away:.2f} units from where it is then"
                    self.keep(Fault("jump", words_of(now) or type(now).__name__, found, moment.time), now)


def _parts(mobject: Mobject) -> list[Mobject]:
    """What several things are that come together: a read-out, whose glyphs are others with each number, is none."""
    if isinstance(mobject, Readout):
        return []
    return list(mobject.submobjects) if type(mobject) in (Group, VGroup) else [mobject]


def _box(mobject: Mobject) -> NDArray[np.float64] | None:
    """Left, bottom, right and top of all that it is made of; None of a thing without points, or with a read-out."""
    family = mobject.get_family()
    if any(isinstance(member, Readout) for member in family):
        return None
    points = [member.points for member in family if len(member.points)]
    if not points:
        return None
    low, high = np.concatenate(points).min(axis=0), np.concatenate(points).max(axis=0)
    return np.array([*low[:2], *high[:2]])
