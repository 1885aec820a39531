"""Edges: an edge of the ground for each of its directions, with its name and round values along it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

import numpy as np
from manim import Circle, Mobject, VGroup, VMobject
from numpy.typing import NDArray

from descent_core.explore.region import Region
from scenes.explore.ground import STAGE_SIZE
from scenes.parts.ground.mountain import Mountain
from scenes.parts.panels.marks import axis_marks
from scenes.parts.words import plate, words
from scenes.stage.label_places import Box, box_of, overlap, within_margins
from scenes.stage.layout import clears_captions
from scenes.stage.number_sources import note_source
from scenes.theme import theme

#: Points along an edge, so that its line lies on the ground.
_POINTS = 80
_ABOVE = 0.03

#: How many marks are tried for, the fewest first.
_COUNTS = (4, 6, 9)


class Edge(VMobject):
    """A line that lies on the ground: a part of the picture, over which captions may be drawn."""

    on_ground = lies_on_ground = True


class EdgeMark(NamedTuple):
    """A value along an edge: a dot on it, and a plate with the value."""

    dot: Circle
    label: VGroup


@dataclass
class Side:
    """One edge as it is drawn.

    Attributes
    ----------
    name
        What is measured along it.
    axis
        0 from west to east, 1 from south to north.
    line
        On the ground.
    offset
        What is to be added to the values of all marks, such as ``+1e9``; empty for nothing.
    marks
        Along it.
    title
        The plate with its name, where there is room for it.
    """

    name: str
    axis: int
    line: Edge
    offset: str
    marks: list[EdgeMark] = field(default_factory=list)
    title: VGroup | None = None


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
        Marks that would lie under one of these are left out, and those behind a ridge.
    spots
        ``(n, 3)`` and ``(m, 3)``, scene points: on one of the first no mark lies, on the others none if it can be.
    captions
        Whether captions are drawn, where no mark may lie then.
    """

    def __init__(
        self,
        mountain: Mountain,
        region: Region,
        names: tuple[str, str],
        plates: Sequence[Mobject] = (),
        spots: tuple[NDArray[np.float64], NDArray[np.float64]] = (np.zeros((0, 3)), np.zeros((0, 3))),
        captions: bool = True,
    ) -> None:
        super().__init__()
        self.mountain, self._captions = mountain, captions
        self._spots, self._avoided = spots, spots[0]
        #: The edges that are drawn.
        self.sides: list[Side] = []
        self._taken = [box_of(mobject) for mobject in plates]
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
        edges = [_Along(corner, axis, span) for corner in corners]
        offset, labels, edge, read = self._measured(name, edges)
        line = Edge(stroke_color=theme.text, stroke_width=2.5, stroke_opacity=0.7)
        self.add(line.set_points_as_corners(self._seen(edge.at(np.linspace(*span, _POINTS)))))
        side = Side(name, axis, line, offset)
        self.sides.append(side)
        for label, spot in read:
            label.move_to(spot)
            if label is not labels[0]:
                dot = Circle(0.04, stroke_width=0, fill_color=theme.text, fill_opacity=1).move_to(spot)
                side.marks.append(EdgeMark(dot, label))
                self.add(dot)
            else:
                side.title = label
            self.add(label)
            self._taken.append(box_of(label))

    def _measured(
        self, name: str, edges: Sequence[_Along]
    ) -> tuple[str, list[VGroup], _Along, list[tuple[VGroup, NDArray[np.float64]]]]:
        """The offset of values; labels, the name first; one of the edges; which can be read there, and where.

        These are two values at least.

        Where no two of them can be read, the name says from where to where the values go.
        """
        span = edges[0].span
        middle, source = sum(span) / 2, f"a mark of the axis {name!r}"
        for spots, count in product((np.concatenate(self._spots), self._spots[0]), _COUNTS):
            self._avoided = spots
            marks = axis_marks(*span, count)
            offset = f", {note_source(marks.offset, source)}" if marks.offset else ""
            labels = [_label(note_source(name, "ground.plane.axes") + offset)]
            labels += [_label(note_source(text, source)) for text in marks.texts]
            # Where the name may be: between two values if it can be, and near the middle.
            gaps = (marks.values[1:] + marks.values[:-1]) / 2
            tries = [sorted(places, key=lambda value: abs(value - middle)) for places in (gaps, np.linspace(*span, 21))]
            places = [np.concatenate(tries), *(marks.values[index : index + 1] for index in range(len(marks.values)))]
            found = [(edge, self._readable(labels, edge, places)) for edge in edges]
            edge, read = max(found, key=lambda measured: len(measured[1]))
            if len(read) > 2:
                return marks.offset, labels, edge, read
        first, last = (note_source(text, source) for text in (marks.texts[0], marks.texts[-1]))
        labels = [_label(f"{note_source(name, 'ground.plane.axes')}, about {first} to {last}{offset}")]
        found = [(edge, self._readable(labels, edge, places[:1])) for edge in edges]
        return marks.offset, labels, *max(found, key=lambda measured: len(measured[1]))

    def _readable(
        self, labels: Sequence[VGroup], edge: _Along, places: Sequence[NDArray[np.float64]]
    ) -> list[tuple[VGroup, NDArray[np.float64]]]:
        return list(self._read(labels, [edge.at(tried) for tried in places]))

    def _read(
        self, labels: Sequence[VGroup], places: Sequence[NDArray[np.float64]]
    ) -> Iterator[tuple[VGroup, NDArray[np.float64]]]:
        """The labels that can be read at one of their places, and where on screen; none without the first of them."""
        taken = list(self._taken)
        for index, (label, tries) in enumerate(zip(labels, places, strict=True)):
            for place, spot in zip(tries, self._seen(tries), strict=True):
                box = box_of(label.move_to(spot))
                if self._clear(label, box, place, taken):
                    taken.append(box)
                    yield label, spot
                    break
            else:
                if index == 0:  # without its name, no value means anything
                    return

    def _seen(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.mountain.points_at(places, _ABOVE)

    def _clear(self, label: VGroup, box: Box, place: NDArray[np.float64], taken: Sequence[Box]) -> bool:
        """Whether a label at a place can be read: within the frame, before every ridge, on nothing that is there."""
        return (
            within_margins(box)
            and not _holds(box, self._avoided)
            and not any(overlap(box, other) for other in taken)
            and (not self._captions or clears_captions(label))
            and self.mountain.in_view(float(place[0]), float(place[1]), 2 * _ABOVE)
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


def _holds(box: Box, spots: NDArray[np.float64]) -> bool:
    """Whether any of some scene points is in a box."""
    left, low, right, top = (edge + room for edge, room in zip(box, (-0.06, -0.06, 0.06, 0.06), strict=True))
    x, y = spots[:, 0], spots[:, 1]
    return bool(((x > left) & (x < right) & (y > low) & (y < top)).any())
