"""What comes or is lit on another word than names it, or in another order, is caught; what is told as shown passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import DOWN, LEFT, RIGHT, UP, Arrow, Circle, FadeIn, Indicate, Succession, VGroup, Wait

from scenes.check.telling.check import Telling
from scenes.check.telling.rings import Rings
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.naming import set_around
from scenes.theme import theme
from tests.scenes.check.found import faults

LINE = "Here is a circle that is round, and after that, when enough words were said, there is a triangle as well."


class Stage:
    """Four words in a row, joined by arrows."""

    def __init__(self, scene: ExplainerScene) -> None:
        self.scene = scene
        names = ("circle", "triangle", "square", "ellipse")
        self.row = VGroup(*(words(name, theme.heading) for name in names)).arrange(RIGHT, buff=1.2)
        pairs = zip(self.row, self.row[1:], strict=False)
        self.arrows = VGroup(*(Arrow(one.get_right(), other.get_left(), buff=0.1) for one, other in pairs))
        scene.open(words("shapes", theme.heading).to_edge(UP, buff=theme.margin))


def late(stage: Stage) -> None:
    with stage.scene.say(LINE) as line:
        stage.scene.enter(words("other", theme.heading).shift(DOWN), run_time=line.share(0.5))
        stage.scene.enter(stage.row[0])


def waiting(stage: Stage) -> None:
    with stage.scene.say(LINE):
        stage.scene.wait(2)
        stage.scene.enter(stage.row[2])


def after_the_line(stage: Stage) -> None:
    with stage.scene.say(LINE):
        pass
    stage.scene.enter(stage.row[1])


def marked_elsewhere(stage: Stage) -> None:
    with stage.scene.say(LINE.replace("after", "[after]after")) as line:
        line.reach("after", shows=stage.row[1])
        stage.scene.enter(stage.row[1])


def light(stage: Stage, order: tuple[int, ...]) -> None:
    stage.scene.add(stage.row, stage.arrows)
    with stage.scene.say("And so it goes, from one to another."):
        for index in order:
            stage.scene.play(Indicate(stage.row[index]), run_time=0.5)


def lights_out_of_order(stage: Stage) -> None:
    light(stage, (0, 2, 1, 3))


def lights_backwards(stage: Stage) -> None:
    light(stage, (3, 2, 1, 0))


def lights_another(stage: Stage) -> None:
    stage.scene.add(stage.row)
    with stage.scene.say("The square has four corners."):
        stage.scene.play(Indicate(stage.row[1]), run_time=0.5)


DEFECTS = (
    late, waiting, after_the_line, marked_elsewhere, lights_out_of_order, lights_backwards, lights_another,
)  # fmt: skip


@pytest.mark.parametrize("defect", DEFECTS)
def test_what_is_shown_otherwise_than_told_is_caught(defect: Callable[[Stage], Any]) -> None:
    assert faults(Telling(), lambda scene: defect(Stage(scene)))


def on_their_words(stage: Stage) -> None:
    with stage.scene.say(LINE.replace("triangle", "[triangle]triangle")) as line:
        stage.scene.enter(stage.row[0])
        line.reach("triangle", shows=stage.row[1])
        stage.scene.enter(stage.row[1])


def of_no_name(stage: Stage) -> None:
    with stage.scene.say("Now look at this for a moment.") as line:
        stage.scene.enter(stage.row, run_time=line.share(0.6))
        stage.scene.wait(0.5)
        stage.scene.enter(words("another", theme.heading).shift(DOWN * 2))


def lights_in_order(stage: Stage) -> None:
    light(stage, (0, 1, 2, 3))


def lights_what_is_named(stage: Stage) -> None:
    stage.scene.add(stage.row)
    with stage.scene.say("The square has four corners."):
        stage.scene.play(Indicate(stage.row[2]), run_time=0.5)


@pytest.mark.parametrize("told", [on_their_words, of_no_name, lights_in_order, lights_what_is_named])
def test_what_is_shown_as_it_is_told_passes(told: Callable[[Stage], Any]) -> None:
    assert faults(Telling(), lambda scene: told(Stage(scene))) == []


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize(("aside", "found"), [(0.0, False), (0.35, True)])
def test_a_ring_beside_its_thing_is_caught(declared: bool, aside: float, found: bool) -> None:
    def construct(scene: ExplainerScene) -> None:
        stage = Stage(scene)
        thing, ring = stage.row[0], Circle(1.0, color=theme.accent)
        scene.add(stage.row)
        ring = set_around(ring, thing) if declared else ring.move_to(thing)
        scene.play(FadeIn(ring.shift(LEFT * aside)))
        scene.wait(0.5)

    assert bool(faults(Rings(), construct)) == found


@pytest.mark.parametrize(("aside", "found"), [(0.0, False), (0.35, True)])
def test_a_ring_that_waits_its_turn_is_looked_at_too(aside: float, found: bool) -> None:
    def construct(scene: ExplainerScene) -> None:
        stage = Stage(scene)
        ring = Circle(1.0, color=theme.accent).move_to(stage.row[0])
        scene.add(stage.row)
        scene.play(Succession(Wait(0.3), FadeIn(ring.shift(LEFT * aside))))
        scene.wait(0.5)

    assert bool(faults(Rings(), construct)) == found


@pytest.mark.parametrize(("beats", "found"), [(1, False), (2, True)])
def test_a_ring_that_is_left_behind_is_found(beats: int, found: bool) -> None:
    def construct(scene: ExplainerScene) -> None:
        scene.beat("it comes")
        stage = Stage(scene)
        ring = set_around(Circle(1.0, color=theme.accent).move_to(stage.row[0]), stage.row[0])
        scene.enter(stage.row, ring)
        for beat in range(beats):
            scene.beat(f"it stays {beat}")
            scene.wait(2)
        scene.leave(ring)
        scene.wait(0.5)

    assert faults(Rings(), construct) == (
        ["ring: GlyphLine: has been there since 1.5 s, and stays on, beat after beat"] if found else []
    )
