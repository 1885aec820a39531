"""Knobs and beads that stand still and are set to what nobody recorded are caught."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from manim import DOWN, VGroup

from scenes.check.amounts.still_knobs import StillKnobs
from scenes.parts import Bead, Knob
from scenes.parts.radio import TUNING
from scenes.stage.by_hand import by_hand
from tests.scenes.check.wiring.staged import Staged, faults


@pytest.mark.parametrize(
    ("kind", "numbers", "count"),
    [
        (Knob, (0.5, -1.0, 2.0), 0),
        (Knob, (0.5, 1.0, 2.0), 1),
        (Knob, (2.0, -1.0, 0.5), 1),
        (Knob, (1.0, 0.0, 1.0), 1),  # the passenger, who is no knob
        (Bead, (1, 0, 1), 0),
        (Bead, (1, 1, 1), 1),
    ],
)
def test_they_show_what_the_listing_had(kind: Any, numbers: Sequence[float], count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        scene.listing("take-notes")
        return [VGroup(*(kind(number) for number in numbers)).arrange(DOWN)]

    assert len(faults(StillKnobs(), build)) == count


@pytest.mark.parametrize(("sign", "count"), [(1, 0), (-1, 1)])
def test_they_show_a_row_of_a_run(sign: float, count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        first, second = scene.run("right").coeffs[0]
        return [Knob(sign * first), Knob(second * TUNING).shift(DOWN)]

    assert len(faults(StillKnobs(), build)) == count


def test_what_follows_a_run_or_is_set_by_hand_or_has_nothing_beside_it_passes() -> None:
    def build(scene: Staged) -> list[Any]:
        scene.listing("take-notes")
        return [Knob(lambda: 0.3), Knob(by_hand(0.7, "somebody turns it to show what it does")).shift(DOWN)]

    assert faults(StillKnobs(), build) == []
    assert faults(StillKnobs(), lambda scene: [Knob(0.3)]) == []
