"""The check of arrows: one that is longer than its slope makes its fellows, or starts elsewhere, is caught."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenes.check.places.ground import Geometry
from scenes.gradient.shots import DESCENT, PEAK
from scenes.parts import GroundArrow, Hiker, Mountain, Walk
from scenes.parts.ground.arrow import ArrowRole
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.staged import Build, faults


def arrows(up: float, down: float, **kwargs: Any) -> Build:
    """Both arrows of a step, so long for a slope of 1."""

    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        slope = np.asarray(walk.trajectory.slopes[walk.row])
        uphill = GroundArrow(mountain, walk.position, up * slope, ArrowRole.UPHILL, **kwargs)
        downhill = GroundArrow(mountain, walk.position, -down * slope, ArrowRole.DOWNHILL, **kwargs)
        return [uphill, downhill, Hiker(walk=walk)]

    return build


@pytest.mark.parametrize("shot", [PEAK, DESCENT])
@pytest.mark.parametrize("row", [0, 5, 12])
def test_arrows_on_one_scale_pass(row: int, shot: Any) -> None:
    assert faults(Geometry(), arrows(2.4, 2.4), row=row, shot=shot) == []


@pytest.mark.parametrize(("up", "down"), [(2.4, 2.8), (2.4, 1.8), (1.2, 2.4)])
def test_an_arrow_longer_than_its_fellow_is_caught(up: float, down: float) -> None:
    (fault,) = faults(Geometry(), arrows(up, down), shot=PEAK)
    assert fault.startswith("arrow: an arrow at step 5 is ")
    assert f"{down:.1f}" in fault.split(" units")[0]


def test_an_arrow_that_shows_a_direction_only_may_be_of_any_length() -> None:
    assert faults(Geometry(), arrows(2.4, 1.2, only_direction=True), shot=PEAK) == []


def test_an_arrow_that_does_not_grow_with_the_slope_is_caught() -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        run = walk.trajectory
        walk.clock.add_updater(lambda clock, dt: clock.increment_value(round(dt * 4)))  # a step a moment

        def vector() -> Any:
            slope = np.asarray(run.slopes[walk.row])
            return -slope / np.linalg.norm(slope) * 0.8

        return [walk.clock, GroundArrow(mountain, walk.position, vector, ArrowRole.DOWNHILL), Hiker(walk=walk)]

    (fault,) = faults(Geometry(), build, row=2, shot=PEAK)
    assert "and it was before" in fault


def test_an_arrow_that_starts_at_no_recorded_point_is_caught() -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        run = walk.trajectory
        aside = np.asarray(run.coeffs[5]) + [0.0, 0.15]
        return [GroundArrow(mountain, aside, -2 * np.asarray(run.slopes[5]), ArrowRole.DOWNHILL), Hiker(walk=walk)]

    (fault,) = faults(Geometry(), build, shot=PEAK)
    assert fault.startswith("arrow: it starts ")
    assert fault.endswith("from every recorded point")


def test_an_arrow_at_a_recorded_row_where_nobody_stands_is_measured_too() -> None:
    def build(sign: float) -> Build:
        def built(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
            run = walk.trajectory
            return [GroundArrow(mountain, run.coeffs[9], sign * np.asarray(run.slopes[9]), ArrowRole.DOWNHILL)]

        return built

    assert faults(Geometry(), build(-1.0), shot=DESCENT) == []
    assert "180 degrees off minus the slope" in faults(Geometry(), build(1.0), shot=DESCENT)[0]
