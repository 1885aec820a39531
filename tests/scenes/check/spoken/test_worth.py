"""Where a loss is shown, what is said to be good lies low, and what is bad lies high."""

from __future__ import annotations

import pytest

from scenes.check.spoken.worth import Worth, misjudged
from scenes.parts import Scorecard
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.found import faults


@pytest.mark.parametrize(
    "line",
    [
        "Good settings rise, bad ones stay.",
        "The bad ones sink.",
        "Higher is better.",
        "The higher, the better.",
        "Low is bad and the rest is fine.",
        "The best settings are on the peak.",
        "A worse guess lies lower.",
    ],
)
def test_words_that_judge_wrongly_are_caught(line: str) -> None:
    assert len(list(misjudged(line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Bad settings rise, good ones sink.",
        "The good ones sink and the bad ones rise.",
        "Lower is better, and zero is perfect.",
        "The lower, the better.",
        "The first leap goes down. Good!",
        "Run 1 ends 0.3 higher than the best.",
        "That's bad, but it's no worse than that.",
        "Higher isn't better.",
        "Higher accuracy is better.",
        "He ends up in a worse valley.",
        "Sometimes it's better, sometimes it's worse.",
    ],
)
def test_words_that_judge_rightly_or_nothing_pass(line: str) -> None:
    assert list(misjudged(line)) == []


@pytest.mark.parametrize(("shown", "count"), [("loss", 1), ("steps", 0)])
def test_it_is_a_loss_only_where_one_is_shown(shown: str, count: int) -> None:
    def construct(scene: ExplainerScene) -> None:
        run = scene.run("right")
        scene.add(Scorecard(f"{run.losses[0]:.2f}" if shown == "loss" else f"{run.steps}", name=shown))
        with scene.say("Higher is better."):
            scene.wait(1)

    assert len(faults(Worth(), construct)) == count


@pytest.mark.parametrize(("text", "count"), [("higher is better", 1), ("lower is better", 0)])
def test_words_on_stage_are_read_too(text: str, count: int) -> None:
    def construct(scene: ExplainerScene) -> None:
        scene.add(Scorecard(f"{scene.run('right').losses[0]:.2f}"), words(text).shift([0, 2, 0]))
        scene.wait(1)

    assert len(faults(Worth(), construct)) == count
