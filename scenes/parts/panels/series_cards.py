"""The films of the series as cards, each with a small picture of what it thinks in, that moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import (
    DOWN,
    PI,
    RIGHT,
    UP,
    Arc,
    Circle,
    Dot,
    Mobject,
    Polygon,
    RoundedRectangle,
    Square,
    VGroup,
)

from scenes.outline import Outline, outline
from scenes.parts.clock import Clock
from scenes.parts.radio import Knob
from scenes.parts.words import set_on_baseline, words
from scenes.stage.traced_run import constant
from scenes.theme import theme

#: From one line of a title to the next, in scene units.
_LEADING = 0.36


def series_cards(films: Sequence[Outline], lit: str, clock: Clock) -> VGroup:
    """A card for each film: its frame, number, title and picture; only that of the slug ``lit`` is lit."""
    cards = VGroup()
    for film in films:
        here = film.slug == lit
        box = RoundedRectangle(
            corner_radius=0.18,
            width=2.42,
            height=3.5,
            stroke_color=theme.accent if here else theme.rule,
            stroke_width=4 if here else 2,
            fill_color=theme.panel,
            fill_opacity=1,
        )
        place = constant(film.number, "its place in the series", equals=outline(film.slug).number)
        number = words(f"{place}", 60, theme.accent if here else theme.quiet, weight="BOLD")
        number.move_to(box.get_top() + DOWN * 0.58)
        icon = picture_of(film.slug, clock).move_to(box.get_center() + UP * 0.02)
        lines = _broken(film.title)
        title = VGroup(*(words(line, theme.small, theme.text).move_to(box) for line in lines))
        for row, (text, line) in enumerate(zip(lines, title, strict=True)):
            above = _LEADING * ((len(lines) - 1) / 2 - row)
            set_on_baseline(line, text, box.get_bottom()[1] + 0.57 + above)
        cards.add(VGroup(box, number, title, icon))
    return cards.arrange(RIGHT, buff=theme.gap)


def picture_of(slug: str, clock: Clock) -> VGroup:
    """The small picture of a film, that moves by ``clock``."""
    return _ICONS.get(slug, _dots)(clock)


def _broken(title: str) -> list[str]:
    """The lines of a title: two where it is long."""
    if len(title) <= 13:
        return [title]
    split = title.split()
    half = (len(split) + 1) // 2
    return [" ".join(split[:half]), " ".join(split[half:])]


def _dots(clock: Clock) -> VGroup:
    """Numbers in rows, lit one after the other: a tensor."""
    dots = VGroup(*(Square(0.2, stroke_width=0, fill_color=theme.accent, fill_opacity=0.4) for _ in range(12)))
    dots.arrange_in_grid(3, 4, buff=0.1)

    def shine(dots: Mobject) -> None:
        for place, dot in enumerate(dots):
            dot.set_fill(opacity=0.28 + 0.6 * max(np.sin(2.2 * clock.get_value() - 0.55 * place), 0.0) ** 3)

    return dots.add_updater(shine)


def _dartboard(clock: Clock) -> VGroup:
    """A dartboard whose rings light up towards the middle: the loss."""
    rings = VGroup(*(Circle(radius, stroke_color=theme.loss, stroke_width=5) for radius in (0.55, 0.37, 0.19)))
    rings.add(Dot(radius=0.06, color=theme.loss))

    def close_in(rings: Mobject) -> None:
        now = (1.3 * clock.get_value()) % 5
        for place, ring in enumerate(rings):
            ring.set_stroke(opacity=0.35 + 0.6 * max(1 - abs(now - place - 0.5) / 1.2, 0.0))

    return rings.add_updater(close_in)


def _knobs(clock: Clock) -> VGroup:
    """Two knobs that turn."""

    def knob(rate: float) -> Knob:
        return Knob(lambda: 1.1 * float(np.sin(rate * clock.get_value())), radius=0.3)

    return VGroup(knob(1.3), knob(-1.9)).arrange(RIGHT, buff=0.22)


def _mountain(clock: Clock) -> VGroup:
    """A mountain, and somebody on the way down."""
    peak = np.array([[-0.85, -0.45, 0], [-0.2, 0.5, 0], [0.45, -0.45, 0]])
    land = Polygon(*peak, stroke_width=0, fill_color=theme.rule, fill_opacity=1)
    house = Square(0.16, stroke_width=0, fill_color=theme.cabin, fill_opacity=1).move_to([0.72, -0.37, 0])
    walker = Dot(radius=0.085, color=theme.right)

    def down(dot: Mobject) -> None:
        part = min((0.42 * clock.get_value()) % 1.35, 1.0)
        part = 1 - (1 - part) ** 2
        here, there = land.get_vertices()[1], house.get_left() + [-0.1, -0.02, 0]
        dot.move_to(here + (there - here) * part + UP * 0.09)

    down(walker)
    return VGroup(land, house, walker.add_updater(down))


def going_round(clock: Clock, radius: float = 0.36) -> VGroup:
    """An arrow that goes round."""
    arc = Arc(radius=radius, start_angle=PI / 2, angle=-1.65 * PI, color=theme.text, stroke_width=6)
    arc.add_tip(tip_length=0.5 * radius, tip_width=0.5 * radius)
    # A tip makes room for itself by moving the arc: so its middle is found again.
    x, y = arc.points[::4, :2].T
    (a, b, _), *_ = np.linalg.lstsq(np.column_stack([2 * x, 2 * y, np.ones_like(x)]), x**2 + y**2, rcond=None)
    arc.shift([-a, -b, 0])
    middle = Dot(radius=0.02, stroke_width=0, fill_opacity=0)
    laid = [piece.points.copy() for piece in arc.get_family()]

    def turn(ring: Mobject) -> None:
        angle = -1.4 * clock.get_value()
        way = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
        for piece, points in zip(ring.get_family(), laid, strict=True):
            piece.points = points @ way.T + middle.get_center()

    return VGroup(arc.add_updater(turn), middle)


_ICONS: dict[str, Callable[[Clock], VGroup]] = {
    "tensors": _dots,
    "loss": _dartboard,
    "knobs": _knobs,
    "gradient": _mountain,
    "training-loop": going_round,
}
