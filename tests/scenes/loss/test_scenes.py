"""Every scene plays its beats and says its lines; and the film says all that its part of the series says."""

from __future__ import annotations

import pytest

from scenes.loss import PART
from scenes.narration.cues import CueSheet
from scenes.part import SceneRef
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layers import Layer
from scenes.stage.transitions import Curtain

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 2")

SCENES = [pytest.param(ref, id=ref.slug) for ref in PART.scenes]


def sheet_of(played: dict[str, ExplainerScene], slug: str) -> CueSheet:
    return played[slug].cue_sheet()


@pytest.mark.parametrize("ref", SCENES)
def test_every_scene_plays_its_beats_and_says_its_lines(ref: SceneRef, played: dict[str, ExplainerScene]) -> None:
    sheet = sheet_of(played, ref.slug)
    assert sheet.length > 20
    assert sheet.beats[0].start == 0
    assert len({beat.name for beat in sheet.beats}) == len(sheet.beats) >= 3
    spoken = sum(cue.end - cue.start for cue in sheet.cues)
    assert spoken > 0.6 * sheet.length
    for cue, after in zip(sheet.cues, sheet.cues[1:], strict=False):
        assert cue.end <= after.start
        assert after.start - cue.end < 4  # no longer stretch without a word
    assert all(cue.beat for cue in sheet.cues)


@pytest.mark.parametrize("ref", SCENES)
def test_every_scene_ends_in_the_dark(ref: SceneRef, played: dict[str, ExplainerScene]) -> None:
    top = max(played[ref.slug].mobjects, key=lambda mobject: mobject.z_index)
    assert isinstance(top, Curtain)
    assert top.z_index == Layer.CURTAIN
    assert top.get_fill_opacity() == 1


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
