"""Every scene plays its beats; lights lie where the machine puts them, and the sentence is theirs."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from manim import ValueTracker, config, tempconfig
from manim.utils.exceptions import EndSceneEarlyException

from descent_core import library, recording
from descent_core.catalogue.passengers.answers import opinions_of_kinds
from descent_core.catalogue.passengers.manifest import KINDS
from descent_core.catalogue.passengers.rules import rule_of
from scenes.part import SceneRef
from scenes.parts import CodePanel, Lights, Sentence
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.observation import Observer, observed
from scenes.training_loop import PART, voyage
from scenes.training_loop.people import TRAVELLING, as_in_the_table, lights_of, number_of, row_names, said_by
from tests.scenes.told import assert_ends_behind_a_curtain, assert_well_told

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 5")

SCENES = [pytest.param(ref, id=ref.slug) for ref in PART.scenes]


@pytest.fixture(autouse=True)
def small_frame() -> Any:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 10}):
        yield


@pytest.mark.parametrize("ref", SCENES)
def test_every_scene_plays_its_beats_and_says_its_lines(ref: SceneRef, played: dict[str, ExplainerScene]) -> None:
    assert_well_told(played[ref.slug], beats=2)


#: Scenes that end with the very picture that the next one begins with.
LEADS_ON = {"voyage": "keys", "keys": "exam", "exam": "knobs"}


@pytest.mark.parametrize("slug", [ref.slug for ref in PART.scenes if ref.slug not in LEADS_ON])
def test_every_other_scene_ends_behind_the_curtain(slug: str, played: dict[str, ExplainerScene]) -> None:
    assert_ends_behind_a_curtain(played[slug])


class Begins(Observer):
    """Keeps how the sea looks as a scene begins, and ends it there."""

    def on_play(self, scene: Any, seconds: float) -> None:
        self.stage = list(scene.mobjects)
        raise EndSceneEarlyException


def to_be_seen(stage: list[Any]) -> list[Any]:
    """What there is to draw: no trackers."""
    return [
        thing
        for thing in stage
        if isinstance(thing, Lights) or (thing.family_members_with_points() and not isinstance(thing, ValueTracker))
    ]


@pytest.mark.parametrize(("slug", "following"), LEADS_ON.items())
def test_a_scene_that_leads_on_leaves_the_sea_as_the_next_one_finds_it(
    slug: str, following: str, played: dict[str, ExplainerScene], tmp_path: Any
) -> None:

    (left,) = to_be_seen(played[slug].mobjects)
    begins = Begins()
    with tempconfig({"dry_run": True, "verbosity": "ERROR", "progress_bar": "none", "media_dir": str(tmp_path)}):
        observed(PART.scene(following).load(), [begins]).render()
    (found,) = to_be_seen(begins.stage)
    assert isinstance(left, Lights)
    assert isinstance(found, Lights)
    assert found.look == left.look
    np.testing.assert_allclose(found.drawn(), left.drawn())


#: What the source text of part 5 says and our runs bear out, idea by idea.
IDEAS = """the key
engine
predict
loss
backward
step
added up
divide each column by its largest
squeeze
sigmoid
nought
surely
epoch
coin
names by heart
1912
the next ship
tensors
knobs
gradient
over and over"""


def said(played: dict[str, ExplainerScene]) -> str:
    cues = [cue for ref in PART.scenes for cue in played[ref.slug].cue_sheet().cues]
    return " ".join(cue.text for cue in cues)


@pytest.mark.parametrize("idea", IDEAS.splitlines())
def test_the_film_says_what_the_source_says(idea: str, played: dict[str, ExplainerScene]) -> None:
    assert idea in said(played).lower()


def test_it_is_as_long_as_people_watch(played: dict[str, ExplainerScene]) -> None:
    assert 650 <= len(said(played).split()) <= 850


def test_people_are_not_called_data(played: dict[str, ExplainerScene]) -> None:
    assert not re.search(r"data ?points?|samples?|examples?|victims?", said(played).lower())


def test_the_viewer_is_asked(played: dict[str, ExplainerScene]) -> None:
    assert said(played).count("?") >= 6


def test_the_sentence_is_what_the_lights_beside_it_amount_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Whenever it changes, and all that the run ever says, in that order."""
    found: list[tuple[tuple[str, ...], np.ndarray]] = []
    scenes: list[voyage.TheEngineRuns] = []

    class Watched(voyage.TheEngineRuns):
        def construct(self) -> None:
            scenes.append(self)
            super().construct()

    class Told(Sentence):
        def change(self, lines: Any, run_time: float = 0.6) -> Any:
            (lights,) = (each for each in scenes[0].mobjects if isinstance(each, Lights))
            lights.refresh()
            found.append((tuple(lines), lights.answers.copy()))
            return super().change(lines, run_time)

    monkeypatch.setattr(voyage, "Sentence", Told)
    config.media_dir = str(tmp_path)
    with tempconfig({"dry_run": True, "frame_rate": 5, "verbosity": "ERROR", "progress_bar": "none"}):
        Watched().render()
    for lines, answers in found:
        rule = rule_of(answers)
        assert lines == (rule.plain, *rule.clauses)
    rules = [rule_of(answers) for answers in opinions_of_kinds(recording("voyage").coeffs)]
    changes = [rule for row, rule in enumerate(rules) if row and rule != rules[row - 1]]
    assert [lines for lines, _ in found] == [(rule.plain, *rule.clauses) for rule in changes]


def test_the_epochs_that_are_named_are_those_at_which_the_sentence_changes() -> None:
    rules = [rule_of(answers) for answers in opinions_of_kinds(recording("voyage").coeffs)]
    changes = [row for row in range(1, len(rules)) if rules[row] != rules[row - 1]]
    named = [voyage.LAZY, voyage.FEMALE, voyage.FIRST_BOYS, voyage.THIRD_WOMEN, voyage.SECOND_BOYS]
    assert [row for row in changes if row not in (2, 3)] == named


def test_the_women_of_the_third_class_slip_back_by_a_hair() -> None:
    women = said_by(recording("voyage"))[:, number_of("women", "3rd")]
    assert women[voyage.THIRD_WOMEN - 1] > 0.5
    assert (women[voyage.THIRD_WOMEN :] <= 0.5).all()
    assert (women[voyage.THIRD_WOMEN :] > 0.48).all()


def test_most_males_died_and_none_of_the_boys_that_are_dropped() -> None:
    males = [kind for kind in KINDS if kind.sex == "male"]
    assert sum(kind.died for kind in males) > 0.75 * sum(kind.count for kind in males)
    assert all(kind.died == 0 for kind in males if kind.age == "child" and kind.travels in ("1st", "2nd"))


@pytest.mark.parametrize("row", [0, 1, 5, 200])
def test_each_group_of_lights_lies_where_its_answer_is(row: int) -> None:
    answers = said_by(recording("voyage"))[row]
    lights = lights_of(answers)
    across, _ = lights.drawn()
    middle = lights.at(0.5, 0.0)[0]
    for k, kind in enumerate(KINDS):
        if kind.count:
            ours = across[lights.groups == k]
            assert len(ours) == kind.count
            assert (ours.mean() > middle) == (answers[k] > 0.5) or abs(answers[k] - 0.5) < 0.01


def test_lights_begin_as_they_stand_in_the_table() -> None:
    places = as_in_the_table()
    assert sorted(set(places)) == sorted(places[:4])
    assert (places[:4] == places[4:8]).all()


def test_the_code_on_screen_is_the_code_that_ran(played: dict[str, ExplainerScene]) -> None:
    panels = [panel for panel in played["engine"].mobjects if isinstance(panel, CodePanel)]
    assert [panel.listing for panel in panels] == [library.listing("loop")]
    shown = [str(line.original_text) for line in panels[0].code]
    assert shown == [line.strip() for line in library.listing("loop").lines]


@pytest.mark.parametrize("answers", [as_in_the_table(), np.full(16, 0.2)], ids=["as in the table", "on a heap"])
def test_all_who_travelled_alike_lie_between_the_lines_beside_their_name(answers: np.ndarray) -> None:
    lights = lights_of(answers)
    lights.set_look(y=1.4)
    *named, first, second, third = row_names(lights)
    edges = sorted([10.0, first.get_y(), second.get_y(), third.get_y(), -10.0])
    bands = [int(np.searchsorted(edges, name.get_y())) for name in named]
    assert sorted(bands) == [1, 2, 3, 4]
    for band, travels in zip(bands, TRAVELLING, strict=True):
        for k, kind in enumerate(KINDS):
            if kind.count and kind.travels == travels:
                assert np.searchsorted(edges, lights.place(k)[1]) == band
