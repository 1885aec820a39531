"""Lights lie where their answers are, the engine's rods have one length, and bars are as high as their values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import UP, Scene, tempconfig

from descent_core import recording
from scenes.parts import Clock, Engine, Lights, NamedBars, Progress, Sentence
from scenes.theme import theme, using_theme

GROUPS = np.repeat([0, 1, 2], [40, 300, 7])
FATES = (np.arange(len(GROUPS)) % 3 == 0).astype(float)


@pytest.fixture(autouse=True)
def small_frame() -> Any:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 10, "verbosity": "ERROR"}):
        yield


def test_the_middle_of_a_group_is_where_its_answer_is() -> None:
    answers = np.array([0.2, 0.55, 0.9])
    lights = Lights(answers, GROUPS, FATES)
    across, up = lights.drawn()
    for group, answer in enumerate(answers):
        x, y, _ = lights.place(group)
        own = lights.groups == group
        assert np.sign(x - lights.at(0.5, 0.0)[0]) == np.sign(answer - 0.5)
        assert across[own].mean() == pytest.approx(x, abs=0.03)
        assert up[own].mean() == pytest.approx(y, abs=0.06)


def test_the_first_groups_lie_nearest_and_each_has_its_lane() -> None:
    lights = Lights([0.5, 0.5, 0.5], GROUPS, FATES)
    heights = [lights.place(group)[1] for group in range(3)]
    assert heights == sorted(heights)


def test_answers_beyond_certain_lie_beyond_the_shores() -> None:
    lights = Lights([1.4, -0.2, 0.5], GROUPS, FATES)
    across, _ = lights.drawn()
    assert across[lights.groups == 0].mean() > lights.at(1.0, 0.0)[0]
    assert across[lights.groups == 1].mean() < lights.at(0.0, 0.0)[0]


def test_where_lights_keep_to_their_side_none_is_beyond_the_middle_and_groups_stay_where_they_are() -> None:
    answers = np.array([0.44, 0.53, 0.9])
    free, divided = Lights(answers, GROUPS, FATES), Lights(answers, GROUPS, FATES, divided=True)
    over = [lights.drawn()[0] * np.sign(answers - 0.5)[GROUPS] < -1e-9 for lights in (free, divided)]
    assert over[0].sum() > 10
    assert over[1].sum() == 0
    far = GROUPS == 2  # has room
    np.testing.assert_allclose(divided.drawn()[0][far], free.drawn()[0][far])
    for group in range(3):
        np.testing.assert_allclose(divided.place(group), free.place(group))


def seen(lights: Lights) -> np.ndarray:
    return lights.paint((320, 180))[..., :3].astype(float)


@pytest.mark.parametrize("look", ["dark", "light"])
def test_who_was_saved_and_who_was_lost_have_their_colours(look: str) -> None:
    with using_theme(look):
        for fate, colour, other in ((1.0, theme.saved, theme.lost), (0.0, theme.lost, theme.saved)):
            lights = Lights([0.5, 0.5, 0.5], GROUPS, np.full(len(GROUPS), fate))
            empty = Lights([0.5, 0.5, 0.5], GROUPS, FATES)
            empty.set_look(bright=0.0)
            brought = seen(lights) - seen(empty)
            where = np.abs(brought).sum(axis=-1) > 60
            assert where.sum() > 50
            mean = seen(lights)[where].mean(axis=0) - (0 if look == "light" else seen(empty)[where].mean(axis=0))
            near, far = (
                np.linalg.norm(mean / np.linalg.norm(mean) - _rgb(code) / np.linalg.norm(_rgb(code)))
                for code in (colour, other)
            )
            assert near < far


def _rgb(code: str) -> np.ndarray:
    return np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], float)


def test_lights_are_lit_one_after_the_other_and_covers_hide_colours() -> None:
    lights = Lights([0.2, 0.5, 0.8], GROUPS, FATES, covered=np.ones(len(GROUPS), bool))
    lights.set_look(shown=0.0)
    dark = seen(lights)
    lights.set_look(shown=40.0)
    few = seen(lights)
    lights.set_look(shown=1e9)
    every = seen(lights)
    assert (few - dark).clip(0).sum() < (every - dark).clip(0).sum()
    lights.set_look(veil=1.0)
    veiled = seen(lights) - dark
    spread = veiled.max(axis=-1) - veiled.min(axis=-1)
    coloured = (every - dark).max(axis=-1) - (every - dark).min(axis=-1)
    assert spread.sum() < 0.6 * coloured.sum()


def test_the_sea_stands_still_while_it_is_frozen_and_moves_otherwise() -> None:
    lights = Lights([0.2, 0.5, 0.8], GROUPS, FATES)
    first = seen(lights)
    assert (seen(lights) == first).all()
    lights.update(0.5)
    assert (seen(lights) != first).any()


# The engine.


@pytest.mark.parametrize("turns", np.linspace(0, 1, 9))
def test_rods_keep_their_length_and_pistons_stay_in_their_cylinders(turns: float) -> None:
    engine = Engine(float(turns), size=1.3)
    lengths = [np.linalg.norm(rod.get_end() - rod.get_start()) / engine.unit for rod in engine._rods]
    np.testing.assert_allclose(lengths, lengths[0], rtol=1e-6)
    for number, piston in enumerate(engine._pistons):
        out = piston.get_center() - engine.middle
        head = engine.where(number) - engine.middle
        assert np.cross(out, head)[2] == pytest.approx(0, abs=1e-6)
        assert 0 < out @ head < head @ head


@pytest.mark.parametrize("stroke", range(4))
def test_a_quarter_turn_is_a_stroke_and_its_card_lights_up(stroke: int) -> None:
    engine = Engine(3 + stroke / 4, Clock())
    assert engine.stroke == stroke
    assert [round(engine.lit(number), 6) for number in range(4)] == [float(number == stroke) for number in range(4)]
    names = [str(card[2].original_text) for card in engine.cards]
    assert names == ["predict", "loss", "backward", "step"]


def test_the_engine_goes_where_it_is_moved() -> None:
    turns = [0.0]
    engine = Engine(lambda: turns[0])
    engine.scale(0.5).shift(UP)
    turns[0] = 0.25
    engine.refresh()
    np.testing.assert_allclose(engine.middle, UP, atol=1e-6)
    assert engine.unit == pytest.approx(0.5)
    assert engine._pin.get_center()[0] > 0.1


# The sentence.


def test_a_sentence_keeps_what_stays_and_replaces_the_rest() -> None:
    class Changing(Scene):
        def construct(self) -> None:
            self.sentence = Sentence(["everybody dies"], UP * 3)
            self.add(self.sentence)
            self.play(self.sentence.change(["women and girls live", "and the boys"]))
            self.first = self.sentence[0]
            self.play(self.sentence.change(["women and girls live", "and the boys", "but not the men"]))

    with tempconfig({"dry_run": True, "progress_bar": "none"}):
        scene = Changing()
        scene.render()
    assert scene.sentence.lines == ("women and girls live", "and the boys", "but not the men")
    assert scene.first in scene.sentence.submobjects
    tops = [line.get_top()[1] for line in scene.sentence]
    assert tops == sorted(tops, reverse=True)
    assert len(scene.sentence) == 3
    assert tops[0] == pytest.approx(3, abs=0.05)


# Bars.


def test_bars_are_as_high_as_their_values_and_hang_down_for_less_than_nought() -> None:
    run = recording("right")
    progress = Progress(run)
    bars = NamedBars(lambda: run.slopes[progress.row], ["a", "b"], unit=2.0)
    for row in (0, 5):
        progress.clock.set_value(row)
        bars.refresh()
        for bar, slope in zip(bars.bars, run.slopes[row], strict=True):
            assert bar.height == pytest.approx(max(abs(slope) * 2.0, 0.035), abs=1e-6)
            assert np.sign(bar.get_y() - bars.line.get_y()) == np.sign(slope)
            assert bars.reading().tolist() == run.slopes[row].tolist()


def test_between_two_rows_values_lie_between_those_of_both() -> None:
    run = recording("right")
    progress = Progress(run, 3.25)
    np.testing.assert_allclose(progress.between(run.coeffs), 0.75 * run.coeffs[3] + 0.25 * run.coeffs[4])
    progress.clock.set_value(run.steps)
    np.testing.assert_allclose(progress.between(run.coeffs), run.coeffs[-1])
