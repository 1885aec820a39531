"""Hiker: a figure with boots, a pack and a lantern, that stands on recorded ground."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from manim import VGroup
from numpy.typing import ArrayLike, NDArray

from scenes.engine.drawing.raster import GroundDepth
from scenes.parts.ground.hiker.acting import Acting
from scenes.parts.ground.hiker.body import Body, Spot
from scenes.parts.ground.hiker.gait import Gait
from scenes.parts.ground.hiker.outline import Points
from scenes.parts.ground.hiker.skeleton import HALF_SOLE
from scenes.parts.ground.hiker.wardrobe import Wardrobe
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk
from scenes.parts.live_value import live
from scenes.theme import theme

#: World height of the figure.
TALL = 0.62
#: Ground this much nearer than the boots is still the ground they stand on.
FOOTING = 0.45
#: How far behind him the pack is set down and before him the lantern, and how far the shadow reaches: in heights of
#: the figure.
_BEHIND, _BEFORE, _SHADOW = 0.28, 0.36, 0.32
#: Directions round the shadow.
_ROUND = np.exp(2j * np.pi * np.arange(12) / 12)
#: World distance to the side by which he must go the other way before he turns round; and seconds that it takes.
_TURN, _TURNING = 0.04, 0.22
#: The drawn height, in pixels, below which breath and the like are not seen; the longest moment, in seconds; pixels
#: of 1080p in a scene unit.
_TINY, _MOMENT, _PIXELS = 92.0, 0.25, 135.0
#: Seconds from one drawing of somebody who rests to the next; and of a frame, where nothing tells them.
_PACE, _FRAME = 1 / 20 - 1e-6, 1 / 60


class Hiker(Acting, VGroup):
    """A figure on a `Mountain`, where some coefficients are.

    Each boot is on its own ground. Boots are planted and lifted by the distance that is walked, so they do not slide;
    who comes to a halt comes to stand. He faces where he goes. In a leap he soars and comes down as high as the walk
    says; `crouch`, `rest` and the like, which are animations, say what no recording does.

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
    A hiker who stands still, and one who walks and then sits down::

        mountain = Mountain(library.landscape("mountain"))
        walk = Walk(recording("right"), mountain)
        hiker = Hiker(walk=walk, coat=theme.too_small)
        self.add(mountain, Hiker(mountain, (1.0, 2.0)), hiker)
        self.play(walk.to(20, run_time=1))
        self.play(hiker.rest(run_time=1))
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
        #: 1 if he faces to the right in the picture, -1 to the left.
        self.facing = 1.0
        #: Where the boots are planted.
        self.gait = Gait(TALL * size)
        self._body = Body()
        self._wandered = 0.0
        self._since_turn = np.inf
        self._scale = 1.0
        self._last: complex | None = None
        self._time = mountain.clock
        self._drawn: Any = None
        self._feet = np.zeros(3)
        self.ground_depth = GroundDepth(mountain)
        self._wardrobe = Wardrobe(coat or theme.coat, mountain.terrain.material.sun)
        for piece in self._wardrobe.pieces:
            piece.ground_depth = self.ground_depth
            self.add(piece)
        self._coat = self._wardrobe.piece("coat")
        self._look_ahead()
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def resume_updating(self, recursive: bool = True) -> Hiker:
        """As manim's own, but drawn anew only in the next frame: a fade that ends still has to count his shapes."""
        self.updating_suspended = False
        if recursive:
            for shape in self.submobjects:
                shape.resume_updating(recursive)
        return self

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
        outlines, drawn = self._laid, self._coat.points
        if np.array_equal(outlines, drawn):
            return self._feet.copy()
        # Of what was done to the coat: it was moved, turned or stretched.
        flat = np.column_stack([outlines[:, :2] - self._feet[:2], np.ones(len(outlines))])
        return np.asarray(np.linalg.lstsq(flat, drawn, rcond=None)[0][2])

    def soles(self) -> NDArray[np.float64]:
        """``(2, 2, 3)``, the scene points of heel and toe of the nearer boot and of the farther one, as drawn."""
        return self._to_scene(np.array(self._body.soles()))

    @property
    def coat(self) -> str:
        """``#rrggbb``, the colour of the coat as it is drawn, between its lit side and its shaded one."""
        red, green, blue = (round(255 * float(part)) for part in self._coat.fill_rgbas[1, :3])
        return f"#{red:02X}{green:02X}{blue:02X}"

    @property
    def is_seen(self) -> bool:
        """Whether the figure is drawn: no ridge hides all of it."""
        return bool(self._coat.fill_rgbas[0, 3] > 0)

    def refresh(self) -> None:
        """Draw the figure where it is now, as the present shot shows it."""
        if self.updating_suspended:
            return  # while it fades it stays as it is: manim counts what has points
        x, y, lift = self.place()
        mountain, acts = self.mountain, self.acts()
        now = mountain.clock
        dt = min(max(now - self._time, 0.0), _MOMENT)
        key = (x, y, lift, mountain.framing, acts)
        rests = self.gait.is_still and self._since_turn > _TURNING
        # Breath is slow, and from afar nobody sees it: who rests need not be drawn in every frame.
        pace = 0.0 if not rests else _PACE if self._wardrobe.height > _TINY else np.inf
        if key == self._drawn and 0 <= now - self._time <= pace:
            return
        if now == self._time and self._drawn is not None and key[:3] != self._drawn[:3]:
            dt = _FRAME  # over ground that is held still no clock goes; but he has moved
        self._drawn, self._time = key, now
        right = complex(*mountain.camera().right)
        here = complex(x * mountain.scale_of.east, y * mountain.scale_of.north)
        self._turn(here, right, dt)
        crouch, rest, pack = acts
        self.gait.advance(here, dt, right * self.facing, right * -1j, flies=lift > 0, sits=rest)
        spot, shown = self._spot(here, right, lift)
        self._body.pose(spot, self.gait, dt, crouch=crouch, rest=rest, pack=pack)
        sun = mountain.terrain.material.sun_from
        sunward = 0.85 if sun[0] * right.real + sun[1] * right.imag >= 0 else -0.85
        self._wardrobe.dress(
            self._body,
            self._to_scene,
            tall=self._scale * _PIXELS,
            sun=complex(sunward * self.facing, 0.55),
            shown=shown,
        )
        self._laid = self._coat.points.copy()

    def _spot(self, here: complex, right: complex, lift: float) -> tuple[Spot, bool]:
        """The ground under him as the present shot shows it, and whether any of him is seen."""
        mountain, tall, side = self.mountain, TALL * self.size, right * self.facing
        near, far, staff = (footing.place for footing in self.gait.footings)
        half, sun = side * HALF_SOLE * tall, complex(*mountain.terrain.material.sun_from[:2])
        # The shadow is a little longer away from the sun.
        away = -sun / max(abs(sun), 1e-6)
        around = away * (_ROUND.real + 0.68j * _ROUND.imag + 0.16) * _SHADOW * tall
        # The ground is asked once, for all that touches it: this is run in every frame.
        places = np.array(
            [
                here,
                *(near - half, near + half, far - half, far + half),
                *(staff, here - side * _BEHIND * tall, here + side * _BEFORE * tall),
                *(here + around),
            ]
        )
        ground = mountain.world(places.real / mountain.scale_of.east, places.imag / mountain.scale_of.north)
        depth = float(mountain.camera().project(ground[0])[2])
        self._scale = mountain.scale_in(depth) * tall
        self.ground_depth.stands, self.ground_depth.depth = depth, depth - FOOTING * self.size
        seen = mountain.on_screen(np.concatenate([ground, ground[:1] + [0, 0, lift]]))
        self._feet = seen[-1]
        flat = (seen[:-1, 0] - self._feet[0] + 1j * (seen[:-1, 1] - self._feet[1])) / self._scale
        if self.facing < 0:
            flat = -flat.conj()
        # As long as the hat shows there is something to draw; what ground hides of it, the camera leaves out.
        shown = bool(mountain.seen(ground[0] + [0, 0, lift + tall]))
        boots = ((flat[1], flat[2]), (flat[3], flat[4]))
        return Spot(boots, flat[5], flat[6], flat[7], flat[8:], lift / tall), shown

    def _to_scene(self, points: Points) -> NDArray[np.float64]:
        """``(…, 3)``, scene points of points of the figure."""
        scene = np.zeros((*points.shape, 3))
        across = points.real
        if self._since_turn < _TURNING:
            # He turns round on his heels: narrow, then a little too broad.
            t = self._since_turn / _TURNING
            narrow = 0.6 * (1 - t) ** 2 - 0.1 * np.sin(np.pi * t)
            across = across * (1 - narrow * np.clip((points.imag - 0.1) / 0.3, 0, 1))
        scene[..., 0] = self._feet[0] + self.facing * self._scale * across
        scene[..., 1] = self._feet[1] + self._scale * points.imag
        return scene

    def _turn(self, here: complex, right: complex, dt: float) -> None:
        """Face where he goes: after some way to the other side, not at once."""
        self._since_turn += dt
        if self._last is not None:
            step = here - self._last
            across = (step * right.conjugate()).real * self.facing
            self._wandered = min(self._wandered + across, 0.0)
            # What leads toward the eye or away from it turns nobody round.
            if self._wandered < -_TURN * self.size and -across > 0.15 * abs(step):
                self._face(-self.facing)
        self._last = here

    def _face(self, facing: float) -> None:
        self.facing, self._wandered = facing, 0.0
        self._since_turn = 0.0
        self._body.turn_round()

    def _look_ahead(self) -> None:
        """Before the first step he faces where the walk will go."""
        if self.walk is None:
            return
        row = min(self.walk.row, self.walk.trajectory.steps)
        ahead = (self.walk.positions[row:] - self.walk.positions[row]) * self.mountain.scale_of.ground
        across = ahead @ self.mountain.camera().right
        far = np.flatnonzero(np.abs(across) > _TURN)
        if len(far) and across[far[0]] < 0:
            self.facing = -1.0
