"""Named: what an instrument shows is what it is for, and a number alone is what the name beside or above it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import DOWN, RIGHT, VGroup

from scenes.check.spoken.named import Named
from scenes.parts import Compass, KnobWall, Radio, Scorecard, words
from scenes.parts.words import swatch
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults


def found(build: Callable[[Staged], Any]) -> list[str]:
    return [what for rule, what in faults(Named(), lambda scene: [build(scene)]) if rule == "field"]


@pytest.mark.parametrize(
    ("build", "wrong"),
    [
        (lambda run: Scorecard(lambda: f"{run.losses[3]:.3f}"), ""),
        (lambda run: Scorecard(lambda: f"{run.slopes[3, 0]:.3f}"), "a Scorecard shows right.slopes[3, 0], no loss"),
        (lambda run: Compass(lambda: run.slopes[3]), ""),
        (lambda run: Compass(lambda: run.grads[3]), ""),
        (lambda run: Compass(lambda: run.coeffs[3]), "a Compass shows right.coeffs[3], which is none of"),
        (lambda run: Radio(lambda: run.coeffs[3]), ""),
        (lambda run: Radio(lambda: run.slopes[3]), "a Radio shows right.slopes[3], which is none of coeffs and tries"),
        (lambda run: KnobWall(lambda: run.coeffs[3]), ""),
        (
            lambda run: KnobWall(lambda: run.grads[3]),
            "a KnobWall shows right.grads[3], which is none of coeffs and tries",
        ),
    ],
)
def test_an_instrument_shows_what_it_is_for(build: Callable[[Any], Any], wrong: str) -> None:
    assert [what.startswith(wrong) for what in found(lambda scene: build(scene.run("right")))] == (
        [True] if wrong else []
    )


@pytest.mark.parametrize("side", [RIGHT, DOWN])
@pytest.mark.parametrize(
    ("name", "number", "wrong"),
    [
        ("at the end: ends at", lambda run: f"{run.losses[-1]:.2f}", False),
        ("it ends at", lambda run: f"{run.losses[0]:.2f}", True),
        ("starts at", lambda run: f"{run.losses[0]:.2f}", False),
        ("starts at", lambda run: f"{run.losses[1]:.3f}", True),
        ("learning rate", lambda run: f"{run.lr:g}", False),
        ("learning rate", lambda run: f"{run.losses[4]:.2f}", True),
        ("knob 0", lambda run: f"{run.slopes[4, 0]:+.2f}", False),
    ],
)
def test_a_number_alone_is_what_stands_to_its_left_or_above(name: str, number: Any, wrong: bool, side: Any) -> None:
    def build(scene: Staged) -> VGroup:
        return VGroup(words(name), words(number(scene.run("right")))).arrange(side, buff=0.3)

    assert bool(found(build)) == wrong


def test_a_number_that_is_said_is_what_the_words_beside_it_call_it() -> None:
    def said(row: int) -> list[str]:
        def build(scene: Staged) -> None:
            with scene.say(f"It ends at {scene.run('right').losses[row]:.2f}."):
                scene.pause()

        return [what for _, what in faults(Named(), build)]

    assert said(-1) == []
    assert [what.split(",")[0] for what in said(0)] == ["calls right.losses[0]"]


@pytest.mark.parametrize(
    ("name", "label", "wrong"),
    [
        ("too small", "too-small", False),
        ("too big", "too-small", True),
        ("Too big,  lr 1.4", "too-small", True),
        ("not too big", "too-small", False),
        ("right", "too-big", True),
    ],
)
def test_a_row_of_a_legend_that_is_called_as_a_run_is_of_that_run(name: str, label: str, wrong: bool) -> None:
    def build(scene: Staged) -> list[Any]:
        runs = {each: scene.run(each) for each in ("right", "too-small", "too-big")}
        return [swatch(name, theme.right, run=runs[label])]

    assert [rule for rule, _ in faults(Named(), build) if rule == "who"] == (["who"] if wrong else [])


@pytest.mark.parametrize(
    ("name", "label", "wrong"),
    [
        ("wild", "darts-wild", False),
        ("wild", "darts-timid", True),
        ("far too timid", "darts-wild", True),
        ("just right", "darts", False),
        ("just right", "darts-wild", False),  # nothing that only another is called
        ("the darts of the wild one", "darts", True),
    ],
)
def test_a_row_of_a_legend_that_is_called_by_a_word_of_a_label_is_of_that_run(
    name: str, label: str, wrong: bool
) -> None:
    def build(scene: Staged) -> list[Any]:
        runs = {each: scene.run(each) for each in ("darts-timid", "darts", "darts-wild")}
        return [swatch(name, theme.right, run=runs[label])]

    assert [rule for rule, _ in faults(Named(), build) if rule == "who"] == (["who"] if wrong else [])


@pytest.mark.parametrize("side", [RIGHT, DOWN])
@pytest.mark.parametrize(
    ("number", "unit", "wrong"),
    [
        (lambda run: f"{run.dimensions:,}", "knobs", False),
        (lambda run: f"{run.steps:,}", "knobs", True),
        (lambda run: f"{run.steps}", "steps", False),
        (lambda run: f"{run.losses[3]:.2f}", "steps", True),
        (lambda run: f"{run.losses[3]:.2f}", "metres", False),
    ],
)
def test_a_number_alone_counts_what_stands_behind_it_or_under_it(
    number: Any, unit: str, wrong: bool, side: Any
) -> None:
    def build(scene: Staged) -> VGroup:
        return VGroup(words(number(scene.run("right"))), words(unit)).arrange(side, buff=0.2)

    assert bool(found(build)) == wrong
