"""Where a run starts from, when there are too many coefficients to choose: drawn at random, round nought."""

from __future__ import annotations

import torch
from torch import Tensor


def init_coeffs(n: int) -> Tensor:
    coeffs = torch.rand(n) - 0.5
    return coeffs.requires_grad_()


def drawn_coeffs(seed: int, count: int) -> list[float]:
    """What `init_coeffs` gives with that seed; the caller's generator is left as it was.

    >>> [round(coeff, 4) for coeff in drawn_coeffs(20, 3)]
    [0.0615, -0.3226, 0.3147]
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return [float(coeff) for coeff in init_coeffs(count).detach()]
