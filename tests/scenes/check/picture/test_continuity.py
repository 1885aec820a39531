"""What jumps between two frames or is gone for an instant is caught; what moves, comes and goes is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import LEFT, RIGHT, UP, Circle, Dot, ReplacementTransform, Square, ValueTracker, rush_from, there_and_back

from descent_core import library
from scenes.check.picture.continuity import Continuity
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.parts.darts.room import DartRoom, RoomLook
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.scorecard import Readout
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import theme
from tests.scenes.check.found import faults

SHOT = Shot((-3.4, -8.4, 5.6), (-1.6, 0.0, 2.9), 42)


def found(construct: Callable[[Any], None], rate: int = 4) -> list[str]:
    return [fault.rsplit(": ", 1)[0] for fault in faults(Continuity(), construct, rate=rate)]


def moved_by_hand(scene: ExplainerScene) -> None:
    label = plate(words("a label"))
    scene.open(label)
    label.shift(RIGHT)
    scene.wait(1)


def made_larger_by_hand(scene: ExplainerScene) -> None:
    label = plate(words("a label"))
    scene.open(label, Dot())
    scene.wait(0.5)
    label.scale(1.5)
    scene.play(Dot().animate.shift(UP))


def another_value(scene: ExplainerScene) -> None:
    place = ValueTracker(0)
    label = words("a label").add_updater(lambda label: label.set_x(place.get_value()))
    scene.open(label)
    scene.play(place.animate.set_value(2))
    place.set_value(-2)
    scene.play(place.animate.set_value(0))


def in_no_time(scene: ExplainerScene) -> None:
    label = words("a label")
    scene.open(label)
    scene.play(label.animate(run_time=1 / 30).shift(RIGHT * 3))
    scene.wait(1)


def all_at_once(scene: ExplainerScene) -> None:
    label = words("a label")
    scene.open(label)
    scene.play(label.animate(run_time=2, rate_func=lambda t: float(t > 0.5)).shift(RIGHT * 3))


@pytest.mark.parametrize("jump", [moved_by_hand, made_larger_by_hand, another_value, in_no_time, all_at_once])
def test_what_jumps_is_caught(jump: Callable[[Any], None]) -> None:
    assert found(jump) == ["jump: a label"]


AWAY = Shot((-3.4, -8.4, 6.6), (-1.0, 0.0, 2.9), 42)


def test_a_hiker_who_is_elsewhere_at_once_is_caught_and_with_the_eye_it_is_the_eye() -> None:
    def hike(scene: ExplainerScene, *, leaps: bool) -> None:
        mountain = Mountain(library.landscape("mountain"), SHOT)
        walk = Walk(library.recording("right"), mountain)
        scene.open(mountain, Hiker(walk=walk))
        scene.play(walk.to(5, run_time=1))
        if leaps:
            walk.clock.set_value(30)
        else:
            mountain.shot = AWAY
        scene.play(walk.to(35, run_time=1) if leaps else walk.to(6, run_time=1))

    assert "jump: Hiker" in found(lambda scene: hike(scene, leaps=True))
    assert found(lambda scene: hike(scene, leaps=False)) == ["jump: Mountain"]


def cut_between_waits(scene: ExplainerScene, mountain: Mountain) -> None:
    scene.open(mountain)
    scene.wait(1)
    mountain.shot = AWAY
    scene.wait(1)


def cut_before_a_move(scene: ExplainerScene, mountain: Mountain) -> None:
    scene.open(mountain)
    scene.play(mountain.orbit(5, run_time=1))
    mountain.shot = SHOT
    scene.play(mountain.move_to_shot(AWAY, run_time=1))


def flight(scene: ExplainerScene, mountain: Mountain) -> None:
    scene.open(mountain)
    scene.play(mountain.move_to_shot(AWAY, run_time=0.5))
    scene.play(mountain.orbit(15, run_time=1))
    scene.wait(1)


def cut_in_the_dark(scene: ExplainerScene, mountain: Mountain) -> None:
    scene.open(mountain)
    scene.wait(1)
    curtain = Curtain()
    scene.enter(curtain)
    mountain.shot = AWAY
    scene.leave(curtain)
    scene.enter(curtain)
    mountain.shot = SHOT
    scene.remove(curtain)
    scene.wait(1)


def cut_while_it_is_away(scene: ExplainerScene, mountain: Mountain) -> None:
    scene.open(mountain)
    scene.leave(mountain)
    mountain.shot = AWAY
    scene.enter(mountain)
    scene.wait(1)


def on_the_mountain(construct: Callable[[Any, Mountain], None]) -> list[str]:
    return found(lambda scene: construct(scene, Mountain(library.landscape("mountain"), SHOT)))


@pytest.mark.parametrize("cut", [cut_between_waits, cut_before_a_move])
def test_an_eye_that_leaps_is_caught(cut: Callable[[Any, Mountain], None]) -> None:
    assert on_the_mountain(cut) == ["jump: Mountain"]


@pytest.mark.parametrize("harmless", [flight, cut_in_the_dark, cut_while_it_is_away])
def test_an_eye_that_flies_or_leaps_where_nobody_sees_it_passes(harmless: Callable[[Any, Mountain], None]) -> None:
    assert on_the_mountain(harmless) == []


def taken_off(scene: ExplainerScene) -> None:
    label = words("a label")
    scene.open(label)
    scene.remove(label)
    scene.wait(0.1)
    scene.add(label)
    scene.wait(1)


def not_seen(scene: ExplainerScene) -> None:
    label = words("a label")
    scene.open(label)
    label.set_opacity(0)
    scene.wait(0.1)
    label.set_opacity(1)
    scene.wait(1)


def entered_twice(scene: ExplainerScene) -> None:
    label = words("a label")
    scene.open(label)
    scene.enter(label, toward=[0, 0, 0])
    scene.wait(1)


@pytest.mark.parametrize("rate", [4, 10])
@pytest.mark.parametrize("blink", [taken_off, not_seen, entered_twice])
def test_what_is_gone_for_an_instant_is_caught(blink: Callable[[Any], None], rate: int) -> None:
    assert found(blink, rate) == ["gone: a label"]


def test_what_comes_goes_moves_and_becomes_something_else_passes() -> None:
    def lively(scene: ExplainerScene) -> None:
        label, circle, square = words("a label"), Circle().shift(LEFT * 3), Square().shift(RIGHT * 3)
        scene.open(label)
        scene.enter(circle, toward=LEFT)
        scene.play(circle.animate(rate_func=rush_from, run_time=0.5).shift(UP * 2))
        scene.play(ReplacementTransform(circle, square), label.animate(rate_func=there_and_back).scale(2))
        scene.leave(label)
        scene.enter(label)
        scene.remove(label)
        scene.wait(2)
        scene.add(label)
        scene.wait(1)
        scene.add(curtain := Curtain())
        scene.wait(0.5)
        label.shift(UP)
        scene.wait(0.5)
        scene.remove(curtain)
        scene.close()

    assert found(lively) == []


def test_a_walk_a_trail_and_a_number_that_changes_pass() -> None:
    def hike(scene: ExplainerScene) -> None:
        mountain = Mountain(library.landscape("mountain"), SHOT)
        run = library.recording("right")
        walk = Walk(run, mountain)
        number = Readout(lambda: f"{1000 * run.losses[walk.row]:.0f}", theme.heading).shift(UP * 3)
        scene.open(mountain, Hiker(walk=walk), Trail(walk), number)
        scene.play(walk.to(5, run_time=1))
        scene.play(mountain.orbit(20, run_time=1))
        scene.play(walk.to(40, run_time=0.5, rate_func=rush_from))

    assert found(hike) == []


def taken_out(scene: ExplainerScene, *, pause: float, other: str = theme.right, away: float = 0.0) -> None:
    """A disc goes, and another comes all at once, after a pause."""
    first, second = Circle(0.5, color=theme.right, fill_opacity=1), Circle(0.5, color=other, fill_opacity=1)
    dot = Dot().shift(3 * RIGHT)
    scene.open(first, dot)
    scene.play(dot.animate(run_time=0.5).shift(UP))
    scene.remove(first)
    if pause:
        scene.play(dot.animate(run_time=pause).shift(UP))
    scene.add(second.shift(away * LEFT))
    scene.play(dot.animate(run_time=0.5).shift(UP))


@pytest.mark.parametrize("pause", [0.15, 0.9])
def test_what_is_gone_before_another_like_it_takes_its_place_is_caught(pause: float) -> None:
    assert found(lambda scene: taken_out(scene, pause=pause)) == ["gone: Circle"]


@pytest.mark.parametrize(
    "how", [{"pause": 0}, {"pause": 0.5, "other": theme.too_big}, {"pause": 0.5, "away": 2.0}, {"pause": 2.0}]
)
def test_what_is_replaced_at_once_or_later_and_what_comes_elsewhere_or_looks_otherwise_pass(how: Any) -> None:
    assert found(lambda scene: taken_out(scene, **how)) == []


def fog_by_hand(scene: ExplainerScene) -> None:
    mountain = Mountain(library.landscape("mountain"), SHOT, Fog(0.9))
    scene.open(mountain)
    scene.play(mountain.orbit(2, run_time=0.5))
    mountain.fog = Fog(0.0)
    scene.play(mountain.orbit(2, run_time=0.5))


def room_by_hand(scene: ExplainerScene) -> None:
    room = DartRoom(RoomLook(ambient=0.5, spot=1.0))
    scene.open(room)
    scene.play(room.change_look(lamp=0.5, run_time=0.5))
    room.set_look(span=18.0)
    scene.play(room.change_look(lamp=0.2, run_time=0.5))


def dimmed_by_hand(scene: ExplainerScene) -> None:
    dot, dim = Dot(), Curtain(0.6)
    scene.open(dot)
    scene.play(fade_in(dim), run_time=0.5)
    scene.remove(dim)
    scene.play(dot.animate(run_time=0.5).shift(UP))


@pytest.mark.parametrize(
    ("construct", "what"),
    [
        (fog_by_hand, "jump: Mountain: the fog is another"),
        (room_by_hand, "jump: DartRoom: the eye leaps, and it is seen from elsewhere"),
        (dimmed_by_hand, "jump: Curtain: what dims the picture is gone, or another"),
    ],
)
def test_a_view_that_is_another_at_once_is_caught(construct: Callable[[Any], None], what: str) -> None:
    assert faults(Continuity(), construct) == [f"{what} from one frame to the next"]


def test_a_view_that_changes_in_an_animation_and_light_that_is_set_pass() -> None:
    def turned(scene: ExplainerScene) -> None:
        mountain, room = Mountain(library.landscape("mountain"), SHOT, Fog(0.9)), DartRoom(RoomLook(spot=1.0))
        dim = Curtain(0.6)
        scene.open(mountain)
        scene.play(mountain.change_fog(density=0.0, run_time=0.5))
        scene.play(fade_in(dim), run_time=0.5)
        scene.play(fade_out(dim), run_time=0.5)
        scene.remove(mountain)
        scene.add(room)
        scene.play(room.change_look(span=18.0, run_time=0.5))
        room.set_look(lamp=0.3)
        scene.wait(0.5)

    assert found(turned) == []
