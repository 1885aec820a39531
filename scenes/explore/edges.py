"""Edges: the two near edges of the ground, with the names of its directions and round values along them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Circle, Mobject, VGroup, VMobject, config
from numpy.typing import NDArray

from descent_core.region import STAGE, Region
from scenes.explore.numbers import round_values, short
from scenes.ledger import note
from scenes.parts.mountain import Mountain
from scenes.parts.type import plate, words
from scenes.theme import theme

#: Points along an edge, so that its line lies on the ground.
_POINTS = 80
_ABOVE = 0.03


class Edges(VGroup):
    """Lines on the ground along the edges of a region that are nearest to the eye, with what they measure.

    Parameters
    ----------
    mountain
        The ground, on the stage.
    region
        What of the plane lies there.
    names
        Of the two directions; the second is empty where sideways means nothing.
    plates
        Marks that would lie under one of these are left out.
    """

    def __init__(
        self, mountain: Mountain, region: Region, names: tuple[str, str], plates: Sequence[Mobject] = ()
    ) -> None:
        super().__init__()
        self._plates = list(plates)
        half = np.array(STAGE) / 2
        eye = np.array(mountain.shot.eye[:2])
        # The corner that is nearest to the eye, and the edges that meet there.
        corner = np.where(eye >= 0, 1.0, -1.0) * half
        ends = ((region.west, region.east), (region.south, region.north))
        for axis, (name, (low, high)) in enumerate(zip(names, ends, strict=True)):
            if name:
                self._edge(mountain, corner, half[axis], axis, name, low, high)

    def _edge(
        self,
        mountain: Mountain,
        corner: NDArray[np.float64],
        half: float,
        axis: int,
        name: str,
        low: float,
        high: float,
    ) -> None:
        def spots(values: NDArray[np.float64]) -> NDArray[np.float64]:
            places = np.tile(corner, (len(values), 1))
            places[:, axis] = half * (2 * (values - low) / (high - low) - 1)
            return mountain.points_at(places, _ABOVE)

        line = VMobject(stroke_color=theme.text, stroke_width=2.5, stroke_opacity=0.7)
        self.add(line.set_points_as_corners(spots(np.linspace(low, high, _POINTS))))
        values = round_values(low, high, 4)
        for value, spot in zip(values, spots(values), strict=True):
            text = note(short(float(value)), f"a mark of the axis {name!r}")
            mark = plate(words(text, theme.small, theme.text), pad=theme.near)
            if self._clear(mark.move_to(spot)):
                self.add(Circle(0.04, stroke_width=0, fill_color=theme.text, fill_opacity=1).move_to(spot), mark)
        # The name goes between two values.
        gaps = (values[1:] + values[:-1]) / 2 if len(values) > 1 else np.array([(low + high) / 2])
        for spot in spots(gaps[np.argsort(np.abs(gaps - (low + high) / 2), kind="stable")]):
            title = plate(words(note(name, "ground.plane.names"), theme.small, theme.text), pad=theme.near).move_to(
                spot
            )
            if self._clear(title):
                self.add(title)
                break

    def _clear(self, mark: Mobject) -> bool:
        """Whether a mark lies in the title-safe frame, and not on a plate or another mark."""
        x, y, _ = mark.get_center()
        inside = (
            abs(x) + mark.width / 2 < config.frame_width / 2 - theme.margin
            and abs(y) + mark.height / 2 < config.frame_height / 2 - theme.margin * 0.6
        )
        return inside and not any(_overlap(mark, other) for other in (*self._plates, *self.submobjects[1:]))


def _overlap(one: Mobject, other: Mobject) -> bool:
    if not isinstance(other, VGroup) and other.width > 1:  # a line
        return False
    apart = np.abs(one.get_center() - other.get_center())
    return bool(apart[0] < (one.width + other.width) / 2 + 0.05 and apart[1] < (one.height + other.height) / 2 + 0.05)
