"""The hiker: boots on their own ground, a gait that does not slide, knees that bend forward, a recorded leap."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from manim import Camera, Scene, tempconfig
from manim.animation.animation import prepare_animation
from numpy.typing import NDArray

from descent_core import recording
from descent_core.library import landscape
from descent_core.recordings.landscape import Landscape
from scenes.engine.drawing.raster import StageCamera
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.scale import RELIEF, Scale
from scenes.engine.terrain.shot import Shot
from scenes.gradient.shots import BOOTS, DESCENT, FARTHER
from scenes.parts.ground.hiker import TALL, Hiker
from scenes.parts.ground.hiker.gait import APART, FAR, NEAR, Gait
from scenes.parts.ground.hiker.pose import CROUCH, STAND
from scenes.parts.ground.hiker.skeleton import HALF_SOLE, SHIN, THIGH, Boot, bent, hips_over, skeleton
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk

#: Scene units of a pixel of 1080p, and seconds of a frame.
PIXEL, FRAME = 8 / 1080, 1 / 60


@pytest.fixture(autouse=True)
def full_frame() -> Iterator[None]:
    with tempconfig({"pixel_width": 1920, "pixel_height": 1080, "frame_rate": 60}):
        yield


def on_the_mountain(label: str = "right", shot: Shot = BOOTS) -> tuple[Mountain, Walk, Hiker]:
    mountain = Mountain(landscape("mountain"), shot, Fog(0))
    walk = Walk(recording(label), mountain)
    return mountain, walk, Hiker(walk=walk)


def on_a_slope(slope: float) -> tuple[Mountain, list[float], Hiker]:
    """Somebody on even ground that rises to the right, and the place that he is at."""
    xs = np.linspace(-6, 6, 25)
    slopes = np.zeros((25, 25, 2))
    slopes[..., 0] = slope
    ground = Landscape(xs, xs, slope * np.repeat(xs[:, None], 25, axis=1), slopes, 0.0)
    mountain = Mountain(ground, Shot((0.0, -5.0, 2.5), (0.0, 0.0, 0.2), 40), Fog(0), scale=Scale())
    place = [0.0, 0.0, 0.0]
    return mountain, place, Hiker(mountain, lambda: tuple(place))


def let(seconds: float, mountain: Mountain, *hikers: Hiker) -> None:
    """Let time go by."""
    for _ in range(round(seconds / FRAME)):
        mountain.clock += FRAME
        for hiker in hikers:
            hiker.refresh()


def above_ground(hiker: Hiker, boot: int, point: NDArray[np.float64]) -> float:
    """Pixels from a scene point to the ground under a boot: from the loss, by the camera's own formula."""
    mountain = hiker.mountain
    along = np.linspace(-1.5, 1.5, 301) * HALF_SOLE * TALL * hiker.size
    places = hiker.gait.footings[boot].place + complex(*mountain.camera().right) * along
    x, y = places.real / mountain.scale_of.east, places.imag / mountain.scale_of.north
    heights = mountain.landscape.height(x, y) * RELIEF * mountain.scale_of.height
    seen = mountain.camera((1920, 1080)).project(np.column_stack([places.real, places.imag, heights]))
    line = np.column_stack([seen[:, 0] - 960, 540 - seen[:, 1]])
    away = np.linalg.norm(line - point[:2] / PIXEL, axis=1)
    nearest = int(np.argmin(away))
    return float(np.copysign(away[nearest], point[1] / PIXEL - line[nearest, 1]))


@pytest.mark.parametrize("row", [0, 3, 8, 20, 60])
@pytest.mark.parametrize("shot", [BOOTS, DESCENT])
def test_each_sole_lies_on_the_ground_under_it(row: int, shot: Shot) -> None:
    mountain, walk, hiker = on_the_mountain(shot=shot)
    walk.clock.set_value(row)
    let(1.0, mountain, hiker)
    for boot, sole in enumerate(hiker.soles()):
        for point in sole:
            assert abs(above_ground(hiker, boot, point)) < 1


def test_the_drawn_boots_end_at_their_soles() -> None:
    _, _, hiker = on_the_mountain()
    for name, sole in zip(("near sole", "far sole"), hiker.soles(), strict=True):
        points = hiker._wardrobe.piece(name).points[:, :2]
        way = (sole[1] - sole[0])[:2] / np.linalg.norm(sole[1] - sole[0])
        above = (points - sole[0, :2]) @ np.array([-way[1], way[0]])
        assert above.min() / PIXEL > -1.5
        assert abs(np.sort(above)[:2]).max() / PIXEL < 1.5


def test_the_boot_that_is_higher_up_the_slope_is_drawn_higher() -> None:
    for slope in (0.4, -0.4):
        _, _, hiker = on_a_slope(slope)
        near, far = (sole[:, 1].mean() for sole in hiker.soles())
        assert np.sign(far - near) == np.sign(slope)  # the farther boot is the one to the right


@pytest.mark.parametrize("pace", [0.25, 0.6, 1.4])
@pytest.mark.parametrize("slope", [0.0, 0.35, -0.35])
def test_a_planted_boot_stays_where_it_is_until_it_is_lifted(pace: float, slope: float) -> None:
    mountain, place, hiker = on_a_slope(slope)
    place[0] = -2.0
    hiker.refresh()
    stood: dict[int, NDArray[np.float64]] = {}
    lifts = 0
    for _ in range(round(1.8 / pace / FRAME)):
        place[0] += pace * FRAME
        let(FRAME, mountain, hiker)
        for boot in (NEAR, FAR):
            footing = hiker.gait.footings[boot]
            heel, toe = hiker.soles()[boot]
            if footing.swing is not None:
                lifts += boot in stood
                stood.pop(boot, None)
                assert min(above_ground(hiker, boot, heel), above_ground(hiker, boot, toe)) > -2
                continue
            before = stood.setdefault(boot, np.array([footing.place.real, footing.place.imag]))
            assert np.array_equal(before, [footing.place.real, footing.place.imag])
            # It rolls from the heel to the toe: one of them is on its ground.
            assert min(abs(above_ground(hiker, boot, heel)), abs(above_ground(hiker, boot, toe))) < 1
    assert lifts >= 2
    assert hiker.gait.walking == 1


def test_boots_are_never_left_behind() -> None:
    mountain, walk, hiker = on_the_mountain(shot=DESCENT)
    for now in np.linspace(0, 60, 240):  # the whole walk in four seconds
        walk.clock.set_value(now)
        let(FRAME, mountain, hiker)
        here = complex(*(np.array(walk.position()) * mountain.scale_of.ground))
        for footing in hiker.gait.footings[:2]:
            assert abs(footing.place - here) < 0.8 * TALL


def test_who_comes_to_a_halt_comes_to_stand() -> None:
    mountain, walk, hiker = on_the_mountain(shot=DESCENT)
    for now in np.linspace(0, 3, 90):
        walk.clock.set_value(now)
        let(FRAME, mountain, hiker)
    assert hiker.gait.walking > 0.9
    let(1.5, mountain, hiker)
    near, far = hiker.gait.footings[:2]
    assert near.swing is None
    assert far.swing is None
    assert hiker.gait.walking == 0
    assert hiker.gait.is_still
    assert abs(far.place - near.place) < 3 * APART * TALL
    here = complex(*(np.array(walk.position()) * mountain.scale_of.ground))
    assert abs((near.place + far.place) / 2 - here) < 0.06 * TALL


def test_a_body_at_rest_breathes_and_is_not_drawn_in_every_frame() -> None:
    mountain, _, hiker = on_the_mountain()
    let(1.0, mountain, hiker)
    drawn = set()
    for _ in range(60):
        let(FRAME, mountain, hiker)
        drawn.add(hiker._coat.points.tobytes())
    assert 12 <= len(drawn) <= 21


@pytest.mark.parametrize("end", [0.02 + 0.06j, -0.15 + 0.1j, 0.18 + 0.1j, 0.05 + 0.25j])
def test_a_knee_bends_forward_and_bones_keep_their_length(end: complex) -> None:
    hips = 0.42j
    leg = bent(hips, end, THIGH, SHIN, 1.0)
    way = end - hips
    assert ((leg.joint - hips) / way).imag > 0
    assert abs(leg.joint - hips) == pytest.approx(THIGH, rel=0.01)
    assert abs(leg.end - leg.joint) == pytest.approx(SHIN, rel=0.01)


def test_the_uphill_knee_is_bent_more() -> None:
    def bend(limb: Any) -> float:
        return float(np.angle((limb.joint - limb.root) / (limb.end - limb.joint)))

    for slope in (0.4, -0.4):
        _, _, hiker = on_a_slope(slope)
        near, far = bend(hiker._body.bones.near_leg), bend(hiker._body.bones.far_leg)
        assert near > -0.01
        assert far > -0.01
        assert (far > near) == (slope > 0)


def test_gathered_for_a_leap_the_hips_are_low_and_the_boots_stay() -> None:
    mountain, _, hiker = on_the_mountain("too-big")
    let(0.5, mountain, hiker)
    before, hips = hiker.soles(), hiker._body.bones.hips.imag
    animation = prepare_animation(hiker.crouch(run_time=1))
    animation.begin()
    animation.interpolate(1)
    hiker.refresh()
    assert hiker.acts()[0] == 1
    assert hiker._body.bones.hips.imag < hips - 0.1
    np.testing.assert_allclose(hiker.soles(), before, atol=PIXEL)


@pytest.mark.parametrize("now", [0.02, 0.1, 0.3, 0.5, 0.8, 0.95, 0.99])
def test_in_a_leap_the_boots_are_as_high_as_it_was_recorded(now: float) -> None:
    mountain, walk, hiker = on_the_mountain("too-big", FARTHER)
    for t in np.linspace(0, now, 30):
        walk.clock.set_value(float(t))
        let(FRAME, mountain, hiker)
    assert walk.lift() > 0
    lowest = hiker.soles()[..., 1].min()
    feet = mountain.on_screen(walk.path(np.array([now])))[0]
    assert abs(lowest - feet[1]) / PIXEL < 0.5
    np.testing.assert_allclose(hiker.drawn_feet(), feet, atol=1e-6)


def test_down_from_a_leap_the_knees_take_it_and_snow_flies_up() -> None:
    mountain, place, hiker = on_a_slope(0.0)
    let(0.3, mountain, hiker)
    standing = hiker._body.bones.hips.imag
    for lift in (0.2, 0.4, 0.2, 0.05):
        place[2] = lift
        let(FRAME, mountain, hiker)
    place[2] = 0.0
    let(0.12, mountain, hiker)
    assert hiker._body.bones.hips.imag < standing - 0.12
    assert len(hiker._wardrobe.piece("puff 0").points)
    let(2.0, mountain, hiker)
    assert hiker._body.bones.hips.imag == pytest.approx(standing, abs=0.01)
    assert not len(hiker._wardrobe.piece("puff 0").points)


@pytest.mark.parametrize("to", [1.0, -1.0])
def test_he_faces_where_he_goes(to: float) -> None:
    mountain, place, hiker = on_a_slope(0.1)
    for _ in range(30):
        place[0] += to * 0.01
        let(FRAME, mountain, hiker)
    assert hiker.facing == to
    nose = hiker._wardrobe.piece("face").points[:, 0]
    hat = hiker._wardrobe.piece("hat").points[:, 0].mean()
    assert np.sign(nose[np.argmax(np.abs(nose - hat))] - hat) == to
    # And does not turn round for a step back that is hardly one.
    place[0] -= to * 0.005
    let(FRAME, mountain, hiker)
    assert hiker.facing == to


def test_before_the_first_step_he_faces_the_way() -> None:
    _, _, hiker = on_the_mountain("right", DESCENT)
    assert hiker.facing == 1
    behind = Shot((-1.5, 10.0, 7.0), (-1.5, -0.1, 1.45), 42)
    assert on_the_mountain("right", behind)[2].facing == -1


@pytest.mark.parametrize("colour", ["#ff6a3d", "#3ae2ab", "#f790ff", "#7978ff", "#c3a3ff"])
def test_the_coat_is_of_the_colour_that_the_legend_names(colour: str) -> None:
    mountain, _, _ = on_the_mountain()
    hiker = Hiker(mountain, (-2.9, -0.1), coat=colour)
    assert hiker.coat.lower() == colour
    mean = hiker._coat.fill_rgbas[:, :3].mean(axis=0)
    wanted = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    hues = [colorsys.rgb_to_hsv(*each)[0] for each in (mean, wanted)]
    apart = abs(hues[0] - hues[1])
    assert min(apart, 1 - apart) < 0.03
    hiker.set_color("#123456")
    assert hiker.coat.lower() == "#123456"


def test_seen_from_afar_he_is_drawn_with_less() -> None:
    def shapes(shot: Shot) -> int:
        hiker = on_the_mountain(shot=shot)[2]
        return sum(len(shape.points) > 0 for shape in hiker.submobjects)

    assert shapes(FARTHER) < 0.6 * shapes(BOOTS)


def test_where_he_is_drawn_is_told_whatever_was_done_to_him() -> None:
    _, _, hiker = on_the_mountain()
    feet = hiker.drawn_feet()
    np.testing.assert_array_equal(feet, hiker.feet())
    hiker.shift([0.3, -0.2, 0])
    np.testing.assert_allclose(hiker.drawn_feet(), feet + [0.3, -0.2, 0], atol=1e-9)


def test_he_rests_and_stands_up_in_any_scene() -> None:
    class Rests(Scene):
        def construct(self) -> None:
            mountain, _, hiker = on_the_mountain(shot=DESCENT)
            self.add(mountain, hiker)
            self.play(hiker.rest(run_time=0.4))
            self.sits = hiker.acts()
            self.play(hiker.stand(run_time=0.4))
            self.stands = hiker.acts()
            self.play(hiker.set_pack_down(run_time=0.2))
            self.pack = hiker.acts()

    with tempconfig({"pixel_width": 160, "pixel_height": 90, "frame_rate": 10, "dry_run": True, "verbosity": "ERROR"}):
        scene = Rests()
        scene.render()
    assert scene.sits == pytest.approx((0, 1, 1))
    assert scene.stands == pytest.approx((0, 0, 0))
    assert scene.pack == pytest.approx((0, 0, 1))


@pytest.mark.parametrize("camera", [StageCamera, Camera])
def test_any_camera_draws_him(camera: Any) -> None:
    _, _, hiker = on_the_mountain()
    drawn = camera(pixel_width=480, pixel_height=270)
    drawn.reset()
    empty = drawn.pixel_array.copy()
    drawn.capture_mobjects([hiker])
    changed = (np.abs(drawn.pixel_array.astype(int) - empty) > 20).any(axis=2)
    assert changed.sum() > 500


def test_a_walk_that_turns_back_leaves_no_boot_behind() -> None:
    for ahead in range(30, 60, 3):
        gait = Gait(1.0)
        x, stood = 0.0, [0j, 0j]
        for index, step in enumerate([0.01] * ahead + [-0.01] * 60):
            x += step
            before = [footing.swing is None for footing in gait.footings[:2]]
            gait.advance(complex(x), FRAME, 1 + 0j, -1j)
            for boot, footing in enumerate(gait.footings[:2]):
                assert abs(footing.place - x) < 0.5
                if index and before[boot] and footing.swing is None:
                    assert footing.place == stood[boot]
                stood[boot] = footing.place


def test_a_pose_leaves_the_boots_where_they_are() -> None:
    boots = Boot.on(-0.15 + 0j, -0.01 + 0j), Boot.on(0.01 + 0.05j, 0.15 + 0.05j)
    for pose in (STAND, CROUCH):
        bones = skeleton(pose, hips_over(*boots, pose), *boots)
        assert bones.near_leg.end == boots[0].ankle
        assert bones.far_leg.end == boots[1].ankle
