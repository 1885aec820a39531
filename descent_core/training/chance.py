"""Chance in a loss: whether there is any, and the expected loss, as the mean of many fixed draws."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor

from descent_core.loss_function import Loss

#: Draws that an expected loss is the mean of.
DRAWS = 32
#: Apart from the seeds of runs, so that no draw is one that the walk had.
_FIRST_SEED = 7_000_001


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Let torch, numpy and `random` draw from ``seed`` in the block, and go on after it as if it had not been."""
    plain, legacy = random.getstate(), np.random.get_state()
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            random.seed(seed)
            np.random.seed(seed % 2**32)
            yield
    finally:
        random.setstate(plain)
        np.random.set_state(legacy)


def has_chance(loss: Loss, at: Tensor) -> bool:
    """Whether the loss draws by chance, or changes from call to call: it is called twice at one point.

    Examples
    --------
    >>> one = torch.ones(1)
    >>> has_chance(lambda c: (c**2).sum(), one), has_chance(lambda c: (c * torch.randn(1)).sum(), one)
    (False, True)
    """
    with seeded(_FIRST_SEED):
        before = _state()
        first = float(loss(_leaf(at)).detach())
        drew = _state() != before
    with seeded(_FIRST_SEED):
        again = float(loss(_leaf(at)).detach())
    return drew or not (first == again or (first != first and again != again))


def draw(loss: Loss, number: int) -> Loss:
    """The same loss with one draw fixed: it draws the same at each call."""

    def fixed(coeffs: Tensor) -> Tensor:
        with seeded(_FIRST_SEED + number):
            return loss(coeffs)

    return fixed


def expected(loss: Loss, draws: int = DRAWS) -> Loss:
    """The mean of many draws of a loss, the same draws at each call.

    Examples
    --------
    >>> noisy = lambda c: ((c - torch.randn(1)) ** 2).sum()
    >>> mean = expected(noisy)
    >>> bool(mean(torch.zeros(1)) == mean(torch.zeros(1)))
    True
    """
    fixed = [draw(loss, number) for number in range(draws)]

    def mean(coeffs: Tensor) -> Tensor:
        return torch.stack([one(coeffs) for one in fixed]).mean()

    return mean


def _state() -> tuple[bytes, object, bytes, int]:
    """Where the three generators stand."""
    legacy: dict[str, Any] = np.random.get_state(legacy=False)["state"]
    return torch.get_rng_state().numpy().tobytes(), random.getstate(), legacy["key"].tobytes(), legacy["pos"]


def _leaf(at: Tensor) -> Tensor:
    return at.detach().clone().requires_grad_()
