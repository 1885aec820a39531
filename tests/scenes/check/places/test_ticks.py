"""The check of marks: one that stands elsewhere than it says is caught, in every plot and along every edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import RIGHT, UP

from scenes.check.places.ground import Geometry
from scenes.explore.curves import Curves
from scenes.parts import Bowl, LossCurve, Mountain, Plot, Progress, Walk
from scenes.parts.panels.marks import Marks
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.theme import theme
from tests.scenes.check.staged import PIXEL, faults

Change = Callable[[Any], Any]


def in_plot(plot: Callable[[ExplainerScene], Plot], change: Change = lambda plot: None) -> list[str]:
    def build(scene: ExplainerScene, _: Mountain, __: Walk) -> list[Any]:
        made = plot(scene)
        change(made)
        return [made]

    return faults(Geometry(), build)


def of_losses(scene: ExplainerScene) -> Plot:
    return LossCurve(scene.run("right"), size=(6, 3)).shift(UP)


def logarithmic(_: ExplainerScene) -> Plot:
    ticks = (1, 1e-3, 1e-6)
    return Plot(
        (0, 100),
        (1e-6, 1.0),
        across_name="looks",
        up_name="loss, log axis",
        across_ticks=(0, 50),
        up_ticks=ticks,
        up_format="{:.6f}",
        log=True,
    )


def of_explore(scene: ExplainerScene) -> Plot:
    return Curves([scene.run("right"), scene.run("far-too-big")], [theme.right, theme.too_big]).scale(0.8)


def with_offset(_: ExplainerScene) -> Plot:
    marks = Marks(np.array([1e9, 1e9 + 1, 1e9 + 2]), ("0", "1", "2"), "+1e9")
    return Plot((0, 9), (1e9 - 0.1, 1e9 + 2.2), across_name="step", up_name="loss", across_ticks=(0, 5), up_marks=marks)


PLOTS = [of_losses, logarithmic, of_explore, with_offset]


@pytest.mark.parametrize("plot", PLOTS)
def test_marks_where_they_say_pass(plot: Callable[[ExplainerScene], Plot]) -> None:
    assert in_plot(plot) == []
    # A curve that is drawn anew in every frame is as large as it was made.
    assert in_plot(plot, lambda made: made.scale(1 if plot is of_losses else 1.3).shift(RIGHT)) == []


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("axis", [0, 1])
def test_a_mark_that_was_moved_along_its_axis_is_caught(plot: Callable[[ExplainerScene], Plot], axis: int) -> None:
    way = (RIGHT, UP)[axis] * 4 * PIXEL
    for part in (0, 1):  # the short line, and the text
        (fault,) = in_plot(plot, lambda made, part=part: made.marks[axis][-1][part].shift(way))
        assert fault.startswith("tick: the mark ")
        assert "4.0 pixels of 1080p from where it belongs" in fault


def test_a_mark_that_says_another_value_is_caught() -> None:
    def rename(plot: Plot) -> None:
        tick, text = plot.marks[1][1]
        plot.marks[1][1] = type(plot.marks[1][1])(tick, words("1.1", theme.small).move_to(text))

    (fault,) = in_plot(of_losses, rename)
    assert fault.startswith("tick: the mark 1.1 is ")
    exchanged = in_plot(logarithmic, lambda plot: plot.marks[1][0].text.move_to(plot.marks[1][2].text))
    assert exchanged[0].startswith("tick: the mark 1 is ")


def test_a_mark_beyond_its_axis_is_caught() -> None:
    def build(_: ExplainerScene) -> Plot:
        return Plot((0, 10), (0, 1), across_name="step", up_name="loss", across_ticks=(0, 12))

    assert in_plot(build) == ["tick: the mark 12 says a value that is beyond its axis"]


def test_a_loss_curve_whose_axis_was_stretched_is_caught() -> None:
    def stretch(plot: Plot) -> None:
        plot.axes[0].stretch(1.1, 0, about_edge=[-1, 0, 0])

    assert any(fault.startswith("tick: ") for fault in in_plot(of_losses, stretch))


def test_a_bowls_axis_that_was_moved_is_caught() -> None:
    def build(scene: ExplainerScene, _: Mountain, __: Walk) -> list[Any]:
        bowl = Bowl(scene.landscape("bowl"), scene.run("far-too-big"))
        bowl.plot.axes[1].shift(UP * 3 * PIXEL).scale(1.01)
        return [bowl]

    assert faults(Geometry(), build)[0].startswith("curve: ")


@pytest.mark.parametrize("offset", [1, -1])
def test_a_curve_shifted_by_a_step_is_caught_unless_the_offset_is_given(offset: int) -> None:
    def build(declared: float) -> Any:
        def built(scene: ExplainerScene, _: Mountain, __: Walk) -> list[Any]:
            run = scene.run("right")
            plot = Plot((-2, 62), (0, 3), across_name="step", up_name="loss", size=(6, 4))
            rows = np.arange(run.steps + 1) + offset
            return [plot, plot.curve(rows, run.losses, theme.right, offset=declared)]

        return built

    (fault,) = faults(Geometry(), build(0))
    assert fault == f"curve: value 0 is at {offset} across, and its row belongs at 0: no such offset was given"
    assert faults(Geometry(), build(offset)) == []


def test_a_curve_that_skips_its_first_rows_or_is_drawn_too_wide_is_caught() -> None:
    def build(start: int, a_row: float, declared: float, unit: str = "step") -> Any:
        def built(scene: ExplainerScene, _: Mountain, __: Walk) -> list[Any]:
            run = scene.run("right")
            plot = Plot((0, 130), (0, 3), across_name=unit, up_name="loss", size=(6, 4))
            rows = a_row * np.arange(run.steps + 1 - start)
            return [plot, plot.curve(rows, run.losses[start:], theme.right, a_row=declared)]

        return built

    assert "value 0 is at 0 across, and its row belongs at 3" in faults(Geometry(), build(3, 1.0, 1.0))[0]
    assert "value 1 is at 2 across, and its row belongs at 1" in faults(Geometry(), build(0, 2.0, 1.0))[0]
    assert faults(Geometry(), build(0, 2.0, 2.0, "looks")) == []


def test_a_curve_that_leads_its_progress_by_a_step_is_caught() -> None:
    def build(scene: ExplainerScene, _: Mountain, __: Walk) -> list[Any]:
        progress = Progress(scene.run("right"), 9)
        curve = LossCurve(progress)
        for member in curve.get_family():
            member.clear_updaters()
        progress.clock.set_value(8)
        return [curve]

    assert faults(Geometry(), build)[0].startswith("curve: it ends ")
