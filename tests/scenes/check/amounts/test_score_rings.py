"""A ring that is as wide as the score of another throw than the one that it is round is caught."""

from __future__ import annotations

from typing import Any

import pytest

from scenes.check.amounts.score_rings import ScoreRings
from scenes.loss.looks import LAMPLIT
from scenes.parts import DartRoom, Thrown
from tests.scenes.check.wiring.staged import Staged, faults


@pytest.mark.parametrize(("scored", "grown", "count"), [("throw-1", 1.0, 0), ("throw-2", 1.0, 1), ("throw-2", 0.5, 0)])
def test_a_ring_goes_through_the_bull(scored: str, grown: float, count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        room, dart = DartRoom(LAMPLIT), Thrown(scene.run("throw-1").coeffs[:1])
        room.darts.append(dart)
        dart.fraction = 1.0
        room.ring_round(dart, scene.run(scored).losses[0]).grown = grown
        return [room]

    assert len(faults(ScoreRings(), build)) == count
