"""HistoryTrail and SlopeWall: the operations in the order that torch recorded, and slopes as long as they are."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Dot

from descent_core import recording
from descent_core.library import listing
from scenes.gradient.backward import operations
from scenes.parts.history.history_trail import HistoryTrail
from scenes.parts.panels.slope_wall import SlopeWall


@pytest.fixture
def trail() -> HistoryTrail:
    code = listing("gradient-reading")
    names = operations(code.values[code.line_of("loss = ")])
    return HistoryTrail(names, Dot(), Dot(), ends=("coeffs", "loss"))


def test_a_cairn_for_each_operation_that_torch_recorded_from_the_knobs_up(trail: HistoryTrail) -> None:
    names = [label.original_text for label in trail.labels]
    assert names == ["select", "add", "mul", "add", "sin", "sub", "pow", "mul", "sum"]
    assert (np.diff(trail.feet[:, :2], axis=0) > 0).all()  # it climbs
    trail.built.set_value(len(names))
    trail.refresh()
    for cairn, foot in zip(trail.cairns, trail.feet[1:-1], strict=True):
        assert abs(cairn.stones.get_bottom()[1] - foot[1]) < 0.05


def test_cairns_are_piled_up_from_the_foot_on(trail: HistoryTrail) -> None:
    trail.built.set_value(4)
    trail.refresh()
    stands = [cairn.stones[-1].get_fill_opacity() for cairn in trail.cairns]
    assert stands == [1, 1, 1, 1, 0, 0, 0, 0, 0]


def test_the_light_runs_back_and_what_it_has_passed_glows(trail: HistoryTrail) -> None:
    trail.built.set_value(len(trail.cairns))
    glowing = []
    for light in (1.0, 0.5, 0.0):
        trail.light.set_value(light)
        trail.refresh()
        glowing.append([float(cairn.warmth[0].get_fill_opacity()) > 0.1 for cairn in trail.cairns])
    assert glowing[0] == [False] * 9
    assert glowing[1] == sorted(glowing[1])
    assert 0 < sum(glowing[1]) < 9
    assert glowing[2] == [True] * 9


def test_a_bar_for_each_slope_up_or_down_and_as_long_as_it_is_steep() -> None:
    slope = recording("gradient-1000").slopes[0]
    wall = SlopeWall(slope)
    wall.shown.set_value(1.0)
    wall.refresh()
    np.testing.assert_allclose(wall.drawn(), slope, atol=1e-9)
    assert len(wall.drawn()) == 1000
    assert (slope > 0).any()
    assert (slope < 0).any()
