"""Covered: what lies beneath a plate as long as it is there, so that nobody ever sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Mobject, Rectangle, Text, VMobject

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.narration.cues import CueSheet

#: Opacity from which on something is there, and from which on a plate hides it.
_THERE, _HIDES = 0.3, 0.9
#: Scene units by which a thing may stand out of a plate, and that a thing is wide at least which is looked at.
_OUT, _LARGE = 0.02, 0.2
#: Seconds for which it is there, and under a plate, at least: one that is never seen, and one that is seen then.
_LONG, _WAITS = 1.0, 4.0


@dataclass
class _Under:
    """Since when something is there, until when, and when it was first seen; None if it never was."""

    thing: Mobject
    since: float
    until: float
    seen: float | None = None


@dataclass
class Covered(Check):
    """Watches what is drawn before an opaque rectangle that is around all of it.

    Something may slide under a card, or wait there for a moment. What is not seen for long was put there by mistake.
    Type is looked at by the rules of legibility; what is smaller than a fifth of a unit is a part of something else.
    """

    _found: dict[int, _Under] = field(default_factory=dict)
    _now: list[_Under] = field(default_factory=list)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        shapes = moment.shapes
        order = {id(drawn): number for number, drawn in enumerate(moment.in_order)}
        drawn = np.array([order.get(id(each), -1) for each in shapes.mobjects])
        low, high = shapes.low[:, :2], shapes.high[:, :2]
        there = (drawn >= 0) & (shapes.opacity >= _THERE) & ((high - low).max(axis=1) > _LARGE)
        if not there.any():
            return
        hidden = np.zeros(len(there), bool)
        for number, plate in enumerate(shapes.mobjects):
            if isinstance(plate, Rectangle) and shapes.fill[number] >= _HIDES and drawn[number] >= 0:
                inside = (low > low[number] - _OUT).all(axis=1) & (high < high[number] + _OUT).all(axis=1)
                hidden |= inside & (drawn < drawn[number])
        glyphs = {id(glyph) for text in moment.of(Text) for glyph in text.get_family()}
        self._now = []
        for number in np.flatnonzero(there).tolist():
            thing = shapes.mobjects[number]
            if not isinstance(thing, VMobject) or id(thing) in glyphs:
                continue
            under = self._found.setdefault(id(thing), _Under(thing, moment.time, moment.time))
            under.until = moment.time
            if under.seen is None and not hidden[number]:
                under.seen = moment.time
            self._now.append(under)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Report what was never seen."""
        for under in self._now:  # while nothing moves, there are no moments
            under.until = scene.time
        for under in self._found.values():
            seconds = (under.until if under.seen is None else under.seen) - under.since
            if seconds >= (_LONG if under.seen is None else _WAITS):
                found = f"is there for {seconds:.1f} s, and a plate lies over it all the while"
                self.keep(Fault("covered", type(under.thing).__name__, found, under.since), under.thing)
