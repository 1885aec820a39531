"""Every scene plays its beats and says its lines; and the film says all that its part of the series says."""

from __future__ import annotations

import pytest

from scenes.loss import PART
from scenes.narration.cues import CueSheet
from scenes.part import SceneRef
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.told import assert_ends_behind_a_curtain, assert_well_told

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 2")

SCENES = [pytest.param(ref, id=ref.slug) for ref in PART.scenes]


def sheet_of(played: dict[str, ExplainerScene], slug: str) -> CueSheet:
    return played[slug].cue_sheet()


@pytest.mark.parametrize("ref", SCENES)
def test_every_scene_plays_its_beats_and_says_its_lines(ref: SceneRef, played: dict[str, ExplainerScene]) -> None:
    assert_well_told(played[ref.slug])


@pytest.mark.parametrize("ref", SCENES)
def test_every_scene_ends_in_the_dark(ref: SceneRef, played: dict[str, ExplainerScene]) -> None:
    assert_ends_behind_a_curtain(played[ref.slug])


#: What the source text of part 2 says, idea by idea, and in which scene.
IDEAS = {
    "in-the-dark": ("how you throw", "can't see it", "scorecard", "loss", "lower is better"),
    "rings": ("how far", "never says which way", "just one place", "thousand and one"),
    "twenty-misses": ("prediction, minus answer", "size", "mean"),
    "rewind": ("rewind button", "loss.backward()", "what it does to the score"),
    "rounds": ("epoch", "comes down", "still shakes"),
    "too-fast": ("too timid", "too wild", "just right", "square"),
    "which-scorecard": ("distances shrug", "squares can't let go", "hits", "nothing changes", "refuses"),
    "crisp": ("orange dots from blue ones", "crisp", "became clear", "hurry"),
    "lights-on": ("lights on", "contour lines", "valley", "weights and biases"),
}


@pytest.mark.parametrize("slug", IDEAS)
def test_the_film_says_what_its_source_says(slug: str, played: dict[str, ExplainerScene]) -> None:
    narration = " ".join(cue.text for cue in sheet_of(played, slug).cues).lower()
    for idea in IDEAS[slug]:
        assert idea in narration, idea


def test_the_film_is_neither_long_nor_wordy(played: dict[str, ExplainerScene]) -> None:
    sheets = [sheet_of(played, ref.slug) for ref in PART.scenes]
    assert 650 <= sum(len(cue.text.split()) for sheet in sheets for cue in sheet.cues) <= 800
    assert 4.5 * 60 < sum(sheet.length for sheet in sheets) < 6.1 * 60
