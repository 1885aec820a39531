"""A mountain that rises out of its map: what stands on it is where it is drawn, however far it has risen."""

from __future__ import annotations

import numpy as np
import pytest

from descent_core import recording
from descent_core.library import landscape
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.paper import FLAT, PaperMap
from scenes.engine.terrain.shot import Shot
from scenes.gradient.shots import MAP, RISING
from scenes.parts.ground.axes import SheetEdge
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.pin import HeightThread, Pin
from scenes.theme import theme

SIZE = (480, 270)
RELIEFS = (0.0, 0.02, 0.3, 0.5, 0.8, 1.0)


@pytest.fixture
def mountain() -> Mountain:
    return Mountain(landscape("mountain"), RISING, Fog(0))


@pytest.mark.parametrize("relief", RELIEFS)
def test_the_ground_is_drawn_where_a_point_is_said_to_be(mountain: Mountain, relief: float) -> None:
    mountain.relief = relief
    view = mountain._view(SIZE)
    camera, checked = mountain.camera(SIZE), 0
    for x, y in recording("right").coeffs[::4].tolist() + [[3.1, 0.4], [-1.5, -3.7], [1.0, -4.2]]:
        # Between firs: what stands there is nearer than the ground behind it.
        column, row, depth = camera.project(mountain.world(x, y))
        if not mountain.in_view(x, y) or not (0 < column < SIZE[0] and 0 < row < SIZE[1]):
            continue
        here = int(row), int(column)
        if abs(view.depth[here] - depth) > 0.25:
            continue
        checked += 1
        level = camera.eye[2] + float(view.depth[here]) * (camera.horizon - (here[0] + 0.5)) / camera.focal
        assert view.level[here] * max(relief, FLAT) == pytest.approx(level, abs=0.01)
        assert np.hypot(*(view.ground[:, here[0], here[1]] - (x, y))) < 0.3  # a pixel is as wide, far away
    assert checked >= 6


def test_on_the_flat_map_all_is_in_view_and_on_one_level(mountain: Mountain) -> None:
    mountain.relief = 0.0
    coeffs = recording("right").coeffs
    world = mountain.world(*coeffs.T)
    assert np.ptp(world[:, 2]) < 0.005
    assert mountain.seen(world + [0, 0, 0.01]).all()


def test_a_point_is_hidden_once_the_peak_has_risen_before_it(mountain: Mountain) -> None:
    mountain.shot = Shot((-4.4, -7.3, 4.3), (-1.2, 0.0, 1.7), 60)  # from the south-west, over the peak
    seen = []
    for relief in np.linspace(0, 1, 21):
        mountain.relief = float(relief)
        seen.append(mountain.in_view(-2.6, 2.6))
    assert seen[0]
    assert not seen[-1]
    assert seen == sorted(seen, reverse=True)


def test_slopes_rise_with_the_land(mountain: Mountain) -> None:
    full = mountain.tilt(-1.5, -0.4)
    mountain.relief = 0.5
    assert mountain.tilt(-1.5, -0.4) == pytest.approx(full / 2)
    there, here = mountain.world(-1.49, -0.4), mountain.world(-1.5, -0.4)
    assert (there - here)[2] / 0.01 == pytest.approx(1.4 * full[0] / 2, rel=0.05)


def test_rising_is_an_animation_that_ends_where_it_should(mountain: Mountain) -> None:
    mountain.relief = 0.0
    rise = mountain.rise(0.6, run_time=1)
    rise.begin()
    reliefs = []
    for fraction in np.linspace(0, 1, 11):
        rise.interpolate(float(fraction))
        reliefs.append(mountain.relief)
    assert reliefs == sorted(reliefs)
    assert (reliefs[0], reliefs[-1]) == (0.0, 0.6)


def test_the_map_is_paper_the_mountain_is_not(mountain: Mountain) -> None:
    mountain.shot, mountain.relief = MAP, 0.0
    flat = mountain.paint(SIZE)[..., :3].astype(int)
    red, _, blue = flat[SIZE[1] // 2, SIZE[0] // 2]
    assert red > blue + 20  # paper is warm, the night is not
    page = [int(theme.page[i : i + 2], 16) for i in (1, 3, 5)]
    assert np.abs(flat[-1, 0] - page).max() <= 1
    mountain.relief = 1.0
    red, _, blue = mountain.paint(SIZE)[SIZE[1] // 2, SIZE[0] // 2, :3].astype(int)
    assert blue > red


def test_what_grows_on_the_land_grows_last(mountain: Mountain) -> None:
    tall = []
    for relief in (0.0, 0.7, 0.9, 1.0):
        paper = PaperMap(mountain.terrain, relief, (0, 0, 0), np.ones(2))
        _, spots = mountain.scattered.drawn_by(mountain.camera(SIZE), paper.grown)
        tall.append(float(spots[:, 2].max(initial=0)))
    assert tall[:2] == [0, 0]
    assert 0 < tall[2] < tall[3]


def test_a_camera_takes_its_relief_along() -> None:
    camera = Camera((0, -4, 3), (0, 0, 0), 44, (160, 90), 0.5)
    assert (
        camera.project([0, 0, 1.0]).tolist()
        == Camera((0, -4, 3), (0, 0, 0), 44, (160, 90)).project([0, 0, 0.5]).tolist()
    )
    assert camera.scaled(2).relief == 0.5


@pytest.mark.parametrize("relief", RELIEFS)
def test_a_pin_sticks_in_its_spot_and_its_thread_is_as_long_as_the_loss(mountain: Mountain, relief: float) -> None:
    run = recording("right")
    pin = Pin(mountain, run.coeffs[0])
    thread = HeightThread(pin)
    mountain.relief = relief
    pin.refresh()
    thread.refresh()
    foot, top = thread.ends()
    spot = mountain.point(*run.coeffs[0])
    assert pin.needle.get_start() == pytest.approx(spot)
    assert top == pytest.approx(spot)
    lifted = mountain.on_screen(mountain.world(*run.coeffs[0]) * [1, 1, 0])
    assert foot == pytest.approx(lifted)
    tall = mountain.scale_at(*run.coeffs[0]) * 1.4 * run.losses[0] * max(relief, FLAT)
    assert float(top[1] - foot[1]) == pytest.approx(tall, rel=0.02)


def test_the_edges_of_the_sheet_run_the_way_of_their_knobs(mountain: Mountain) -> None:
    mountain.shot, mountain.relief = MAP, 0.0
    for coefficient in (0, 1):
        edge = SheetEdge(mountain, coefficient)
        assert edge.name.original_text == f"knob {coefficient}"
        start, end = edge._world
        assert ((end - start)[:2] > 0).tolist() == [coefficient == 0, coefficient == 1]
        tip = edge.arm.get_vertices()[3]
        assert tip == pytest.approx(mountain.on_screen(end), abs=1e-6)
