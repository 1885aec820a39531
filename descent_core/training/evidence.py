"""Asking a loss, once a walk is over, what the walk alone can't tell."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from descent_core.errors import DescentError
from descent_core.loss_function import Loss
from descent_core.recordings.evidence import Curvature, Evidence, ExpectedLoss
from descent_core.recordings.outcome import FLAT_AND_LEVEL
from descent_core.training.chance import DRAWS, draw, expected, has_chance
from descent_core.training.curvature import WHOLE, curvature_at

Array = NDArray[np.float64]

#: With many coefficients, a walk of so many steps is worth one product more of each Lanczos process. A product costs
#: about two gradients, so two of them for 50 steps are less than a tenth of what the walk cost.
_STEPS_A_PRODUCT = 50
#: The least and the most that each takes.
_LEAST, _MOST = 4, 40
#: In so many directions, and that of the walk, one looks whether the ground is level.
_WAYS = 8
#: The expected loss is worked out once in so many steps, and as often among the first ones; at so many rows at least,
#: and at most.
_STEPS_A_ROW, _FEW, _MANY = 4, 17, 129


def ask(loss: Loss, coeffs: Array, losses: Array, dtype: torch.dtype) -> Evidence:
    """What a loss says of a walk on it: how the ground bends at its end, and, with chance in it, the expected loss.

    A tenth of the walk's own cost for a deterministic loss of many coefficients and a long walk; for a short one, or
    one of few coefficients, `WHOLE` products or fewer. With chance in the loss, `DRAWS` evaluations for every
    fourth step, and as many again among the first ones: a peak between two rows would not be seen.

    Parameters
    ----------
    coeffs
        ``(T+1, D)``, the points visited, all finite.
    losses
        ``(T+1,)``, the loss at each.
    dtype
        Of the coefficients that the loss is given.

    Examples
    --------
    >>> walk = np.array([[4.0], [2.0], [1.0]])
    >>> found = ask(lambda c: (c**2).sum(), walk, (walk**2).sum(axis=1), torch.float64)
    >>> found.expected, found.curvature.sharpest, found.curvature.gain_left
    (None, 2.0, 1.0)
    """
    last = _point(coeffs[-1], dtype)
    try:
        if not has_chance(loss, last):
            bend = _curvature(loss, last, len(coeffs) - 1)
            return Evidence(bend, level=None if bend is None else _is_level(loss, last, coeffs, losses, bend))
        found = _expected(loss, coeffs, dtype)
        few = last.numel() <= WHOLE  # of more, the products of all draws would cost more than the walk
        return Evidence(_curvature(expected(loss), last, 0) if few else None, found)
    except (DescentError, RuntimeError, ArithmeticError, ValueError, TypeError, LookupError):
        return Evidence()  # their code raises there: nothing is known


def _curvature(loss: Loss, at: Tensor, steps: int) -> Curvature | None:
    return curvature_at(loss, at, int(np.clip(steps // _STEPS_A_PRODUCT, _LEAST, _MOST)))


def _is_level(loss: Loss, last: Tensor, coeffs: Array, losses: Array, bend: Curvature) -> bool | None:
    """Whether the loss stays as it is to some side; ``None`` where the curvature says that it does not."""
    extent, span = float(np.ptp(coeffs, axis=0).max()), float(np.ptp(losses))
    bends = max(abs(bend.sharpest), abs(bend.flattest))
    if not extent or bend.slope * extent + bends * extent**2 / 2 > FLAT_AND_LEVEL * span:
        return None
    ways = [coeffs[-1] - coeffs[0], *np.random.default_rng(0).normal(size=(_WAYS, coeffs.shape[1]))]
    for way in ways:
        length = float(np.linalg.norm(way))
        for sign in (1, -1) if length else ():
            there = coeffs[-1] + sign * extent / length * way
            value = float(loss(_point(there, last.dtype).requires_grad_()).detach())
            if abs(value - float(losses[-1])) <= FLAT_AND_LEVEL * span:
                return True
    return False


def _expected(loss: Loss, coeffs: Array, dtype: torch.dtype) -> ExpectedLoss:
    steps = len(coeffs) - 1
    count = min(int(np.clip(steps // _STEPS_A_ROW, _FEW, _MANY)), steps + 1)
    evenly, soon = np.linspace(0, steps, count), np.geomspace(1, max(steps, 1), count)  # the first steps matter most
    rows = np.unique(np.concatenate([evenly, soon[soon <= steps]]).round().astype(int))
    draws = [draw(loss, number) for number in range(DRAWS)]
    with torch.enable_grad():  # a closure may call backward
        values = np.array(
            [[float(one(_point(coeffs[row], dtype).requires_grad_()).detach()) for one in draws] for row in rows]
        )
    losses = values.mean(axis=1)
    return ExpectedLoss(tuple(rows.tolist()), tuple(losses.tolist()), draws=DRAWS, spread=float(values[0].std()))


def _point(values: Array, dtype: torch.dtype) -> Tensor:
    return torch.tensor(values, dtype=dtype)
