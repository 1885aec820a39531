"""TurnFan: turns of many knobs as needles on a dial, each as far from downhill as it was."""

from __future__ import annotations

import numpy as np
from manim import DOWN, RIGHT, UP, Animation, Circle, Line, Polygon, ValueTracker, VGroup, VMobject, linear
from numpy.typing import ArrayLike, NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.theme import theme

#: How far a needle reaches, of the radius, and how broad its foot is.
_REACH, _BROAD = 0.86, 0.022


def turns_of(run: Trajectory) -> NDArray[np.float64]:
    """``(T,)``, for each try of a random search the cosine between its turn and the way downhill.

    1 is straight downhill, -1 straight uphill, 0 sideways.

    Raises
    ------
    ValueError
        The recording has no tries.

    Examples
    --------
    ::

        self.add(fan := TurnFan(turns_of(recording("guessing-100"))))
        self.play(fan.spread(run_time=1))
    """
    if run.tries is None:
        raise ValueError(f"{run.label} has no tries; only a random search makes them")
    turns = np.asarray(run.tries, dtype=float) - np.asarray(run.coeffs, dtype=float)[:-1]
    down = -np.asarray(run.slopes, dtype=float)[:-1]
    lengths = np.linalg.norm(turns, axis=1) * np.linalg.norm(down, axis=1)
    return np.asarray((turns * down).sum(axis=1) / lengths)


class TurnFan(VGroup):
    """A dial whose lower end is downhill, and a needle for each turn: at the angle that it had to downhill.

    Of the many directions that are sideways there are only two to show, so needles go to the left and to the right in
    turns.

    Parameters
    ----------
    cosines
        ``(k,)``, of each turn the cosine of its angle to downhill, such as `turns_of` gives.
    radius
        In scene units.

    Attributes
    ----------
    shown
        How many needles are there, as a fraction of all.

    Examples
    --------
    ::

        fan = TurnFan(turns_of(recording("fiddling")))
        self.add(fan)
        self.play(fan.spread(run_time=1))
    """

    def __init__(self, cosines: ArrayLike, radius: float = 1.3) -> None:
        super().__init__()
        self.cosines = np.clip(np.asarray(cosines, dtype=float), -1, 1)
        self.radius = radius
        self.rim = Circle(
            radius=radius, stroke_color=theme.rule, stroke_width=3, fill_color=theme.panel, fill_opacity=0.95
        )
        level = Line([-radius, 0, 0], [radius, 0, 0], color=theme.rule, stroke_width=2)
        self.downhill = _barb(DOWN, radius, theme.downhill)
        self.uphill = _barb(UP, radius, theme.uphill)
        self.needles = VMobject(stroke_width=0, fill_color=theme.guess, fill_opacity=0.85)
        hub = Circle(radius=radius * 0.045, stroke_width=0, fill_color=theme.text, fill_opacity=1)
        self.shown = ValueTracker(0)
        self.add(self.rim, level, self.uphill, self.downhill, self.needles, hub)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def spread(self, *, run_time: float) -> Animation:
        """Animate all needles to come, one after the other."""
        return self.shown.animate(run_time=run_time, rate_func=linear).set_value(1.0)

    def drawn_cosines(self) -> NDArray[np.float64]:
        """``(k,)``, of each needle that is whole the cosine of its angle to downhill, as it is drawn."""
        tips = self.needles.points.reshape(-1, 12, 3)[:, 3] - self.rim.get_center()
        return np.asarray(-tips[:, 1] / np.linalg.norm(tips, axis=1))

    def parts(self, number: int) -> tuple[Line, Line]:
        """The two parts of a turn: from the hub how far it goes up or down, and from there how far it goes sideways.

        Parameters
        ----------
        number
            Which turn, from 0.
        """
        cosine, middle = self.cosines[number], self.rim.get_center()
        reach = self.rim.width / 2 * _REACH
        side = -1.0 if number % 2 else 1.0
        corner = middle + reach * cosine * DOWN
        tip = corner + reach * side * np.sqrt(1 - cosine**2) * RIGHT
        colour = theme.downhill if cosine > 0 else theme.uphill
        return (
            Line(middle, corner, color=colour, stroke_width=9),
            Line(corner, tip, color=theme.text, stroke_width=9),
        )

    def refresh(self) -> None:
        """Draw the needles that are shown."""
        count = len(self.cosines)
        grown = np.clip(self.shown.get_value() * (count + 6) - np.arange(count), 0, 6) / 6
        here = grown > 0
        cosines, grown = self.cosines[here], grown[here]
        side = np.where(np.arange(len(cosines)) % 2, -1.0, 1.0)
        way = np.stack([side * np.sqrt(1 - cosines**2), -cosines, np.zeros_like(cosines)], axis=-1)
        across = np.stack([-way[:, 1], way[:, 0], np.zeros_like(cosines)], axis=-1)
        unit = self.rim.width / 2
        middle = self.rim.get_center()
        tips = middle + way * (unit * _REACH * (1 - (1 - grown) ** 3))[:, None]
        feet = across * unit * _BROAD
        corners = np.stack([middle - feet, tips, middle + feet, middle - feet], axis=1)
        start, end = corners[:, :-1], corners[:, 1:]
        sides = [start + (end - start) * part for part in (0, 1 / 3, 2 / 3, 1)]
        self.needles.points = np.stack(sides, axis=2).reshape(-1, 3)


def _barb(way: NDArray[np.float64], radius: float, colour: str) -> Polygon:
    """A mark on the rim, pointing outward."""
    side = np.array([way[1], -way[0], 0.0]) * radius * 0.13
    foot = way * radius * 1.03
    return Polygon(
        foot - side, foot + side, foot + way * radius * 0.2, stroke_width=0, fill_color=colour, fill_opacity=1
    )
