"""Plot: a small pair of axes on a plate, linear or logarithmic upward, for recorded points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from manim import DOWN, LEFT, RIGHT, Dot, Line, Mobject, RoundedRectangle, Text, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from descent_core.recordings.landscape import Landscape
from descent_core.round_numbers import nearest_round_number
from scenes.engine.drawing.centre import centre
from scenes.parts.panels.marks import Marks
from scenes.parts.words import set_on_baseline, words
from scenes.stage.number_sources import note_source
from scenes.stage.traced_run import origin
from scenes.theme import theme


class AxisMark(NamedTuple):
    """A mark of an axis as it is drawn: a short line at its place, and what stands beside it."""

    tick: Line
    text: Text


class Plot(VGroup):
    """Axes with few ticks, and room for curves of recorded points.

    Parameters
    ----------
    across, up
        The ranges of the two axes.
    across_name, up_name
        What they measure.
    across_ticks, up_ticks
        Values to mark.
    up_format
        Format of the upward marks; those across are formatted by ``:g``.
    up_marks
        In place of ``up_ticks`` and their format: values with what is written there, and what is to be added to all
        of them, which stands beside the name of the axis.
    size
        Width and height of the area between the axes, in scene units.
    log
        Whether the upward axis is logarithmic.
    plate
        Whether to lay a plate under it, for use over a mountain.

    Examples
    --------
    ::

        run = recording("right")
        plot = Plot((0, run.steps), (0.01, 10), across_name="step", up_name="loss", up_ticks=(0.01, 0.1, 1), log=True)
        self.add(plot, plot.curve(range(run.steps + 1), run.losses, theme.right))
    """

    def __init__(
        self,
        across: tuple[float, float],
        up: tuple[float, float],
        *,
        across_name: str,
        up_name: str,
        across_ticks: Sequence[float] = (),
        up_ticks: Sequence[float] = (),
        up_format: str = "{:g}",
        up_marks: Marks | None = None,
        size: tuple[float, float] = (3.4, 1.9),
        log: bool = False,
        plate: bool = True,
    ) -> None:
        super().__init__()
        self.across, self.up, self.log = across, up, log
        width, height = size
        line = {"color": theme.quiet, "stroke_width": 2}
        self.corner = Dot(radius=0.001, fill_opacity=0)
        east, north = Line([0, 0, 0], [width, 0, 0], **line), Line([0, 0, 0], [0, height, 0], **line)
        self._size = size
        #: The axes as they are drawn: across, and up.
        self.axes = (east, north)
        #: The marks along each, and what is to be added to the values of the upward ones, if anything.
        self.marks: tuple[list[AxisMark], list[AxisMark]] = ([], [])
        self.offset: Text | None = None
        self.add(self.corner, east, north)
        #: What the upward axis measures, over its head.
        self.across_name = across_name
        self.title = title = words(up_name, theme.label, theme.text, weight="SEMIBOLD")
        for value in across_ticks:
            spot = self.spot(value, up[0])
            text = note_source(f"{value:g}", f"a mark of the axis {across_name!r}")
            mark = words(text, theme.small, theme.quiet).next_to(spot, DOWN, buff=theme.near)
            self.marks[0].append(AxisMark(Line(spot, spot + DOWN * 0.07, **line), mark))
        source = f"a mark of the axis {up_name!r}"
        marks = up_marks or Marks(np.array(up_ticks), tuple(_trimmed(up_format.format(value)) for value in up_ticks))
        for value, text in zip(marks.values, marks.texts, strict=True):
            spot = self.spot(across[0], value)
            mark = words(note_source(text, source), theme.small, theme.quiet).next_to(spot, LEFT, buff=theme.near)
            self.marks[1].append(AxisMark(Line(spot, spot + LEFT * 0.07, **line), mark))
        self.add(*(shape for mark in (*self.marks[0], *self.marks[1]) for shape in mark))
        name = words(across_name, theme.small, theme.quiet)
        name.next_to(self.spot(across[1], up[0]), DOWN, buff=theme.near).align_to(east, RIGHT)
        if len(across_ticks) > 1 and across_ticks[-1] >= across[1]:
            # The end of the axis has its number: the name stands between that and the one before.
            name.set_x(float(self.spots(across_ticks[-2:], up[:1] * 2)[:, 0].mean()))
        #: What the other axis measures, at its end.
        self.across_title = name
        self.add(name)
        self.add(set_on_baseline(title, up_name, height + 0.26).align_to(north, LEFT))
        if marks.offset:
            offset = set_on_baseline(
                words(note_source(marks.offset, source), theme.small, theme.quiet), marks.offset, height + 0.26
            )
            self.add(offset.next_to(title, RIGHT, buff=theme.gap, coor_mask=[1, 0, 1]))
            self.offset = offset
        if plate:
            self.add_to_back(
                RoundedRectangle(
                    corner_radius=0.14,
                    width=self.width + 0.5,
                    height=self.height + 0.4,
                    stroke_width=0,
                    fill_color=theme.page,
                    fill_opacity=theme.plate,
                ).move_to(self)
            )

    def spot(self, x: float, y: float) -> NDArray[np.float64]:
        """``(3,)``, the scene point of a value pair; values beyond the axes stay at their ends."""
        return self.spots([x], [y])[0]

    def spots(self, xs: ArrayLike, ys: ArrayLike) -> NDArray[np.float64]:
        """``(n, 3)``, the scene points of value pairs."""
        along, height = np.asarray(xs, float), np.asarray(ys, float)
        low, high = self.up
        if self.log:
            height, low, high = np.log10(np.maximum(height, 1e-300)), float(np.log10(low)), float(np.log10(high))
        u = np.clip((along - self.across[0]) / (self.across[1] - self.across[0]), 0, 1)
        v = np.clip((height - low) / (high - low), 0, 1)
        flat = np.stack([u * self._size[0], v * self._size[1], np.zeros_like(u)], axis=-1)
        return flat + centre(self.corner)

    def curve(
        self,
        xs: ArrayLike,
        ys: ArrayLike,
        colour: str,
        width: float = 4,
        *,
        offset: float = 0.0,
        a_row: float | None = None,
    ) -> PlotCurve:
        """A line through recorded points.

        Parameters
        ----------
        xs, ys
            ``(n,)`` each, the value pairs.
        colour
            ``#rrggbb``.
        width
            Of the stroke, as manim counts it.
        offset, a_row
            Where rows stand across, unless ``xs`` are of the recording too: row 0, and how much further each next one.
            Of an axis that counts steps that is 1; of any other it has to be said.

        Examples
        --------
        Losses that are counted from the step after the first::

            run = recording("right")
            plot = Plot((0, 59), (0, 3), across_name="step", up_name="loss")
            self.add(plot, plot.curve(range(60), run.losses[1:], theme.right, offset=-1))
        """
        line = PlotCurve(self, xs, ys, colour, width, offset=offset, a_row=a_row)
        return line.set_points_as_corners(self.spots(xs, ys))


class PlotCurve(VMobject):
    """A line of a plot, and what it claims to show: it is checked against the recording that its values are of.

    Parameters
    ----------
    plot
        The axes that it is drawn to.
    xs, ys
        ``(n,)``, its values, whole: of a traced recording (`scenes.stage.traced_run`), it keeps where in it they are.
    colour, width
        Of its stroke.
    offset, a_row
        As for `Plot.curve`.

    Attributes
    ----------
    origins
        Where in a recording ``xs`` and ``ys`` are; None where they are of none.
    landscape
        The landscape that it is a cut of, if it is one.
    cut
        The value of coefficient 1 along which it is.
    now
        How many of its steps are drawn, with a fraction within the present one; None means all.
    head
        What marks where it ends, if something does.
    """

    def __init__(
        self,
        plot: Plot,
        xs: ArrayLike,
        ys: ArrayLike,
        colour: str,
        width: float = 4,
        *,
        offset: float = 0.0,
        a_row: float | None = None,
    ) -> None:
        super().__init__(stroke_color=colour, stroke_width=width)
        self.plot, self.offset, self.a_row = plot, offset, a_row
        self.origins = origin(xs), origin(ys)
        self.xs, self.ys = np.asarray(xs, dtype=np.float64), np.asarray(ys, dtype=np.float64)
        self.landscape: Landscape | None = None
        self.cut = 0.0
        self.now: Callable[[], float] | None = None
        self.head: Mobject | None = None


def _trimmed(number: str) -> str:
    """Without trailing zeros: 1, not 1.000000."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def step_axis(steps: int) -> tuple[tuple[float, float], tuple[int, int]]:
    """The range of an axis of so many steps, and two of them to mark: the first, and the last.

    >>> step_axis(60), step_axis(1)
    (((0.0, 60.0), (0, 60)), ((0.0, 1.5), (0, 1)))
    """
    return (0.0, float(max(steps, 1.5))), (0, max(steps, 1))


def round_ticks(top: float) -> tuple[float, list[float]]:
    """Where an axis from 0 ends that is to hold ``top``, and round numbers to mark on it.

    >>> round_ticks(2.007), round_ticks(11000)
    ((2.25, [0.0, 1.0, 2.0]), (11250.0, [0.0, 5000.0, 10000.0]))
    """
    step = nearest_round_number(top / 1.7) if top > 0 else 1.0
    ceiling = max(float(np.ceil(top / step * 4)) * step / 4, step)
    return ceiling, [float(f"{step * k:.6g}") for k in range(int(ceiling / step + 1e-9) + 1)]
