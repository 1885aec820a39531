"""Hiker: a figure with boots, a pack and a lantern, that stands on recorded ground."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from manim import Circle, Polygon, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from scenes.engine.drawing.raster import GroundDepth
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk
from scenes.parts.live_value import live
from scenes.theme import theme

#: World height of the figure.
TALL = 0.62
#: Ground this much nearer than the boots is still the ground they stand on.
FOOTING = 0.45

Point = tuple[float, float]


class Hiker(VGroup):
    """A figure on a `Mountain`, where some coefficients are.

    Parameters
    ----------
    mountain
        The ground; of a walk, that of the walk.
    place
        The coefficients ``(2,)`` where it is; or a function that gives the present ones, and perhaps a third number:
        how high above the ground the boots are (world units; above 0 only in a leap).
    walk
        The `Walk` that it follows, in place of ``mountain`` and ``place``.
    coat
        Colour of the coat.
    size
        How many times the usual height.

    Raises
    ------
    TypeError
        Neither a walk nor a mountain with a place is given, or both.

    Examples
    --------
    A hiker who stands still, and one who walks::

        mountain = Mountain(library.landscape("mountain"))
        walk = Walk(recording("right"), mountain)
        self.add(mountain, Hiker(mountain, (1.0, 2.0)), Hiker(walk=walk, coat=theme.too_small))
        self.play(walk.to(20, run_time=1))
    """

    def __init__(
        self,
        mountain: Mountain | None = None,
        place: ArrayLike | Callable[[], ArrayLike] | None = None,
        *,
        walk: Walk | None = None,
        coat: str | None = None,
        size: float = 1.0,
    ) -> None:
        super().__init__()
        if walk is not None and mountain is None and place is None:
            mountain, place = walk.mountain, walk.pose
        elif walk is not None or mountain is None or place is None:
            raise TypeError("a hiker needs a walk, Hiker(walk=walk), or a mountain and a place, Hiker(mountain, place)")
        self.mountain = mountain
        self._place = live(place)
        #: The walk that the hiker follows, if any.
        self.walk = walk
        self.size = size
        self.facing = 1.0
        self.stride = 0.0
        self._last: NDArray[np.float64] | None = None
        self._drawn: Any = None
        self.ground_depth = GroundDepth(mountain)
        self._build(coat or theme.coat)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def place(self) -> tuple[float, float, float]:
        """The present coefficients, and how high above the ground the boots are, in world units."""
        x, y, lift = [*(float(number) for number in np.asarray(self._place(), dtype=float)), 0.0][:3]
        return x, y, lift

    def reading(self) -> ArrayLike:
        """``(2,)`` or ``(3,)``, the present place, as it was given."""
        return cast(ArrayLike, self._place())

    def feet(self) -> NDArray[np.float64]:
        """``(3,)``, the scene point between the boots."""
        x, y, lift = self.place()
        return self.mountain.point(x, y, lift)

    def drawn_feet(self) -> NDArray[np.float64]:
        """``(3,)``, the scene point between the boots as they are drawn, whatever was done to the figure."""
        outlines, drawn = np.concatenate(self._outlines), np.concatenate([shape.points for shape in self.submobjects])
        flat = np.column_stack([outlines[:, :2], np.ones(len(outlines))])
        return np.asarray(np.linalg.lstsq(flat, drawn, rcond=None)[0][2])

    @property
    def coat(self) -> str:
        """``#rrggbb``, the colour of the coat as it is drawn."""
        return str(self._coat.get_fill_color().to_hex())

    @property
    def is_seen(self) -> bool:
        """Whether the figure is drawn: no ridge hides all of it."""
        return bool(self.submobjects[-1].get_fill_opacity() > 0)

    def refresh(self) -> None:
        """Draw the figure where it is now, as the present shot shows it."""
        x, y, lift = self.place()
        key = (x, y, lift, self.mountain.framing)
        if key == self._drawn:
            return
        self._drawn = key
        # The ground is asked once: this is run in every frame.
        ground, camera = self.mountain.world(x, y), self.mountain.camera()
        feet = self.mountain.on_screen(ground + [0, 0, lift])
        if self._last is not None:
            across = feet[0] - self.mountain.on_screen(self._last)[0]
            if abs(across) > 1e-4:
                self.facing = 1.0 if across > 0 else -1.0
            self.stride += np.hypot(*(ground - self._last)[:2]) * 9 / self.size if lift <= 0 else 0
        self._last = ground

        depth = float(camera.project(ground)[2])
        scale = self.mountain.scale_in(depth) * TALL * self.size
        slope = self.mountain.tilt(x, y)
        steep = float(np.dot(slope, camera.right)) * self.facing
        lean = float(np.clip(steep * 0.16, -0.14, 0.14))
        turn = np.array([[np.cos(lean), -np.sin(lean)], [np.sin(lean), np.cos(lean)]])
        self.ground_depth.stands, self.ground_depth.depth = depth, depth - FOOTING * self.size
        # As long as the hat shows there is something to draw; what ground hides of it, the camera leaves out.
        shown = 1.0 if self.mountain.seen(ground + [0, 0, lift + TALL * self.size]) else 0.0
        self._swing(np.cos(self.stride) * 0.15 if lift <= 0 else 0.24)
        for shape, outline in zip(self.submobjects, self._outlines, strict=True):
            points = outline.copy()
            points[:, :2] = points[:, :2] @ turn.T
            points[:, 0] *= self.facing
            shape.points = points * scale + feet
            if shape.fill_rgbas[0, 3] != shape.own_opacity * shown:
                shape.set_opacity(shape.own_opacity * shown)

    def _build(self, coat: str) -> None:
        """Make the shapes of the figure, one unit tall, the boots at (0, 0)."""
        things = theme.things
        shapes: list[tuple[VMobject, str, float]] = []

        def add(shape: VMobject, colour: str, opacity: float = 1.0) -> None:
            shapes.append((shape, colour, opacity))

        add(Circle(radius=0.30).shift([0.30, 0.66, 0]), things.lamplight, 0.13)
        add(Circle(radius=0.17).shift([0.30, 0.66, 0]), things.lamplight, 0.22)
        self._legs = []
        for _ in range(2):
            self._legs.append(len(shapes))
            add(_blob([(-0.05, 0.44), (0.05, 0.44), (0.05, 0), (-0.05, 0)]), things.trousers)
            add(_blob([(-0.06, 0.07), (0.05, 0.07), (0.12, 0), (-0.06, 0)]), things.boots)
        add(_blob([(-0.31, 0.47), (-0.29, 0.79), (-0.08, 0.81), (-0.08, 0.46)], 0.35), things.pack)
        add(_blob([(-0.14, 0.36), (0.14, 0.36), (0.12, 0.76), (-0.09, 0.79)], 0.3), coat)
        add(_blob([(0.285, 0.94), (0.315, 0.94), (0.275, 0.0), (0.25, 0.0)]), things.staff)
        add(_blob([(0.02, 0.74), (0.09, 0.68), (0.30, 0.57), (0.27, 0.51), (0.05, 0.58)], 0.2), coat)
        add(Circle(radius=0.09).shift([0.045, 0.875, 0]), things.skin)
        add(_blob([(-0.075, 0.90), (-0.05, 1.0), (0.08, 1.01), (0.14, 0.905)], 0.35), things.hat)
        add(_blob([(0.25, 0.58), (0.35, 0.58), (0.36, 0.71), (0.24, 0.71)], 0.25), things.lantern)
        self._coat = next(shape for shape, colour, _ in shapes if colour == coat)
        for shape, colour, opacity in shapes:
            glow = opacity < 1
            shape.set_fill(colour, 1).set_stroke(things.outline, 0 if glow else 1.2, opacity=0 if glow else 1)
            shape.own_opacity = opacity
            shape.ground_depth = self.ground_depth
            self.add(shape)
        self._outlines = [shape.points.copy() for shape, _, _ in shapes]

    def _swing(self, reach: float) -> None:
        """Set the legs a stride apart."""
        hip = np.array([0.0, 0.42])
        for index, side in zip(self._legs, (-1, 1), strict=True):
            foot = np.array(
                [
                    side * (reach + 0.035 * np.sign(reach or 1)),
                    max(0.0, 0.06 * side * np.sign(reach) * abs(reach) * 4),
                ]
            )
            w = 0.052
            leg = [
                (hip[0] - w, hip[1]),
                (hip[0] + w, hip[1]),
                (foot[0] + w * 0.8, foot[1]),
                (foot[0] - w * 0.8, foot[1]),
            ]
            self._outlines[index] = _outline(leg)
            fx, fy = foot
            self._outlines[index + 1] = _outline(
                [
                    (fx - 0.065, fy + 0.09),
                    (fx + 0.05, fy + 0.09),
                    (fx + 0.13, fy - 0.005),
                    (fx - 0.07, fy - 0.005),
                ]
            )


def _outline(corners: list[Point]) -> NDArray[np.float64]:
    """``(4 n, 3)``, the points of a `Polygon` with these corners."""
    here = np.column_stack([corners, np.zeros(len(corners))])
    there = np.roll(here, -1, axis=0)
    return np.stack([here + (there - here) * fraction for fraction in (0, 1 / 3, 2 / 3, 1)], axis=1).reshape(-1, 3)


def _blob(corners: list[Point], round_by: float = 0.0) -> VMobject:
    """A polygon with rounded corners."""
    shape = Polygon(*((x, y, 0) for x, y in corners))
    if round_by:
        shape.round_corners(round_by * 0.3)
    return shape
