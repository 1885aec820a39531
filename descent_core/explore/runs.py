"""The runs of an exploration: one for each learning rate, and the best of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from descent_core.explore.request import DEFAULT_LRS, ExplorationRequest
from descent_core.explore.summary import NO_ZERO_GRAD, run_label
from descent_core.explore.survey import ReportProgress
from descent_core.explore.user.code import user_errors
from descent_core.explore.user.loss import UserLoss
from descent_core.loss_function import Loss
from descent_core.recordings.outcome import Outcome
from descent_core.recordings.trajectory import Trajectory
from descent_core.training.named_optimizers import parse_optimizer
from descent_core.training.recorder import OptimizerFactory, record


@dataclass(frozen=True)
class Method:
    """How the steps are made.

    Attributes
    ----------
    optimizer
        Its class, such as ``torch.optim.Adam``, or one of the user's own; ``None`` for plain gradient descent.
    settings
        What it was given beside the learning rate, as text, if anything.
    factory
        Makes it; ``None`` for plain gradient descent.
    lrs
        The learning rates, of one run each.
    group_lrs
        Those of the groups of parameters, where the file's own optimizer keeps its own.
    """

    optimizer: str | None
    settings: str
    factory: OptimizerFactory | None
    lrs: tuple[float, ...]
    group_lrs: tuple[float, ...] = ()


def choose_method(request: ExplorationRequest, loss: UserLoss) -> Method:
    """What was asked for, or else what the file gives, or else plain gradient descent."""
    lrs = request.lrs or DEFAULT_LRS
    if request.optimizer:
        choice = parse_optimizer(request.optimizer)
        return Method(_name(choice.kind), request.optimizer.partition(":")[2], choice.factory(loss.shapes), lrs)
    if loss.optimizer is None:
        return Method(None, "", None, lrs)
    own = loss.optimizer
    factory = own.factory(own_lr=not request.lrs)
    if request.lrs:
        return Method(_name(own.kind), "the file's own", factory, request.lrs)
    return Method(_name(own.kind), "the file's own", factory, (own.lrs[0],), own.lrs)


def _name(kind: type) -> str:
    name = kind.__name__
    return f"torch.optim.{name}" if getattr(torch.optim, name, None) is kind else name


def record_runs(
    request: ExplorationRequest, method: Method, loss: UserLoss, start: Tensor, report: ReportProgress
) -> dict[str, Trajectory]:
    """The runs that are asked for, by label, in the order of their learning rates.

    If the request says so, the last of them, `NO_ZERO_GRAD`, is the best run once more without setting the
    gradient to zero.

    Raises
    ------
    UserCodeError
        The loss, or the optimizer on it, raised.
    """
    total = request.steps * request.run_count
    done = 0

    def counted(coeffs: Tensor) -> Tensor:
        nonlocal done
        done += 1
        report("runs", min(done, total), total)
        return loss.loss(coeffs)

    def run(label: str, lr: float, zero_grad: bool) -> Trajectory:
        recipe = {
            "loss": loss.title,
            "lr": lr,
            "steps": request.steps,
            "optimizer": method.optimizer,
            **({"settings": method.settings} if method.settings else {}),
            "zero_grad": zero_grad,
            "seed": request.seed,
        }
        with user_errors(f"{method.optimizer or 'Gradient descent'} failed with lr {lr:g}", loss.path):
            return record(
                nan_where_not_finite(counted),
                start,
                lr=lr,
                steps=request.steps,
                optimizer=method.factory,
                zero_grad=zero_grad,
                label=label,
                seed=request.seed,
                meta={"recipe": recipe},
            )

    runs = {run_label(index): run(run_label(index), lr, True) for index, lr in enumerate(method.lrs)}
    if not request.zero_grad:
        lr = best_run(list(runs.values())).lr
        runs[NO_ZERO_GRAD] = run(NO_ZERO_GRAD, lr, False)
    return runs


def best_run(runs: Sequence[Trajectory]) -> Trajectory:
    """The first run whose last loss is within 1 % of the lowest; of those that converged, if any did.

    >>> losses = {"a": [9, 5], "b": [9, 1.01], "c": [9, 1]}
    >>> runs = [Trajectory(label, [[2], [1]], loss, [[1], [1]], [[1]], lr=1) for label, loss in losses.items()]
    >>> best_run(runs).label
    'b'
    """
    converged = [run for run in runs if run.outcome is Outcome.CONVERGED]
    candidates = converged or [run for run in runs if np.isfinite(run.expected_losses[-1])] or list(runs)
    ends = [float(run.expected_losses[-1]) for run in candidates]
    if not np.isfinite(ends).any():
        return candidates[0]
    tolerance = 0.01 * max(float(candidates[0].expected_losses[0]) - min(ends), 0.0)
    return next(run for run, end in zip(candidates, ends, strict=True) if end <= min(ends) + tolerance)


def nan_where_not_finite(loss: Loss) -> Loss:
    """The same loss, that is NaN where a coefficient is no longer a finite number.

    Far out, a user's code may raise; `record` ends a run at the first loss that is not finite.
    """

    def checked(coeffs: Tensor) -> Tensor:
        if not bool(torch.isfinite(coeffs.detach()).all()):
            return coeffs.sum() * torch.nan
        return loss(coeffs)

    return checked
