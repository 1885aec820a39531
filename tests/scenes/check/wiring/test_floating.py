"""A plate with a reading stands beside what it names, or at an edge."""

from __future__ import annotations

from typing import Any

import pytest
from manim import DOWN, LEFT, RIGHT, UP, VGroup

from scenes.check.wiring.floating import Floating
from scenes.parts import Hiker
from scenes.parts.panels.scorecard import Readout
from scenes.parts.words import plate, swatch, words
from scenes.stage.naming import set_next_to
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults


def reading(scene: Staged, row: int = 5) -> Any:
    """A plate with a loss of the run."""
    return plate(words(f"loss {scene.run('right').losses[row]:.2f}"))


def over_ground(place: Any) -> Any:
    """A mountain, a hiker, and what ``place`` gives, of the scene and the hiker."""

    def build(scene: Staged) -> list[Any]:
        mountain = scene.mountain()
        hiker = Hiker(walk=scene.walk(mountain))
        return [mountain, hiker, place(scene, hiker)]

    return build


@pytest.mark.parametrize("at", [2 * RIGHT, UP + 3 * LEFT])
def test_a_reading_that_floats_over_the_ground_is_caught(at: Any) -> None:
    ((rule, found),) = faults(Floating(), over_ground(lambda scene, _: reading(scene).move_to(at)))
    assert rule == "label"
    assert found == "shows right.losses[5], and neither names a thing beside it nor stands at an edge"


def test_a_live_reading_that_floats_is_caught() -> None:
    def live(scene: Staged, hiker: Hiker) -> Any:
        run, walk = scene.run("right"), hiker.walk
        return plate(Readout(lambda: f"{run.losses[walk.row]:.2f}")).move_to(2 * RIGHT)

    assert [rule for rule, _ in faults(Floating(), over_ground(live))] == ["label"]


def test_one_that_names_its_thing_or_is_docked_or_part_of_more_passes() -> None:
    def beside(scene: Staged, hiker: Hiker) -> Any:
        return set_next_to(reading(scene), hiker, RIGHT, theme.gap)

    def docked(scene: Staged, _: Hiker) -> Any:
        return reading(scene).to_corner(UP + RIGHT, buff=theme.margin)

    def listed(scene: Staged, _: Hiker) -> Any:
        lines = VGroup(words("the first step"), words(f"loss {scene.run('right').losses[1]:.2f}"))
        return plate(lines.arrange(DOWN))

    def in_colour(scene: Staged, _: Hiker) -> Any:
        run = scene.run("right")
        return plate(swatch(f"loss {run.losses[5]:.2f}", theme.right, run=run))

    def of_no_run(scene: Staged, _: Hiker) -> Any:
        return plate(words(f"{scene.run('right').steps} steps"))

    for harmless in (beside, docked, listed, in_colour, of_no_run):
        assert faults(Floating(), over_ground(harmless)) == []


def test_a_reading_on_an_empty_page_passes() -> None:
    assert faults(Floating(), lambda scene: [reading(scene)]) == []
