"""Trail: the recorded points that a walk has reached, and the way between them."""

from __future__ import annotations

import numpy as np
from manim import Circle, VGroup, VMobject
from numpy.typing import NDArray

from scenes.parts.mountain import Shot
from scenes.parts.walk import Walk
from scenes.theme import theme

#: Points drawn between two recorded ones, so that the line lies on the ground.
_BETWEEN = 16


class Trail(VGroup):
    """Footprints at the recorded points, a line over the ground between them.

    Parameters
    ----------
    walk
        Whose trail.
    colour
        Of line and prints.
    prints
        Radius of a footprint in scene units.
    """

    def __init__(self, walk: Walk, colour: str | None = None, prints: float = 0.05) -> None:
        super().__init__()
        self.walk = walk
        colour = colour or theme.trail
        self.line = VMobject(stroke_color=colour, stroke_width=3.2, stroke_opacity=0.85)
        self.dots = VMobject(stroke_width=0, fill_color=colour, fill_opacity=1)
        self.add(self.line, self.dots)
        self._print = Circle(radius=prints).points * [1, 0.62, 1]
        self._times = np.linspace(0, walk.trajectory.steps, walk.trajectory.steps * _BETWEEN + 1)
        self._way = np.array([self._world(t) for t in self._times])
        self._drawn: tuple[float, Shot] | None = None
        self._seen: dict[int, bool] = {}
        self.add_updater(lambda _: self.follow())
        self.follow()

    def follow(self) -> None:
        """Draw what has been walked so far; nothing to do where neither walker nor eye has moved."""
        ground, now = self.walk.mountain, self.walk.now
        if self._drawn == (now, ground.shot):
            return
        if self._drawn is None or self._drawn[1] != ground.shot:
            self._seen = {}
        self._drawn = (now, ground.shot)
        way = np.vstack([self._way[self._times < now], self._world(now)])
        if len(way) > 1:
            self.line.set_points_as_corners(ground.on_screen(way))
        else:
            self.line.clear_points()
        reached = [row for row in range(self.walk.row + 1) if self._in_view(row)]
        spots = ground.points_at(self.walk.trajectory.coeffs[reached], 0.02)
        self.dots.points = np.concatenate([np.zeros((0, 3)), *(self._print + spot for spot in spots)])

    def _world(self, t: float) -> NDArray[np.float64]:
        """The world point of the walk at progress ``t``, a little above the ground."""
        x, y = self.walk.knobs(t)
        point = self.walk.mountain.terrain.point(x, y)
        point[2] += self.walk.lift(t) + 0.02
        return point

    def _in_view(self, row: int) -> bool:
        """Whether the eye sees the footprint of a row; found once a shot."""
        if row not in self._seen:
            x, y = self.walk.trajectory.coeffs[row]
            ground = self.walk.mountain
            self._seen[row] = bool(ground.landscape.holds(x, y)) and ground.in_view(x, y)
        return self._seen[row]
