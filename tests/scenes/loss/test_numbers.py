"""Each number that the film shows or says is what its source says it is, at the precision shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch

from descent_core import library
from descent_core.catalogue.darts.throw import BULL, HIT, SHAKES, landing, misses
from descent_core.catalogue.loss import GOOD_AIM, darts_off
from scenes.loss import PART
from scenes.loss.too_fast import SHORT
from scenes.loss.which_scorecard import ASIDE
from scenes.outline import OUTLINES
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import Shown
from tests.scenes.true_numbers import WORDS, field, shows

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 2")

#: The labels of the listings, by the names of the functions that they show.
LISTINGS = {"print_gradient": "rewind-throws", "score": "score", "count_hits": "count-hits"}
#: Numbers that no run gave, by their reasons; and all values that they have.
CONSTANTS: dict[str, set[int]] = {
    "its place in the series": {film.number for film in OUTLINES},
    "places where two rings cross": {2},
    "darts of a round": {len(SHAKES)},
    "the darts that don't slip": {len(SHAKES) - 1},
    "where tensors were made": {1},
    "a throw and its rewind, in throws: their operations are counted by a test": {2},
    "no distance is smaller": {0},
    "darts that miss by an aim": {
        int(darts_off()(torch.tensor(aim, dtype=torch.float64))) for aim in (ASIDE, GOOD_AIM)
    },
}


def off(label: str) -> float:
    """How far from the bull the middle of the darts is that didn't slip."""
    aim = library.recording(label).coeffs[-1]
    return float(np.linalg.norm(landing(aim + np.array(SHAKES[1:])).mean(axis=0) - BULL))


def good_misses() -> np.ndarray:
    """How far from the bull the darts of the good round land, the nearest first."""
    aim = library.recording("good-aim").coeffs[0]
    return np.sort(np.linalg.norm(landing(aim + np.array(SHAKES)) - BULL, axis=1))


#: Numbers that a scene computed, and how.
COMPUTED: dict[str, Callable[[], float]] = {
    "one more than throw-3.dimensions": lambda: field("throw-3.dimensions") + 1,
    "one more than darts.dimensions": lambda: field("darts.dimensions") + 1,
    "the short miss of good-aim": lambda: float(good_misses()[SHORT]),
    "the longest miss of good-aim": lambda: float(good_misses()[-1]),
    "the short miss of good-aim, squared": lambda: float(good_misses()[SHORT]) ** 2,
    "the longest miss of good-aim, squared": lambda: float(good_misses()[-1]) ** 2,
    "one more than gradient-1000.dimensions": lambda: field("gradient-1000.dimensions") + 1,
    "minus darts.slopes[0, 0]": lambda: -field("darts.slopes[0, 0]"),
    "minus darts-explode.coeffs[2, 0]": lambda: -field("darts-explode.coeffs[2, 0]"),
    "middle of the darts of slip-absolute": lambda: off("slip-absolute"),
    "middle of the darts of slip-squared": lambda: off("slip-squared"),
}
ROW = re.compile(r"the row of ([\w-]+) that is shown")


def wrong_numbers(shown: Shown) -> Iterator[str]:
    """What is wrong with the numbers of a text."""
    for number, source in shown.sources:
        if source is None:
            yield f"{number} has no source in {shown.text!r}"
        elif not _is_right(shown, number, source):
            yield f"{number} is not {source} in {shown.text!r}"


def _is_right(shown: Shown, number: str, source: str) -> bool:
    if source.startswith("a constant: "):
        return any(shows(number, value) for value in CONSTANTS[source.removeprefix("a constant: ")])
    if source in COMPUTED:
        return shows(number, COMPUTED[source]())
    if match := ROW.fullmatch(source):
        return 0 <= int(number) <= library.recording(match[1]).steps
    if match := re.fullmatch(r"darts on the board at row (\d+)", source):
        count = int((misses(library.recording("darts").coeffs[int(match[1])]) < HIT).sum())
        return WORDS.get(number, int(number) if number.isdigit() else -1) == count
    if match := re.fullmatch(r"line (\d+) of (\w+), which ran", source):
        return library.listing(LISTINGS[match[2]]).lines[int(match[1]) - 1].strip() == shown.text
    if match := re.fullmatch(r"printed by line (\d+) of (\w+)", source):
        return shown.text in library.listing(LISTINGS[match[2]]).printed[int(match[1]) - 1]
    # These are no values: where marks stand and which line has which number, the tests of the parts say.
    if source == "the number of a line of code" or re.fullmatch(r"a mark of the axis '[\w ,]+'", source):
        return shown.text == number
    if source == "by how much a knob is turned":
        return number == "1"
    return shows(number, field(source))


SCENES = [ref.slug for ref in PART.scenes]


@pytest.mark.parametrize("slug", SCENES)
def test_every_number_that_is_shown_or_said_has_the_value_of_its_source(
    slug: str, played: dict[str, ExplainerScene]
) -> None:
    texts = list(played[slug].sources.shown.values())
    assert texts
    assert [fault for shown in texts for fault in wrong_numbers(shown)] == []


#: The sources of the numbers that the narrator says, in the order of the film: the very fields that the words mean.
SAID = [
    ("two", "throw-1.dimensions"),
    ("125", "throw-1.losses[0]"),
    ("125", "throw-1.losses[0]"),
    ("125", "throw-1.losses[0]"),
    ("61", "throw-2.losses[0]"),
    ("two", "a constant: places where two rings cross"),
    ("55", "throw-3.losses[0]"),
    ("three", "one more than throw-3.dimensions"),
    ("two", "throw-3.dimensions"),
    ("thousand", "gradient-1000.dimensions"),
    ("thousand", "gradient-1000.dimensions"),
]


def test_the_narrator_s_first_numbers_are_the_fields_that_the_words_mean(played: dict[str, ExplainerScene]) -> None:
    texts = [shown for slug in SCENES[:2] for shown in played[slug].sources.shown.values()]
    assert [pair for shown in texts if shown.where == "voice" for pair in shown.sources] == SAID


def test_rounds_and_hits_are_said_of_the_rounds_that_they_are_of(played: dict[str, ExplainerScene]) -> None:
    said = " ".join(cue.text for cue in played["rounds"].cue_sheet().cues)
    counts = [int((misses(aim) < HIT).sum()) for aim in library.recording("darts").coeffs]
    assert "By round 18, you haven't hit the board once" in said
    assert counts[: 18 + 1] == [0] * 19
    assert "One more round: thirteen hits. One more: twenty." in said
    assert counts[19:21] == [13, 20]
