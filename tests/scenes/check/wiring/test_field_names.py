"""What is called loss and shows coefficients, and the like, is caught."""

from __future__ import annotations

from typing import Any

import pytest
from manim import DOWN, RIGHT

from scenes.check.wiring.field_names import FieldNames
from scenes.parts import Compass, HistoryRow, Knob, Scorecard
from scenes.parts.history.history_trail import HistoryTrail
from scenes.parts.words import plate, words
from scenes.stage.naming import set_names
from tests.scenes.check.wiring.staged import Staged, faults


@pytest.mark.parametrize(
    ("ends", "count"), [(("coeffs", "loss"), 0), (("loss", "coeffs"), 2), (("first", "last"), 0), (("loss", "loss"), 1)]
)
def test_the_ends_of_a_history_have_the_names_of_what_stands_there(ends: tuple[str, str], count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        card = plate(words(f"{scene.run('right').losses[0]:.2f}"))
        return [HistoryTrail(["mul", "add"], Knob(0.5), card, ends=ends)]

    assert len(faults(FieldNames(), build)) == count


@pytest.mark.parametrize(("name", "count"), [("loss", 0), ("scorecard", 0), ("gradient", 1), ("coeffs", 1)])
def test_a_card_is_called_by_what_it_shows(name: str, count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        run = scene.run("right")
        return [Scorecard(lambda: f"{run.losses[3]:.2f}", name=name)]

    assert len(faults(FieldNames(), build)) == count


@pytest.mark.parametrize(("name", "count"), [("coeffs.grad", 0), ("coeffs", 1), ("what the compass says", 0)])
def test_a_label_calls_a_part_by_what_it_shows(name: str, count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        compass = Compass(scene.run("right").slopes[0])
        return [compass, set_names(words(name).next_to(compass, RIGHT), compass)]

    assert len(faults(FieldNames(), build)) == count


@pytest.mark.parametrize(("names", "count"), [(("knobs", "loss"), 0), (("loss", "knobs"), 2)])
def test_labels_at_the_ends_of_a_row_of_operations_name_what_it_leads_from_and_to(
    names: tuple[str, str], count: int
) -> None:
    def build(scene: Staged) -> list[Any]:
        row = HistoryRow(["mul", "add", "mean"], width=8)
        ends = zip(names, (row.links[0], row.links[-1]), strict=True)
        return [row, *(set_names(words(text).next_to(link, DOWN), link) for text, link in ends)]

    assert len(faults(FieldNames(), build)) == count
