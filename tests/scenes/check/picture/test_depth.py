"""The check of depth: who stands nearer is drawn over who stands farther; nothing opaque lies over a figure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import RIGHT, UP, Camera, Rectangle

from scenes.check.check import watch
from scenes.check.picture.depth import Depth
from scenes.engine.terrain.shot import Shot
from scenes.gradient.shots import VALLEY, WIDE
from scenes.parts import ArrowRole, Cabin, GroundArrow, Hiker, Mountain, Trail, Walk
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layers import Layer, set_layer
from scenes.stage.transitions import Curtain
from scenes.theme import theme
from tests.scenes.check.staged import faults

#: A hiker a little behind the cabin's door, as the valley is seen, and one a little before it.
BEHIND, BEFORE = (-0.1, 0.5), (-0.05, -0.7)


def valley(build: Any, row: float = 60) -> list[str]:
    """What is found in the valley, around a cabin at the end of a run."""

    def built(scene: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        return build(mountain, Cabin(mountain, walk.trajectory.coeffs[-1], 1.2), walk)

    return faults(Depth(), built, row=row, shot=VALLEY)


def test_whatever_came_first_the_nearer_one_is_drawn_over_the_farther_one() -> None:
    for place in (BEHIND, BEFORE):
        assert valley(lambda mountain, cabin, _, at=place: [Hiker(mountain, at), cabin]) == []
        assert valley(lambda mountain, cabin, _, at=place: [cabin, Hiker(mountain, at)]) == []


def test_a_trail_that_passes_behind_a_cabin_is_drawn_under_it() -> None:
    def build(mountain: Mountain, cabin: Cabin, walk: Walk) -> list[Any]:
        return [cabin, Hiker(walk=walk), Trail(walk)]

    assert valley(build) == []


def test_one_who_stands_farther_in_a_layer_above_is_caught() -> None:
    def build(mountain: Mountain, cabin: Cabin, _: Walk) -> list[Any]:
        return [cabin, set_layer(Hiker(mountain, BEHIND), Layer.FACTS)]

    (fault,) = valley(build)
    assert fault.startswith("depth: is drawn under a hiker, and stands ")


def test_a_figure_that_says_a_wrong_depth_is_caught() -> None:
    def build(mountain: Mountain, cabin: Cabin, _: Walk) -> list[Any]:
        hiker = Hiker(mountain, BEFORE)
        hiker.clear_updaters()
        hiker.ground_depth.stands += 3
        return [hiker, cabin]

    (fault,) = valley(build)
    assert fault.startswith("depth: is drawn under the cabin, and stands ")


@pytest.mark.parametrize("layer", [True, False])
def test_a_trail_drawn_over_the_cabin_that_it_passes_behind_is_caught(layer: bool) -> None:
    def build(mountain: Mountain, cabin: Cabin, walk: Walk) -> list[Any]:
        behind = Walk(walk.trajectory, mountain, 60)
        trail = Trail(behind)
        if layer:
            set_layer(trail, Layer.FACTS)
        else:
            trail.line.lies_on_ground = trail.dots.lies_on_ground = False
        house = Cabin(mountain, np.asarray(walk.trajectory.coeffs[13]) + [0.05, -0.75], 1.6)
        return [house, trail]

    (fault,) = valley(build)
    assert fault.startswith("depth: a trail that passes ")
    assert fault.endswith("behind it is drawn over it")


def test_the_own_trail_over_the_boots_is_caught_and_added_after_them_it_is_under_them() -> None:
    def build(layer: Layer | None) -> Any:
        def built(mountain: Mountain, _: Cabin, walk: Walk) -> list[Any]:
            trail = Trail(walk)
            return [Hiker(walk=walk), trail if layer is None else set_layer(trail, layer)]

        return built

    for row in (8, 60):
        assert valley(build(None), row) == []
        assert valley(build(Layer.FACTS), row) == ["depth: its trail, which lies on the ground, is drawn over it"]


def test_an_arrow_over_a_hiker_is_caught() -> None:
    def build(above: bool) -> Any:
        def built(mountain: Mountain, _: Cabin, walk: Walk) -> list[Any]:
            up = np.array([0.2, 1.2])
            arrow = GroundArrow(mountain, walk.position, up, ArrowRole.UPHILL)
            if above:
                arrow.shape.lies_on_ground, arrow.shape.ground_depth.stands = False, 0.0
                arrow.clear_updaters()
            return [Hiker(walk=walk), arrow]

        return built

    assert valley(build(above=False)) == []
    assert valley(build(above=True)) == ["depth: an arrow that lies on the ground is drawn over it"]


def test_a_plate_or_a_panel_over_a_figure_is_caught_and_a_dimmed_picture_passes() -> None:
    def covered(cover: Any) -> Any:
        def built(mountain: Mountain, cabin: Cabin, walk: Walk) -> list[Any]:
            hiker = Hiker(walk=walk)
            return [hiker, cover(hiker)]

        return built

    def on_a_plate(hiker: Hiker) -> Any:
        return plate(words("in the way", theme.body)).move_to(hiker)

    def box(hiker: Hiker) -> Any:
        return Rectangle(width=0.5, height=2, fill_opacity=1, stroke_width=0).move_to(hiker)

    for cover in (on_a_plate, box):
        (fault,) = valley(covered(cover))
        assert fault.startswith("depth: ")
        assert "of it is under a " in fault
    assert valley(covered(lambda hiker: Curtain(theme.dim))) == []
    assert valley(covered(lambda hiker: box(hiker).set_fill(opacity=0.2))) == []
    assert valley(covered(lambda hiker: words("beside", theme.body).next_to(hiker, buff=0.1))) == []


def test_a_plate_across_a_hiker_is_caught_and_one_over_the_air_beside_him_or_over_his_boots_passes() -> None:
    def under(build: Any) -> list[str]:
        def built(_: Mountain, __: Cabin, walk: Walk) -> list[Any]:
            hiker = Hiker(walk=walk, size=1.4)
            return [hiker, build(hiker)]

        return valley(built)

    def across(part: float, place: float) -> Any:
        """A plate as wide as the hiker, over a part of his height, so far up from his boots to his hat."""

        def build(hiker: Hiker) -> Rectangle:
            box = Rectangle(width=2, height=part * hiker.height, fill_opacity=1, stroke_width=0)
            return box.move_to(hiker).shift((place - 0.5) * hiker.height * UP)

        return build

    for part, place in ((0.2, 0.5), (0.24, 0.45)):
        (fault,) = under(across(part, place))
        assert fault.endswith("of it is under a Rectangle")
    assert under(across(0.1, 0.5)) == under(across(0.2, 0.05)) == []
    assert under(lambda hiker: plate(words("you", theme.label)).next_to(hiker, RIGHT, buff=0.05)) == []


#: Low behind the peak, so that it hides some of who stands on its far side.
OVER = Shot((4.6, 5.0, 2.2), (-1.5, -0.2, 1.9), 44)


@pytest.mark.parametrize("place", [(-3.1, -0.9), (-3.3, -0.6), (-3.4, -1.2)])
def test_a_figure_that_shows_through_a_ridge_is_caught(place: tuple[float, float]) -> None:
    def build(through: bool) -> Any:
        def built(_: ExplainerScene, mountain: Mountain, __: Walk) -> list[Any]:
            hiker = Hiker(mountain, place, size=1.4)
            if through:
                hiker.clear_updaters()
                for shape in hiker.submobjects:
                    del shape.ground_depth
            return [hiker]

        return built

    assert faults(Depth(), build(through=False), shot=OVER) == []
    (fault,) = faults(Depth(), build(through=True), shot=OVER)
    assert fault == "depth: is drawn over a ridge that stands before it"


def test_manims_own_camera_knows_no_depth_and_is_told() -> None:
    class Plain(ExplainerScene):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**{**kwargs, "camera_class": Camera})

        def construct(self) -> None:
            mountain = Mountain(self.landscape("mountain"), VALLEY)
            self.add(mountain, Hiker(mountain, BEFORE), Cabin(mountain, (0.0, 0.0), 1.2))
            self.wait(0.5)

    check = Depth()
    watch(Plain, [check])
    assert [fault.found.split(",")[0] for fault in check.faults.values()] == ["is drawn under the cabin"]


def test_the_whole_of_a_wide_picture_passes() -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        return [Trail(walk), Hiker(walk=walk), Cabin(mountain, walk.trajectory.coeffs[-1])]

    assert faults(Depth(), build, row=20, shot=WIDE) == []
