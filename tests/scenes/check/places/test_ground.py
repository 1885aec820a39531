"""The check of places: what is moved, turned or swapped is caught; what is as recorded passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import LEFT, RIGHT, UP, FadeIn, Rectangle

from descent_core import Landscape, record
from descent_core.library import landscape
from scenes.check.places.ground import Geometry
from scenes.check.playback import play
from scenes.gradient.shots import WIDE
from scenes.parts import GroundArrow, Hiker, LossCurve, Mountain, Trail, Walk
from scenes.parts.ground.arrow import ArrowRole
from scenes.stage.explainer_scene import ExplainerScene

#: A pixel of 1080p in scene units.
PIXEL = 8 / 1080


def measured(build: Callable[[Mountain, Walk], list[Any]], row: float = 5) -> tuple[list[str], int]:
    """What the check of places finds around a hiker at a row of a walk, and how much it measured."""

    class Shown(ExplainerScene):
        def construct(self) -> None:
            mountain = Mountain(landscape("mountain"), WIDE)
            walk = Walk(self.run("right"), mountain, row)
            self.add(mountain, *build(mountain, walk))
            self.play(FadeIn(Rectangle(width=0.1, height=0.1).to_corner(UP + LEFT, buff=2), run_time=0.5))

    check = Geometry()
    play(Shown, check.see)
    return [rule for rule, _ in check.faults], check.measured


def standing(walk: Walk) -> Hiker:
    return Hiker(walk=walk)


@pytest.mark.parametrize("row", [0, 5, 7.5, 60])
def test_what_follows_the_recording_passes(row: float) -> None:
    def build(mountain: Mountain, walk: Walk) -> list[Any]:
        run, at = walk.trajectory, walk.row
        down = GroundArrow(mountain, walk.position, lambda: -2 * run.slopes[at], ArrowRole.DOWNHILL)
        up = GroundArrow(mountain, walk.position, lambda: 2 * run.slopes[at], ArrowRole.UPHILL)
        return [Trail(walk), down, up, standing(walk), LossCurve(walk)]

    faults, count = measured(build, row)
    assert faults == []
    assert count >= 5 + int(row)


@pytest.mark.parametrize(("most", "wide"), [(1000.0, 3.0), (0.01, 3.0), (1000.0, 90.0)])
def test_what_follows_the_recording_passes_on_a_loss_of_any_range(most: float, wide: float) -> None:
    """Also where the two coefficients are drawn to different scales; and what is off there is caught as anywhere."""

    def loss(c: Any) -> Any:
        return most * ((c[0] / wide) ** 2 + (c[1] / 3) ** 2) / 2

    ground = Landscape.sample(loss, (-wide, wide), (-3, 3), nodes=(41, 41))
    assert float(np.ptp(ground.heights)) == pytest.approx(most)
    run = record(loss, [-0.8 * wide, 2.0], lr=0.9 / most, steps=8)

    class Shown(ExplainerScene):
        aside = 0.0

        def construct(self) -> None:
            mountain = Mountain(ground)
            walk = Walk(run, mountain, 3)
            along = run.slopes[3] / np.linalg.norm(run.slopes[3] * mountain.scale_of.ground)
            self.add(mountain, Trail(walk), standing(walk).shift(UP * self.aside * PIXEL))
            self.add(GroundArrow(mountain, walk.position, along, ArrowRole.UPHILL))
            self.add(GroundArrow(mountain, walk.position, -along, ArrowRole.DOWNHILL))
            self.play(FadeIn(Rectangle(width=0.1, height=0.1).to_corner(UP + LEFT, buff=2), run_time=0.2))

    class Aside(Shown):
        aside = 2.5

    for scene, rules in ((Shown, []), (Aside, ["hiker"])):
        check = Geometry()
        play(scene, check.see)
        assert [rule for rule, _ in check.faults] == rules, check.faults
        assert check.measured >= 7


@pytest.mark.parametrize("way", [RIGHT, UP, LEFT])
def test_a_hiker_moved_by_three_pixels_is_caught(way: Any) -> None:
    assert measured(lambda mountain, walk: [standing(walk).shift(way * 3 * PIXEL)])[0] == ["hiker"]
    assert measured(lambda mountain, walk: [standing(walk).shift(way * 0.5 * PIXEL)])[0] == []


def test_a_hiker_at_another_place_than_the_recorded_one_is_caught() -> None:
    class Elsewhere(Walk):
        def pose(self) -> tuple[float, float, float]:
            x, y, lift = super().pose()
            return x + 0.02, y, lift

    def build(mountain: Mountain, walk: Walk) -> list[Any]:
        return [Hiker(walk=Elsewhere(walk.trajectory, mountain, 5))]

    assert measured(build)[0] == ["hiker"]


@pytest.mark.parametrize(("sign", "role"), [(-1, ArrowRole.UPHILL), (1, ArrowRole.DOWNHILL)])
def test_a_swapped_sign_is_caught(sign: int, role: ArrowRole) -> None:
    def build(mountain: Mountain, walk: Walk) -> list[Any]:
        slope = walk.trajectory.slopes[5]
        arrow = GroundArrow(mountain, walk.position, sign * 2 * slope, role)
        return [standing(walk), arrow]

    assert measured(build)[0] == ["arrow"]


def test_an_arrow_a_few_degrees_off_is_caught() -> None:
    turn = np.radians(4)
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])

    def build(mountain: Mountain, walk: Walk) -> list[Any]:
        arrow = GroundArrow(mountain, walk.position, turned @ (-2 * walk.trajectory.slopes[5]), ArrowRole.DOWNHILL)
        return [standing(walk), arrow]

    assert measured(build)[0] == ["arrow"]


def test_footprints_that_nobody_left_are_caught() -> None:
    def build(mountain: Mountain, walk: Walk) -> list[Any]:
        trail = Trail(walk)
        trail.dots.points[-4:] += [0.1, 0, 0]
        return [trail]

    assert measured(build)[0] == ["trail"]


def test_a_curve_out_of_step_is_caught() -> None:
    def build(mountain: Mountain, walk: Walk) -> list[Any]:
        curve = LossCurve(walk)
        head, _ = curve.heads[0]
        head.clear_updaters().shift(UP * 0.05)
        return [curve]

    assert measured(build)[0] == ["curve"]
