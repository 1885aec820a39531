"""The listener: what is heard of a scene is what happened in it, when it happened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import Scene, linear, tempconfig

from descent_core import library, record, recording
from descent_core.catalogue.gradient import radio
from scenes.engine.terrain.fog.fog import Fog
from scenes.gradient.shots import DESCENT
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk
from scenes.production.sound.listener import (
    BEHIND_WORDS,
    CLEAR,
    FOGGY,
    INDOORS,
    RESTING,
    SOONEST,
    TOGETHER,
    Listener,
)
from scenes.production.sound.scene_sounds import SceneSounds
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.observation import Observer, observed
from scenes.stage.transitions import Curtain

RATE = 30


class Blind(Observer):
    """Nobody draws for it."""

    needs_frames = False


@pytest.fixture(scope="module")
def mountain() -> Mountain:
    return Mountain(library.landscape("mountain"), DESCENT, Fog(1.0))


def heard(play: Callable[[Any], None], folder: Path) -> SceneSounds:
    """What the listener hears of a scene that plays so."""

    class Played(ExplainerScene):
        def construct(self) -> None:
            play(self)

    listener = Listener()
    quiet = {"dry_run": True, "verbosity": "ERROR", "progress_bar": "none", "media_dir": str(folder)}
    with tempconfig({"pixel_width": 160, "pixel_height": 90, "frame_rate": RATE, **quiet}):
        scene = observed(Played, [Blind(), listener])
        scene.render()
        return listener.sounds(scene.time)


def test_boots_fall_where_rows_are_reached(mountain: Mountain, tmp_path: Path) -> None:
    walk = Walk(recording("right"), mountain)

    def play(scene: Scene) -> None:
        scene.add(mountain, Hiker(walk=walk))
        scene.wait(1.0)
        scene.play(walk.to(5, run_time=5.0))

    sounds = heard(play, tmp_path)
    assert [footfall.time for footfall in sounds.footfalls] == pytest.approx([2, 3, 4, 5, 6], abs=0.010)
    # The recorded steps get longer here, and the snow crunches more.
    weights = [footfall.weight for footfall in sounds.footfalls]
    assert weights == sorted(weights)
    assert not any(footfall.landing for footfall in sounds.footfalls)
    assert sounds.arrivals == ()


def test_a_hundred_steps_in_ten_seconds_are_no_machine_gun(mountain: Mountain, tmp_path: Path) -> None:
    never, clean = (record(radio(), (-1.2, 0.5), lr=0.1, steps=100, zero_grad=wipes) for wipes in (False, True))
    for runs, soonest in (((never,), SOONEST), ((clean, never), TOGETHER)):
        walks = [Walk(run, mountain) for run in runs]

        def play(scene: Scene, walks: list[Walk] = walks) -> None:
            scene.add(mountain, *(Hiker(walk=walk) for walk in walks))
            scene.play(*(walk.to(100, run_time=10.0) for walk in walks))

        times = np.array([footfall.time for footfall in heard(play, tmp_path).footfalls])
        assert 8 < len(times) <= 10 * len(walks) / SOONEST
        assert np.diff(times).min() >= soonest - 1e-6
        # Each is where a recorded row is reached: ten of them in a second.
        assert times * 10 == pytest.approx(np.round(times * 10), abs=0.05)


def test_whoever_hardly_moves_makes_no_noise(mountain: Mountain, tmp_path: Path) -> None:
    walk = Walk(recording("right"), mountain, 40)

    def play(scene: Scene) -> None:
        scene.add(mountain, Hiker(walk=walk))
        scene.play(walk.to(59, run_time=4.0))

    assert heard(play, tmp_path).footfalls == ()


def test_a_leap_ends_in_a_landing(mountain: Mountain, tmp_path: Path) -> None:
    walk = Walk(recording("too-big"), mountain)

    def play(scene: Scene) -> None:
        scene.add(mountain, Hiker(walk=walk))
        scene.play(walk.to(2, run_time=1.0))

    landings = heard(play, tmp_path).footfalls
    assert [(footfall.time, footfall.landing) for footfall in landings] == [
        (pytest.approx(0.5, abs=0.01), True),
        (pytest.approx(1.0, abs=0.01), True),
    ]


def test_a_walk_that_nobody_is_seen_to_walk_is_not_heard(mountain: Mountain, tmp_path: Path) -> None:
    walk = Walk(recording("right"), mountain)

    def play(scene: Scene) -> None:
        scene.add(mountain)
        scene.play(walk.to(5, run_time=2.0))
        scene.add(Hiker(walk=walk))
        scene.wait(0.5)
        walk.clock.set_value(20)  # cut to another place: nobody walked there
        scene.wait(0.5)

    sounds = heard(play, tmp_path)
    assert sounds.footfalls == ()
    assert all(air.hiss is None for air in sounds.air)


def test_the_hiss_is_the_recorded_loss_of_the_row(mountain: Mountain, tmp_path: Path) -> None:
    run = recording("right")
    walk = Walk(run, mountain)

    def play(scene: Scene) -> None:
        scene.add(mountain, Hiker(walk=walk))
        scene.wait(1.0)
        scene.play(walk.to(20, run_time=4.0))
        scene.wait(3.0)

    sounds = heard(play, tmp_path)
    lowest = mountain.landscape.heights.min()
    for row in (1, 5, 12, 20):
        reached = 1 + row / 5 + 0.02
        air = [air for air in sounds.air if air.time <= reached][-1]
        assert air.hiss == pytest.approx((run.losses[row] - lowest) / (run.losses[0] - lowest), abs=1e-9)
    # Before anybody walks, and once he rests, his radio is off.
    assert sounds.air[0].hiss is None
    assert sounds.air[-1].hiss is None
    assert 5 + RESTING <= sounds.air[-1].time <= 5 + RESTING + 0.2


def test_a_radio_of_the_scene_s_own(tmp_path: Path) -> None:
    run = recording("fiddling")
    rows = iter(range(31))
    row = [0]

    def play(scene: ExplainerScene) -> None:
        scene.wait(0.5)
        scene.receive(run, lambda: row[0], lowest=0.0)
        for row[0] in rows:
            scene.wait(0.1)
        scene.receive(None)
        scene.wait(0.5)

    sounds = heard(play, tmp_path)
    assert sounds.air[0].hiss is None
    assert sounds.air[-1].hiss is None
    on = [air.hiss for air in sounds.air if air.hiss is not None]
    assert on[0] == 1.0
    assert on[-1] == pytest.approx(run.losses[-1] / run.losses[0])
    assert on == sorted(on, reverse=True)


def test_somebody_comes_home(mountain: Mountain, tmp_path: Path) -> None:
    home = recording("right")

    def walked(label: str, door: Any, row: int) -> tuple[float, ...]:
        walk = Walk(recording(label), mountain, row - 4)

        def play(scene: Scene) -> None:
            scene.add(mountain, Cabin(mountain, door), Hiker(walk=walk))
            scene.wait(0.5)
            scene.play(walk.to(row, run_time=1.0))
            scene.wait(0.5)

        return heard(play, tmp_path).arrivals

    assert walked("right", home.coeffs[-1], 60) == (pytest.approx(1.5, abs=0.01),)
    assert walked("right", home.coeffs[-1], 50) == ()  # not there yet
    assert walked("right", (3.0, 3.0), 60) == ()  # another's house
    assert walked("never-zeroed", recording("never-zeroed").coeffs[-1], 50) == ()  # it has not come to rest


def test_whoever_is_at_home_from_the_first_moment_has_not_come(mountain: Mountain, tmp_path: Path) -> None:
    walk = Walk(recording("right"), mountain)
    walk.clock.set_value(60)

    def play(scene: Scene) -> None:
        scene.add(mountain, Cabin(mountain, walk.trajectory.coeffs[-1]), Hiker(walk=walk))
        scene.wait(1.0)

    assert heard(play, tmp_path).arrivals == ()


def test_the_wind_is_the_fog(tmp_path: Path) -> None:
    mountain = Mountain(library.landscape("mountain"), DESCENT, Fog(1.0))

    def play(scene: Scene) -> None:
        scene.wait(0.5)
        scene.add(mountain)
        scene.wait(0.5)
        scene.play(mountain.change_fog(density=0.0, run_time=1.0))
        scene.add(Curtain(0.8))
        scene.wait(0.5)

    sounds = heard(play, tmp_path)

    def wind(at: float) -> float:
        return [air.wind for air in sounds.air if air.time <= at][-1]

    assert (wind(0.2), wind(0.8), wind(2.2)) == (INDOORS, FOGGY, pytest.approx(CLEAR * BEHIND_WORDS))
    assert CLEAR < wind(1.5) < FOGGY


def test_it_is_the_same_at_any_frame_rate(mountain: Mountain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = []
    for rate in (10, 60):
        monkeypatch.setattr(f"{__name__}.RATE", rate)
        walk = Walk(recording("right"), mountain)

        def play(scene: Scene, walk: Walk = walk) -> None:
            scene.add(mountain, Hiker(walk=walk))
            scene.play(walk.to(6, run_time=6.0, rate_func=linear))

        times.append([footfall.time for footfall in heard(play, tmp_path).footfalls])
    assert times[0] == pytest.approx(times[1], abs=0.02)
