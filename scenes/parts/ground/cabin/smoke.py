"""Smoke: what rises from the chimney of a house, the same at every playing."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from scenes.engine.drawing.raster import GroundDepth
from scenes.engine.drawing.soft import SoftShape
from scenes.theme import theme

#: Puffs at once, seconds that each lasts, and how high it rises meanwhile: in heights of a house.
_PUFFS, _LASTS, _RISES = 14, 7.0, 1.25
#: How opaque a puff is from its middle outward, in times of what it is on the whole.
_FADING = (2.4, 1.9, 1.0, 0.3, 0.0)
#: Corners of a puff.
_ROUND = np.linspace(0, 2 * np.pi, 12, endpoint=False)


class Smoke(VGroup):
    """Puffs that rise, drift and thin out, by the clock of the mountain that the house stands on.

    Parameters
    ----------
    cabin
        The `scenes.parts.ground.cabin.Cabin` from whose chimney it comes.

    Examples
    --------
    ::

        mountain = Mountain(library.landscape("mountain"))
        cabin = Cabin(mountain, recording("right").coeffs[-1], size=1.5)
        self.add(mountain, cabin, cabin.smoke)
    """

    def __init__(self, cabin: Any) -> None:
        super().__init__()
        self._cabin = cabin
        self._drawn: Any = None
        self.ground_depth = GroundDepth(cabin.mountain)
        material = theme.material
        haze, snow = np.array(material.haze), np.array(material.snow)
        self._tone = haze + (snow - haze) * 0.34
        # What is over the fire is lit by it.
        self._warm = np.array(material.glow) * min(material.lamplight, 1.0)
        for _ in range(_PUFFS):
            puff = SoftShape(_FADING)
            puff.ground_depth = self.ground_depth
            self.add(puff)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Draw it as it is now."""
        mountain, cabin = self._cabin.mountain, self._cabin
        clear = 1 - cabin.ground_depth.veiled
        key = (mountain.clock, mountain.framing, clear)
        if key == self._drawn:
            return
        self._drawn = key
        self.ground_depth.stands = cabin.ground_depth.stands - 0.01
        self.ground_depth.depth, self.ground_depth.veiled = cabin.ground_depth.depth, cabin.ground_depth.veiled
        top, size = cabin.chimney(), cabin.size * mountain.terrain.unit
        camera = mountain.camera()
        right = np.append(camera.right, 0.0)
        for number, puff in enumerate(self.submobjects):
            age = (mountain.clock / _LASTS + number / _PUFFS) % 1.0
            sway = np.sin(2.1 * number + 3.0 * age) * 0.05 + 0.34 * age**1.6
            middle = top + [0, 0, size * _RISES * age**0.8] + right * size * sway
            radius = size * (0.035 + 0.20 * age**0.9)
            opaque = 0.115 * np.clip(age / 0.06, 0, 1) * (1 - age) ** 1.4
            tone = self._tone + (self._warm - self._tone) * 0.25 * max(1 - 6 * age, 0)
            puff.fill_rgbas = np.array([[*np.clip(tone, 0, 1), opaque if clear > 0 else 0.0]])
            around = mountain.on_screen(middle[None])[0]
            reach = radius * mountain.scale_in(float(camera.project(middle)[2]))
            puff.lay(_disc(around, reach), middle=around + reach * np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]]))


def _disc(middle: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """``(4 n, 3)``, a disc as manim has it."""
    corners = middle + radius / np.cos(np.pi / len(_ROUND)) * np.stack(
        [np.cos(_ROUND), np.sin(_ROUND), np.zeros_like(_ROUND)], axis=-1
    )
    after = np.roll(corners, -1, axis=0)
    return np.stack([corners + (after - corners) * part for part in (0, 1 / 3, 2 / 3, 1)], axis=1).reshape(-1, 3)
