"""The check of lights: nobody stands or walks in thick fog that hides the ground under the boots."""

from __future__ import annotations

from typing import Any

import pytest

from descent_core import recording
from scenes.check.picture.fogged import Fogged
from scenes.gradient.shots import WIDE
from scenes.parts import Fog, Hiker, Mountain, Walk
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.found import faults


def foggy(density: float, *, lit: bool, walks: bool, seconds: float = 2.0) -> list[str]:
    """What is found of a hiker in such fog, with a light or without."""

    def construct(self: ExplainerScene) -> None:
        mountain = Mountain(self.landscape("mountain"), WIDE, Fog(density))
        walk = Walk(recording("right"), mountain)
        if lit:
            mountain.lights.append(walk.position)
        self.add(mountain, Hiker(walk=walk))
        if walks:
            self.play(walk.to(5, run_time=seconds))
        else:
            self.wait(seconds)

    return faults(Fogged(), construct)


@pytest.mark.parametrize("walks", [True, False])
def test_who_has_no_light_in_thick_fog_is_found(walks: bool) -> None:
    (found,) = foggy(1.0, lit=False, walks=walks)
    assert found.startswith("depth: right: is in thick fog without a light")


@pytest.mark.parametrize("setting", [{"density": 1.0, "lit": True}, {"density": 0.3, "lit": False}])
def test_with_a_light_or_in_thin_fog_all_is_well(setting: dict[str, Any]) -> None:
    assert foggy(**setting, walks=True) == []


def test_fog_that_lifts_at_once_is_no_fault() -> None:
    assert foggy(1.0, lit=False, walks=False, seconds=0.7) == []
