"""Chance in a loss: what became of a run on it is judged by the expected loss, of many fixed draws."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor

from descent_core import record

f64: Any = partial(torch.tensor, dtype=torch.float64)

DATA = f64([0.1, 3, -3, 2.9, -3.1, 3.2])


def one_of_six(c: Tensor) -> Tensor:
    return (c[0] - DATA[torch.randint(6, ())]) ** 2


def test_a_lucky_first_draw_is_no_divergence() -> None:
    run = record(one_of_six, [0.0], lr=0.05, steps=300, seed=5)
    assert run.losses[0] < np.median(run.losses) / 10
    assert run.outcome == "hovering"
    expected = run.evidence.expected
    assert expected is not None
    # By the book: the variance of the data, and how far from their mean one stands; up to which draws there were.
    book = float(DATA.var(correction=0)) + (run.coeffs[list(expected.rows), 0] - float(DATA.mean())) ** 2
    unsure = 3 * float(((DATA - DATA.mean()) ** 2).std() + 2 * DATA.std()) / np.sqrt(expected.draws)
    assert np.abs(np.array(expected.losses) - book).max() < unsure


def blobs() -> tuple[Tensor, Tensor]:
    chance = torch.Generator().manual_seed(3)
    centres = torch.tensor([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0], [0.0, 0.0]], dtype=torch.float64)
    labels = torch.arange(200) % 4
    return centres[labels] + torch.randn(200, 2, generator=chance, dtype=torch.float64) * 0.5, labels


def softmax_regression(c: Tensor, batch: int | None) -> Tensor:
    points, labels = blobs()
    rows = slice(None) if batch is None else torch.randint(200, (batch,))
    return torch.nn.functional.cross_entropy(points[rows] @ c[:8].view(2, 4) + c[8:], labels[rows])


def test_minibatches_whose_full_loss_falls_are_descending_whatever_single_draws_say() -> None:
    run = record(partial(softmax_regression, batch=4), [0.0] * 12, lr=0.1, steps=150, seed=1)
    assert np.diff(run.losses).max() > 0.2  # single draws swing
    expected = run.evidence.expected
    assert expected is not None
    full = [float(softmax_regression(f64(run.coeffs[row]), None)) for row in expected.rows]
    np.testing.assert_allclose(expected.losses, full, atol=0.15)
    assert full[0] > 1.38
    assert run.outcome == "descending"


def small_net(c: Tensor, batch: int | None) -> Tensor:
    chance = torch.Generator().manual_seed(1)
    points = torch.randn(64, 2, generator=chance, dtype=torch.float64)
    right = (points[:, :1] * points[:, 1:] > 0).double()
    rows = slice(None) if batch is None else torch.randint(64, (batch,))
    inner = torch.tanh(points[rows] @ c[:16].view(2, 8) + c[16:24])
    return ((torch.sigmoid(inner @ c[24:32].view(8, 1) + c[32]) - right[rows]) ** 2).mean()


def test_a_small_net_on_minibatches_of_one_did_not_diverge() -> None:
    start = torch.randn(33, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    run = record(partial(small_net, batch=1), start, lr=0.5, steps=400, seed=3)
    assert run.outcome in ("descending", "hovering")
    assert run.evidence.expected is not None
    assert run.evidence.expected.losses[-1] < run.evidence.expected.losses[0]


def test_with_too_large_a_step_chance_does_not_hide_that_it_diverges() -> None:
    run = record(one_of_six, [0.5], lr=1.1, steps=60, seed=5)
    assert run.outcome == "diverged"


def test_the_same_draws_are_asked_at_every_row_and_leave_the_generators_alone() -> None:
    np.random.seed(4)
    before = np.random.get_state()[1].tolist()  # type: ignore[index,union-attr]
    torch.manual_seed(9)
    runs = [record(lambda c: (c * np.random.rand() - torch.rand(1)).abs().sum(), [1.0], lr=0.0, steps=5) for _ in "ab"]
    assert float(torch.rand(1)) == float(torch.manual_seed(9) and torch.rand(1))
    for run in runs:
        expected = run.evidence.expected
        assert expected is not None
        assert len(set(expected.losses)) == 1
    assert runs[0].evidence == runs[1].evidence
    assert len(before) == 624
