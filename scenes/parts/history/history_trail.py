"""HistoryTrail: the history of a loss, as a trail of cairns that climbs from the coefficients to the loss."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    UP,
    Animation,
    Circle,
    Mobject,
    VGroup,
    VMobject,
    config,
    interpolate_color,
)
from manim.utils.color import ManimColor
from numpy.typing import NDArray

from scenes.parts.history.cairn import Cairn
from scenes.parts.history.history import History
from scenes.parts.words import set_on_baseline, words
from scenes.theme import theme

#: Where the hill stands in the frame, in scene units: its foot, its height, and how it steepens.
_FOOT, _HEIGHT, _STEEPENS = -1.62, 3.7, 1.9
#: Where the one end stands, the first cairn, the second, and the other end.
_ACROSS = (-5.72, -4.2, -2.95, 5.65)
#: How bright a cairn stays that the light has passed.
_EMBERS = 0.62


def _ridge(x: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """``(…, 3)``, the edge of the hill at ``x``."""
    half = config.frame_width / 2
    along = np.clip((np.asarray(x, dtype=float) + half) / (2 * half), 0, 1)
    return np.stack([x * np.ones_like(along), _FOOT + _HEIGHT * along**_STEEPENS, np.zeros_like(along)], axis=-1)


class HistoryTrail(History):
    """A hill, and on its ridge a cairn for each operation between the coefficients and the loss, with its name.

    Parameters
    ----------
    names
        Of the operations, from the coefficients to the loss: those that torch recorded.
    foot, summit
        What stands at its ends, such as two knobs and a card; each is moved to its place.
    ends
        The names of the two.

    Attributes
    ----------
    built
        How many of the cairns stand.
    light
        Where a light runs along it, from 1, at the summit, to 0, at the foot. What it has passed goes on glowing.

    Examples
    --------
    ::

        trail = HistoryTrail(["mul", "add", "sin"], Knob(0.5), plate(words("card")), ends=("coeffs", "loss"))
        self.add(trail)
        self.play(trail.pile(run_time=1))
        self.play(trail.run_back(run_time=1))
    """

    #: The hill is ground: captions may be drawn over it.
    on_ground = True

    def __init__(self, names: Sequence[str], foot: Mobject, summit: Mobject, *, ends: tuple[str, str]) -> None:
        super().__init__(len(names))
        foot_at, first, second, summit_at = _ACROSS
        self.feet = _ridge(np.array([foot_at, first, *np.linspace(second, summit_at, len(names))]))
        self.hill = _hill()
        self.way = VMobject(stroke_color=theme.trail, stroke_width=3, stroke_opacity=0.55)
        self.cairns = [Cairn(0.62, seed).stand(place) for seed, place in enumerate(self.feet[1:-1], start=3)]
        #: What stands at its ends.
        self.ends = (foot, summit)
        for thing, place in zip(self.ends, self.feet[[0, -1]], strict=True):
            thing.shift(place + UP * 0.04 - thing.get_bottom())
        self.labels = [self._name(name, place) for name, place in zip(names, self.feet[1:-1], strict=True)]
        #: The names of what stands at its ends.
        self.end_labels = [
            self._name(name, place, colour)
            for name, place, colour in zip(ends, self.feet[[0, -1]], (theme.weight, theme.loss), strict=True)
        ]
        self.spark = VGroup(
            *(
                Circle(radius=0.42 * (1 - k / 8), stroke_width=0, fill_color=theme.things.lamplight, fill_opacity=0.09)
                for k in range(7)
            ),
            Circle(radius=0.075, stroke_width=0, fill_color=theme.things.lantern, fill_opacity=1),
        )
        self.add(self.hill, self.way, *self.cairns, *self.labels, self.spark)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def pile(self, count: int | None = None, *, run_time: float) -> Animation:
        """Animate the cairns to be piled up, one after the other from the foot on: so many of them, or all."""
        return self.build(count, run_time=run_time)

    def refresh(self) -> None:
        """Draw what stands, and the light where it is."""
        built, light, count = self.built.get_value(), self.light.get_value(), len(self.cairns)
        runs = 0 < light < 1
        x = self._across(light)
        for index, (cairn, name) in enumerate(zip(self.cairns, self.labels, strict=True)):
            part = float(np.clip(built - index, 0, 1))
            away = float(self.feet[index + 1][0] - x)
            lit = 0.0 if light >= 1 or away < -0.35 else _EMBERS + (1 - _EMBERS) * float(np.exp(-abs(away) * 1.6))
            rising = float(np.clip((away + 0.35) / 0.35, 0, 1))
            cairn.show(part, lit * rising)
            name.set_fill(opacity=min(max(part * 2 - 1, 0), 1))
        reached = self.feet[0][0] + (self.feet[-1][0] - self.feet[0][0]) * min(built / count, 1.0)
        along = np.linspace(self.feet[0][0], max(reached, self.feet[0][0] + 0.01), 60)
        self.way.set_points_as_corners(_ridge(along) + DOWN * 0.09)
        for ring, opacity in zip(self.spark, (*[0.09] * 7, 1.0), strict=True):
            ring.set_fill(opacity=opacity * runs)
        self.spark.move_to(_ridge(x) + UP * 0.16)

    def _across(self, light: float) -> float:
        return float(self.feet[0][0] + (self.feet[-1][0] - self.feet[0][0]) * light)

    def _name(self, name: str, place: NDArray[np.float64], colour: str | None = None) -> VMobject:
        text = words(name, theme.label, colour or theme.text, mono=True)
        # Under the ridge, and all the more where that is steep.
        under = 0.46 + float(np.ptp(_ridge(place[0] + np.array([-0.5, 0.0]) * text.width)[:, 1]))
        return set_on_baseline(text.move_to(place), name, place[1] - under)


def _hill() -> VGroup:
    """The hill, darker toward its foot, with a rim of light along its ridge."""
    half = config.frame_width / 2
    edge = _ridge(np.linspace(-half - 0.1, half + 0.1, 80))
    low = -config.frame_height / 2 - 0.1
    body = VMobject(stroke_width=0)
    body.set_points_as_corners([[edge[0][0], low, 0], *edge, [edge[-1][0], low, 0], [edge[0][0], low, 0]])
    body.set_fill([theme.page, theme.page, interpolate_color(ManimColor(theme.panel), ManimColor(theme.rule), 0.4)])
    body.set_fill(opacity=1).set_sheen_direction(UP)
    # What light there is falls along the ridge.
    bands = VGroup()
    for deep, opacity in ((2.6, 0.018), (1.8, 0.021), (1.15, 0.024), (0.7, 0.03), (0.36, 0.06), (0.12, 0.1)):
        under = (edge - [0, deep, 0])[::-1]
        band = VMobject(stroke_width=0, fill_color=theme.quiet, fill_opacity=opacity)
        bands.add(band.set_points_as_corners([*edge, *under, edge[0]]))
    rim = VMobject(stroke_color=theme.quiet, stroke_width=2.5, stroke_opacity=0.7).set_points_as_corners(edge)
    return VGroup(body, bands, rim)
