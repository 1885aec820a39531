"""Torch's slope and the heights of a loss: what they disagree on is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from descent_core.explore.agreement import CUT_OFF, DIFFERENT, slope_disagreement
from descent_core.explore.exploration import explore
from descent_core.explore.plane import Plane, full_plane
from descent_core.explore.region import Region
from descent_core.explore.summary import Summary
from scenes.examples import losses
from tests.descent_core.explore.requests import request_for, write_loss

REGION = Region(-2, 3, -2, 2)


def disagreement(loss: Callable, dtype: torch.dtype = torch.float64) -> str:
    return slope_disagreement(loss, torch.tensor([0.4, 0.7], dtype=dtype), full_plane(2), REGION, seconds=60)


class _Halved(torch.autograd.Function):
    """A square with half of its slope."""

    @staticmethod
    def forward(ctx, c):
        ctx.save_for_backward(c)
        return c**2

    @staticmethod
    def backward(ctx, slope):
        return slope * ctx.saved_tensors[0]


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (lambda c: c[0] ** 2 + c[1].item() ** 2, CUT_OFF),
        (lambda c: c[0] * 0 + (c.detach() ** 2).sum(), CUT_OFF),
        (lambda c: (c**2).sum() + (c.detach() ** 2).sum(), DIFFERENT),
        (lambda c: _Halved.apply(c).sum(), DIFFERENT),
        (lambda c: (c + (c.round() - c).detach()).sum(), DIFFERENT),  # a slope that is passed straight through
    ],
)
def test_a_slope_that_is_not_that_of_the_heights_is_found(loss: Callable, expected: str, dtype: torch.dtype) -> None:
    assert disagreement(loss, dtype) == expected


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize(
    "loss",
    [
        losses.himmelblau,
        losses.rosenbrock,
        losses.beale,
        losses.rastrigin,
        losses.ackley,
        lambda c: c.abs().sum() + torch.relu(c[0] - c[1]),
        lambda c: c.round().sum() + 0 * c.sum(),  # steps: level nearly everywhere, as its slope says
        lambda c: c[0] ** 2 + 1e6,
        lambda c: torch.log(c).sum(),  # with holes
        lambda c: (c**2).sum() * torch.rand(()),  # one draw, of one seed
        lambda c: torch.nn.functional.dropout(c**2, 0.5).sum(),
    ],
)
def test_a_slope_that_is_that_of_the_heights_is_not_doubted(loss: Callable, dtype: torch.dtype) -> None:
    assert disagreement(loss, dtype) == ""


def test_a_loss_that_changes_from_call_to_call_is_not_doubted() -> None:
    chance = np.random.default_rng(0)
    assert disagreement(lambda c: (c**2).sum() * chance.uniform(0.5, 1.5)) == ""


def test_a_coefficient_that_no_direction_of_the_plane_moves_counts_too() -> None:
    east, north = np.eye(2, 4)
    plane = Plane(np.ones(4), east, north, "coefficients", (0, 1))
    loss = lambda c: (c[:2] ** 2).sum() + 5 * (c[2:].detach() ** 2).sum()  # noqa: E731
    assert slope_disagreement(loss, torch.ones(4, dtype=torch.float64), plane, REGION, seconds=0) == DIFFERENT


def test_it_is_noted_and_kept_with_the_landscape(tmp_path) -> None:
    spec = write_loss(tmp_path, "def loss(c): return c[0] ** 2 + c[1].item() ** 2")
    notes: list[str] = []
    found = explore(request_for(spec, (0.1,), (1.0, 1.0), steps=3), note=notes.append)
    assert Summary.of(found.landscape).slope_disagreement == CUT_OFF
    assert any(CUT_OFF in note for note in notes)
