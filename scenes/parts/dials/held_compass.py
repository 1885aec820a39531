"""HeldCompass: a dial that shows what ``.grad`` held, and the old readings that it is the sum of."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from manim import Animation, Circle, ValueTracker, VGroup, VMobject
from numpy.typing import NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.parts.dials.compass import dial, dial_axes
from scenes.parts.progress import Progress
from scenes.theme import theme

#: The longest that it ever holds reaches so far out, of the radius.
_REACH = 0.93
#: A new reading comes in while the last part of a step goes by: from this fraction of the step on.
_FROM = 0.45
#: A needle is gone once the cloth has passed the middle.
_OUT = 0.5


class HeldCompass(VGroup):
    """A dial over two coefficients, with a needle as long as what ``.grad`` holds; it points where the step will go.

    Where it is wiped after every step, a cloth goes over it, and then the next reading comes in. Where it never is,
    each old reading stays as a ghost, the next one is laid on its end, and the needle reaches from the middle to the
    end of them all: what is held is the sum.

    Parameters
    ----------
    progress
        How far a `Trajectory` of two coefficients has come: a `Progress` or a `Walk`.
    radius
        Of the dial, in scene units.
    longest
        The length, as a slope has it, that reaches the rim; the longest that this run held by default. Dials that
        stand beside each other are on one scale if it is the same for them.
    wiped
        Whether the run set its gradient to zero after every step.
    named
        Whether its axes are named: see `Compass`.

    Attributes
    ----------
    calm
        Whether readings change without a cloth, and without a new one coming in: for a dial that is small, beside
        somebody who walks fast.

    Examples
    --------
    One that is never wiped, step by step::

        progress = Progress(recording("never-zeroed"))
        compass = HeldCompass(progress, radius=2.5, named=True)
        self.add(compass)
        self.play(progress.to(3, run_time=1))
    """

    def __init__(
        self,
        progress: Progress,
        radius: float = 1.0,
        *,
        longest: float | None = None,
        wiped: bool = False,
        named: bool = False,
    ) -> None:
        super().__init__()
        run: Trajectory = progress.trajectory
        self.progress, self.radius, self.is_wiped, self.calm = progress, radius, wiped, False
        self._slopes, self._grads = (np.asarray(values, dtype=float) for values in (run.slopes, run.grads))
        longest = float(np.linalg.norm(self._grads, axis=1).max()) if longest is None else longest
        self._gain = _REACH / longest
        self._wipe = ValueTracker(0)
        self.rim, ticks = dial(radius)
        self.axes = dial_axes(radius) if named else VGroup()
        #: The old readings, one laid on the end of the other.
        self.ghosts = VMobject(stroke_color=theme.panel, stroke_width=1, fill_color=theme.stale, fill_opacity=0.75)
        colour = theme.downhill if wiped else theme.stale
        #: What is held, and the reading that comes in.
        self.held = VMobject(
            stroke_color=colour, stroke_width=0 if wiped else 2.5, fill_color=colour, fill_opacity=1 if wiped else 0.3
        )
        self.fresh = VMobject(stroke_width=0, fill_color=theme.downhill, fill_opacity=1)
        self.hub = Circle(radius=radius * 0.055, stroke_width=0, fill_color=theme.text, fill_opacity=1)
        self.cloth = _cloth(radius)
        self.add(self.rim, ticks, self.axes, self.held, self.ghosts, self.fresh, self.hub, self.cloth)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    @property
    def row(self) -> int:
        """The row of the step whose gradient it holds."""
        return min(self.progress.row, len(self._grads) - 1)

    @property
    def is_wiped_out(self) -> bool:
        """Whether a cloth has gone over its needle, and the next reading is not all there yet."""
        swept = self._swept()
        return _over(swept) >= _OUT and swept < 1

    @property
    def comes(self) -> float:
        """The fraction of a step from which on the next reading comes in."""
        return _FROM

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing comes in, and nothing is wiped away: its needle is what it holds."""
        return self._coming() <= 0 and self._wipe.get_value() <= 0

    def drawn_tip(self) -> NDArray[np.float64]:
        """``(2,)``, where the needle's tip is as it is drawn, from the middle: in units of a slope."""
        scale = self._unit()
        return np.asarray((self.held.points[7] - self.rim.get_center())[:2] / scale)

    def drawn_readings(self) -> NDArray[np.float64]:
        """``(n, 2)``, where the tip of each old reading is as it is drawn, from the middle: in units of a slope."""
        tips = self.ghosts.points.reshape(-1, 16, 3)[:, 7]
        return np.asarray((tips - self.rim.get_center())[:, :2] / self._unit())

    def wipe(self, *, run_time: float = 1.2) -> Animation:
        """Animate the cloth to go over it: all that it holds is gone, and the slope at the present row comes in.

        What the next ``backward()`` finds there is that slope alone.
        """
        return self._wipe.animate(run_time=run_time, rate_func=theme.ease).set_value(1.0)

    def refresh(self) -> None:
        """Draw what is held now."""
        row, coming = self.row, self._coming()
        wipe = self._wipe.get_value()
        if wipe > 0:
            fresh = self._slopes[min(self.progress.row, len(self._slopes) - 1)]
            self._sweep(self._grads[row], fresh, wipe, self._chain(row))
        elif self.is_wiped:
            self._sweep(self._grads[row], self._slopes[min(row + 1, len(self._slopes) - 1)], coming, [])
        else:
            self._pile(row, coming)

    def _swept(self) -> float:
        """How far it has been wiped, and the next reading has come in, from 0 to 1."""
        wipe = float(self._wipe.get_value())
        return wipe if wipe > 0 or not self.is_wiped else self._coming()

    def _coming(self) -> float:
        """How far the next reading has come in, from 0 to 1."""
        step = self.progress.now - self.progress.row
        if self.calm or self.row + 1 >= len(self._grads):
            return 0.0
        return float(np.clip((step - _FROM) / (1 - _FROM), 0, 1))

    def _pile(self, row: int, coming: float) -> None:
        """The old readings on each other's ends, and a new one that comes in at the middle and goes to the end."""
        held = self._grads[row]
        self.cloth.set_opacity(0)
        self._lay(self.ghosts, self._chain(row), 0.05)
        if coming <= 0:
            self._lay(self.held, [(np.zeros(2), held)], 0.12)
            self._lay(self.fresh, [], 0.1)
            return
        fresh = self._slopes[row + 1]
        grown, moved, turned = (theme.ease(float(np.clip(part, 0, 1))) for part in _thirds(coming))
        start = held * moved
        self._lay(self.fresh, [(start, start + fresh * grown)], 0.1)
        self._lay(self.held, [(np.zeros(2), held + fresh * turned)], 0.12)

    def _sweep(self, held: Any, fresh: Any, done: float, chain: list[Any]) -> None:
        """A cloth goes over what is held, from the left to the right, and then a new reading comes in."""
        over, grown = _over(done), _grown(done)
        edge = (-0.85 + 1.7 * over) * self.rim.width / 2
        scale = self._unit()
        left = [(a, b) for a, b in chain if over < 1 and -(a + b)[0] / 2 * scale > edge]
        self._lay(self.ghosts, left, 0.05)
        there = 0 < over < 1
        # The needle goes out as the cloth passes over the middle.
        self._lay(self.held, [(np.zeros(2), held)] if done <= 0 or over < _OUT else [], 0.1)
        self._lay(self.fresh, [(np.zeros(2), fresh * grown)] if grown > 0 else [], 0.1)
        self.cloth.set_opacity(np.sin(np.pi * over) ** 0.4 if there else 0)
        if there:
            bow = 0.12 * self.rim.width * np.sin(np.pi * over)
            self.cloth.scale_to_fit_width(self.rim.width * 0.3)
            self.cloth.move_to(self.rim.get_center() + [edge, bow, 0])

    def _chain(self, row: int) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """From where to where each old reading lies, on the end of the one before."""
        ends = np.vstack([np.zeros(2), np.cumsum(self._slopes[: row + 1], axis=0)])
        return list(pairwise(ends))

    def _unit(self) -> float:
        """Scene units of a slope of length 1."""
        return float(self._gain * self.rim.width / 2)

    def _lay(self, shape: VMobject, needles: list[Any], width: float) -> None:
        """Give a shape the outlines of needles from one slope to another; each points down the slope."""
        centre, scale = self.rim.get_center(), self._unit()
        outlines = []
        for start, end in needles:
            a, b = (-np.asarray(slope, dtype=float) * scale for slope in (start, end))
            length = float(np.hypot(*(b - a)))
            if length < 1e-6:
                continue
            along, broad = (b - a) / length, min(width * self.rim.width / 2, length * 0.3)
            side = np.array([-along[1], along[0]]) * broad
            neck = a + along * min(length * 0.3, broad * 2)
            corners = np.array([a, neck + side, b, neck - side, a])
            outlines.append(_straight(np.column_stack([corners, np.zeros(5)]) + centre))
        shape.points = np.concatenate(outlines) if outlines else np.zeros((0, 3))


def _over(done: float) -> float:
    """How far a cloth has gone over a dial."""
    return float(np.clip(done / 0.6, 0, 1))


def _grown(done: float) -> float:
    """How far a new reading has grown after it."""
    return theme.ease(float(np.clip((done - 0.55) / 0.45, 0, 1)))


def _thirds(coming: float) -> tuple[float, float, float]:
    """How far a new reading has grown, has moved to the end, and how far the needle has turned to its tip."""
    return coming / 0.35, (coming - 0.35) / 0.35, (coming - 0.65) / 0.35


def _straight(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """``(4 n, 3)``, the straight lines between ``(n + 1, 3)`` corners as manim has them."""
    start, end = corners[:-1], corners[1:]
    return np.stack([start + (end - start) * part for part in (0, 1 / 3, 2 / 3, 1)], axis=1).reshape(-1, 3)


def _cloth(radius: float) -> VGroup:
    """A cloth with two stripes, as wide as a third of the dial."""
    size = radius * 0.6
    hem = [(-0.5, 0.72), (0.02, 0.62), (0.5, 0.76), (0.42, 0.0), (0.52, -0.7), (0.0, -0.6), (-0.48, -0.74), (-0.4, 0.0)]
    cloth = VMobject(
        stroke_color=theme.things.bedroll, stroke_width=2, fill_color=theme.things.scarf, fill_opacity=1
    ).set_points_smoothly([[x * size, y * size, 0] for x, y in (*hem, hem[0])])
    stripes = VGroup(
        *(
            VMobject(stroke_color=theme.things.stripe, stroke_width=4).set_points_smoothly(
                [[-0.43 * size, y * size, 0], [0, (y + 0.07) * size, 0], [0.44 * size, (y - 0.02) * size, 0]]
            )
            for y in (-0.3, -0.45)
        )
    )
    return VGroup(cloth, stripes).rotate(-0.15)
