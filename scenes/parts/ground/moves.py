"""How the ground moves before the viewer: the eye goes elsewhere, the fog changes, the land rises out of its map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import cos
from typing import Any

from manim import TAU, UpdateFromAlphaFunc, linear

from scenes.engine.drawing.raster import Raster
from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import CameraPath, Shot, above_ground, picture_shift
from scenes.theme import theme

#: Pixels of motion that nobody sees.
_UNSEEN = 0.8


class Flight(UpdateFromAlphaFunc):
    """The eye of a `scenes.parts.ground.mountain.Mountain` goes elsewhere: see `GroundMoves.fly`."""


class FogChange(UpdateFromAlphaFunc):
    """The fog of a `scenes.parts.ground.mountain.Mountain` becomes another: what `change_fog` gives."""


class Rise(UpdateFromAlphaFunc):
    """The land of a `scenes.parts.ground.mountain.Mountain` rises out of its map: what `rise` gives."""


class Sway(UpdateFromAlphaFunc):
    """The air of a `scenes.parts.ground.mountain.Mountain` goes forth and back: what `sway` gives."""


class GroundMoves(Raster):
    """The animations of a `scenes.parts.ground.mountain.Mountain`."""

    terrain: BakedTerrain
    shot: Shot
    fog: Fog
    relief = 1.0
    clock: float
    _flies = _rises = False

    def move_to_shot(self, shot: Shot, **kwargs: Any) -> Flight:
        """Animate the eye straight to ``shot``, lifted over ground that is in the way, as `orbit` does.

        Raises
        ------
        ValueError
            The move begins or ends below the ground.
        """
        start = self.shot
        return self.fly(lambda fraction: start.toward(shot, fraction), **kwargs)

    def orbit(self, degrees: float, *, dolly: float = 0.0, rise: float = 0.0, **kwargs: Any) -> Flight:
        """Animate the eye round its target.

        Parameters
        ----------
        degrees
            How far, counter-clockwise on the map.
        dolly
            Fraction of the way to the target that it comes nearer meanwhile.
        rise
            World units that it rises meanwhile.
        **kwargs
            Of the animation, such as ``run_time`` in seconds.

        Raises
        ------
        ValueError
            The move begins or ends below the ground.
        """
        start = self.shot
        return self.fly(
            lambda fraction: start.orbited(degrees * fraction).dollied(dolly * fraction).risen(rise * fraction),
            **kwargs,
        )

    def fly(self, way: CameraPath, **kwargs: Any) -> Flight:
        """Animate the eye along a way of your own, lifted over the ground where it would lead through it.

        Parameters
        ----------
        way
            The shot at each fraction of the way, from 0 to 1: of an eye that goes beside somebody, say.
        **kwargs
            Of the animation, such as ``run_time`` in seconds.

        Raises
        ------
        ValueError
            The move begins or ends below the ground.
        """
        clear = above_ground(way, self.terrain)

        def to(ground: GroundMoves, alpha: float) -> None:
            wanted = clear(alpha)
            ground._flies = alpha < 1
            # What would not move by a pixel need not be drawn anew; the move ends exactly where it should.
            if alpha in (0, 1) or ground.shift_between(ground.shot, wanted) > _UNSEEN:
                ground.shot = wanted

        return Flight(self, to, **{"rate_func": theme.ease, **kwargs})

    def shift_between(self, shot: Shot, other: Shot) -> float:
        """How far the picture moves if the eye goes from ``shot`` to another, in pixels: the most of some points."""
        return picture_shift(shot, other, self.terrain, self.pixels)

    def change_fog(
        self, *, run_time: float = 2.0, rate_func: Callable[[float], float] | None = None, **changes: float
    ) -> FogChange:
        """Animate the fog to other values of its ``density``, ``sight``, ``soft`` or ``top``; eased by default.

        The check finds one after which the fog is what it was.
        """
        start, end = self.fog, replace(self.fog, **changes)

        def to(ground: GroundMoves, alpha: float) -> None:
            ground.fog = start.toward(end, alpha)

        return FogChange(self, to, run_time=run_time, rate_func=rate_func or theme.ease)

    def sway(self, *, run_time: float) -> Sway:
        """Animate fog and flames to go forth and back, from rest to rest: at the end they are what they were.

        For a beat that a talk plays over and over: no seam is seen.
        """
        start = self.clock

        def to(ground: GroundMoves, alpha: float) -> None:
            ground.clock = start + run_time / TAU * (1 - cos(TAU * alpha))

        return Sway(self, to, run_time=run_time, rate_func=linear)

    def rise(self, relief: float = 1.0, **kwargs: Any) -> Rise:
        """Animate the land to rise out of its map, or to sink back into it.

        Parameters
        ----------
        relief
            How far, from 0, a flat sheet, to 1.
        **kwargs
            Of the animation, such as ``run_time`` in seconds.
        """
        start = self.relief

        def to(ground: GroundMoves, alpha: float) -> None:
            ground.relief = start + (relief - start) * alpha
            ground._rises = alpha < 1

        return Rise(self, to, **{"rate_func": theme.ease, **kwargs})
