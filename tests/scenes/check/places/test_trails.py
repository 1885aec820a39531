"""The check of trails and hikers: skipped steps, trails without a hiker, hikers who follow nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from descent_core.library import recording
from descent_core.recordings.trajectory import Trajectory
from scenes.check.places.ground import Geometry
from scenes.engine.terrain.shot import Shot
from scenes.gradient.shots import DESCENT, FARTHER, VALLEY, WIDE
from scenes.parts import Hiker, Mountain, Trail, Walk
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.staged import Build, faults


def still(trail: Trail) -> Trail:
    """As it is drawn now: nothing redraws it."""
    trail.clear_updaters()
    return trail


def walked(change: Any = None) -> Build:
    def build(_: ExplainerScene, __: Mountain, walk: Walk) -> list[Any]:
        trail = still(Trail(walk)) if change else Trail(walk)
        if change:
            change(trail)
        return [trail, Hiker(walk=walk)]

    return build


@pytest.mark.parametrize("shot", [WIDE, DESCENT, VALLEY, FARTHER])
@pytest.mark.parametrize(
    ("run", "row"), [("right", 0), ("right", 7.5), ("right", 60), ("too-big", 3.3), ("zeroed", 50)]
)
def test_a_whole_trail_passes_also_where_ridges_hide_some_of_it(run: str, row: float, shot: Any) -> None:
    assert faults(Geometry(), walked(), run=run, row=row, shot=shot) == []


def a_print(trail: Trail, index: int) -> Any:
    size = 4 * 4
    return slice(index * size, (index + 1) * size)


def test_a_trail_without_one_of_its_footprints_is_caught() -> None:
    def skip(trail: Trail) -> None:
        trail.dots.points = np.delete(trail.dots.points, np.r_[a_print(trail, 3)], axis=0)

    (fault,) = faults(Geometry(), walked(skip), row=8)
    assert fault == "trail: no footprint at step 3: 1 of 9 that were reached have none"


def test_footprints_that_a_ridge_hides_and_that_are_drawn_over_it_are_caught() -> None:
    def all_of_them(trail: Trail) -> None:
        walk = trail.walk
        spots = walk.mountain.points_at(walk.positions[: walk.row + 1], 0.02)
        trail.dots.points = (spots[:, None] + trail.dots.points[:16] - trail.dots.points[:16].mean(axis=0)).reshape(
            -1, 3
        )

    behind = Shot((5.0, 6.0, 2.4), (0.0, 0.0, 0.6), 44)
    assert faults(Geometry(), walked(), row=12, shot=behind) == []
    (fault,) = faults(Geometry(), walked(all_of_them), row=12, shot=behind)
    assert fault == "trail: the footprint of step 11 is drawn over a ridge that hides it"


def test_a_line_that_a_ridge_hides_and_that_is_drawn_over_it_is_caught() -> None:
    def all_of_it(trail: Trail) -> None:
        way = trail.walk.path(np.linspace(0, trail.walk.now, 14 * 16 + 1)) + [0, 0, 0.05]
        trail.line.set_points_as_corners(trail.walk.mountain.on_screen(way))

    behind = Shot((5.0, 6.0, 2.4), (0.0, 0.0, 0.6), 44)
    (fault,) = faults(Geometry(), walked(all_of_it), row=14, shot=behind)
    assert fault.startswith("trail: the line is drawn over a ridge that hides it")


def test_a_trail_of_every_second_step_is_caught() -> None:
    def thinned(run: Trajectory) -> Trajectory:
        return Trajectory("right", run.coeffs[::2], run.losses[::2], run.slopes[::2], run.grads[::2], lr=run.lr)

    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        other = Walk(thinned(recording("right")), mountain, 4)
        return [Trail(other), Hiker(walk=other)]

    assert faults(Geometry(), build) == [
        "trail: the run that left the trail is not the recording of 60 steps that the scene asked for",
        "hiker: the run that the hiker walks is not the recording of 60 steps that the scene asked for",
    ]


def test_a_line_that_passes_a_step_at_a_distance_is_caught() -> None:
    def cut(trail: Trail) -> None:
        corners = trail.line.points[0::4]
        trail.line.set_points_as_corners(np.concatenate([corners[:40], corners[90:]]))

    found = faults(Geometry(), walked(cut), row=12)
    assert len(found) == 1
    assert found[0].startswith("trail: the line ")


@pytest.mark.parametrize("ahead", [0.5, 3.0])
def test_a_trail_whose_head_has_no_hiker_is_caught(ahead: float) -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        return [Trail(walk), Hiker(walk=Walk(walk.trajectory, mountain, walk.now + ahead))]

    (fault,) = faults(Geometry(), build)
    assert fault.startswith("trail: nobody stands at the head of the trail, at step 5.0; the nearest hiker is ")


def test_two_walks_exchanged_are_caught() -> None:
    def build(scene: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        other = Walk(scene.run("too-big"), mountain, 2)
        return [Trail(walk), Hiker(walk=other)]

    assert faults(Geometry(), build)[0].startswith("trail: nobody stands at the head")


def test_a_trail_of_a_whole_recording_needs_no_hiker_and_one_that_has_not_begun_neither() -> None:
    assert faults(Geometry(), lambda _, mountain, walk: [Trail(walk.trajectory, mountain)]) == []
    assert faults(Geometry(), lambda _, mountain, walk: [Trail(walk)], row=0) == []


@pytest.mark.parametrize(("aside", "caught"), [((0.0, 0.0), False), ((0.05, 0.0), True), ((0.0, -0.2), True)])
def test_a_hiker_without_a_walk_is_measured_too(aside: tuple[float, float], caught: bool) -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        run = walk.trajectory
        return [
            Hiker(mountain, np.asarray(run.coeffs[4]) + aside),
            Hiker(mountain, (run.coeffs[6] + run.coeffs[7]) / 2),
        ]

    found = faults(Geometry(), build, shot=DESCENT)
    assert bool(found) == caught
    assert all(fault.startswith("hiker: the boots are ") for fault in found)


def test_a_run_that_is_called_as_another_is_caught() -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        return [Hiker(walk=Walk(replace(recording("too-small"), label="right"), mountain, 5))]

    assert faults(Geometry(), build)[0].startswith("hiker: the run that the hiker walks is not the recording")
