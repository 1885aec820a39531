"""The ground against torch: heights, slopes, the stated error, and files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from descent_core import LANDSCAPES, RUNS, Landscape, recording
from descent_core.catalogue import make_loss
from descent_core.catalogue.gradient import radio
from descent_core.errors import RecordingError, RunError
from descent_core.library import landscape

ON_THE_MOUNTAIN = [label for label, run in RUNS.items() if run.loss == "radio"]


@pytest.mark.parametrize("label", ON_THE_MOUNTAIN)
def test_whoever_walks_stands_on_the_recorded_loss(label: str) -> None:
    ground, walk = landscape("mountain"), recording(label)
    on_it = ground.contains(walk.coeffs[:, 0], walk.coeffs[:, 1])
    assert on_it.all()
    heights = ground.height(walk.coeffs[:, 0], walk.coeffs[:, 1])
    assert np.abs(heights - walk.losses).max() <= 2 * ground.error


@pytest.mark.parametrize("label", ON_THE_MOUNTAIN)
def test_the_ground_tilts_as_the_recorded_slope(label: str) -> None:
    ground, walk = landscape("mountain"), recording(label)
    slopes = ground.slope(walk.coeffs[:, 0], walk.coeffs[:, 1])
    np.testing.assert_allclose(slopes, walk.slopes, atol=2e-4)


#: Losses with a kink, in centimetres, and with steps, in hits: there no grid is as near as on smooth ground.
ROUGH = {"dartboard": 0.01, "counted-hits": 2.5}


@pytest.mark.parametrize("label", LANDSCAPES)
def test_the_stated_error_holds_at_points_it_was_not_measured_at(label: str) -> None:
    ground, recipe = landscape(label), LANDSCAPES[label]
    chance = np.random.default_rng(0)
    x, y = chance.uniform(*recipe.x, 400), chance.uniform(*recipe.y, 400)
    truth = torch.func.vmap(make_loss(recipe.loss))(torch.tensor(np.stack([x, y], 1))).numpy()
    assert np.abs(ground.height(x, y) - truth).max() <= 2 * ground.error + 1e-12
    assert ground.error <= ROUGH.get(label, 1e-5)


def test_the_error_falls_with_the_fourth_power_of_the_spacing() -> None:
    coarse, fine = (Landscape.sample(radio(), (-3, 3), (-3, 3), nodes=(n, n)) for n in (31, 61))
    assert 12 < coarse.error / fine.error < 20


def test_a_cubic_is_met_exactly_between_the_nodes() -> None:
    def cubic(c: torch.Tensor) -> torch.Tensor:
        return c[0] ** 3 - 2 * c[0] * c[1] + c[1] ** 2 + 1

    ground = Landscape.sample(cubic, (-2, 2), (-1, 3), nodes=(9, 7))
    x, y = np.meshgrid(np.linspace(-2, 2, 37), np.linspace(-1, 3, 41))
    np.testing.assert_allclose(ground.height(x, y), x**3 - 2 * x * y + y**2 + 1, atol=1e-12)
    np.testing.assert_allclose(ground.slope(x, y), np.stack([3 * x**2 - 2 * y, -2 * x + 2 * y], -1), atol=1e-11)


def test_a_loss_that_cannot_be_vectorised_gives_the_same_ground() -> None:
    def stubborn(c: torch.Tensor) -> torch.Tensor:
        return (c**2).sum() if float(c[0]) > 0 else (c**2).sum() * 1.0

    one = Landscape.sample(stubborn, (-1, 1), (-1, 1), nodes=(7, 7))
    other = Landscape.sample(lambda c: (c**2).sum(), (-1, 1), (-1, 1), nodes=(7, 7))
    np.testing.assert_allclose(one.heights, other.heights)
    np.testing.assert_allclose(one.slopes, other.slopes)


def test_beyond_the_edge_the_ground_is_that_of_the_edge() -> None:
    ground = landscape("bowl")
    west, east, south, north = ground.bounds
    np.testing.assert_allclose(ground.height(east + 5, north + 5), ground.height(east, north), rtol=1e-12)
    assert not ground.contains(west - 0.1, south)


def test_a_landscape_survives_the_file(tmp_path: Path) -> None:
    before = landscape("bowl")
    after = Landscape.load(before.save(tmp_path / "bowl.npz"))
    np.testing.assert_array_equal(after.heights, before.heights)
    np.testing.assert_array_equal(after.slopes, before.slopes)
    assert (after.error, dict(after.meta)) == (before.error, dict(before.meta))


def test_a_recording_is_not_a_landscape(tmp_path: Path) -> None:
    path = recording("right").save(tmp_path / "right.npz")
    with pytest.raises(RecordingError, match="not a descent-landscape"):
        Landscape.load(path)


@pytest.mark.parametrize(("x", "nodes"), [((1, 1), (9, 9)), ((2, 1), (9, 9)), ((0, 1), (1, 9))])
def test_an_area_without_size_is_refused(x: tuple[float, float], nodes: tuple[int, int]) -> None:
    with pytest.raises(RunError, match="needs an area"):
        Landscape.sample(radio(), x, (0, 1), nodes=nodes)
