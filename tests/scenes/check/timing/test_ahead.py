"""A curve that is ahead of the walk beside it is caught."""

from __future__ import annotations

from typing import Any

import pytest
from manim import Create

from scenes.check.timing.ahead import Ahead
from scenes.parts import Hiker, LossCurve, Progress, Scorecard, Trail
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults


def beside(drawn: str, *, to: int = 40, trail: bool = False, label: str = "right") -> Any:
    """A scene in which somebody walks beside a curve: one that is whole, one that follows, or one that runs ahead."""

    def build(scene: Staged) -> None:
        mountain = scene.mountain()
        walk = scene.walk(mountain, "right", 0)
        run = scene.run(label)
        ahead = Progress(run)
        shown = {"whole": run, "follows": walk, "ahead": ahead}[drawn]
        scene.add(mountain, Trail(walk) if trail else Hiker(walk=walk), LossCurve(shown, colours=[theme.right]))
        if drawn == "ahead":
            scene.play(ahead.to(30, run_time=1))
        scene.play(walk.to(to, run_time=2)) if to else scene.wait(1)

    return build


@pytest.mark.parametrize("drawn", ["whole", "ahead"])
@pytest.mark.parametrize("trail", [True, False])
def test_a_curve_ahead_of_its_walk_is_caught(drawn: str, trail: bool) -> None:
    ((rule, found),) = faults(Ahead(), beside(drawn, trail=trail))
    assert rule == "curve"
    assert "while its walk goes from row 0 to row " in found


@pytest.mark.parametrize("drawn", ["whole", "follows", "created"])
def test_a_read_out_tells_how_far_a_run_has_come_too(drawn: str) -> None:
    def build(scene: Staged) -> None:
        run = scene.run("right")
        progress = Progress(run)
        scene.add(Scorecard(lambda: f"{run.losses[progress.row]:.3f}"))
        curve = LossCurve(progress if drawn == "follows" else run, colours=[theme.right])
        if drawn == "created":
            scene.play(Create(curve, run_time=2), progress.to(run.steps, run_time=2))
        else:
            scene.add(curve)
            scene.play(progress.to(40, run_time=2))

    assert len(faults(Ahead(), build)) == (drawn == "whole")


def test_a_curve_that_follows_and_one_of_another_run_pass_and_who_stands_still_too() -> None:
    assert faults(Ahead(), beside("follows")) == []
    assert faults(Ahead(), beside("whole", label="too-small")) == []
    assert faults(Ahead(), beside("whole", to=0)) == []
