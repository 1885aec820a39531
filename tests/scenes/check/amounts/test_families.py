"""Runs of one kind that a scene asked for and did not draw are missed, where most of them are drawn."""

from __future__ import annotations

from typing import Any

import pytest

from scenes.check.amounts.families import Families
from scenes.parts import LossCurve, Ribbons
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults

ASKED = 6


def drawing(count: int, *, ribbons: bool = True) -> Any:
    """A scene that asks for some strides and draws the first so many."""

    def build(scene: Staged) -> list[Any]:
        runs = [scene.run(f"stride-{index:02d}") for index in range(ASKED)][:count]
        if not ribbons:
            return [LossCurve(*runs, colours=[theme.right] * count)]
        mountain = scene.mountain()
        return [mountain, Ribbons(mountain, runs, [theme.right] * count)]

    return build


@pytest.mark.parametrize("ribbons", [True, False])
def test_who_is_left_out_is_named(ribbons: bool) -> None:
    ((rule, found),) = faults(Families(), drawing(ASKED - 2, ribbons=ribbons))
    assert rule == "count"
    assert found == "the scene asked for 6 runs of this kind and draws 4: not stride-04 and stride-05"


@pytest.mark.parametrize("count", [ASKED, 2])
def test_all_of_them_and_a_choice_of_a_few_pass(count: int) -> None:
    assert faults(Families(), drawing(count)) == []
