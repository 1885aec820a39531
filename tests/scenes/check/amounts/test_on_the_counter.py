"""What is said beside a counter that shows another row of the same is caught, and none of what it counts some of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scenes.check.amounts.on_the_counter import OnTheCounter
from scenes.parts import Progress, Readout
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import TracedInt, sourced
from tests.scenes.check.wiring.staged import Staged, faults


def counted(row: int, first: int = 3) -> TracedInt:
    """How many there are at a row: none before the first, then one more with each row."""
    return sourced(max(row - first + 1, 0), f"hits of right at row {row}")


def said(text: Callable[[Any], str], to: int, about: bool = False) -> list[str]:
    """What is found of a line that is said while a counter goes on to a row."""

    def build(scene: Staged) -> None:
        run = scene.run("right")
        progress = Progress(run)
        scene.add(Readout(lambda: f"hits {counted(progress.row)}"))
        with scene.say(text(run), about=[run] if about else []) as line:
            scene.play(progress.to(to, run_time=line.left))
        scene.pause()

    return [found for _, found in faults(OnTheCounter(), build)]


@pytest.mark.parametrize(
    ("text", "to", "count"),
    [
        (lambda run: f"And there are {counted(5)}.", 5, 0),
        (lambda run: f"And there are {in_words(counted(5))} of them.", 5, 0),
        (lambda run: f"It began with {counted(0)}.", 5, 0),
        (lambda run: f"Like {counted(2)} before, and {counted(1)}.", 1, 0),  # another row that reads the same
        (lambda run: f"And there are {counted(9)}.", 5, 1),
        (lambda run: f"And there are {in_words(counted(9))} of them.", 5, 1),
        (lambda run: f"And there are {counted(5)}.", 9, 1),  # it only passes by
        (lambda run: f"First there are {counted(0)}, then {counted(9)}.", 9, 0),
        (lambda run: f"The other counts {sourced(9, 'hits of too-big at row 9')}.", 5, 0),
    ],
)
def test_a_number_that_is_said_is_on_the_counter(text: Callable[[Any], str], to: int, count: int) -> None:
    assert len(said(text, to)) == count


@pytest.mark.parametrize(
    ("text", "to", "count"),
    [
        ("And you still haven't got a single hit, after all that time.", 2, 0),
        ("And you still haven't got a single hit, after all that time.", 5, 0),  # it says so while there is none
        ("There are no hits yet.", 2, 0),
        ("Your hand shakes, and no aim can fix that.", 9, 0),
    ],
)
def test_none_is_said_while_the_counter_shows_nought(text: str, to: int, count: int) -> None:
    assert len(said(lambda run: text, to)) == count


@pytest.mark.parametrize(
    "text",
    ["By now, you still haven't got a single hit.", "There are no hits yet.", "Not one hit so far, without any hit."],
)
def test_none_is_said_where_the_counter_shows_some(text: str) -> None:
    def build(scene: Staged) -> None:
        progress = Progress(scene.run("right"), 6)
        scene.add(Readout(lambda: f"hits {counted(progress.row)}"))
        with scene.say(text):
            scene.play(progress.to(8, run_time=1))

    found = [found for _, found in faults(OnTheCounter(), build)]
    assert found
    assert all("and a read-out counts" in each for each in found)


@pytest.mark.parametrize(("rows", "count"), [((4, 5), 0), ((5, 5), 1), ((5, 4), 1)])
def test_several_numbers_of_a_counter_are_said_as_it_shows_them(rows: tuple[int, int], count: int) -> None:
    def build(scene: Staged) -> None:
        progress = Progress(scene.run("right"), 3)
        scene.add(Readout(lambda: f"hits {counted(progress.row)}"))
        with scene.say(
            f"A round more: and it is [one]{counted(rows[0])} hits now. Then another one: [two]{counted(rows[1])}."
        ) as line:
            for row, mark in enumerate(("one", "two"), start=4):
                line.reach(mark)
                scene.play(progress.to(row, run_time=0.5))

    found = [found for _, found in faults(OnTheCounter(), build)]
    assert len([each for each in found if "too early or too late" in each]) == count
