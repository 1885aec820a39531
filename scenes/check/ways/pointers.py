"""Pointers: an arrow of which it is said what it points at lies in that direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.check.wiring.cast import tops
from scenes.stage.naming import pointed_at

#: Degrees by which an arrow may point past its thing.
_PAST = 15.0


@dataclass
class Pointers(Check):
    """Measures where arrows point. See `scenes.stage.naming.set_points_at`."""

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left them."""
        for top in tops(moment):
            for arrow in top.get_family():
                place = pointed_at(arrow)
                if place is not None and len(arrow.get_all_points()):
                    self._measure(arrow, place, moment)

    def _measure(self, arrow: Any, place: Any, moment: Moment) -> None:
        start, end = arrow.get_start()[:2], arrow.get_end()[:2]
        way, there = end - start, place - start
        turn = np.cross(np.append(way, 0), np.append(there, 0))[2]
        past = float(np.degrees(np.abs(np.arctan2(turn, way @ there))))
        if past > _PAST:
            found = f"points {past:.0f} degrees past what it points at"
            self.keep(Fault("arrow", type(arrow).__name__, found, moment.time), arrow)
