"""A radio that is heard for a run that nobody sees is caught."""

from __future__ import annotations

import pytest

from scenes.check.spoken.heard import Heard
from scenes.parts import Hiker, Radio
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.wiring.staged import Staged, faults

FOUND = [("reading", "is heard for right, of which nothing is in the picture (receive(None) switches it off)")]


def received(scene: ExplainerScene) -> None:
    scene.receive(scene.run("right"), lambda: 3)


def test_a_radio_that_is_heard_on_when_nothing_of_its_run_is_left_is_caught() -> None:
    def build(scene: Staged) -> None:
        mountain = scene.mountain()
        hiker = Hiker(walk=scene.walk(mountain))
        scene.add(mountain, hiker)
        received(scene)
        scene.wait(2)
        scene.remove(hiker)
        scene.wait(2)

    assert faults(Heard(), build) == FOUND


def test_one_that_is_heard_of_another_run_than_the_one_in_the_picture_is_caught() -> None:
    def build(scene: Staged) -> None:
        mountain = scene.mountain()
        scene.add(mountain, Hiker(walk=scene.walk(mountain, "too-small")))
        received(scene)
        scene.wait(2)

    assert faults(Heard(), build) == FOUND


@pytest.mark.parametrize("switched", [True, False])
def test_one_that_is_switched_off_or_on_stage_passes(switched: bool) -> None:
    def build(scene: Staged) -> None:
        radio = Radio(lambda: scene.run("right").coeffs[3])
        received(scene)
        scene.wait(0.5)  # it comes a moment after it is heard
        scene.add(radio)
        scene.wait(2)
        if switched:
            scene.remove(radio)
            scene.receive(None)
            scene.wait(2)

    assert faults(Heard(), build) == []
