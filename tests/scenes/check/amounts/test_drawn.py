"""A thing that amounts to another number than its label tells is caught."""

from __future__ import annotations

from typing import Any

import pytest
from manim import RIGHT, UP, Dot, Line, ValueTracker, VGroup

from scenes.check.amounts.drawn import Amounts
from scenes.loss.looks import LAMPLIT
from scenes.parts import DartRoom, Readout
from scenes.parts.words import words
from scenes.stage.naming import set_amount, tells
from scenes.stage.number_sources import note_source
from tests.scenes.check.wiring.staged import Staged, faults


def text(number: int) -> str:
    """A number as a scene shows it."""
    return note_source(f"{number:,}", "how many there are")


@pytest.mark.parametrize(("squares", "found"), [(12, []), (3, ["tells 1,200 of what is drawn as 300"])])
def test_a_heap_is_as_much_as_its_label_tells(squares: int, found: list[str]) -> None:
    def build(scene: Staged) -> list[Any]:
        heap = VGroup(*(Dot() for _ in range(squares))).arrange(RIGHT)
        set_amount(heap, lambda: 100 * len(heap), within=50)
        return [heap, tells(words(f"{text(1200)} bytes"), heap).shift(UP * 2)]

    assert [what for _, what in faults(Amounts(), build)] == found


@pytest.mark.parametrize("times", [20, 10])
def test_laps_are_as_many_as_a_counter_counts(times: int) -> None:
    def build(scene: Staged) -> None:
        laps = ValueTracker(0)
        runner = set_amount(Dot(), lambda: int(laps.get_value() * times + 1e-6))
        scene.add(runner, tells(Readout(lambda: text(int(laps.get_value() * 20 + 1e-6))).shift(UP), runner))
        scene.play(laps.animate(run_time=2).set_value(1))

    assert len(faults(Amounts(), build)) == (times != 20)


@pytest.mark.parametrize(("span", "count"), [(2.0, 0), (2.2, 1)])
def test_a_ruler_is_as_long_as_its_label_tells_on_the_wall_that_is_seen(span: float, count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        room = DartRoom(LAMPLIT)
        room.set_look(x=0.0, y=150.0, span=2.0)
        ruler = Line(room.place(0, 150), room.place(8, 150))
        room.set_look(span=span)
        label = words(note_source("8.0 cm", "the middle of the darts"))
        return [ruler, tells(label.shift(UP), set_amount(ruler, lambda: room.centimetres(ruler), within=0.06))]

    assert len(faults(Amounts(), build)) == count


def test_what_grows_amounts_to_nothing_yet() -> None:
    def build(scene: Staged) -> list[Any]:
        heap = set_amount(Dot(), lambda: None)
        return [heap, tells(words(text(12)).shift(UP), heap)]

    assert faults(Amounts(), build) == []
