"""Rows that change while nobody can see it are caught; those that are walked, or begun anew, are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import DOWN, LEFT, UP

from scenes.check.picture.unseen import Unseen
from scenes.parts import LossCurve, Progress, Scorecard
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme
from tests.scenes.check.found import faults


class Board:
    """A curve and a card of a run at row 4, and a word that comes and goes."""

    def __init__(self, scene: ExplainerScene) -> None:
        self.scene, run = scene, scene.run("right")
        self.progress = Progress(run, 4)
        self.card = Scorecard(lambda: f"{run.losses[self.progress.row]:.3f}").shift(LEFT * 3)
        self.word = words("a word", theme.heading).shift(UP * 2)
        scene.open(LossCurve(self.progress).shift(DOWN), self.card)

    def jump(self) -> None:
        self.progress.clock.set_value(30)


def between_two_animations(board: Board) -> None:
    board.scene.enter(board.word)
    board.jump()
    board.scene.leave(board.word)


def while_something_fades(board: Board) -> None:
    board.scene.play(fade_in(board.word), board.progress.to(30, run_time=0.5), run_time=0.5)


def while_it_is_gone_itself(board: Board) -> None:
    board.scene.play(fade_out(board.card), run_time=0.5)
    board.jump()
    board.scene.play(fade_in(board.card), run_time=0.5)
    board.scene.wait(0.5)


@pytest.mark.parametrize("defect", [between_two_animations, while_something_fades, while_it_is_gone_itself])
def test_a_row_that_changes_unseen_is_caught(defect: Callable[[Board], Any]) -> None:
    found = faults(Unseen(), lambda scene: defect(Board(scene)))
    assert found
    assert all(fault.startswith("jump: right: ") and "from row 4 to row 30" in fault for fault in found)


def walked(board: Board) -> None:
    board.scene.play(board.progress.to(30, run_time=3))
    board.scene.play(fade_in(board.word), board.progress.to(32, run_time=1))


def another_time(board: Board) -> None:
    board.scene.leave(*board.scene.mobjects)
    board.scene.wait(4)
    board.jump()
    board.scene.enter(board.card)


@pytest.mark.parametrize("harmless", [walked, another_time])
def test_a_row_that_is_walked_or_begun_anew_passes(harmless: Callable[[Board], Any]) -> None:
    assert faults(Unseen(), lambda scene: harmless(Board(scene))) == []
