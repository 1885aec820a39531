"""Many walks at once: the update that `record` makes, from a batch of starts, for maps of where walks end.

The loop is the films' own, on ``(N, D)`` coefficients instead of ``(D,)``: torch evaluates the loss of each row by
itself (`torch.func.vmap`), and the gradient of their sum has the slope of each. Tests hold it to `record`, bit for bit.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from descent_core.errors import RunError
from descent_core.loss_function import Loss
from descent_core.training.recorder import OptimizerFactory, one_thread, record

#: Optimizers that treat each number by itself: of a batch each row has the very steps that it would have alone.
_BY_NUMBER = {
    "ASGD", "Adadelta", "Adagrad", "Adam", "AdamW", "Adamax", "NAdam", "RAdam", "RMSprop", "Rprop", "SGD",
}  # fmt: skip
#: Numbers that the walks of one batch may hold.
_NUMBERS = 2**23


@dataclass(frozen=True, eq=False)
class Walks:
    """Walks side by side.

    Attributes
    ----------
    coeffs
        ``(T+1, N, D)``, their points.
    whole
        ``(N,)``, whether all of a walk's losses were finite. Where not, its later points mean nothing.
    """

    coeffs: NDArray[np.float64]
    whole: NDArray[np.bool_]


def refuses_batches(loss: Loss, starts: Tensor, optimizer: OptimizerFactory | None) -> str:
    """Why walks on ``loss`` from ``starts`` ``(N, D)`` can't be made at once; empty if they can."""
    if optimizer is not None:
        made = optimizer([starts[0].detach().clone().requires_grad_()], lr=0.1)
        if type(made).__name__ not in _BY_NUMBER or type(made).__module__.partition(".")[0] != "torch":
            return f"{type(made).__name__} does not treat each number by itself"
    try:
        _losses(loss, starts[:2].detach().clone().requires_grad_()).sum().backward()
    except Exception as error:  # vmap refuses in many ways: branches on values, .item(), numpy inside
        if ".item()" in str(error) or "data-dependent" in str(error):
            return "the loss looks at single values, as .item(), float() and if do"
        return f"the loss takes one point at a time only ({type(error).__name__})"
    return ""


def walks_from(
    loss: Loss,
    starts: Tensor,
    *,
    lr: float,
    steps: int,
    optimizer: OptimizerFactory | None = None,
    zero_grad: bool = True,
    seed: int = 0,
    batched: bool = True,
) -> Iterator[tuple[slice, Walks]]:
    """Walk from all of ``starts`` ``(N, D)``, some of them at a time: which, and their walks.

    Parameters
    ----------
    lr, steps, optimizer, zero_grad, seed
        As of `descent_core.training.recorder.record`.
    batched
        ``False`` makes each walk with `record`, one after another.

    Examples
    --------
    On a bowl ``c**2 / 2`` every step of ``lr`` 0.5 halves the distance.

    >>> starts = torch.tensor([[8.0], [-4.0]], dtype=torch.float64)
    >>> [(_, walks)] = walks_from(lambda c: (c**2).sum() / 2, starts, lr=0.5, steps=2)
    >>> walks.coeffs[..., 0].tolist(), walks.whole.tolist()
    ([[8.0, -4.0], [4.0, -2.0], [2.0, -1.0]], [True, True])
    """
    many = max(_NUMBERS // ((steps + 1) * starts.shape[1]), 1)
    for first in range(0, len(starts), many):
        some = slice(first, min(first + many, len(starts)))
        if batched:
            yield some, _together(loss, starts[some], lr, steps, optimizer, zero_grad, seed)
        else:
            alone = [_alone(loss, start, lr, steps, optimizer, zero_grad, seed) for start in starts[some]]
            coeffs = np.stack([points for points, _ in alone], axis=1)
            yield some, Walks(coeffs, np.array([whole for _, whole in alone]))


def _together(
    loss: Loss, starts: Tensor, lr: float, steps: int, optimizer: OptimizerFactory | None, zero_grad: bool, seed: int
) -> Walks:
    coeffs = starts.detach().clone().requires_grad_()
    points = np.empty((steps + 1, *coeffs.shape))
    whole = np.ones(len(coeffs), bool)
    with one_thread(), torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        _losses(loss, coeffs.detach().clone().requires_grad_())  # as `record` tries a loss out: chance is drawn for it
        made = None if optimizer is None else optimizer([coeffs], lr=lr)
        for row in range(steps):
            points[row] = coeffs.detach().numpy()
            if made is not None and zero_grad:
                made.zero_grad()
            losses = _losses(loss, coeffs)
            losses.sum().backward()
            whole &= torch.isfinite(losses.detach()).numpy()
            if made is not None:
                made.step()
                continue
            assert coeffs.grad is not None
            with torch.no_grad():
                coeffs.sub_(coeffs.grad * lr)
                if zero_grad:
                    coeffs.grad.zero_()
        points[steps] = coeffs.detach().numpy()
        whole &= torch.isfinite(_losses(loss, coeffs).detach()).numpy()
    return Walks(points, whole)


def _alone(
    loss: Loss, start: Tensor, lr: float, steps: int, optimizer: OptimizerFactory | None, zero_grad: bool, seed: int
) -> tuple[NDArray[np.float64], bool]:
    """``(T+1, D)``, the points of one walk, the last one repeated where it broke off; and whether it did not."""
    try:
        run = record(
            loss, start, lr=lr, steps=steps, optimizer=optimizer, zero_grad=zero_grad, seed=seed, evidence=False
        )
    except RunError:  # the loss has no value there: nobody sets out
        return np.repeat(start.detach().double().numpy()[None], steps + 1, axis=0), False
    last = np.repeat(run.coeffs[-1:], steps - run.steps, axis=0)
    return np.concatenate([run.coeffs, last]), bool(np.isfinite(run.losses).all())


def _losses(loss: Loss, coeffs: Tensor) -> Tensor:
    """``(N,)``, the loss at each of ``(N, D)``; what it draws by chance, it draws the same for all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of operations that are slow this way
        return torch.func.vmap(loss, randomness="same")(coeffs)
