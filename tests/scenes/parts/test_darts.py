"""Darts stick where they landed, rings pass the bull, contour lines have one score; a field is what its net says."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from manim import tempconfig

from descent_core import library, recording
from descent_core.catalogue.darts.throw import BULL, SHAKES, landing
from descent_core.catalogue.rings import HIDDEN, ring_answer, ring_points
from scenes.engine.dartboard.surfaces import RADII
from scenes.engine.dartboard.view import EYE, WallView, on_wall
from scenes.parts import (
    AimGrid,
    ContourRings,
    DartRoom,
    DecisionField,
    HistoryRow,
    Mountain,
    Progress,
    RoomLook,
    Round,
    RoundRing,
    RoundTrail,
    Thrown,
    small_network,
)
from scenes.parts.darts.contours import aims_of
from scenes.theme import theme


@pytest.fixture(autouse=True)
def small_frame() -> Iterator[None]:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 10}):
        yield


def test_a_dart_sticks_where_its_angles_lead() -> None:
    run = recording("throw-1")
    dart = Thrown(run.coeffs[:1])
    dart.fraction = 1.0
    np.testing.assert_allclose(dart.tips()[0, :2], landing(run.coeffs[0]), atol=1e-9)
    assert dart.tips()[0, 2] == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(landing(run.coeffs[0]) - BULL) == pytest.approx(run.losses[0])


def test_a_round_stands_on_its_recorded_row_and_is_out_of_the_wall_in_between() -> None:
    run = recording("darts")
    progress = Progress(run, 7)
    darts = Round(progress)
    np.testing.assert_allclose(darts.landings(), landing(run.coeffs[7] + np.array(SHAKES)), atol=1e-9)
    assert darts.out == pytest.approx(0, abs=1e-9)
    progress.clock.set_value(7.5)
    assert darts.out == pytest.approx(1)
    np.testing.assert_allclose(darts.centre(), (run.coeffs[7] + run.coeffs[8]) / 2)


def test_the_ring_of_a_round_passes_the_bull_as_nearly_as_the_hand_is_steady() -> None:
    run = recording("darts")
    for row in (0, 5, 12, 18):
        (glow,) = RoundRing(Progress(run, row), theme.loss).glows()
        assert glow.radius == run.losses[row]
        assert np.hypot(glow.x - BULL[0], glow.y - BULL[1]) == pytest.approx(glow.radius, abs=0.5)


def test_a_trail_has_a_spot_for_each_round_so_far() -> None:
    run = recording("darts")
    spots = list(RoundTrail(Progress(run, 12), theme.trail).glows())
    np.testing.assert_allclose([(spot.x, spot.y) for spot in spots], landing(run.coeffs[:13]), atol=1e-9)


def test_a_place_on_the_wall_is_seen_where_it_is_painted() -> None:
    room = DartRoom(RoomLook(x=20.0, y=150.0, span=20.0))
    x, y, _ = room.bull()
    assert (x, y) == pytest.approx(((BULL[0] - 20) / 20, (BULL[1] - 150) / 20))
    view = WallView(20.0, 150.0, 180 / 8 / 20, (320, 180))
    column, row = view.pixels(BULL)
    assert (column - 160) / 22.5 == pytest.approx(x)
    assert (90 - row) / 22.5 == pytest.approx(y)


def test_what_hovers_before_the_wall_is_seen_on_the_line_from_the_eye() -> None:
    point = np.array([40.0, 120.0, 200.0])
    seen = np.append(on_wall(point), 0.0)
    toward, beyond = point - EYE, seen - EYE
    np.testing.assert_allclose(np.cross(toward, beyond), 0, atol=1e-9 * np.linalg.norm(beyond) * 1e3)


def test_the_board_is_dark_until_the_light_goes_on_and_hangs_at_the_bull() -> None:
    room = DartRoom(RoomLook(x=BULL[0], y=BULL[1], span=8.0))
    dark = room.paint((320, 180))[..., :3].astype(int)
    assert np.ptp(dark.reshape(-1, 3), axis=0).max() <= 1
    room.set_opacity(1.0)
    room.look = RoomLook(x=BULL[0], y=BULL[1], span=8.0, spot=1.0)
    lit = room.paint((320, 180))[..., :3].astype(int)
    red, green, _ = lit[88:92, 158:162].reshape(-1, 3).mean(axis=0)
    assert red > 1.5 * green  # the bull's eye
    edge = RADII[-1] / 8.0 * 22.5
    beside, on_rim = lit[90, round(160 + edge + 4)], lit[90, round(160 + edge - 4)]
    assert beside.sum() > 2 * on_rim.sum()  # the wall is wood, the rim of the board is black


def test_a_landing_is_noted_once_and_a_round_at_every_row() -> None:
    room, dart = DartRoom(), Thrown(recording("throw-1").coeffs[:1])
    room.darts.append(dart)
    throw = room.throw(dart)
    throw.update_function(room, 0.5)
    assert room.thuds == []
    throw.update_function(room, 1.0)
    throw.update_function(room, 1.0)
    assert len(room.thuds) == 1
    assert room.thuds[0] < 0  # it landed on the left
    progress = Progress(recording("darts"))
    room.darts[:] = [Round(progress)]
    room.update(0.1)
    for row in (1, 2, 3):
        progress.clock.set_value(row)
        room.update(0.1)
    assert len(room.thuds) == 4


def test_a_contour_line_has_one_score_everywhere_and_lies_on_the_ground() -> None:
    landscape, run = library.landscape("dartboard"), recording("darts")
    for level in (10, 50, 110):
        aims = aims_of(landscape, run.coeffs[-1], level)
        np.testing.assert_allclose(landscape.height(aims[:, 0], aims[:, 1]), level, atol=1e-6)
        # On the wall it is a ring round the bull, as wide as its score.
        radii = np.linalg.norm(landing(aims) - BULL, axis=1)
        np.testing.assert_allclose(radii, level, atol=1.2 if level < 20 else 0.6)
    with pytest.raises(ValueError, match="the landscape ends before the score is 500"):
        aims_of(landscape, run.coeffs[-1], 500)
    mountain = Mountain(landscape)
    rings = ContourRings(landscape, run.coeffs[-1], [50], DartRoom(), mountain)
    rings.lifted.set_value(1.0)
    rings.refresh()
    np.testing.assert_allclose(rings[0].points[::4][:-1], mountain.points_at(rings.aims[0], 0.03)[:143], atol=1e-6)


def test_a_grid_lies_on_the_plain_and_not_over_its_hole() -> None:
    landscape = library.landscape("counted-hits")
    plain = Mountain(landscape, contour=0)
    grid = AimGrid(plain, apart=5.0)
    hit = recording("darts").coeffs[-1]
    spots = grid.points.reshape(-1, 4, 3)
    apart = np.linalg.norm(spots[:, 0] - spots[:, 3], axis=1)
    middle = plain.point(*hit, lift=float(plain.world(-20.0, -20.0)[2] - plain.world(*hit)[2]))
    along = spots[:, :1] + (spots[:, 3:] - spots[:, :1]) * np.linspace(0, 1, 50)[:, None]
    assert len(spots) > 25
    assert (apart > 0).all()
    assert np.linalg.norm(along - middle, axis=-1).min() > 0.2  # nothing near the aim that hits
    corners = plain.points_at([[x, y] for x in (0.0, 20.0) for y in (0.0, 40.0)], 0.01)
    away = np.linalg.norm(along[None] - corners[:, None, None], axis=-1).min(axis=(1, 2))
    assert (away < 0.12).all()  # whole fives lie on it


def test_a_field_s_opinion_is_what_torch_says() -> None:
    run, model = recording("rings"), small_network(HIDDEN)
    places, answers = ring_points()
    for row in (0, 100, 300):
        told = ring_answer(torch.tensor(run.coeffs[row], dtype=torch.float32), places)
        np.testing.assert_allclose(model(run.coeffs[row], places.numpy()), told, atol=2e-6)
    field = DecisionField(model, run.coeffs[-1], places.numpy(), answers.numpy(), size=4)
    assert field.undecided() < 0.2
    assert DecisionField(model, run.coeffs[0], places.numpy(), answers.numpy()).undecided() == 1.0


def test_a_field_is_of_both_colours_and_its_dots_come_one_after_the_other() -> None:
    run = recording("rings")
    places, answers = (each.numpy() for each in ring_points())
    field = DecisionField(small_network(HIDDEN), run.coeffs[-1], places, answers)
    full = field.paint((240, 240))[..., :3].astype(int)
    middle, corner = full[100:140, 100:140].mean(axis=(0, 1)), full[20:40, 20:40].mean(axis=(0, 1))
    assert middle[0] > middle[2]
    assert corner[2] > corner[0]
    field.shown = 0.0
    assert (field.paint((240, 240))[..., :3] != full).any()


def test_dots_that_come_in_two_goes_are_those_that_come_in_one() -> None:
    places, answers = (each.numpy() for each in ring_points())
    field = DecisionField(small_network(HIDDEN), recording("rings").coeffs[-1], places, answers)
    shown = []
    for to in (0.4, 1.0):
        come = field.scatter(to=to)
        for part in (0.0, 0.5, 1.0):
            come.interpolate(part)
            shown.append(field.shown)
    assert shown == pytest.approx([0.0, 0.2, 0.4, 0.4, 0.7, 1.0])


def test_a_rewind_lights_all_links_from_the_loss_down() -> None:
    chain = HistoryRow(["mul", "sum", "sub", "abs"])
    chain.light(0.5)
    colours = [str(box.get_stroke_color()) for box, _ in chain.links]
    assert colours[0] == colours[1] != colours[3]
    chain.light(0.0)
    assert len({str(box.get_stroke_color()) for box, _ in chain.links}) == 1
