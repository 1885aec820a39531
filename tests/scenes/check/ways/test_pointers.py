"""An arrow that points elsewhere than at what it is said to point at is caught."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import Arrow, Dot

from scenes.check.ways.pointers import Pointers
from scenes.stage.naming import set_points_at
from tests.scenes.check.wiring.staged import Staged, faults


@pytest.mark.parametrize(
    ("turned", "found"),
    [
        (0, []),
        (10, []),
        (-25, [("arrow", "points 25 degrees past what it points at")]),
        (180, [("arrow", "points 180 degrees past what it points at")]),
    ],
)
def test_an_arrow_that_points_past_its_thing_is_found(turned: float, found: list[tuple[str, str]]) -> None:
    def build(scene: Staged) -> list[Any]:
        dot = Dot([9, 2, 0])  # beyond the frame
        start = np.array([3.0, 1.0, 0.0])
        angle = np.arctan2(1, 6) + np.radians(turned)
        arrow = Arrow(start, start + [np.cos(angle), np.sin(angle), 0], buff=0)
        return [set_points_at(arrow, dot.get_center), dot]

    assert faults(Pointers(), build) == found
