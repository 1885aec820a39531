"""Whoever has walked leaves a trail, where others do."""

from __future__ import annotations

from typing import Any

import pytest

from scenes.check.wiring.trackless import Trackless
from scenes.parts import Hiker, Trail
from scenes.stage.transitions import Curtain
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults

#: Of two who walk: the rows that they have reached, and whether each has a trail.
Two = tuple[tuple[int, bool], tuple[int, bool]]


def hike(scene: Staged, two: Two) -> list[Any]:
    """The ground, and two hikers on it, with their trails."""
    mountain = scene.mountain()
    walks = [scene.walk(mountain, label, row) for label, (row, _) in zip(("right", "too-small"), two, strict=True)]
    trails = [Trail(walk, colour=theme.right) for walk, (_, has) in zip(walks, two, strict=True) if has]
    return [mountain, *trails, *(Hiker(walk=walk) for walk in walks)]


def lasting(two: Two) -> Any:
    def build(scene: Staged) -> None:
        scene.add(*hike(scene, two))
        scene.wait(2)

    return build


@pytest.mark.parametrize("two", [((5, True), (20, False)), ((2, False), (5, True))])
def test_a_hiker_without_a_trail_beside_one_with_it_is_caught(two: Two) -> None:
    ((rule, found),) = faults(Trackless(), lasting(two))
    assert rule == "trail"
    assert "has walked and has no trail, for 2.0 s, while the trail of " in found


@pytest.mark.parametrize("two", [((5, True), (20, True)), ((5, False), (20, False)), ((5, True), (1, False))])
def test_two_trails_or_none_and_who_has_just_set_out_pass(two: Two) -> None:
    assert faults(Trackless(), lasting(two)) == []


def test_a_still_without_one_of_two_trails_is_caught() -> None:
    def still(two: Two) -> Any:
        return lambda scene: scene.add(*hike(scene, two)) and None

    ((rule, found),) = faults(Trackless(), still(((5, True), (20, False))))
    assert (rule, found) == ("trail", "its hiker has walked and has no trail, while the trail of right is shown")
    assert faults(Trackless(), still(((5, True), (20, True)))) == []


def test_trails_that_go_one_after_the_other_pass_and_so_does_a_faint_one() -> None:
    def one_by_one(scene: Staged) -> None:
        mountain, *trails, first, second = hike(scene, ((5, True), (20, True)))
        scene.add(mountain, *trails, first, second)
        scene.wait(2)
        scene.leave(trails[0])
        scene.leave(first, trails[1])
        scene.wait(2)

    def faint(scene: Staged) -> None:
        mountain, first, *others = hike(scene, ((5, True), (20, True)))
        first.set_stroke(opacity=0.16)
        scene.add(mountain, first, *others)
        scene.wait(2)

    def behind_words(scene: Staged) -> None:
        scene.add(*hike(scene, ((5, True), (20, False))), Curtain(theme.dim))
        scene.wait(2)

    for harmless in (one_by_one, faint, behind_words):
        assert faults(Trackless(), harmless) == []
