"""A label without its figure, away from it or of what nobody sees is caught; one beside its figure is not."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from manim import LEFT, RIGHT, UP, Square, ValueTracker

from descent_core import library
from scenes.check.picture.naming import Naming
from scenes.check.picture.ties import Ties
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.parts.ground.arrow import GroundArrow
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.naming import set_next_to
from scenes.theme import theme
from tests.scenes.check import found


def faults(construct: Callable[[Any], None]) -> list[str]:
    """What is found by those two who watch labels: of one whose scene says what it names, and of any other."""
    return [*found.faults(Naming(), construct), *found.faults(Ties(), construct)]


class Hike:
    """A hiker and a cabin on a clear day, and a label."""

    def __init__(self, scene: ExplainerScene, fog: float = 0.0) -> None:
        self.scene = scene
        run = library.recording("right")
        self.mountain = Mountain(library.landscape("mountain"), Shot((0.2, -14.5, 9.5), (-0.2, 0.0, 0.8), 46), Fog(fog))
        self.walk = Walk(run, self.mountain)
        self.mountain.lights.append(self.walk.position)
        self.hiker, self.cabin = Hiker(walk=self.walk), Cabin(self.mountain, run.coeffs[-1])
        scene.open(self.mountain, self.cabin, self.hiker)
        self.label = plate(words("you", theme.label))

    def enter(self, figure: Any, *, says: bool) -> None:
        """Let the label in beside a figure."""
        if says:
            set_next_to(self.label, figure, RIGHT, theme.gap)
        else:
            self.label.next_to(figure, RIGHT, buff=theme.gap)
        self.scene.enter(self.label)
        self.scene.wait(1)


def gone(hike: Hike, says: bool) -> None:
    hike.enter(hike.hiker, says=says)
    hike.scene.leave(hike.hiker)
    hike.scene.wait(1)


def walked_away(hike: Hike, says: bool) -> None:
    hike.enter(hike.hiker, says=says)
    hike.scene.play(hike.walk.to(30, run_time=2))


def drifted(hike: Hike, says: bool) -> None:
    hike.enter(hike.hiker, says=says)
    hike.scene.play(hike.label.animate(run_time=1).shift(UP * 0.8))
    hike.scene.wait(1)


def lost_in_fog(hike: Hike, says: bool) -> None:
    hike.enter(hike.cabin, says=says)
    hike.scene.play(hike.mountain.change_fog(density=1.0, run_time=1))
    hike.scene.wait(1)


@pytest.mark.parametrize("says", [True, False])
@pytest.mark.parametrize("defect", [gone, walked_away, drifted, lost_in_fog])
def test_a_label_that_has_lost_its_figure_is_caught(defect: Callable[[Hike, bool], None], says: bool) -> None:
    (fault, *_) = faults(lambda scene: defect(Hike(scene), says))
    assert fault.startswith("label: you: ")


def test_a_label_that_is_set_beside_something_else_than_it_names_is_caught() -> None:
    def wrong(scene: ExplainerScene) -> None:
        hike = Hike(scene)
        set_next_to(hike.label, hike.hiker, RIGHT, theme.gap).next_to(hike.cabin, RIGHT)
        scene.enter(hike.label)
        scene.wait(1)

    (fault, *_) = faults(wrong)
    assert "from a Hiker, which it names" in fault


def test_labels_that_come_and_go_with_their_figures_pass() -> None:
    def together(scene: ExplainerScene) -> None:
        hike = Hike(scene)
        home = set_next_to(plate(words("the cabin", theme.label)), hike.cabin, RIGHT, theme.room)
        hike.enter(hike.hiker, says=True)
        scene.enter(home)
        scene.play(hike.walk.to(1, run_time=1))
        scene.leave(hike.label, home, hike.hiker, hike.cabin)
        scene.wait(1)

    assert faults(together) == []


def test_a_label_that_names_nothing_may_be_anywhere_and_a_card_may_be_named_too() -> None:
    def free(scene: ExplainerScene) -> None:
        hike = Hike(scene)
        scene.add(plate(words("step 7")).to_corner(UP + LEFT, buff=theme.margin))
        card = Square(1.0).to_edge(LEFT, buff=1)
        scene.add(card, set_next_to(words("a card"), card, UP, theme.gap))
        scene.play(hike.walk.to(30, run_time=1))
        scene.play(hike.mountain.change_fog(density=1.0, run_time=1))

    assert faults(free) == []


@pytest.mark.parametrize("held", [True, False])
def test_a_label_at_the_tip_of_an_arrow_that_turns_is_no_fault_and_one_that_stays_behind_is(held: bool) -> None:
    def construct(scene: ExplainerScene) -> None:
        hike, turned = Hike(scene), ValueTracker(0.0)

        def vector() -> tuple[float, float]:
            return 1.6 * math.cos(turned.get_value()), 1.6 * math.sin(turned.get_value())

        arrow = GroundArrow(hike.mountain, (0.5, -1.5), vector, theme.accent)
        scene.add(arrow)
        set_next_to(hike.label, arrow, RIGHT, theme.gap)
        if held:
            hike.label.add_updater(lambda label: set_next_to(label, arrow, RIGHT, theme.gap))
        scene.enter(hike.label)
        scene.play(turned.animate(run_time=2).set_value(1.3))
        scene.wait(1)

    assert any("parted" in fault or "stands" in fault for fault in faults(construct)) != held
