"""What a foot feels: probes as the recorded ground rises, two of them the recorded slope; and a line that is level."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Animation, ManimColor, Scene
from manim.animation.animation import prepare_animation

from descent_core import recording
from descent_core.library import landscape
from scenes.engine.terrain.fog.fog import Fog
from scenes.gradient.shots import AROUND_THE_BOOTS, AT_THE_BOOTS
from scenes.gradient.slope import BOOTS, REACH
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.probes import Probes, TiltLine
from scenes.theme import theme


@pytest.fixture
def mountain() -> Mountain:
    return Mountain(landscape("mountain"), AROUND_THE_BOOTS, Fog(1.0))


@pytest.fixture
def probes(mountain: Mountain) -> Probes:
    return Probes(mountain, recording("right").coeffs[0], REACH)


def ended(played: Animation) -> None:
    animation = prepare_animation(played)
    animation.begin()
    animation.finish()
    animation.clean_up_from_scene(Scene())


def test_each_rises_as_the_landscape_does(probes: Probes) -> None:
    ground, (x, y) = landscape("mountain"), recording("right").coeffs[0]
    for way, rise in zip(probes.ways, probes.rises, strict=True):
        ahead = float(ground.height(x + REACH * way[0], y + REACH * way[1]))
        assert rise == pytest.approx(ahead - float(ground.height(x, y)))


def test_two_of_them_along_each_knob_give_the_recorded_slope(mountain: Mountain) -> None:
    run = recording("right")
    # Half the difference of the two along a knob is its slope, the better the shorter they are.
    short = Probes(mountain, run.coeffs[0], 0.05)
    for knob, quarter in ((0, 0), (1, 3)):
        measured = (short.rises[quarter] - short.rises[quarter + 6]) / (2 * 0.05)
        assert measured == pytest.approx(run.slopes[0, knob], abs=0.01)


def test_red_goes_up_and_green_down(probes: Probes) -> None:
    ended(probes.feel(run_time=1))
    ended(probes.tell(1, run_time=1))
    ended(probes.tell(-1, run_time=1))
    up, down = (np.array(ManimColor(colour).to_rgb()) for colour in (theme.uphill, theme.downhill))
    for index, rise in enumerate(probes.rises):
        colour = np.array(probes.colour(index).to_rgb())
        assert (np.linalg.norm(colour - up) < np.linalg.norm(colour - down)) == (rise > 0)
    assert 2 <= (probes.rises > 0).sum() <= 6


def test_those_that_are_kept_go_up_along_their_knobs(probes: Probes) -> None:
    slope = recording("right").slopes[0]
    for knob in (0, 1):
        way = probes.ways[probes.uphill_along(knob)]
        assert np.sign(way[knob]) == np.sign(slope[knob])
        assert way[1 - knob] == 0


def test_they_end_on_the_ground(mountain: Mountain, probes: Probes) -> None:
    ended(probes.feel(run_time=1))
    tips = mountain.points_at(probes.place + probes.ways * REACH, 0.012)
    assert probes.ends()[:, 1] == pytest.approx(tips)


def test_a_count_that_leaves_a_knob_without_one_is_refused(mountain: Mountain) -> None:
    with pytest.raises(ValueError, match="no multiple of four"):
        Probes(mountain, (0.0, 0.0), count=10)


def test_a_tilt_line_is_level_and_the_ground_falls_away_under_it() -> None:
    run = recording("right")
    mountain = Mountain(landscape("mountain"), AT_THE_BOOTS, Fog(1.0))
    tilt = TiltLine(mountain, run.coeffs[0], run.slopes[0], BOOTS)
    ended(tilt.draw(run_time=1))
    level, ground = tilt.world()
    assert np.ptp(level[:, 2]) == 0
    assert (np.diff(level[:, 2] - ground[:, 2]) > 0).all()
    drop = (level - ground)[-1, 2]
    steep = 1.4 * np.hypot(*run.slopes[0])
    assert drop == pytest.approx(steep * 2 * BOOTS, rel=0.1)
    seen = mountain.on_screen(level)
    # The eye looks along the ground's level line: what is level is level in the picture.
    assert abs(seen[-1, 1] - seen[0, 1]) < 0.02 * abs(seen[-1, 0] - seen[0, 0])
