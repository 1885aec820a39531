"""Marks of axes: each stands where its text says, read back; those along the edges of a ground too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from scenes.check.places.curves import spots
from scenes.check.places.distance import NEAR, in_pixels
from scenes.explore.edges import Edges
from scenes.explore.ground import STAGE_SIZE, Ground
from scenes.parts.panels.plot import Plot

_SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_POWER = re.compile(r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$")
#: What stands before the number of a mark: "at most", and signs of a minus.
_AT_MOST, _MINUS = "≤", "−"
#: World height of the line along an edge.
_ABOVE = 0.03


def read_mark(text: str) -> float | None:
    """The number that a mark says; None where it says none.

    >>> read_mark("0.5"), read_mark("≤ 10⁻⁸"), read_mark("2e6"), read_mark("+1e9"), read_mark("step")
    (0.5, 1e-08, 2000000.0, 1000000000.0, None)
    """
    number = text.replace(_AT_MOST, "").replace(_MINUS, "-").replace(",", "").strip()
    power = _POWER.match(number)
    try:
        return float(f"1e{power[1].translate(_SUPERSCRIPT)}") if power else float(number)
    except ValueError:
        return None


def tick_faults(plot: Plot) -> Iterator[tuple[str, str]]:
    """For each mark of a plot what its axis is called, and what is wrong with it, or nothing."""
    name = str(plot.title.original_text)
    base = read_mark(str(plot.offset.original_text)) or 0.0 if plot.offset is not None else 0.0
    for axis, marks in enumerate(plot.marks):
        for tick, text in marks:
            value = read_mark(str(text.original_text))
            if value is None:
                yield name, f"a mark says {text.original_text!r}, which is no number"
                continue
            value += base if axis else 0.0
            pair = (plot.across[0], value) if axis else (value, plot.up[0])
            belongs = spots(plot, [pair[0]], [pair[1]])[0]
            away = float(in_pixels(tick.get_start()[:2] - belongs))
            # What stands beside it is level with it, or right below.
            aside = float(abs(text.get_center()[axis] - belongs[axis])) * float(in_pixels([1.0, 0.0]))
            off_axis = not plot_holds(plot, axis, value)
            yield name, _found(str(text.original_text), max(away, aside), off_axis)


def plot_holds(plot: Plot, axis: int, value: float) -> bool:
    """Whether a value lies on an axis of a plot, its ends included."""
    low, high = (plot.across, plot.up)[axis]
    room = 1e-6 * (high - low)
    return low - room <= value <= high + room


def edge_faults(edges: Edges, scene: Any) -> Iterator[tuple[str, str]]:
    """For each edge of an explored ground, and each mark along it, its name and what is wrong with it, or nothing."""
    ground = vars(scene).get("ground")
    if not isinstance(ground, Ground):
        yield "an edge", "the scene has no exploration whose ground this could be an edge of"
        return
    region = ground.summary.region
    ends = np.array([[region.west, region.east], [region.south, region.north]])
    half = np.array(STAGE_SIZE) / 2
    for side in edges.sides:
        axis, line = side.axis, side.line
        low, high = ends[axis]
        # Of the two edges along a direction the one that is nearer to what is drawn.
        tries = [_along(edges, axis, sign * half[1 - axis], half[axis]) for sign in (-1.0, 1.0)]
        aways = [float(in_pixels(_fit(line, way)).max()) for way in tries]
        way = tries[int(np.argmin(aways))]
        yield (
            side.name,
            f"its line is {min(aways):.1f} pixels of 1080p from the edge of the ground" * (min(aways) > NEAR),
        )
        for mark in side.marks:
            text = str(mark.label[1].original_text)
            value = read_mark(text)
            if value is None:
                yield side.name, f"a mark says {text!r}, which is no number"
                continue
            fraction = (value + (read_mark(side.offset) or 0.0) - low) / (high - low)
            belongs = _at(way, float(np.clip(fraction, 0, 1)))
            away = max(float(in_pixels(shape.get_center() - belongs)) for shape in mark)
            yield side.name, _found(text, away, not -1e-6 <= fraction <= 1 + 1e-6)


def _found(text: str, away: float, off_axis: bool) -> str:
    if off_axis:
        return f"the mark {text} says a value that is beyond its axis"
    return f"the mark {text} is {away:.1f} pixels of 1080p from where it belongs" if away > NEAR else ""


def _along(edges: Edges, axis: int, across: float, half: float) -> NDArray[np.float64]:
    """``(n, 3)``, scene points of the edge along an axis, at equal distances on the stage."""
    places = np.empty((401, 2))
    places[:, axis], places[:, 1 - axis] = np.linspace(-half, half, len(places)), across
    return edges.mountain.points_at(places, _ABOVE)


def _at(way: NDArray[np.float64], fraction: float) -> NDArray[np.float64]:
    """``(3,)``, the point at a fraction of such an edge."""
    index = np.arange(len(way)) / (len(way) - 1)
    return np.array([np.interp(fraction, index, way[:, column]) for column in range(3)])


def _fit(line: Mobject, way: NDArray[np.float64]) -> NDArray[np.float64]:
    """``(2, 3)``, how far the ends of a line are from those of an edge."""
    return np.stack([line.points[0] - way[0], line.points[-1] - way[-1]])
