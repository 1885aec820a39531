"""Each number that the film of part 3 shows or says is what its source says it is, at the precision shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from descent_core import library
from scenes.knobs import PART
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.true_numbers import WORDS, field, shows

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 3")

SCENES = [ref.slug for ref in PART.scenes]
#: Numbers that no run gave, by scene and reason, and all values that they have there.
CONSTANTS: dict[tuple[str, str], set[float]] = {
    ("turn", "its place in the series"): {3},
    ("turn", "weights and biases"): {2},
    ("weights", "as many as are made up"): {200},
    ("weights", "the unit that the prices were made up in"): {1000},
    ("bias", "the unit that the prices were made up in"): {1000},
    ("alike", "as many hidden units"): {8},
    ("init", "what the line takes away"): {0.5},
    ("init", "where tensors were made"): {1},
    ("snow", "as many as are made up"): {4000},
    ("picture", "its place in the series"): {4},
}
#: Numbers that a scene computed, and how.
COMPUTED: dict[str, Callable[[], float]] = {
    "houses.coeffs[800, 0] over 8": lambda: field("houses.coeffs[800, 0]") / 8,
    "how many of centred.coeffs[0] are below 0": lambda: float((library.recording("centred").coeffs[0] < 0).sum()),
    **{
        f"turn-of-{knobs}.losses[0] in percent": lambda knobs=knobs: 100 * field(f"turn-of-{knobs}.losses[0]")
        for knobs in (2, 10, 100, 1000)
    },
}
#: The labels of the listings, by the names of the functions that they show.
LISTINGS = {"init_coeffs": "init-coeffs", "make_up_houses": "made-up-houses"}


def is_right(slug: str, text: str, number: str, source: str | None) -> bool:
    if source is None:
        return False
    if source.startswith("a constant: "):
        return any(shows(number, value) for value in CONSTANTS[slug, source.removeprefix("a constant: ")])
    if source in COMPUTED:
        return shows(number, COMPUTED[source]())
    if match := re.fullmatch(r"line (\d+) of (\w+), which ran", source):
        return library.listing(LISTINGS[match[2]]).lines[int(match[1]) - 1].strip() == text
    if match := re.fullmatch(r"the first number of line (\d+) of (\w+)", source):
        return re.findall(r"\d+", library.listing(LISTINGS[match[2]]).lines[int(match[1]) - 1])[0] == number
    if match := re.fullmatch(r"what line (\d+) of (\w+)", source):
        return number in library.listing(LISTINGS[match[2]]).values[int(match[1]) - 1].split()
    if match := re.fullmatch(r"the row of ([\w-]+) that is shown", source):
        return WORDS[number] <= library.recording(match[1]).steps
    if re.fullmatch(r"the number of a line of code|a mark of the axis .*", source):
        return text == number
    if source == "the name of a knob, its place in coeffs":
        return text == f"knob {number}"
    if source == "what the numbers were drawn from":
        return text in ("from 0 to 1", "around 0")
    return shows(number, field(source))


@pytest.mark.parametrize("slug", SCENES)
def test_every_number_that_is_shown_or_said_has_the_value_of_its_source(
    slug: str, played: dict[str, ExplainerScene]
) -> None:
    texts = list(played[slug].sources.shown.values())
    assert texts
    wrong = [
        f"{number} is not {source} in {shown.text!r}"
        for shown in texts
        for number, source in shown.sources
        if not is_right(slug, shown.text, number, source)
    ]
    assert wrong == []


@pytest.mark.parametrize("slug", SCENES)
def test_every_line_with_a_number_in_it_was_looked_up(slug: str, played: dict[str, ExplainerScene]) -> None:
    scene = played[slug]
    for cue in scene.cue_sheet().cues:
        digits = re.findall(r"\d[\d,.]*(?<![.,])", cue.text)
        named = [number for number, _ in scene.sources.shown[("voice", cue.text)].sources] if digits else []
        assert set(digits) <= set(named), cue.text


#: The sources of the numbers that the narrator says, in the order of the film: the very fields that the words mean.
SAID = [
    ("two", "a constant: weights and biases"),
    ("thousand", "wall.dimensions"),
    ("800", "houses.steps"),
    ("24.6", "houses.coeffs[800, 0] over 8"),
    ("thousand", "a constant: the unit that the prices were made up in"),
    ("0.8", "houses.coeffs[800, 1]"),
    ("17.6", "houses-no-bias.losses[800]"),
    ("thousand", "a constant: the unit that the prices were made up in"),
    ("8.5", "houses.losses[800]"),
    ("60", "the first number of line 6 of make_up_houses"),
    ("62", "houses.coeffs[800, 2]"),
    ("eight", "a constant: as many hidden units"),
    ("eight", "a constant: as many hidden units"),
    ("300", "alike-zeros.steps"),
    ("0.1", "alike-tenth.coeffs[0, 16]"),
    ("eight", "a constant: as many hidden units"),
    ("0.009", "rings.losses[300]"),
    ("thousand", "centred.dimensions"),
    ("half", "a constant: what the line takes away"),
    ("509", "how many of centred.coeffs[0] are below 0"),
    ("245", "uncentred.losses[0]"),
    ("5.3", "centred.losses[0]"),
    ("thousand", "wall-guess.dimensions"),
    ("4,000", "a constant: as many as are made up"),
    ("80", "wall-guess.steps"),
    ("586", "wall-guess.losses[0]"),
    ("567", "wall-guess.losses[80]"),
    ("thousand", "wall-guess.dimensions"),
    ("two", "turn-of-2.dimensions"),
    ("63", "turn-of-2.losses[0] in percent"),
    ("ten", "turn-of-10.dimensions"),
    ("26", "turn-of-10.losses[0] in percent"),
    ("hundred", "turn-of-100.dimensions"),
    ("8", "turn-of-100.losses[0] in percent"),
    ("thousand", "turn-of-1000.dimensions"),
    ("2.6", "turn-of-1000.losses[0] in percent"),
    ("two", "the row of wall that is shown"),
    ("three", "the row of wall that is shown"),
    ("four", "the row of wall that is shown"),
    ("five", "the row of wall that is shown"),
    ("thousand", "wall.dimensions"),
    ("four", "a constant: its place in the series"),
]


def test_the_narrator_s_numbers_are_the_fields_that_the_words_mean(played: dict[str, ExplainerScene]) -> None:
    texts = [shown for slug in SCENES for shown in played[slug].sources.shown.values()]
    assert [pair for shown in texts if shown.where == "voice" for pair in shown.sources] == SAID


@pytest.mark.parametrize(
    ("number", "source"),
    [
        ("24.7", "houses.coeffs[800, 0] over 8"),
        ("8.5", "houses-no-bias.losses[800]"),
        ("0.8", "houses.coeffs[0, 1]"),
        ("510", "how many of centred.coeffs[0] are below 0"),
        ("8", "turn-of-10.losses[0] in percent"),
        ("567", "wall.losses[5]"),
        ("five", "a constant: its place in the series"),
        ("0.009", None),
    ],
)
def test_a_wrong_number_or_source_is_found(number: str, source: str | None) -> None:
    assert not is_right("picture", f"it is {number}", number, source)
