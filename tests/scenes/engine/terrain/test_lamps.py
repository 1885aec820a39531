"""Lamps: their light falls with distance, stops at ridges, and windows throw it one way."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.fog.fog import flicker
from scenes.engine.terrain.lamps import Lamp, light_of
from scenes.engine.terrain.material import Material
from scenes.engine.terrain.view import render_view

SIZE = (480, 270)
GREY = (0.5, 0.5, 0.5)
PLAIN = Material(
    ground=(GREY, GREY),
    rock=GREY,
    scree=GREY,
    snow=GREY,
    sun=GREY,
    shade=GREY,
    haze=GREY,
    sky=GREY,
    fog=GREY,
    contour=GREY,
    glow=GREY,
    roughness=0,
)
CAMERA = Camera((0.0, -7.0, 7.0), (0.0, 0.0, 0.0), 66, SIZE)


class Ground:
    bounds = (-5.0, 5.0, -5.0, 5.0)

    def __init__(self, height: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]) -> None:
        self._height = height

    def height(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
        return self._height(x, y)


def brightness(ground: Ground, lamp: Lamp) -> Callable[[float, float], float]:
    """How bright a place on the ground is in the light of a lamp."""
    terrain = BakedTerrain(ground, PLAIN, 1.0, texels=40)
    light = light_of([lamp], render_view(terrain, CAMERA), terrain, CAMERA)

    def at(x: float, y: float) -> float:
        column, row, _ = CAMERA.project(terrain.point(x, y))
        i, j = int(row) - light.box.top, int(column) - light.box.left
        inside = 0 <= i < light.lit.shape[0] and 0 <= j < light.lit.shape[1]
        return float(light.lit[i, j]) if inside else 0.0

    return at


def test_it_falls_with_the_square_of_the_distance_and_the_slant() -> None:
    high = 0.5
    at = brightness(Ground(lambda x, y: 0 * x), Lamp((0.0, 0.0, high), 0.2, 60.0))
    here = at(0.0, 0.0)
    for away in (0.5, 1.0, 1.5, 2.0):
        square = away**2 + high**2
        slant = high / np.sqrt(square)
        wanted = (0.92 * slant + 0.08) / (square + 0.045) / (1 / (high**2 + 0.045))
        for x, y in ((away, 0.0), (-away, 0.0), (0.0, away), (0.6 * away, -0.8 * away)):
            assert at(x, y) / here == pytest.approx(wanted, rel=0.08)


def test_nothing_of_it_is_left_at_its_reach() -> None:
    at = brightness(Ground(lambda x, y: 0 * x), Lamp((0.0, 0.0, 0.5), 0.2, 2.0))
    assert at(1.9, 0.0) < 1e-3 < at(1.0, 0.0)
    assert at(2.1, 0.0) == 0


def test_behind_a_ridge_it_is_dark() -> None:
    def wall(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        return 1.2 * np.exp(-(((x - 1.0) / 0.2) ** 2))

    at = brightness(Ground(wall), Lamp((0.0, 0.0, 0.4), 0.2, 4.0))
    assert at(0.4, 0.0) > 0.01
    assert at(-1.8, 0.0) > 0.001
    for x, y in ((1.8, 0.0), (2.2, 0.6), (1.7, -0.5)):
        assert at(x, y) == 0


def test_ground_that_faces_the_lamp_is_brighter() -> None:
    at = brightness(Ground(lambda x, y: 0.4 * np.maximum(x, 0)), Lamp((0.0, 0.0, 0.8), 0.2, 6.0))
    assert at(1.0, 0.0) > 1.4 * at(-1.0, 0.0)


def test_a_window_throws_its_light_before_the_house() -> None:
    at = brightness(Ground(lambda x, y: 0 * x), Lamp((0.0, 0.0, 0.3), 0.2, 3.0, (0.0, -1.0)))
    assert at(0.0, -0.8) > 0.01
    assert at(0.0, 0.8) == 0
    assert at(0.0, -0.8) > at(0.8, -0.1) > 0


def test_a_flame_is_never_still_and_always_the_same() -> None:
    several = [flicker(k / 30) for k in range(600)]
    assert several == [flicker(k / 30) for k in range(600)]
    assert 0.9 < min(several) < 0.98
    assert 1.02 < max(several) < 1.1
    assert np.abs(np.diff(several)).max() < 0.06
    assert flicker(1.0, 0) != flicker(1.0, 1)


def test_a_doorway_lets_light_out_in_a_fan() -> None:
    flat = Ground(lambda x, y: np.zeros_like(x))
    lamp = Lamp((0.0, 1.0, 0.5), 0.5, 4.0, (0.0, -1.0), (-0.2, 0.6))
    at = brightness(flat, lamp)
    assert at(0.0, -0.5) > 0
    assert at(0.7, -0.5) > 0  # to the right of whoever looks in from the south
    assert at(-0.8, -0.5) == 0
    assert at(0.0, 1.6) == 0
