"""Words over an empty page are caught; over words, over a dim picture and for an instant they may be."""

from __future__ import annotations

import pytest
from manim import Square

from descent_core.library import landscape
from scenes.check.timing.darkness import Darkness
from scenes.gradient.shots import WIDE
from scenes.parts import Hiker, Mountain, Walk
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.transitions import Curtain
from scenes.theme import theme
from tests.scenes.check.found import faults

LINE = "There is so much to be said of this, and it takes a while to say it."


def board() -> Square:
    return Square(3, fill_color=theme.right, fill_opacity=1)


def test_words_before_anything_has_come_are_caught() -> None:
    def empty(scene: ExplainerScene) -> None:
        with scene.say(LINE):
            scene.wait(3)
            scene.enter(board())

    (fault,) = faults(Darkness(), empty)
    assert fault.startswith(f"dark: {LINE}: said over an empty page for 3.")


def test_words_after_everything_has_gone_are_caught() -> None:
    def gone(scene: ExplainerScene) -> None:
        shown = board()
        scene.open(shown)
        scene.leave(shown)
        with scene.say(LINE):
            pass

    assert len(faults(Darkness(), gone)) == 1


def test_words_behind_a_closed_curtain_are_caught() -> None:
    def closed(scene: ExplainerScene) -> None:
        scene.open(board())
        scene.add(Curtain())
        with scene.say(LINE):
            scene.wait(3)

    assert len(faults(Darkness(), closed)) == 1


def test_words_over_words_over_what_is_dim_and_while_it_comes_pass() -> None:
    def seen(scene: ExplainerScene) -> None:
        with scene.say(LINE):
            scene.enter(words("small", theme.small))
        scene.add(board(), Curtain(theme.dim))
        with scene.say(LINE):
            scene.wait(2)
        scene.close()

    assert faults(Darkness(), seen) == []


def test_an_empty_page_in_silence_passes() -> None:
    def silent(scene: ExplainerScene) -> None:
        scene.wait(3)
        scene.open(board())
        with scene.say(LINE):
            pass

    assert faults(Darkness(), silent) == []


@pytest.mark.parametrize("forgotten", [False, True])
@pytest.mark.parametrize("panel", [False, True])
def test_a_curtain_that_was_left_over_the_ground_is_caught(forgotten: bool, panel: bool) -> None:
    def walking(scene: ExplainerScene) -> None:
        mountain = Mountain(landscape("mountain"), WIDE)
        hiker, dark = Hiker(walk=Walk(scene.run("right"), mountain)), Curtain(theme.dim)
        scene.open(mountain, hiker, dark)
        if not forgotten:
            scene.remove(dark)
        scene.add(*([board()] if panel else []))
        with scene.say(LINE):
            scene.wait(2)
        if forgotten:  # the hiker comes back, over what dims the ground that he stands on
            scene.remove(hiker)
            scene.enter(hiker)

    found = faults(Darkness(), walking)
    assert len(found) == forgotten
    assert all("stands before a curtain that dims the ground under him" in fault for fault in found)
