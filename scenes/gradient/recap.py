"""What the film said, in four small pictures that live: the fog, the compass, the stride, the compass wiped clean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    RIGHT,
    UP,
    Dot,
    Ellipse,
    Mobject,
    Polygon,
    RoundedRectangle,
    Square,
    VGroup,
    VMobject,
)
from numpy.typing import NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.parts.clock import Clock
from scenes.parts.dials.compass import Compass
from scenes.parts.words import set_on_baseline, words
from scenes.theme import theme

#: Width and height of a picture, and how high above its lower edge its name stands.
WIDE, TALL, _NAME = 2.95, 2.75, 0.29
#: The outline of a land with a valley.
_LAND = (
    *((-1.25, -0.62), (-0.62, 0.55), (-0.3, 0.1), (0.1, -0.5), (0.5, -0.1), (0.85, 0.32)),
    *((1.25, -0.3), (1.25, -0.75), (-1.25, -0.75)),
)
#: Seconds between two strides, and the part of it that one takes.
_STRIDE, _MOVES = 0.62, 0.62
#: Rows of the walk from which the dot strides, and to which.
_FROM, _TO = 3, 14
#: Rows whose readings a compass that was never wiped still holds.
HELD = (1, 4, 7, 9)


def picture(name: str, content: Mobject, colour: str) -> VGroup:
    """A small picture in its frame, and its name under it."""
    frame = RoundedRectangle(
        corner_radius=0.18,
        width=WIDE,
        height=TALL,
        stroke_color=theme.rule,
        stroke_width=2,
        fill_color=theme.panel,
        fill_opacity=1,
    )
    label = words(name, theme.label, colour, weight="SEMIBOLD").move_to(frame)
    set_on_baseline(label, name, frame.get_bottom()[1] + _NAME)
    content.move_to(frame.get_center() + UP * 0.26)
    return VGroup(frame, content, label)


def the_fog(clock: Clock) -> VGroup:
    """A light in a valley, and banks that drift over it."""
    land = VGroup(
        Polygon(*([x, y, 0] for x, y in _LAND), stroke_width=0, fill_color=theme.quiet, fill_opacity=0.45),
        Square(0.15, stroke_width=0, fill_color=theme.cabin, fill_opacity=1).move_to([0.14, -0.40, 0]),
    )
    banks = VGroup()
    for number in range(6):
        # Soft by layers: each a little smaller than the one below.
        bank = VGroup(
            *(
                Ellipse(1.0 * part, 0.52 * part, stroke_width=0, fill_color=theme.quiet, fill_opacity=0.055)
                for part in np.linspace(1, 0.25, 9)
            )
        )
        home = np.array([-0.68 + 0.27 * number, -0.16 + 0.26 * np.sin(2.2 * number), 0])

        def drift(bank: Mobject, number: int = number, home: NDArray[np.float64] = home) -> None:
            now = clock.get_value()
            aside = [0.15 * np.sin(1.1 * now + 1.7 * number), 0.05 * np.sin(1.5 * now + number), 0]
            bank.move_to(land.get_center() + home + aside)

        drift(bank)
        banks.add(bank.add_updater(drift))
    return VGroup(land, banks)


def the_compass(run: Trajectory, clock: Clock) -> Compass:
    """A needle that comes to rest on the slope under the boots."""
    return Compass(run.slopes[0], radius=0.82, swing=lambda: 0.8 * _swung(clock.get_value()))


def _swung(now: float) -> float:
    return float(np.exp(-0.55 * now) * np.cos(5 * now) + 0.03 * np.sin(2.1 * now))


def the_stride(run: Trajectory, clock: Clock) -> VGroup:
    """The recorded way down, seen from the side, and a dot that goes from one recorded point to the next."""
    across, up = run.coeffs[:, 0].astype(float), run.losses.astype(float)
    spots = np.column_stack([across, up, np.zeros(len(up))])
    spots = (spots - spots[0]) * np.array([2.1 / np.ptp(across), 1.25 / np.ptp(up), 1])
    way = VMobject(stroke_color=theme.quiet, stroke_width=4).set_points_as_corners(spots[: _TO + 6])
    prints = VGroup(*(Dot(spot, 0.045, color=theme.quiet) for spot in spots[_FROM : _TO + 1]))
    walker = Dot(radius=0.12, color=theme.right)
    shown = VGroup(way, prints, walker)

    def stride(dot: Mobject) -> None:
        total = (_TO - _FROM) * _STRIDE + 1.2
        now = clock.get_value() % total
        row = min(_FROM + int(now / _STRIDE), _TO)
        part = 0.0 if row >= _TO else min((now / _STRIDE - int(now / _STRIDE)) / _MOVES, 1.0)
        part = part * part * (3 - 2 * part)
        here, there = (prints[min(k, _TO) - _FROM].get_center() for k in (row, row + 1))
        hop = 0.35 * float(np.linalg.norm(there - here)) * 4 * part * (1 - part)
        dot.move_to(here + (there - here) * part + UP * (0.1 + hop))

    stride(walker)
    walker.add_updater(stride)
    return shown


def the_wipe(run: Trajectory, clock: Clock) -> tuple[VGroup, VGroup]:
    """A compass on which old readings still lie beside the present one; and all that is to be wiped away."""
    compass = the_compass(run, clock)
    held = VGroup()
    for row in HELD:
        slope = np.asarray(run.slopes[row], float)
        way = -np.array([*slope, 0]) / np.linalg.norm(slope)
        aside = np.array([-way[1], way[0], 0])
        held.add(
            Polygon(
                *(way * 0.6, aside * 0.10, -way * 0.6, -aside * 0.10),
                stroke_width=0,
                fill_color=theme.stale,
                fill_opacity=0.75,
            )
        )
    return VGroup(compass, held), VGroup(*held, compass.up, compass.down)


def row_of(pictures: Sequence[Mobject], y: float) -> VGroup:
    """The pictures side by side."""
    return VGroup(*pictures).arrange(RIGHT, buff=theme.gap).move_to([0, y, 0])
