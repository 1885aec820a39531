"""Whether two walks ended in different valleys, decided on what was recorded and never by eye."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from descent_core.loss_function import Loss
from descent_core.recordings.outcome import Outcome
from descent_core.recordings.trajectory import Trajectory

#: More knobs than this, and curvature is too dear to look at: nothing is claimed.
MAX_DIMENSIONS = 200
#: How near its bottom an end must be, as a share of the way from one end to the other.
_NEAR = 0.1
#: At how many places between the two ends the loss is looked at.
_LOOKS = 101

Array = NDArray[np.float64]


def is_another_valley(loss: Loss, home: Trajectory, other: Trajectory, dtype: torch.dtype, seed: int = 0) -> bool:
    """Whether ``other`` came to rest at the bottom of another valley than ``home``.

    It did if all of this holds:

    - both walks converged;
    - each ends at a bottom: the curvature there is positive in every direction, and the step that
      Newton's method would still make is shorter than a tenth of the way from the one end to the other;
    - on the straight line between the two ends the loss rises above both.

    The first two make the ends two different local minima, up to that short step; the third then
    follows for minima that are exact, and is looked at all the same. A walk that crept to a halt in a
    long bent valley (Rosenbrock's) has a long Newton step, so it is never said to be in another one.
    Beyond `MOST` knobs nothing is claimed.

    Examples
    --------
    Two wells at -1 and 1, with a ridge between.

    >>> from descent_core import record
    >>> wells = lambda c: ((c**2 - 1) ** 2).sum()
    >>> left, right, near = (record(wells, [x], lr=0.1, steps=80) for x in (-0.5, 0.5, 1.5))
    >>> another_valley(wells, left, right, torch.float64), another_valley(wells, near, right, torch.float64)
    (True, False)
    """
    if (
        home.outcome is not Outcome.CONVERGED
        or other.outcome is not Outcome.CONVERGED
        or home.dimensions > MAX_DIMENSIONS
    ):
        return False
    ends = home.coeffs[-1], other.coeffs[-1]
    apart = float(np.linalg.norm(ends[0] - ends[1]))
    if apart == 0:
        return False
    with torch.random.fork_rng(devices=[]):
        if any(_newton(loss, end, dtype, seed) > _NEAR * apart for end in ends):
            return False
        between = [ends[0] + (ends[1] - ends[0]) * part for part in np.linspace(0, 1, _LOOKS)]
        heights = [_height(loss, place, dtype, seed) for place in between]
    return max(heights[1:-1]) > max(heights[0], heights[-1])


def _newton(loss: Loss, end: Array, dtype: torch.dtype, seed: int) -> float:
    """How far Newton's method would still step from a point; infinite where the ground is no bowl there."""
    at = torch.tensor(end, dtype=dtype).requires_grad_()
    torch.manual_seed(seed)
    (slope,) = torch.autograd.grad(loss(at), at, create_graph=True)
    if not slope.requires_grad:  # as good as a plane
        return float("inf")
    rows: list[Tensor] = []
    for part in slope:
        (row,) = torch.autograd.grad(part, at, retain_graph=True, allow_unused=True)
        rows.append(torch.zeros_like(at) if row is None else row)
    curvature = torch.stack(rows).detach().to(torch.float64).numpy()
    curvature = (curvature + curvature.T) / 2
    if not np.isfinite(curvature).all():
        return float("inf")
    values, axes = np.linalg.eigh(curvature)
    if values[0] <= 1e-9 * max(values[-1], 0.0):
        return float("inf")
    step = (axes.T @ slope.detach().to(torch.float64).numpy()) / values
    return float(np.linalg.norm(step))


def _height(loss: Loss, place: Array, dtype: torch.dtype, seed: int) -> float:
    torch.manual_seed(seed)
    with torch.no_grad():
        return float(loss(torch.tensor(place, dtype=dtype)))
