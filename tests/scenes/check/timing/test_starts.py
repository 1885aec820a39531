"""What leaps as a clock begins to go is caught, however quick the walk is after that."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from manim import ValueTracker
from numpy.typing import ArrayLike

from scenes.check.timing.starts import Starts
from scenes.parts import Hiker, Mountain, Radio, Walk
from scenes.parts.ground.pin import Pin
from tests.scenes.check.wiring.staged import Staged, faults

#: Where something is, before and after a walk has begun, by its walk.
Place = Callable[[Walk], ArrayLike]
PARTS: dict[str, Callable[[Mountain, Callable[[], ArrayLike]], object]] = {
    "Pin": Pin,
    "Radio": lambda _, place: Radio(place),
    "Hiker": Hiker,
}


def started(part: str, place: Place, row: float = 0) -> list[tuple[str, str]]:
    """What is found of something that begins to walk from a row."""

    def build(scene: Staged) -> None:
        mountain = scene.mountain()
        walk = scene.walk(mountain, row=row)
        scene.add(mountain, PARTS[part](mountain, lambda: place(walk)))
        scene.play(walk.to(24, run_time=1))
        assert walk.now == 24

    return faults(Starts(), build)


@pytest.mark.parametrize("part", PARTS)
def test_a_leap_as_a_walk_begins_is_caught(part: str) -> None:
    assert started(part, Walk.position) == []
    assert started(part, Walk.position, row=3.5) == []

    def leaps(walk: Walk) -> ArrayLike:
        return walk.position() if walk.now > 0 else walk.positions[9]

    ((rule, told),) = started(part, leaps)
    assert rule == "jump"
    assert "as soon as what it follows begins to move" in told
    assert started(part, lambda walk: np.asarray(walk.position()) + (walk.now > 0))


def test_a_clock_is_left_as_it_was() -> None:
    clock = ValueTracker(0.25)

    def build(scene: Staged) -> None:
        mountain = scene.mountain()
        scene.add(mountain, Pin(mountain, lambda: (clock.get_value(), 1.0)))
        scene.play(clock.animate(run_time=0.5).set_value(2.0))
        assert clock.get_value() == 2.0

    assert faults(Starts(), build) == []
