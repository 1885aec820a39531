"""ContourRings: places of one score each. On the wall they are rings round the bull, on the ground contour lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import ValueTracker, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from descent_core.catalogue.darts.throw import landing
from descent_core.recordings.landscape import Landscape
from scenes.parts.darts.room import DartRoom
from scenes.parts.ground.mountain import Mountain
from scenes.theme import theme

#: Directions in which a score is looked for, and how often what is left between two aims is halved.
_DIRECTIONS, _HALVINGS = 144, 40
#: World height of a line above the ground.
_ABOVE = 0.03


class ContourRings(VGroup):
    """Closed lines of aims with the same score, which lie on a wall, on the ground, or in between.

    Parameters
    ----------
    landscape
        The score over the two angles.
    middle
        An aim that all lines go round, ``(2,)``, in degrees.
    levels
        The score of each line.
    room, mountain
        Where they are on the wall, and on the ground.

    Attributes
    ----------
    lifted
        0 on the wall, 1 on the ground.

    Examples
    --------
    ::

        landscape, run = library.landscape("dartboard"), recording("darts")
        room, mountain = DartRoom(RoomLook(spot=1.0)), Mountain(landscape)
        rings = ContourRings(landscape, run.coeffs[-1], [20, 40, 60], room, mountain)
        self.add(room, rings)
        self.remove(room)
        self.add(mountain, rings)
        self.play(rings.lifted.animate.set_value(1), run_time=1)
    """

    def __init__(
        self,
        landscape: Landscape,
        middle: ArrayLike,
        levels: Sequence[float],
        room: DartRoom,
        mountain: Mountain,
        colour: str | None = None,
    ) -> None:
        super().__init__()
        self.lifted = ValueTracker(0.0)
        self._room, self._mountain = room, mountain
        self.aims = [aims_of(landscape, middle, level) for level in levels]
        for _ in levels:
            line = VMobject(stroke_color=colour or theme.loss, stroke_width=5, stroke_opacity=0.9)
            line.on_ground = True  # captions may be drawn over it
            self.add(line)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Lay each line where it is now."""
        part = self.lifted.get_value()
        for line, aims in zip(self.submobjects, self.aims, strict=True):
            wall = self._on_wall(aims)
            spots = wall if part <= 0 else wall + (self._mountain.points_at(aims, _ABOVE) - wall) * part
            line.set_points_smoothly([*spots, spots[0]])

    def _on_wall(self, aims: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([self._room.place(*place) for place in landing(aims)])


def aims_of(landscape: Landscape, middle: ArrayLike, level: float) -> NDArray[np.float64]:
    """``(n, 2)``, aims with that score, one in each direction from the middle: the nearest, by halving.

    Raises
    ------
    ValueError
        In some direction the landscape ends before the score is reached.
    """
    centre = np.asarray(middle, dtype=np.float64)
    angles = np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False)
    ways = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    west, east, south, north = landscape.bounds
    far = min(centre[0] - west, east - centre[0], centre[1] - south, north - centre[1])
    low, high = np.zeros(len(ways)), np.full(len(ways), far)
    ends = centre + ways * far
    if (landscape.height(ends[:, 0], ends[:, 1]) < level).any():
        raise ValueError(f"the landscape ends before the score is {level:g} in every direction")
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        at = centre + ways * half[:, None]
        below = landscape.height(at[:, 0], at[:, 1]) < level
        low, high = np.where(below, half, low), np.where(below, high, half)
    return np.asarray(centre + ways * ((low + high) / 2)[:, None])
