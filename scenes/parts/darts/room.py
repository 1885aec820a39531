"""DartRoom: a wall with a dartboard that nobody sees until the light goes on, and darts that are thrown at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Mobject, UpdateFromAlphaFunc, color_to_rgb, config, linear
from numpy.typing import NDArray

from descent_core.catalogue.darts.throw import AWAY, BULL, RELEASED
from scenes.engine.dartboard.darts import paint_darts
from scenes.engine.dartboard.light import LAMP_AT, LAMPLIGHT, Glow, add_glows, add_lamp, finished, lit
from scenes.engine.dartboard.surfaces import surfaces
from scenes.engine.dartboard.table import add_table
from scenes.engine.dartboard.view import WallView, on_wall
from scenes.parts.darts.rings import Ring, Shining
from scenes.parts.darts.thrown import Round, Thrown
from scenes.parts.look import Look, Looked
from scenes.theme import slowing, theme

#: How long the wall still rings where a dart has landed, in seconds; how far, in scene units a second, and how wide.
_RINGS, _SPREADS, _RIPPLE = 0.30, 2.6, 0.013
#: By how much the flame of the lamp at the hand is unsteady, and how many times a second it is another.
_UNSTEADY, _FLICKERS = 0.14, 15
#: Its waves: radians a second and what part of it each is. It breathes slowly, as oil burns, and trembles a little.
_WAVES = ((1.9, 0.55), (4.3, 0.30), (9.1, 0.15))
#: Parts of the way after which a dart has left the light of the lamp at the hand.
_IN_THE_LIGHT = 0.20
#: How opaque darts are, at least, whose rounds are heard.
_HEARD = 0.3
#: Where a shadow lies of what is a centimetre before the wall.
_SHADOW_WAY = (0.09, -0.52)


@dataclass(frozen=True)
class RoomLook(Look):
    """How the room is seen, and lit.

    Attributes
    ----------
    x, y
        The point of the wall in the middle of the frame: centimetres right of straight ahead, and above the floor.
    span
        Centimetres of the wall for a scene unit.
    lamp, spot
        How bright the lamp at the hand is, and that over the board, from 0 to 1.
    ambient
        How much light falls on all of the wall, from 0 to 1.
    size
        How many times as large darts are drawn as they are.

    Examples
    --------
    From all of the wall to the board alone::

        room = DartRoom(RoomLook(spot=1.0))
        self.add(room)
        self.play(room.change_look(x=62.0, y=148.0, span=9.5, run_time=1))
    """

    proportional = ("span",)
    framing = ("x", "y", "span")

    x: float = 0.0
    y: float = 158.0
    span: float = 25.0
    lamp: float = 0.0
    spot: float = 0.0
    ambient: float = 0.0
    size: float = 2.2


class DartRoom(Looked):
    """A dark room, seen from behind the thrower. It takes the whole frame.

    The board hangs where the recorded losses have their lowest point: it is there from the beginning, and seen as far
    as light falls on it.

    Parameters
    ----------
    look
        How it is seen at first.

    Attributes
    ----------
    look
        How it is seen; `change_look` animates it.
    darts, rings
        What is thrown, and what glows round it: a scene puts them in.
    thuds
        Where each dart that has landed is seen, from -1 at the left edge of the frame to 1 at the right: for whoever
        listens.

    Examples
    --------
    A dart is thrown in the dark, and a ring grows where the bull may be; then the light goes on::

        throw = recording("throw-1")
        room, dart = DartRoom(RoomLook(lamp=1.0)), Thrown(throw.coeffs[:1])
        room.darts.append(dart)
        self.add(room)
        self.play(room.throw(dart, run_time=0.5))
        self.play(room.grow(room.ring_round(dart, throw.losses[0]), run_time=0.8))
        self.play(room.change_look(spot=1.0, run_time=0.5))
    """

    def __init__(self, look: RoomLook | None = None) -> None:
        super().__init__()
        self.look = look or RoomLook()
        self.darts: list[Thrown] = []
        self.rings: list[Shining] = []
        self.thuds: list[float] = []
        self._rounds: dict[Round, int] = {}
        self.clock = 0.0
        page = np.asarray(color_to_rgb(theme.page), np.float32)
        self._page, self._by_day = page, bool(page.mean() > 0.5)
        self._planks = np.asarray([color_to_rgb(code) for code in theme.things.planks], np.float32)
        self._surfaces: tuple[Any, NDArray[np.float32]] | None = None
        self._painted: tuple[Any, NDArray[np.uint8]] | None = None
        self.add_updater(lambda _, dt: self._pass(dt))

    # Where things are.

    def place(self, x: float, y: float, away: float = 0.0) -> NDArray[np.float64]:
        """``(3,)``, the scene point where a point of the wall is seen, or one that is ``away`` from it; centimetres."""
        across, up = on_wall([x, y, away])
        unit = self.look.span
        return np.array([(across - self.look.x) / unit, (up - self.look.y) / unit, 0.0]) + self.get_center()

    def bull(self) -> NDArray[np.float64]:
        """``(3,)``, the scene point where the bull hangs."""
        return self.place(*BULL)

    def length(self, centimetres: float) -> float:
        """Scene units of so many centimetres of the wall."""
        return centimetres / self.look.span

    def centimetres(self, line: Any) -> float:
        """How long a line is on the wall that it is drawn over."""
        return float(np.linalg.norm(line.get_end() - line.get_start())) * self.look.span

    # What happens.

    def throw(self, darts: Thrown, run_time: float = 0.5, rate_func: Any = linear) -> UpdateFromAlphaFunc:
        """Animate: ``darts`` fly from the hand into the wall, in ``run_time`` seconds."""

        def to(_: Mobject, alpha: float) -> None:
            darts.fraction = float(alpha)
            if alpha >= 1 and darts.landed is None:
                darts.landed = self.clock
                self.thud(darts)

        return UpdateFromAlphaFunc(self, to, run_time=run_time, rate_func=rate_func)

    def thud(self, darts: Thrown) -> None:
        """Let it be heard that ``darts`` have landed."""
        across = self.place(*darts.landings().mean(axis=0))[0] / (config.frame_width / 2)
        self.thuds.append(float(np.clip(across, -1, 1)))

    def ring_round(self, darts: Thrown, score: float, **changes: Any) -> Ring:
        """A ring round the middle of ``darts``, as wide as their score; it is in the room, and has not grown yet.

        Parameters
        ----------
        score
            In centimetres, recorded.
        **changes
            Fields of `Ring`.
        """
        x, y = darts.landings().mean(axis=0)
        ring = Ring(float(x), float(y), float(score), changes.pop("colour", theme.loss), **changes)
        self.rings.append(ring)
        return ring

    def grow(self, ring: Ring, run_time: float = 1.2) -> UpdateFromAlphaFunc:
        """Animate: a ring grows from its middle to its full size, at once and then more slowly."""
        return self.change(lambda part: setattr(ring, "grown", part), run_time, slowing)

    def fade(self, *things: Thrown | Shining, to: float = 0.0, run_time: float = 0.4) -> UpdateFromAlphaFunc:
        """Animate how much of darts and rings is seen, from 0 to 1."""
        names = ["seen" if isinstance(thing, Thrown) else "strength" for thing in things]
        before = [float(getattr(thing, name)) for thing, name in zip(things, names, strict=True)]

        def set_to(part: float) -> None:
            for thing, name, start in zip(things, names, before, strict=True):
                setattr(thing, name, start + (to - start) * part)

        return self.change(set_to, run_time)

    def change(self, set_to: Callable[[float], None], run_time: float, rate_func: Any = None) -> UpdateFromAlphaFunc:
        """Animate whatever ``set_to`` does with a part from 0 to 1."""
        return UpdateFromAlphaFunc(
            self, lambda _, alpha: set_to(float(alpha)), run_time=run_time, rate_func=rate_func or theme.ease
        )

    def _pass(self, seconds: float) -> None:
        self.clock += seconds
        for darts in self.darts:
            if not isinstance(darts, Round) or not darts.hops or darts.seen < _HEARD:
                continue
            row = darts.progress.row
            if row > self._rounds.get(darts, row):
                self.thud(darts)
            self._rounds[darts] = row

    # How it is painted.

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the room as it is now."""
        key = (size, self._state())
        if self._painted is None or self._painted[0] != key:
            self._painted = key, self._picture(size)
        return self._painted[1]

    def picture_key(self) -> Any:
        """See `Raster.picture_key`."""
        return self.pixels, self._state()

    def _state(self) -> Any:
        """All that its picture is made of."""
        thrown = tuple(
            (darts.tips().tobytes(), darts.ways(self.clock).tobytes(), darts.seen, darts.shine, darts.colour)
            for darts in self.darts
        )
        return self.look, thrown, self._shining(), self._ringing(), self._flame()

    def _flame(self) -> float:
        """How bright the lamp at the hand is just now: its flame is never still."""
        if self.look.lamp <= 0:
            return 0.0
        tick = np.floor(self.clock * _FLICKERS + 1e-6) / _FLICKERS
        wavers = sum(part * np.sin(rate * tick + rate) for rate, part in _WAVES)
        return self.look.lamp * (1 + _UNSTEADY * float(wavers))

    def _shining(self) -> tuple[Glow, ...]:
        """What glows by itself."""
        return tuple(glow for ring in self.rings for glow in ring.glows())

    def _ringing(self) -> tuple[Glow, ...]:
        """Where darts have just landed: a ripple, as light as the wall rings."""
        glows = []
        red, green, blue = (float(part) for part in color_to_rgb(theme.quiet))
        for darts in self.darts:
            since = np.inf if darts.landed is None else self.clock - darts.landed
            strength = 0.75 * float(np.exp(-since / _RINGS)) * darts.seen
            if strength > 0.01:
                reach = (0.06 + _SPREADS * since) * self.look.span
                for x, y in darts.landings():
                    glows.append(Glow(x, y, reach, _RIPPLE * self.look.span, strength, (red, green, blue), 3.0))
        return tuple(glows)

    def _picture(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        look = self.look
        view = WallView(look.x, look.y, size[1] / self.height / look.span, size)
        lamp = LAMPLIGHT if not self._by_day else 0.8 * LAMPLIGHT + 0.2
        picture = lit(
            self._seen_surfaces(view),
            view,
            self._page,
            bull=BULL,
            spot=look.spot,
            ambient=look.ambient,
            lamp=lamp,
        )
        flame = self._flame()
        add_table(picture, self._planks, lamp, flame)
        add_lamp(picture, view, (0.0, RELEASED - 6, AWAY), flame * 0.30)
        for darts in self.darts:
            self._add(picture, view, darts)
        add_glows(picture, view, [*self._shining(), *self._ringing()])
        return finished(picture)

    def _seen_surfaces(self, view: WallView) -> NDArray[np.float32] | None:
        if self.look.spot <= 0.002 and self.look.ambient <= 0.002:
            return None
        if self._surfaces is None or self._surfaces[0] != view:
            self._surfaces = view, surfaces(view, BULL, (LAMP_AT[0] / LAMP_AT[1], 1.0), self._planks)
        return self._surfaces[1]

    def _add(self, picture: NDArray[np.float32], view: WallView, darts: Thrown) -> None:
        """Paint some darts, in the light that falls on them."""
        if darts.seen <= 0.003:
            return
        tips, look = darts.tips(), self.look
        from_bull = np.linalg.norm((tips[:, :2] - BULL) / 78.0, axis=1)
        floor = 0.88 if self._by_day else 0.66
        light = floor + look.spot * 0.75 / (1 + from_bull**4) + 0.9 * look.ambient + darts.shine
        light = light + look.lamp * np.exp(-((darts.fraction / _IN_THE_LIGHT) ** 2))
        # On its way through the dark nothing is seen of it.
        way = darts.fraction
        dark = 1.0 if look.spot > 0.3 else 1 - 0.93 * float(np.clip((way - 0.16) / 0.2, 0, 1) * (way < 1))
        paint_darts(
            picture,
            view,
            tips,
            darts.ways(self.clock),
            size=look.size,
            colours=np.asarray(color_to_rgb(darts.colour), np.float32),
            light=np.minimum(light, 1.0),
            seen=darts.seen * dark,
            shadow=0.95 * max(look.spot, look.ambient),
            shadow_way=_SHADOW_WAY,
            roll=darts.roll + 0.7 * np.arange(len(tips)),
        )
