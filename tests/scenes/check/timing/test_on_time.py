"""Each picture on its word: late, early, exchanged, forgotten and empty ones are caught, and others are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import DOWN, LEFT, RIGHT, UP, Circle, Dot, FadeIn, Rectangle, Square, VGroup, linear

from scenes.check.timing.on_time import OnTime
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.parts.ground.mountain import Mountain
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme
from tests.scenes.check.found import faults

LINE = "Here is a [circle]circle that is round, and then, after some more words, there is a [square]square as well."


def stage(scene: ExplainerScene) -> tuple[Any, Any]:
    """A circle and a square, on a stage with something on it."""
    scene.open(words("shapes").to_edge(UP, buff=theme.margin))
    return Circle(color=theme.right).shift(LEFT * 3), Square(color=theme.right).shift(RIGHT * 3)


def found(construct: Callable[[Any], None], rate: int = 4) -> list[str]:
    return faults(OnTime(), construct, rate=rate)


def on_the_word(scene: ExplainerScene) -> None:
    circle, square = stage(scene)
    with scene.say(LINE) as line:
        line.reach("circle", shows=circle)
        scene.enter(circle)
        line.reach("square", shows=square)
        scene.enter(square)


@pytest.mark.parametrize("rate", [2, 4, 15])
def test_pictures_on_their_words_pass_in_however_few_frames(rate: int) -> None:
    assert found(on_the_word, rate) == []


def test_a_movement_that_lasts_until_a_word_passes_in_whatever_shape() -> None:
    def until(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        with scene.say(LINE) as line:
            scene.enter(circle, run_time=line.until("circle"))
            scene.play(circle.animate(run_time=line.until("square", shows=square)).shift(UP))
            scene.add(square)
            scene.wait(line.left)
        with scene.say("And a last [word]word.") as line:
            line.reach("word")
            scene.leave(circle, square)

    assert found(until) == []


def test_a_few_frames_more_or_less_pass() -> None:
    def nearly(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        with scene.say(LINE) as line:
            scene.wait(line.until("circle") + 0.2)
            scene.enter(circle)
            scene.wait(line.until("square", shows=square) - 0.2)
            scene.enter(square)

    assert found(nearly) == []


@pytest.mark.parametrize("says", [True, False])
@pytest.mark.parametrize("rate", [2, 4])
def test_a_picture_a_second_after_its_word_is_caught(says: bool, rate: int) -> None:
    def late(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        with scene.say(LINE) as line:
            line.reach("circle", shows=circle if says else ())
            scene.wait(1)
            scene.enter(circle)
            line.reach("square", shows=square if says else ())
            scene.enter(square)

    (fault,) = found(late, rate)
    assert fault.startswith("mark: [circle] circle: ")
    assert "begins 1.0 s after its word" in fault


def test_a_word_that_is_over_when_it_is_asked_for_is_caught() -> None:
    def long(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        with scene.say(LINE) as line:
            scene.enter(circle, run_time=3)
            line.reach("circle")
            scene.enter(square)
            line.reach("square")
            scene.leave(square)

    (fault,) = found(long)
    assert fault.startswith("mark: [circle] circle: it is asked for ")


def test_a_picture_before_its_word_is_caught() -> None:
    def early(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        with scene.say(LINE) as line:
            line.reach("circle", shows=circle)
            scene.enter(circle)
            scene.enter(square)
            line.reach("square", shows=square)
            scene.play(circle.animate.shift(UP))

    (fault,) = found(early)
    assert "'Square' begins" in fault
    assert "before its word" in fault


def test_a_picture_that_is_there_before_its_word_leaves_nothing_to_begin_with_it() -> None:
    def early(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        with scene.say(LINE) as line:
            scene.enter(circle, square)
            line.reach("circle")
            line.reach("square")

    assert found(early) == [
        "mark: [circle] circle: nothing begins with it",
        "mark: [square] square: nothing begins with it",
    ]


def test_pictures_that_are_exchanged_are_caught() -> None:
    def exchanged(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        with scene.say(LINE) as line:
            line.reach("circle", shows=circle)
            scene.enter(square)
            line.reach("square", shows=square)
            scene.enter(circle)

    assert len(found(exchanged)) == 2


def test_marks_that_are_exchanged_are_caught() -> None:
    def exchanged(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        line_of = LINE.replace("[circle]", "[x]").replace("[square]", "[circle]").replace("[x]", "[square]")
        with scene.say(line_of) as line:
            line.reach("circle")
            scene.enter(circle)
            line.reach("square")
            scene.enter(square)

    assert [fault for fault in found(exchanged) if "asked for" in fault]


def test_a_label_that_comes_on_the_word_of_another_is_caught_though_nobody_says_what_lands() -> None:
    def labels(scene: ExplainerScene, first: str, second: str) -> None:
        stage(scene)
        with scene.say(LINE) as line:
            line.reach("circle")
            scene.enter(plate(words(first)).shift(LEFT * 3))
            line.reach("square")
            scene.enter(plate(words(second)).shift(RIGHT * 3))

    assert found(lambda scene: labels(scene, "a circle", "a square")) == []
    assert found(lambda scene: labels(scene, "round", "straight")) == []
    (fault, other) = found(lambda scene: labels(scene, "a square", "a circle"))
    assert "'a square' comes with it, and says the word of [square]" in fault
    assert "says the word of [circle]" in other


def test_a_label_that_leaves_on_the_word_of_another_is_no_picture_of_it() -> None:
    def cleared(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        old = plate(words("an old square")).shift(DOWN)
        scene.add(old)
        with scene.say(LINE) as line:
            line.reach("circle", shows=circle)
            scene.play(fade_in(circle), fade_out(old))
            line.reach("square", shows=square)
            scene.enter(square)

    assert found(cleared) == []


def test_a_mark_that_nobody_asks_for_is_caught() -> None:
    def forgotten(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        with scene.say(LINE) as line:
            line.reach("circle")
            scene.enter(circle, square)

    assert found(forgotten) == ["mark: [square] square: no picture asks for this mark"]


def test_what_is_named_and_never_comes_is_caught() -> None:
    def missing(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        with scene.say(LINE) as line:
            line.reach("circle", shows=circle)
            scene.enter(circle)
            line.reach("square", shows=square)
            scene.play(circle.animate.shift(UP))

    assert found(missing) == ["mark: [square] square: 'Square' does not come with it, nor later"]


def test_a_picture_that_changes_nothing_on_its_word_is_caught() -> None:
    def hidden(scene: ExplainerScene) -> None:
        circle, square = stage(scene)
        with scene.say(LINE) as line:
            line.reach("circle", shows=circle)
            scene.enter(circle)
            line.reach("square", shows=square)
            scene.play(FadeIn(square.set_opacity(0)), run_time=0.5)

    assert found(hidden) == ["mark: [square] square: what is played changes nothing"]


def nothing_behind(scene: ExplainerScene) -> None:
    board = Rectangle(width=4, height=4, fill_color=theme.panel, fill_opacity=1)
    scene.open(words("shapes").to_edge(UP, buff=theme.margin), board)
    behind = Square(1.0, fill_color=theme.right, fill_opacity=1)
    scene.add(behind, board)
    scene.play(behind.animate(run_time=1).shift(RIGHT * 0.5))
    scene.wait(1)


def nowhere_to_go(scene: ExplainerScene) -> None:
    dot = Dot(color=theme.right)
    scene.open(dot)
    scene.play(dot.animate(run_time=1).shift(RIGHT * 0))
    scene.wait(1)


def as_thick_as_before(scene: ExplainerScene) -> None:
    mountain = Mountain(scene.landscape("mountain"), Shot((-3.4, -8.4, 5.6), (-1.6, 0.0, 2.9), 42), Fog(0.8))
    scene.open(mountain)
    scene.wait(1)
    scene.play(mountain.change_fog(density=0.8, run_time=1.5))
    scene.wait(1)


@pytest.mark.parametrize("construct", [nothing_behind, nowhere_to_go, as_thick_as_before])
def test_an_animation_in_which_nothing_changes_is_caught(construct: Callable[[Any], None]) -> None:
    (fault,) = found(construct)
    assert fault.startswith("still: ")
    assert "nothing changes in 1." in fault


def test_whatever_changes_the_picture_is_an_animation_be_it_small_and_a_wait_is_none() -> None:
    def small(scene: ExplainerScene) -> None:
        dot = Dot(radius=0.05, color=theme.right)
        mountain = Mountain(scene.landscape("mountain"), Shot((-3.4, -8.4, 5.6), (-1.6, 0.0, 2.9), 42), Fog(0.8))
        scene.open(mountain, dot)
        scene.play(dot.animate(run_time=1, rate_func=linear).shift(RIGHT * 0.2))
        scene.wait(3)
        scene.play(VGroup(dot).animate(run_time=1).set_color(theme.uphill))
        scene.close()

    assert found(small) == []
