"""The check of labels: beside what they name, not on it; and what is named or spoken of is to be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import LEFT, RIGHT, UP, Mobject

from scenes.check.check import watch
from scenes.check.picture.naming import Naming
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.gradient.shots import BOOTS, WIDE
from scenes.parts import ArrowRole, Cabin, GroundArrow, Hiker, Mountain, Walk
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.label_places import set_beside
from scenes.stage.naming import set_names, set_next_to
from scenes.theme import theme
from tests.scenes.check.staged import faults


def label(text: str) -> Mobject:
    return plate(words(text, theme.label))


def named(
    change: Callable[[Mobject, Mobject, Hiker, Cabin], Any] = lambda *_: None,
    fog: float = 0.0,
    left_out: type | None = None,
) -> list[str]:
    """What is found of a hiker and a cabin with their names, to which something was done, or of which one is gone."""

    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        hiker, cabin = Hiker(walk=walk), Cabin(mountain, walk.trajectory.coeffs[-1])
        mountain.lights.append(walk.position)
        here = set_next_to(label("you"), hiker, RIGHT, theme.gap)
        home = set_next_to(label("the cabin"), cabin, RIGHT, theme.room)
        shown = [cabin, hiker, here, home]
        change(here, home, hiker, cabin)
        return [thing for thing in shown if left_out is None or not isinstance(thing, left_out)]

    return faults(Naming(), build, row=0, fog=Fog(fog))


def test_labels_beside_what_they_name_pass() -> None:
    assert named() == []


def exchange(here: Mobject, home: Mobject, _: Hiker, __: Cabin) -> None:
    place = here.get_center()
    here.move_to(home)
    home.move_to(place)


def test_two_labels_exchanged_are_caught() -> None:
    found = named(exchange)
    assert len(found) == 2
    assert all(fault.startswith("label: stands ") for fault in found)


def test_a_label_that_drifts_away_is_caught() -> None:
    (fault,) = named(lambda here, *_: here.shift(UP * 2))
    assert fault.startswith("label: stands ")
    assert fault.endswith("units from a Hiker, which it names")
    assert named(lambda here, *_: here.shift(UP * 0.3)) == []


def test_a_label_nearer_to_another_of_its_kind_is_caught() -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        one, other = Hiker(walk=walk), Hiker(mountain, walk.positions[9])
        name = set_names(label("you").next_to(other, RIGHT, buff=0.1), one)
        return [one, other, name]

    (fault,) = faults(Naming(), build, row=4)
    assert fault.endswith("and nearer to another Hiker")


def test_a_label_that_covers_what_it_names_is_caught() -> None:
    assert "% of a Cabin, which it names" in named(lambda _, home, __, cabin: home.move_to(cabin))[0]
    assert "% of a Hiker, which it names" in named(lambda here, _, hiker, __: here.move_to(hiker))[0]


def test_a_label_whose_thing_has_gone_is_caught() -> None:
    assert named(left_out=Hiker) == ["label: names a Hiker, which is not in the picture"]
    assert named(left_out=Cabin) == ["label: names a Cabin, which is not in the picture"]


def test_a_label_of_something_that_fog_hides_is_caught() -> None:
    assert named(fog=1.0) == ["label: names a Cabin, which is not to be seen"]


def test_a_label_of_something_behind_a_ridge_is_caught() -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        hiker = Hiker(walk=walk)
        return [hiker, set_next_to(label("you"), hiker, RIGHT, 0.1)]

    behind = Shot((5.0, 6.0, 2.4), (0.0, 0.0, 0.6), 44)
    assert faults(Naming(), build, row=0, shot=behind) == ["label: names a Hiker, which is not to be seen"]
    assert faults(Naming(), build, row=0) == []


@pytest.mark.parametrize("swapped", [False, True])
def test_the_names_of_two_arrows_stand_at_their_tips(swapped: bool) -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        slope = np.asarray(walk.trajectory.slopes[0])
        up = GroundArrow(mountain, walk.position, 2.4 * slope, ArrowRole.UPHILL)
        down = GroundArrow(mountain, walk.position, -2.4 * slope, ArrowRole.DOWNHILL)
        names = [label("gradient"), label("downhill")]
        for name, arrow in zip(names, (up, down), strict=True):
            set_next_to(name, arrow, UP if arrow is up else RIGHT, theme.gap)
        if swapped:
            exchange(names[0], names[1], None, None)  # type: ignore[arg-type]
        return [up, down, Hiker(walk=walk), *names]

    found = faults(Naming(), build, row=0, shot=BOOTS)
    assert bool(found) == swapped
    assert all("nearer to another" in fault or "units from" in fault for fault in found)


def test_a_label_set_beside_a_thing_names_it() -> None:
    def build(_: ExplainerScene, mountain: Mountain, walk: Walk) -> list[Any]:
        hiker = Hiker(walk=walk)
        beside = set_beside(label("on one spot"), hiker, [hiker], np.zeros((0, 3)), -3.0)
        return [hiker, beside.shift(LEFT * 5)]

    assert faults(Naming(), build, row=0)[0].startswith("label: stands ")


@pytest.mark.parametrize(("density", "seen"), [(0.0, True), (1.0, False)])
def test_what_is_spoken_of_and_hidden_by_fog_is_caught(density: float, seen: bool) -> None:
    class Spoken(ExplainerScene):
        def construct(self) -> None:
            mountain = Mountain(self.landscape("mountain"), WIDE, Fog(1.0))
            cabin = Cabin(mountain, self.run("right").coeffs[-1])
            mountain.lights.append(lambda: (-2.9, -0.15))
            self.add(mountain, cabin)
            with self.say("And there is the light.") as line:
                line.shows(cabin)
                self.play(mountain.change_fog(density=density, run_time=line.share(0.8)))

    check = Naming()
    watch(Spoken, [check])
    found = [f"{fault.words}: {fault.found}" for fault in check.faults.values()]
    assert found == ([] if seen else ["And there is the light.: a Cabin is not to be seen while it is spoken of"])


def test_what_is_spoken_of_and_not_in_the_picture_is_caught() -> None:
    class Spoken(ExplainerScene):
        def construct(self) -> None:
            mountain = Mountain(self.landscape("mountain"), WIDE)
            cabin = Cabin(mountain, self.run("right").coeffs[-1])
            self.add(mountain)
            with self.say("And there is the light.") as line:
                line.shows(cabin)

    check = Naming()
    watch(Spoken, [check])
    assert [fault.rule for fault in check.faults.values()] == ["label"]
