"""The check of colours: who wears another run's is caught; one colour a run passes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from manim import UP, FadeIn

from scenes.check.wiring.colours import Colours, same
from scenes.parts import Hiker, LossCurve, Trail
from scenes.parts.words import legend, swatch
from scenes.theme import theme
from tests.scenes.check.wiring.staged import Staged, faults

ONE, OTHER = "right", "too-big"


def two(
    coats: Sequence[str] = (ONE, OTHER),
    trails: Sequence[str] = (ONE, OTHER),
    curves: Sequence[str] = (ONE, OTHER),
    rows: Sequence[str] = (ONE, OTHER),
    names: Sequence[str] = ("this one", "that one"),
) -> list[str]:
    """What is found of two runs with their hikers, trails, curves and legend, each in the colour of a run."""

    def staged(scene: Staged) -> list[Any]:
        colours = {ONE: theme.right, OTHER: theme.too_big}
        mountain = scene.mountain()
        walks = [scene.walk(mountain, label) for label in (ONE, OTHER)]
        runs = [walk.trajectory for walk in walks]
        key = legend([(name, colours[row], run) for name, row, run in zip(names, rows, runs, strict=True)])
        return [
            mountain,
            *(Trail(walk, colour=colours[wears]) for walk, wears in zip(walks, trails, strict=True)),
            *(Hiker(walk=walk, coat=colours[wears]) for walk, wears in zip(walks, coats, strict=True)),
            LossCurve(*walks, colours=[colours[wears] for wears in curves]),
            key.to_edge(UP),
        ]

    return [f"{rule}: {found}" for rule, found in faults(Colours(), staged)]


def test_one_colour_a_run_passes() -> None:
    assert two() == []


@pytest.mark.parametrize("part", ["coats", "trails", "curves", "rows"])
def test_colours_that_are_exchanged_are_caught(part: str) -> None:
    exchanged = two(**{part: (OTHER, ONE)})
    assert len(exchanged) == 2
    assert all(found.startswith("colour: ") and ", the colour of" in found for found in exchanged)


def test_one_that_has_the_colour_of_the_other_is_caught() -> None:
    assert any("the trail" in found for found in two(trails=(ONE, ONE)))
    assert any(
        "walks in" in found for found in two(coats=(ONE, ONE), trails=(ONE, ONE), curves=(ONE, ONE), rows=(ONE, ONE))
    )


def test_a_row_that_names_the_other_recording_is_caught() -> None:
    assert two(names=("right", "too big,  far")) == []
    assert two(names=("too big", "right")) == [
        "who: names too-big, and is of right",
        "who: names right, and is of too-big",
    ]


def test_a_hiker_a_trail_and_a_curve_as_they_come_pass() -> None:
    """Nobody chose a colour: there is nobody to be told apart from."""

    def staged(scene: Staged) -> list[Any]:
        mountain = scene.mountain()
        walk = scene.walk(mountain)
        return [mountain, Trail(walk), Hiker(walk=walk, coat=theme.too_small), LossCurve(walk)]

    assert faults(Colours(), staged) == []


def test_a_label_in_another_colour_than_the_only_hiker_is_caught() -> None:
    def staged(colour: str) -> list[tuple[str, str]]:
        def build(scene: Staged) -> list[Any]:
            mountain = scene.mountain()
            walk = scene.walk(mountain)
            name = swatch("this one", colour, run=walk.trajectory).to_edge(UP)
            return [mountain, Hiker(walk=walk, coat=theme.too_small), name]

        return faults(Colours(), build)

    assert staged(theme.too_small) == []
    assert len(staged(theme.too_big)) == 1


def test_a_row_of_several_runs_is_in_the_colour_of_each() -> None:
    def staged(colour: str) -> list[tuple[str, str]]:
        def build(scene: Staged) -> list[Any]:
            few, many = scene.run("guessing-1"), scene.run("guessing-10")
            curves = [LossCurve(run, colours=[theme.guess]) for run in (few, many)]
            return [*curves, swatch("guessing", colour, run=[few, many])]

        return faults(Colours(), build)

    assert staged(theme.guess) == []
    assert len(staged(theme.steer)) == 2


def test_what_fades_in_is_not_taken_for_another_colour() -> None:
    def staged(scene: Staged) -> None:
        mountain = scene.mountain()
        walk = scene.walk(mountain)
        key = swatch("this one", theme.too_small, run=walk.trajectory).to_edge(UP)
        hiker, curve = Hiker(walk=walk, coat=theme.too_small), LossCurve(walk, colours=[theme.too_small])
        scene.add(mountain)
        scene.play(FadeIn(hiker), FadeIn(key), FadeIn(curve), run_time=1)

    assert faults(Colours(), staged) == []
    assert same(theme.too_small, theme.too_small.lower())
