"""Where the eye stands in the dark room, and where things are in its frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from manim import DOWN, LEFT, RIGHT, UP, Mobject, UpdateFromAlphaFunc, VGroup
from numpy.typing import ArrayLike

from scenes.parts.darts.angle_knobs import AngleKnobs
from scenes.parts.darts.room import RoomLook
from scenes.parts.ground.mountain import Mountain
from scenes.parts.words import plate
from scenes.theme import theme

Thing = TypeVar("Thing", bound=VGroup)

#: Behind the thrower, in the light of the lamp on the table.
LAMPLIT = RoomLook(lamp=0.55)
#: Close to the board, in all of its light.
AT_THE_BOARD = RoomLook(x=62.0, y=144.0, span=9.5, spot=1.0, ambient=0.04, size=1.15)
#: How much of darts is seen that stick in the wall in the dark.
IN_THE_WALL = 0.75


def knobs_on_card(aim: Callable[[], ArrayLike]) -> Mobject:
    """The two knobs in the upper left corner, on a card."""
    return upper_left(on_card(plate(AngleKnobs(aim, radius=0.55))))


def on_card(thing: Thing) -> Thing:
    """Let the plate of something be a card like the score's, which is seen: a ring that ends there goes behind it."""
    thing.submobjects[0].set_fill(theme.panel, 0.94).set_stroke(theme.rule, 2)
    return thing


def upper_left(thing: Mobject) -> Mobject:
    """Move something into the upper left corner; returns it."""
    return thing.to_corner(UP + LEFT, buff=theme.margin)


def upper_right(thing: Mobject) -> Mobject:
    """Move something into the upper right corner; returns it."""
    return thing.to_corner(UP + RIGHT, buff=theme.margin)


def under(thing: Mobject, above: Mobject) -> Mobject:
    """Move something below another, on its left edge; returns it."""
    return thing.next_to(above, DOWN, buff=theme.room).align_to(above, LEFT)


def come(ground: Mountain, run_time: float) -> UpdateFromAlphaFunc:
    """Animate: a landscape comes in."""

    def to(_: Mobject, alpha: float) -> None:
        ground.set_opacity(theme.ease(alpha))

    return UpdateFromAlphaFunc(ground, to, run_time=run_time)
