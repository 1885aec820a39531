"""A chain of notes lets light through to those coefficients alone that had a say; and a tape turns while it runs."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Dot

from descent_core import recording
from scenes.parts.history.history_chain import HistoryChain
from scenes.parts.history.tape import Tape
from scenes.parts.panels.bars import Bars


@pytest.fixture
def chain() -> HistoryChain:
    names = ["mul", "sum", "sub", "abs"]
    return HistoryChain(names, ["[1, 0, 1]", "(3,)", "", "1.5"], [Dot(), Dot(), Dot()], Dot(), carries=[1, 0, 1])


def test_links_come_one_after_the_other_out_of_the_loss(chain: HistoryChain) -> None:
    assert [link.label.original_text for link in chain.links] == ["mul", "sum", "sub", "abs"]
    chain.built.set_value(2)
    chain.refresh()
    assert [link.box.get_fill_opacity() for link in chain.links] == [0, 0, 1, 1]
    chain.built.set_value(2.2)
    chain.refresh()
    assert chain.links[1].box.get_x() > chain.links[2].box.get_x() - chain.links[1].box.width  # still half inside it
    chain.built.set_value(4)
    chain.refresh()
    across = [link.box.get_x() for link in chain.links]
    assert across == sorted(across)


def test_each_link_has_what_it_keeps_right_below_it_and_one_keeps_nothing(chain: HistoryChain) -> None:
    assert [len(link.drawer) for link in chain.links] == [2, 2, 0, 2]
    for link in (chain.links[0], chain.links[1], chain.links[3]):
        assert link.drawer.get_top()[1] < link.box.get_bottom()[1]
        assert abs(link.drawer.get_x() - link.box.get_x()) < 0.01


def test_light_comes_only_to_those_that_had_a_say(chain: HistoryChain) -> None:
    chain.built.set_value(4)
    chain.light.set_value(0)
    chain.refresh()
    assert [light.get_stroke_opacity() > 0 for light in chain.lights] == [True, False, True]
    for foot, light, carries in zip(chain.feet, chain.lights, chain.carries, strict=True):
        if carries:
            assert abs(light.get_left()[0] - foot.get_right()[0]) < 0.2


def test_the_light_goes_from_the_loss_to_the_coefficients(chain: HistoryChain) -> None:
    chain.built.set_value(4)
    places = []
    for light in (0.99, 0.7, 0.4):
        chain.light.set_value(light)
        chain.refresh()
        places.append(chain.spark.get_x())
    assert places == sorted(places, reverse=True)
    assert all(light.get_stroke_opacity() == 0 for light in chain.lights)


def test_reels_turn_while_the_tape_runs_and_stand_when_it_is_paused() -> None:
    tape = Tape(running=True)
    before = tape.reels[0][2].get_all_points().copy()
    tape.update(0.2)
    turned = tape.reels[0][2].get_all_points().copy()
    assert np.abs(turned - before).max() > 0.05
    paused = tape.pause()
    paused.begin()
    paused.finish()
    tape.update(0.2)
    np.testing.assert_allclose(tape.reels[0][2].get_all_points(), turned)
    assert tape.halo.get_fill_opacity() == 0


def test_bars_are_as_long_as_the_recorded_gradient_and_point_its_way() -> None:
    slopes = recording("lattice").slopes[0]
    bars = Bars(slopes, range(9), height=1.0)
    bars.grown.set_value(1)
    bars.refresh()
    longest = np.abs(slopes).max()
    for bar, slope in zip(bars.bars, slopes, strict=True):
        assert bar.height == pytest.approx(max(abs(slope) / longest, 0.004))
        assert np.sign(bar.get_y()) == np.sign(slope)
