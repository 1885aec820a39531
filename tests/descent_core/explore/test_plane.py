"""The plane that runs are looked at in: it holds them, or it is a slice, and then the rest is held fast."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
import torch

from descent_core import record
from descent_core.explore.exploration import explore
from descent_core.explore.plane import coefficient_plane, principal_plane
from scenes.examples import losses
from tests.descent_core.explore.requests import example_request


def test_a_walk_in_a_plane_has_its_losses_on_the_ground() -> None:
    """Of ten coefficients only two directions ever move: the plane found is that one, and the slice is exact."""
    chance = np.random.default_rng(5)
    axes, _ = np.linalg.qr(chance.normal(size=(10, 2)))
    centre = torch.tensor(chance.normal(size=10))
    curve = torch.tensor(axes @ np.diag([1.0, 9.0]) @ axes.T)

    def loss(c: torch.Tensor) -> torch.Tensor:
        away = c - centre
        return away @ curve @ away + 3

    begin = centre.numpy() + axes @ [3.0, 1.0]
    walk = record(loss, begin, lr=0.05, steps=60)
    plane = principal_plane(walk.coeffs, walk.coeffs[-1], walk.slopes[0])
    assert plane.share == pytest.approx(1, abs=1e-12)
    assert plane.coeffs_at(plane.project(walk.coeffs)) == pytest.approx(walk.coeffs, abs=1e-9)
    on_slice = [float(loss(torch.tensor(one))) for one in plane.coeffs_at(plane.project(walk.coeffs))]
    assert on_slice == pytest.approx(walk.losses.tolist(), rel=1e-9)
    spanned = np.stack([plane.east, plane.north], axis=1)
    assert axes.T @ spanned @ spanned.T @ axes == pytest.approx(np.eye(2), abs=1e-9)


def test_a_walk_along_a_line_still_has_a_plane() -> None:
    walk = record(lambda c: (c**2).sum(), [3.0, 4.0, 0.0], lr=0.1, steps=20)
    plane = principal_plane(walk.coeffs, walk.coeffs[-1], walk.slopes[0])
    assert abs(plane.east @ [0.6, 0.8, 0.0]) == pytest.approx(1)
    assert plane.east @ plane.north == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(plane.north) == pytest.approx(1)
    nowhere = principal_plane(np.ones((3, 4)), np.ones(4), np.zeros(4))
    assert np.linalg.matrix_rank(np.stack([nowhere.east, nowhere.north])) == 2


def test_a_slice_through_two_named_coefficients_holds_the_others_at_the_best_point() -> None:
    found = explore(example_request("three_knobs", start=(-1.0, 0.0, 2.0), lrs=(0.05,), axes=(0, 2)))
    walk, shadow = found.recordings["run-0"], found.recordings["run-0-on-plane"]
    best = walk.coeffs[np.argmin(walk.losses)]
    assert found.summary.plane.kind == "coefficients"
    assert np.array_equal(shadow.coeffs, walk.coeffs[:, [0, 2]])
    assert np.array_equal(shadow.losses, walk.losses)
    assert np.array_equal(shadow.slopes, walk.slopes[:, [0, 2]])
    ground = found.landscape
    i, j = 30, 70
    setting = torch.tensor([ground.xs[i], best[1], ground.ys[j]])
    assert ground.heights[i, j] == pytest.approx(float(losses.three_knobs(setting)))


def test_a_thousand_coefficients() -> None:
    found = explore(example_request("thousand_knobs", lrs=(0.5,), steps=40))
    plane = found.summary.plane
    assert plane.dimensions == 1000
    assert plane.kind == "principal"
    assert 0.9 < plane.share < 1
    assert found.summary.plane_distance > 0
    assert found.recordings["run-0-on-plane"].coeffs.shape == (41, 2)


def test_one_coefficient_has_a_trough() -> None:
    found = explore(example_request("valley", start=(-1.8,), lrs=(0.01,)))
    assert found.summary.plane.kind == "line"
    assert np.ptp(found.landscape.heights, axis=1) == pytest.approx(0, abs=1e-12)
    assert (found.landscape.slopes[..., 1] == 0).all()
    ends = found.recordings["run-0"]
    assert found.landscape.height(ends.coeffs[-1, 0], 0.4) == pytest.approx(ends.losses[-1], abs=1e-5)


def test_two_coefficients_of_two_in_the_other_order_swap_the_directions() -> None:
    plane = coefficient_plane((1, 0), [3.0, 4.0], [[1.0, 2.0], [3.0, 4.0]])
    assert plane.kind == "full"
    assert plane.axes == (1, 0)
    assert plane.project([[1.0, 2.0]]).tolist() == [[2.0, 1.0]]


def test_memory_is_linear_in_points_times_coefficients() -> None:
    """Of coefficients so many that an identity matrix of them would take terabytes."""
    points = np.random.default_rng(0).normal(size=(4, 300_000))
    line = np.outer(np.arange(4.0), points[0])  # the second direction is looked for elsewhere
    tracemalloc.start()
    try:
        for case in (points, line):
            principal_plane(case, case[-1], points[1])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * points.nbytes


@pytest.mark.parametrize("shape", [(60, 200), (200, 60), (25, 50)])
def test_two_directions_that_are_sought_are_those_of_the_whole_decomposition(
    shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = np.cumsum(np.random.default_rng(2).normal(size=shape), axis=0)
    whole = principal_plane(walk, walk[-1], walk[0])
    monkeypatch.setattr("descent_core.explore.plane._SMALL", 0)
    sought = principal_plane(walk, walk[-1], walk[0])
    assert sought.east == pytest.approx(whole.east, abs=1e-10)
    assert sought.north == pytest.approx(whole.north, abs=1e-10)
    assert sought.share == pytest.approx(whole.share, abs=1e-12)
