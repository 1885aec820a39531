"""Bars that are turned over, of another field than they are called, or other than the numbers at them are caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import DOWN, UP

from scenes.check.amounts.bar_charts import BarCharts
from scenes.parts import Bars, NamedBars
from scenes.parts.words import words
from scenes.stage.by_hand import by_hand
from tests.scenes.check.wiring.staged import Staged, faults


@pytest.mark.parametrize(
    ("values", "called", "found"),
    [
        (lambda run: run.slopes[0], "coeffs.grad", ""),
        (lambda run: run.slopes[0], "", ""),
        (lambda run: list(run.slopes[3]), "the gradient", ""),
        (lambda run: by_hand([1.0, -2.0], "what nobody measured"), "", ""),
        (lambda run: -run.slopes[0], "", "are of numbers that no recording has as they stand"),
        (lambda run: run.slopes[0][::-1] * 1, "", "are of numbers that no recording has as they stand"),
        (lambda run: run.coeffs[0], "coeffs.grad", "are of right.coeffs, and called coeffs.grad"),
        (lambda run: run.slopes[0], "knobs", "are of right.slopes, and called knobs"),
    ],
)
def test_bars_are_numbers_of_a_recording(values: Callable[[Any], Any], called: str, found: str) -> None:
    def build(scene: Staged) -> list[Any]:
        bars = Bars(values(scene.run("right")), [-1, 1])
        bars.grown.set_value(1)
        bars.refresh()
        return [bars, *([words(called).shift(UP * 2)] if called else [])]

    assert [what for _, what in faults(BarCharts(), build)] == ([found] if found else [])


def test_bars_that_are_drawn_the_other_way_are_caught_once_they_are_grown() -> None:
    def build(scene: Staged) -> None:
        bars = Bars(scene.run("right").slopes[0], [-1, 1])
        bars.lengths = -bars.lengths
        scene.add(bars)
        scene.pause()
        scene.play(bars.grow(0.5))

    ((_, found),) = faults(BarCharts(), build)
    assert found.startswith("bar ")


@pytest.mark.parametrize(("sign", "count"), [(1, 0), (-1, 1), (0, 0)])
def test_bars_are_as_high_as_the_numbers_at_them(sign: float, count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        run = scene.run("right")
        steep = np.asarray(run.slopes[0]) * sign
        bars = NamedBars(lambda: steep / np.abs(run.slopes[0]).max(), ["one", "other"])
        numbers = [words(f"{run.slopes[0, column]:.2f}", 20) for column in range(2)]
        for number, bar, slope in zip(numbers, bars.bars, run.slopes[0], strict=True):
            number.move_to([bar.get_x(), bars.line.get_y(), 0]).shift((DOWN if slope > 0 else UP) * 0.3)
        return [bars, *numbers]

    assert len(faults(BarCharts(), build)) == count
