"""The order of drawing: figures from the farthest to the nearest, what lies on the ground first, panels over all."""

from __future__ import annotations

import numpy as np
from manim import FullScreenRectangle, Mobject, Square

from scenes.engine.drawing.depth_order import depth_of, farthest_first
from scenes.engine.drawing.raster import GroundDepth


def figure(depth: float) -> list[Mobject]:
    """Two shapes of a figure that stands so far away."""
    ground = GroundDepth(None)
    ground.stands = depth
    shapes: list[Mobject] = [Square(), Square()]
    for shape in shapes:
        shape.ground_depth = ground
    return shapes


def lying() -> Mobject:
    shape = Square()
    shape.lies_on_ground = True
    return shape


def test_figures_come_from_the_farthest_to_the_nearest_with_their_shapes_in_order() -> None:
    near, far, trail, panel = figure(2), figure(9), lying(), Square()
    assert farthest_first([*near, *far, trail]) == [trail, *far, *near]
    assert farthest_first([panel, *near, trail, *far]) == [panel, trail, *far, *near]


def test_panels_lie_over_all_who_stand_on_the_ground_and_keep_their_order() -> None:
    near, far, first, second = figure(2), figure(9), Square(), Square()
    assert farthest_first([*near, first, *far, second]) == [*far, *near, first, second]


def test_nothing_moves_past_a_curtain_or_into_another_layer() -> None:
    near, far, curtain = figure(2), figure(9), FullScreenRectangle()
    assert farthest_first([*near, curtain, *far]) == [*near, curtain, *far]
    for shape in far:
        shape.set_z_index(1)
    assert farthest_first([*near, *far]) == [*near, *far]


def test_what_is_of_no_depth_stays_where_it_is() -> None:
    shapes: list[Mobject] = [Square() for _ in range(5)]
    assert farthest_first(shapes) is shapes
    one = figure(3)
    assert farthest_first([*shapes, *one]) == [*shapes, *one]
    assert (depth_of(shapes[0]), depth_of(one[0]), depth_of(lying())) == (None, 3.0, np.inf)
