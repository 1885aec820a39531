"""Every scene plays its beats and says its lines; and what it draws is what was recorded."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from manim import Text, config, tempconfig

import scenes
from descent_core import recording
from descent_core.library import landscape
from scenes import series
from scenes.gradient import PART, what_comes_next
from scenes.gradient.shots import AT_THE_BOOTS, BOOTS, DESCENT, FARTHER_DOWN, PEAK, VALLEY, WIDE
from scenes.narration.cues import CueSheet
from scenes.narration.voices.hibari import Hibari
from scenes.outline import Outline
from scenes.part import SceneRef
from scenes.parts.dials.compass import Compass
from scenes.parts.ground.arrow import GroundArrow
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.loss_curve import LossCurve
from scenes.parts.panels.plot import Plot
from scenes.parts.panels.scorecard import Readout
from scenes.stage.explainer_scene import ExplainerScene
from scenes.theme import theme
from tests.scenes.told import assert_ends_behind_a_curtain, assert_well_told

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 4")

SCENES = [pytest.param(ref, id=ref.slug) for ref in PART.scenes]


@pytest.fixture(autouse=True)
def small_frame() -> Any:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 10}):
        yield


def sheet_of(played: dict[str, ExplainerScene], ref: SceneRef) -> CueSheet:
    return played[ref.slug].cue_sheet()


@pytest.mark.parametrize("ref", SCENES)
def test_every_scene_plays_its_beats_and_says_its_lines(ref: SceneRef, played: dict[str, ExplainerScene]) -> None:
    assert_well_told(played[ref.slug])


#: Scenes that end on the very view with which the next one begins, and that view.
MATCH_CUTS = {"fog": AT_THE_BOOTS, "slope": FARTHER_DOWN}


@pytest.mark.parametrize("ref", SCENES)
def test_every_scene_ends_behind_the_curtain_or_where_the_next_begins(
    ref: SceneRef, played: dict[str, ExplainerScene]
) -> None:
    if ref.slug in MATCH_CUTS:
        mountain = next(each for each in played[ref.slug].mobjects if isinstance(each, Mountain))
        assert mountain.shot == MATCH_CUTS[ref.slug]
        return
    assert_ends_behind_a_curtain(played[ref.slug])


#: What the source text of part 4 says, idea by idea.
IDEAS = """the radio
its knobs
scorecard
thousand
guess which way
compass
mountain
fog
cabin
perfect answer
under your boots
tilt
gradient
go up
way down
you go down
learning rate
lr
baby steps
forever
leaping
over the valley
different mountain entirely
remember
part one
loss.backward()
print coeffs.grad
zero_
accumulate
wipe
north and south at once
stuck
guessing and optimising
at random
sliding down the mountain of loss
hits zero
not guessing
every knob
next time
tensors
weights and biases
comments
last film"""


def test_the_film_says_all_that_its_source_says(played: dict[str, ExplainerScene]) -> None:
    narration = " ".join(cue.text for ref in PART.scenes for cue in sheet_of(played, ref).cues).lower()
    for idea in IDEAS.split("\n"):
        assert idea in narration, idea


# The geometry: whoever walks is where the recording says.


@pytest.fixture
def mountain() -> Mountain:
    return Mountain(landscape("mountain"), WIDE)


@pytest.mark.parametrize("shot", [WIDE, PEAK, BOOTS, DESCENT, VALLEY])
@pytest.mark.parametrize("label", ["right", "too-small", "too-big", "never-zeroed"])
def test_the_hiker_stands_on_the_recorded_point_at_every_step(label: str, shot: Any, mountain: Mountain) -> None:
    mountain.shot = shot
    walk = Walk(recording(label), mountain)
    hiker = Hiker(walk=walk)
    pixel = config.frame_height / config.pixel_height
    camera = mountain.camera()
    for row in range(walk.trajectory.steps + 1):
        walk.clock.set_value(row)
        assert walk.row == row
        assert walk.lift() == 0
        x, y = walk.trajectory.coeffs[row]
        # From the recorded loss itself, not from the landscape that the hiker asks.
        world = [x, y, walk.trajectory.losses[row] * mountain.terrain.relief]
        column, line, _ = camera.project(world)
        width, height = mountain.pixels
        expected = np.array([(column - width / 2) * pixel, (height / 2 - line) * pixel])
        assert np.abs(hiker.feet()[:2] - expected).max() < 0.05 * pixel


def test_between_steps_the_feet_are_on_the_ground_or_in_a_leap(mountain: Mountain) -> None:
    walk = Walk(recording("too-big"), mountain)
    for t in np.linspace(0, 4, 81):
        lift = walk.lift(t)
        row = int(t)
        assert lift >= 0
        if walk.trajectory.step_lengths[row] <= 1 or t == row:
            assert lift == 0
    assert walk.lift(1.5) > 1  # high over the valley


def test_steps_shrink_on_screen_where_recorded_steps_shrink(mountain: Mountain) -> None:
    run = recording("right")
    walk = Walk(run, mountain)
    trail = Trail(walk)
    walk.clock.set_value(30)
    trail.refresh()
    prints = mountain.points_at(run.coeffs[:31])[:, :2]
    seen = np.linalg.norm(np.diff(prints, axis=0), axis=1)
    assert seen[5] > 3 * seen[0]
    assert seen[20] < 0.2 * seen[6]
    assert len(trail.dots.get_subpaths()) == 31


def test_curve_and_hiker_move_together(mountain: Mountain) -> None:
    run = recording("right")
    walk = Walk(run, mountain)
    curve = LossCurve(walk)
    for t in (0, 7, 7.5, 60):
        walk.clock.set_value(t)
        for piece in curve.submobjects:
            piece.update()
        head = curve.submobjects[-1].get_center()
        below, above = int(t), min(int(t) + 1, 60)
        loss = run.losses[below] + (run.losses[above] - run.losses[below]) * (t - below)
        np.testing.assert_allclose(head, curve.spot(t, loss), atol=1e-6)


def test_the_arrow_lies_along_minus_the_recorded_slope(mountain: Mountain) -> None:
    run = recording("right")
    for row in (0, 4, 9):
        x, y = run.coeffs[row]
        arrow = GroundArrow(mountain, lambda x=x, y=y: (x, y), lambda row=row: -run.slopes[row] * 2, "#ffffff")
        tip = arrow.tip()
        along = np.array([x, y]) - run.slopes[row] * 2
        # The tip lies in the plane that touches the ground: its height falls by slope times distance.
        height = run.losses[row] - 2 * np.dot(run.slopes[row], run.slopes[row])
        world = [*along, height * mountain.terrain.relief + 0.03]
        np.testing.assert_allclose(tip, mountain.on_screen(world), atol=1e-3)


def test_the_needles_green_end_points_downhill() -> None:
    run = recording("right")
    compass = Compass(lambda: run.slopes[0])
    tip = max(compass.down.get_vertices(), key=lambda p: np.linalg.norm(p - compass.rim.get_center()))
    way = (tip - compass.rim.get_center())[:2]
    assert np.dot(way, -run.slopes[0]) == pytest.approx(np.linalg.norm(way) * np.linalg.norm(run.slopes[0]))


def test_a_compass_says_whose_its_axes_are() -> None:
    compass = Compass(lambda: recording("right").slopes[0], named=True).shift([2, 1, 0])
    compass.refresh()
    right, up = (piece for piece in compass.axes if isinstance(piece, Text))
    assert (right.original_text, up.original_text) == ("knob 0", "knob 1")
    rim = compass.rim
    assert right.get_left()[0] > rim.get_right()[0]
    assert right.get_y() == pytest.approx(rim.get_y(), abs=0.05)
    assert up.get_bottom()[1] > rim.get_top()[1]
    assert up.get_x() == pytest.approx(rim.get_x(), abs=0.05)
    np.testing.assert_allclose(compass.hub.get_center(), rim.get_center(), atol=1e-9)
    assert len(Compass([1.0, 0.0]).axes) == 0


def test_a_readout_changes_its_text_and_keeps_its_place() -> None:
    now = ["2.007"]
    readout = Readout(lambda: now[0]).scale(1.3).shift([2, 1, 0])
    left, bottom = readout.get_left()[0], readout.get_bottom()[1]
    glyphs = list(readout.submobjects)
    now[0] = "0.189"
    readout.refresh()
    assert readout.get_left()[0] == pytest.approx(left, abs=0.05)
    assert readout.get_bottom()[1] == pytest.approx(bottom, abs=0.02)
    assert readout.submobjects[: len(glyphs)] == glyphs  # manim goes on drawing the ones it knows
    now[0] = "-10.5000"
    readout.refresh()
    now[0] = "2"
    readout.refresh()
    assert sum(len(glyph.points) > 0 for glyph in readout.submobjects) == 1


def test_a_plot_puts_values_where_they_belong() -> None:
    plot = Plot((0, 10), (1e-4, 1), across_name="x", up_name="y", size=(2, 4), log=True)
    low, middle, high = plot.spots([0, 5, 10], [1e-4, 1e-2, 1])
    np.testing.assert_allclose(middle - low, [1, 2, 0], atol=1e-9)
    np.testing.assert_allclose(high - low, [2, 4, 0], atol=1e-9)


# The rhythm.


def test_the_narrator_speaks_calmly_over_the_film(played: dict[str, ExplainerScene]) -> None:
    narrator = Hibari()
    cues = [cue for ref in PART.scenes for cue in sheet_of(played, ref).cues]
    seconds = sum(narrator.say(cue.spoken).duration for cue in cues)
    assert 155 <= sum(len(cue.text.split()) for cue in cues) * 60 / seconds <= 165


# The series, as the last scene shows it.


def fresh(module: ModuleType) -> ModuleType:
    """The same module, loaded anew, beside the one that all others have."""
    spec = importlib.util.find_spec(module.__name__)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def lit_cards(module: ModuleType) -> list[int]:
    """The numbers of the films whose cards are lit: their frame, or their number, has another colour than most."""
    cards = module.WhatComesNext()._series()
    lit = []
    for index, (box, number, *_) in enumerate(cards):
        colours = box.get_stroke_color().to_hex().lower(), number[0].get_fill_color().to_hex().lower()
        assert colours in ((theme.accent,) * 2, (theme.rule, theme.quiet))
        if theme.accent in colours:
            lit.append(index + 1)
    return lit


def test_films_that_are_added_leave_the_row_of_cards_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    before = lit_cards(what_comes_next), what_comes_next.WhatComesNext()._series().width
    added = tuple(Outline(number, f"film-{number}", "One more film", "a card") for number in (6, 7))
    monkeypatch.setattr(what_comes_next, "OUTLINES", (*what_comes_next.OUTLINES, *added))
    assert (lit_cards(what_comes_next), what_comes_next.WhatComesNext()._series().width) == before


@pytest.mark.parametrize("made", [(), ("tensors",), ("tensors", "loss", "knobs", "training_loop")])
def test_only_the_card_of_this_film_is_lit_whichever_others_are_made(
    made: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in made:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(
            "from scenes.gradient import PART as other\nfrom scenes.outline import OUTLINES\n"
            "from scenes.part import Part\n"
            f"film = next(film for film in OUTLINES if film.package == {name!r})\n"
            "PART = Part(film.number, film.slug, film.title, film.picture, other.scenes)\n"
        )
    monkeypatch.setattr(scenes, "__path__", [*scenes.__path__, str(tmp_path)])
    for name in made:
        monkeypatch.delitem(sys.modules, f"scenes.{name}", raising=False)
        monkeypatch.delattr(scenes, name, raising=False)
    collected = fresh(series)
    monkeypatch.setitem(sys.modules, series.__name__, collected)
    monkeypatch.setattr(scenes, "series", collected)
    try:
        assert {PART.slug, *(name.replace("_", "-") for name in made)} <= {part.slug for part in collected.made_parts()}
        assert lit_cards(fresh(what_comes_next)) == [PART.number]
    finally:
        for name in made:
            del sys.modules[f"scenes.{name}"]
            delattr(scenes, name)
