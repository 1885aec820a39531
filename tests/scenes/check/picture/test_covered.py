"""What lies under a plate as long as it is there is caught; what slides under one, or was there before it, is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import RIGHT, Circle, RoundedRectangle, VGroup

from scenes.check.picture.covered import Covered
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.theme import theme
from tests.scenes.check.found import faults


def card() -> RoundedRectangle:
    return RoundedRectangle(width=4, height=3, fill_color=theme.panel, fill_opacity=1)


def head() -> Circle:
    return Circle(radius=0.5, fill_color=theme.quiet, fill_opacity=1)


def a_card_over_a_head(scene: ExplainerScene) -> None:
    scene.open(head(), card(), words("a woman", theme.body))
    scene.wait(2)


def a_card_over_a_head_that_both_move(scene: ExplainerScene) -> None:
    both = VGroup(head(), card())
    scene.open(both)
    scene.play(both.animate.shift(2 * RIGHT), run_time=1.5)
    scene.wait(0.5)


@pytest.mark.parametrize("defect", [a_card_over_a_head, a_card_over_a_head_that_both_move])
def test_what_is_never_seen_is_caught(defect: Callable[[ExplainerScene], Any]) -> None:
    (fault,) = faults(Covered(), defect)
    assert fault.startswith("covered: Circle: is there for ")
    assert fault.endswith("a plate lies over it all the while")


def a_head_on_a_card(scene: ExplainerScene) -> None:
    scene.open(card(), head())
    scene.wait(2)


def a_card_that_comes_over_a_head(scene: ExplainerScene) -> None:
    scene.open(head())
    scene.enter(card())
    scene.wait(2)


def a_head_that_comes_out(scene: ExplainerScene) -> None:
    hidden = head()
    scene.open(hidden, card())
    scene.wait(1.5)
    scene.play(hidden.animate.shift(3 * RIGHT), run_time=1)


def a_card_one_sees_through(scene: ExplainerScene) -> None:
    scene.open(head(), card().set_fill(opacity=0.5))
    scene.wait(2)


@pytest.mark.parametrize(
    "harmless", [a_head_on_a_card, a_card_that_comes_over_a_head, a_head_that_comes_out, a_card_one_sees_through]
)
def test_what_is_seen_at_some_moment_passes(harmless: Callable[[ExplainerScene], Any]) -> None:
    assert faults(Covered(), harmless) == []
