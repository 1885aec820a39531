"""Plot: a small pair of axes on a plate. Linear or logarithmic upward, no formula behind it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, RIGHT, Dot, Line, RoundedRectangle, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from descent_core.trajectory import Trajectory
from scenes.ledger import note
from scenes.parts.centre import centre
from scenes.parts.scale import ticks
from scenes.parts.type import stand, words
from scenes.parts.walk import Progress
from scenes.theme import theme


class Plot(VGroup):
    """Axes with few ticks, and room for curves of recorded points.

    Parameters
    ----------
    across, up
        The ranges of the two axes.
    across_name, up_name
        What they measure.
    across_ticks, up_ticks
        Values to mark; text to show beside them is made by ``up_format`` and ``:g``.
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
        size: tuple[float, float] = (3.4, 1.9),
        log: bool = False,
        plate: bool = True,
    ) -> None:
        super().__init__()
        self._across, self._up, self._log = across, up, log
        width, height = size
        line = {"color": theme.quiet, "stroke_width": 2}
        self.corner = Dot(radius=0.001, fill_opacity=0)
        east, north = Line([0, 0, 0], [width, 0, 0], **line), Line([0, 0, 0], [0, height, 0], **line)
        self._size = size
        self.add(self.corner, east, north)
        #: What the upward axis measures, over its head.
        self.title = title = words(up_name, theme.label, theme.text, weight="SEMIBOLD")
        for value in across_ticks:
            spot = self.spot(value, up[0])
            self.add(Line(spot, spot + DOWN * 0.07, **line))
            self.add(
                words(note(f"{value:g}", f"a mark of the axis {across_name!r}"), theme.small, theme.quiet).next_to(
                    spot, DOWN, buff=theme.near
                )
            )
        for value in up_ticks:
            spot = self.spot(across[0], value)
            self.add(Line(spot, spot + LEFT * 0.07, **line))
            text = note(_trimmed(up_format.format(value)), f"a mark of the axis {up_name!r}")
            mark = words(text, theme.small, theme.quiet)
            self.add(mark.next_to(spot, LEFT, buff=theme.near))
        name = words(across_name, theme.small, theme.quiet)
        self.add(name.next_to(self.spot(across[1], up[0]), DOWN, buff=theme.near).align_to(east, RIGHT))
        self.add(stand(title, up_name, height + 0.26).align_to(north, LEFT))
        if plate:
            self.add_to_back(
                RoundedRectangle(
                    corner_radius=0.14,
                    width=self.width + 0.5,
                    height=self.height + 0.4,
                    stroke_width=0,
                    fill_color=theme.ink,
                    fill_opacity=theme.plate,
                ).move_to(self)
            )

    def spot(self, x: float, y: float) -> NDArray[np.float64]:
        """``(3,)``, the scene point of a value pair; values beyond the axes stay at their ends."""
        return self.spots([x], [y])[0]

    def spots(self, xs: ArrayLike, ys: ArrayLike) -> NDArray[np.float64]:
        """``(n, 3)``, the scene points of value pairs."""
        along, height = np.asarray(xs, float), np.asarray(ys, float)
        low, high = self._up
        if self._log:
            height, low, high = np.log10(np.maximum(height, 1e-300)), float(np.log10(low)), float(np.log10(high))
        u = np.clip((along - self._across[0]) / (self._across[1] - self._across[0]), 0, 1)
        v = np.clip((height - low) / (high - low), 0, 1)
        flat = np.stack([u * self._size[0], v * self._size[1], np.zeros_like(u)], axis=-1)
        return flat + centre(self.corner)

    def curve(self, xs: ArrayLike, ys: ArrayLike, colour: str, width: float = 4) -> VMobject:
        """A line through recorded points."""
        line = VMobject(stroke_color=colour, stroke_width=width)
        return line.set_points_as_corners(self.spots(xs, ys))


def _trimmed(number: str) -> str:
    """Without zeros that say nothing: 1, not 1.000000."""
    return number.rstrip("0").rstrip(".") if "." in number else number


class LossCurve(Plot):
    """The loss at each recorded step. A loss that is not finite is off the top.

    Parameters
    ----------
    runs
        Each a `Trajectory`, drawn whole; or a `Walk` or `Progress` of one, drawn as far as it has come:
        whatever plays ``walk.to(…)`` moves hiker and curve together. Any number of knobs.
    colours
        One for each.
    size
        Width and height of the area between the axes, in scene units.

    Raises
    ------
    ValueError
        There is no run, or not one colour for each.

    Examples
    --------
    A whole run, and one that is being told::

        whole, told = recording("right"), Progress(recording("too-small"))
        self.add(LossCurve(whole, told, colours=[theme.right, theme.too_small], size=(6, 3)))
        self.play(told.to(60, run_time=1))
    """

    def __init__(
        self,
        *runs: Trajectory | Progress,
        colours: Sequence[str] | None = None,
        size: tuple[float, float] = (3.4, 1.9),
    ) -> None:
        if not runs:
            raise ValueError("a loss curve needs at least one run")
        walks = [Progress(run, run.steps) if isinstance(run, Trajectory) else run for run in runs]
        steps = max(walk.trajectory.steps for walk in walks)
        losses = np.concatenate([walk.trajectory.losses for walk in walks])
        ceiling, marks = ticks(float(np.max(losses, where=np.isfinite(losses), initial=0)))
        super().__init__(
            (0, max(steps, 1)),
            (0, ceiling),
            across_name="step",
            up_name="loss",
            across_ticks=sorted({0, steps // 2}),
            up_ticks=marks,
            size=size,
        )
        #: The dot at the head of each curve, and the progress that it shows.
        self.heads: list[tuple[Dot, Progress]] = []
        for walk, colour in zip(walks, colours or [theme.right] * len(walks), strict=True):
            line = VMobject(stroke_color=colour, stroke_width=4)
            head = Dot(radius=0.07, color=colour)
            line.add_updater(lambda line, walk=walk: self._follow(line, walk))
            head.add_updater(lambda head, walk=walk: head.move_to(self._head(walk)))
            self._follow(line, walk)
            head.move_to(self._head(walk))
            self.add(line, head)
            self.heads.append((head, walk))

    def _follow(self, line: VMobject, walk: Progress) -> None:
        rows = np.arange(walk.row + 1)
        spots = list(self.spots(rows, _up(walk.trajectory.losses[rows])))
        spots.append(self._head(walk))
        line.set_points_as_corners(spots)

    def _head(self, walk: Progress) -> NDArray[np.float64]:
        """Between two recorded losses, on the line that joins them."""
        row, losses = walk.row, walk.trajectory.losses
        after = min(row + 1, walk.trajectory.steps)
        part = walk.now - row
        here, there = self.spots([row, after], _up(losses[[row, after]]))
        return np.asarray(here + (there - here) * part)


def _up(losses: NDArray[np.float64]) -> NDArray[np.float64]:
    """A loss that is no number is no lower than any."""
    return np.nan_to_num(losses, nan=np.inf, posinf=np.inf, neginf=-np.inf)
