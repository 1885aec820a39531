"""The check of the edges of an explored ground: each mark along them, and the line itself, where its value is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from manim import RIGHT, UP, FadeIn, Rectangle

from descent_core import library
from descent_core.explore.exploration import explore
from descent_core.explore.request import ExplorationRequest
from scenes.check.check import watch
from scenes.check.places.ground import Geometry
from scenes.engine.terrain.fog.fog import Fog
from scenes.examples import losses
from scenes.explore.edges import EdgeMark, Edges
from scenes.explore.explore_scene import ExploreScene
from scenes.explore.ground import PROPORTIONS
from scenes.parts.words import words
from scenes.theme import theme
from tests.scenes.check.staged import PIXEL


@pytest.fixture(scope="module", autouse=True)
def beale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Two runs on a loss of two coefficients, which the library gives meanwhile."""
    asked = ExplorationRequest(f"{losses.__file__}:beale", (0.001, 0.01), (1.0, 1.5), proportions=PROPORTIONS, steps=40)
    folder: Path = tmp_path_factory.mktemp("handed")
    with library.recordings_from(explore(asked).save(folder)):
        yield


def edge_faults(change: Callable[[Edges], object]) -> list[str]:
    class Shown(ExploreScene):
        def construct(self) -> None:
            mountain = self.mountain(Fog(0.0))
            party = self.party(mountain)
            for walk in party.walks:
                walk.clock.set_value(walk.trajectory.steps)
            for part in (*party.trails, *party.hikers):
                part.update(0)
            edges = self.edges(mountain, party)
            change(edges)
            self.add(mountain, *party.trails, edges, *party.hikers)
            self.play(FadeIn(Rectangle(width=0.1, height=0.1), run_time=0.25))

    check = Geometry()
    watch(Shown, [check])
    assert check.measured > 6
    return [f"{fault.rule}: {fault.found}" for fault in check.faults.values()]


def test_edges_as_they_are_pass_with_all_who_walk() -> None:
    assert edge_faults(lambda edges: None) == []


def test_a_mark_that_was_moved_along_its_edge_is_caught() -> None:
    for part in (0, 1):  # the dot, and the plate
        (fault,) = edge_faults(lambda edges, part=part: edges.sides[0].marks[1][part].shift(RIGHT * 5 * PIXEL))
        assert fault.startswith("tick: the mark ")


def test_two_marks_exchanged_are_caught() -> None:
    def exchange(edges: Edges) -> None:
        first, *_, last = edges.sides[1].marks
        here, there = first.label.get_center(), last.label.get_center()
        first.label.move_to(there)
        last.label.move_to(here)

    assert all(fault.startswith("tick: the mark ") for fault in edge_faults(exchange))
    assert edge_faults(exchange)


def test_a_mark_that_says_another_value_and_a_line_that_was_moved_are_caught() -> None:
    def rename(edges: Edges) -> None:
        dot, label = edges.sides[0].marks[0]
        label.submobjects[1] = words("0.37", theme.small).move_to(label)
        edges.sides[0].marks[0] = EdgeMark(dot, label)

    assert edge_faults(rename)[0].startswith("tick: the mark 0.37 ")
    (fault,) = edge_faults(lambda edges: edges.sides[1].line.shift(UP * 4 * PIXEL))
    assert fault == "tick: its line is 4.0 pixels of 1080p from the edge of the ground"
