"""The cabin: a house on the ground, whose doorstep is where a walk ended; its door, its light and its smoke."""

from __future__ import annotations

import numpy as np
import pytest
from manim import config

from descent_core import recording
from descent_core.library import landscape
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.gradient.shots import AT_THE_CABIN, AT_THE_DOOR, VALLEY, WIDE
from scenes.parts.ground.cabin import Cabin, house
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk

SIZE = (320, 180)


@pytest.fixture
def mountain() -> Mountain:
    return Mountain(landscape("clear-mountain"), AT_THE_CABIN, contour=0)


def opened(cabin: Cabin, fraction: float) -> Cabin:
    cabin._open.set_value(fraction)
    cabin.refresh()
    return cabin


@pytest.mark.parametrize("shot", [AT_THE_CABIN, AT_THE_DOOR, VALLEY, WIDE, Shot((-5.0, 6.0, 6.0), (0.0, 0.0, 0.5))])
@pytest.mark.parametrize("size", [0.8, 1.45])
def test_the_doorstep_is_where_the_walk_ended(shot: Shot, size: float, mountain: Mountain) -> None:
    run = recording("clear-air")
    mountain.shot = shot
    cabin = Cabin(mountain, run.coeffs[-1], size)
    pixel = config.frame_height / 1080
    x, y = run.coeffs[-1]
    recorded = mountain.world(x, y)
    recorded[2] = run.losses[-1] * mountain.terrain.relief
    assert np.abs(cabin.drawn_door() - mountain.on_screen(recorded))[:2].max() < 0.1 * pixel


def test_who_comes_home_hides_no_window_and_not_the_door(mountain: Mountain) -> None:
    run = recording("clear-air")
    walk = Walk(run, mountain, row=run.steps)
    cabin, hiker = Cabin(mountain, run.coeffs[-1], 1.45), Hiker(walk=walk)
    # Without what he holds in his hands, and without the light round him.
    body = hiker._wardrobe.piece("coat").points
    reaches = body[:, 0].max()
    faces = cabin._faces
    for name in ("window 0, panes", "window 1, panes", "door, room"):
        assert faces[name].points[:, 0].min() > reaches, name


def test_the_house_is_the_same_one_from_every_side(mountain: Mountain) -> None:
    cabin = Cabin(mountain, (0.0, 0.0), 1.45)
    names = [id(shape) for shape in cabin.submobjects]
    for degrees in range(0, 360, 40):
        mountain.shot = Shot((4.0, -5.0, 9.0), (0.0, 0.0, 0.5)).orbited(degrees)
        cabin.refresh()
        assert [id(shape) for shape in cabin.submobjects] == names
        assert len(cabin._faces["roof, right, snow"].points) or len(cabin._faces["roof, left, snow"].points)
    front = mountain.shot = Shot((-2.0, -4.0, 4.0), (0.0, 0.0, 0.5))
    cabin.refresh()
    assert front
    assert len(cabin._faces["door, room"].points)
    mountain.shot = Shot((2.0, 4.0, 6.0), (0.0, 0.0, 0.5))
    cabin.refresh()
    assert not len(cabin._faces["door, room"].points)


def test_no_log_lies_below_the_ground(mountain: Mountain) -> None:
    cabin = Cabin(mountain, (0.0, 0.0), 1.45)
    eye = np.array([3.0, -3.0, 2.0])
    for face in cabin._house.faces(eye, cabin._ground, 0.0):
        if face.name.startswith("right, log") and face.points is not None:
            low = cabin._ground(face.points[:, :2])
            assert (face.points[:, 2] >= np.minimum(low, face.points[:, 2].max()) - 1e-9).all()


def test_the_door_lets_more_light_out_the_farther_it_is_open(mountain: Mountain) -> None:
    cabin = Cabin(mountain, (0.0, 0.0), 1.45)
    warmth = []
    for fraction in (0.0, 0.3, 1.0):
        opened(cabin, fraction)
        mountain.settle(SIZE)
        picture = mountain.paint(SIZE).astype(float)
        warmth.append(picture[..., 0] - picture[..., 2])
    ajar, wide = warmth[1] - warmth[0], warmth[2] - warmth[0]
    assert 0 < ajar.sum() < wide.sum()
    assert wide.max() > 25
    # It falls over the way that he came, to the left of the house, and not behind it.
    columns = np.flatnonzero(wide.max(axis=0) > 10)
    door = mountain.camera(SIZE).project(mountain.world(*cabin.door))[0]
    assert (columns < door + 8).mean() > 0.8


def test_an_open_leaf_is_seen_through_its_doorway_only(mountain: Mountain) -> None:
    cabin = Cabin(mountain, (0.0, 0.0), 1.45)
    for fraction in np.linspace(0, 1, 9):
        opened(cabin, float(fraction))
        leaf, room = cabin._faces["door, leaf"].points, cabin._faces["door, room"].points
        if len(leaf):
            assert leaf[:, 0].max() <= room[:, 0].max() + 0.01
    assert not len(leaf)


def test_in_the_fog_it_fades_as_one_picture(mountain: Mountain) -> None:
    cabin = Cabin(mountain, (0.0, 0.0))
    assert cabin.ground_depth.veiled == 0
    mountain.fog = Fog(0.3)
    cabin.refresh()
    assert 0 < cabin.ground_depth.veiled < 1
    assert {float(cabin._faces[name].get_fill_opacity()) for name in ("front, log 3", "door, leaf")} == {1.0}
    mountain.fog = Fog(1.0)
    cabin.refresh()
    assert cabin._faces["front, log 3"].get_fill_opacity() == 0


def test_smoke_rises_from_the_chimney_the_same_at_every_playing(mountain: Mountain) -> None:
    smokes = []
    for _ in range(2):
        cabin = Cabin(mountain, (0.0, 0.0), 1.45)
        mountain.clock = 4.2
        cabin.smoke.refresh()
        smokes.append(np.concatenate([puff.points for puff in cabin.smoke.submobjects]))
    np.testing.assert_array_equal(*smokes)
    top = mountain.on_screen(cabin.chimney()[None])[0]
    assert smokes[0][:, 1].min() > top[1] - 0.3
    before = smokes[0].copy()
    mountain.clock += 0.1
    cabin.smoke.refresh()
    assert not np.array_equal(before, np.concatenate([puff.points for puff in cabin.smoke.submobjects]))


def test_its_windows_look_out_of_its_walls() -> None:
    for wall, start, end, low, high in house.WINDOWS:
        left, right = (house.LEFT, house.RIGHT) if wall == "front" else (house.FRONT, house.FRONT + house.LONG)
        assert left < start < end < right
        assert house.FLOOR < low < high < house.EAVES


def test_the_light_of_a_cabin_comes_on(mountain: Mountain) -> None:
    cabin = Cabin(mountain, recording("clear-air").coeffs[-1], 1.45)
    bright = mountain._shining.windows()
    cabin.lit.set_value(0.5)
    assert [lamp.strength for lamp in mountain._shining.windows()] == [lamp.strength / 2 for lamp in bright]
    lit = mountain.paint(SIZE).astype(int)
    cabin.lit.set_value(0.0)
    assert mountain._shining.windows() == []
    dark = mountain.paint(SIZE).astype(int)
    assert dark.sum() < lit.sum()
    assert mountain._shining._glows(SIZE) == []
