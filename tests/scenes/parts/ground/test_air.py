"""The air over a mountain: what goes forth and back for a loop has no seam."""

from __future__ import annotations

import numpy as np
import pytest

from descent_core.library import landscape
from scenes.engine.terrain.fog.fog import Fog
from scenes.gradient.shots import WIDE
from scenes.parts.ground.mountain import Mountain

SIZE = (480, 270)


def test_air_that_sways_ends_as_it_began_and_at_rest() -> None:
    mountain = Mountain(landscape("mountain"), WIDE, Fog(0.5))
    mountain.update(0.5)
    mountain.paint(SIZE)
    began, seen = mountain.clock, mountain.paint(SIZE)
    sways = mountain.sway(run_time=2.0)
    sways.begin()
    clocks = []
    for part in np.linspace(0, 1, 201):
        sways.interpolate(part)
        clocks.append(mountain.clock)
    assert max(clocks) - began == pytest.approx(2 / np.pi, rel=1e-3)
    assert max(np.diff(clocks)) == pytest.approx(0.01, rel=1e-2)  # at its fastest as at any time
    assert np.abs(np.diff(clocks)[[0, -1]]).max() < 0.001
    assert clocks[-1] == pytest.approx(began)
    assert np.abs(mountain.paint(SIZE).astype(int) - seen).mean() < 0.1
