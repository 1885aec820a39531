"""The check of labels: a number of a run that is not in the picture, or on another's plate, is caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import DOWN, LEFT, RIGHT, UP, VGroup

from scenes.check.wiring.labels import Labels
from scenes.parts import Hiker, LossCurve, Plot, plate, words
from scenes.parts.words import coefficient_name, legend, swatch
from scenes.stage.naming import set_next_to
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults


def beside_a_hiker(label: Callable[[Staged], Any]) -> list[str]:
    """What is found of a label beside a hiker of ``right``."""

    def staged(scene: Staged) -> list[Any]:
        mountain = scene.mountain()
        return [mountain, Hiker(walk=scene.walk(mountain)), label(scene)]

    return [f"{rule}: {found}" for rule, found in faults(Labels(), staged)]


def lr(scene: Staged, label: str) -> Any:
    return words(f"lr = {scene.run(label).lr:g}").to_edge(UP)


def test_a_number_of_the_run_in_the_picture_passes() -> None:
    assert beside_a_hiker(lambda scene: lr(scene, "right")) == []
    assert beside_a_hiker(lambda scene: plate(lr(scene, "right"))) == []
    assert beside_a_hiker(lambda scene: words("no number")) == []


@pytest.mark.parametrize("on", [lambda label: label, plate])
def test_a_number_of_another_run_is_caught(on: Callable[[Any], Any]) -> None:
    assert beside_a_hiker(lambda scene: on(lr(scene, "too-big"))) == [
        "whose: shows too-big.lr, and the picture is of right"
    ]


def test_a_number_with_no_run_in_the_picture_is_the_picture() -> None:
    assert faults(Labels(), lambda scene: [lr(scene, "right")]) == []


def test_a_label_may_come_before_what_it_is_of() -> None:
    def staged(scene: Staged) -> None:
        other, one = LossCurve(scene.run("too-big")), LossCurve(scene.run("right"))
        scene.add(other, lr(scene, "right"))
        scene.pause()
        scene.add(one)
        scene.pause()

    assert faults(Labels(), staged) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("right", []),
        ("too-big", [("whose", "shows too-big.lr beside what is of right")]),
    ],
)
def test_the_numbers_of_a_row_and_of_its_plate_are_of_its_run(said: str, found: list[Any]) -> None:
    def row(scene: Staged) -> list[Any]:
        run, other = scene.run("right"), scene.run(said)
        both = [LossCurve(run, scene.run("too-big"), colours=[theme.right, theme.too_big])]
        return [*both, legend([(f"this,  lr {other.lr:g}", theme.right, run)]).to_edge(UP)]

    def beside(scene: Staged) -> list[Any]:
        run = scene.run("right")
        name = VGroup(swatch("this", theme.right, run=run), lr(scene, said)).arrange(DOWN)
        return [LossCurve(scene.run("too-big")), plate(name).to_edge(UP)]

    assert faults(Labels(), row) == found
    assert faults(Labels(), beside) == found


def two_plots(titles: tuple[str, str], ends: tuple[str, str]) -> list[str]:
    """What is found of two plots, each with the number of steps over it and a loss under it."""

    def staged(scene: Staged) -> list[Any]:
        shown: list[Any] = []
        for label, title, end, side in zip(("right", "zeroed"), titles, ends, (LEFT, RIGHT), strict=True):
            run = scene.run(label)
            name = f"{scene.run(title).steps} steps"
            plot = Plot((0, run.steps), (0, 3), across_name="step", up_name=name).shift(side * 3)
            last = words(f"{scene.run(end).losses[1]:.6f}").next_to(plot, DOWN)
            shown += [plot, plot.curve(range(run.steps + 1), run.losses, theme.right), last]
        return shown

    return [found for _, found in faults(Labels(), staged)]


def test_titles_and_ends_of_plots_are_of_their_curves() -> None:
    here, there = ("right", "zeroed"), ("zeroed", "right")
    assert two_plots(here, here) == []
    assert two_plots(there, here) == [
        "shows zeroed.steps beside what is of right",
        "shows right.steps beside what is of zeroed",
    ]
    assert two_plots(here, there) == [
        "shows zeroed.losses[1] beside what is of right",
        "shows right.losses[1] beside what is of zeroed",
    ]


def test_a_number_in_the_colour_of_another_run_is_caught() -> None:
    def staged(colours: tuple[str, str]) -> list[tuple[str, str]]:
        def build(scene: Staged) -> list[Any]:
            runs = [scene.run("right"), scene.run("too-big")]
            ends = [
                words(f"{run.losses[-1]:.3f}", colour=colour).to_edge(side)
                for run, colour, side in zip(runs, colours, (UP, DOWN), strict=True)
            ]
            return [LossCurve(*runs, colours=[theme.right, theme.too_big]), *ends]

        return faults(Labels(), build)

    assert staged((theme.right, theme.too_big)) == []
    assert staged((theme.text, theme.accent)) == []
    assert [rule for rule, _ in staged((theme.too_big, theme.right))] == ["colour", "colour"]


def naming_a_hiker(row: int) -> list[str]:
    """What is found of a label with a reading of row 5 that names a hiker who stands at a row."""

    def staged(scene: Staged) -> list[Any]:
        mountain = scene.mountain()
        run = scene.run("right")
        hiker = Hiker(walk=scene.walk(mountain, row=row))
        label = plate(words(f"loss {run.losses[5]:.3f}", theme.label))
        return [mountain, hiker, set_next_to(label, hiker, RIGHT, theme.gap)]

    return [f"{rule}: {found}" for rule, found in faults(Labels(), staged)]


def test_a_reading_beside_a_hiker_is_of_the_row_where_he_stands() -> None:
    assert naming_a_hiker(5) == []
    assert naming_a_hiker(6) == ["reading: shows right.losses[5], and names the hiker who stands at row 6"]
    assert naming_a_hiker(0) == ["reading: shows right.losses[5], and names the hiker who stands at row 0"]


@pytest.mark.parametrize(
    ("name", "column", "found"),
    [
        ("knob 1", 1, []),
        ("knob 0", 0, []),
        ("the slope", 0, []),
        ("knob 1", 0, ["whose: shows right.slopes[5, 0] beside the name of coefficient 1"]),
        ("knob 0", 1, ["whose: shows right.slopes[5, 1] beside the name of coefficient 0"]),
    ],
)
def test_a_number_beside_the_name_of_a_coefficient_is_of_that_one(name: str, column: int, found: list[str]) -> None:
    def staged(scene: Staged) -> list[Any]:
        run = scene.run("right")
        row = VGroup(words(coefficient_name(name)), words(f"{run.slopes[5, column]:+.2f}")).arrange(RIGHT)
        return [plate(row)]

    assert [f"{rule}: {what}" for rule, what in faults(Labels(), staged)] == found
