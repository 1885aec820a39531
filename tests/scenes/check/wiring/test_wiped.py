"""A legend that does not say which of its runs never wiped its gradient is caught."""

from __future__ import annotations

from typing import Any

import pytest

from scenes.check.wiring.wiped import Wiped
from scenes.parts.words import legend
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ((("zeroed", "lr 0.6"), ("never-zeroed", "lr 0.6, never wiped")), 0),
        ((("zeroed", "wipes"), ("never-zeroed", "forgets to wipe")), 0),
        ((("zeroed", "lr 0.6"), ("never-zeroed", "lr 0.6")), 1),
        ((("zeroed", "lr 0.6, never wiped"), ("never-zeroed", "lr 0.6, wiped")), 1),
        ((("zeroed", "one"), ("right", "other")), 0),
        ((("never-zeroed", "the mistake"),), 0),
    ],
)
def test_a_run_that_is_never_wiped_is_called_so(rows: tuple[tuple[str, str], ...], count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        return [legend([(text, theme.right, scene.run(label)) for label, text in rows])]

    assert len(faults(Wiped(), build)) == count
