"""Ribbons: many recorded walks over one mountain, one after the other, drawn fast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Circle, ValueTracker, VGroup, VMobject, linear
from numpy.typing import NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.parts.ground.curves import curves_through, first_part
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import LEAP, Walk
from scenes.theme import theme

#: World height of a ribbon above the ground.
_ABOVE = 0.05
#: Pieces that a leap is drawn in, and the world length of those of any other step.
_IN_A_LEAP, _PIECE = 14, 0.08
#: A shorter way than this (world units) is not drawn: it would be less than a pixel.
_TOO_SHORT = 0.015
#: How many times as wide a ribbon is while its walk is under way, and how opaque it is then, and once it has ended.
_UNDER_WAY, _BRIGHTEST, _ENDED = 1.8, 1.0, 0.85
#: Leaps after which a ribbon is only a haze, that many would be a tangle; how wide and how opaque that is.
_BRIGHT, _HAZE = 4, (1.6, 0.11)
#: World radius of the mark where a walk ended.
_END = 0.075


class Ribbons(VGroup):
    """A ribbon over the ground for each of many walks: through every recorded point, with an arc for each leap.

    One grows at a time, in the colour of text; it takes its own once its walk has ended. All of them are one mobject
    with one updater; nothing is worked out while neither the eye nor the ribbons move.

    Parameters
    ----------
    mountain
        The ground.
    runs
        Recordings of two coefficients, in the order in which they come.
    colours
        ``#rrggbb``, one for each.
    width
        Of a ribbon, as manim counts it.

    Raises
    ------
    ValueError
        There is no run, or not one colour for each.

    Attributes
    ----------
    clock
        How many have ended, with a fraction of the one that grows.
    colours
        What each takes on where its walk has ended.

    Examples
    --------
    Three walks that differ in nothing but the learning rate::

        mountain = Mountain(library.landscape("mountain"))
        runs = [recording(label) for label in ("too-small", "right", "too-big")]
        ribbons = Ribbons(mountain, runs, [theme.too_small, theme.right, theme.too_big])
        self.add(mountain, ribbons)
        self.play(ribbons.fan_out(run_time=2))
    """

    #: It belongs to the ground: captions may be drawn over it.
    on_ground = True

    def __init__(
        self, mountain: Mountain, runs: Sequence[Trajectory], colours: Sequence[str], width: float = 2.6
    ) -> None:
        super().__init__()
        if not runs:
            raise ValueError("ribbons need at least one run")
        self.mountain, self.runs = mountain, tuple(runs)
        self.clock, self.colours, self._width = ValueTracker(0.0), tuple(colours), width
        self._ended = [True] * len(runs)
        ways = [_Way(Walk(run, mountain, row=run.steps)) for run in runs]
        self._ways = ways
        self._ends = np.cumsum([len(way.points) for way in ways])
        self._world = np.concatenate([way.points for way in ways])
        thin, faint = _HAZE
        #: What each is drawn as: its way, the haze of its later leaps, and the mark where its walk ended.
        self.ribbons = [
            VGroup(
                VMobject(stroke_color=colour, stroke_width=thin, stroke_opacity=faint),
                VMobject(stroke_color=colour, stroke_width=width, stroke_opacity=_ENDED),
                VMobject(stroke_width=0, fill_color=colour, fill_opacity=1),
            )
            for _, colour in zip(ways, colours, strict=True)
        ]
        # All marks lie over all ways.
        for layer in range(3):
            for ribbon in self.ribbons:
                ribbon[layer].lies_on_ground = True
                self.add(ribbon[layer])
        self._mark = Circle(radius=_END, num_components=9).points
        self._drawn: tuple[Any, ...] | None = None
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    @property
    def leading(self) -> Trajectory:
        """The run whose ribbon has begun last."""
        return self.runs[min(int(self.clock.get_value() + 1e-6), len(self.runs) - 1)]

    @property
    def ended(self) -> tuple[Trajectory, ...]:
        """The runs whose ribbons have grown to their end."""
        return self.runs[: int(self.clock.get_value() + 1e-6)]

    @property
    def begun(self) -> tuple[Trajectory, ...]:
        """The runs whose ribbons have begun."""
        return self.runs[: int(np.ceil(self.clock.get_value() - 1e-6))]

    def fan_out(self, *, run_time: float, rate_func: Any = linear) -> Animation:
        """Animate all of them to come, one after the other, in ``run_time`` seconds."""
        return self.clock.animate(run_time=run_time, rate_func=rate_func).set_value(len(self.runs))

    def refresh(self) -> None:
        """Draw as much of each as has come, as the present shot shows it."""
        if self.updating_suspended:
            return  # while it fades it stays as it is: manim counts what has points
        now, framing = float(self.clock.get_value()), self.mountain.framing
        if self._drawn is not None and self._drawn == (now, framing):
            return
        if self._drawn is None or self._drawn[1] != framing:
            seen = np.split(self.mountain.seen(self._world), self._ends[:-1])
            spots = np.split(self.mountain.on_screen(self._world), self._ends[:-1])
            self._curves = [curves_through(spot, way.corners) for spot, way in zip(spots, self._ways, strict=True)]
            self._open = [shows[:-1] & shows[1:] for shows in seen]
            self._ends_seen = self.mountain.seen(np.array([way.end for way in self._ways]))
        self._drawn = (now, framing)
        for index, (way, ribbon) in enumerate(zip(self._ways, self.ribbons, strict=True)):
            grown = min(max(now - index, 0.0), 1.0)
            self._dye(index, ended=grown >= 1)
            curves, whole = self._up_to(index, grown * (2 - grown))
            bright = self._open[index][: way.haze].sum() if whole > way.haze else len(curves)
            ribbon[0].points = curves[bright:].reshape(-1, 3)
            ribbon[1].points = curves[:bright].reshape(-1, 3)
            ribbon[2].points = self._end_mark(index, grown)

    def _dye(self, index: int, *, ended: bool) -> None:
        """Give a ribbon the look of one that grows, or of one whose walk has ended."""
        if self._ended[index] == ended:
            return
        self._ended[index] = ended
        haze, way, _ = self.ribbons[index]
        colour = self.colours[index] if ended else theme.text
        haze.set_stroke(colour)
        way.set_stroke(colour, self._width * (1 if ended else _UNDER_WAY), _ENDED if ended else _BRIGHTEST)

    def _up_to(self, index: int, fraction: float) -> tuple[NDArray[np.float64], int]:
        """``(n, 4, 3)``, what is seen of a ribbon up to a fraction of its length; and how many curves that would be."""
        along, curves, shows = self._ways[index].along, self._curves[index], self._open[index]
        if fraction >= 1 or not len(curves):
            return curves[shows], len(curves)
        if fraction <= 0:
            return curves[:0], 0
        last = min(int(np.searchsorted(along, fraction)), len(curves)) - 1
        seen = curves[:last][shows[:last]]
        if shows[last]:
            part = first_part(curves[last], (fraction - along[last]) / (along[last + 1] - along[last]))
            seen = np.concatenate([seen, part[None]])
        return seen, last + 1

    def _end_mark(self, index: int, grown: float) -> NDArray[np.float64]:
        """The outline of the mark where a walk ended, once its ribbon has come there."""
        way = self._ways[index]
        if grown < 1 or not self._ends_seen[index]:
            return np.zeros((0, 3))
        depth = float(self.mountain.camera().project(way.end)[2])
        return np.asarray(self.mountain.on_screen(way.end) + self._mark * [1, 0.62, 1] * self.mountain.scale_in(depth))


class _Way:
    """The way of a walk in world points: all recorded ones, but for those that lie on the one before.

    Attributes
    ----------
    points
        ``(n, 3)``, world points.
    corners
        ``(n,)``, which of them are recorded.
    along
        ``(n,)``, how far along the way each is, from 0 to 1.
    haze
        The first curve of its later leaps.
    end
        ``(3,)``, where the walk ended.
    """

    def __init__(self, walk: Walk) -> None:
        times, leaps = [np.zeros(1)], 0
        last, self.haze = walk.positions[0], 0
        for row, there in enumerate(walk.positions[1:]):
            stride = float(np.linalg.norm((there - walk.positions[row]) * walk.mountain.scale_of.ground))
            if np.linalg.norm((there - last) * walk.mountain.scale_of.ground) < _TOO_SHORT:
                continue
            pieces = _IN_A_LEAP if stride > LEAP else max(int(np.ceil(stride / _PIECE)), 1)
            times.append(row + np.arange(1, pieces + 1) / pieces)
            last, leaps = there, leaps + (stride > LEAP)
            if leaps <= _BRIGHT:
                self.haze += pieces
        all_times = np.concatenate(times)
        self.points = walk.path(all_times) + [0, 0, _ABOVE]
        self.end = walk.path(np.array([float(walk.trajectory.steps)]))[0] + [0, 0, _ABOVE]
        self.corners = np.abs(all_times - np.round(all_times)) < 1e-9
        lengths = np.linalg.norm(np.diff(self.points, axis=0), axis=1)
        self.along = np.append(0.0, np.cumsum(lengths) / max(float(lengths.sum()), 1e-12))
