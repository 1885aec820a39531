"""The wall behind everything else is cut out of a larger picture, and is what it would be if it were painted anew."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import tempconfig

from descent_core import recording
from scenes.knobs import wall as walls
from scenes.knobs.wall import DriftingWall, drifting
from scenes.parts.dusk.lit_knob_wall import LitKnobWall

SIZE = (320, 180)


@pytest.fixture(autouse=True)
def small_frame() -> Any:
    with tempconfig({"pixel_width": SIZE[0], "pixel_height": SIZE[1]}):
        yield


def painted_anew(wall: DriftingWall) -> np.ndarray:
    """The same wall at the same pixel, painted by itself."""
    unit = SIZE[1] / wall.height
    plain = LitKnobWall(np.asarray(recording("wall").coeffs[0]))
    x, y = (round(at * unit) / unit for at in (wall.look.x, wall.look.y))
    plain.set_look(pitch=wall.look.pitch, x=x, y=y)
    return plain.paint(SIZE).astype(int)


@pytest.mark.parametrize("seconds", [0, 0.3, 7, 31])
def test_it_is_what_it_would_be_if_it_were_painted_anew(seconds: float) -> None:
    wall = drifting(recording("wall"))
    wall.paint(SIZE)
    wall.update(dt=seconds)
    # By as much as the grain of two frames differs.
    assert np.abs(wall.paint(SIZE).astype(int) - painted_anew(wall)).max() <= 1


def test_it_is_painted_once_for_as_long_as_it_stays_within_the_larger_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[tuple[int, int]] = []
    plain = LitKnobWall._paint

    def counting(wall: LitKnobWall, size: tuple[int, int], *where: Any) -> Any:
        painted.append(size)
        return plain(wall, size, *where)

    monkeypatch.setattr(LitKnobWall, "_paint", counting)
    wall = drifting(recording("wall"))
    seconds = 2 * (SIZE[0] // 12) / (SIZE[1] / wall.height) / walls.DRIFT  # from one place to the next
    for _ in range(40):
        wall.paint(SIZE)
        wall.update(dt=3 * seconds / 40)
    assert 3 <= len(painted) <= 6  # three places across, and one or two up


def test_it_is_the_same_wherever_it_comes_from() -> None:
    there, jumped = drifting(recording("wall")), drifting(recording("wall"))
    for _ in range(50):
        there.update(dt=0.5)
        there.paint(SIZE)
    jumped.set_look(x=there.look.x, y=there.look.y)
    np.testing.assert_array_equal(there.paint(SIZE), jumped.paint(SIZE))
