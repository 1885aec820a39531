"""FarLight: a warm light in the fog, or a lamp behind glass: soft, and a little unsteady."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import Circle, Mobject, UpdateFromAlphaFunc, VGroup, color_to_rgb
from numpy.typing import ArrayLike

from scenes.engine.drawing.raster import GroundDepth
from scenes.engine.drawing.soft import SoftShape
from scenes.parts.dusk.lit_knob_wall import LitKnobWall
from scenes.parts.ground.mountain import Mountain
from scenes.theme import theme

#: How opaque a glow is from its middle outward.
_FADING = tuple(float(part) for part in np.exp(-((np.linspace(0, 1, 33) * 2.4) ** 2)) * np.linspace(1, 0, 33))
#: Of its shapes: how large, to the light itself, how opaque, and how white.
_SHAPES = ((5.2, 0.20, 0.0), (2.2, 0.42, 0.15), (0.9, 0.95, 0.55), (0.34, 1.0, 0.9))
#: By how much it is unsteady, and how many times a second.
_UNSTEADY, _RATES = 0.06, (0.7, 1.9, 3.1)


@dataclass
class _Form:
    """Half its width and height in scene units, and how bright it is."""

    across: float
    up: float
    bright: float


class FarLight(VGroup):
    """A light that is far away.

    Parameters
    ----------
    mountain
        Whose fog it shines through: of a mountain, or before a wall.
    place
        Its middle, a scene point.
    size
        Its radius, in scene units.
    bright
        How bright it is at first, from 0 (out) to 1.

    Examples
    --------
    ::

        mountain = Mountain(library.landscape("mountain"), fog=Fog(1.0))
        light = FarLight(mountain, [-2.0, 1.0, 0.0])
        self.add(mountain, light)
        self.play(light.become_lamp(4.0, 0.5))
    """

    def __init__(
        self, mountain: Mountain | LitKnobWall, place: ArrayLike, size: float = 0.2, bright: float = 1.0
    ) -> None:
        super().__init__()
        self._place = np.asarray(place, dtype=float)
        self._form, self._clock = _Form(size, size, bright), 0.0
        self._round = Circle(radius=1).points
        depth = GroundDepth(mountain)
        depth.depth = 0.0  # nothing is nearer
        warm, white = np.array(color_to_rgb(theme.cabin)), np.array(color_to_rgb(theme.things.lantern))
        for _, opacity, pale in _SHAPES:
            shape = SoftShape(_FADING)
            shape.set_fill(_hex(warm + (white - warm) * pale), opacity=opacity)
            shape.ground_depth = depth
            self.add(shape)
        self._opacities = [opacity for _, opacity, _ in _SHAPES]
        self.add_updater(lambda _, dt: self._pass(dt))
        self.refresh()

    def become_lamp(self, across: float, up: float, bright: float = 0.5, run_time: float = 1.0) -> UpdateFromAlphaFunc:
        """Animate: it becomes the light of a lamp so many scene units wide and high, and so bright."""
        start, end = self._form, _Form(across / 2, up / 2, bright)

        def to(_: Mobject, alpha: float) -> None:
            pairs = zip(vars(start).values(), vars(end).values(), strict=True)
            self._form = _Form(*(one + (other - one) * alpha for one, other in pairs))
            self.refresh()

        return UpdateFromAlphaFunc(self, to, run_time=run_time, rate_func=theme.ease)

    def refresh(self) -> None:
        """Lay its shapes as large and as bright as it is now."""
        steady = 1 + _UNSTEADY * sum(np.sin(2 * np.pi * rate * self._clock + rate) for rate in _RATES) / len(_RATES)
        for shape, (size, _, _), opacity in zip(self.submobjects, _SHAPES, self._opacities, strict=True):
            axes = np.array([self._form.across * size, self._form.up * size, 0.0]) * steady
            shape.lay(
                self._round * axes + self._place,
                middle=self._place + np.array([[0, 0, 0], [axes[0], 0, 0], [0, axes[1], 0]]),
            )
            shape.set_fill(opacity=min(opacity * self._form.bright * steady, 1.0))

    def _pass(self, seconds: float) -> None:
        self._clock += seconds
        self.refresh()


def _hex(rgb: ArrayLike) -> str:
    return "#" + "".join(f"{round(255 * float(part)):02x}" for part in np.asarray(rgb))
