"""What runs against the arrows on its way is caught, unless the words say that it goes back."""

from __future__ import annotations

from typing import Any

import pytest
from manim import PI, RIGHT, TAU, UP, Arc, Arrow, Dot, Line, MoveAlongPath, ShowPassingFlash, Square, VGroup, linear

from scenes.check.ways.along import Along
from scenes.gradient.shots import BOOTS
from scenes.parts import ArrowRole, GroundArrow, Mountain
from scenes.parts.machine.loop_cards import ACROSS, DOWN, loop_ring
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.found import faults


def round_the_loop(angle: float, line: str = "And so it goes, over and over again.") -> list[str]:
    """What is found of a dot that runs round a ring of cards and arrows, which lead clockwise."""

    def construct(scene: ExplainerScene) -> None:
        ring, spark = loop_ring(), Dot()
        way = Arc(radius=1, start_angle=PI / 2, angle=angle).stretch(ACROSS, 0).stretch(DOWN, 1).move_to(ring)
        scene.add(ring, spark.move_to(ring[0]))
        with scene.say(line):
            scene.play(MoveAlongPath(spark, way, rate_func=linear, run_time=4))

    return faults(Along(), construct)


def test_a_dot_runs_along_the_arrows_of_a_ring() -> None:
    assert round_the_loop(-TAU) == []
    (found,) = round_the_loop(TAU)
    assert "runs against the arrows on its way" in found
    assert round_the_loop(TAU, "And now all of it in reverse.") == []


@pytest.mark.parametrize(("mover", "count"), [("dot", 1), ("large", 0), ("arrow", 0), ("across", 0)])
def test_only_what_is_small_and_runs_on_an_arrow_is_held_against_it(mover: str, count: int) -> None:
    def construct(scene: ExplainerScene) -> None:
        arrow = Arrow(RIGHT * -4, RIGHT * 4)
        things: dict[str, Any] = {"dot": Dot(), "large": Square(2), "arrow": arrow, "across": Dot()}
        thing = things[mover]
        scene.add(arrow, thing if mover == "arrow" else thing.move_to(RIGHT * 3 if mover != "across" else UP * 3))
        with scene.say("And so it goes."):
            scene.play(thing.animate(run_time=2).shift(RIGHT * -6 if mover != "across" else UP * -6))

    assert len(faults(Along(), construct)) == count


@pytest.mark.parametrize("backward", [False, True])
def test_a_light_runs_to_the_tip_of_an_arrow_on_the_ground(backward: bool) -> None:
    def construct(scene: ExplainerScene) -> None:
        mountain, run = Mountain(scene.landscape("mountain"), BOOTS), scene.run("right")
        arrow = GroundArrow(mountain, run.coeffs[0], 2 * run.slopes[0], ArrowRole.UPHILL)
        ends = [mountain.point(*run.coeffs[0]), arrow.tip()]
        scene.add(mountain, arrow)
        with scene.say("That way."):
            scene.play(ShowPassingFlash(VGroup(Line(*(ends[::-1] if backward else ends)))[0], time_width=0.5))

    assert len(faults(Along(), construct)) == backward
