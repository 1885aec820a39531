"""Every scene of part 3 plays its beats and says its lines, asks its questions, and shows what was recorded."""

from __future__ import annotations

import numpy as np
import pytest
from manim import tempconfig

from descent_core import library, recording
from descent_core.catalogue.knobs import KNOBS, WINDOW, hidden_picture
from scenes.knobs import PART
from scenes.knobs.data import houses_of
from scenes.knobs.init import added_up
from scenes.knobs.sideways import FANS
from scenes.knobs.wall import LIT, turning
from scenes.narration.cues import CueSheet
from scenes.narration.voices.hibari import Hibari
from scenes.part import SceneRef
from scenes.parts.dusk.lit_knob_wall import LitKnobWall
from scenes.parts.panels.plot import Plot
from scenes.parts.progress import Progress
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.traced_run import origin, traced
from tests.scenes.told import assert_ends_behind_a_curtain, assert_well_told

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 3")

SCENES = [pytest.param(ref, id=ref.slug) for ref in PART.scenes]


def sheet_of(played: dict[str, ExplainerScene], ref: SceneRef) -> CueSheet:
    return played[ref.slug].cue_sheet()


@pytest.mark.parametrize("ref", SCENES)
def test_every_scene_plays_its_beats_and_says_its_lines(ref: SceneRef, played: dict[str, ExplainerScene]) -> None:
    assert_well_told(played[ref.slug])


@pytest.mark.parametrize("ref", SCENES)
def test_every_scene_ends_behind_the_curtain(ref: SceneRef, played: dict[str, ExplainerScene]) -> None:
    assert_ends_behind_a_curtain(played[ref.slug])


def test_the_narrator_speaks_calmly_and_not_for_too_long(played: dict[str, ExplainerScene]) -> None:
    narrator = Hibari()
    cues = [cue for ref in PART.scenes for cue in sheet_of(played, ref).cues]
    words = sum(len(cue.text.split()) for cue in cues)
    assert 550 <= words <= 800
    assert 155 <= words * 60 / sum(narrator.say(cue.spoken).duration for cue in cues) <= 165


#: What the third post of the series says, idea by idea, and the questions that are put to the viewer.
IDEAS = """scorecard
need something to turn
radio
two kinds
weights
biases
how much do i care
rooms
mailbox
made these houses up
which knob will it turn up?
level you're at before you've looked
nailed
start alike. what happens?
a single opinion
random numbers
take away a half
remember
a thousand
let's guess
snow
how much of that isn't sideways?
sideways
a compass
a mountain
a moon
the fog
the gradient"""


def test_the_film_says_all_that_its_source_says(played: dict[str, ExplainerScene]) -> None:
    narration = " ".join(cue.text for ref in PART.scenes for cue in sheet_of(played, ref).cues).lower()
    for idea in IDEAS.split("\n"):
        assert idea in narration, idea


def test_the_poster_and_the_teaser_are_beats_of_the_film(played: dict[str, ExplainerScene]) -> None:
    for slug, beat in filter(None, (PART.poster, PART.teaser)):
        assert beat in [each.name for each in sheet_of(played, PART.scene(slug)).beats]


# What is drawn.


def test_knobs_turn_from_one_recorded_row_to_the_next() -> None:
    run = traced(recording("wall"))
    progress = Progress(run)
    now = turning(progress)
    for row in (0, 1, 5, 40):
        progress.clock.set_value(row)
        found = origin(now())
        assert found is not None
        assert found.places[0] == row
    progress.clock.set_value(0.05)
    assert origin(now()) is None
    half, (start, end) = np.asarray(now()), np.asarray(run.coeffs)[:2]
    assert ((half - start) * (half - end) <= 1e-12).all()  # each between the two
    assert (half == start).any()  # the outermost have not begun


def test_the_window_is_where_the_film_lights_it() -> None:
    column, up = LIT[0] + (40 - 1) / 2, (25 - 1) / 2 - LIT[1]
    assert (up, column) == WINDOW
    picture = hidden_picture()
    around = picture[WINDOW[0] - 1 : WINDOW[0] + 2, WINDOW[1] - 1 : WINDOW[1] + 2]
    assert picture[WINDOW] == around.max() > 0.9
    assert np.partition(around.ravel(), -2)[-2] < 0.3


def test_the_picture_on_the_wall_is_the_one_that_is_hidden() -> None:
    with tempconfig({"pixel_width": 320, "pixel_height": 180}):
        wall = LitKnobWall(recording("wall").coeffs[-1])
        seen = wall.paint((320, 180)).astype(float).mean(axis=2)
        bright = []
        for index in range(KNOBS):
            x, y, _ = wall.place(*wall.places[index])
            bright.append(seen[round(90 - y * 180 / 8), round(160 + x * 180 / 8)])
    assert np.corrcoef(bright, hidden_picture().ravel())[0, 1] > 0.85


@pytest.mark.parametrize("label", ["centred", "uncentred"])
def test_knobs_that_are_added_up_end_at_the_recorded_answers(label: str) -> None:
    run = recording(label)
    plot = Plot((0, KNOBS), (0, 250), across_name="knobs", up_name="answers", size=(8, 100))
    line = added_up(plot, run)
    np.testing.assert_allclose(line.get_start(), plot.spot(0, 0), atol=1e-9)
    np.testing.assert_allclose(line.get_end(), plot.spot(KNOBS, float(run.losses[0])), atol=1e-3)


def test_the_houses_on_the_cards_are_the_first_three_that_were_made_up() -> None:
    houses = houses_of(library.listing("made-up-houses"))
    assert houses.rooms[:3].tolist() == [6, 5, 2]
    assert houses.price[:3].tolist() == [202, 187, 112]


def test_needles_are_of_runs_with_as_many_knobs_as_is_said() -> None:
    for label, knobs in FANS:
        assert recording(label).dimensions == recording(f"turn-of-{knobs}").dimensions == knobs
