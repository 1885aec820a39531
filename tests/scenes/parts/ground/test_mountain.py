"""The mountain as a part: its fog hides and drifts, its eye keeps above the ground, its ridges hide figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from manim import Animation, Mobject
from numpy.typing import NDArray

from descent_core import recording
from descent_core.library import landscape
from scenes.engine.drawing.raster import StageCamera
from scenes.engine.terrain.baked_terrain import HoleInTheGround
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import CLEARANCE, Shot
from scenes.gradient.shots import DESCENT, VALLEY, WIDE
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk

SIZE = (480, 270)


@pytest.fixture
def mountain() -> Mountain:
    return Mountain(landscape("mountain"), WIDE, Fog(0))


# The eye.


@pytest.mark.parametrize(
    "move",
    [
        lambda m: m.move_to_shot(Shot((2.5, 5.5, 3.0), (0.0, 0.0, 0.5))),
        lambda m: m.orbit(170),
        lambda m: m.orbit(-90, dolly=0.3, rise=0.8),
    ],
)
def test_the_eye_never_moves_through_the_ground(mountain: Mountain, move: Callable[[Mountain], Animation]) -> None:
    mountain.shot = Shot((-3.1, -6.0, 2.0), (-1.0, 0.0, 0.5), 44)
    animation = move(mountain)
    animation.begin()
    heights = []
    for fraction in np.linspace(0, 1, 301):
        animation.interpolate(float(fraction))
        x, y, z = mountain.shot.eye
        heights.append(z - float(mountain.terrain.point(x, y)[2]))
    assert min(heights) > 0.8 * CLEARANCE  # looked at in fewer places than these


def test_a_straight_way_through_the_peak_is_lifted_over_it(mountain: Mountain) -> None:
    mountain.shot = Shot((-3.1, -4.0, 1.7), (0.0, 0.0, 0.5))
    end = Shot((-3.1, 4.5, 1.9), (0.0, 0.0, 0.5))
    animation = mountain.move_to_shot(end)
    animation.begin()
    animation.interpolate(0.5)
    assert mountain.shot.eye[2] > 3  # neither end is so high: the peak is
    animation.interpolate(1)
    assert mountain.shot.eye == pytest.approx(end.eye)


def test_a_move_that_ends_below_the_ground_says_where(mountain: Mountain) -> None:
    with pytest.raises(ValueError, match=r"ends at height 0.50 over \(-3.0, 0.0\), where the ground is at 2"):
        mountain.move_to_shot(Shot((-3.0, 0.0, 0.5), (0, 0, 0)))


def test_an_orbit_keeps_its_distance_and_its_target(mountain: Mountain) -> None:
    start = mountain.shot
    turned = start.orbited(40)
    away = [np.hypot(shot.eye[0] - shot.target[0], shot.eye[1] - shot.target[1]) for shot in (start, turned)]
    assert away[0] == pytest.approx(away[1])
    assert turned.target == start.target
    east, north = (np.subtract(shot.eye[:2], shot.target[:2]) for shot in (start, turned))
    assert np.degrees(np.arctan2(np.cross([*east, 0], [*north, 0])[2], east @ north)) == pytest.approx(40)


def test_a_slow_move_is_drawn_once_for_every_step_that_can_be_seen(mountain: Mountain) -> None:
    mountain.paint(SIZE)
    drawn = []
    animation = mountain.orbit(0.5, run_time=1)
    animation.begin()
    for fraction in np.linspace(0, 1, 61):
        animation.interpolate(float(fraction))
        mountain.paint(SIZE)
        assert mountain._seen is not None
        drawn.append(mountain._seen[0])
    shots = [shot for (shot, _, _), _ in drawn]
    assert 3 < len(set(shots)) < 30
    assert {smoothing for _, smoothing in drawn[:-1]} == {1}  # fine pictures are for an eye that rests
    assert shots[-1].eye == pytest.approx(WIDE.orbited(0.5).eye)
    moved = [mountain.shift_between(before, after) for before, after in zip(shots, shots[1:], strict=False)]
    assert max(moved[:-1]) < 1.5  # pixels
    mountain.paint(SIZE)
    assert mountain._seen[0][1] == 2


def test_moves_are_eased(mountain: Mountain) -> None:
    animation = mountain.move_to_shot(VALLEY, run_time=1)
    animation.begin()
    eyes = []
    for fraction in (0, 0.02, 0.49, 0.51, 0.98, 1):
        animation.interpolate(fraction)
        eyes.append(mountain.shot.eye)
    start, middle, end = (np.linalg.norm(np.subtract(eyes[k + 1], eyes[k])) for k in (0, 2, 4))
    assert middle > 5 * start
    assert middle > 5 * end


# The fog.


def settled(mountain: Mountain) -> NDArray[np.uint8]:
    """The picture once the eye rests: the first one after a move is drawn more coarsely."""
    mountain.paint(SIZE)
    return mountain.paint(SIZE)


def spot(mountain: Mountain, coeffs: NDArray[np.float64], reach: int = 6) -> tuple[slice, slice]:
    column, row, _ = mountain.camera(SIZE).project(mountain.terrain.point(*coeffs))
    return slice(int(row) - reach, int(row) + reach), slice(int(column) - reach, int(column) + reach)


def test_the_fog_hides_what_is_far_and_shows_what_is_near(mountain: Mountain) -> None:
    start, cabin = recording("right").coeffs[[0, -1]]
    mountain.lights.append(lambda: (float(start[0]), float(start[1])))
    clear = settled(mountain).astype(float)
    mountain.fog = Fog(1.0)
    thick = mountain.paint(SIZE).astype(float)
    assert mountain.clarity(*start) == 1
    assert mountain.clarity(*cabin) == 0
    there, here = spot(mountain, cabin), spot(mountain, start, 3)
    assert np.abs(thick[there] - clear[there]).mean() > 25
    # Hidden means that nothing of the ground's own pattern is left.
    assert thick[there].std(axis=(0, 1)).max() < 4
    assert np.abs(thick[here] - clear[here]).mean() < 25


def test_what_lies_outside_the_pixels_that_anybody_sees_is_hidden(mountain: Mountain) -> None:
    """The fog is computed in full only near the hikers: it must not show where that region ends."""
    start = recording("right").coeffs[0]
    mountain.lights.append(lambda: (float(start[0]), float(start[1])))
    mountain.fog = Fog(1.0)
    box = mountain._seen_box(SIZE)
    assert box is not None
    assert (box.right - box.left) * (box.bottom - box.top) < 0.6 * SIZE[0] * SIZE[1]
    partly = settled(mountain)
    mountain._seen_box = lambda size: type(box)(0, 0, *size)  # type: ignore[method-assign]
    mountain._painted = None
    np.testing.assert_array_equal(partly, mountain.paint(SIZE))


def test_the_fog_drifts(mountain: Mountain) -> None:
    mountain.fog = Fog(1.0)
    before = mountain.paint(SIZE).astype(float)
    mountain.clock += 5
    assert np.abs(mountain.paint(SIZE) - before).mean() > 0.3


def test_the_fog_follows_whoever_walks_within_a_moment(mountain: Mountain) -> None:
    run = recording("right")
    walk = Walk(run, mountain)
    mountain.lights.append(walk.position)
    mountain.fog = Fog(1.0)
    before = settled(mountain).copy()
    walk.clock.set_value(12)
    mountain.clock += 1 / 60
    np.testing.assert_array_equal(mountain.paint(SIZE), before)  # soft as it is, nobody sees that
    mountain.clock += 1 / 60
    assert np.abs(mountain.paint(SIZE).astype(int) - before).max() > 50
    mountain.clear_updaters()  # held: then only what changes is drawn, but that at once
    still = mountain.paint(SIZE)
    walk.clock.set_value(0)
    assert np.abs(mountain.paint(SIZE).astype(int) - still).max() > 50


def test_the_window_is_lost_far_off_then_a_glow_then_a_house(mountain: Mountain) -> None:
    run = recording("right")
    cabin = Cabin(mountain, run.coeffs[-1])
    mountain.fog = Fog(1.0)
    door = np.array(cabin.door)
    glows, houses, warmth = [], [], []
    for away in (5.0, 1.9, 0.3):
        mountain.lights[:] = [lambda away=away: (float(door[0] - away), float(door[1]))]
        cabin.refresh()
        glows.append(mountain.glow(*door))
        houses.append(1 - cabin.ground_depth.veiled)
        lit = settled(mountain).astype(float)
        mountain.windows.clear()
        warmth.append((lit - mountain.paint(SIZE))[..., 0].max())
        mountain.windows.append(cabin.window)
    assert glows[0] == 0
    assert houses[0] == 0
    assert warmth[0] == 0
    assert 0 < glows[1] < glows[2]
    assert houses[1] < 0.2 < houses[2]
    assert warmth[1] > 4


def test_no_window_glows_on_a_clear_day(mountain: Mountain) -> None:
    assert mountain.glow(0.0, 0.0) == 0


def test_figures_follow_a_mountain_that_is_moved(mountain: Mountain) -> None:
    run = recording("right")
    walk = Walk(run, mountain)
    walk.clock.set_value(5)
    figures = Hiker(walk=walk), Cabin(mountain, run.coeffs[-1]), Trail(walk)
    before = [figure.get_center() for figure in figures]
    mountain.shift([1.0, -0.5, 0])
    for figure, place in zip(figures, before, strict=True):
        figure.update(0)
        np.testing.assert_allclose(figure.get_center() - place, [1.0, -0.5, 0], atol=1e-6)


def test_where_the_fog_is_thick_nothing_of_the_ground_shows(mountain: Mountain) -> None:
    """Neither contour lines nor the edge of the land: the fog is the same whatever it hides."""
    mountain.fog = Fog(1.0)
    whole = settled(mountain).copy()
    other = Mountain(landscape("mountain"), WIDE, Fog(1.0), contour=0.02)
    other.keep_clear([[0.0, 0.0]], 30.0)
    # Where silhouettes are softened the same fog is mixed with itself, and rounded.
    assert np.abs(whole.astype(int) - settled(other)).max() <= 1
    rows = whole[..., :3].astype(float).mean(axis=1)
    assert np.abs(np.diff(rows, axis=0)).max() < 1.5  # no seam


def test_fog_lifts_from_the_edge_and_the_heights_first(mountain: Mountain) -> None:
    middle, edge, peak = (0.0, 0.0), (8.0, -8.0), (-3.0, 0.0)
    clarity = []
    for density in (1.0, 0.75, 0.5, 0.25, 0.0):
        mountain.fog = Fog(density)
        clarity.append([mountain.clarity(*place) for place in (middle, edge, peak)])
    in_the_valley, at_the_edge, on_the_peak = np.array(clarity).T
    assert (np.diff(np.array(clarity), axis=0) >= 0).all()
    assert in_the_valley[0] == at_the_edge[0] == on_the_peak[0] == 0
    assert in_the_valley[-1] == at_the_edge[-1] == on_the_peak[-1] == 1
    assert at_the_edge[2] > in_the_valley[2] + 0.4
    assert on_the_peak[2] > in_the_valley[2] + 0.4


def test_what_is_drawn_is_as_foggy_as_what_stands_there(mountain: Mountain) -> None:
    clear = settled(mountain).astype(float)
    mountain.fog = Fog(0.5)
    half = settled(mountain).astype(float)
    valley, edge = (np.abs(half - clear)[spot(mountain, np.array(place))].mean() for place in ((0, 0), (1, -5)))
    assert valley > edge + 5


# Light.


def test_a_lantern_warms_the_snow_round_it_and_flickers(mountain: Mountain) -> None:
    start = recording("right").coeffs[0]
    dark = settled(mountain).astype(float)
    mountain.lights.append(lambda: (float(start[0]), float(start[1])))
    mountain._painted = None
    lit = mountain.paint(SIZE).astype(float)
    here = spot(mountain, start, 4)
    warmer = (lit - dark)[here].mean(axis=(0, 1))
    assert warmer[0] > 15
    assert warmer[0] > warmer[1] > warmer[2]
    far = spot(mountain, np.array([4.0, -4.0]))
    np.testing.assert_array_equal(lit[far], dark[far])
    mountain.clock += 0.2
    assert 0 < np.abs(mountain.paint(SIZE) - lit).max() < 30
    mountain.clock -= 0.2
    np.testing.assert_array_equal(mountain.paint(SIZE), lit)


def test_windows_spill_light_before_the_house(mountain: Mountain) -> None:
    mountain.shot = VALLEY
    dark = settled(mountain).astype(float)
    cabin = Cabin(mountain, recording("right").coeffs[-1])
    mountain._seen = mountain._painted = None
    lit = settled(mountain).astype(float)
    x, y = cabin.door
    # Its long side looks south-east; nothing looks north.
    places = np.array([[x + 0.7, y - 0.2], [x, y + 1.4]])
    before, behind = ((lit - dark)[spot(mountain, place, 3)].mean() for place in places)
    assert before > 8
    assert before > 3 * abs(behind)


# Scenery.


def test_woods_leave_what_is_recorded_clear(mountain: Mountain) -> None:
    run = recording("right")
    walk = Walk(run, mountain)
    cabin = Cabin(mountain, run.coeffs[-1])
    feet = mountain.scattered.points[:, :2]
    assert len(feet) > 100
    for place in walk.positions:
        assert np.hypot(*(feet - place).T).min() > 0.6
    assert np.hypot(*(feet - cabin.door).T).min() > 0.8


# Ridges.


def drawn(mountain: Mountain, figure: Mobject | None = None) -> NDArray[np.uint8]:
    settled(mountain)
    camera = StageCamera(pixel_width=SIZE[0], pixel_height=SIZE[1])
    camera.reset()
    camera.capture_mobjects([mountain, *([figure] if figure else [])])
    return camera.pixel_array[..., :3].astype(int)


def behind_the_peak(mountain: Mountain) -> tuple[float, float]:
    """A place whose ground the peak hides, but so little that somebody's head still shows."""
    x = -3.0
    for y in np.arange(0.3, 3.0, 0.02):
        feet, head = (mountain.in_view(x, y, lift) for lift in (0.5, 1.2))
        if head and not feet:
            return x, float(y)
    raise AssertionError("the peak hides nothing")


def test_a_ridge_hides_the_legs_of_whoever_stands_behind_it(mountain: Mountain) -> None:
    mountain.shot = Shot((-3.2, -7.0, 3.6), (-3.0, 0.0, 2.0), 40)
    empty = drawn(mountain)
    x, y = behind_the_peak(mountain)
    hiker = Hiker(mountain, lambda: (x, y, 0.0), size=2)
    figure = np.abs(drawn(mountain, hiker) - empty).sum(axis=2) > 30
    for shape in hiker.submobjects:
        shape.ground_depth.depth = -np.inf  # nearer than all ground
    whole = np.abs(drawn(mountain, hiker) - empty).sum(axis=2) > 30
    assert 0.1 * whole.sum() < figure.sum() < 0.9 * whole.sum()
    rows = np.flatnonzero(figure.any(axis=1)), np.flatnonzero(whole.any(axis=1))
    assert rows[0][0] == rows[1][0]  # the head shows
    assert rows[0][-1] < rows[1][-1] - 3  # the boots don't
    # What is left out is exactly what nearer ground covers.
    depth = mountain._view(SIZE).depth
    ground = depth < mountain.depth_at(x, y) - 0.5
    assert not (figure & np.roll(ground, 2, axis=0) & np.roll(ground, -2, axis=0)).any()


def test_nothing_is_hidden_on_open_ground(mountain: Mountain) -> None:
    mountain.shot = DESCENT
    run = recording("right")
    mountain.keep_clear(run.coeffs)
    for row in (0, 3, 8, 20):
        hiker = Hiker(mountain, lambda row=row: (*map(float, run.coeffs[row]), 0.0))
        before = drawn(mountain, hiker)
        for shape in hiker.submobjects:
            shape.ground_depth.depth = -np.inf
        np.testing.assert_array_equal(before, drawn(mountain, hiker))


def test_a_trail_is_broken_where_a_ridge_hides_it(mountain: Mountain) -> None:
    run = recording("right")
    walk = Walk(run, mountain)
    walk.clock.set_value(run.steps)
    trail = Trail(walk)
    assert len(trail.line.get_subpaths()) == 1
    mountain.shot = Shot((3.2, 7.5, 2.4), (0.0, 0.0, 0.6), 44)
    hidden = ~mountain.seen(trail._way)
    assert hidden.any()
    trail.refresh()
    drawn_points = trail.line.points[::4]
    for point in mountain.on_screen(trail._way[hidden]):
        assert (np.linalg.norm(drawn_points - point, axis=1) > 1e-9).all()


# Bad ground.


def test_a_hole_in_the_ground_is_said_once_and_drawn() -> None:
    ground = landscape("mountain")
    heights = ground.heights.copy()
    heights[20:26, 20:26] = np.nan
    holed = replace(ground, heights=heights)
    with pytest.warns(HoleInTheGround, match=r"not finite on .* % of the landscape: drawn as a hole"):
        mountain = Mountain(holed, WIDE, Fog(0))
    Mountain(holed, WIDE, Fog(0))  # warnings are errors: a second one would fail here
    picture = mountain.paint(SIZE)
    assert 20 < picture.mean() < 230
