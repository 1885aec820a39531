"""The parts of part 3: lit walls, house cards, histograms and fans of turns show what they were given."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, UP, tempconfig

from descent_core import recording
from scenes.parts import Histogram, HouseCard, LitKnobWall, TurnFan
from scenes.parts.charts.turn_fan import turns_of
from scenes.parts.dusk.colours import dusk
from scenes.theme import using_theme


def test_a_lit_knob_is_brighter_the_higher_its_coefficient() -> None:
    light = dusk(np.linspace(-1, 1, 41)) @ [0.299, 0.587, 0.114]
    assert (np.diff(light) > 0).all()


@pytest.mark.parametrize("name", ["dark", "light"])
def test_a_wall_is_painted_anew_only_when_it_has_changed(name: str) -> None:
    with using_theme(name), tempconfig({"pixel_width": 160, "pixel_height": 90}):
        wall = LitKnobWall(recording("wall").coeffs[0])
        first = wall.paint((160, 90))
        assert wall.paint((160, 90)) is first
        wall.set_look(drift=3.0)  # of a fog that is not there
        assert wall.paint((160, 90)) is first
        wall.set_look(fog=0.5)
        assert wall.paint((160, 90)) is not first


def test_a_wall_turns_its_marks_by_its_coefficients() -> None:
    coeffs = recording("wall").coeffs[5]
    wall = LitKnobWall(coeffs, gain=1.5)
    np.testing.assert_allclose(wall.drawn_angles(), coeffs * 1.5)
    assert (wall.columns, wall.rows) == (40, 25)


def test_a_card_has_a_window_for_each_room_and_its_mailbox_in_its_paint() -> None:
    bare, painted = HouseCard(5, 0.0, "a"), HouseCard(8, 1.0, "b", "each")
    assert (len(bare.windows), len(painted.windows)) == (5, 8)
    assert bare.mailbox[1].get_fill_color() != painted.mailbox[1].get_fill_color()
    for card in (bare, painted):
        inside = card[0]
        for piece in card.get_family():
            if len(piece.points):
                assert inside.get_left()[0] <= piece.get_left()[0]
                assert piece.get_right()[0] <= inside.get_right()[0]
                assert inside.get_bottom()[1] <= piece.get_bottom()[1]
                assert piece.get_top()[1] <= inside.get_top()[1]


def test_bars_are_as_high_as_there_are_values_and_stay_over_them() -> None:
    bars = Histogram(np.array([0.05, 0.05, 0.05, 0.95]), (0, 1), bins=10, most=3, size=(10, 3))
    np.testing.assert_allclose(bars.counts(), [3, 0, 0, 0, 0, 0, 0, 0, 0, 1], atol=1e-9)
    tops = bars.bars.points.reshape(-1, 16, 3)[:, 4]
    np.testing.assert_allclose(tops[:, 1] - bars.axis.get_y(), [3, 1], atol=1e-9)
    assert tops[0, 0] == pytest.approx(bars.spot(0.0)[0], abs=0.2)
    bars.shift(RIGHT + UP)
    bars.refresh()
    assert bars.bars.points.reshape(-1, 16, 3)[0, 0, 1] == pytest.approx(bars.axis.get_y())


def test_a_histogram_counts_all_of_a_start() -> None:
    run = recording("centred")
    assert Histogram(run.coeffs[0], (-1, 1)).counts().sum() == pytest.approx(1000)


def test_bars_end_where_the_values_do_and_move_with_them() -> None:
    run, taken = recording("uncentred"), 0.5
    drawn, moved = (
        Histogram(run.coeffs[0], (-0.6, 1.1), bins=68, moved=by, size=(17, 2)).bars.points for by in (0, -taken)
    )
    left, right = drawn[:, 0].min() + 2.5, drawn[:, 0].max() + 2.5  # 0 stands 2.5 left of the middle
    assert 0 <= left < right <= 10
    np.testing.assert_allclose(moved, drawn - [10 * taken, 0, 0], atol=1e-9)


@pytest.mark.parametrize("label", ["fiddling", "guessing-100", "wall-guess"])
def test_needles_are_as_far_from_downhill_as_the_turns_were(label: str) -> None:
    run = recording(label)
    assert run.tries is not None
    turn, down = run.tries[3] - run.coeffs[3], -run.slopes[3]
    cosine = float(turn @ down / np.linalg.norm(turn) / np.linalg.norm(down))
    found = turns_of(run)
    assert found[3] == pytest.approx(cosine)
    fan = TurnFan(found, 1.5).shift(2 * RIGHT)
    fan.shown.set_value(1)
    fan.refresh()
    np.testing.assert_allclose(fan.drawn_cosines(), found, atol=1e-9)


def test_the_two_parts_of_a_turn_lead_from_the_hub_to_the_tip_of_its_needle() -> None:
    fan = TurnFan([0.6, -0.8], 2.0).shift(UP)
    fan.shown.set_value(1)
    fan.refresh()
    tips = fan.needles.points.reshape(-1, 12, 3)[:, 3]
    for number, (vertical, across) in enumerate(((0.6, 0.8), (0.8, 0.6))):
        along, aside = fan.parts(number)
        np.testing.assert_allclose(along.get_start(), UP, atol=1e-9)
        np.testing.assert_allclose(along.get_end(), aside.get_start(), atol=1e-9)
        np.testing.assert_allclose(aside.get_end(), tips[number], atol=1e-9)
        assert along.get_length() / aside.get_length() == pytest.approx(vertical / across)


def test_who_makes_no_tries_has_no_turns() -> None:
    with pytest.raises(ValueError, match="right has no tries"):
        turns_of(recording("right"))
