"""Lettering: a label on a thing, or beside another than its words name, is caught without a declaration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from manim import DOWN, LEFT, RIGHT, UP, Mobject, VGroup

from scenes.check.telling.lettering import Lettering
from scenes.gradient.shots import BOOTS
from scenes.parts import ArrowRole, Cabin, Compass, GroundArrow, Hiker, Radio, Scorecard
from scenes.parts.words import plate, words
from scenes.stage.naming import set_next_to
from scenes.theme import theme
from tests.scenes.check.staged import faults
from tests.scenes.check.wiring.staged import Staged
from tests.scenes.check.wiring.staged import faults as panel_faults


def label(text: str) -> Mobject:
    return plate(words(text, theme.label))


def panels(place: Callable[[Radio, Scorecard, Mobject], Any], text: str = "loss") -> list[str]:
    """What is found of a word that is placed somehow about a radio and a scorecard."""

    def build(scene: Staged) -> Sequence[Mobject]:
        run = scene.run("right")
        radio = Radio(lambda: run.coeffs[0], width=4).shift(LEFT * 3.5)
        card = Scorecard(lambda: f"{run.losses[0]:.2f}").shift(RIGHT * 3.5)
        word = words(text, theme.body)
        place(radio, card, word)
        return radio, card, word

    return [found for _, found in panel_faults(Lettering(), build)]


def test_a_word_beside_what_it_names_or_by_itself_passes() -> None:
    assert panels(lambda radio, card, word: word.next_to(card, DOWN)) == []
    assert panels(lambda radio, card, word: word.move_to(UP * 3)) == []
    assert panels(lambda radio, card, word: word.next_to(radio, DOWN), "weights") == []


def test_a_word_beside_another_thing_than_it_names_is_caught() -> None:
    (found,) = panels(lambda radio, card, word: word.next_to(radio, DOWN))
    assert found.startswith("stands beside a Radio, and its words name a Scorecard")


def test_a_word_on_a_thing_is_caught() -> None:
    assert panels(lambda radio, card, word: word.move_to(radio), "weights") == ["lies on a Radio"]
    assert "lies on a Scorecard" in panels(lambda radio, card, word: word.move_to(card))


def test_words_of_an_instrument_are_the_instruments() -> None:
    def build(scene: Staged) -> Sequence[Mobject]:
        run, mountain = scene.run("right"), scene.mountain()
        walk = scene.walk(mountain)
        up = GroundArrow(mountain, walk.position, lambda: run.slopes[5] * 2, ArrowRole.UPHILL)
        dial = VGroup(Compass(lambda: run.slopes[0]), words("gradient", theme.label)).arrange(DOWN, buff=theme.gap)
        return mountain, up, dial.to_corner(UP + RIGHT)

    assert panel_faults(Lettering(), build) == []


@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize("exchanged", [False, True])
def test_a_name_beside_the_hiker_or_the_cabin(exchanged: bool, declared: bool) -> None:
    def build(_: Any, mountain: Any, walk: Any) -> list[Any]:
        hiker, cabin = Hiker(walk=walk), Cabin(mountain, walk.trajectory.coeffs[-1])
        thing, home = (hiker if exchanged else cabin), label("the cabin")
        if declared:
            set_next_to(home, thing, LEFT, theme.gap)
        else:
            home.next_to(thing, LEFT, theme.gap)
        return [mountain, cabin, hiker, home]

    assert bool(faults(Lettering(), build, row=0)) == exchanged


@pytest.mark.parametrize("exchanged", [False, True])
def test_the_names_of_two_arrows(exchanged: bool) -> None:
    def build(_: Any, mountain: Any, walk: Any) -> list[Any]:
        slope = walk.trajectory.slopes[0]
        arrows = [
            GroundArrow(mountain, walk.position, 2.4 * slope, ArrowRole.UPHILL),
            GroundArrow(mountain, walk.position, -2.4 * slope, ArrowRole.DOWNHILL),
        ]
        names = [label("gradient"), label("downhill")]
        for name, arrow in zip(names, reversed(arrows) if exchanged else arrows, strict=True):
            set_next_to(name, arrow, UP, theme.gap)
        return [mountain, *arrows, Hiker(walk=walk), *names]

    found = faults(Lettering(), build, row=0, shot=BOOTS)
    assert any("and its words name" in fault for fault in found) == exchanged
