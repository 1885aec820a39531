"""The wisps of the fog, held to what Pillow makes of the same cloud."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from scenes.engine.terrain.fog import _cloud, _wisps
from scenes.engine.terrain.kernels import fog as kernel


@pytest.mark.parametrize("place", [(0.0, 0.0), (3.5, 20.25), (250.0, 255.5), (1000.0, -7.0)])
def test_a_layer_is_the_cloud_magnified(place: tuple[float, float]) -> None:
    cloud = _cloud()
    left, top = place
    wide, high = 60.0, 30.0
    drawn = np.empty((45, 320), np.float32)
    kernel.wisps(cloud, np.array([(left, top, wide / 80, high / 45, 0.7)]), 80, drawn)
    whole = Image.fromarray(np.tile(cloud, (3, 3)))
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
        kernel.wisps(_cloud(), layers, 20, into)
    assert np.abs(drawn[0] - drawn[1] - drawn[2]).max() < 1e-6


def test_they_drift_without_a_jump_however_long_the_film() -> None:
    for clock in (0.0, 82.5, 82.6, 3600.0):
        now, then = _wisps(clock, 854, 480), _wisps(clock + 1 / 60, 854, 480)
        assert 0 < np.abs(now - then).max() < 0.02
        assert np.abs(now).max() < 1.2
