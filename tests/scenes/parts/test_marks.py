"""Marks of an axis: round, two or more, and what is written tells them apart, whatever the range and however narrow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from manim import Text

from descent_core import Trajectory
from scenes.explore.curves import Curves
from scenes.parts import LossCurve, Plot
from scenes.parts.panels.marks import axis_marks
from scenes.theme import theme


@example(-1, 10.0**-1.5, 10.0**-12.5, 2)  # its offset needs thirteen digits behind the point
@given(
    st.sampled_from([-1, 1]),
    st.floats(-12, 12).map(lambda power: 10.0**power),
    st.floats(-12.5, 4).map(lambda power: 10.0**power),
    st.integers(2, 5),
)
def test_marks_of_any_range_are_within_it_and_told_apart(sign: int, size: float, narrow: float, count: int) -> None:
    middle, span = sign * size, size * narrow
    low, high = middle - span / 2, middle + span / 2
    marks = axis_marks(low, high, count)
    assert 2 <= len(marks.values) <= count + 4
    assert len(set(marks.texts)) == len(marks.values)
    assert max(map(len, marks.texts)) <= 10
    rounding = 4e-16 * size
    assert marks.values.min() >= low - 1e-6 * span - rounding
    assert marks.values.max() <= high + 1e-6 * span + rounding
    # Whoever adds the offset to what is written has the value.
    read = [float(text) + float(marks.offset or 0) for text in marks.texts]
    assert read == pytest.approx(marks.values, rel=0, abs=0.01 * float(np.diff(marks.values).min()) + rounding)


def falling(losses: list[float]) -> Trajectory:
    count = len(losses)
    return Trajectory("falling", np.zeros((count, 1)), losses, np.zeros((count, 1)), np.zeros((count - 1, 1)), lr=1)


def written(plot: Plot) -> list[str]:
    """What is written beside the upward axis, and beside its name."""
    foot = plot.corner.get_center()[1] - 0.02
    texts = [part for part in plot.submobjects if isinstance(part, Text) and part is not plot.title]
    return [text.original_text for text in texts if text.get_center()[1] > foot - 0.1]


@pytest.mark.parametrize(
    ("losses", "expected"),
    [
        ([1e9 + 3, 1e9 + 1, 1e9], ["0", "2", "+1e9"]),
        ([2.002, 2.001, 2.0], ["2", "2.001", "2.002"]),
        ([-5.0, -6.0, -9.0], ["-8", "-6"]),
        ([4.0, 4.0, 4.0], None),
    ],
)
def test_every_plot_of_losses_has_marks_that_say_something(losses: list[float], expected: list[str] | None) -> None:
    run = falling(losses)
    for plot in (Curves([run], [theme.right], (3.4, 1.7)), LossCurve(run)):
        texts = written(plot)
        assert len(set(texts)) == len(texts) >= 2
        if expected is not None:
            assert texts == expected
            # And the curve is not a line along one edge.
            heights = [plot.spot(0, loss)[1] for loss in losses]
            assert np.ptp(heights) > 0.5 * 1.9


def test_a_run_of_one_step_has_two_marks_clear_of_the_axis_name() -> None:
    for plot in (Curves([falling([2.0, 1.0])], [theme.right]), LossCurve(falling([2.0, 1.0]))):
        foot = plot.corner.get_center()[1]
        below = [part for part in plot.submobjects if isinstance(part, Text) and part.get_top()[1] < foot]
        assert [text.original_text for text in below] == ["0", "1", "step"]
        assert below[1].get_right()[0] < below[2].get_left()[0]
