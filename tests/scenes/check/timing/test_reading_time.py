"""Words stay until they can have been read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import RIGHT, Dot

from scenes.check.timing.reading_time import ReadingTime
from scenes.parts.panels.scorecard import Readout
from scenes.parts.progress import Progress
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.transitions import Curtain
from tests.scenes.check.found import faults

MANY = "as many words as nobody reads in so short a time"


def comes_and_goes(text: str, seconds: float) -> Callable[[Any], None]:
    def construct(scene: ExplainerScene) -> None:
        scene.open(Dot())
        label = plate(words(text)).shift(RIGHT)
        scene.enter(label)
        if seconds:
            scene.wait(seconds)
        scene.remove(label)
        scene.wait(1)

    return construct


@pytest.mark.parametrize(("text", "seconds"), [("a label", 0.0), ("a label", 0.25), (MANY, 1.0)])
def test_words_that_are_gone_before_they_are_read_are_caught(text: str, seconds: float) -> None:
    (fault,) = faults(ReadingTime(), comes_and_goes(text, seconds))
    assert fault.startswith(f"flash: {text}: is fully there for {seconds:.1f} s, and takes ")


@pytest.mark.parametrize(("text", "seconds"), [("a label", 0.75), (MANY, 2.5)])
def test_words_that_stay_pass(text: str, seconds: float) -> None:
    assert faults(ReadingTime(), comes_and_goes(text, seconds)) == []


def replaced(scene: ExplainerScene) -> None:
    for place in range(4):
        label = words("a label").shift(place * 0.1 * RIGHT)
        scene.add(label)
        scene.wait(0.25)
        scene.remove(label)


def last_of_all(scene: ExplainerScene) -> None:
    scene.open(Dot())
    scene.enter(words("a label"))
    scene.close()


def a_number_that_runs(scene: ExplainerScene) -> None:
    progress = Progress(scene.run("right"))
    scene.add(Readout(lambda: f"row {progress.row}"))
    scene.play(progress.to(20, run_time=2))


def in_the_dark(scene: ExplainerScene) -> None:
    scene.open(Dot())
    label = words("a label")
    scene.enter(label)
    scene.wait(1)
    scene.enter(Curtain())
    scene.remove(label)
    scene.wait(1)


@pytest.mark.parametrize("harmless", [replaced, last_of_all, a_number_that_runs, in_the_dark])
def test_what_is_replaced_or_ends_with_the_scene_or_runs_passes(harmless: Callable[[Any], None]) -> None:
    assert faults(ReadingTime(), harmless) == []
