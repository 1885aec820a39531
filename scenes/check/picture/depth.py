"""Depth: who stands nearer is drawn over who stands farther, and nothing opaque lies over a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import numpy as np
from manim import Mobject, Text, VMobject, config
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.silhouette import part_within
from scenes.check.picture.visible import changed_by
from scenes.check.playback import Moment
from scenes.parts.ground.arrow import GroundArrow
from scenes.parts.ground.cabin import FOOTING as CABIN_FOOTING
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import FOOTING as HIKER_FOOTING
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.stage.label_places import Box
from scenes.stage.transitions import Curtain

#: World distance from which on one thing is nearer than another: a house reaches a little behind its door.
_NEARER = 0.4
#: Opacity from which on a shape is there, and from which on it hides what is behind it.
_THERE, _OPAQUE = 0.3, 0.65
#: How much of a figure must be covered to count, as a fraction of what is drawn of it; and of the box around it, for
#: that to be measured.
_COVERED, _TOUCHED = 0.25, 0.05
#: Moments in a row for which who walks may be covered at most.
_LASTING = 3
#: And how much two figures must share for their order to be seen.
_MEET = 0.02
#: Points of a trail in a figure that must be on the wrong side of it; how many there are from one row to the next.
_POINTS, _BETWEEN = 4, 16
#: Seconds between two looks at a ridge, each of which takes a frame; and pixels, by so many levels, that are seen.
_PACE, _PIXELS, _LEVELS = 1.0, 8, 30

#: Points of the smallest shape that has an inside.
_CLOSED = 12


@dataclass(frozen=True)
class Figure:
    """A hiker or a cabin as it is drawn.

    Attributes
    ----------
    name
        What it is called in a fault.
    depth
        World distance of its place along the view.
    footing
        Ground so much nearer is still what it stands on.
    box
        Around its opaque shapes.
    first, last
        Where in the drawing order its shapes are.
    """

    mobject: Hiker | Cabin
    name: str
    depth: float
    footing: float
    box: Box
    first: int
    last: int


@dataclass
class Depth(Check):
    """Watches in which order things on the ground are drawn, and what lies over them."""

    _looked: dict[str, float] = field(default_factory=dict)
    _passing: dict[int, int] = field(default_factory=dict)
    _measured: dict[tuple[int, int], Any] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        grounded = moment.of(Hiker, Cabin, Trail, GroundArrow)
        if not any(isinstance(mobject, Hiker | Cabin) for mobject in grounded):
            return
        scene: Any = moment.scene
        drawn = moment.in_order
        order = {id(mobject): index for index, mobject in enumerate(drawn)}
        figures = [figure for mobject in grounded for figure in _figure(mobject, order)]
        dimmed = [
            index for index, mobject in enumerate(drawn) if isinstance(mobject, Curtain) and _opacity(mobject) > 0.3
        ]
        figures = [figure for figure in figures if not any(index > figure.last for index in dimmed)]
        for mobject in grounded:
            if isinstance(mobject, Trail | GroundArrow):
                for figure in figures:
                    self._keep(moment, figure, self._lying(mobject, figure, order), mobject)
        for nearer, farther in permutations(figures, 2):
            by = farther.depth - nearer.depth
            if by > _NEARER and nearer.first < farther.last and _meet(nearer, farther):
                self._keep(moment, nearer, f"is drawn under {farther.name}, and stands {by:.1f} nearer")
        covers = list(_covers(scene.mobjects, order)) if figures else []
        for figure in figures:
            found = _covered(figure, covers)
            self._passing[id(figure.mobject)] = lasting = self._passing.get(id(figure.mobject), 0) + 1 if found else 0
            # Who walks, or leaps, may pass under a panel; nobody may stand there.
            if lasting >= _LASTING or not _walks(figure.mobject):
                self._keep(moment, figure, found)
            self._ridge(moment, figure)

    def _lying(self, lying: Trail | GroundArrow, figure: Figure, order: dict[int, int]) -> str:
        """What is wrong with the order of a figure and what lies on the ground; asked anew when one has changed."""
        shape = lying.line if isinstance(lying, Trail) else lying.shape
        place = order.get(id(shape))
        if place is None or _opacity(shape) < 0.05 or not _within(figure.box, shape.points[:, :2]).any():
            return ""
        key, state = (id(lying), id(figure.mobject)), (shape.points.tobytes(), figure.box, place > figure.first)
        if self._measured.get(key) == state:
            return ""
        self._measured[key] = state
        if isinstance(lying, GroundArrow):
            return "an arrow that lies on the ground is drawn over it" if place > figure.first else ""
        return _trail_over(lying, figure, place)

    def _keep(self, moment: Moment, figure: Figure, found: str, other: Mobject | None = None) -> None:
        if found:
            about = (figure.mobject,) if other is None else (figure.mobject, other)
            self.keep(Fault("depth", figure.name, found, moment.time), *about)

    def _ridge(self, moment: Moment, figure: Figure) -> None:
        """A figure behind a ridge is not seen through it: where the ground is nearer, the frame is as without it."""
        mountain: Mountain = figure.mobject.mountain
        if mountain.opacity < 1 or moment.time - self._looked.get(figure.name, -np.inf) < _PACE:
            return
        height, width = _size(moment)
        region = _pixels(figure.box, (height, width))
        if mountain.pixels != (width, height) or region[0].start >= region[0].stop or region[1].start >= region[1].stop:
            return
        hidden = mountain.hides((width, height), figure.depth - figure.footing, region)
        if hidden is None or (hidden > 0.99).sum() < _PIXELS:
            return
        self._looked[figure.name] = moment.time
        changed = changed_by(moment, figure.mobject, _LEVELS)[region] & (hidden > 0.99)
        if changed.sum() >= _PIXELS:
            self._keep(moment, figure, "is drawn over a ridge that stands before it")


def _figure(mobject: Mobject, order: dict[int, int]) -> Iterator[Figure]:
    """A hiker or a cabin of which something is drawn."""
    if not isinstance(mobject, Hiker | Cabin) or mobject.updating_suspended:
        return
    shapes = [shape for shape in mobject.submobjects if id(shape) in order and _opacity(shape) > _THERE]
    if not shapes:
        return
    if isinstance(mobject, Hiker):
        (x, y), name, footing = mobject.place()[:2], "a hiker", HIKER_FOOTING * mobject.size
        if mobject.walk is not None:
            name = f"the hiker of {mobject.walk.trajectory.label!r}"
    else:
        (x, y), name, footing = mobject.door, "the cabin", CABIN_FOOTING
    points = np.concatenate([shape.points[:, :2] for shape in shapes])
    (left, low), (right, top) = points.min(axis=0), points.max(axis=0)
    places = [order[id(shape)] for shape in shapes]
    box = (float(left), float(low), float(right), float(top))
    yield Figure(mobject, name, mobject.mountain.depth_at(x, y), footing, box, min(places), max(places))


def _trail_over(trail: Trail, figure: Figure, place: int) -> str:
    """Whether a trail, at its place in the order, is drawn over what stands before it.

    Trails lie under all figures, in the air too: a line across one would cut it.
    """
    walk, mountain = trail.walk, trail.walk.mountain
    way = walk.path(np.linspace(0, walk.now, int(np.ceil(walk.now)) * _BETWEEN + 1))
    inside = _within(figure.box, mountain.on_screen(way)[:, :2])
    way = way[inside]
    way = way[mountain.seen(way + [0, 0, 0.05])] if len(way) else way
    if len(way) and place > figure.first and getattr(figure.mobject, "walk", None) is walk:
        return "its trail, which lies on the ground, is drawn over it"
    if len(way) < _POINTS:
        return ""
    nearer = figure.depth - mountain.camera().project(way)[:, 2]
    if place > figure.first and (nearer < -_NEARER).sum() >= _POINTS:
        return f"a trail that passes {-nearer.min():.1f} behind it is drawn over it"
    return ""


def _walks(mobject: Hiker | Cabin) -> bool:
    """Whether a figure is on its way from one row to the next."""
    walk = mobject.walk if isinstance(mobject, Hiker) else None
    return walk is not None and abs(walk.now - round(walk.now)) > 1e-6


@dataclass(frozen=True)
class _Cover:
    """A shape that hides what is behind it: what it is called, its box, and its place in the drawing order."""

    name: str
    box: Box
    place: int


def _covers(mobjects: Sequence[Mobject], order: dict[int, int]) -> Iterator[_Cover]:
    """Plates, panels and the like: all that is opaque, but type, curtains and what stands on the ground."""
    for mobject in mobjects:
        if isinstance(mobject, Text | Curtain | Hiker | Cabin | Trail | GroundArrow):
            continue
        if isinstance(mobject, VMobject) and len(mobject.points) >= _CLOSED and _fill(mobject) >= _OPAQUE:
            (left, low), (right, top) = mobject.points[:, :2].min(axis=0), mobject.points[:, :2].max(axis=0)
            box = (float(left), float(low), float(right), float(top))
            yield _Cover(type(mobject).__name__, box, order.get(id(mobject), -1))
        yield from _covers(mobject.submobjects, order)


def _covered(figure: Figure, covers: Sequence[_Cover]) -> str:
    """A plate, a panel or the like that is drawn over a figure."""
    for cover in covers:
        if cover.place < figure.last or _shared(figure.box, cover.box) < _TOUCHED:
            continue
        shapes = [shape for shape in figure.mobject.submobjects if len(shape.points) and _opacity(shape) > _THERE]
        part = part_within([shape.points[:, :2] for shape in shapes], cover.box)
        if part > _COVERED:
            return f"{100 * part:.0f} % of it is under a {cover.name}"
    return ""


def _meet(figure: Figure, other: Figure) -> bool:
    return max(_shared(figure.box, other.box), _shared(other.box, figure.box)) > _MEET


def _shared(box: Box, other: Box) -> float:
    """How much of a box lies in another, from 0 to 1."""
    across = min(box[2], other[2]) - max(box[0], other[0])
    up = min(box[3], other[3]) - max(box[1], other[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return max(across, 0.0) * max(up, 0.0) / area if area > 0 else 0.0


def _within(box: Box, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """``(n,)``, which of ``(n, 2)`` points are in a box."""
    left, low, right, top = box
    return (points[:, 0] > left) & (points[:, 0] < right) & (points[:, 1] > low) & (points[:, 1] < top)


def _fill(mobject: Mobject) -> float:
    return float(mobject.get_fill_opacity())


def _opacity(mobject: Mobject) -> float:
    stroke = float(mobject.get_stroke_opacity()) if mobject.get_stroke_width() > 0 else 0.0
    return max(_fill(mobject), stroke)


def _size(moment: Moment) -> tuple[int, int]:
    camera: Any = moment.scene.camera
    return int(camera.pixel_height), int(camera.pixel_width)


def _pixels(box: Box, size: tuple[int, int]) -> tuple[slice, slice]:
    """Rows and columns of a box in a frame of that height and width."""
    height, width = size
    scale = height / config.frame_height
    left, low, right, top = (edge * scale for edge in box)
    rows = slice(max(int(height / 2 - top), 0), min(int(height / 2 - low) + 1, height))
    return rows, slice(max(int(width / 2 + left), 0), min(int(width / 2 + right) + 1, width))
