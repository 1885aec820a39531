"""Two rings of points and a small network that tells them apart: shown by part 2 and by part 3.

The claims that the films make of its runs are tests in ``tests/descent_core/catalogue/test_rings.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from descent_core.catalogue.specs import Drawn, LandscapeSpec, ListingSpec, RunSpec
from descent_core.loss_function import Loss

if TYPE_CHECKING:
    from torch import Tensor

#: Points of each of the two, and the units of the network's hidden layer.
POINTS, HIDDEN = 100, 8
#: Its coefficients: two weights and a bias of each hidden unit, the weight of each in the answer, and one bias.
COEFFS = 4 * HIDDEN + 1


def ring_points() -> tuple[Tensor, Tensor]:
    """``(200, 2)``, the points, and ``(200,)``, what each is: 1 inside, -1 in the ring around. Made up, seed 0."""
    import torch

    chance = torch.Generator().manual_seed(0)
    angle = torch.rand(2 * POINTS, generator=chance) * 2 * torch.pi
    inside = torch.rand(POINTS, generator=chance) * 2.2
    around = 3.2 + torch.rand(POINTS, generator=chance) * 1.8
    radius = torch.cat([inside, around])
    points = torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)], 1) / 5
    return points, torch.cat([torch.ones(POINTS), -torch.ones(POINTS)])


def ring_answer(coeffs: Tensor, points: Tensor) -> Tensor:
    """``(n,)``, what the network says of ``(n, 2)`` points: from -1 to 1. 2 inputs, 8 hidden units, tanh."""
    import torch

    weights, biases = coeffs[: 2 * HIDDEN].view(2, HIDDEN), coeffs[2 * HIDDEN : 3 * HIDDEN]
    out, level = coeffs[3 * HIDDEN : 4 * HIDDEN], coeffs[4 * HIDDEN]
    return torch.tanh(torch.tanh(points @ weights + biases) @ out + level)


def rings() -> Loss:
    """Half the mean squared error of the network on the two rings: 33 coefficients."""
    points, right = ring_points()

    def loss(coeffs: Tensor) -> Tensor:
        return 0.5 * ((ring_answer(coeffs, points) - right) ** 2).mean()

    return loss


LOSSES: dict[str, Callable[[], Loss]] = {"rings": rings}

RUNS: dict[str, RunSpec] = {
    "rings": RunSpec("rings", Drawn(COEFFS, seed=442), lr=1.0, steps=300, dtype="float32"),
}

LANDSCAPES: dict[str, LandscapeSpec] = {}

LISTINGS: dict[str, ListingSpec] = {}
