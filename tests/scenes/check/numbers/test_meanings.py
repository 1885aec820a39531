"""What words say of the numbers beside them: right where the run says so too, caught where it does not."""

from __future__ import annotations

import numpy as np
import pytest

from descent_core.explore.verdict import read_verdict
from descent_core.recordings.trajectory import Trajectory
from scenes.check.numbers.meanings import all_wrong
from scenes.check.numbers.placed import placed_numbers
from scenes.stage.number_sources import NumberSources
from scenes.stage.traced_run import constant, sourced, traced

#: Ten steps down to 1, there after six of them within a hundredth; and one that went to 2 and left again.
LOSSES = np.array([9.0, 6.0, 4.0, 2.5, 1.6, 1.2, 1.05, 1.02, 1.01, 1.005, 1.0])
SLOPES = np.stack([np.linspace(-3, -0.1, 11), np.linspace(2, 0.1, 11)], axis=1)
HELD = np.cumsum(SLOPES[:-1], axis=0)
DOWN = Trajectory("down", np.linspace([4.0, 2.0], [1.0, 0.5], 11), LOSSES, SLOPES, HELD, lr=0.25)
AWAY = Trajectory("away", np.ones((5, 2)), [4.0, 3.0, 2.0, 7.0, 8.0], np.ones((5, 2)), np.ones((4, 2)), lr=0.5)
RUNS = {"down": DOWN, "away": AWAY}


def found(text: str) -> list[str]:
    """What is found of a text in which ``{…}`` are evaluated with the runs at hand, as a scene would."""
    sources = NumberSources()
    verdict = read_verdict(DOWN)
    with sources.open():
        names = {
            "run": traced(DOWN),
            "away": traced(AWAY),
            "settled": sourced(verdict.settled_after, "ground.verdicts.down.settled_after"),
            "lowest_after": sourced(2, "ground.verdicts.away.lowest_after"),
            "lowest_loss": sourced(2.0, "ground.verdicts.away.lowest_loss"),
            "last_loss": sourced(8.0, "ground.verdicts.away.last_loss"),
            "first_loss": sourced(4.0, "ground.verdicts.away.first_loss"),
            "row": constant(3, "a step on the way"),
        }
        said = eval(f"f{text!r}", {}, names)
        shown = sources.show("voice", said)
    return list(all_wrong(list(placed_numbers(shown)), RUNS))


RIGHT = [
    "It starts at {run.losses[0]:.2f}, and it ends at {run.losses[-1]:.2f}.",
    "The score's stuck at {run.losses[-1]:.2f}, and no lower.",
    "It ends at {run.losses[9]:.1f}.",  # reads as the last does
    "The lowest is {away.losses[2]:g}, and it ends at a loss of {away.losses[-1]:g}.",
    "After {run.steps} steps, the score is down to {run.losses[-1]:.2f}.",
    "From {run.losses[0]:g} to {run.losses[3]:g} in {row} steps.",
    "It came to rest after {settled} steps, at a loss of {run.losses[-1]:g}.",
    "It had come down to {lowest_loss:g} after {lowest_after} steps, and left again: it ends at {last_loss:g}.",
    "It ends higher than it began, {last_loss:g} after {first_loss:g}.",
    "With {run.dimensions} knobs, and a learning rate of {run.lr:g}, {run.steps} tries.",
    "lr {run.lr:g}: converged, loss {run.losses[-1]:g}",
    "Then it's back up at {away.losses[3]:g}.",
    "A slope of {run.slopes[2, 0]:.2f}; coeffs.grad holds {run.grads[2, 0]:.2f}.",
    "The loss no. {row} is {run.losses[3]:g}.",
    "It looks faster: {run.losses[1]:g}, against {away.losses[3]:g}.",
    "It is back up at {away.losses[3]:g}, and the other one is down to {run.losses[3]:g}.",
    "Nothing is said of {run.losses[4]:g} here, nor of {run.coeffs[2, 1]:g}.",
]
WRONG = [
    ("It ends at {run.losses[0]:.2f}.", "calls down.losses[0], 9.00, the last of down.losses, which is 1"),
    ("It starts at {run.losses[-1]:.2f}.", "calls down.losses[10], 1.00, the first of down.losses, which is 9"),
    ("The score's stuck at {run.losses[4]:.2f}.", "calls down.losses[4], 1.60, the last of down.losses, which is 1"),
    ("Knob 0 ends at {run.coeffs[0, 0]:g}.", "calls down.coeffs[0, 0], 4, the last of down.coeffs, which is 1"),
    ("The lowest is {away.losses[-1]:g}.", "calls away.losses[4], 8, the lowest of away.losses, which is 2"),
    ("It came to rest after {run.steps} steps.", "says that down rests after down.steps, 10, and it does after 6"),
    ("After {run.steps} steps it is at rest.", "says that down rests after down.steps, 10, and it does after 6"),
    ("It was {lowest_loss:g} after {away.steps} steps.", "says away.lowest_loss, 2, after 4 steps, and the loss of"),
    ("From {run.losses[3]:g} to {run.losses[0]:g}.", "goes from down.losses[3] to down.losses[0], which comes before"),
    ("It ends higher than it began, {last_loss:g} after {last_loss:g}.", "says away.last_loss after away.last_loss"),
    ("From {run.losses[0]:g} to {run.losses[-1]:g} in {row} steps.", "says down.losses[10], 1, in 3 steps, and"),
    ("The score is down to {run.losses[0]:g}.", "is down to down.losses[0], 9, and it began at 9"),
    ("Then it's back up at {away.losses[2]:g}.", "is up at away.losses[2], 2, and was never lower"),
    ("It looks faster: {away.losses[3]:g}, against {run.losses[1]:g}.", "says that away.losses[3] is lower than down."),
    ("It is up at {run.losses[4]:g}, and the other down to {away.losses[4]:g}.", "says that down.losses[4] is higher"),
    ("After {run.losses[3]:.0f} steps.", "calls down.losses[3] 'steps'"),
    ("With {run.steps} knobs.", "calls down.steps 'knobs'"),
    ("A learning rate of {run.losses[2]:g}.", "calls down.losses[2] 'learning rate'"),
    ("The slope is {run.grads[2, 0]:.2f}.", "calls down.grads[2, 0] 'slope'"),
    ("coeffs.grad holds {run.slopes[2, 0]:.2f}.", "calls down.slopes[2, 0] 'grad'"),
    ("lr {run.lr:g}: converged, loss {run.losses[0]:g}", "says what became of down with down.losses[0], 9, and"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_run_says_too_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_another_field_or_row_than_the_words_name_is_caught(text: str, told: str) -> None:
    assert [each for each in found(text) if each.startswith(told)]


def test_a_number_reads_the_same_by_another_name_where_the_gradient_is_wiped() -> None:
    wiped = Trajectory("down", DOWN.coeffs, LOSSES, SLOPES, SLOPES[:-1], lr=0.25)
    sources = NumberSources()
    with sources.open():
        shown = sources.show("voice", f"The slope is {traced(wiped).grads[2, 0]:.2f}.")
    assert list(all_wrong(list(placed_numbers(shown)), {"down": wiped})) == []
