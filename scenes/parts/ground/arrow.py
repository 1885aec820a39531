"""GroundArrow: an arrow that lies on the ground of a mountain, and ArrowRole: what it shows."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

import numpy as np
from manim import Polygon, VGroup
from numpy.typing import ArrayLike, NDArray

from scenes.engine.drawing.raster import GroundDepth
from scenes.engine.terrain.scale import RELIEF
from scenes.parts.ground.mountain import Mountain
from scenes.parts.live_value import live
from scenes.theme import theme

Vector = ArrayLike | Callable[[], ArrayLike]

#: Ground this much nearer than either end of an arrow is still the ground that it lies on.
FOOTING = 0.45


class ArrowRole(Enum):
    """What an arrow shows of a recorded step. Each role has its colour through all films.

    Examples
    --------
    The slope where a run begins, and the way down::

        run = recording("right")
        mountain = Mountain(library.landscape("mountain"))
        self.add(mountain)
        for role, sign in ((ArrowRole.UPHILL, 4), (ArrowRole.DOWNHILL, -4)):
            self.add(GroundArrow(mountain, run.coeffs[4], sign * run.slopes[4], role))
    """

    UPHILL = "uphill"
    """The slope: where the loss rises fastest."""
    DOWNHILL = "downhill"
    """Minus the slope: where it falls fastest."""
    HELD = "held"
    """Minus what ``.grad`` held: where the step really went."""

    @property
    def colour(self) -> str:
        """Its colour in the present theme."""
        return {
            ArrowRole.UPHILL: theme.uphill,
            ArrowRole.DOWNHILL: theme.downhill,
            ArrowRole.HELD: theme.stale,
        }[self]


class GroundArrow(VGroup):
    """An arrow in the plane that touches the ground, along a vector of the coefficients.

    Parameters
    ----------
    mountain
        The ground.
    place
        The coefficients it starts from, ``(2,)``, or a function that gives the present one.
    vector
        Its direction and length over the ground, ``(2,)`` in units of the coefficients, or a function that gives it.
    role
        What it shows, which decides its colour and what it is checked against; or a colour, for an arrow that shows
        nothing recorded.
    width
        Half the width of its shaft, in world units.
    only_direction
        Whether its length means nothing. All other arrows of a walk are on one scale: their length over the slope, or
        whatever they show, is the same.
    touches
        Where its plane touches the ground, ``(2,)``; by default where it starts. Arrows that are added up, tip to
        tail, lie in one plane.

    Attributes
    ----------
    role
        Its `ArrowRole`; None for an arrow that shows nothing recorded.

    Examples
    --------
    The way down from where a walk begins, as long as the slope is steep::

        run = recording("right")
        mountain = Mountain(library.landscape("mountain"))
        self.add(mountain, GroundArrow(mountain, run.coeffs[4], -4 * run.slopes[4], ArrowRole.DOWNHILL))
    """

    def __init__(
        self,
        mountain: Mountain,
        place: Vector,
        vector: Vector,
        role: ArrowRole | str,
        width: float = 0.07,
        *,
        only_direction: bool = False,
        touches: ArrayLike | None = None,
    ) -> None:
        super().__init__()
        self._touches = None if touches is None else np.asarray(touches, dtype=float)
        self.role = role if isinstance(role, ArrowRole) else None
        self.only_direction = only_direction
        self.mountain, self._place, self._vector, self._width = mountain, live(place), live(vector), width
        self.shape = Polygon(
            [0, 0, 0],
            [1, 0, 0],
            [0, 1, 0],
            fill_color=role.colour if isinstance(role, ArrowRole) else role,
            fill_opacity=1,
            stroke_color=theme.things.outline,
            stroke_width=1.5,
        )
        self.ground_depth = self.shape.ground_depth = GroundDepth(mountain)
        self.shape.lies_on_ground = True
        self.add(self.shape)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Draw it where it starts now, as the present shot shows it."""
        x, y = self._start()
        tip = np.asarray(self._vector(), dtype=float) + (x, y)
        self.ground_depth.depth = min(self.mountain.depth_at(x, y), self.mountain.depth_at(*tip)) - FOOTING
        corners = self._outline()
        self.shape.set_points_as_corners([*corners, corners[0]])

    def _start(self) -> tuple[float, float]:
        x, y = np.asarray(self._place(), dtype=float)
        return float(x), float(y)

    def _outline(self) -> NDArray[np.float64]:
        """``(7, 3)``, the scene points of its corners; the fourth is the tip."""
        x, y = self._start()
        vector = np.asarray(self._vector(), dtype=float) * self.mountain.scale_of.ground
        length = float(np.hypot(*vector))
        if length < 1e-6:
            return np.repeat(self.mountain.points_at([[x, y]], 0.03), 7, axis=0)
        along = vector / length
        side = np.array([-along[1], along[0]])
        w = self._width
        head = min(3.4 * w, length)
        neck = length - head
        flat = np.array(
            [
                side * w,
                along * neck + side * w,
                along * neck + side * 2.5 * w,
                along * length,
                along * neck - side * 2.5 * w,
                along * neck - side * w,
                -side * w,
            ]
        )
        start = self.mountain.world(x, y)
        touches = (x, y) if self._touches is None else self._touches
        foot, tilt = self.mountain.world(*touches), self.mountain.tilt(*touches)
        height = foot[2] + ((flat + start[:2] - foot[:2]) @ tilt) * RELIEF + 0.03
        world = np.column_stack([start[0] + flat[:, 0], start[1] + flat[:, 1], height])
        return self.mountain.on_screen(world)

    def tip(self) -> NDArray[np.float64]:
        """``(3,)``, the scene point of its tip."""
        return self._outline()[3]
