"""The check of what axes are called: logarithmic or not, and along the edges of a ground by what is measured there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from manim import LEFT, RIGHT, UP, FadeIn, Rectangle, VGroup

from descent_core import library
from descent_core.explore.exploration import explore
from descent_core.explore.request import ExplorationRequest
from scenes.check.check import watch
from scenes.check.places.ground import Geometry
from scenes.engine.terrain.fog.fog import Fog
from scenes.examples import losses
from scenes.explore import explore_scene
from scenes.explore.curves import Curves
from scenes.explore.edges import Edges
from scenes.explore.explore_scene import ExploreScene
from scenes.explore.ground import PROPORTIONS
from scenes.parts.panels.plot import Plot
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.theme import theme
from tests.scenes.check.found import faults


@pytest.fixture(scope="module")
def beale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Two runs on a loss of two coefficients, which the library gives meanwhile."""
    asked = ExplorationRequest(f"{losses.__file__}:beale", (0.001, 0.01), (1.0, 1.5), proportions=PROPORTIONS, steps=40)
    with library.recordings_from(explore(asked).save(tmp_path_factory.mktemp("handed"))):
        yield


def plot(title: str, *, log: bool) -> Plot:
    return Plot((0, 10), (0.01, 10), across_name="step", up_name=title, up_ticks=(0.1, 1), log=log)


def shown(*plots: Plot, beside: str = "") -> list[str]:
    """What is found of plots beside each other, and of a line of type that comes after them."""

    def construct(scene: ExplainerScene) -> None:
        scene.add(VGroup(*plots).arrange(RIGHT))
        scene.wait(0.5)
        if beside:
            scene.enter(words(beside, theme.small).to_edge(UP))

    return faults(Geometry(), construct)


@pytest.mark.parametrize("title", ["loss", "1,000 knobs", "dialogue", "log(1 + loss)"])
def test_a_logarithmic_axis_that_nothing_calls_so_is_caught(title: str) -> None:
    assert shown(plot(title, log=True)) == [f"axis: {title}: it is logarithmic, and nothing says so"]


@pytest.mark.parametrize("title", ["loss, log axis", "loss (log)", "Logarithmic loss"])
def test_a_linear_axis_that_is_called_logarithmic_is_caught(title: str) -> None:
    assert shown(plot(title, log=False)) == [f"axis: {title}: called logarithmic, and it is linear"]


@pytest.mark.parametrize(
    ("title", "log"),
    [("loss, log axis", True), ("loss (log)", True), ("loss", False), ("log(1 + loss)", False), ("analogue", False)],
)
def test_an_axis_that_is_called_what_it_is_passes(title: str, log: bool) -> None:
    assert shown(plot(title, log=log)) == []


def test_of_several_plots_it_may_be_said_once_but_not_in_another_of_them() -> None:
    two = [plot("ten", log=True), plot("many", log=True)]
    assert shown(*two, beside="Log axes, both of them") == []
    assert len(shown(*two, beside="A catalogue of both")) == 2
    assert shown(plot("ten", log=True), plot("many, log axis", log=True)) != []


def test_curves_of_runs_are_called_what_they_are() -> None:
    def both(log: bool) -> Callable[[ExplainerScene], None]:
        def construct(scene: ExplainerScene) -> None:
            curves = Curves([scene.run("right")], [theme.right]).shift(LEFT)
            curves.log = log
            scene.add(curves)
            scene.wait(0.5)

        return construct

    def called(log: bool) -> list[str]:
        return [fault for fault in faults(Geometry(), both(log)) if fault.startswith("axis")]

    assert sorted(map(bool, (called(log=True), called(log=False)))) == [False, True]


def named(change: Callable[[Edges], object]) -> list[str]:
    """What is found of the names of the edges of a ground, once they were changed."""

    class Shown(ExploreScene):
        def construct(self) -> None:
            mountain = self.mountain(Fog(0.0))
            edges = self.edges(mountain, self.party(mountain))
            change(edges)
            self.add(mountain, edges)
            self.play(FadeIn(Rectangle(width=0.1, height=0.1), run_time=0.25))

    check = Geometry()
    watch(Shown, [check])
    return [f"{fault.rule}: {fault.words}: {fault.found}" for fault in check.faults.values()]


def test_edges_that_are_called_what_they_measure_pass(beale: None) -> None:
    assert named(lambda edges: None) == []

    def aside(edges: Edges) -> None:
        title = edges.sides[0].title
        assert title is not None
        title.shift(0.2 * RIGHT)

    assert named(aside) == []


def test_names_of_edges_that_are_exchanged_are_caught(beale: None, monkeypatch: pytest.MonkeyPatch) -> None:
    called = explore_scene.sentences.axis_names
    monkeypatch.setattr(explore_scene.sentences, "axis_names", lambda plane: called(plane)[::-1])
    assert named(lambda edges: None) == [
        "axis: knob 1: is along the edge from west to east, where the plane has 'knob 0'",
        "axis: knob 0: is along the edge from south to north, where the plane has 'knob 1'",
    ]


def test_a_name_that_lies_on_the_other_edge_or_was_written_anew_is_caught(beale: None) -> None:
    def exchange(edges: Edges) -> None:
        first, second = (side.title for side in edges.sides)
        assert first is not None
        assert second is not None
        here, there = first.get_center(), second.get_center()
        first.move_to(there)
        second.move_to(here)

    found = named(exchange)
    assert [fault.split(" lies on ")[0] for fault in found] == ["axis: knob 0:", "axis: knob 1:"]

    def rename(edges: Edges) -> None:
        title = edges.sides[1].title
        assert title is not None
        title.submobjects[1] = words("knob 7", theme.small).move_to(title)

    assert [fault.split(":")[1] for fault in named(rename)] == [" knob 7"]
