"""The check of readings: another run's, or another row's, is caught; what goes with the picture passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import PI, ValueTracker

from scenes.check.wiring.instruments import Instruments
from scenes.parts import (
    Compass,
    Hiker,
    Knob,
    KnobWall,
    LitKnobWall,
    LossCurve,
    Progress,
    Radio,
    Readout,
    Scorecard,
    Trail,
    Walk,
)
from scenes.parts.dials.held_compass import HeldCompass
from scenes.parts.ground.pin import Pin
from scenes.parts.panels.slope_wall import SlopeWall
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import Curtain
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults

#: What is set up beside a hiker at row 5 of a walk.
Beside = Callable[[Staged, Walk], list[Any]]


def beside(build: Beside, row: float = 5) -> list[tuple[str, str]]:
    """What is found of things that stand beside a hiker with a trail."""

    def staged(scene: Staged) -> list[Any]:
        mountain = scene.mountain()
        walk = scene.walk(mountain, row=row)
        return [mountain, Trail(walk), Hiker(walk=walk), *build(scene, walk)]

    return faults(Instruments(), staged)


def losses(scene: Staged, walk: Walk, label: str = "right", off: int = 0) -> Callable[[], str]:
    """What a card reads: a loss of a run, some rows off the walk's."""
    run = scene.run(label)
    return lambda: f"{run.losses[walk.row + off]:.3f}"


@pytest.mark.parametrize("row", [0, 5, 7.5, 60])
def test_what_shows_the_row_that_was_reached_passes(row: float) -> None:
    def build(scene: Staged, walk: Walk) -> list[Any]:
        run = walk.trajectory
        return [
            Scorecard(losses(scene, walk)),
            Readout(lambda: "({:+.2f}, {:+.2f})".format(*run.slopes[walk.row])),
            Compass(lambda: run.slopes[walk.row]),
            LossCurve(walk),
        ]

    assert beside(build, row) == []


@pytest.mark.parametrize(
    ("build", "found"),
    [
        (lambda scene, walk: Scorecard(losses(scene, walk, off=1)), "a read-out shows row 6 of right"),
        (lambda scene, walk: Scorecard(losses(scene, walk, off=-1)), "a read-out shows row 4 of right"),
        (lambda scene, walk: Readout(lambda: f"{walk.trajectory.slopes[4, 0]:+.2f}"), "shows row 4 of right"),
        (
            lambda scene, walk: Scorecard(losses(scene, walk, "too-small")),
            "shows too-small, and the picture is of right",
        ),
        (lambda scene, walk: Compass(lambda: walk.trajectory.slopes[6]), "a compass shows row 6 of right"),
        (lambda scene, walk: Compass(lambda: scene.run("too-big").slopes[5]), "a compass shows too-big"),
        (lambda scene, walk: Compass(lambda: -walk.trajectory.slopes[5]), "has its needle 180 degrees from the slope"),
        (lambda scene, walk: Compass(lambda: walk.trajectory.slopes[5][::-1] * 1.0), "degrees from the slope of right"),
    ],
)
def test_a_reading_of_another_row_or_run_than_the_hiker_s_is_caught(build: Any, found: str) -> None:
    ((rule, told),) = beside(lambda scene, walk: [build(scene, walk)])
    assert rule == "reading"
    assert found in told


def test_a_needle_that_is_drawn_aside_of_its_slope_is_caught() -> None:
    def build(scene: Staged, walk: Walk) -> list[Any]:
        compass = Compass(lambda: walk.trajectory.slopes[walk.row])
        compass.clear_updaters()
        compass.up.rotate(0.1, about_point=compass.hub.get_center())
        return [compass]

    ((rule, told),) = beside(build)
    assert (rule, told.split(" from ")[0]) == ("reading", "a compass has its needle 6 degrees")


@pytest.mark.parametrize(
    "build",
    [
        # A read-out may say where it began, or anything that it was given once.
        lambda scene, walk: Readout(
            lambda: f"{walk.trajectory.losses[0]:.2f} to {walk.trajectory.losses[walk.row]:.2f}"
        ),
        lambda scene, walk: Readout(f"{walk.trajectory.losses[60]:.2f}"),
        lambda scene, walk: Readout("no number"),
        # A needle that swings comes from nowhere; of a length of 1 it is the same needle.
        lambda scene, walk: Compass(lambda: walk.trajectory.slopes[5], swing=lambda: 0.4),
        lambda scene, walk: Compass(lambda: walk.trajectory.slopes[5] / np.linalg.norm(walk.trajectory.slopes[5])),
        # The whole of another run's curve is a backdrop.
        lambda scene, walk: LossCurve(scene.run("too-small")),
    ],
)
def test_harmless_readings_pass(build: Any) -> None:
    assert beside(lambda scene, walk: [build(scene, walk)]) == []


def test_two_hikers_have_each_their_own_card() -> None:
    def build(scene: Staged, walk: Walk) -> list[Any]:
        other = scene.walk(walk.mountain, "too-big", 3)
        return [
            Hiker(walk=other),
            Trail(other),
            Scorecard(losses(scene, walk)),
            Scorecard(losses(scene, other, "too-big")),
        ]

    assert beside(build) == []


def test_cards_that_are_exchanged_between_two_walks_are_caught() -> None:
    def build(scene: Staged, walk: Walk) -> list[Any]:
        other = scene.walk(walk.mountain, "too-big", 3)
        cards = [Scorecard(losses(scene, other)), Scorecard(losses(scene, walk, "too-big"))]
        return [Hiker(walk=other), Trail(other), *cards]

    assert {told.split(", which")[0] for _, told in beside(build)} == {
        "a read-out shows row 3 of right",
        "a read-out shows row 5 of too-big",
    }


def test_who_is_dim_behind_a_curtain_is_not_in_the_picture() -> None:
    def build(scene: Staged, walk: Walk) -> list[Any]:
        return [Curtain(theme.dim), Scorecard(losses(scene, walk, "too-small", 3))]

    assert beside(build) == []
    assert (
        "shows row 8 of right" in beside(lambda s, walk: [Curtain(theme.dim), Scorecard(losses(s, walk, off=3))])[0][1]
    )


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (lambda walk: Trail(walk), "a trail that grows of too-big, and the hiker beside it is of right"),
        (lambda walk: LossCurve(walk), "a curve that is being drawn of too-big, and the hiker beside it is of right"),
    ],
)
def test_a_hiker_on_another_run_s_path_than_the_trail_or_the_curve_is_caught(other: Any, found: str) -> None:
    def staged(scene: Staged) -> list[Any]:
        mountain = scene.mountain()
        return [mountain, Hiker(walk=scene.walk(mountain)), other(scene.walk(mountain, "too-big"))]

    assert faults(Instruments(), staged) == [("who", found)]


def radio(shift: int = 0, label: str = "fiddling", turned: float = 0.0) -> list[tuple[str, str]]:
    """What is found of a radio that plays a run, with a card some rows off, or of another run."""

    def staged(scene: Staged) -> None:
        run, card, turn = scene.run("fiddling"), scene.run(label), ValueTracker(2)

        def row() -> int:
            return int(turn.get_value() + 1e-6)

        shown = Radio(lambda: run.coeffs[row()])
        shown.knobs[0].mark.rotate(turned)
        if turned:
            shown.knobs[0].clear_updaters()
        scene.add(shown, Scorecard(lambda: f"{card.losses[row() + shift]:.3f}"))
        scene.play(turn.animate(run_time=1).set_value(8))

    return faults(Instruments(), staged)


def test_a_radio_and_its_card_are_of_one_run_and_row() -> None:
    assert radio() == []
    assert "shows row 3 of fiddling" in radio(shift=1)[0][1]
    assert "shows too-small, and the picture is of fiddling" in radio(label="too-small")[0][1]


def test_a_knob_that_is_drawn_aside_of_its_coefficient_is_caught() -> None:
    assert "a radio has knob 0" in radio(turned=0.3)[0][1]

    def staged(scene: Staged) -> list[Any]:
        run = scene.run("right")
        wall = KnobWall(lambda: run.coeffs[3], columns=2)
        wall.clear_updaters()
        wall.angles = wall.angles + PI / 9
        return [wall, Knob(lambda: run.coeffs[3, 0])]

    ((rule, told),) = faults(Instruments(), staged)
    assert (rule, told.split(" from ")[0]) == ("reading", "a wall of knobs has a knob 20 degrees")


def test_a_wall_of_some_of_the_coefficients_is_held_against_those() -> None:
    def staged(scene: Staged, turned: float = 0.0) -> list[Any]:
        run = scene.run("gradient-1000")
        wall = LitKnobWall(lambda: run.coeffs[7, 16:24], columns=8)
        wall.clear_updaters()
        wall.angles = wall.angles + turned
        return [wall]

    assert faults(Instruments(), staged) == []
    ((rule, told),) = faults(Instruments(), lambda scene: staged(scene, PI / 9))
    assert (rule, told) == ("reading", "a wall of knobs has a knob 20 degrees from gradient-1000.coeffs[7]")


def test_a_wall_that_is_faint_is_behind_the_picture() -> None:
    def staged(scene: Staged, opacity: float) -> list[Any]:
        run, other = scene.run("right"), scene.run("too-big")
        wall = KnobWall(lambda: other.coeffs[3], columns=2).set_opacity(opacity)
        return [wall, LossCurve(Progress(run, 5))]

    assert faults(Instruments(), lambda scene: staged(scene, 0.3)) == []
    ((rule, told),) = faults(Instruments(), lambda scene: staged(scene, 1.0))
    assert (rule, told) == ("reading", "a wall of knobs shows too-big, and the picture is of right")


def test_a_compass_alone_shows_a_slope_that_was_recorded() -> None:
    assert faults(Instruments(), lambda scene: [Compass(lambda: scene.run("right").slopes[7])]) == []
    assert faults(Instruments(), lambda scene: [Compass(lambda: scene.run("right").slopes[7] * 2.0)]) == []
    ((rule, told),) = faults(Instruments(), lambda scene: [Compass(lambda: scene.run("right").slopes[7] + [0, 0.5])])
    assert (rule, told.split(" from ")[1]) == ("reading", "every recorded slope")


def test_progress_without_a_hiker_is_where_its_curve_is() -> None:
    def staged(off: int) -> Callable[[Staged], list[Any]]:
        def build(scene: Staged) -> list[Any]:
            progress = Progress(scene.run("right"), 4)
            run = progress.trajectory
            return [LossCurve(progress), Scorecard(lambda: f"{run.losses[progress.row + off]:.3f}")]

        return build

    assert faults(Instruments(), staged(0)) == []
    assert "shows row 5 of right, which has reached row 4" in faults(Instruments(), staged(1))[0][1]


def test_curves_of_two_walks_that_are_exchanged_are_caught() -> None:
    def staged(exchanged: bool) -> list[tuple[str, str]]:
        def build(scene: Staged) -> list[Any]:
            mountain = scene.mountain()
            walks = [scene.walk(mountain), scene.walk(mountain, "too-big", 9)]
            clocks = walks[::-1] if exchanged else walks
            curves = LossCurve(
                *(Progress(walk.trajectory, clock.row) for walk, clock in zip(walks, clocks, strict=True))
            )
            return [mountain, *(Hiker(walk=walk) for walk in walks), curves]

        return faults(Instruments(), build)

    assert staged(exchanged=False) == []
    assert [told.split(", ")[0] for _, told in staged(exchanged=True)] == [
        "a curve that is being drawn is at row 9 of right",
        "a curve that is being drawn is at row 5 of too-big",
    ]


def of_never_zeroed(row: float, change: Callable[[HeldCompass], object] = lambda dial: None) -> list[tuple[str, str]]:
    """What is found of a compass that is never wiped, at a row, once something was done to it."""

    def build(scene: Staged) -> list[Any]:
        dial = HeldCompass(Progress(scene.run("never-zeroed"), row), 2.0)
        change(dial)
        return [dial]

    return faults(Instruments(), build)


@pytest.mark.parametrize("row", [0, 3, 3.7, 60])
def test_a_compass_that_holds_what_was_recorded_passes(row: float) -> None:
    assert of_never_zeroed(row) == []


def test_a_compass_that_holds_another_reading_is_caught() -> None:
    def other(dial: HeldCompass) -> None:
        dial._grads = np.roll(dial._grads, 1, axis=0)

    def fewer(dial: HeldCompass) -> None:
        chain = dial._chain
        dial._chain = lambda row: chain(row)[1:]  # type: ignore[method-assign]

    assert "elsewhere than never-zeroed.grads[3]" in of_never_zeroed(3, other)[0][1]
    assert "shows 3 old readings, and never-zeroed has made 4" in of_never_zeroed(3, fewer)[0][1]


@pytest.mark.parametrize(("gain", "count"), [(1.0, 0), (-1.0, 1), (0.5, 1)])
def test_a_wall_of_slopes_is_held_against_the_recording(gain: float, count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        wall = SlopeWall(scene.run("gradient-100").slopes[0])
        wall._values = wall._values * gain
        wall.shown.set_value(1)
        return [wall]

    assert len(faults(Instruments(), build)) == count


@pytest.mark.parametrize(("aside", "count"), [(0.0, 0), (0.5, 1)])
def test_a_pin_points_at_what_the_radio_is_set_to(aside: float, count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        mountain = scene.mountain()
        return [mountain, Pin(mountain, (1.0 + aside, 2.0)), Radio((1.0, 2.0))]

    assert len(faults(Instruments(), build)) == count


@pytest.mark.parametrize(
    ("off", "found"),
    [(0, []), (-1, [("reading", "a read-out shows row 4 of right, beside a number that says row 5")])],
)
def test_a_loss_beside_its_epoch_is_of_that_row(off: int, found: list[tuple[str, str]]) -> None:
    def staged(scene: Staged) -> list[Any]:
        run, progress = scene.run("right"), Progress(scene.run("right"), 5)
        epoch = Readout(lambda: f"epoch {sourced(progress.row, f'the row of {run.label} that is shown')}")
        return [epoch, Readout(lambda: f"loss {run.losses[progress.row + off]:.4f}")]

    assert faults(Instruments(), staged) == found
