"""The check of captions: a number called what it is not, and two runs compared at two rows, are caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import DOWN, RIGHT, VGroup

from scenes.check.spoken.captions import Captions
from scenes.parts import words
from scenes.stage.traced_run import sourced
from tests.scenes.check.wiring.staged import Staged, faults


def found(build: Callable[[Staged], Any]) -> list[str]:
    return [what for _, what in faults(Captions(), lambda scene: [build(scene)])]


def table(scene: Staged, names: tuple[str, str], fields: tuple[str, str]) -> VGroup:
    """Two columns of four rows of ``never-zeroed``, under their headings."""
    run = scene.run("never-zeroed")
    rows = [VGroup(*(words(name) for name in names)).arrange(RIGHT, buff=2)]
    for t in range(4):
        cells = VGroup(*(words(f"{getattr(run, name)[t, 0]:+.2f}") for name in fields))
        for cell, head in zip(cells, rows[0], strict=True):
            cell.match_x(head).set_y(-0.5 - 0.5 * t)
        rows.append(cells)
    return VGroup(*rows)


def test_under_a_heading_stands_what_it_names() -> None:
    names = ("new reading", "coeffs.grad holds")
    assert found(lambda scene: table(scene, names, ("slopes", "grads"))) == []
    assert found(lambda scene: table(scene, ("before", "after"), ("slopes", "slopes"))) == []
    assert found(lambda scene: table(scene, names, ("slopes", "slopes"))) == ["calls never-zeroed.slopes[0, 0] 'grad'"]
    assert found(lambda scene: table(scene, ("the loss", "coeffs.grad holds"), ("slopes", "grads"))) == [
        "calls never-zeroed.slopes[0, 0] 'loss'"
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (lambda run: f"loss {run.losses[3]:.2f}", ""),
        (lambda run: f"lr = {run.lr:g}, {run.steps} steps", ""),
        (lambda run: f"the loss falls from {run.losses[0]:.2f} to {run.losses[-1]:.2f}", ""),
        (lambda run: f"a slope of {run.slopes[3, 0]:.2f}", ""),
        (lambda run: f"loss {run.slopes[3, 0]:.2f}", "calls right.slopes[3, 0] 'loss'"),
        (lambda run: f"loss: {run.steps}", "calls right.steps 'loss'"),
        (lambda run: f"lr = {run.losses[3]:.3f}", "calls right.losses[3] 'lr'"),
    ],
)
def test_a_number_is_what_the_word_before_it_calls_it(text: Callable[[Any], str], wrong: str) -> None:
    assert found(lambda scene: words(text(scene.run("right")))) == ([wrong] if wrong else [])

    def said(scene: Staged) -> None:
        with scene.say(text(scene.run("right"))):
            scene.pause()

    assert [what for _, what in faults(Captions(), said)] == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [(10, 10, False), (0, 0, False), (-1, -1, False), (10, 41, True), (41, -1, True)],
)
def test_two_runs_are_compared_at_one_row_or_at_their_ends(first: int, second: int, wrong: bool) -> None:
    def note(scene: Staged) -> VGroup:
        one, other = scene.run("zeroed"), scene.run("too-small")
        numbers = [words(f"{one.losses[first]:.3f}"), words(f"{other.losses[second]:.3f}")]
        return VGroup(*numbers).arrange(DOWN)

    assert bool(found(note)) == wrong

    def said(scene: Staged) -> None:
        one, other = scene.run("zeroed"), scene.run("too-small")
        with scene.say(f"It is at {one.losses[first]:.3f}, against {other.losses[second]:.3f}."):
            scene.pause()

    assert bool(faults(Captions(), said)) == wrong


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [(("tail_range[0]", "tail_range[1]"), False), (("lowest_loss", "first_loss"), True), (("lowest_loss", ""), True)],
)
def test_what_a_loss_swings_between_to_the_end_is_of_its_end(fields: tuple[str, str], wrong: bool) -> None:
    def said(scene: Staged) -> None:
        scene.run("right")
        low, high = (
            sourced(value, f"ground.verdicts.right.{name}") for value, name in zip((1.5, 2.5), fields, strict=True)
        )
        with scene.say(f"To the end, the loss swings between {low:g} and {high:g}."):
            scene.pause()

    assert bool(faults(Captions(), said)) == wrong
