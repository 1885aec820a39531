"""Tape: a recorder with two reels that turn while it takes notes."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    PI,
    TAU,
    AnnularSector,
    Circle,
    Line,
    RoundedRectangle,
    UpdateFromAlphaFunc,
    VGroup,
    interpolate_color,
)
from manim.utils.color import ManimColor

from scenes.parts.words import words
from scenes.theme import theme

#: Radius of a reel, and from one to the other, to the recorder's width.
_REEL, _APART = 0.19, 0.46
#: Turns that a reel makes in a second.
_TURNS = 0.32


class Tape(VGroup):
    """A tape recorder: while it runs, its reels turn and its lamp is lit.

    Parameters
    ----------
    width
        In scene units.
    running
        Whether it runs at first.

    Attributes
    ----------
    speed
        How brightly its lamp is lit, from 0 to 1; `run` and `pause` animate it.
    lamp
        What is lit while it runs.

    Examples
    --------
    ::

        tape = Tape()
        self.add(tape)
        self.play(tape.pause(run_time=0.5))
        self.wait(0.5)
    """

    def __init__(self, width: float = 5.0, running: bool = True) -> None:
        super().__init__()
        self.speed, self._turns, self._turned = float(running), running, 0.0
        radius = _REEL * width
        self.body = RoundedRectangle(
            corner_radius=0.06 * width,
            width=width,
            height=0.66 * width,
            stroke_color=theme.things.edge,
            stroke_width=4,
            fill_color=theme.things.body,
            fill_opacity=1,
        )
        middle = self.body.get_center()
        self.reels = VGroup(*(_reel(radius).move_to(middle + [x * _APART * width / 2, 0, 0]) for x in (-1, 1)))
        left, right = (reel.get_center() for reel in self.reels)
        head = middle + [0, -0.255 * width, 0]
        self.strip = VGroup(
            Line(left + [-0.7 * radius, -0.72 * radius, 0], head, color=theme.things.marks, stroke_width=5),
            Line(head, right + [0.7 * radius, -0.72 * radius, 0], color=theme.things.marks, stroke_width=5),
        )
        face = RoundedRectangle(corner_radius=0.03, width=0.14 * width, height=0.07 * width, stroke_width=0)
        face.set_fill(theme.things.edge, 1).move_to(head)
        self.lamp = Circle(radius=0.028 * width, stroke_width=0, fill_opacity=1)
        self.lamp.move_to(self.body.get_top() + [0.43 * width, -0.07 * width, 0])
        self.halo = Circle(radius=0.06 * width, stroke_width=0, fill_color=theme.things.needle, fill_opacity=0)
        self.halo.move_to(self.lamp)
        label = words("REC", theme.small, theme.quiet, weight="SEMIBOLD").next_to(self.lamp, LEFT, buff=theme.gap)
        self.add(self.body, self.strip, self.reels, face, self.halo, self.lamp, label)
        self.add_updater(lambda _, dt: self._pass(dt))
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def pause(self, run_time: float = 0.6) -> UpdateFromAlphaFunc:
        """Animate it to stop, and its lamp to go out."""
        return self._to(0.0, run_time)

    def run(self, run_time: float = 0.6) -> UpdateFromAlphaFunc:
        """Animate it to start again."""
        return self._to(1.0, run_time)

    def refresh(self) -> None:
        """Turn the reels to where they are, and light the lamp as it is."""
        for reel in self.reels:
            # About the middle of its rim itself: that of its box moves as it turns.
            reel.rotate(-self._turned, about_point=reel[1].points.mean(axis=0))
        self._turned = 0.0
        dark, lit = ManimColor(theme.things.knob), ManimColor(theme.things.needle)
        self.lamp.set_fill(interpolate_color(dark, lit, self.speed))
        self.halo.set_fill(opacity=0.3 * self.speed)

    def _pass(self, seconds: float) -> None:
        self._turned += TAU * _TURNS * self._turns * seconds

    def _to(self, speed: float, run_time: float) -> UpdateFromAlphaFunc:
        before = self.speed

        def change(_: object, alpha: float) -> None:
            # Its reels start and stop at once, so that they stand where they do however few frames are drawn.
            self._turns = speed > 0
            self.speed = before + (speed - before) * alpha

        return UpdateFromAlphaFunc(self, change, run_time=run_time, rate_func=theme.ease)


def _reel(radius: float) -> VGroup:
    """A reel with three windows, on which tape is wound up."""
    wound = Circle(radius=radius * 0.86, stroke_width=0, fill_color=theme.things.marks, fill_opacity=0.9)
    rim = Circle(radius=radius, stroke_color=theme.things.edge, stroke_width=6)
    plate = VGroup(
        *(
            AnnularSector(
                inner_radius=radius * 0.30,
                outer_radius=radius * 0.97,
                angle=PI / 4,
                start_angle=turn,
                fill_color=theme.things.face,
                fill_opacity=1,
                stroke_width=0,
            )
            for turn in np.arange(3) * TAU / 3
        )
    )
    hub = Circle(radius=radius * 0.30, stroke_width=0, fill_color=theme.things.edge, fill_opacity=1)
    hole = Circle(radius=radius * 0.10, stroke_width=0, fill_color=theme.things.body, fill_opacity=1)
    return VGroup(wound, rim, plate, hub, hole)
