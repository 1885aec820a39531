"""The bench of an exploration: as many runs as there is time for, on the user's own loss; what is left out is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from descent_core.explore import bench as benches
from descent_core.explore.exploration import Exploration, explore
from descent_core.recordings.fates import Fate
from descent_core.recordings.run_grid import RunGrid
from descent_core.training.recorder import record
from scenes.examples import losses
from tests.descent_core.explore.requests import example_request, request_for, write_loss


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A grid of 5 learning rates or so and 4 starts, and maps of few nodes: enough to see that all is in its place."""
    monkeypatch.setattr(benches, "_SIZES", ((5, 4), (2, 1)))
    monkeypatch.setattr(benches, "_NODES", ((12, 11), (6, 6)))
    monkeypatch.setattr(benches, "_GRID_SECONDS", 1e9)
    monkeypatch.setattr(benches, "_MAP_SECONDS", 1e9)


def explored(notes: list[str] | None = None, **request: object) -> Exploration:
    asked = example_request(**{"steps": 40, **request})  # type: ignore[arg-type]
    return explore(asked, note=(notes if notes is not None else []).append, beside="bench")


def test_a_loss_of_two_knobs(tmp_path: Path) -> None:
    notes: list[str] = []
    found = explored(notes, name="himmelblau", start=(0.2, 0.3), lrs=(0.01, 0.03))
    assert found.bench is not None
    grid, fates = found.bench.grid, found.bench.fates
    assert grid.wiped == (True, False)
    assert grid.optimizers == ("",)
    assert {0.01, 0.03} <= set(grid.lrs)
    assert grid.starts[0] == pytest.approx([0.2, 0.3])
    assert len(grid.starts) == 4
    row = int(np.flatnonzero(grid.lrs == 0.01)[0])
    run = record(losses.himmelblau, [0.2, 0.3], lr=0.01, steps=40)
    assert np.array_equal(grid.coeffs[0, 0, row, 0], run.coeffs)
    assert grid.fates[0, 0, row, 0] == Fate.HOME
    assert fates.fates.shape[1:] == (12, 11)
    found.save(tmp_path)
    assert {"bench.grid.npz", "bench.fates.npz"} <= {path.name for path in tmp_path.iterdir()}
    assert RunGrid.load(tmp_path / "bench.grid.npz").same_runs(grid)
    assert explore(example_request("himmelblau", start=(0.2, 0.3), steps=5)).bench is None


def test_one_knob_walks_in_a_row() -> None:
    found = explored(name="valley", start=(-1.8,), lrs=(0.05,))
    assert found.bench is not None
    grid, fates = found.bench.grid, found.bench.fates
    assert (grid.starts[:, 1] == 0).all()
    assert (grid.coeffs[..., 1][np.isfinite(grid.coeffs[..., 0])] == 0).all()
    assert fates.fates.shape == (len(grid.lrs), 1, 1) or fates.fates.shape[2] == 1
    assert any("One knob" in note for note in grid.meta["notes"])


def test_a_slice_has_its_starts_on_the_slice_and_says_so() -> None:
    found = explored(name="three_knobs", start=(0.0, 0.5, 0.5), lrs=(0.05,))
    assert found.bench is not None
    grid = found.bench.grid
    assert any("all walks start on the slice" in note for note in grid.meta["notes"])
    assert np.allclose(grid.coeffs[:, :, :, :, 0], grid.starts)


def test_an_optimizer_stands_beside_plain_descent() -> None:
    found = explored(name="himmelblau", start=(0.2, 0.3), lrs=(0.1,), optimizer="adam")
    assert found.bench is not None
    assert found.bench.grid.optimizers == ("", "torch.optim.Adam")


def test_chance_names_its_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benches, "_SIZES", ((2, 1),))
    body = "def loss(c):\n    return ((c - torch.randn(2)) ** 2).sum()\n"
    found = explore(request_for(write_loss(tmp_path, body), (0.1,), (2.0, 1.0), steps=4), beside="bench")
    assert found.bench is not None
    assert found.bench.grid.meta["draws"] == 32
    [said] = [note for note in found.bench.grid.meta["notes"] if "chance" in note]
    assert "seed 0" in said
    assert "32 fixed draws" in said


def test_a_dear_loss_has_fewer_runs_and_says_so_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benches, "_GRID_SECONDS", 0.0)
    notes: list[str] = []
    found = explored(notes, name="himmelblau", start=(0.2, 0.3), lrs=(0.01,))
    assert found.bench is not None
    assert len(found.bench.grid.starts) == 1
    assert any("2 learning rates and 1 start instead of 5 and 4" in note for note in notes)
    assert any("instead of 5 and 4" in note for note in found.bench.grid.meta["notes"])


def test_maps_alone_are_of_the_learning_rates_that_were_asked_for() -> None:
    found = explore(example_request("himmelblau", start=(0.2, 0.3), lrs=(0.03, 0.01), steps=60), beside="maps")
    assert found.maps is not None
    assert found.maps.lrs.tolist() == [0.01, 0.03]
    assert (found.maps.fates[0] == Fate.HOME).any()
    line = explore(example_request("valley", start=(-1.8,), lrs=(0.05,), steps=30), beside="maps")
    assert line.maps is not None
    assert line.maps.fates.shape[2] == 1
    assert len(line.maps.lrs) > 5
