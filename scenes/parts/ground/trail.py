"""Trail: the recorded points that a walk has reached, and the way between them."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Circle, VGroup, VMobject

from descent_core.recordings.trajectory import Trajectory
from scenes.parts.ground.curves import curves_through, first_part
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk
from scenes.theme import theme

#: World height of the line above the ground.
_ABOVE = 0.05
#: And of the prints.
_PRINT = 0.02
#: Points drawn between two recorded ones, so that the line lies on the ground; fewer for a long walk.
_BETWEEN, _POINTS = 16, 4000


class Trail(VGroup):
    """Footprints at the recorded points, a line over the ground between them.

    Parameters
    ----------
    walk
        Whose trail: a `Walk`, which it follows; or a `Trajectory` of two coefficients, which was walked to its end.
    mountain
        The ground of a trajectory; a walk has its own.
    colour
        Of line and prints.
    prints
        Radius of a footprint in scene units.

    Raises
    ------
    TypeError
        A trajectory without a mountain.

    Examples
    --------
    A whole recorded way at once::

        mountain = Mountain(library.landscape("mountain"))
        self.add(mountain, Trail(recording("right"), mountain))
    """

    #: It belongs to the ground: captions may be drawn over it.
    on_ground = True

    def __init__(
        self,
        walk: Walk | Trajectory,
        mountain: Mountain | None = None,
        *,
        colour: str | None = None,
        prints: float = 0.05,
    ) -> None:
        super().__init__()
        #: Whether it is a whole recorded way at once, which nobody is walking.
        self.is_whole = isinstance(walk, Trajectory)
        if isinstance(walk, Trajectory):
            if mountain is None:
                raise TypeError("a trail of a trajectory needs its ground: Trail(trajectory, mountain)")
            walk = Walk(walk, mountain, row=walk.steps)
        self.walk = walk
        colour = colour or theme.trail
        self.line = VMobject(stroke_color=colour, stroke_width=3.2, stroke_opacity=0.85)
        self.dots = VMobject(stroke_width=0, fill_color=colour, fill_opacity=1)
        self.line.lies_on_ground = self.dots.lies_on_ground = True
        self.add(self.line, self.dots)
        self._print = Circle(radius=prints, num_components=5).points * [1, 0.62, 1]
        steps = walk.trajectory.steps
        self._between = int(np.clip(_POINTS // max(steps, 1), 1, _BETWEEN))
        self._times = np.linspace(0, steps, steps * self._between + 1)
        self._way = walk.path(self._times) + [0, 0, _ABOVE]
        self._drawn: tuple[float, tuple[Any, ...]] | None = None
        self._known = walk.mountain.landscape.contains(*walk.trajectory.coeffs.T)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Draw what has been walked so far, as the present shot shows it; quick where nothing has moved."""
        if self.updating_suspended:
            return  # while it fades it stays as it is: manim counts what has points
        walk, ground, now = self.walk, self.walk.mountain, self.walk.now
        framing = ground.framing
        if self._drawn == (now, framing):
            return
        if self._drawn is None or self._drawn[1] != framing:
            self._project()
        self._drawn = (now, framing)
        behind = int(np.searchsorted(self._times, now))
        # Only the stretches that no ridge hides; manim takes a gap between points for a new path.
        curves = self._curves[: max(behind - 1, 0)][self._open[: max(behind - 1, 0)]]
        if behind and self._shows[behind - 1]:
            before = self._times[behind - 1]
            head = first_part(self._curves[behind - 1], (now - before) / (self._times[behind] - before))
            head[3] = ground.on_screen(walk.path(np.array([now])) + [0, 0, _ABOVE])[0]
            curves = np.concatenate([curves, head[None]])
        self.line.points = curves.reshape(-1, 3)
        self.dots.points = self._prints[: np.searchsorted(self._rows, walk.row, "right")].reshape(-1, 3)

    def _project(self) -> None:
        """Find what of the whole way the present shot shows, and where in the frame."""
        walk, ground = self.walk, self.walk.mountain
        self._shows = ground.seen(self._way)
        self._open = self._shows[:-1] & self._shows[1:]
        corners = np.arange(len(self._way)) % self._between == 0
        self._curves = curves_through(ground.on_screen(self._way), corners)
        spots = ground.points_at(walk.positions, _PRINT)
        # Rows whose print is seen, and has known ground under it.
        self._rows = np.flatnonzero(self._shows[:: self._between] & self._known)
        self._prints = spots[self._rows, None] + self._print
