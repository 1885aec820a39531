"""The sentence says of everybody what the machine says, and says it in few words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from descent_core import recording
from descent_core.catalogue.passengers.answers import opinions_of_kinds
from descent_core.catalogue.passengers.manifest import KINDS
from descent_core.catalogue.passengers.rules import MOST, NO_RULE, Rule, lives_by, rule_of

ON_BOARD = np.array([kind.count > 0 for kind in KINDS])
FEMALE = "women and girls live, men and boys die"


def test_the_sentence_of_the_voyage_epoch_by_epoch() -> None:
    rules = [rule_of(answers) for answers in opinions_of_kinds(recording("voyage").coeffs)]
    changes = {row: str(rule) for row, rule in enumerate(rules) if row == 0 or rule != rules[row - 1]}
    assert changes == {
        0: NO_RULE,
        1: "everybody dies",
        2: NO_RULE,
        3: f"{FEMALE}, but not the women of the crew",
        5: FEMALE,
        26: f"{FEMALE}, and the boys of the first class",
        70: f"{FEMALE}, and the boys of the first class, but not the women of the third class",
        117: f"{FEMALE}, and the boys of the first and second class, but not the women of the third class",
    }


@given(some.lists(some.floats(0, 1), min_size=16, max_size=16))
def test_read_back_it_says_the_same_of_everybody(answers: list[float]) -> None:
    rule = rule_of(answers)
    assert len(rule.clauses) <= MOST  # a clause for a kind, or for several
    if rule.plain != NO_RULE:
        np.testing.assert_array_equal(np.array(lives_by(rule))[ON_BOARD], np.array(answers)[ON_BOARD] > 0.5)


@pytest.mark.parametrize("label", ["voyage", "absolute", "hidden"])
def test_read_back_it_says_what_the_recorded_machine_says(label: str) -> None:
    said = opinions_of_kinds(recording(label).coeffs[-1], "hidden" if label == "hidden" else "sigmoid")
    np.testing.assert_array_equal(np.array(lives_by(rule_of(said)))[ON_BOARD], said[ON_BOARD] > 0.5)


def test_the_best_rule_there_is() -> None:
    best = rule_of([kind.saved > kind.died for kind in KINDS])
    assert (
        str(best)
        == f"{FEMALE}, and the boys of the first and second class, but not the women and girls of the third class"
    )


def test_what_is_no_simple_rule_says_nothing_of_anybody() -> None:
    with pytest.raises(ValueError, match="'hard to put in words' says of nobody"):
        lives_by(Rule(NO_RULE))
