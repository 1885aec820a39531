"""Each number that the film shows or says is what its source says it is, at the precision shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from descent_core import library, recording
from descent_core.catalogue.passengers.answers import opinions_of_kinds, right_answers
from descent_core.catalogue.passengers.manifest import KINDS, kind_rows, manifest
from scenes.check.numbers.fields import field_of, shows
from scenes.stage.explainer_scene import ExplainerScene
from scenes.training_loop import PART
from scenes.training_loop.people import number_of

#: With all tests that play the scenes of the film.
pytestmark = pytest.mark.xdist_group("the scenes of part 5")

SCENES = [ref.slug for ref in PART.scenes]
RIGHT = re.compile(r"right answers of (\S+) about (all|those held out) at row (\d+)")
ROW = re.compile(r"the row of (\S+) (?:that is shown|at which the sentence changes)")
GIRL, MAN = number_of("girls", "1st"), number_of("men", "3rd")
HELD = manifest().held_out


def unsqueezed() -> float:
    return float(opinions_of_kinds(recording("unsqueezed").coeffs[-1], "line")[GIRL])


#: Numbers that no field is, and what they are.
OTHERS: dict[str, Callable[[], set[float]]] = {
    "saved, by the report": lambda: {*(kind.saved for kind in KINDS), 711},
    "lost, by the report": lambda: {1490},
    "on board, by the report": lambda: {kind.count for kind in KINDS},
    "what nine numbers times nine knobs add up to, for him, at the start of raw": lambda: {
        float(opinions_of_kinds(recording("raw").coeffs[0], "line", scaled=False)[MAN])
    },
    "what the table says of him": lambda: {*kind_rows(scaled=False)[MAN]},
    "what unsqueezed says of her": lambda: {unsqueezed()},
    "a hundred times what unsqueezed says of her": lambda: {100 * unsqueezed()},
    "lines of the listing": lambda: {len(library.listing("loop").lines)},
    "those held out about whom 'everybody dies' is right": lambda: {(manifest().fates[HELD] == 0).sum()},
    "those held out about whom 'women and girls live' is right": lambda: {
        (manifest().fates[HELD] == manifest().columns[HELD][:, 1]).sum()
    },
    "the right answers of voyage about those held out, less that rule's": lambda: {
        right_answers(opinions_of_kinds(recording("voyage").coeffs[-1]), True)
        - (manifest().fates[HELD] == manifest().columns[HELD][:, 1]).sum()
    },
    "those of whom flat says, at its end, that they live": lambda: {
        (opinions_of_kinds(recording("flat").coeffs[-1])[manifest().kinds] > 0.5).sum()
    },
}


def values(number: str, source: str) -> set[float]:
    """All that a number may be worth by its source."""
    if match := RIGHT.fullmatch(source):
        label, whom, row = match.groups()
        model = "hidden" if label == "hidden" else "sigmoid"
        answers = opinions_of_kinds(recording(label).coeffs[int(row)], model)
        return {float(right_answers(answers, None if whom == "all" else True))}
    if match := ROW.fullmatch(source):
        return set(map(float, range(recording(match[1]).steps + 1)))
    if source in OTHERS:
        return set(map(float, OTHERS[source]()))
    said = field_of(source)
    if said is None:
        raise LookupError(f"{number}: nobody knows what {source!r} is")
    return {float(np.asarray(said.value(recording(said.label))))}


@pytest.mark.parametrize("slug", SCENES)
def test_every_number_has_the_value_of_its_source(slug: str, played: dict[str, ExplainerScene]) -> None:
    texts = list(played[slug].sources.shown.values())
    assert texts
    wrong = []
    for shown in texts:
        assert not shown.untraced, shown.text
        for number, source in shown.sources:
            plain = str(source)
            if plain.startswith("a constant: ") or "of whole_loop" in plain or plain == "the number of a line of code":
                continue  # held against what they must be, below, and by the tests of the panel
            if plain.startswith("a mark of the axis"):
                continue
            if not any(shows(number, value) for value in values(number, plain)):
                wrong.append(f"{number} is not {source} in {shown.text!r}")
    assert wrong == []


@pytest.mark.parametrize("slug", SCENES)
def test_constants_are_what_their_reasons_say(slug: str, played: dict[str, ExplainerScene]) -> None:
    for constant in played[slug].sources.constants:
        assert constant.found == ""
        assert constant.is_checked or constant.reason in ("the year of the report", "surely", "surely not")


#: The sources of the numbers that the narrator says: the very fields that the words mean.
def test_what_the_narrator_says_of_the_runs(played: dict[str, ExplainerScene]) -> None:
    texts = [shown for slug in SCENES for shown in played[slug].sources.shown.values() if shown.where == "voice"]
    said = [pair for shown in texts for pair in shown.sources if not str(pair[1]).startswith("a constant: ")]
    assert said == [
        ("711", "saved, by the report"),
        ("1,490", "lost, by the report"),
        ("nine", "lines of the listing"),
        ("200", "raw.steps"),
        ("139", "a hundred times what unsqueezed says of her"),
        ("1,103", "right answers of voyage about all at row 0"),
        ("1,490", "right answers of voyage about all at row 1"),
        ("26", "the row of voyage at which the sentence changes"),
        ("70", "the row of voyage at which the sentence changes"),
        ("117", "the row of voyage at which the sentence changes"),
        ("1,737", "right answers of voyage about all at row 200"),
        ("200", "timid.steps"),
        ("fourteen", "those of whom flat says, at its end, that they live"),
        ("348", "right answers of voyage about those held out at row 200"),
        ("220", "right answers of voyage about those held out at row 0"),
        ("297", "those held out about whom 'everybody dies' is right"),
        ("342", "those held out about whom 'women and girls live' is right"),
        ("six", "the right answers of voyage about those held out, less that rule's"),
        ("201", "hidden.dimensions"),
        ("1,740", "right answers of hidden about all at row 200"),
        ("10,000", "voyage-10000.steps"),
    ]
