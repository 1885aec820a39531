"""What fades in elsewhere than where it is then is caught; what does so where it stays is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import DOWN, RIGHT, UP, Dot, FadeIn, ValueTracker, VGroup

from scenes.check.picture.fades import Fades
from scenes.parts import Scorecard
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.transitions import fade_in
from tests.scenes.check.found import faults


def follower(place: ValueTracker) -> Dot:
    """A dot that stands where a tracker says, and is put there as parts are: itself, and no copy of it."""
    dot = Dot()
    return dot.add_updater(lambda _: dot.set_x(place.get_value()))


def made_for_another_place(scene: ExplainerScene) -> None:
    place = ValueTracker(0)
    dot = follower(place)
    place.set_value(2)
    scene.play(FadeIn(dot), run_time=0.5)
    scene.wait(0.5)


def its_ground_moves_meanwhile(scene: ExplainerScene) -> None:
    place = ValueTracker(0)
    dot = follower(place)
    scene.play(fade_in(dot), place.animate.set_value(1), run_time=0.5)
    scene.wait(0.5)


@pytest.mark.parametrize("defect", [made_for_another_place, its_ground_moves_meanwhile])
def test_what_leaps_when_it_has_come_is_caught(defect: Callable[[ExplainerScene], Any]) -> None:
    (fault,) = faults(Fades(), defect)
    assert fault.startswith("jump: Dot: fades in ")
    assert fault.endswith("units from where it is then")


def put_right_before(scene: ExplainerScene) -> None:
    place = ValueTracker(0)
    dot = follower(place)
    place.set_value(2)
    scene.play(fade_in(dot), run_time=0.5)
    scene.wait(0.5)


def with_a_drift(scene: ExplainerScene) -> None:
    scene.play(FadeIn(Dot(), shift=UP), FadeIn(Dot().shift(DOWN), scale=3), run_time=0.5)
    scene.wait(0.5)


def a_read_out_whose_digits_are_others_then(scene: ExplainerScene) -> None:
    count = ValueTracker(1)
    card = VGroup(Scorecard(lambda: f"{count.get_value():,.0f}").shift(RIGHT))
    scene.play(fade_in(card), count.animate.set_value(10_000), run_time=0.5)
    scene.wait(0.5)


@pytest.mark.parametrize("harmless", [put_right_before, with_a_drift, a_read_out_whose_digits_are_others_then])
def test_what_comes_where_it_stays_passes(harmless: Callable[[ExplainerScene], Any]) -> None:
    assert faults(Fades(), harmless) == []
