"""The check of labels: a number of a run that is not in the picture, or on another's plate, is caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import DOWN, LEFT, RIGHT, UP, VGroup

from scenes.check.wiring.labels import Labels
from scenes.parts import Hiker, LossCurve, Plot, plate, words
from scenes.parts.words import legend, swatch
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
    assert staged((theme.text, theme.gradient)) == []
    assert [rule for rule, _ in staged((theme.too_big, theme.right))] == ["colour", "colour"]
