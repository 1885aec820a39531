"""Score rings: a ring round a dart that is as wide as its score goes through the bull."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.parts.darts.rings import Ring
from scenes.parts.darts.room import DartRoom

#: Centimetres by which a ring may miss the bull.
_ASIDE = 1.0


@dataclass
class ScoreRings(Check):
    """Measures the rings in dark rooms, once they are grown, against the place from which scores are counted."""

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left them."""
        for room in moment.of(DartRoom):
            for ring in room.rings:
                if isinstance(ring, Ring) and ring.radius > 0 and ring.grown >= 1 and ring.strength > 0:
                    away = float(np.linalg.norm(room.bull() - room.place(ring.x, ring.y))) / room.length(1.0)
                    if abs(away - ring.radius) > _ASIDE:
                        found = f"is {ring.radius:.0f} cm wide round a dart that is {away:.0f} cm from the bull"
                        self.keep(Fault("reading", "a ring", found, moment.time), room)
