"""Grids of runs: each is what `record` gives, and theory says which of them get home."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from descent_core.errors import DescentError, RecordingError
from descent_core.recordings.fates import Fate, arrival, fates_of, radius_of
from descent_core.recordings.run_grid import RunGrid
from descent_core.training.recorder import record
from descent_core.training.run_grids import record_grid

BOUNDS = (-4.0, 4.0, -4.0, 4.0)


def ellipse(c: torch.Tensor) -> torch.Tensor:
    """Curvatures 2 and 0.5, minimum 0 at the origin: stable below a learning rate of 1."""
    return c[0] ** 2 + c[1] ** 2 / 4


@pytest.fixture(scope="module")
def grid() -> RunGrid:
    lrs = np.geomspace(0.05, 1.4, 24).tolist()
    return record_grid(ellipse, [[2.0, 1.5], [-1.0, 3.0]], lrs, steps=150, bounds=BOUNDS, home=(0, 0))


def test_each_run_is_the_one_that_record_gives(grid: RunGrid) -> None:
    for z, row, s in [(0, 0, 0), (0, 20, 1), (1, 5, 0), (1, 23, 1)]:
        run = record(ellipse, grid.starts[s], lr=float(grid.lrs[row]), steps=150, zero_grad=grid.wiped[z])
        rows = int(grid.rows[0, z, row, s])
        assert rows == run.steps + 1
        for name, array in [("coeffs", run.coeffs), ("slopes", run.slopes), ("losses", run.losses)]:
            assert np.array_equal(getattr(grid, name)[0, z, row, s][:rows], array)
        assert np.array_equal(grid.grads[0, z, row, s][: run.steps], run.grads)
        assert grid.outcome(0, z, row, s) is run.outcome


def test_the_largest_learning_rate_that_gets_home_is_two_over_the_curvature(grid: RunGrid) -> None:
    assert grid.sharpest[0] == pytest.approx(2.0)
    assert grid.flattest[0] == pytest.approx(0.5)
    for start in range(2):
        home = grid.fates[0, 0, :, start] == Fate.HOME
        largest = int(np.flatnonzero(home)[-1])
        assert grid.lrs[largest] < 2 / grid.sharpest[0] < grid.lrs[largest + 1]
        assert (grid.fates[0, 0, largest + 1 :, start] == Fate.GONE).all()


def test_the_fewest_steps_are_made_near_the_best_learning_rate_of_theory(grid: RunGrid) -> None:
    # 2 / (sharpest + flattest) shrinks both directions alike (Boyd and Vandenberghe, section 9.3).
    home = grid.fates[0, 0] == Fate.HOME
    arrived = np.where(home, grid.arrived[0, 0], 10_000)
    best = grid.lrs[np.argmin(arrived, axis=0)]
    assert np.all((best > 0.5 * 2 / 2.5) & (best < 1.25 * 2 / 2.5))


def test_who_never_wipes_the_gradient_on_a_bowl_never_rests(grid: RunGrid) -> None:
    # Without zero_() each step is the last one and one more pull: a swing without friction, until lr is 4 / curvature.
    assert Fate.HOME not in grid.fates[0, 1]


def test_a_file_of_a_grid_is_read_back_bit_for_bit(grid: RunGrid, tmp_path: Path) -> None:
    path = grid.save(tmp_path / "one.grid.npz")
    again = RunGrid.load(path)
    assert again.coeffs.tobytes() == grid.coeffs.tobytes()
    assert (again.optimizers, again.wiped, again.meta) == (grid.optimizers, grid.wiped, grid.meta)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(RecordingError, match="is cut short"):
        RunGrid.load(path)
    with pytest.raises(ValueError, match="does not fit"):
        replace(grid, lrs=grid.lrs[:-1].copy())


def test_a_start_where_the_loss_has_no_value_is_gone_and_the_others_walk() -> None:
    def half(c: torch.Tensor) -> torch.Tensor:
        return c[0].sqrt() ** 4 + c[1] ** 2

    made = record_grid(half, [[1.0, 1.0], [-1.0, 1.0]], [0.1], steps=80, bounds=BOUNDS, home=(0, 0), wiped=[True])
    assert made.rows[0, 0, 0].tolist() == [81, 1]
    assert made.fates[0, 0, 0, 1] == Fate.GONE
    with pytest.raises(DescentError, match="nan"):
        record_grid(half, [[-1.0, 1.0]], [0.1], steps=8, bounds=BOUNDS, home=(0, 0))


def test_nobody_is_home_where_nobody_came_to_rest() -> None:
    crawl = record_grid(ellipse, [[3.0, 3.0]], [1e-4], steps=20, bounds=BOUNDS, home=(0, 0), wiped=[True])
    assert crawl.fates.ravel().tolist() == [Fate.WALKING]
    assert np.isnan(crawl.valleys).all()
    assert not crawl.has_home


def test_a_walk_that_arrives_in_its_last_quarter_is_still_walking() -> None:
    coeffs = np.linspace(8, 0, 41)[:, None, None] * [1.0, 0.0]
    ended = fates_of(
        coeffs[-1], arrival(coeffs, 0.1), whole=[True], on_ground=[True], steps=40, valleys=[[0, 0]], radius=0.1
    )
    assert ended.fates.tolist() == [Fate.WALKING]
    assert radius_of((0, 10, 0, 20)) == pytest.approx(0.2)
