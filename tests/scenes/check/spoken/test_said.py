"""The check of what is said: a number of another run than the one that moves, or of another row, is caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import UP

from descent_core.recordings.trajectory import Trajectory
from scenes.check.spoken.said import Said
from scenes.parts import LossCurve, Progress
from scenes.parts.words import swatch
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults

Text = Callable[[Trajectory, Trajectory], str]


def walked(text: Text, about: str = "") -> list[str]:
    """What is found of a line that is said while ``right`` goes from row 5 to its end, with ``too-big`` at rest."""

    def staged(scene: Staged) -> None:
        one, other = scene.run("right"), scene.run("too-big")
        going, resting = Progress(one, 5), Progress(other, 3)
        scene.beat("a walk")
        scene.add(LossCurve(going, resting, colours=[theme.right, theme.too_big]))
        with scene.say("A walk, and another one that rests."):
            scene.pause()
        with scene.say(text(one, other), about=[scene.run(about)] if about else []) as line:
            scene.play(going.to(20, run_time=line.share(0.3)))
            scene.wait(line.share(0.2))
            scene.play(going.to(one.steps, run_time=line.left))
        scene.beat("an end")
        scene.pause()

    return [found for _, found in faults(Said(), staged)]


@pytest.mark.parametrize(
    "text",
    [
        lambda one, other: f"After {one.steps} steps it is down to {one.losses[-1]:.2f}, and that is not too bad.",
        lambda one, other: f"It begins at {one.losses[5]:.2f}, and goes on with a step size of {one.lr:g}, to its end.",
        lambda one, other: f"Here it rests, at {one.losses[20]:.2f}, and then it goes on and on, to its end.",
        lambda one, other: "No number is said of any of them, however long the line may be.",
    ],
)
def test_what_the_run_that_moves_has_reached_passes(text: Text) -> None:
    assert walked(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (lambda one, other: f"After {other.steps} steps it is down, and that is not too bad.", "says too-big.steps"),
        (lambda one, other: f"It is down to {other.losses[-1]:.2f}, which is not bad.", "says too-big.losses[60]"),
        (lambda one, other: f"It is down to {one.losses[-2]:.3f}, which is not bad.", "says right.losses[59]"),
        (lambda one, other: f"It begins at {one.losses[4]:.2f}, and that is not too bad.", "says right.losses[4]"),
        (lambda one, other: f"It begins at {one.losses[0]:.0f}, and that is not too bad.", "says right.losses[0]"),
    ],
)
def test_a_number_of_another_run_or_row_is_caught(text: Text, found: str) -> None:
    assert [told.split(",")[0] for told in walked(text)] == [found]


def test_a_line_may_say_whom_it_is_about() -> None:
    assert walked(lambda one, other: f"The other one took {other.steps} steps, as many as this.", "too-big") == []
    assert walked(lambda one, other: f"The other one took {other.steps} steps, as many as this.", "too-small") != []


def still(text: Text) -> list[str]:
    """What is found of a line over two curves that stand still."""

    def staged(scene: Staged) -> None:
        one, other = scene.run("right"), scene.run("too-big")
        scene.beat("curves")
        scene.add(LossCurve(one, other, colours=[theme.right, theme.too_big]))
        scene.run("too-small")
        with scene.say("Two curves, and they stand still."):
            scene.pause()
        with scene.say(text(one, scene.run("too-small"))):
            scene.pause()

    return [found for _, found in faults(Said(), staged)]


def test_where_nothing_moves_any_run_in_the_picture_may_be_spoken_of() -> None:
    assert still(lambda one, other: f"One of them is at {one.losses[30]:.2f} there.") == []
    assert still(lambda one, other: f"One of them is at {other.losses[30]:.2f} there.") == [
        "says too-small.losses[30], and what is in the picture is right and too-big"
    ]


def test_a_label_that_comes_says_whose_turn_it_is() -> None:
    def staged(label: str) -> list[tuple[str, str]]:
        def build(scene: Staged) -> None:
            runs = {name: scene.run(name) for name in ("right", "too-big")}
            scene.beat("one by one")
            scene.add(LossCurve(*runs.values(), colours=[theme.right, theme.too_big]))
            with scene.say("Two curves, and they stand still."):
                scene.pause()
            with scene.say(f"This one has a step size of {runs[label].lr:g}, and comes to rest."):
                scene.enter(swatch("this one", theme.right, run=runs["right"]).to_edge(UP))

        return faults(Said(), build)

    assert staged("right") == []
    assert staged("too-big") == [("whose", "says too-big.lr, and what moves or comes meanwhile is right")]


def test_with_nothing_of_any_run_in_the_picture_there_is_nothing_to_hold_against() -> None:
    def staged(scene: Staged) -> None:
        with scene.say(f"After {scene.run('right').steps} steps."):
            scene.pause()

    assert faults(Said(), staged) == []


def test_a_row_that_the_line_counts_is_a_row_that_it_may_speak_of() -> None:
    from scenes.stage.traced_run import constant

    row: Any = constant(10, "a step on the way")
    assert walked(lambda one, other: f"After {row} steps it is at {one.losses[10]:.2f}, and goes on.") == []


def stops_at(row: int, said: bool = True) -> list[str]:
    """What is found of a line that tells of all steps of a walk that comes to a row."""

    def staged(scene: Staged) -> None:
        one = scene.run("right")
        going = Progress(one, 0)
        scene.add(LossCurve(going))
        with scene.say(
            f"{one.steps} steps, and this is how far it got." if said else "This is how far it got."
        ) as line:
            scene.play(going.to(row, run_time=line.left))
        scene.pause()

    return [found for _, found in faults(Said(), staged)]


def test_whoever_is_said_to_have_made_all_steps_makes_them() -> None:
    assert stops_at(60) == []
    assert stops_at(30, said=False) == []
    assert stops_at(30) == ["says right.steps, 60, and right comes to row 30 only"]
    assert stops_at(59) == ["says right.steps, 60, and right comes to row 59 only"]
