"""Who is said to be home stands at the cabin, and who is said not to be doesn't."""

from __future__ import annotations

import pytest

from descent_core.library import landscape
from scenes.check.spoken.home import Home
from scenes.gradient.shots import WIDE
from scenes.parts import Cabin, Hiker, Mountain, Walk
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from tests.scenes.check.found import faults


def told(line: str, label: str, *, cabin: bool = True, another: bool = False) -> list[str]:
    """What is found of a line that is said while somebody walks to the end; ``{}`` are the steps."""

    def construct(scene: ExplainerScene) -> None:
        mountain = Mountain(landscape("mountain"), WIDE)
        walk = Walk(scene.run(label), mountain)
        scene.add(mountain, Hiker(walk=walk))
        if cabin:
            scene.add(Cabin(mountain, scene.run("right").coeffs[-1]))
        if another:
            scene.add(Hiker(walk=Walk(scene.run("right"), mountain, scene.run("right").steps)))
        run = scene.run(label)
        with scene.say(line.format(in_words(run.steps))):
            scene.play(walk.to(run.steps, run_time=1))

    return faults(Home(), construct)


@pytest.mark.parametrize(
    ("line", "label", "count"),
    [
        ("And {} steps later he's home.", "too-big", 1),
        ("He walks on and on, and at last he's home.", "too-small", 1),
        ("He walks on and on, and reaches the cabin. So he arrives at the cabin.", "too-small", 1),
        ("He walks on, and he's still not home.", "right", 1),
        ("He walks on, and he's home.", "right", 0),
        ("And after {} steps, still not home.", "too-big", 0),
        ("He never comes home.", "too-small", 0),
        ("How does he get home?", "too-small", 0),
        ("A compass takes you home. He isn't on his way home.", "too-small", 0),
        ("He goes on until he's home.", "too-small", 0),
    ],
)
def test_who_is_said_to_be_home_is(line: str, label: str, count: int) -> None:
    assert len(told(line, label)) == count


def test_where_no_cabin_is_nothing_is_home_and_who_stands_there_is_not_who_walks() -> None:
    assert told("At last he's home.", "too-small", cabin=False) == []
    assert len(told("At last he's home.", "too-small", another=True)) == 1
