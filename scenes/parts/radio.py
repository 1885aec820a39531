"""Radio and Knob: one coefficient as a knob, two as a radio. (A thousand: `scenes.parts.knob_wall`.)"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Arc,
    Circle,
    Line,
    ManimColor,
    RoundedRectangle,
    VGroup,
    VMobject,
    interpolate_color,
)
from numpy.typing import ArrayLike

from scenes.engine.fields.knob_field import RADIUS
from scenes.parts.live_value import live
from scenes.parts.words import coefficient_name, words
from scenes.theme import theme

#: Radians that the second knob of a radio turns for a coefficient of 1; the first turns one.
TUNING = 0.6
#: Radius of a radio's knobs, to its width. They stand as far apart as every second knob of a `KnobWall`.
_KNOB = 0.105
#: How far out the band runs that tells how far a knob is turned, in its radii.
_BAND = 1.2


class Knob(VGroup):
    """A knob that is turned to an angle.

    Parameters
    ----------
    angle
        In radians, 0 straight up, growing clockwise; or a function that gives the present one, such as
        a recorded coefficient.
    radius
        In scene units.
    turned
        Colours of a band round it, from straight up to where its mark points: for more than nought, and for less.
        Without them there is no band, but ticks.

    Attributes
    ----------
    is_live
        Whether it was given a function.

    Examples
    --------
    ::

        run = recording("fiddling")
        progress = Progress(run)
        self.add(Knob(lambda: run.coeffs[progress.row, 0], radius=1.5))
        self.play(progress.to(10, run_time=1))
    """

    def __init__(
        self, angle: float | Callable[[], float], radius: float = 0.55, turned: tuple[str, str] | None = None
    ) -> None:
        super().__init__()
        self._angle, self.is_live = live(angle), callable(angle)
        self.radius = radius
        self.rim = Circle(
            radius=radius, stroke_color=theme.rule, stroke_width=4, fill_color=theme.things.knob, fill_opacity=1
        )
        face = Circle(radius=radius * 0.78, stroke_width=0, fill_color=theme.things.face, fill_opacity=1)
        # Turned metal: its side is lit from the upper left, its face is hollow.
        _shade(self.rim, theme.things.edge, theme.things.knob)
        _shade(face, theme.things.knob, theme.things.face)
        self.mark = Line([0, 0, 0], [0, radius, 0], color=theme.weight, stroke_width=6)
        ticks = VGroup(
            *(
                Line(
                    [np.sin(a) * radius * 1.14, np.cos(a) * radius * 1.14, 0],
                    [np.sin(a) * radius * 1.26, np.cos(a) * radius * 1.26, 0],
                    color=theme.quiet,
                    stroke_width=2,
                )
                for a in np.linspace(-2.4, 2.4, 13)
            )
        )
        self._turned = turned
        self.band = VMobject(stroke_width=0 if turned is None else 9)
        self.add(ticks if turned is None else self.band, self.rim, face, self.mark)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def reading(self) -> float:
        """The present angle, as it was given."""
        return self._angle()

    def drawn_angle(self) -> float:
        """Where its mark points as it is drawn, in radians, 0 straight up, growing clockwise."""
        way = self.mark.get_end() - self.mark.get_start()
        return float(np.arctan2(way[0], way[1]))

    def refresh(self) -> None:
        """Turn the mark to the present angle."""
        angle = self._angle()
        radius = self.rim.width / 2
        way = np.array([np.sin(angle), np.cos(angle), 0])
        centre = self.rim.get_center()
        self.mark.put_start_and_end_on(centre + way * radius * 0.3, centre + way * radius * 0.86)
        if self._turned is not None:
            bow = Arc(_BAND * radius, np.pi / 2, -angle, arc_center=centre)
            self.band.set_points(bow.points).set_stroke(self._turned[0] if angle > 0 else self._turned[1])


class Radio(VGroup):
    """A radio whose two knobs show two coefficients.

    Parameters
    ----------
    coeffs
        The coefficients, ``(2,)``: phase and tuning; or a function that gives the present ones.
    width
        In scene units.

    Attributes
    ----------
    is_live
        Whether it was given a function.

    Examples
    --------
    ::

        run = recording("fiddling")
        progress = Progress(run)
        self.add(Radio(lambda: run.coeffs[progress.row], width=8))
        self.play(progress.to(10, run_time=1))
    """

    def __init__(self, coeffs: ArrayLike | Callable[[], ArrayLike], width: float = 5.2) -> None:
        super().__init__()
        self._coeffs, self.is_live = live(coeffs), callable(coeffs)
        body = RoundedRectangle(
            corner_radius=0.3,
            width=width,
            height=width * 0.6,
            stroke_color=theme.things.edge,
            stroke_width=3,
            fill_color=theme.things.body,
            fill_opacity=1,
        )
        dial = RoundedRectangle(
            corner_radius=0.1,
            width=width * 0.86,
            height=width * 0.13,
            stroke_width=2,
            stroke_color=theme.rule,
            fill_color=theme.things.scale,
            fill_opacity=0.95,
        ).move_to(body.get_top() + DOWN * width * 0.12)
        _shade(body, _between(theme.things.body, theme.things.edge, 0.35), theme.things.body, UP)
        _shade(dial, theme.things.scale, _between(theme.things.scale, theme.cabin, 0.45), UP)
        left, right = dial.get_left()[0] + 0.25, dial.get_right()[0] - 0.25
        y = dial.get_y()
        marks = VGroup(
            *(
                Line(
                    [x, y - 0.05, 0],
                    [x, y + (0.17 if k % 5 == 0 else 0.08), 0],
                    color=theme.things.marks,
                    stroke_width=2,
                )
                for k, x in enumerate(np.linspace(left, right, 31))
            )
        )
        self.body, self.dial = body, dial
        self.needle = Line([0, 0, 0], [0, 1, 0], color=theme.things.needle, stroke_width=5)
        grille = VGroup(
            *(
                Line([-0.62, k * 0.16, 0], [0.62, k * 0.16, 0], color=theme.things.grille, stroke_width=5)
                for k in range(-3, 4)
            )
        ).move_to(body.get_center() + DOWN * width * 0.1)
        self.knobs = VGroup(
            Knob(lambda: float(np.asarray(self._coeffs())[0]), width * _KNOB),
            Knob(lambda: float(np.asarray(self._coeffs())[1]) * TUNING, width * _KNOB),
        )
        for knob, x in zip(self.knobs, (-_KNOB / RADIUS, _KNOB / RADIUS), strict=True):
            knob.move_to(body.get_center() + RIGHT * width * x + DOWN * width * 0.085)
        labels = VGroup(
            words(coefficient_name("knob 0"), theme.small, theme.quiet).next_to(self.knobs[0], DOWN, buff=theme.near),
            words(coefficient_name("knob 1"), theme.small, theme.quiet).next_to(self.knobs[1], DOWN, buff=theme.near),
        )
        self.add(body, dial, marks, self.needle, grille, self.knobs, labels)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def reading(self) -> ArrayLike:
        """``(2,)``, the present coefficients, as they were given."""
        return cast(ArrayLike, self._coeffs())

    def refresh(self) -> None:
        """Set the needle of the dial to the tuning knob."""
        tuning = float(np.asarray(self._coeffs())[1])
        fraction = np.clip((tuning + 5) / 7, 0, 1)
        width = self.dial.width - 0.5
        x = self.dial.get_left()[0] + 0.25 + fraction * width
        y, half = self.dial.get_y(), self.dial.height * 0.46
        self.needle.put_start_and_end_on([x, y - half, 0], [x, y + half, 0])


def _shade(shape: VMobject, light: str, dark: str, toward: Any = UP + LEFT) -> None:
    """Fill a shape from a light tone to a dark one, the light one where the light falls from."""
    shape.set_fill([dark, light], opacity=shape.get_fill_opacity()).set_sheen_direction(toward)


def _between(one: str, other: str, fraction: float) -> str:
    return str(interpolate_color(ManimColor(one), ManimColor(other), fraction).to_hex())
