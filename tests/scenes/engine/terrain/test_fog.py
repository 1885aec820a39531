"""The fog: its wisps, held to what Pillow makes of the same cloud, and its banks."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.fog.banks import banks_of, cloud, wisps_of
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.kernels import fog as kernel
from scenes.theme import theme
from tests.scenes.engine.terrain.test_scatter import Hills


@pytest.mark.parametrize("place", [(0.0, 0.0), (3.5, 20.25), (250.0, 255.5), (1000.0, -7.0)])
def test_a_layer_is_the_cloud_magnified(place: tuple[float, float]) -> None:
    clouds = cloud()
    left, top = place
    wide, high = 60.0, 30.0
    drawn = np.empty((45, 320), np.float32)
    kernel.wisps(clouds, np.array([(left, top, wide / 80, high / 45, 0.7)]), 80, drawn)
    whole = Image.fromarray(np.tile(clouds, (3, 3)))
    left, top = 256 + left % 256, 256 + top % 256
    small = whole.resize((80, 45), Image.Resampling.BILINEAR, box=(left, top, left + wide, top + high))
    stretched = np.asarray(small.resize((320, 45), Image.Resampling.BILINEAR)) * 0.7
    # Pillow does not look beyond its box, so at its rim it knows less.
    assert np.abs(drawn - stretched)[2:-2, 8:-8].max() < 1e-5
    assert np.abs(drawn - stretched).max() < 0.05


def test_layers_are_mixed_by_their_weights() -> None:
    several = np.array([(3.0, 5.0, 1.1, 0.7, 0.5), (40.0, 9.0, 0.4, 0.3, -0.25)])
    drawn = np.empty((3, 20, 160), np.float32)
    for layers, into in zip((several, several[:1], several[1:]), drawn, strict=True):
        kernel.wisps(cloud(), layers, 20, into)
    assert np.abs(drawn[0] - drawn[1] - drawn[2]).max() < 1e-6


def test_they_drift_without_a_jump_however_long_the_film() -> None:
    for clock in (0.0, 82.5, 82.6, 3600.0):
        now, then = wisps_of(clock, 854, 480), wisps_of(clock + 1 / 60, 854, 480)
        assert 0 < np.abs(now - then).max() < 0.02
        assert np.abs(now).max() < 1.2


@pytest.fixture(scope="module")
def terrain() -> BakedTerrain:
    return BakedTerrain(Hills(), theme.material, 1.0, texels=12)


def banks(terrain: BakedTerrain, clock: float, eye: float = 0.0, density: float = 1.0) -> np.ndarray:
    camera = Camera((eye, -14.0, 9.0), (eye, 0.0, 0.5), 44, (854, 480))
    return banks_of(Fog(density).unevenness, terrain, clock, *camera.size, camera)


def test_banks_drift_as_they_did_before(terrain: BakedTerrain) -> None:
    np.testing.assert_array_equal(banks(terrain, 12.5), banks(terrain, 12.5))
    assert 0 < np.abs(banks(terrain, 12.5 + 1 / 30) - banks(terrain, 12.5)).max() < 0.03
    assert np.abs(banks(terrain, 20.0) - banks(terrain, 12.5)).max() > 0.03


def test_near_banks_pass_before_far_ones(terrain: BakedTerrain) -> None:
    """As the eye moves to the side, the lower rows, which are nearer, move the farther."""
    now, then = banks(terrain, 5.0), banks(terrain, 5.0, eye=0.5)

    def moved(row: int) -> int:
        reach = range(0, 120)
        off = [np.square(now[row, shift:] - then[row, : now.shape[1] - shift]).mean() for shift in reach]
        return int(np.argmin(off))

    assert 5 < moved(12) < moved(45)


def test_shafts_of_light_fall_while_it_lifts(terrain: BakedTerrain) -> None:
    lifting = [banks(terrain, 5.0, density=density) - banks(terrain, 5.0) for density in (1.0, 0.5, 0.0)]
    assert np.abs(lifting[0]).max() == 0
    assert lifting[1].max() > 0.05
    assert lifting[1].min() >= 0
    assert np.abs(lifting[2]).max() < 1e-6
