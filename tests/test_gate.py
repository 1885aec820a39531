"""The drill of the check: edits can be made, a defect is found, a harmless edit passes, and the rates are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.drill import ROOT, Drill, Result, rates, row
from tests.gate.edit import Edit, EditError, Kind
from tests.gate.harmless import HARMLESS
from tests.gate.in_process import planted
from tests.gate.planted import PLANTED

SCORE = Edit("a score", Kind.WHOSE, "gradient/fog", "scenes/a.py", (("right", "wrong"),), ("whose",))
PAUSE = Edit("a pause", Kind.HARMLESS, "gradient/fog", "scenes/a.py", (("1", "2"),))


@pytest.mark.parametrize("edit", [pytest.param(edit, id=edit.name) for edit in (*PLANTED, *HARMLESS)])
def test_every_edit_can_be_made(edit: Edit) -> None:
    assert edit.applied((ROOT / edit.file).read_text("utf-8"))


def test_there_are_two_of_each_kind_and_ten_that_do_no_harm() -> None:
    kinds = [edit.kind for edit in PLANTED]
    assert all(kinds.count(kind) >= 2 for kind in Kind if kind != Kind.HARMLESS)
    assert len(PLANTED) >= 20
    assert len(HARMLESS) >= 10
    assert len({edit.name for edit in (*PLANTED, *HARMLESS)}) == len(PLANTED) + len(HARMLESS)


@pytest.mark.parametrize(
    ("text", "message"),
    [("left", "'right' 0 times"), ("right, right", "'right' 2 times"), ("def right(:", "is no Python then, line 1")],
)
def test_an_edit_that_cannot_be_made_says_why(text: str, message: str) -> None:
    with pytest.raises(EditError, match=message):
        SCORE.applied(text)


@pytest.mark.parametrize(
    ("result", "word"),
    [
        (Result(SCORE, ("   1.0 s  whose     'x': wrong",), 1), "found"),
        (Result(SCORE, ("   1.0 s  edge      'x': wrong",), 1), "found, not by whose"),
        (Result(SCORE, (), 1), "NOT FOUND"),
        (Result(SCORE, ("KeyError",), 1, crashed=True), "does not play"),
        (Result(PAUSE, (), 1), "passes"),
        (Result(PAUSE, ("   1.0 s  edge      'x': wrong",), 1), "FALSE ALARM"),
    ],
)
def test_what_came_of_an_edit(result: Result, word: str) -> None:
    assert result.word == word
    assert row(result).count("|") == 7


def test_the_rates_leave_out_what_does_not_play() -> None:
    found, not_found = Result(SCORE, ("   1.0 s  whose     'x': wrong",), 1), Result(SCORE, (), 1)
    crashed, passes, alarm = Result(SCORE, ("no",), 1, True), Result(PAUSE, (), 1), Result(PAUSE, ("a fault",), 1)
    assert list(rates([found, not_found, crashed, passes, alarm])) == [
        "whose number it is: 1 of 2 found",
        "All kinds: 1 of 2 found, 50 %.",
        "False alarms: 1 of 2 harmless edits.",
    ]


def test_an_edit_in_process_is_undone() -> None:
    from scenes.explore import the_walks

    edit = next(edit for edit in HARMLESS if edit.name == "a slower walk")
    with planted(edit):
        assert the_walks.WALKING == 7.5
    assert the_walks.WALKING == 6.0


@pytest.mark.slow
def test_the_drill_finds_what_is_wrong_with_a_copy_and_leaves_the_checkout_alone(tmp_path: Path) -> None:
    edits = [
        next(edit for edit in PLANTED if edit.name == "curves a step late"),
        next(edit for edit in HARMLESS if edit.name == "a narrower plot"),
    ]
    before = [(ROOT / edit.file).read_text("utf-8") for edit in edits]
    told: list[str] = []
    results = Drill(environment={"DESCENT_RECORDINGS": str(tmp_path)}).run(edits, told.append)
    assert [result.word for result in results] == ["found", "passes"], told
    assert [(ROOT / edit.file).read_text("utf-8") for edit in edits] == before
