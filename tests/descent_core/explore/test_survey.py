"""The landscape is the loss, however it can be evaluated."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import torch

from descent_core.explore.exploration import explore
from descent_core.explore.plane import full_plane
from descent_core.explore.region import Region
from descent_core.explore.survey import survey
from scenes.examples import losses
from tests.descent_core.explore.requests import example_request, request_for, write_loss


def test_a_network_with_minibatches_has_a_ground_of_the_expected_loss() -> None:
    notes: list[str] = []
    asked = example_request("small_network", lrs=(0.1,), steps=30)
    found = explore(asked, note=notes.append)
    assert found.summary.draws == 32
    assert any("of the mean of 32 draws" in note for note in notes)
    # Minibatches of 64 out of 256: the mean of 32 of them is as good as the loss of all.
    model, _ = losses.small_network()
    x = torch.linspace(-3, 3, 256)[:, None]

    def of_all(coeffs: np.ndarray) -> float:
        torch.nn.utils.vector_to_parameters(torch.tensor(coeffs, dtype=torch.float32), model.parameters())
        with torch.no_grad():
            return float(torch.nn.functional.mse_loss(model(x), torch.sin(x)))

    run = found.recordings["run-0"]
    full = np.array([of_all(point) for point in run.coeffs])
    assert np.abs(run.expected_losses - full).max() < 0.03 < np.abs(run.losses - full).max()
    projected = found.recordings["run-0-on-plane"]
    ground = found.landscape.height(*projected.coeffs.T)
    assert np.abs(ground - full).max() < 0.1  # what the plane leaves out
    verdict = found.summary.verdicts["run-0"]
    assert (verdict.draws, verdict.last_loss) == (32, run.expected_losses[-1])
    again = explore(asked)
    corners = np.ix_([0, -1], [0, -1])  # there is a node, however fine the grid
    assert np.array_equal(found.landscape.heights[corners], again.landscape.heights[corners])
    assert found.recordings["run-0"].same_arrays(again.recordings["run-0"])


def test_a_loss_that_takes_one_point_at_a_time_is_looped_over_and_that_is_said(tmp_path: Path) -> None:
    spec = write_loss(tmp_path, "def loss(c):\n    return (c**2).sum() if c[0].item() > 0 else (3 * c**2).sum()")
    notes: list[str] = []
    found = explore(request_for(spec, (0.05,), (1.0, 1.0), steps=20), note=notes.append)
    assert any(
        "one point at a time only (it looks at single values, as .item()" in note and "sampled point by point" in note
        for note in notes
    )
    east, north = found.landscape.xs[-1], found.landscape.ys[3]
    assert found.landscape.heights[-1, 3] == pytest.approx(east**2 + north**2)


def test_a_branch_that_uses_no_coefficient_has_no_slope(tmp_path: Path) -> None:
    spec = write_loss(tmp_path, "def loss(c):\n    return (c**2).sum() if c[0].item() > 0.5 else torch.tensor(0.25)")
    found = explore(request_for(spec, (0.05,), (1.0, 1.0), steps=5))
    assert found.landscape.xs[0] < 0.5
    assert found.landscape.heights[0, 0] == 0.25
    assert (found.landscape.slopes[0, 0] == 0).all()


def test_holes_are_noted(tmp_path: Path) -> None:
    spec = write_loss(tmp_path, "def loss(c): return (c - torch.log(c)).sum()")
    notes: list[str] = []
    found = explore(request_for(spec, (0.1,), (0.2, 0.3), steps=60), note=notes.append)
    assert found.summary.hole_fraction > 0.05
    assert any("not finite on" in note for note in notes)


def test_a_slow_loss_is_sampled_on_a_coarser_grid(tmp_path: Path) -> None:
    spec = write_loss(
        tmp_path, "import time\ndef loss(c):\n    time.sleep(0.004)\n    c[0].item()\n    return (c**2).sum()"
    )
    notes: list[str] = []
    heard: list[tuple[str, int, int]] = []
    began = time.monotonic()
    found = explore(
        request_for(spec, (0.1,), (1.0, 1.0), steps=4),
        report=lambda *progress: heard.append(progress),
        note=notes.append,
    )
    assert time.monotonic() - began < 20
    assert 9 <= len(found.landscape.xs) < 60
    assert {what for what, _, _ in heard} == {"runs", "landscape"}
    done, total = heard[-1][1:]
    assert done == total == len(found.landscape.xs) ** 2 + (len(found.landscape.xs) - 1) ** 2


@pytest.mark.parametrize("batched", [True, False])
def test_a_loss_in_a_type_that_numpy_lacks_is_sampled(batched: bool) -> None:
    def loss(c: torch.Tensor) -> torch.Tensor:
        return (c**2).sum() if batched or c[0].item() > -9 else c.sum()

    found = survey(loss, full_plane(2), Region(-1, 1, -1, 1), dtype=torch.bfloat16, seconds=0.01)
    assert found.batched is batched
    assert found.landscape.heights[0, 0] == 2
    assert found.landscape.slopes[0, 0].tolist() == [-2, -2]
