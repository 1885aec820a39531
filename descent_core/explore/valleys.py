"""Whether two runs ended in different valleys, decided from their recordings and the curvature of the loss."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from descent_core.loss_function import Loss
from descent_core.recordings.outcome import Outcome
from descent_core.recordings.trajectory import Trajectory

#: With more coefficients than this the curvature costs too much: nothing is claimed.
MAX_DIMENSIONS = 200
#: Runs that came to rest: where, is decided here.
_RESTING = (Outcome.CONVERGED, Outcome.AT_REST)
#: How near its minimum an end must be, as a fraction of the way from one end to the other.
_NEAR = 0.1
#: At how many points between the two ends the loss is evaluated.
_SAMPLES = 101

Array = NDArray[np.float64]


def is_another_valley(loss: Loss, best: Trajectory, other: Trajectory, dtype: torch.dtype, seed: int = 0) -> bool:
    """Whether ``other`` came to rest at a minimum of another valley than ``best``.

    It did if all of this holds:

    - both runs came to rest;
    - each ends at a minimum: the curvature there is positive in every direction, and the step that
      Newton's method would still make is shorter than a tenth of the way from one end to the other;
    - on the straight line between the two ends the loss rises above both.

    The first two make the ends two different local minima, up to that short step; the third then
    follows for minima that are exact, and is checked all the same. A run that came to a halt in a
    long bent valley (Rosenbrock's) has a long Newton step, so it is never said to be in another one.
    Beyond `MAX_DIMENSIONS` coefficients nothing is claimed.

    Parameters
    ----------
    loss
        The loss that both ran on.
    dtype
        Of the coefficients that it is given.
    seed
        Every evaluation is made with this seed.

    Examples
    --------
    Two wells at -1 and 1, with a ridge between.

    >>> from descent_core import record
    >>> wells = lambda c: ((c**2 - 1) ** 2).sum()
    >>> left, right, near = (record(wells, [x], lr=0.1, steps=80) for x in (-0.5, 0.5, 1.5))
    >>> is_another_valley(wells, left, right, torch.float64), is_another_valley(wells, near, right, torch.float64)
    (True, False)
    """
    if best.outcome not in _RESTING or other.outcome not in _RESTING or best.dimensions > MAX_DIMENSIONS:
        return False
    ends = best.coeffs[-1], other.coeffs[-1]
    apart = float(np.linalg.norm(ends[0] - ends[1]))
    if apart == 0:
        return False
    with torch.random.fork_rng(devices=[]):
        if any(_newton_step(loss, end, dtype, seed) > _NEAR * apart for end in ends):
            return False
        between = [ends[0] + (ends[1] - ends[0]) * fraction for fraction in np.linspace(0, 1, _SAMPLES)]
        losses = [_loss_at(loss, point, dtype, seed) for point in between]
    return max(losses[1:-1]) > max(losses[0], losses[-1])


def _newton_step(loss: Loss, end: Array, dtype: torch.dtype, seed: int) -> float:
    """How far Newton's method would still step from a point; infinite where the curvature is not positive."""
    at = torch.tensor(end, dtype=dtype).requires_grad_()
    torch.manual_seed(seed)
    (slope,) = torch.autograd.grad(loss(at), at, create_graph=True)
    if not slope.requires_grad:  # a linear loss
        return float("inf")
    rows: list[Tensor] = []
    for component in slope:
        (row,) = torch.autograd.grad(component, at, retain_graph=True, allow_unused=True)
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


def _loss_at(loss: Loss, point: Array, dtype: torch.dtype, seed: int) -> float:
    torch.manual_seed(seed)
    with torch.no_grad():
        return float(loss(torch.tensor(point, dtype=dtype)))
