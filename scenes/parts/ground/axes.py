"""GroundAxes and SheetEdge: what east, north and height mean on a loss landscape, and on its map."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, UP, Polygon, VGroup
from numpy.typing import NDArray

from scenes.parts.ground.mountain import Mountain
from scenes.parts.words import coefficient_name, plate, words
from scenes.theme import theme


class GroundAxes(VGroup):
    """The two coefficients along the ground and the loss upward, from one corner; they turn with the eye.

    Parameters
    ----------
    mountain
        The ground.
    corner
        The coefficients that they start from.
    east, north, up
        How long they are, in world units.
    names
        What stands at the end of each: east, north, up.

    Examples
    --------
    ::

        mountain = Mountain(library.landscape("mountain"))
        self.add(mountain, GroundAxes(mountain, (-6.0, -6.0), names=("phase", "tuning", "loss")))
    """

    def __init__(
        self,
        mountain: Mountain,
        corner: tuple[float, float],
        east: float = 1.7,
        north: float = 2.1,
        up: float = 1.45,
        names: tuple[str, str, str] = ("knob 0", "knob 1", "loss"),
    ) -> None:
        super().__init__()
        self._mountain = mountain
        x, y = corner
        scale = mountain.scale_of
        start = mountain.world(x, y)
        ends = [mountain.world(x + east / scale.east, y), mountain.world(x, y + north / scale.north)]
        ends.append(start + [0, 0, up])
        self._world = np.array([start, *ends])
        self._arms = VGroup(
            *(Polygon(*np.eye(3), stroke_width=0, fill_color=theme.text, fill_opacity=1) for _ in range(3))
        )
        self._names = VGroup(
            plate(words(coefficient_name(names[0]), theme.label)),
            plate(words(coefficient_name(names[1]), theme.label)),
            plate(words(names[2], theme.label, theme.loss)),
        )
        self.add(self._arms, self._names)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Draw them as the present shot shows them."""
        start, *ends = self._mountain.on_screen(self._world)
        for arm, name, end, side in zip(self._arms, self._names, ends, (RIGHT, LEFT, UP), strict=True):
            corners = _arrow(start, end)
            arm.set_points_as_corners([*corners, corners[0]])
            name.next_to(end, side, buff=theme.near)


class SheetEdge(VGroup):
    """Which way a coefficient runs on the map: an arrow beside an edge of the sheet, and the name of its knob.

    Parameters
    ----------
    mountain
        The map, flat or risen. The arrow stays where the flat sheet lies.
    coefficient
        0 runs to the east, along the southern edge; 1 to the north, along the western one.

    Examples
    --------
    ::

        mountain = Mountain(library.landscape("mountain"))
        mountain.relief = 0.0
        self.add(mountain, SheetEdge(mountain, 0), SheetEdge(mountain, 1))
    """

    def __init__(self, mountain: Mountain, coefficient: int) -> None:
        super().__init__()
        self._mountain, self._coefficient = mountain, coefficient
        west, east, south, north = mountain.terrain.landscape.bounds
        off, span = 0.035 * (east - west), (east - west, north - south)[coefficient]
        start = np.array([west, south - off, 0]) if coefficient == 0 else np.array([west - off, south, 0])
        way = np.eye(3)[coefficient] * span
        self._world = start + way * np.array([(0.32, 0.74), (0.05, 0.40)][coefficient])[:, None]
        self.arm = Polygon(*np.eye(3), stroke_width=0, fill_color=theme.weight, fill_opacity=1)
        self.name = words(coefficient_name(f"knob {coefficient}"), theme.label, theme.weight, weight="SEMIBOLD")
        self.add(self.arm, self.name)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Draw it as the present shot shows it."""
        start, end = self._mountain.on_screen(self._world)
        corners = _arrow(start, end)
        self.arm.set_points_as_corners([*corners, corners[0]])
        self.name.next_to(start, LEFT, buff=theme.gap)


def _arrow(start: NDArray[np.float64], end: NDArray[np.float64], width: float = 0.035) -> list[NDArray[np.float64]]:
    """The outline of an arrow between two scene points, seven corners."""
    along = (end - start) / np.linalg.norm(end - start)
    side = np.array([-along[1], along[0], 0]) * width
    neck = end - along * width * 5
    return [start + side, neck + side, neck + 2.6 * side, end, neck - 2.6 * side, neck - side, start - side]
