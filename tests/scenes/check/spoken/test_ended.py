"""The check of ends: what came of a run is said once it has come, and while something of the run is to be seen."""

from __future__ import annotations

from typing import Any

import pytest
from manim import LEFT, UP

from scenes.check.spoken.ended import Ended
from scenes.parts import Hiker, LossCurve, Trail
from scenes.parts.panels.plot import Plot
from scenes.parts.words import words
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults

EARLY = "says what came of right, which is at row {} of 60 as the line begins"
UNSEEN = "says what came of right, and nothing of it is to be seen meanwhile"


def end_of(scene: Staged) -> str:
    """What came of the run, in a sentence."""
    return f"After {scene.run('right').steps} steps it converged."


def walked(to: float, *, during: bool = False, said: Any = end_of) -> list[str]:
    """What is found where a hiker goes to a row before a line is said, or while it is."""

    def staged(scene: Staged) -> None:
        mountain = scene.mountain()
        walk = scene.walk(mountain, row=0)
        scene.add(mountain, Trail(walk), Hiker(walk=walk))
        if not during:
            scene.play(walk.to(to, run_time=1))
        with scene.say(said(scene)) as line:
            if during:
                scene.play(walk.to(to, run_time=line.duration))

    return [found for _, found in faults(Ended(), staged)]


def test_an_end_that_is_said_of_a_walk_that_has_ended_passes() -> None:
    assert walked(60) == []


def test_an_end_that_is_said_half_way_is_caught() -> None:
    assert walked(30) == [EARLY.format(30)]
    assert walked(59) == [EARLY.format(59)]


def test_an_end_that_is_said_while_the_walk_goes_there_is_caught() -> None:
    assert walked(60, during=True) == [EARLY.format(0)]


@pytest.mark.parametrize(
    "said",
    [
        lambda scene: f"It makes {scene.run('right').steps} steps, and goes down.",
        lambda scene: f"It begins at {scene.run('right').losses[0]:.0f}, and goes down.",
        lambda scene: "Whoever is at rest has converged: nothing is said of anybody here.",
    ],
)
def test_whatever_else_is_said_on_the_way_passes(said: Any) -> None:
    assert walked(30, said=said) == walked(60, during=True, said=said) == []


def curves(*, opacity: float = 1.0, late: bool = False, shown: str = "right", after: bool = False) -> list[str]:
    """What is found where a curve is shown while an end is said, or comes meanwhile, or after it."""

    def staged(scene: Staged) -> None:
        curve: Any = LossCurve(scene.run(shown), colours=[theme.right])
        curve.set_opacity(opacity)
        scene.add(words("what came of it", theme.body).to_edge(UP))
        if not late and not after:
            scene.add(curve)
        with scene.say(end_of(scene)):
            scene.pause()
            if late:
                scene.enter(curve.shift(LEFT))
        if after:
            scene.enter(curve)

    return [found for _, found in faults(Ended(), staged)]


def test_an_end_that_is_said_over_a_curve_that_is_whole_or_comes_meanwhile_passes() -> None:
    assert curves() == []
    assert curves(opacity=0.2) == []
    assert curves(late=True) == []


def test_an_end_of_a_run_of_which_nothing_is_to_be_seen_is_caught() -> None:
    assert curves(after=True) == [UNSEEN]
    assert curves(shown="too-big") == [UNSEEN]
    assert curves(opacity=0.0) == [UNSEEN]


def test_a_curve_that_stops_on_the_way_is_caught() -> None:
    def staged(scene: Staged) -> None:
        run = scene.run("right")
        plot = Plot((0, run.steps), (0, 2.2), across_name="step", up_name="loss")
        curve = plot.curve(range(run.steps + 1), run.losses, theme.right)
        curve.now = lambda: 12.0
        scene.add(plot, curve)
        with scene.say(end_of(scene)):
            scene.pause()

    assert [found for _, found in faults(Ended(), staged)] == [EARLY.format(12)]
