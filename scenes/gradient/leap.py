"""The eye that flies beside the leap over the valley, in scene 4."""

from __future__ import annotations

import math

from scenes.engine.terrain.shot import CameraPath, Shot
from scenes.gradient.shots import BESIDE
from scenes.parts.ground.walk import Walk, hanging

#: Seconds of the leap, and for which the eye shakes when he lands.
FLIGHT, SHAKE = 3.4, 0.9


def beside(leaper: Walk, row: int) -> CameraPath:
    """The eye that flies beside somebody who leaps from a row to the next, as `hanging` has it, and feels him land."""
    crouching, above, landing = BESIDE

    def shot(fraction: float) -> Shot:
        seconds = fraction * (FLIGHT + SHAKE)
        flown, since = min(seconds / FLIGHT, 1.0), max(seconds - FLIGHT, 0.0) / SHAKE
        beside = crouching.toward(above, flown).toward(above.toward(landing, flown), flown)
        east = float(leaper.coeffs_at(row + hanging(flown))[0]) * leaper.mountain.scale_of.east
        return _moved(beside, east, -0.06 * math.exp(-5 * since) * math.sin(16 * since) * (1 - since))

    return shot


def _moved(shot: Shot, east: float, up: float) -> Shot:
    """The same look from elsewhere."""
    eye, target = ((x + east, y, z + up) for x, y, z in (shot.eye, shot.target))
    return Shot(eye, target, shot.fov)
