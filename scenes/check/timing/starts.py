"""Starts: what follows a clock does not leap as soon as that clock begins to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import ValueTracker
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.check.timing.plays import in_time
from scenes.check.wiring.cast import pieces, tops
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.pin import Pin
from scenes.parts.knob_wall import KnobWall
from scenes.parts.radio import Radio

#: The first bit of an animation: nothing that moves on has gone anywhere in it.
_FIRST = 1e-7
#: By how much something may be elsewhere by then, of the extent of all that it has been set to; and at least.
_NEAR, _LEAST = 0.02, 0.05


@dataclass
class Starts(Check):
    """Asks pins, radios, walls of knobs and hikers where they would be an instant later.

    A second of a check has a few moments, and a leap from the first to the second of them is taken for a quick walk.
    Where something stands is read from clocks, so those can be asked in between, and be put back.
    """

    _play: int = -1

    def see(self, moment: Moment) -> None:
        """Look at the first moment of an animation."""
        if moment.play.index == self._play:
            return
        self._play = moment.play.index
        clocks = list(_clocks(moment))
        followers = [piece for top in tops(moment) for piece in pieces(top) if _follows(piece)] if clocks else []
        for tracker, before, after in clocks:
            here = [_values(part) for part in followers]
            tracker.set_value(after)
            there = [_values(part) for part in followers]
            tracker.set_value(before)
            for part, start, end in zip(followers, here, there, strict=True):
                away = float(np.abs(end - start).max()) if len(start) == len(end) else 0.0
                if away > max(_LEAST, _NEAR * float(np.abs(start).max(initial=0.0))):
                    name = type(part).__name__
                    found = f"leaps by {away:.2f} as soon as what it follows begins to move"
                    self.keep(Fault("jump", name, found, moment.time), part)


def _clocks(moment: Moment) -> Iterator[tuple[ValueTracker, float, float]]:
    """The clocks that begin to go with an animation: each with where it stands, and where a little later."""
    for animation, after in in_time(moment.play.animations) if not moment.play.waits else ():
        clock: Any = animation.mobject
        if after == 0 and isinstance(clock, ValueTracker):
            start, end = (_value(getattr(animation, name, None)) for name in ("starting_mobject", "target_mobject"))
            if start is not None and end is not None and start != end:
                yield clock, float(clock.get_value()), start + (end - start) * _FIRST


def _value(clock: Any) -> float | None:
    return float(clock.get_value()) if isinstance(clock, ValueTracker) else None


def _follows(part: Any) -> bool:
    """Whether a part is somewhere, or set to something, that a clock may decide."""
    if part.updating_suspended:
        return False
    return isinstance(part, Pin | Hiker) or (isinstance(part, Radio | KnobWall) and part.is_live)


def _values(part: Any) -> NDArray[np.float64]:
    return np.asarray(part.reading(), dtype=np.float64).ravel()
