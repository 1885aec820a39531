"""Each number that the film shows or says is what its source says it is, at the precision shown.

The stage notes a source for each number (`scenes.stage.number_sources`). Here that source is looked up: in the
library, not in what the scene was handed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from descent_core import library
from descent_core.catalogue.gradient import CONTEST_SIZES
from scenes.gradient import PART
from scenes.outline import OUTLINES
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import Shown
from tests.scenes.true_numbers import field, shows

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 4")

#: The labels of the listings, by the names of the functions that they show.
LISTINGS = {"print_gradient": "gradient-reading", "step": "step", "step_without_zero": "step-without-zero"}
#: Numbers that no run gave, by scene, place and reason; and all values that they have there.
CONSTANTS: dict[tuple[str, str, str], set[int]] = {
    ("knobs", "screen", "its place in the series"): {4},
    ("knobs", "voice", "its place in the series"): {4},
    ("knobs", "voice", "no sum of squares is lower"): {0},
    ("backward", "voice", "where tensors were made"): {1},
    ("step-size", "voice", "how many learning rates are tried"): {40},
    ("next", "voice", "its place in the series"): {4, 5},
    ("next", "screen", "its place in the series"): {film.number for film in OUTLINES},
}
#: Numbers that a scene computed, and how.
COMPUTED: dict[str, Callable[[], float]] = {
    "guessing-1.steps over gradient-1.steps": lambda: field("guessing-1.steps") / field("gradient-1.steps"),
    "clear-air.losses[-1] to four digits": lambda: round(field("clear-air.losses[-1]"), 4),
    "one a recording": lambda: len({"zeroed", "never-zeroed"}),
    "what zero_() leaves in .grad": lambda: 0.0,
}


def wrong_numbers(slug: str, shown: Shown) -> Iterator[str]:
    """What is wrong with the numbers of a text of that scene."""
    for number, source in shown.sources:
        if source is None:
            yield f"{number} has no source in {shown.text!r}"
            continue
        try:
            right = _is_right(slug, shown, number, source)
        except LookupError as error:
            yield f"{number}: {error}"
        else:
            if not right:
                yield f"{number} is not {source} in {shown.text!r}"


def _is_right(slug: str, shown: Shown, number: str, source: str) -> bool:
    if source.startswith("a constant: "):
        allowed = CONSTANTS[slug, shown.where, source.removeprefix("a constant: ")]
        return any(shows(number, value) for value in allowed)
    if source in COMPUTED:
        return shows(number, COMPUTED[source]())
    if match := re.fullmatch(r"line (\d+) of (\w+), which ran", source):
        return library.listing(LISTINGS[match[2]]).lines[int(match[1]) - 1].strip() == shown.text
    if match := re.fullmatch(r"printed by line (\d+) of (\w+)", source):
        return library.listing(LISTINGS[match[2]]).printed[int(match[1]) - 1] == shown.text
    if match := re.fullmatch(r"what line (\d+) of (\w+) left in \.grad", source):
        return library.listing(LISTINGS[match[2]]).values[int(match[1]) - 1] == shown.text
    # These are no values: where marks stand and which line has which number, the tests of the parts say.
    if source == "the number of a line of code" or re.fullmatch(r"a mark of the axis '[\w ,]+'", source):
        return shown.text == number
    if source == "the name of a knob, its place in coeffs":
        return number in ("0", "1") and re.search(rf"\bknob {number}\b", shown.text, re.I) is not None
    return shows(number, field(source))


SCENES = [ref.slug for ref in PART.scenes]


@pytest.mark.parametrize("slug", SCENES)
def test_every_number_that_is_shown_or_said_has_the_value_of_its_source(
    slug: str, played: dict[str, ExplainerScene]
) -> None:
    texts = list(played[slug].sources.shown.values())
    assert texts
    assert [fault for shown in texts for fault in wrong_numbers(slug, shown)] == []


@pytest.mark.parametrize("slug", SCENES)
def test_every_line_with_a_number_in_it_was_looked_up(slug: str, played: dict[str, ExplainerScene]) -> None:
    scene = played[slug]
    for cue in scene.cue_sheet().cues:
        digits = re.findall(r"\d[\d,.]*(?<![.,])", cue.text)
        named = [number for number, _ in scene.sources.shown[("voice", cue.text)].sources] if digits else []
        assert set(digits) <= set(named), cue.text


#: The sources of the numbers that the narrator says, in the order of the film: the very fields that the words mean.
SAID = [
    ("zero", "a constant: no sum of squares is lower"),
    ("two", "fiddling.dimensions"),
    ("thirty", "fiddling.steps"),
    ("0.19", "fiddling.losses[30]"),
    ("two", "fiddling.dimensions"),
    ("thousand", "guessing-1000.dimensions"),
    ("hundred", "guessing-1000.steps"),
    ("1", "guessing-1000.losses[0]"),
    ("0.97", "guessing-1000.losses[100]"),
    ("thousand", "guessing-1000.dimensions"),
    ("two", "right.dimensions"),
    ("0", "the name of a knob, its place in coeffs"),
    ("1", "the name of a knob, its place in coeffs"),
    ("two", "right.dimensions"),
    ("0", "the name of a knob, its place in coeffs"),
    ("1", "the name of a knob, its place in coeffs"),
    ("two", "right.dimensions"),
    ("0", "the name of a knob, its place in coeffs"),
    ("sixty", "too-small.steps"),
    ("0.73", "too-big.losses[60]"),
    ("forty", "a constant: how many learning rates are tried"),
    ("thousand", "gradient-1000.dimensions"),
    ("thousand", "gradient-1000.dimensions"),
    ("two", "one a recording"),
    ("fifty", "never-zeroed.steps"),
    ("hundred", "guessing-1.steps"),
    ("ten", "guessing-10.dimensions"),
    ("hundred", "guessing-100.dimensions"),
    ("thousand", "guessing-1000.dimensions"),
    ("0.97", "guessing-1000.losses[100]"),
    ("thousand", "gradient-1000.dimensions"),
    ("zero", "clear-air.losses[-1] to four digits"),
    ("5", "a constant: its place in the series"),
    ("4", "a constant: its place in the series"),
]


def test_the_narrator_s_numbers_are_the_fields_that_the_words_mean(played: dict[str, ExplainerScene]) -> None:
    texts = [shown for slug in SCENES for shown in played[slug].sources.shown.values()]
    assert [pair for shown in texts if shown.where == "voice" for pair in shown.sources] == SAID
    assert library.recording("fiddling").steps == 30
    assert [library.recording(f"guessing-{size}").dimensions for size in CONTEST_SIZES] == list(CONTEST_SIZES)


# The measure itself: what it must find.


def faults(text: str, *sources: tuple[str, str | None], slug: str = "knobs", where: str = "voice") -> list[str]:
    return list(wrong_numbers(slug, Shown(where, text, sources)))


def test_what_is_right_passes() -> None:
    assert faults("30 tries, down to 0.19", ("30", "fiddling.steps"), ("0.19", "fiddling.losses[30]")) == []
    assert faults("(-0.24, +0.10)", ("-0.24", "right.slopes[0, 0]"), ("+0.10", "right.slopes[0, 1]")) == []
    assert faults("1,000 knobs", ("1,000", "guessing-1000.dimensions")) == []


@pytest.mark.parametrize(
    ("number", "source"),
    [
        # A wrong number: typed, of another precision, or with another sign.
        ("0.20", "fiddling.losses[30]"),
        ("0.18", "fiddling.losses[30]"),
        ("0.190", "fiddling.losses[30]"),
        ("+0.24", "right.slopes[0, 0]"),
        ("three", "fiddling.dimensions"),
        ("31", "fiddling.steps"),
        ("0.03", "too-small.lr"),
        # A wrong row, or the other coefficient.
        ("0.19", "fiddling.losses[3]"),
        ("-0.24", "right.slopes[1, 0]"),
        ("-0.24", "right.slopes[0, 1]"),
        # A wrong run, and a wrong field of the right one.
        ("0.19", "guessing-1000.losses[30]"),
        ("60", "never-zeroed.steps"),
        ("0.3", "too-small.lr"),
        ("-0.87", "never-zeroed.coeffs[0, 0]"),
        # A constant that has another value here.
        ("5", "a constant: its place in the series"),
        ("3", "guessing-1.steps over gradient-1.steps"),
    ],
)
def test_a_wrong_number_row_or_run_is_found(number: str, source: str) -> None:
    assert faults(f"it is {number}", (number, source)) == [f"{number} is not {source} in 'it is {number}'"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (None, "0.19 has no source"),
        ("fiddling.losses[31]", "index 31 is out of bounds"),
        ("fidling.losses[30]", "fidling"),
        ("by ear", "'by ear' is no field of a recording"),
        ("a constant: it sounds good", "it sounds good"),
    ],
)
def test_a_number_without_a_source_that_is_there_is_found(source: str | None, found: str) -> None:
    (fault,) = faults("down to 0.19", ("0.19", source))
    assert found in fault


@pytest.mark.parametrize(
    "source",
    ["printed by line 5 of print_gradient", "line 5 of print_gradient, which ran", "what line 5 of step left in .grad"],
)
def test_a_text_that_no_line_of_code_gave_is_found(source: str) -> None:
    text = "tensor([-0.2446,  0.1005])"
    assert len(faults(text, ("-0.2446", source), ("0.1005", source), slug="backward", where="screen")) == 2
