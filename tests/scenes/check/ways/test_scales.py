"""A scale of colours in another order than the learning rates of its runs, or named the wrong way, is caught."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from manim import DOWN, LEFT, RIGHT, Square, VGroup

from scenes.check.ways.scales import Scales
from scenes.parts import Ribbons
from scenes.parts.words import plate, words
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults

LABELS = ("too-small", "right", "too-big")
#: The order in which the bars of a scale stand, given that of the ribbons.
Order = Callable[[Sequence[int]], Sequence[int]]


def scale(
    order: Sequence[int] = (0, 1, 2), ends: tuple[str, str] = ("tiny", "giant"), begun: int = 1, lit: int = 1
) -> list[tuple[str, str]]:
    """What is found of a scale of three colours, of which the ribbons of some have begun, and some are lit."""

    def build(scene: Staged) -> None:
        mountain = scene.mountain()
        colours = (theme.too_small, theme.right, theme.too_big)
        ribbons = Ribbons(mountain, [scene.run(label) for label in LABELS], colours)
        ribbons.clock.set_value(begun)
        ribbons.refresh()
        bars = VGroup(
            *(Square(0.3, stroke_width=0, fill_color=colours[index], fill_opacity=0.25) for index in order)
        ).arrange(RIGHT, buff=0.2)
        for bar, _ in zip(bars, range(lit), strict=False):
            bar.set_fill(opacity=1)
        names = VGroup(*(words(text, theme.label) for text in ends)).arrange(RIGHT, buff=1).next_to(bars, DOWN)
        scene.add(mountain, ribbons, plate(VGroup(bars, names)).to_edge(LEFT))
        scene.pause()

    return faults(Scales(), build)


@pytest.mark.parametrize(
    ("order", "ends", "count"),
    [
        ((0, 1, 2), ("tiny", "giant"), 0),
        ((2, 1, 0), ("giant", "tiny"), 0),
        ((2, 1, 0), ("tiny", "giant"), 1),
        ((0, 1, 2), ("giant", "tiny"), 1),
        ((1, 0, 2), ("tiny", "giant"), 1),
        ((0, 1, 2), ("left", "right"), 0),
    ],
)
def test_a_scale_goes_from_the_least_learning_rate_to_the_greatest(
    order: Sequence[int], ends: tuple[str, str], count: int
) -> None:
    found = scale(order, ends, lit=0)
    assert [rule for rule, _ in found] == ["order"] * count


@pytest.mark.parametrize(("begun", "lit", "count"), [(1, 1, 0), (3, 2, 0), (2, 1, 0)])
def test_what_is_lit_has_begun(begun: int, lit: int, count: int) -> None:
    assert len(scale(begun=begun, lit=lit)) == count


def test_a_scale_has_a_colour_for_each_ribbon() -> None:
    ((rule, found),) = scale((0, 1, 2, 2, 2), lit=0)
    assert (rule, found) == ("order", "has 5 colours for 3 ribbons")
    assert scale((0, 1, 1, 1), lit=0) == []  # no hue of the ribbons may be missing: they are some other pieces


def test_colours_of_others_are_no_scale_of_the_ribbons() -> None:
    assert scale((0, 1, 1), ("giant", "tiny"), lit=0) == []
