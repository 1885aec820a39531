"""A whole trail of another run than the hiker's, who has none, is caught."""

from __future__ import annotations

from typing import Any

import pytest

from scenes.check.wiring.strays import Strays
from scenes.parts import Hiker, Trail
from tests.scenes.check.wiring.staged import Staged, faults


def beside(trails: tuple[str, ...], hikers: tuple[str, ...], *, row: float = 9, whole: bool = True) -> list[Any]:
    """What is found of trails and hikers of some runs, for a second and a half."""

    def build(scene: Staged) -> None:
        mountain = scene.mountain()
        left = [scene.run(label) if whole else scene.walk(mountain, label, 9) for label in trails]
        scene.add(
            mountain,
            *(Trail(of, mountain) if whole else Trail(of) for of in left),
            *(Hiker(walk=scene.walk(mountain, label, row)) for label in hikers),
        )
        for _ in range(3):
            scene.pause()

    return faults(Strays(), build)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("trails", "hikers", "count"),
    [
        (("right",), ("right",), 0),
        (("too-small",), ("right",), 1),
        (("right",), ("too-small",), 1),
        (("too-small", "right"), ("right",), 0),
        (("too-small", "too-big"), ("right",), 2),
        ((), ("right",), 0),
        (("right",), (), 0),
    ],
)
def test_a_trail_is_of_the_hiker_who_is_there(
    trails: tuple[str, ...], hikers: tuple[str, ...], count: int, whole: bool
) -> None:
    assert len(beside(trails, hikers, whole=whole)) == count


def test_who_has_not_walked_yet_has_left_no_trail() -> None:
    assert beside(("too-small",), ("right",), row=0) == []
