"""Trail: the recorded points that a walk has reached, and the way between them."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from scenes.parts.walk import Walk
from scenes.theme import theme

#: Points drawn between two recorded ones, so that the line lies on the ground.
_BETWEEN = 8


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
        self.prints = prints
        colour = colour or theme.trail
        self.line = VMobject(stroke_color=colour, stroke_width=3.2, stroke_opacity=0.85)
        self.dots = VMobject(stroke_width=0, fill_color=colour, fill_opacity=1)
        self.add(self.line, self.dots)
        self.add_updater(lambda _: self.follow())
        self.follow()

    def follow(self) -> None:
        """Draw what has been walked so far."""
        ground = self.walk.mountain
        line = ground.on_screen(self._way(self.walk.now))
        if len(line) > 1:
            self.line.set_points_as_corners(line)
        else:
            self.line.clear_points()
        reached = self.walk.trajectory.coeffs[: self.walk.row + 1]
        self.dots.clear_points()
        for spot, (x, y) in zip(ground.points_at(reached, 0.02), reached, strict=True):
            if ground.landscape.holds(x, y) and ground.in_view(x, y):
                self._print(spot)

    def _way(self, t: float) -> NDArray[np.float64]:
        """World points of the way so far, a little above the ground."""
        times = np.arange(0, t, 1 / _BETWEEN)
        times = np.append(times, t)
        knobs = np.array([self.walk.knobs(s) for s in times])
        lifts = np.array([self.walk.lift(s) for s in times])
        world = self.walk.mountain.terrain.point(knobs[:, 0], knobs[:, 1])
        world[:, 2] += lifts + 0.02
        return world

    def _print(self, centre: NDArray[np.float64]) -> None:
        angles = np.linspace(0, 2 * np.pi, 13)
        ring = np.stack([np.cos(angles), 0.62 * np.sin(angles), np.zeros_like(angles)], axis=-1)
        self.dots.start_new_path(centre + ring[0] * self.prints)
        for offset in ring[1:]:
            self.dots.add_line_to(centre + offset * self.prints)
