"""The check of cabins: a door that is not where a run of the scene ended is caught, wherever it believes it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import RIGHT, UP

from scenes.check.places.ground import Geometry
from scenes.gradient.shots import AT_THE_DOOR, VALLEY, WIDE
from scenes.parts import Cabin, Mountain, Walk
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.staged import PIXEL, Build, faults


def cabin(aside: tuple[float, float] = (0.0, 0.0), pixels: Any = (0, 0, 0), row: int = -1, size: float = 1.0) -> Build:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        house = Cabin(mountain, np.asarray(walk.trajectory.coeffs[row]) + aside, size)
        return [house.shift(np.asarray(pixels, float) * PIXEL)]

    return build


@pytest.mark.parametrize("shot", [WIDE, VALLEY, AT_THE_DOOR])
@pytest.mark.parametrize("size", [0.8, 1.2])
def test_a_cabin_whose_door_is_at_the_end_passes(shot: Any, size: float) -> None:
    assert faults(Geometry(), cabin(size=size), shot=shot) == []
    assert faults(Geometry(), cabin((0.01, 0.0), size=size), shot=shot) == []


@pytest.mark.parametrize("aside", [(0.3, 0.34), (-0.1, 0.0), (0.0, 0.12)])
def test_a_cabin_beside_the_end_is_caught(aside: tuple[float, float]) -> None:
    (fault,) = faults(Geometry(), cabin(aside), shot=VALLEY)
    assert fault.startswith("cabin: the cabin's door is ")


@pytest.mark.parametrize("way", [RIGHT, UP])
def test_a_cabin_that_was_moved_is_caught(way: Any) -> None:
    assert faults(Geometry(), cabin(pixels=way * 6), shot=WIDE)[0].startswith("cabin: the cabin's door is ")


def test_a_cabin_where_a_run_was_before_its_end_or_that_of_no_run_is_caught() -> None:
    assert faults(Geometry(), cabin(row=9), shot=VALLEY)[0].startswith("cabin: ")

    class Shown(ExplainerScene):
        def construct(self) -> None:
            mountain = Mountain(self.landscape("mountain"), WIDE)
            self.add(mountain, Cabin(mountain, (0.0, 0.0)))
            self.wait(0.5)

    from scenes.check.check import watch

    check = Geometry()
    watch(Shown, [check])
    assert [fault.found for fault in check.faults.values()] == [
        "stands on the ground, and the scene has no run that ends there"
    ]
