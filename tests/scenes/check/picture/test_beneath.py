"""What is on the ground is drawn after it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenes.check.picture.beneath import Beneath
from scenes.parts import ArrowRole, Cabin, GroundArrow, Hiker, Mountain, Trail, Walk
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layers import Layer, set_layer
from tests.scenes.check.staged import faults


def on_ground(mountain: Mountain, walk: Walk) -> dict[str, Any]:
    """One of each that is on the ground."""
    return {
        "the hiker of 'right'": Hiker(walk=walk),
        "the trail of 'right'": Trail(walk),
        "the cabin": Cabin(mountain, walk.trajectory.coeffs[-1]),
        "an arrow on the ground": GroundArrow(mountain, walk.position, np.array([0.4, 1.2]), ArrowRole.UPHILL),
    }


@pytest.mark.parametrize("place", range(4))
def test_what_came_before_the_mountain_is_caught(place: int) -> None:
    def build(scene: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        things = list(on_ground(mountain, walk).values())
        scene.remove(mountain)
        return [things.pop(place), mountain, *things]

    (fault,) = faults(Beneath(), build)
    assert fault.startswith("depth: ")
    assert fault.endswith("are drawn before the mountain, so under it")


def test_a_mountain_in_a_layer_above_is_caught() -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        set_layer(mountain, Layer.FACTS)
        return list(on_ground(mountain, walk).values())

    assert len(faults(Beneath(), build)) == 4


def test_what_comes_after_the_mountain_in_any_order_passes() -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        return list(on_ground(mountain, walk).values())

    assert faults(Beneath(), build) == []
    assert faults(Beneath(), lambda *args: build(*args)[::-1]) == []


def test_what_is_on_other_ground_or_not_to_be_seen_passes() -> None:
    def other(scene: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        before = Mountain(mountain.landscape, mountain.shot)
        scene.remove(mountain)
        return [before, *on_ground(before, Walk(walk.trajectory, before, 5)).values(), mountain]

    def unseen(scene: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        scene.remove(mountain)
        return [Hiker(walk=walk).set_opacity(0), mountain]

    def away(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        mountain.set_opacity(0)
        return list(on_ground(mountain, walk).values())

    for harmless in (other, away):
        assert faults(Beneath(), harmless) == []
    assert all("hiker" not in fault for fault in faults(Beneath(), unseen))
