"""What a line of code printed, beside the bar of another line than it was worked out in, is caught."""

from __future__ import annotations

import pytest
from manim import DOWN

from scenes.check.amounts.printed import Printed
from scenes.parts import CodePanel
from scenes.parts.words import words
from scenes.stage.number_sources import note_source
from tests.scenes.check.wiring.staged import Staged, faults


@pytest.mark.parametrize(
    ("listing", "barred", "printed", "count"),
    [
        ("take-notes", "plain = ", "print(plain)", 0),
        ("take-notes", "loss = ", "print(loss)", 0),
        ("take-notes", "coeffs = ", "print(loss)", 0),
        ("take-notes", "requires_grad_", "print(loss)", 0),
        ("take-notes", "print(loss)", "print(loss)", 0),
        ("take-notes", "plain = ", "print(loss)", 1),
        ("rewind", "backward", "print(coeffs.grad)", 0),
        ("rewind", "loss = ", "print(coeffs.grad)", 0),
        ("rewind", "passenger = ", "print(coeffs.grad)", 0),
        ("count-hits", "backward", "print(error)", 0),
    ],
)
def test_the_bar_is_on_a_line_that_it_was_worked_out_in(listing: str, barred: str, printed: str, count: int) -> None:
    def build(scene: Staged) -> None:
        code = scene.listing(listing)
        panel = CodePanel(code)
        index = code.line_of(printed)
        scene.add(panel)
        output = words(note_source(code.printed[index], f"printed by line {index + 1} of {code.name}"), 20)
        scene.enter(panel.bar(barred))
        scene.enter(output.next_to(panel, DOWN))

    assert len(faults(Printed(), build)) == count


def test_an_output_without_a_bar_passes() -> None:
    def build(scene: Staged) -> None:
        code = scene.listing("take-notes")
        scene.add(CodePanel(code, output=True).shift(DOWN * 0.1))
        scene.enter(CodePanel(code, output=True).printed("print(loss)"))

    assert faults(Printed(), build) == []
