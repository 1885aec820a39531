"""Instruments of plain numbers are held against the row that a card tells; what is set by hand passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import ValueTracker
from numpy.typing import ArrayLike

from descent_core.recordings.trajectory import Trajectory
from scenes.check.wiring.unsourced import Unsourced
from scenes.parts import Knob, KnobWall, Progress, Radio, Scorecard, Tries
from scenes.parts.ground.pin import Pin
from scenes.stage.by_hand import by_hand
from tests.scenes.check.wiring.staged import Staged, faults

#: What a radio is set to, given a search.
Set = Callable[[Tries], ArrayLike]


def turned(setting: Set, card: bool = True) -> list[tuple[str, str]]:
    """What is found of a radio that follows a search, with a card beside it or none."""

    def build(scene: Staged) -> None:
        search = Tries(scene.run("fiddling"))
        radio = Radio(lambda: setting(search))
        scene.add(radio, *([Scorecard(lambda: f"{search.loss():.3f}")] if card else []))
        scene.play(search.to(6, run_time=3))
        scene.pause()

    return faults(Unsourced(), build)


def plain(search: Tries) -> ArrayLike:
    return np.array(search.coeffs())


def row_of(search: Tries, off: int) -> ArrayLike:
    run = search.trajectory
    return np.asarray(run.coeffs)[int(np.clip(search.row + off, 0, run.steps))]


@pytest.mark.parametrize("card", [True, False])
def test_what_follows_a_search_passes_with_its_source_or_without(card: bool) -> None:
    assert turned(Tries.coeffs, card) == []
    assert turned(plain, card) == []


@pytest.mark.parametrize("card", [True, False])
@pytest.mark.parametrize(
    "defect",
    [
        lambda search: np.asarray(search.coeffs())[::-1],
        lambda search: -np.asarray(search.coeffs()),
        lambda search: np.asarray(search.coeffs()) * 0.5,
    ],
)
def test_knobs_exchanged_turned_round_or_scaled_are_caught(defect: Set, card: bool) -> None:
    assert {rule for rule, _ in turned(defect, card)} == {"reading"}


@pytest.mark.parametrize("off", [-1, 2])
def test_a_radio_some_rows_off_its_card_is_caught(off: int) -> None:
    assert any("is shown beside it" in told for _, told in turned(lambda search: row_of(search, off)))


@pytest.mark.parametrize(("off", "count"), [(0, 0), (1, 1), (-1, 1)])
def test_a_card_beside_a_pin_tells_the_row_from_which_it_goes(off: int, count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        mountain = scene.mountain()
        walk = scene.walk(mountain, row=3.4)
        losses = walk.trajectory.losses
        return [mountain, Pin(mountain, walk.position), Scorecard(lambda: f"{losses[walk.row + off]:.3f}")]

    assert len(faults(Unsourced(), build)) == count


def moved(*, hand: bool, apart: bool = False, card: bool = False) -> list[tuple[str, str]]:
    """What is found of a pin that is where no run was."""

    def build(scene: Staged) -> list[Any]:
        mountain, run = scene.mountain(), scene.run("right")
        place = by_hand((1.0, 2.0), "somebody moves it", apart=apart) if hand else (1.0, 2.0)
        return [
            mountain,
            Pin(mountain, lambda: place),
            *([Scorecard(lambda: f"{run.losses[0]:.3f}")] if card else []),
        ]

    return faults(Unsourced(), build)


def test_what_is_set_by_hand_says_so() -> None:
    assert moved(hand=True) == []
    assert moved(hand=True, card=True, apart=True) == []
    assert len(moved(hand=False)) == 1
    # A card that tells a loss is of where the pin is.
    assert len(moved(hand=True, card=True)) == 1


def wall(change: Callable[[Trajectory, int], ArrayLike]) -> list[tuple[str, str]]:
    """What is found of a wall of knobs beside a card, from row 2 on."""

    def build(scene: Staged) -> None:
        run, clock = scene.run("gradient-100"), ValueTracker(2)
        progress = Progress(run, 2)
        scene.add(
            KnobWall(lambda: change(run, progress.row), columns=10),
            Scorecard(lambda: f"{run.losses[progress.row]:.3f}").to_edge([0, 1, 0]),
        )
        scene.play(progress.to(6, run_time=1), clock.animate.set_value(3))

    return faults(Unsourced(), build)


def test_a_wall_that_stays_behind_or_is_turned_round_is_caught() -> None:
    assert wall(lambda run, row: np.asarray(run.coeffs)[row] * 1.0) == []
    # Those that turn sooner are farther on.
    assert wall(lambda run, row: np.where(np.arange(100) % 2, run.coeffs[row], run.coeffs[row + 1])) == []
    assert wall(lambda run, row: np.asarray(run.coeffs)[0])
    assert wall(lambda run, row: np.asarray(run.coeffs)[row][::-1])


@pytest.mark.parametrize(
    ("columns", "found"), [((0, 1), False), ((1, 0), True), ((0, 2), False)], ids=["own", "exchanged", "others"]
)
def test_two_knobs_that_are_angles_are_those_of_their_coefficients(columns: tuple[int, ...], found: bool) -> None:
    def build(scene: Staged) -> None:
        run = scene.run("houses")
        progress = Progress(run, 3)
        knobs = [Knob(lambda c=column: float(run.coeffs[progress.row, c]) * 0.01) for column in columns]
        card = Scorecard(lambda: f"{run.losses[progress.row]:.3f}")
        scene.add(*(knob.shift([3 * index, 0, 0]) for index, knob in enumerate(knobs)), card.to_edge([0, 1, 0]))
        scene.play(progress.to(30, run_time=1))

    assert bool(faults(Unsourced(), build)) == found
