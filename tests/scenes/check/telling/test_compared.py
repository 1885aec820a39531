"""A ring that comes as something is said to be bigger is around what is."""

from __future__ import annotations

import pytest
from manim import DOWN, UP, Create, Rectangle, VGroup

from scenes.check.telling.compared import Compared
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.naming import set_around
from tests.scenes.check.found import faults


def ringed(line: str, index: int, field: str = "slopes") -> list[str]:
    """What is found of a ring round one of two numbers that comes with a mark; the first is the bigger slope."""

    def construct(scene: ExplainerScene) -> None:
        runs = [scene.run("too-big"), scene.run("right")]
        slopes, losses = runs[1].slopes[0], [run.losses[-1] for run in runs]
        assert abs(slopes[0]) > abs(slopes[1])
        numbers = VGroup(*(words(f"{value:+.3f}") for value in (slopes if field == "slopes" else losses)))
        scene.add(numbers.arrange(DOWN, buff=1))
        with scene.say(line) as spoken:
            spoken.reach("now")
            ring = set_around(Rectangle(width=2.5, height=0.9), numbers[index])
            scene.play(Create(ring, run_time=spoken.left))

    return faults(Compared(), construct)


@pytest.mark.parametrize(
    ("line", "index", "count"),
    [
        ("Leave the signs aside: knob 0's is [now]bigger than the other.", 0, 0),
        ("Leave the signs aside: knob 0's is [now]bigger than the other.", 1, 1),
        ("Leave the signs aside: knob 1's is [now]smaller than the other.", 1, 0),
        ("Leave the signs aside: one of the two is the [now]smallest.", 0, 1),
        ("Leave the signs aside: one of the two is the [now]steeper one.", 1, 1),
        ("Leave the signs aside, and look at [now]this one.", 1, 0),
    ],
)
def test_a_ring_is_around_what_is_said_to_be_bigger(line: str, index: int, count: int) -> None:
    assert len(ringed(line, index)) == count


@pytest.mark.parametrize(("index", "count"), [(0, 0), (1, 1)])
def test_losses_of_two_runs_are_compared_as_they_are(index: int, count: int) -> None:
    assert len(ringed("And of all of them this is the [now]highest, is it not?", index, "losses")) == count


def test_rings_of_no_number_are_nobody_s_rival() -> None:
    def construct(scene: ExplainerScene) -> None:
        scene.run("right")
        thing = words("knob").shift(UP)
        with scene.say("Knob 1 is the [now]bigger one.") as spoken:
            spoken.reach("now")
            scene.add(thing)
            scene.play(Create(set_around(Rectangle(width=2, height=1), thing)))

    assert faults(Compared(), construct) == []
