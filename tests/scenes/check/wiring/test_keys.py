"""A plot beside a legend draws every run that the legend names."""

from __future__ import annotations

from typing import Any

import pytest
from manim import DOWN, LEFT, RIGHT, UP

from scenes.check.wiring.keys import Keys
from scenes.parts.panels.loss_curve import LossCurve
from scenes.parts.words import legend, plate
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults

LABELS = ("too-small", "right", "too-big")
COLOURS = (theme.too_small, theme.right, theme.too_big)


def parts(scene: Staged, drawn: tuple[str, ...], named: tuple[str, ...]) -> tuple[Any, Any]:
    """A plot of some runs, and a legend of some."""
    colour = dict(zip(LABELS, COLOURS, strict=True))
    mountain = scene.mountain()
    curves = LossCurve(*(scene.walk(mountain, label) for label in drawn), colours=[colour[label] for label in drawn])
    key = plate(legend([(label, colour[label], scene.run(label)) for label in named]))
    return curves.shift(UP), key.shift(2 * DOWN)


def beside(drawn: tuple[str, ...], named: tuple[str, ...]) -> Any:
    def build(scene: Staged) -> None:
        scene.add(*parts(scene, drawn, named))
        scene.wait(2)

    return build


@pytest.mark.parametrize("drawn", [("too-small", "right"), ("too-big", "too-small")])
def test_a_curve_that_the_legend_names_and_the_plot_leaves_out_is_caught(drawn: tuple[str, ...]) -> None:
    ((rule, found),) = faults(Keys(), beside(drawn, LABELS))
    assert rule == "curve"
    assert found == f"the legend names it, and the plot beside draws only {' and '.join(sorted(drawn))}"


def test_a_still_is_caught_too() -> None:
    found = faults(Keys(), lambda scene: scene.add(*parts(scene, LABELS[:2], LABELS)) and None)
    assert [rule for rule, _ in found] == ["curve"]


@pytest.mark.parametrize(
    ("drawn", "named"),
    [(LABELS, LABELS), (LABELS, LABELS[:2]), (LABELS[:1], LABELS), (LABELS[:2], LABELS[1:2]), (LABELS[:2], LABELS[:2])],
)
def test_all_of_them_or_more_or_a_close_look_at_one_passes(drawn: tuple[str, ...], named: tuple[str, ...]) -> None:
    assert faults(Keys(), beside(drawn, named)) == []


def test_a_legend_whose_rows_come_one_by_one_and_one_that_goes_as_the_plot_comes_pass() -> None:
    def one_by_one(scene: Staged) -> None:
        curves, key = parts(scene, LABELS, LABELS)
        scene.add(curves)
        for row in key[1]:
            scene.enter(row)
        scene.wait(1)

    def one_goes(scene: Staged) -> None:
        curves, key = parts(scene, LABELS[:2], LABELS)
        scene.add(key)
        scene.wait(1)
        scene.add(curves)
        scene.leave(key)
        scene.wait(1)

    def two_plots_of_one_key(scene: Staged) -> None:
        curves, key = parts(scene, LABELS[:2], LABELS)
        others, _ = parts(scene, LABELS[1:], LABELS)
        scene.add(curves.shift(3 * LEFT), others.shift(3 * RIGHT), key)
        scene.wait(2)

    def a_row_of_several(scene: Staged) -> None:
        curves, _ = parts(scene, LABELS[:2], LABELS)
        small, right, big = (scene.run(label) for label in LABELS)
        key = plate(legend([("too small", COLOURS[0], small), ("others", COLOURS[1], (right, big))]))
        scene.add(curves, key.shift(2 * DOWN))
        scene.wait(2)

    for harmless in (one_by_one, one_goes, two_plots_of_one_key, a_row_of_several):
        assert faults(Keys(), harmless) == []
