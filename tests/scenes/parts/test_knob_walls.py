"""Knobs by the thousand point where the recording says: as tries go, and as wind passes over them."""

from __future__ import annotations

import numpy as np
import pytest
from manim import tempconfig

from descent_core import recording
from scenes.engine.fields.knob_field import WallView
from scenes.parts import Gust, KnobWall, Tries
from scenes.stage.traced_run import origin, traced

GUESSING, FIDDLING, STEERING = "guessing-1000", "fiddling", "gradient-1000"


def test_a_try_is_shown_as_it_was_and_taken_back() -> None:
    run = traced(recording(FIDDLING))
    search = Tries(run, 1)
    assert run.tries is not None
    assert run.try_losses is not None
    assert run.try_losses[1] > run.losses[1]
    np.testing.assert_array_equal(search.coeffs(), run.coeffs[1])
    assert (search.loss(), search.rejection()) == (run.losses[1], 0)
    search.clock.set_value(1.5)
    np.testing.assert_array_equal(search.coeffs(), run.tries[1])
    assert (search.loss(), search.rejection()) == (run.try_losses[1], 1)
    search.clock.set_value(1.95)
    np.testing.assert_array_equal(search.coeffs(), run.coeffs[2])
    np.testing.assert_array_equal(run.coeffs[2], run.coeffs[1])
    assert search.loss() == run.losses[2]


def test_between_a_row_and_a_try_knobs_are_of_no_recording() -> None:
    run = traced(recording(FIDDLING))
    search = Tries(run, 1.15)
    assert origin(search.coeffs()) is None
    between = (np.asarray(search.coeffs()) - run.coeffs[1]) / (run.tries[1] - run.coeffs[1])  # type: ignore[index]
    assert (between > 0).all()
    assert (between < 1).all()
    search.clock.set_value(1.5)
    assert (found := origin(search.coeffs())) is not None
    assert (found.field, found.places[0]) == ("tries", 1)


def test_the_last_row_of_a_search_is_where_it_ended() -> None:
    run = recording(FIDDLING)
    search = Tries(run, run.steps)
    np.testing.assert_array_equal(search.coeffs(), run.coeffs[-1])
    assert (search.loss(), search.rejection()) == (run.losses[-1], 0)


def test_who_makes_no_tries_cannot_be_shown_trying() -> None:
    with pytest.raises(ValueError, match="right has no tries"):
        Tries(recording("right"))


def test_wind_leaves_every_knob_where_the_recording_ends() -> None:
    run = recording(STEERING)
    gust = Gust(run)
    wall = KnobWall(gust.coeffs, changes=gust.changes, glows=gust.glows)
    np.testing.assert_array_equal(gust.coeffs(), run.coeffs[0])
    np.testing.assert_allclose(gust.changes(), -run.lr * run.slopes[0])
    blow = gust.over(wall)
    rows = []
    for fraction in np.linspace(0, 1, 60):
        blow.update_function(wall, fraction)
        np.testing.assert_allclose(wall.drawn_angles(), np.asarray(gust.coeffs()) * wall.gain)
        rows.append(gust.row)
    assert rows == sorted(rows)
    assert (rows[0], rows[-1]) == (0, run.steps)
    np.testing.assert_array_equal(gust.coeffs(), run.coeffs[-1])


def test_within_its_first_step_each_knob_is_on_its_own_way() -> None:
    run = recording(STEERING)
    gust = Gust(run)
    wall = KnobWall(gust.coeffs)
    gust.over(wall, row=1).update_function(wall, 0.15)
    way = run.coeffs[1] - run.coeffs[0]
    part = (np.asarray(gust.coeffs()) - run.coeffs[0]) / way
    assert gust.row == 0
    assert part[0] > 0.5
    assert part[-1] == 0  # the wind has not come so far


def test_the_score_falls_as_the_last_knob_has_turned_and_all_arrive_together() -> None:
    run = recording(STEERING)
    gust = Gust(run)
    wall = KnobWall(gust.coeffs)
    gust.over(wall, row=1).update_function(wall, 0.5)
    assert np.asarray(gust.coeffs())[0] != run.coeffs[0][0]
    assert np.asarray(gust.coeffs())[-1] == run.coeffs[0][-1]
    assert gust.row == 0
    gust.over(wall).update_function(wall, 0.999)
    np.testing.assert_allclose(gust.coeffs(), run.coeffs[-1], atol=1e-4)


def test_a_knob_of_the_wall_is_painted_where_it_says() -> None:
    with tempconfig({"pixel_width": 320, "pixel_height": 180}):
        wall = KnobWall(np.zeros(9), columns=3, width=6.0, kept=(4,))
        wall.set_look(shown=0, lit=0, x=1.0, y=0.5)
        picture = wall.paint(wall.pixels)[..., :3].astype(int)
        spot = wall.place(0, 0)
        seen = np.argwhere(np.abs(picture - picture[0, 0]).sum(axis=-1) > 40)
        unit = 180 / wall.height
        column, row = 160 + spot[0] * unit, 90 - spot[1] * unit
        assert np.abs(seen.mean(axis=0) - (row, column)).max() < 2
        assert np.ptp(seen, axis=0).max() < 2 * 0.5 * 2.0 * unit  # one knob, and none beside it


def test_a_wall_that_leans_back_is_narrower_where_it_is_farther() -> None:
    view = WallView((0.0, 0.0), 10.0, lean=0.8)
    (left, high), (right, _) = view.place(-20, 8), view.place(20, 8)
    (near_left, low), (near_right, _) = view.place(-20, -8), view.place(20, -8)
    assert right - left < near_right - near_left
    assert high < 0 < low
