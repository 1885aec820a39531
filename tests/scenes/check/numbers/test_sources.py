"""The check of numbers: what is typed is caught; what is recorded passes. The films pass in test_report."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import LEFT, UP, DecimalNumber, FadeIn, MathTypst, Rectangle, Text

from descent_core.library import recording
from descent_core.recordings.trajectory import Trajectory
from descent_core.training import update_rules
from scenes.check.check import watch
from scenes.check.numbers.sources import Truth
from scenes.parts import CodePanel, LossCurve, Scorecard, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import NumberSources, find_numbers, in_words, note_source
from scenes.stage.traced_run import constant, sourced, traced


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0.06, from 2.007", ["0.06", "2.007"]),
        ("(+0.12, -0.30)", ["+0.12", "-0.30"]),
        ("−0.04", ["-0.04"]),
        ("1,000 knobs", ["1,000"]),
        ("10, 20", ["10", "20"]),
        ("Two hikers, a thousand knobs", ["two", "thousand"]),
        ("someone often weighs zero_ and one", []),
        ("lr=0.1, 1e-05, 10⁻⁸", ["0.1", "1e-05", "10⁻⁸"]),
        ("coeffs2, x.1, v1_0", []),
        ("3-4", ["3", "4"]),
        ("51.", ["51"]),
    ],
)
def test_numbers_are_found_with_their_signs_in_digits_and_in_words(text: str, found: list[str]) -> None:
    assert find_numbers(text) == found


def test_each_value_of_a_recording_names_its_field() -> None:
    run = traced(recording("right"))
    plain = recording("right")
    assert run.same_arrays(plain)
    values: list[tuple[Any, str, Any]] = [
        (run.losses[-1], "right.losses[60]", plain.losses[-1]),
        (run.losses[np.int64(3)], "right.losses[3]", plain.losses[3]),
        (run.slopes[2, 1], "right.slopes[2, 1]", plain.slopes[2, 1]),
        (run.slopes[-1][0], "right.slopes[60, 0]", plain.slopes[60, 0]),
        (next(iter(run.coeffs[4:6][1])), "right.coeffs[5, 0]", plain.coeffs[5, 0]),
        (run.losses[10:0:-2][1], "right.losses[8]", plain.losses[8]),
        (run.step_lengths[7], "right.step_lengths[7]", plain.step_lengths[7]),
        (run.lr, "right.lr", plain.lr),
        (run.steps, "right.steps", plain.steps),
        (run.dimensions, "right.dimensions", plain.dimensions),
    ]
    for value, source, number in values:
        assert value == number
        assert value.source == source


def test_a_copy_of_a_value_is_the_same_field() -> None:
    run = traced(recording("right"))
    values: list[Any] = [run.losses[3], run.steps]
    for value in values:
        for twin in (copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
            assert (twin, twin.source) == (value, value.source)


@pytest.mark.parametrize(
    "computed",
    [
        lambda run: run.losses[3] * 2,
        lambda run: -run.slopes[0, 0],
        lambda run: run.losses.max(),
        lambda run: (run.losses - 1)[3],
        lambda run: run.losses[[1, 2]][0],
        lambda run: run.losses[run.losses > 1][0],
        lambda run: run.coeffs.T[0][0],
        lambda run: run.steps + 1,
        lambda run: float(run.lr),
    ],
)
def test_what_is_computed_from_a_recording_is_no_field_of_it(computed: Callable[[Trajectory], Any]) -> None:
    assert not getattr(computed(traced(recording("right"))), "source", "")


def untraced(text: Callable[[Trajectory], str]) -> list[str]:
    """What is found in a text that a scene makes of a recording."""
    ledger = NumberSources()
    with ledger.open():
        return list(ledger.show("screen", text(traced(recording("right")))).untraced)


def test_a_formatted_field_has_a_source_and_a_typed_number_has_none() -> None:
    assert untraced(lambda run: f"{run.losses[-1]:.2f} after {run.steps} steps of {run.lr:g}") == []
    assert untraced(lambda run: "{:+.2f} and {:+.2f}".format(*run.slopes[3])) == []
    assert untraced(lambda run: "0.06 after 60 steps") == ["0.06", "60"]
    assert untraced(lambda run: f"{run.losses[-1] * 2:.2f}") == ["0.12"]
    assert untraced(lambda run: f"{sourced(run.losses[-1] * 2, 'twice right.losses[60]'):.2f}") == []
    assert untraced(lambda run: f"part {constant(4, 'its place')}") == []
    assert untraced(lambda run: f"{in_words(run.dimensions)} knobs") == []
    assert untraced(lambda run: "two knobs") == ["two"]


def test_a_sign_is_part_of_a_number() -> None:
    slope = recording("right").slopes[0, 0]
    assert slope < 0
    assert untraced(lambda run: f"{run.slopes[0, 0]:.3f}") == []
    assert untraced(lambda run: f"{run.slopes[0, 0]:.3f}"[1:]) == [f"{-slope:.3f}"]


def test_a_number_that_was_formatted_for_one_text_does_not_vouch_for_another() -> None:
    ledger = NumberSources()
    with ledger.open():
        ledger.show("screen", f"loss {note_source('0.06', 'right.losses[60]')}")
        assert ledger.show("screen", "typed: 0.06").untraced == ("0.06",)
        assert ledger.show("screen", "loss 0.06").untraced == ()  # the same again


def found(build: Callable[[Any], list[Any]]) -> list[str]:
    """What the gate for numbers finds in a scene of a few things."""

    class Shown(ExplainerScene):
        def construct(self) -> None:
            self.add(*build(self))
            self.play(FadeIn(Rectangle(width=0.1, height=0.1).to_corner(UP + LEFT, buff=2), run_time=1))

    return [fault.words for fault in looked_at(Shown).faults.values()]


def looked_at(scene_class: type[ExplainerScene]) -> Truth:
    gate = Truth()
    watch(scene_class, [gate])
    return gate


def test_numbers_of_recordings_on_screen_pass() -> None:
    assert found(lambda scene: [words(f"{scene.run('right').losses[3]:.3f}")]) == []
    assert found(lambda scene: [Scorecard(lambda: f"{scene.run('right').losses[5]:.3f}")]) == []
    assert found(lambda scene: [LossCurve(scene.run("right"))]) == []
    assert found(lambda scene: [CodePanel(update_rules.step, scene.run("right"))]) == []
    assert found(lambda scene: [CodePanel(update_rules.step, scene.run("gradient-10"))]) == []
    assert found(lambda scene: [CodePanel(scene.listing("gradient-reading"), output=True)]) == []


@pytest.mark.parametrize(
    "typed",
    [
        lambda: words("loss 0.058"),
        lambda: words("three steps"),
        lambda: Scorecard("0.058"),
        lambda: Text("0.058"),
        lambda: DecimalNumber(0.058, num_decimal_places=3, mob_class=MathTypst),
        lambda: MathTypst("x = 0.058"),
    ],
)
def test_a_number_typed_into_a_scene_is_caught(typed: Callable[[], Any]) -> None:
    assert len(found(lambda scene: [typed()])) >= 1


def test_a_number_typed_into_the_narration_is_caught() -> None:
    class Said(ExplainerScene):
        def construct(self) -> None:
            run = self.run("right")
            with self.say(f"After {run.steps} steps the loss is 0.06."):
                self.add(words("a walk"))

    gate = looked_at(Said)
    assert [fault.words for fault in gate.faults.values()] == ["After 60 steps the loss is 0.06."]
    assert "0.06 is no field" in str(*gate.faults.values())
    assert gate.traced == 1


def test_what_is_spoken_otherwise_than_shown_is_looked_at_too() -> None:
    class Said(ExplainerScene):
        def construct(self) -> None:
            with self.say("A few steps.", spoken="Seven steps."):
                self.add(words("a walk"))

    assert [fault.words for fault in looked_at(Said).faults.values()] == ["Seven steps."]


def test_the_ledger_tells_a_count_down_as_one_entry() -> None:
    ledger, run = NumberSources(), traced(recording("right"))
    with ledger.open():
        for row in range(4):
            ledger.show("screen", f"loss {run.losses[row]:.3f}")
        ledger.show("voice", f"{run.steps} steps")
    falling, said = json.loads(json.dumps(ledger.entries()))
    assert falling["times"] == 4
    assert list(falling["first"]["numbers"].values()) == ["right.losses[0]"]
    assert list(falling["last"]["numbers"].values()) == ["right.losses[3]"]
    assert said == {"where": "voice", "text": "60 steps", "numbers": {"60": "right.steps"}}


def test_numbers_in_words_are_numbers() -> None:
    assert find_numbers("A dozen steps, half of them twice, and a quarter; hundreds of knobs") == [
        "dozen",
        "half",
        "twice",
        "quarter",
        "hundreds",
    ]
    assert untraced(lambda run: "half of the way") == ["half"]
    assert untraced(lambda run: f"{in_words(sourced(0.5, 'half of it'))} of the way") == []
    assert untraced(lambda run: f"a {in_words(constant(12, 'as many as that'))}") == []


def said_later(*, beat: bool) -> list[str]:
    """What is found where a number is put into words, not shown, and typed: in the next beat, or in the same."""

    class Later(ExplainerScene):
        def construct(self) -> None:
            self.beat("the first")
            never_shown = f"{self.run('right').steps} steps"
            self.add(words("a walk"))
            if beat:
                self.beat("the second")
            with self.say("After 60 steps."):
                self.wait(0.5)
            del never_shown

    return [fault.words for fault in looked_at(Later).faults.values()]


def test_what_was_never_shown_is_forgotten_with_its_beat() -> None:
    assert said_later(beat=True) == ["After 60 steps."]
    assert said_later(beat=False) == []


def test_a_note_is_good_for_one_number() -> None:
    assert untraced(lambda run: f"{run.steps} steps, and 60 more") == ["60"]
    assert untraced(lambda run: f"{run.steps} steps, and {run.steps} more") == []


def test_numbers_that_read_the_same_keep_each_their_own_source() -> None:
    ledger, run = NumberSources(), traced(recording("right"))
    other = traced(recording("too-small"))
    with ledger.open():
        shown = ledger.show("voice", f"{run.steps} steps, {other.steps} steps")
    assert [source for _, source in shown.sources] == ["right.steps", "too-small.steps"]


def test_a_card_that_is_read_again_and_again_vouches_for_nothing_typed() -> None:
    class Typed(ExplainerScene):
        def construct(self) -> None:
            run = self.run("right")
            self.beat("a card")
            self.add(Scorecard(lambda: f"{run.losses[5]:.3f}"))
            self.wait(0.5)
            with self.say(f"It is {recording('right').losses[5]:.3f}."):
                self.wait(0.5)

    assert len(looked_at(Typed).faults) == 1


def test_what_is_spoken_has_the_sources_of_what_is_shown() -> None:
    class Said(ExplainerScene):
        def construct(self) -> None:
            steps = self.run("right").steps
            with self.say(f"After {steps} steps.", spoken=f"After all {steps} steps."):
                self.add(words("a walk"))

    assert looked_at(Said).faults == {}
