"""The check of values: a number that is not what its source says, or a constant that no longer holds, is caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from manim import DOWN

from descent_core.recordings.evidence import Evidence, ExpectedLoss
from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import watch
from scenes.check.numbers.fields import field_of, shows
from scenes.check.numbers.values import Values
from scenes.parts import Scorecard, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import note_source
from scenes.stage.traced_run import constant, sourced


def held(text: Callable[[Trajectory], str]) -> Values:
    """The check, once it has seen a text that is made of a recording."""

    class Shown(ExplainerScene):
        def construct(self) -> None:
            self.add(words(text(self.run("right"))), Scorecard(f"{self.run('right').losses[3]:.3f}").shift(DOWN * 2))
            self.wait(0.5)

    check = Values()
    watch(Shown, [check])
    return check


def found(text: Callable[[Trajectory], str]) -> list[tuple[str, str]]:
    return [(fault.rule, fault.found) for fault in held(text).faults.values()]


@pytest.mark.parametrize(
    "text",
    [
        lambda run: f"{run.losses[-1]:.2f} after {run.steps} steps of {run.lr:g}",
        lambda run: f"{run.losses[0]:.0f}, {run.losses[-1]:.3g}, {run.slopes[0, 1]:+.4f}, {run.losses[-1]:.2e}",
        lambda run: f"about {sourced(round(run.losses[-1] * 3), 'three times the last loss, about')}",
    ],
)
def test_numbers_that_are_their_fields_pass(text: Callable[[Trajectory], str]) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (lambda run: note_source("0.07", "right.losses[60]"), "0.07 is not right.losses[60], which is 0.057"),
        (lambda run: note_source("0.058", "right.losses[0]"), "0.058 is not right.losses[0], which is 2.0"),
        (lambda run: f"{sourced(run.steps + 1, 'right.steps')} steps", "61 is not right.steps, which is 60"),
        (lambda run: f"{sourced(-run.lr, 'right.lr'):g}", "-0.3 is not right.lr, which is 0.3"),
    ],
)
def test_a_number_that_is_not_its_field_is_caught(text: Callable[[Trajectory], str], fault: str) -> None:
    ((rule, told),) = found(text)
    assert rule == "value"
    assert told.startswith(fault)


def drawn(text: Callable[[Trajectory], str], *, said: bool = False, chance: bool = True) -> list[str]:
    """What is found of a text of a run on a loss with chance in it, or on one without, that is shown or said."""
    expected = ExpectedLoss((0, 2), (3.0, 2.0), draws=32, spread=0.4) if chance else None
    run = Trajectory(
        "noisy",
        [[2.0], [1.0], [0.5]],
        [3.4, 2.6, 1.7],
        [[1.0]] * 3,
        [[1.0]] * 2,
        0.5,
        None,
        Evidence(expected=expected),
    )

    class Shown(ExplainerScene):
        runs: ClassVar[dict[str, str | Trajectory]] = {"noisy": run}

        def construct(self) -> None:
            given = self.run("noisy")
            if said:
                with self.say(text(given)):
                    self.wait(0.5)
            else:
                self.add(words(text(given)))
                self.wait(0.5)

    check = Values()
    watch(Shown, [check])
    return [f"{fault.rule}: {fault.found}" for fault in check.faults.values()]


@pytest.mark.parametrize("said", [False, True])
@pytest.mark.parametrize(("row", "number", "expected"), [(0, "3.4", "3"), (1, "2.6", "2.5"), (-1, "1.7", "2")])
def test_a_single_draw_of_a_loss_with_chance_in_it_is_caught(row: int, number: str, expected: str, said: bool) -> None:
    (found,) = drawn(lambda run: f"It is at {run.losses[row]:.1f} there.", said=said)
    at = row % 3
    assert found == (
        f"draw: {number} is noisy.losses[{at}], a single draw of a loss with chance in it; "
        f"what is expected is noisy.expected_losses[{at}], {expected}"
    )


def test_an_expected_loss_a_draw_that_is_called_one_and_a_loss_without_chance_pass() -> None:
    assert drawn(lambda run: f"It is at {run.expected_losses[1]:.1f} there, after {run.steps} steps.") == []
    assert drawn(lambda run: f"A single draw: {run.losses[1]:.1f}") == []
    assert drawn(lambda run: f"The loss of this minibatch is {run.losses[1]:.1f}.", said=True) == []
    assert drawn(lambda run: f"It is at {run.losses[1]:.1f} there.", chance=False) == []


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (lambda run: constant(4, "its place", equals=4), None),
        (lambda run: constant(5, "its place", equals=4), "5 is no longer what its reason says: that is 4"),
        (lambda run: constant(1, "still high by then", holds=lambda row: run.losses[row] > 1), None),
        (
            lambda run: constant(40, "still high by then", holds=lambda row: run.losses[row] > 1),
            "40, and its reason is",
        ),
        (lambda run: constant(7, "a number that nobody can check"), None),
    ],
)
def test_a_constant_is_held_against_its_reason_and_listed(
    given: Callable[[Trajectory], Any], fault: str | None
) -> None:
    check = held(lambda run: f"no. {given(run)}")
    assert [told.found[: len(fault or "")] for told in check.faults.values()] == ([fault] if fault else [])
    (line,) = check.constants
    assert ("held against" in line) is ("nobody" not in line)


@pytest.mark.parametrize(
    ("number", "value", "right"),
    [
        ("1.23e6", 1234567.0, True),
        ("1.24e6", 1234567.0, False),
        ("10⁻⁸", 1e-8, True),
        ("1,000", 1000, True),
        ("dozen", 12, True),
        ("half", 0.25, False),
        ("0", 1e-12, True),
        ("100", 96, False),
    ],
)
def test_a_number_shows_a_value_to_as_many_digits_as_it_has(number: str, value: float, right: bool) -> None:
    assert shows(number, value) is right


def test_what_is_no_field_of_a_run_is_none() -> None:
    assert field_of("a constant: its place in the series") is None
    assert field_of("a mark of the axis 'loss'") is None
    assert field_of(None) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (lambda run: f"{sourced(run.steps / 2, 'half of right.steps'):g}", False),
        (lambda run: f"{sourced(run.steps / 3, 'half of right.steps'):g}", True),
        (lambda run: f"{sourced(round(float(run.losses[-1]), 4), 'right.losses[-1] to four digits')}", False),
        (lambda run: f"{sourced(round(float(run.losses[20]), 4), 'right.losses[-1] to four digits')}", True),
        (lambda run: f"{sourced(run.losses[0] - run.losses[9], 'right.losses[0] minus right.losses[9]'):.3f}", False),
        (lambda run: f"{sourced(run.losses[0] - run.losses[8], 'right.losses[0] minus right.losses[9]'):.3f}", True),
    ],
)
def test_what_was_worked_out_is_what_its_source_says(text: Callable[[Trajectory], str], wrong: bool) -> None:
    assert [rule for rule, _ in found(text)] == (["value"] if wrong else [])


@pytest.mark.parametrize(("other", "wrong"), [("", False), ("one", True)])
def test_what_a_listing_left_is_what_it_left(other: str, wrong: bool) -> None:
    class Shown(ExplainerScene):
        def construct(self) -> None:
            listing = self.listing("step")
            index = listing.line_of("backward")
            source = f"what line {index + 1} of {listing.name} left in .grad"
            self.add(words(note_source("tensor([7.5, 7.5])" if other else listing.values[index], source)))
            self.wait(0.5)

    check = Values()
    watch(Shown, [check])
    assert bool(check.faults) == wrong
