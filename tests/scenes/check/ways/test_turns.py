"""An arrow round a knob that turns it up its slope, or against the words beside it, is caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import LEFT, RIGHT, CurvedArrow

from scenes.check.ways.turns import Turns
from scenes.parts import Knob
from scenes.parts.dials.turn_arrow import TurnArrow
from scenes.parts.words import words
from tests.scenes.check.wiring.staged import Staged, faults

#: Makes an arrow round a knob.
Arrow = Callable[[Staged, Knob], CurvedArrow]


def plain(angle: float) -> Arrow:
    """An arrow of manim's own, clockwise where the angle is negative."""

    def make(_: Staged, knob: Knob) -> CurvedArrow:
        start, end = (knob.rim.get_center() + [x, 0.3, 0] for x in (-0.8, 0.8))
        return CurvedArrow(*((start, end) if angle < 0 else (end, start)), angle=angle)

    return make


def turned(make: Arrow, text: str = "") -> list[tuple[str, str]]:
    """What is found of an arrow round a knob, with words beside it."""

    def build(scene: Staged) -> list[Any]:
        knob = Knob(0.4).shift(RIGHT)
        said = [words(text).next_to(knob, RIGHT, buff=0.4)] if text else []
        return [knob, Knob(0.1).shift(LEFT * 5), make(scene, knob), *said]

    return faults(Turns(), build)


@pytest.mark.parametrize("column", [0, 1])
def test_an_arrow_down_a_recorded_slope_passes(column: int) -> None:
    slope: Callable[[Staged], Any] = lambda scene: scene.run("right").slopes[0, column]  # noqa: E731
    assert turned(lambda scene, knob: TurnArrow(knob, slope(scene))) == []


def test_an_arrow_that_was_drawn_otherwise_than_its_slope_is_caught() -> None:
    def mirrored(scene: Staged, knob: Knob) -> CurvedArrow:
        arrow = TurnArrow(knob, scene.run("right").slopes[0, 0])
        arrow.points = arrow.points[::-1]
        return arrow

    ((rule, told),) = turned(mirrored)
    assert (rule, told.split(":")[-1]) == ("arrow", " down its slope is the other way")


@pytest.mark.parametrize("of", [lambda slope: -slope, float, lambda _: -0.2])
def test_an_arrow_of_no_recorded_slope_is_caught(of: Callable[[Any], float]) -> None:
    ((_, told),) = turned(lambda scene, knob: TurnArrow(knob, of(scene.run("right").slopes[0, 0])))
    assert told.endswith("stands for no slope that was recorded")


@pytest.mark.parametrize(
    ("angle", "text", "count"),
    [(-2.2, "turn it up", 0), (2.2, "turn it up", 1), (2.2, "turn it down", 0), (-2.2, "down", 1), (2.2, "knob 0", 0)],
)
def test_an_arrow_goes_the_way_of_the_words_beside_it(angle: float, text: str, count: int) -> None:
    assert len(turned(plain(angle), text)) == count


def test_an_arrow_round_nothing_is_no_turn() -> None:
    def elsewhere(_: Staged, knob: Knob) -> CurvedArrow:
        at = np.array(knob.rim.get_center())
        return CurvedArrow(at + [-1, 2, 0], at + [4, 2.4, 0], angle=0.4)

    assert turned(elsewhere, "turn it up") == []
