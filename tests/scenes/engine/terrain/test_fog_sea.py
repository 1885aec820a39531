"""Fog that sinks: the far and the high come out of it first, and what is drawn is as foggy as what stands there."""

from __future__ import annotations

import numpy as np
import pytest

from descent_core.library import landscape
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.fog.fog import Fog, with_fog
from scenes.engine.terrain.fog.sea import FULL, hides, sea_of
from scenes.engine.terrain.scale import Scale, baked
from scenes.engine.terrain.view import View, render_view
from scenes.gradient.shots import ALL_ALONG
from scenes.theme import theme

SIZE = (320, 180)
PEAK, VALLEY, EDGE = (-3.1, 0.0), (0.0, 0.0), (3.0, 6.5)


@pytest.fixture(scope="module")
def ground() -> object:
    land = landscape("mountain")
    return baked(land, Scale.of(land), theme.material)


@pytest.fixture(scope="module")
def camera() -> Camera:
    return Camera(ALL_ALONG.eye, ALL_ALONG.target, ALL_ALONG.fov, SIZE)


@pytest.fixture(scope="module")
def view(ground, camera) -> View:
    return render_view(ground, camera)


def test_the_peak_and_the_edge_come_out_before_the_valley(ground, camera) -> None:
    hidden = np.array(
        [
            [hides(top, ground, camera.eye, ground.point(*place)) for place in (PEAK, VALLEY, EDGE)]
            for top in np.linspace(2.0, -0.3, 24)
        ]
    )
    assert (np.diff(hidden, axis=0) <= 1e-9).all()
    assert (hidden[0] > 0.99).all()
    assert (hidden[-1] == 0).all()
    clears = (hidden > 0.5).sum(axis=0)
    assert clears[0] < clears[1]
    assert clears[2] <= clears[1]


def test_what_is_drawn_is_as_foggy_as_what_stands_there(ground, camera, view) -> None:
    for top in (0.9, 0.5, 0.2):
        thick, _ = sea_of(top, view, ground, 0.0, camera)
        for place in ((-3.1, -1.2), (0.0, 0.4)):
            point = ground.point(*place)
            column, row, _ = camera.project(point)
            here = thick[int(row) - 1 : int(row) + 2, int(column) - 1 : int(column) + 2].mean()
            assert abs(here - hides(top, ground, camera.eye, point)) < 0.35


def test_no_edge_shows_while_its_surface_passes_the_eye(ground, camera, view) -> None:
    low, high = ground.span
    eye = (camera.eye[2] - low) / (high - low)
    for over in (0.25, 0.1, 0.03, 0.0, -0.03):
        thick, _ = sea_of(eye + over, view, ground, 0.0, camera)
        sky = thick[:50]
        assert np.abs(np.diff(sky, axis=0)).max() < 0.35


def test_fog_that_has_not_sunk_is_what_it_was(ground, camera, view) -> None:
    plain = with_fog(Fog(1.0), view, ground, 1.0, camera=camera)
    np.testing.assert_array_equal(with_fog(Fog(1.0, top=FULL), view, ground, 1.0, camera=camera), plain)
    clear = with_fog(Fog(1.0, top=-0.4), view, ground, 1.0, camera=camera)
    assert np.abs(clear.astype(int) - plain).max() > 60


def test_fog_changes_toward_another_height() -> None:
    assert Fog(1.0, top=2.0).toward(Fog(1.0, top=1.0), 0.25).top == 1.75
