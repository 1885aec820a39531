"""Every scene plays its beats and says its lines; and the film says what its source says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from descent_core import recording
from descent_core.catalogue.passengers.manifest import manifest
from descent_core.library import listing
from scenes.part import SceneRef
from scenes.parts.history.history_chain import HistoryChain
from scenes.parts.lattice.lattice import Lattice
from scenes.parts.panels.bars import Bars
from scenes.stage.explainer_scene import ExplainerScene
from scenes.tensors import PART
from scenes.tensors.pause import COEFF, STEP
from scenes.tensors.people import HER
from tests.scenes.told import assert_ends_behind_a_curtain, assert_well_told

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 1")

SCENES = [pytest.param(ref, id=ref.slug) for ref in PART.scenes]


def said(played: dict[str, ExplainerScene]) -> str:
    return " ".join(cue.text for ref in PART.scenes for cue in played[ref.slug].cue_sheet().cues)


@pytest.mark.parametrize("ref", SCENES)
def test_every_scene_plays_its_beats_and_says_its_lines(ref: SceneRef, played: dict[str, ExplainerScene]) -> None:
    assert_well_told(played[ref.slug], shortest=15)
    assert_ends_behind_a_curtain(played[ref.slug])


@dataclass(frozen=True)
class Carried:
    """A claim of the source text: what it says in a few words, the beat that carries it, and words said there."""

    says: str
    scene: str
    beat: str
    words: tuple[str, ...]


#: In the order of the source text.
TABLE = (
    Carried("where the five films lead", "one-number", "they will learn", ("five films", "machine", "learn")),
    Carried("tensor sounds like physics", "one-number", "title", ("sounds like physics",)),
    Carried("it is a container of numbers", "one-number", "title", ("box of numbers",)),
    Carried("one number is rank 0", "ranks", "rank 0", ("a single number", "rank zero")),
    Carried("a list is rank 1", "ranks", "rank 1", ("in a row", "rank one")),
    Carried("a grid is rank 2", "ranks", "rank 2", ("rows and columns", "grid", "rank two")),
    Carried("labels serve human readers", "labels", "the names fall off", ("only ever for us",)),
    Carried("a computer wants raw numbers", "labels", "refused", ("only takes numbers",)),
    Carried("a tensor drops the labels", "labels", "the names fall off", ("labels", "fall off", "plain numbers")),
    Carried("and it is fast", "quick", "a race", ("speed", "twenty times")),
    Carried("the secret ingredient is memory", "one-number", "title", ("remembers",)),
    Carried("the old radio appears already", "notes", "a sum", ("knobs", "old radio")),
    Carried("the switch: requires_grad", "notes", "one line more", ("requires_grad_()", "taking notes")),
    Carried("it keeps every operation", "chain", "the chain", ("everything that was done",)),
    Carried("beside the result", "notes", "signed", ("same sum", "knows how it came about")),
    Carried("predict", "everybody", "cold light", ("guess about every person",)),
    Carried("look at the error", "everybody", "cold light", ("average miss", "one number at the top")),
    Carried("walk the memory back", "chain", "rewind", ("backward", "link by link")),
    Carried(
        "and learn which numbers to adjust",
        "everybody",
        "the blame",
        ("one for each", "turn that knob down"),
    ),
    Carried("no_grad pauses the recording", "pause", "pause", ("pause", "torch.no_grad")),
    Carried("while the settings are changed", "pause", "turn, and go on", ("turn the knob", "carry on recording")),
    Carried("bottom line: numbers, fast", "next", "a tensor", ("only numbers", "quick")),
    Carried("they remember how they came about", "next", "a tensor", ("remembers how it came about",)),
    Carried("next: the loss", "next", "next: the loss", ("scorecard", "loss", "part 2")),
)


@pytest.mark.parametrize("carried", TABLE, ids=lambda carried: carried.says)
def test_a_claim_of_the_source_is_carried_by_its_beat(carried: Carried, played: dict[str, ExplainerScene]) -> None:
    cues = [cue for cue in played[carried.scene].cue_sheet().cues if cue.beat == carried.beat]
    assert cues, f"nothing is said in {carried.beat!r} of {carried.scene}"
    heard = " ".join(cue.text for cue in cues).lower()
    for words in carried.words:
        assert re.search(rf"(?<!\w){re.escape(words.lower())}", heard), (words, heard)


def test_the_film_is_as_long_as_people_watch_and_speaks_as_they_talk(played: dict[str, ExplainerScene]) -> None:
    assert 600 <= len(said(played).split()) <= 800
    assert 240 < sum(played[ref.slug].cue_sheet().length for ref in PART.scenes) < 380
    assert len(re.findall(r"\w+'(?:s|re|ve|ll|t|d)\b", said(played))) >= 30
    sentences = [sentence for sentence in re.split(r"(?<=[.?!:;])\s+", said(played)) if sentence]
    longest = max(sentences, key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= 24, longest


def test_in_its_first_fifteen_seconds_it_says_where_the_five_films_lead(played: dict[str, ExplainerScene]) -> None:
    cues = played["one-number"].cue_sheet().cues
    early = " ".join(cue.text for cue in cues if cue.start < 15)
    assert re.search(r"five films.*learn", early)


def test_the_viewer_is_asked_three_questions_and_has_time_to_think(played: dict[str, ExplainerScene]) -> None:
    asked = []
    for ref in PART.scenes:
        cues = played[ref.slug].cue_sheet().cues
        asked += [ref.slug for cue, after in pairwise(cues) if "?" in cue.text and after.start - cue.end >= 1.8]
    assert asked == ["ranks", "labels", "chain"]


# What is drawn is what was recorded.


def test_the_chain_has_the_operations_that_torch_recorded_and_what_each_kept(
    played: dict[str, ExplainerScene],
) -> None:
    (chain,) = (mobject for mobject in played["chain"].mobjects if isinstance(mobject, HistoryChain))
    notes = listing("take-notes")
    recorded = notes.values[notes.line_of("loss = ")].split()
    assert [link.label.original_text.title() for link in chain.links] == recorded[-2::-1]
    assert [link.drawer[1].original_text if link.drawer else "" for link in chain.links] == [
        "[1, 0, 1]",
        "3",
        "",
        "1.5",
    ]
    assert chain.carries == [1, 0, 1]


def test_the_nine_bars_are_the_recorded_gradient(played: dict[str, ExplainerScene]) -> None:
    (bars,) = (mobject for mobject in played["everybody"].mobjects if isinstance(mobject, Bars))
    slopes = recording("lattice").slopes[0]
    np.testing.assert_allclose(bars.lengths / np.abs(bars.lengths).max(), slopes / np.abs(slopes).max())
    assert bars.grown.get_value() == 1


def test_her_row_is_of_a_woman_in_the_third_class() -> None:
    assert manifest().columns[HER].tolist() == [0, 1, 1, 0, 0, 0, 1, 0, 706]
    assert manifest().fates[HER] == 1  # "She lived"


def test_the_picture_that_falls_apart_is_the_frame_that_was_shown(played: dict[str, ExplainerScene]) -> None:
    (picture,) = (mobject for mobject in played["ranks"].mobjects if isinstance(mobject, Lattice))
    assert len(picture.shape) == 3
    assert picture.shape[2] == 3
    # As many numbers as the frame that the test drew has, not those of HD: it is that very frame.
    assert picture.shape[:2] == (90, 160)


def test_the_knob_that_jams_stands_for_the_listing_s_first_coefficient_and_its_turn() -> None:
    for label in ("turn-while-recording", "turn-while-paused"):
        code = listing(label).lines
        assert any(f"torch.tensor([{COEFF}," in line for line in code)
        assert any(f"sub_({STEP})" in line for line in code)
