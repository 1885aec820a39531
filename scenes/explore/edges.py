"""Edges: an edge of the ground for each of its directions, with its name and round values along it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from manim import DL, Circle, Mobject, VGroup, VMobject, config
from numpy.typing import NDArray

from descent_core.explore.region import Region
from descent_core.round_numbers import round_values
from scenes.explore.ground import STAGE_SIZE
from scenes.explore.numbers import three_digits
from scenes.parts.ground.mountain import Mountain
from scenes.parts.words import plate, words
from scenes.stage.layout import clears_captions
from scenes.stage.number_sources import note_source
from scenes.theme import theme

#: Points along an edge, so that its line lies on the ground.
_POINTS = 80
_ABOVE = 0.03

Box = tuple[float, float, float, float]


class Edge(VMobject):
    """A line that lies on the ground: a part of the picture, over which captions may be drawn."""

    on_ground = True


class Edges(VGroup):
    """Lines on the ground along two edges of a region, with what they measure.

    Of the two edges along a direction it is the one with more marks that can be read; the nearer one, if both have
    as many.

    Parameters
    ----------
    mountain
        The ground, on the stage.
    region
        What of the plane lies there.
    names
        Of the two directions; the second is empty where sideways means nothing.
    plates
        Marks that would lie under one of these are left out, and those behind a ridge, or where captions are drawn.
    """

    def __init__(
        self, mountain: Mountain, region: Region, names: tuple[str, str], plates: Sequence[Mobject] = ()
    ) -> None:
        super().__init__()
        self._mountain = mountain
        self._taken = [_box(mobject) for mobject in plates]
        half = np.array(STAGE_SIZE) / 2
        eye = np.array(mountain.shot.eye[:2])
        # The corner that is nearest to the eye: two edges meet there, and the two others lie across from it.
        near = np.where(eye >= 0, 1.0, -1.0) * half
        ends = ((region.west, region.east), (region.south, region.north))
        for axis, (name, span) in enumerate(zip(names, ends, strict=True)):
            if name:
                far = near * np.where(np.arange(2) == axis, 1.0, -1.0)
                self._measure(axis, name, span, (near, far))

    def _measure(self, axis: int, name: str, span: tuple[float, float], corners: Sequence[NDArray[np.float64]]) -> None:
        """Draw one of the edges that run along an axis from these corners: the one with most to read."""
        middle = sum(span) / 2
        values = round_values(*span, 4)
        labels = [_label(note_source(name, "ground.plane.axes"))]
        labels += [_label(note_source(three_digits(float(value)), f"a mark of the axis {name!r}")) for value in values]
        # Where the name may be: between two values if it can be, and near the middle.
        gaps = (values[1:] + values[:-1]) / 2
        tries = [sorted(places, key=lambda value: abs(value - middle)) for places in (gaps, np.linspace(*span, 21))]
        places = [np.concatenate(tries), *([value] for value in values)]
        found = []
        for corner in corners:
            edge = _Along(corner, axis, span)
            read = list(self._read(labels, [edge.at(np.array(tried)) for tried in places]))
            found.append((len(read), edge, read))
        _, edge, read = max(found, key=lambda measured: measured[0])
        line = Edge(stroke_color=theme.text, stroke_width=2.5, stroke_opacity=0.7)
        self.add(line.set_points_as_corners(self._seen(edge.at(np.linspace(*span, _POINTS)))))
        for label, spot in read:
            if label is not labels[0]:
                self.add(Circle(0.04, stroke_width=0, fill_color=theme.text, fill_opacity=1).move_to(spot))
            self.add(label.move_to(spot))
            self._taken.append(_box(label))

    def _read(
        self, labels: Sequence[VGroup], places: Sequence[NDArray[np.float64]]
    ) -> Iterator[tuple[VGroup, NDArray[np.float64]]]:
        """The labels that can be read at one of their places, and where on screen; none without the first of them."""
        taken = list(self._taken)
        for index, (label, tries) in enumerate(zip(labels, places, strict=True)):
            for place, spot in zip(tries, self._seen(tries), strict=True):
                box = _box(label.move_to(spot))
                if self._clear(label, box, place, taken):
                    taken.append(box)
                    yield label, spot
                    break
            else:
                if index == 0:  # without its name, no value means anything
                    return

    def _seen(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._mountain.points_at(places, _ABOVE)

    def _clear(self, label: VGroup, box: Box, place: NDArray[np.float64], taken: Sequence[Box]) -> bool:
        """Whether a label at a place can be read: within the frame, before every ridge, on nothing that is there."""
        left, bottom, right, top = box
        wide, high = config.frame_width / 2 - theme.margin, config.frame_height / 2 - theme.margin
        return (
            -wide < left < right < wide
            and -high < bottom < top < high
            and not any(_near(box, other) for other in taken)
            and clears_captions(label)
            and self._mountain.in_view(float(place[0]), float(place[1]), 2 * _ABOVE)
        )


@dataclass(frozen=True)
class _Along:
    """An edge of the stage: from a corner along an axis, on which values span it."""

    corner: NDArray[np.float64]
    axis: int
    span: tuple[float, float]

    def at(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """``(n, 2)``, the places of values on the stage."""
        low, high = self.span
        places = np.tile(self.corner, (len(values), 1))
        places[:, self.axis] = STAGE_SIZE[self.axis] / 2 * (2 * (values - low) / (high - low) - 1)
        return places


def _label(text: str) -> VGroup:
    return plate(words(text, theme.small, theme.text), pad=theme.near)


def _box(mobject: Mobject) -> Box:
    """Left, bottom, right, top."""
    left, bottom, _ = mobject.get_corner(DL)
    return float(left), float(bottom), float(left + mobject.width), float(bottom + mobject.height)


def _near(first: Box, second: Box) -> bool:
    """Whether two boxes overlap, or almost do."""
    return all(first[i] < second[i + 2] + 0.05 and second[i] < first[i + 2] + 0.05 for i in (0, 1))
