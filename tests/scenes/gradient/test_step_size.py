"""Scene 4: its formula is the rule that ran, and what it draws over the mountain is what was recorded."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import tempconfig

from descent_core import recording
from descent_core.catalogue.gradient import STRIDES
from descent_core.library import landscape
from scenes.engine.drawing.subpaths import subpaths
from scenes.gradient.leap import FLIGHT, SHAKE, beside
from scenes.gradient.shots import BESIDE, STRIDE, WHOLE_RANGE
from scenes.gradient.step_size import FELT, GUESSES, RULE, ThreeStepSizes, _colour_of
from scenes.parts.ground.first_leaps import FirstLeaps
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.probes import Probes
from scenes.parts.ground.ribbons import Ribbons
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk, hanging
from scenes.theme import theme

#: A pixel of 1080p, in scene units.
PIXEL = 8 / 1080


@pytest.fixture(autouse=True)
def small_frame() -> Any:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 10}):
        yield


@pytest.fixture
def mountain() -> Mountain:
    return Mountain(landscape("mountain"), WHOLE_RANGE)


@pytest.mark.parametrize("label", ["too-small", "right", "too-big"])
def test_the_formula_on_screen_is_the_rule_that_ran(label: str) -> None:
    rule, lr = ThreeStepSizes()._rule()
    on_screen = [str(term.original_text) for term in rule[1]]
    assert on_screen == list(RULE)
    assert str(lr[1].original_text) == "lr"
    left, right = " ".join(on_screen).split(" = ")
    run = recording(label)
    is_called = {"step": np.diff(run.coeffs, axis=0), "learning rate": run.lr, "downhill": -run.slopes[:-1]}
    product = 1.0
    for term in right.split(" × "):
        product = product * is_called[term]
    np.testing.assert_allclose(is_called[left], product, atol=1e-12)


def test_what_the_formula_calls_downhill_has_the_colour_of_downhill() -> None:
    rule, _ = ThreeStepSizes()._rule()
    assert rule[1][RULE.index("downhill")][0].get_fill_color().to_hex().lower() == theme.downhill


def test_the_leap_hangs_and_ends_on_the_recorded_points() -> None:
    assert hanging(0.0) == 0.0
    assert hanging(1.0) == pytest.approx(1.0)
    at = np.array([hanging(t) for t in np.linspace(0, 1, 201)])
    assert (np.diff(at) > 0).all()
    assert np.diff(at).max() > 3 * np.diff(at).min()
    assert 0.45 < at[np.diff(at).argmin()] < 0.65  # slowest high over the valley


def test_the_eye_flies_beside_the_leaper_and_comes_to_rest(mountain: Mountain) -> None:
    walk = Walk(recording("too-big"), mountain)
    way = beside(walk, 1)
    for fraction, row in ((0.0, 1), (1.0, 2)):
        shot, framed = way(fraction), BESIDE[0 if row == 1 else 2]
        assert shot.eye[0] == pytest.approx(walk.positions[row][0] + framed.eye[0])
        assert shot.eye[1:] == pytest.approx(framed.eye[1:])
    landed = way(FLIGHT / (FLIGHT + SHAKE) + 0.02)
    assert landed.eye[2] != pytest.approx(way(1.0).eye[2], abs=0.005)  # it feels that


def test_a_trail_in_the_air_is_a_smooth_curve_through_the_recorded_points(mountain: Mountain) -> None:
    run = recording("too-big")
    trail = Trail(run, mountain)
    curves = trail.line.points.reshape(-1, 4, 3)
    for row in range(4):
        spot = mountain.points_at(run.coeffs[row : row + 1], 0.05)[0]
        assert np.linalg.norm(curves[:, 0] - spot, axis=1).min() < 0.1 * PIXEL
    # In the long leap, one curve goes on where the one before was going.
    leap = curves[trail._between : 2 * trail._between]
    comes, goes = leap[:-1, 3] - leap[:-1, 2], leap[1:, 1] - leap[1:, 0]
    np.testing.assert_allclose(comes, goes, atol=0.1 * PIXEL)


def test_ribbons_pass_the_recorded_points_and_end_where_the_walks_ended(mountain: Mountain) -> None:
    runs = [recording(f"stride-{index:02d}") for index in (3, 20, STRIDES - 1)]
    ribbons = Ribbons(mountain, runs, ["#112233", "#445566", "#778899"])
    assert not any(len(piece.points) for piece in ribbons.submobjects)
    ribbons.clock.set_value(99)
    ribbons.refresh()
    for run, (haze, way, mark) in zip(runs, ribbons.ribbons, strict=True):
        drawn = np.concatenate([haze.points, way.points])
        corners = np.concatenate([drawn[0::4], drawn[3::4]])
        spots = mountain.points_at(run.coeffs, 0.05)
        seen = mountain.seen(mountain.world(*run.coeffs.T) + [0, 0, 0.05])
        away = np.linalg.norm(spots[seen][:, None] - corners, axis=-1).min(axis=1)
        scale = mountain.scale_at(*run.coeffs[0])
        assert away.max() < 0.02 * scale + PIXEL  # steps too short to be seen are left out
        if len(mark.points):
            middle = (mark.points.min(axis=0) + mark.points.max(axis=0)) / 2
            assert np.abs(middle - spots[-1]).max() < 0.5 * PIXEL


def test_ribbons_come_one_after_the_other(mountain: Mountain) -> None:
    runs = [recording(label) for label in ("too-small", "right", "too-big")]
    ribbons = Ribbons(mountain, runs, ["#112233", "#445566", "#778899"])
    ribbons.clock.set_value(0.5)
    ribbons.refresh()
    assert ribbons.begun == tuple(runs[:1])
    assert ribbons.leading is runs[0]
    assert len(ribbons.ribbons[0][1].points)
    assert not len(ribbons.ribbons[1][1].points)


def test_the_ghost_arcs_land_where_the_first_steps_did() -> None:
    mountain = Mountain(landscape("mountain"), STRIDE)
    runs = [recording(f"stride-{index:02d}") for index in GUESSES]
    leaps = FirstLeaps(mountain, runs)
    leaps.clock.set_value(len(runs))
    leaps.refresh()
    for run, arc, mark in zip(runs, leaps.arcs, leaps.marks, strict=True):
        assert len(subpaths(arc.points, arc.tolerance_for_point_equality)[0]) > 10  # dashes
        np.testing.assert_allclose(arc.points[0], mountain.points_at(run.coeffs[:1], 0.03)[0], atol=0.5 * PIXEL)
        middle = (mark.points.min(axis=0) + mark.points.max(axis=0)) / 2
        np.testing.assert_allclose(middle, mountain.points_at(run.coeffs[1:2], 0.03)[0], atol=0.5 * PIXEL)
        assert run.lr < recording("too-big").lr  # the answer is not given away


def test_the_ground_rises_all_round_him_who_is_stuck(mountain: Mountain) -> None:
    run = recording("too-big")
    assert (Probes(mountain, run.coeffs[-1], FELT).rises > 0).all()
    np.testing.assert_allclose(run.slopes[-1], 0, atol=1e-4)


def test_the_ribbons_have_the_colours_of_the_three_walks_where_they_are_those_walks() -> None:
    three = [recording(label) for label in ("too-small", "right", "too-big")]
    colours = [_colour_of(run, three[1]).lower() for run in three]
    assert colours == [theme.too_small, theme.right, theme.too_big]


def test_a_ribbon_has_the_colour_of_the_right_walk_only_if_its_own_came_home() -> None:
    right = recording("right")
    runs = [recording(f"stride-{index:02d}") for index in range(STRIDES)]
    home = [run for run in runs if _colour_of(run, right) == theme.right]
    assert len(home) > 10
    for run in home:
        np.testing.assert_allclose(run.losses[-1], right.losses[-1], atol=1e-3)
    # Some came to rest elsewhere, and some are still on their way.
    assert _colour_of(runs[-1], right) == theme.too_big
    assert runs[-1].outcome == "converged"
    assert _colour_of(runs[0], right) == theme.too_small


def test_a_ribbon_takes_its_colour_once_its_walk_has_ended(mountain: Mountain) -> None:
    runs = [recording(label) for label in ("too-small", "right")]
    ribbons = Ribbons(mountain, runs, [theme.too_small, theme.right])
    for now, colour, ended in ((0.6, theme.text, ()), (1.0, theme.too_small, tuple(runs[:1]))):
        ribbons.clock.set_value(now)
        ribbons.refresh()
        assert ribbons.ribbons[0][1].get_stroke_color().to_hex().lower() == colour
        assert ribbons.ended == ended
