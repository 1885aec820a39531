"""The check of code: a listing that never ran, and a bar on another line than the one that is spoken of, are caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from manim import DOWN, LEFT, RIGHT, UP, Dot, VGroup

from descent_core.recordings.listing import Listing
from descent_core.training import update_rules
from scenes.check.wiring.code import Code
from scenes.parts import CodePanel, HistoryChain, words
from scenes.stage.number_sources import note_source
from scenes.stage.transitions import fade_in, fade_out
from tests.scenes.check.wiring.staged import Staged, faults

TYPED = Listing("step", ("loss = loss_of(coeffs)", "loss.backward(retain_graph=True)"), {}, {})


def test_a_listing_that_ran_and_a_function_as_it_stands_pass() -> None:
    assert faults(Code(), lambda scene: [CodePanel(scene.listing("step"), skip=("return",))]) == []
    assert faults(Code(), lambda scene: [CodePanel(update_rules.step)]) == []


@pytest.mark.parametrize(
    "listing",
    [
        lambda scene: TYPED,
        lambda scene: replace(scene.listing("step"), lines=tuple(reversed(scene.listing("step").lines))),
    ],
)
def test_a_listing_that_nobody_ran_is_caught(listing: Callable[[Staged], Listing]) -> None:
    ((rule, found),) = faults(Code(), lambda scene: [CodePanel(listing(scene))])
    assert (rule, found.split(":")[0]) == ("code", "is no listing that the scene asked for")


def test_a_line_that_is_drawn_otherwise_than_it_ran_is_caught() -> None:
    def staged(scene: Staged) -> list[Any]:
        panel = CodePanel(scene.listing("step"))
        panel.code[1].original_text = panel.code[1].original_text.replace("-", "+").replace("(", "( ")
        return [panel]

    assert [rule for rule, _ in faults(Code(), staged)] == ["code"]


def barred(line: str, said: str, beat: str = "a beat", move: Callable[[Any, Any], Any] | None = None) -> list[str]:
    """What is found of a bar on a line, while something is said."""

    def staged(scene: Staged) -> None:
        panel = CodePanel(scene.listing("step"), skip=("return",))
        scene.beat(beat)
        scene.add(panel)
        bar = panel.bar(line)
        with scene.say(said):
            scene.enter(bar)
            if move is not None:
                scene.play(move(panel, bar))
            scene.pause()

    return [found for _, found in faults(Code(), staged)]


@pytest.mark.parametrize(
    ("line", "said", "beat"),
    [
        ("backward", "Now call [call]loss.backward(), and it goes back.", "a beat"),
        ("zero_", "There is one line that looks like a mystery: zero_.", "a step"),
        ("zero_", "After every step, [zero_]wipe the compass clean.", "the right way"),
        ("sub_", "This is where the step is taken.", "coeffs.sub_"),
        ("zero_", "Nothing in this sentence names any line at all.", "a beat"),
    ],
)
def test_a_bar_on_the_line_that_is_named_passes(line: str, said: str, beat: str) -> None:
    assert barred(line, said, beat) == []


@pytest.mark.parametrize(
    ("line", "said", "beat"),
    [
        ("backward", "There is one line that looks like a mystery: zero_.", "a step"),
        ("sub_", "After every step, [zero_]wipe the compass clean.", "the right way"),
        ("zero_", "Now it goes back through its notes.", "loss.backward()"),
    ],
)
def test_a_bar_on_another_line_is_caught(line: str, said: str, beat: str) -> None:
    (found,) = barred(line, said, beat)
    assert "is spoken of" in found


def test_a_bar_that_is_drawn_beside_its_line_is_caught_and_one_that_moves_with_its_panel_passes() -> None:
    def staged(shift: float) -> list[tuple[str, str]]:
        def build(scene: Staged) -> list[Any]:
            panel = CodePanel(scene.listing("step"), skip=("return",))
            return [panel, panel.bar("zero_").shift(DOWN * shift)]

        return faults(Code(), build)

    assert staged(0.05) == []
    assert staged(0.5) == [("code", "the bar of 'zero_' lies on no line")]
    assert staged(-0.5) == [("code", "the bar of 'zero_' lies on 'coeffs.sub_(coeffs.grad * lr)'")]

    def together(panel: Any, bar: Any) -> Any:
        return VGroup(panel, bar).animate.scale(0.7).shift(LEFT * 2 + UP)

    assert barred("zero_", "There is one line that looks like a mystery: zero_.", move=together) == []


@pytest.mark.parametrize("left", [False, True])
def test_a_bar_that_is_left_lit_when_the_next_one_comes_is_caught(left: bool) -> None:
    def staged(scene: Staged) -> None:
        panel = CodePanel(scene.listing("step"), skip=("return",))
        scene.beat("a step")
        scene.add(panel)
        first, second = panel.bar("backward"), panel.bar("zero_")
        with scene.say("First loss.backward(), and then zero_, and that is all there is to it."):
            scene.enter(first)
            scene.wait(1)
            scene.play(*([] if left else [fade_out(first)]), fade_in(second))
            scene.wait(2)

    found = [what for _, what in faults(Code(), staged) if "lit at once" in what]
    assert found == (["the bars of 'backward' and 'zero_' are lit at once: one was left behind"] if left else [])


@pytest.mark.parametrize("exchanged", [False, True])
def test_what_a_listing_left_stands_beside_that_listing(exchanged: bool) -> None:
    def staged(scene: Staged) -> list[Any]:
        panels = VGroup(*(CodePanel(scene.listing(name), size=16) for name in ("step", "step-without-zero")))
        panels.arrange(DOWN, buff=0.5).to_edge(LEFT)
        left = []
        for panel in panels:
            index = panel.listing.line_of("backward")
            source = f"what line {index + 1} of {panel.listing.name} left in .grad"
            left.append(words(note_source(panel.listing.values[index], source), 16))
        for text, panel in zip(left, reversed(panels) if exchanged else panels, strict=True):
            text.next_to(panel, RIGHT)
        return [*panels, *left]

    assert {rule for rule, _ in faults(Code(), staged)} == ({"code"} if exchanged else set())


def chained(names: list[str], carries: list[float]) -> list[str]:
    """What is found of a chain of notes beside the listings that the film of part 1 shows."""

    def staged(scene: Staged) -> list[Any]:
        for label in ("take-notes", "rewind"):
            scene.listing(label)
        return [HistoryChain(names, [""] * len(names), [Dot(), Dot(), Dot()], Dot(), carries=carries)]

    return [found.split(",")[-1] for _, found in faults(Code(), staged)]


def test_a_chain_of_another_history_or_a_light_that_torch_did_not_give_is_caught() -> None:
    assert chained(["mul", "sum", "sub", "abs"], [1, 0, 1]) == []
    assert chained(["mul", "sub", "sum", "abs"], [1, 0, 1]) == [" and no listing of the scene has that history"]
    assert chained(["mul", "sum", "sub", "abs"], [1, 1, 1]) == [" and no listing of the scene has that gradient"]
