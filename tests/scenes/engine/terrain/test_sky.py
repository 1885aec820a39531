"""What lies behind the land: nothing of the land itself is drawn over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.kernels.shading import ten_bits
from scenes.engine.terrain.sky import draw_sky
from scenes.engine.terrain.view import render_view
from scenes.theme import THEMES, Theme, theme
from tests.scenes.engine.terrain.test_scatter import Hills

SIZE = (480, 270)


class Dome:
    """One hill on a plain."""

    bounds = (-9.0, 9.0, -9.0, 9.0)

    def height(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        return np.asarray(np.exp(-np.square(x) - np.square(y)), np.float64)


LOW = Camera((0.0, -12.0, 2.6), (0.0, 0.0, 2.2), 50, SIZE)


@pytest.mark.parametrize("wanted", THEMES.values(), ids=THEMES)
def test_only_what_is_beyond_the_edge_is_drawn_over(wanted: Theme) -> None:
    terrain = BakedTerrain(Hills(), wanted.material, 1.0, texels=24)
    view = render_view(terrain, LOW)
    east, north = view.ground
    land = np.isfinite(view.depth) & (np.abs(east) < 8.9) & (np.abs(north) < 8.9)
    blank = np.zeros(SIZE[::-1], np.uint32)
    draw_sky(terrain, LOW, blank, view.depth)
    assert (blank[land] == 0).all()
    assert (blank[~land] > 0).mean() > 0.1
    assert LOW.horizon > 0


def test_there_are_stars_at_night_alone_and_they_stay_where_they_are() -> None:
    up = Camera((0.0, -12.0, 2.6), (0.0, 0.0, 6.0), 50, SIZE)
    skies = []
    for stars in (0.0, 1.0, 1.0):
        terrain = BakedTerrain(Hills(), replace(theme.material, stars=stars), 1.0, texels=24)
        skies.append(render_view(terrain, up).colours)
    assert 10 < (skies[0] != skies[1]).sum() < 0.1 * skies[0].size
    np.testing.assert_array_equal(skies[1], skies[2])


def test_no_line_shows_where_the_land_ends() -> None:
    """From row to row the picture changes little, across the edge of what was sampled."""
    terrain = BakedTerrain(Dome(), theme.material, 1.0, texels=24)
    high = Camera((0.0, -13.0, 9.0), (0.0, 2.0, 0.5), 50, (1920, 1080))
    view = render_view(terrain, high)
    tones = np.array([[float(ten_bits.py_func(p, 10)) for p in row] for row in view.colours[:600, ::64]]) / 1023 * 255
    north = view.ground[1][:600, ::64]
    edge = (north[:-1] > 9.0) & (north[:-1] < 9.4) & (north[1:] <= 9.0) & (north[1:] > 8.6)
    assert edge.sum() > 10
    assert np.abs(np.diff(tones, axis=0))[edge].max() < 5
