"""Firs and boulders: they stand on the true ground, leave clearings, and are hidden by ridges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.scenery.scatter import Clearing, Scattered
from scenes.engine.terrain.view import render_view
from scenes.theme import theme

SIZE = (320, 180)


class Hills:
    """A height field of any size: the same hills, larger or smaller."""

    def __init__(self, size: float = 9.0) -> None:
        self.size = size
        self.bounds = (-size, size, -size, size)

    def height(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        x, y = np.asarray(x, float) / self.size * 6, np.asarray(y, float) / self.size * 6
        return np.asarray(self.size / 6 * (np.cos(x) * np.exp(-((y / 3) ** 2)) + 0.3 * np.sin(y * 1.7)))


@pytest.fixture(scope="module")
def terrain() -> BakedTerrain:
    return BakedTerrain(Hills(), theme.material, 1.0, texels=36)


def test_what_is_painted_leaves_the_heights_as_they_are(terrain: BakedTerrain) -> None:
    west, east, south, north = Hills().bounds
    xs, ys = np.arange(west, east, 1 / 36), np.arange(south, north, 1 / 36)
    assert terrain.ground_colour.shape == terrain.heights.shape
    np.testing.assert_allclose(terrain.heights, Hills().height(xs[:, None], ys[None, :]), atol=1e-6)
    rough = BakedTerrain(Hills(), replace(theme.material, roughness=3.0), 1.0, texels=36)
    assert (rough.ground_colour != terrain.ground_colour).mean() > 0.5
    np.testing.assert_array_equal(rough.heights, terrain.heights)


def test_all_stand_on_the_true_ground(terrain: BakedTerrain) -> None:
    scattered = Scattered(terrain)
    truth = terrain.point(*scattered.points[:, :2].T)
    assert scattered.firs.sum() > 100
    assert (~scattered.firs).sum() > 10
    np.testing.assert_allclose(scattered.points, truth, atol=2e-3)


def test_they_grow_the_same_every_time_and_not_on_each_other(terrain: BakedTerrain) -> None:
    several = Scattered(terrain)
    again = Scattered(BakedTerrain(Hills(), theme.material, 1.0, texels=36))
    np.testing.assert_array_equal(several.points, again.points)
    firs = several.points[several.firs, :2]
    apart = np.hypot(*(firs[:, None] - firs[None]).transpose(2, 0, 1)) + np.eye(len(firs)) * 9
    assert apart.min() > 0.36 * 0.2 * 0.9


def test_a_larger_land_has_larger_trees_and_no_more_of_them(terrain: BakedTerrain) -> None:
    small, large = Scattered(terrain), Scattered(BakedTerrain(Hills(27.0), theme.material, 1.0, texels=12))
    assert len(large.tall) == pytest.approx(len(small.tall), rel=0.15)
    assert np.median(large.tall) == pytest.approx(3 * np.median(small.tall), rel=0.1)


def test_a_clearing_is_left_round_what_is_recorded(terrain: BakedTerrain) -> None:
    wild = Scattered(terrain)
    place = wild.points[wild.firs][7, :2]
    tame = Scattered(terrain, [Clearing(place[None], 1.0)])
    away = np.hypot(*(wild.points[:, :2] - place).T)
    assert np.hypot(*(tame.points[:, :2] - place).T).min() > 1.0
    # And nothing else changes.
    assert {tuple(point) for point in wild.points[away > 1.3]} <= {tuple(point) for point in tame.points}


def test_nothing_that_is_nearer_hides_a_recorded_point_however_low_the_eye(terrain: BakedTerrain) -> None:
    wild = Scattered(terrain)
    hidden = 0
    for place in wild.points[wild.firs][::40]:
        eye = (float(place[0]), float(place[1]) - 6.0, float(place[2]) + 1.2)
        camera = Camera(eye, (float(place[0]), float(place[1]), float(place[2])), 40, SIZE)
        column, row, depth = camera.project(place)

        def over(scattered: Scattered, camera: Camera = camera, at: tuple = (column, row, depth)) -> int:
            _, spots = scattered.drawn_by(camera)
            beside = np.abs(spots[:, 0] - at[0]) < 0.19 * spots[:, 2]
            above = (spots[:, 1] > at[1]) & (spots[:, 1] - spots[:, 2] < at[1])
            return int((beside & above & (spots[:, 3] < at[2] - 0.05)).sum())

        hidden += over(wild)
        assert over(Scattered(terrain, [Clearing(place[None, :2], 0.3)])) == 0
    assert hidden > 0


def test_a_ridge_hides_what_stands_behind_it(terrain: BakedTerrain) -> None:
    camera = Camera((0.0, -12.0, 2.2), (0.0, 0.0, 0.5), 46, SIZE)
    scattered = Scattered(terrain)
    bare, wooded = render_view(terrain, camera), render_view(terrain, camera, scattered=scattered)
    changed = wooded.depth != bare.depth
    assert changed.sum() > 50
    # Whatever is drawn stands before the ground that was seen there, and is farther than none of it.
    assert (wooded.depth <= bare.depth + 0.03)[changed].all()
    np.testing.assert_array_equal(wooded.depth[~changed], bare.depth[~changed])
    chosen, spots = scattered.drawn_by(camera)
    behind = 0
    for (column, row, height, depth), which in zip(spots, chosen, strict=True):
        i, j = int(row - height), int(column)
        if scattered.firs[which] and 0 <= i < SIZE[1] and 0 <= j < SIZE[0] and bare.depth[i, j] < depth - 0.5:
            behind += 1
            assert wooded.depth[i, j] < depth - 0.05
    assert behind > 5
