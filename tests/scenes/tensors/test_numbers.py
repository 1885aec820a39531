"""Each number that the film shows or says has a source, and is what its source says, at the precision shown."""

from __future__ import annotations

import re

import pytest

from descent_core import library
from descent_core.catalogue.passengers.manifest import COLUMNS, manifest
from scenes.check.numbers.fields import field_of, shows, value_of
from scenes.outline import OUTLINES
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import find_numbers
from scenes.tensors import PART

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 1")

SCENES = [ref.slug for ref in PART.scenes]
#: The labels of the listings, by the names of the functions that ran.
LISTINGS = {spec.function.partition(":")[2]: label for label, spec in library.catalogue().listings.items()}
TAKE_NOTES = library.listing("take-notes")
#: Numbers that no run gave, by their reasons, and all values that they have.
CONSTANTS = {
    "its place in the series": {film.number for film in OUTLINES},
    "the films of the series": {5},
    "how many times as fast it is at least": {20},
    "as the listing sets it": {
        value_of(number)
        for line in ("coeffs = ", "passenger = ")
        for number in find_numbers(TAKE_NOTES.lines[TAKE_NOTES.line_of(line)])
    },
    "the bytes that a square of the picture stands for": {1000},
}
#: Numbers that a scene counted, and how.
COUNTED = {
    "how many people the manifest has": len(manifest().fates),
    "the noughts of the manifest": int((manifest().columns == 0).sum()),
    "the last number of her row": 706,
    "the largest number of its column": 885,
    "her crowd, shrunk": round(706 / 885, 2),
}
LISTED = re.compile(r"(?P<kind>printed by|what|) ?line (?P<line>\d+) of (?P<name>\w+)(?P<ran>, which ran)?")


def is_right(number: str, source: str, text: str) -> bool:
    if source.startswith("a constant: "):
        return value_of(number) in CONSTANTS[source.removeprefix("a constant: ")]
    if source in COUNTED:
        return value_of(number) == COUNTED[source]
    if match := LISTED.fullmatch(source):
        ran = library.listing(LISTINGS[match["name"]])
        line = int(match["line"]) - 1
        if match["ran"]:
            return ran.lines[line].strip() == text
        told = ran.printed[line] if match["kind"] == "printed by" else ran.values[line]
        return value_of(number) in [value_of(each) for each in find_numbers(told)]
    if source == "the number of a line of code":
        return text == number
    if source == "laps of the race in the picture":
        return 0 <= value_of(number) <= 20
    if source == "the name of a column of the manifest":
        return text in COLUMNS
    said = field_of(source)
    assert said is not None, source
    value = said.value(library.recording(said.label))
    return value is not None and shows(number, value)


@pytest.mark.parametrize("slug", SCENES)
def test_every_number_that_is_shown_or_said_has_the_value_of_its_source(
    slug: str, played: dict[str, ExplainerScene]
) -> None:
    for shown in played[slug].sources.shown.values():
        for number, source in shown.sources:
            assert source is not None, (number, shown.text)
            assert is_right(number, source, shown.text), (number, source, shown.text)


#: The sources of the numbers that the narrator says, in the order of the film.
SAID = [
    ("19,809", "beads.dimensions"),
    ("five", "a constant: the films of the series"),
    ("706", "what line 4 of ranks"),
    ("zero", "what line 4 of ranks"),
    ("nine", "what line 5 of ranks"),
    ("2,201", "what line 6 of ranks"),
    ("two", "what line 6 of ranks"),
    ("three", "what line 7 of ranks"),
    ("three", "what line 7 of ranks"),
    ("6,220,800", "what line 7 of ranks"),
    ("774,808", "what line 8 of lists_or_tensor"),
    ("79,236", "what line 9 of lists_or_tensor"),
    ("twenty", "a constant: how many times as fast it is at least"),
    ("2.5", "what line 10 of nudged"),
    ("1.5", "printed by line 4 of take_notes"),
    ("1.5", "printed by line 4 of take_notes"),
    ("1.5", "what line 3 of rewind"),
    ("1.5", "what line 3 of rewind"),
    ("0.1", "what line 5 of nudged"),
    ("1.5", "what line 11 of nudged"),
    ("1.6", "what line 12 of nudged"),
    ("1.5", "what line 12 of nudged"),
    ("2,201", "how many people the manifest has"),
    ("nine", "lattice.dimensions"),
    ("0.52", "lattice.losses[0]"),
    ("11,005", "the noughts of the manifest"),
    ("nine", "lattice.dimensions"),
    *((word, "printed by line 23 of growing_history") for word in ("five", "six", "seven", "eight")),
    *(("five", "printed by line 24 of growing_history") for _ in range(4)),
    ("2", "a constant: its place in the series"),
]


def test_the_narrator_s_numbers_are_the_fields_that_the_words_mean(played: dict[str, ExplainerScene]) -> None:
    texts = [shown for slug in SCENES for shown in played[slug].sources.shown.values() if shown.where == "voice"]
    captions = [shown for shown in texts if not re.search(r"\d{4,}", shown.text)]  # and not as they are spoken
    assert [pair for shown in captions for pair in shown.sources] == SAID


def test_a_wrong_number_is_found() -> None:
    assert not is_right("705", "what line 4 of ranks", "")
    assert not is_right("0.53", "lattice.losses[0]", "")
    assert not is_right("11,004", "the noughts of the manifest", "")
    assert not is_right("3", "a constant: the films of the series", "")
