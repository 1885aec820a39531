"""The check of curves: what is off, cut short, cut off or of another run is caught; what is recorded passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from manim import LEFT, RIGHT, UP, Create, FadeIn, Rectangle, VGroup, linear

from descent_core.library import landscape, recording
from scenes.check.fault import waive
from scenes.check.places.ground import Geometry
from scenes.check.playback import play
from scenes.explore.curves import Curves
from scenes.gradient.shots import WIDE
from scenes.parts import Bowl, LossCurve, Mountain, Plot, Progress, Walk
from scenes.parts.panels.plot import PlotCurve
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.traced_run import traced
from scenes.theme import theme

#: A pixel of 1080p in scene units.
PIXEL = 8 / 1080


def curve_faults(build: Callable[[ExplainerScene], list[Any]]) -> list[str]:
    """What the check of places finds in a scene of a few curves; something else moves beside them."""

    class Shown(ExplainerScene):
        def construct(self) -> None:
            self.add(*build(self))
            self.play(FadeIn(Rectangle(width=0.1, height=0.1).to_corner(UP + LEFT, buff=2), run_time=0.5))

    check = Geometry()
    play(Shown, check.see)
    assert check.measured
    assert all(rule == "curve" for rule, _ in check.faults)
    return [f"{fault.words}: {fault.found}" for fault in check.faults.values()]


def plotted(scene: ExplainerScene, values: Any = None, log: bool = False) -> tuple[Plot, PlotCurve]:
    """Axes and the losses of a run that ends after sixty steps."""
    run = scene.run("right")
    plot = Plot((0, run.steps), (0.01, 3), across_name="step", up_name="loss", size=(6, 4), log=log)
    return plot, plot.curve(range(run.steps + 1), run.losses if values is None else values, theme.right)


def held(mobject: Any) -> Any:
    """As it is drawn now: nothing redraws it."""
    for member in mobject.get_family():
        member.clear_updaters()
    return mobject


@pytest.mark.parametrize("log", [False, True])
def test_a_plots_curve_of_recorded_values_passes_wherever_the_plot_is(log: bool) -> None:
    def build(scene: ExplainerScene) -> list[Any]:
        return [VGroup(*plotted(scene, log=log)).scale(0.7).shift(RIGHT * 1.3)]

    assert curve_faults(build) == []


def test_a_curve_is_measured_while_it_is_being_drawn() -> None:
    class Drawn(ExplainerScene):
        def construct(self) -> None:
            plot, line = plotted(self)
            self.enter(plot, toward=UP)
            self.play(Create(line, rate_func=linear), run_time=2)
            self.wait(1)

    class Aside(Drawn):
        def play(self, *animations: Any, **kwargs: Any) -> None:
            for animation in animations:
                if isinstance(animation, Create):
                    animation.mobject.shift(UP * 2 * PIXEL)
            super().play(*animations, **kwargs)

    for scene, faulty in ((Drawn, False), (Aside, True)):
        check = Geometry()
        play(scene, check.see, rate=10)
        assert check.measured > 15
        assert bool(check.faults) == faulty
        assert all(fault.time < 1.5 for fault in check.faults.values())  # before it was whole


@pytest.mark.parametrize("way", [UP, RIGHT, LEFT])
def test_a_curve_two_pixels_aside_is_caught(way: Any) -> None:
    def build(scene: ExplainerScene, pixels: float) -> list[Any]:
        plot, line = plotted(scene)
        return [plot, line.shift(way * pixels * PIXEL)]

    (fault,) = curve_faults(lambda scene: build(scene, 2))
    assert fault.startswith("right: value ")
    assert "2.0 pixels of 1080p from where it belongs" in fault
    assert curve_faults(lambda scene: build(scene, 0.5)) == []


def test_one_wrong_value_is_caught() -> None:
    def build(scene: ExplainerScene) -> list[Any]:
        plot, line = plotted(scene)
        corners = line.get_anchors()[0::2] + [line.get_end()]
        assert len(corners) == 61
        corners[41] = corners[41] + UP * 3 * PIXEL
        return [plot, line.set_points_as_corners(corners)]

    (fault,) = curve_faults(build)
    assert fault == "right: value 41 is drawn 3.0 pixels of 1080p from where it belongs"


def test_a_curve_of_another_run_is_caught() -> None:
    def swapped(scene: ExplainerScene) -> list[Any]:
        plot, line = plotted(scene)
        return [plot, line.set_points_as_corners(plotted(scene, scene.run("too-small").losses)[1].get_anchors())]

    assert curve_faults(swapped)[0].startswith("right: ")

    def never_asked(scene: ExplainerScene) -> list[Any]:
        return list(plotted(scene, traced(recording("too-small")).losses))

    assert curve_faults(never_asked) == ["too-small: a curve of a recording that the scene did not ask for"]

    def mistaken(scene: ExplainerScene) -> list[Any]:
        wrong = replace(recording("too-small"), label="right")  # is called what the scene asked for
        return list(plotted(scene, traced(wrong).losses))

    assert curve_faults(mistaken)[0].startswith("right: value ")


def test_a_curve_that_does_not_go_to_its_end_is_caught() -> None:
    def build(scene: ExplainerScene) -> list[Any]:
        plot, line = plotted(scene)
        return [plot, line.set_points(line.points[: 4 * 8])]

    (fault,) = curve_faults(build)
    assert fault.startswith("right: it ends ")
    assert fault.endswith("from step 60.0")


def test_a_curve_of_unequal_steps_or_of_rows_that_do_not_belong_together_is_caught() -> None:
    def build(scene: ExplainerScene, xs: Any) -> list[Any]:
        run = scene.run("right")
        plot = Plot((-3, 60), (0, 3), across_name="step", up_name="loss", size=(6, 4))
        return [plot, plot.curve(xs(run), run.losses[1:], theme.right, offset=-1)]

    assert curve_faults(lambda scene: build(scene, lambda run: range(60))) == []
    uneven = curve_faults(lambda scene: build(scene, lambda run: [*range(59), 60]))
    assert uneven == ["right: value 59 is at 60 across, and its row belongs at 59: no such offset was given"]
    other = curve_faults(lambda scene: build(scene, lambda run: run.coeffs[:-1, 0]))
    assert other == ["right: a curve of right.coeffs and right.losses at different rows"]
    assert curve_faults(lambda scene: build(scene, lambda run: run.coeffs[1:, 0])) == []


def test_a_curve_of_no_recording_is_caught_unless_it_is_waived() -> None:
    def build(scene: ExplainerScene) -> list[Any]:
        return list(plotted(scene, np.asarray(scene.run("right").losses) * 1.0))

    assert curve_faults(build) == ["loss: a curve of no recording"]

    class Waived(ExplainerScene):
        def construct(self) -> None:
            plot, line = build(self)
            waive(line, "curve", "it is a sketch")
            self.add(plot, line)
            self.wait(1)

    check = Geometry()
    play(Waived, check.see)
    assert check.faults == {}
    assert check.waived == {("curve", "loss"): "it is a sketch"}


@pytest.mark.parametrize("now", [0, 2, 2.5, 9, 60])
@pytest.mark.parametrize("label", ["right", "far-too-big"])
def test_a_loss_curve_as_far_as_its_run_has_come_passes(label: str, now: float) -> None:
    assert curve_faults(lambda scene: [LossCurve(Progress(scene.run(label), now))]) == []


def test_a_loss_curve_that_is_off_or_behind_is_caught() -> None:
    def bent(scene: ExplainerScene) -> list[Any]:
        curve = held(LossCurve(Progress(scene.run("right"), 9.5)))
        line = next(member for member in curve if isinstance(member, PlotCurve))
        line.points[4 * 4 : 4 * 4 + 1] += UP * 2 * PIXEL
        return [curve]

    assert "value 4 is drawn 2.0 pixels" in curve_faults(bent)[0]

    def behind(scene: ExplainerScene) -> list[Any]:
        progress = Progress(scene.run("right"), 4)
        curve = held(LossCurve(progress))
        progress.clock.set_value(9.5)
        return [curve]

    assert curve_faults(behind)[0].endswith("from step 9.5")


def bowl_of(scene: ExplainerScene, clock: float = 2.5) -> Bowl:
    bowl = Bowl(scene.landscape("bowl"), scene.run("far-too-big"), size=(7, 4))
    bowl.walk_to_end(1).mobject.set_value(clock)
    return bowl.update(0)


def test_a_bowl_as_recorded_passes() -> None:
    assert curve_faults(lambda scene: [bowl_of(scene).shift(RIGHT)]) == []


def test_a_bowl_whose_ball_trail_or_ground_is_off_is_caught() -> None:
    def build(scene: ExplainerScene, name: str) -> list[Any]:
        bowl = held(bowl_of(scene))
        getattr(bowl, name).shift(UP * 2 * PIXEL)
        return [bowl]

    (ball,) = curve_faults(lambda scene: build(scene, "ball"))
    assert ball == "far-too-big: its head is 2.0 pixels of 1080p from step 2.5"
    (trail,) = curve_faults(lambda scene: build(scene, "trail"))
    assert trail.startswith("far-too-big: value ")
    (ground,) = curve_faults(lambda scene: build(scene, "ground"))
    assert "loss" in ground
    assert "2.0 pixels of 1080p from where it belongs" in ground


def test_a_bowl_of_a_landscape_that_the_scene_did_not_ask_for_is_caught() -> None:
    def build(scene: ExplainerScene) -> list[Any]:
        return [Bowl(landscape("bowl"), scene.run("far-too-big"))]

    (fault,) = curve_faults(build)
    assert fault.endswith("a cut through a landscape that the scene did not ask for")


@pytest.mark.parametrize("label", ["right", "far-too-big"])
def test_an_explore_curve_as_recorded_passes_and_one_that_is_off_is_caught(label: str) -> None:
    def build(scene: ExplainerScene, pixels: float) -> list[Any]:
        curves = Curves([scene.run(label), scene.run("too-small")], [theme.right, theme.too_small])
        curves.lines[0].shift(UP * pixels * PIXEL)
        return [curves]

    assert curve_faults(lambda scene: build(scene, 0)) == []
    (fault,) = curve_faults(lambda scene: build(scene, 2))
    assert fault.startswith(f"{label}: value ")


def test_an_explore_curve_that_is_behind_its_walk_is_caught() -> None:
    def build(scene: ExplainerScene, late: bool) -> list[Any]:
        runs = [scene.run("right"), scene.run("too-small")]
        mountain = Mountain(landscape("mountain"), WIDE)
        walks = [Walk(run, mountain, 4) for run in runs]
        curves = Curves(runs, [theme.right, theme.too_small])
        curves.follow(walks)
        if late:
            held(curves)
            walks[0].clock.set_value(9)
        return [curves]

    assert curve_faults(lambda scene: build(scene, False)) == []
    (fault,) = curve_faults(lambda scene: build(scene, True))
    assert fault.startswith("right: it ends ")


# The whole of a curve.


def whole(scene: ExplainerScene, rows: int, across: tuple[float, float], up: tuple[float, float]) -> list[Any]:
    """A curve of so many rows of ``right`` between axes of a size."""
    run = scene.run("right")
    plot = Plot(across, up, across_name="step", up_name="loss", size=(6, 4))
    return [plot, plot.curve(range(rows), run.losses[:rows], theme.right)]


def test_a_curve_that_stops_before_its_run_and_its_axis_do_is_caught() -> None:
    assert curve_faults(lambda scene: whole(scene, 61, (0, 60), (0, 3))) == []
    assert curve_faults(lambda scene: whole(scene, 21, (0, 20), (0, 3))) == []
    assert curve_faults(lambda scene: whole(scene, 61, (0, 100), (0, 3))) == []  # the run is over
    assert curve_faults(lambda scene: whole(scene, 58, (0, 60), (0, 3))) == []
    for rows in (21, 41):
        assert curve_faults(lambda scene, rows=rows: whole(scene, rows, (0, 60), (0, 3))) == [
            f"right: shows rows up to {rows - 1} of 60, and its axis goes on to 60"
        ]


def test_a_curve_that_is_cut_off_by_its_axis_is_caught() -> None:
    run = recording("right")
    for top in (0.5, 1.0):
        cut = int((run.losses > top).sum())
        assert cut > 6
        assert curve_faults(lambda scene, top=top: whole(scene, 61, (0, 60), (0, top))) == [
            f"right: {cut} of 61 recorded values lie beyond its axis, and are drawn at its end"
        ]
    low = int((run.losses < 0.1).sum())
    assert curve_faults(lambda scene: whole(scene, 61, (0, 60), (0.1, 3))) == [
        f"right: {low} of 61 recorded values lie beyond its axis, and are drawn at its end"
    ]


@pytest.mark.parametrize(
    ("unit", "a_row", "found"),
    [
        ("looks", None, "how far each row is from the next across is not said (a_row=…), and 'looks' are no steps"),
        ("looks", 1.0, "its rows stand 1 apart, and each is worth 2 of 'looks'"),
        ("looks", 2.0, None),
        ("step", 2.0, "its rows stand 2 apart, and each is worth 1 of 'step'"),
        ("step", None, None),
        ("seconds", 0.5, None),
    ],
)
def test_rows_are_as_far_apart_as_each_is_worth(unit: str, a_row: float | None, found: str | None) -> None:
    def build(scene: ExplainerScene) -> list[Any]:
        run = scene.run("right")
        plot = Plot((0, 120), (0, 2.2), across_name=unit, up_name="loss")
        return [plot, plot.curve(np.arange(61) * (a_row or 1.0), run.losses, theme.right, a_row=a_row)]

    # Of a unit that nothing knows, a row is worth what its scene says.
    assert curve_faults(build) == ([] if found is None else [f"right: {found}"])
