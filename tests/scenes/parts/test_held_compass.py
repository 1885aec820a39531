"""HeldCompass: its needle is what was held, and the ghosts are the slopes that it is the sum of."""

from __future__ import annotations

import numpy as np
import pytest

from descent_core import recording
from scenes.parts.dials.held_compass import HeldCompass
from scenes.parts.dials.held_sum import HeldSum
from scenes.parts.progress import Progress
from scenes.theme import theme


def tips(compass: HeldCompass) -> np.ndarray:
    """``(n, 2)``, where each ghost ends, from the middle, in units of a slope; it points down the slope."""
    scale = compass._unit()
    points = compass.ghosts.points.reshape(-1, 16, 3)[:, 8]
    return -(points - compass.rim.get_center())[:, :2] / scale


@pytest.mark.parametrize("row", [0, 1, 4, 17, 49])
def test_the_needle_points_down_what_was_held_and_is_as_long(row: int) -> None:
    run = recording("never-zeroed")
    compass = HeldCompass(Progress(run, row), radius=1.5).shift([2, -1, 0]).scale(0.7)
    compass.refresh()
    np.testing.assert_allclose(compass.drawn_tip(), -run.grads[row], atol=1e-6)


def test_each_old_reading_is_laid_on_the_end_of_the_one_before() -> None:
    run = recording("never-zeroed")
    compass = HeldCompass(Progress(run, 6))
    np.testing.assert_allclose(tips(compass), np.cumsum(run.slopes[:7], axis=0), atol=1e-6)
    np.testing.assert_allclose(tips(compass)[-1], run.grads[6], atol=1e-6)


def test_one_that_is_wiped_holds_the_present_slope_alone() -> None:
    run = recording("zeroed")
    progress = Progress(run, 3)
    compass = HeldCompass(progress, wiped=True)
    np.testing.assert_allclose(compass.drawn_tip(), -run.slopes[3], atol=1e-6)
    assert len(compass.ghosts.points) == 0
    progress.clock.set_value(3.75)  # the cloth is over it
    compass.refresh()
    assert len(compass.held.points) == 0


def test_wiped_by_hand_the_slope_where_it_stands_is_left() -> None:
    run = recording("never-zeroed")
    compass = HeldCompass(Progress(run, run.steps))
    compass._wipe.set_value(1.0)
    compass.refresh()
    assert len(compass.ghosts.points) == len(compass.held.points) == 0
    tip = (compass.fresh.points[8] - compass.rim.get_center())[:2] / compass._unit()
    np.testing.assert_allclose(tip, -run.slopes[-1], atol=1e-6)
    assert not compass.is_wiped_out
    compass._wipe.set_value(0.5)
    assert compass.is_wiped_out


def test_of_two_on_one_scale_the_longer_needle_holds_more() -> None:
    clean, never = recording("zeroed"), recording("never-zeroed")
    longest = float(np.linalg.norm(never.grads, axis=1).max())
    wiped, piled = (HeldCompass(Progress(run, 2), longest=longest) for run in (clean, never))
    lengths = [np.linalg.norm(each.drawn_tip()) for each in (wiped, piled)]
    assert lengths[1] > 2.5 * lengths[0]
    assert wiped._unit() == piled._unit()


@pytest.mark.parametrize("row", [1, 2, 4])
def test_the_sum_is_what_was_held_and_what_comes_and_what_is_held_now(row: int) -> None:
    run = recording("never-zeroed")
    dial = HeldCompass(Progress(run))
    total = HeldSum(dial, 0)
    assert total.text == f"{run.grads[0, 0]:+.2f}"
    dial.progress.clock.set_value(row - 0.3)
    total.refresh()
    assert total.text == f"{run.grads[row - 1, 0]:+.2f} {run.slopes[row, 0]:+.2f}"
    dial.progress.clock.set_value(row)
    total.refresh()
    old, new, now = (float(number) for number in total.text.replace("=", "").split())
    assert old + new == pytest.approx(now, abs=0.011)
    assert now == round(float(run.grads[row, 0]), 2)


def test_each_number_of_the_sum_has_the_colour_of_its_needle() -> None:
    dial = HeldCompass(Progress(recording("never-zeroed"), 2))
    total = HeldSum(dial, 0)
    total.refresh()
    glyphs = [glyph for glyph, letter in zip(total, total.text, strict=True) if not letter.isspace()]
    colours = [glyph.get_fill_color().to_hex().lower() for glyph in glyphs]
    assert colours == [theme.stale] * 5 + [theme.downhill] * 5 + [theme.text] + [theme.stale] * 5


@pytest.mark.parametrize("wiped", [True, False])
def test_it_is_empty_from_the_cloth_to_the_next_reading_if_it_is_wiped(wiped: bool) -> None:
    progress = Progress(recording("zeroed" if wiped else "never-zeroed"), 2)
    compass = HeldCompass(progress, wiped=wiped)
    empty = []
    for now in (2.0, 2.5, 2.9, 3.0):
        progress.clock.set_value(now)
        compass.refresh()
        empty.append(compass.is_wiped_out)
        # There is a needle as long as it says so.
        assert compass.is_wiped_out == (wiped and len(compass.held.points) == 0)
    assert empty == [False, False, wiped, False]
