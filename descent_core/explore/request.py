"""Request: what an exploration is asked for, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from descent_core.counted import counted
from descent_core.errors import UsageError, UserCodeError
from descent_core.explore.plane import coefficient_plane
from descent_core.explore.region import Proportions
from descent_core.explore.user.loss import UserLoss
from descent_core.training.named_optimizers import parse_optimizer

#: The most runs that can be told apart.
MAX_RUNS = 4
#: The learning rates of somebody who names none.
DEFAULT_LRS = (0.01, 0.1, 1.0)
#: The most numbers that one recording may hold: three arrays of steps times coefficients.
_MAX_NUMBERS = 60_000_000


@dataclass(frozen=True)
class ExplorationRequest:
    """What is asked for.

    Attributes
    ----------
    spec
        ``FILE.py:LOSS``: see `descent_core.explore.user.loss`.
    lrs
        Up to 4 learning rates, of one run each; none for those that the file's optimizer has, or `DEFAULT_LRS`.
    start
        ``(D,)``; ``None`` for the start that the file gives.
    optimizer
        As `parse_optimizer` reads it; ``None`` for the file's own, or else the plain loop of part 4.
    steps
        Of each run.
    axes
        Two coefficients to slice along; ``None`` for the main directions.
    zero_grad
        ``False`` for one more run, beside the best of them, whose gradient is never set to zero.
    seed
        Of torch, for losses with chance in them.
    proportions
        Of the ground that will be drawn.
    """

    spec: str
    lrs: tuple[float, ...]
    start: tuple[float, ...] | None = None
    optimizer: str | None = None
    steps: int = 200
    axes: tuple[int, ...] | None = None
    zero_grad: bool = True
    seed: int = 0
    proportions: Proportions = field(kw_only=True)

    @property
    def run_count(self) -> int:
        """How many runs that is."""
        return len(self.lrs) + (not self.zero_grad)


def check_request(request: ExplorationRequest) -> None:
    """Refuse what no loss could be explored with.

    Raises
    ------
    UsageError
        Too many learning rates, one that is not above 0 or is given twice, no step, or no such optimizer.
    """
    if len(request.lrs) > MAX_RUNS:
        raise UsageError(f"1 to {MAX_RUNS} runs can be told apart: give --lr so many times; found {len(request.lrs)}.")
    for lr in request.lrs:
        if not (np.isfinite(lr) and lr > 0):
            raise UsageError(f"A learning rate is a number more than 0; found --lr {lr:g}.")
    if len(set(request.lrs)) < len(request.lrs):
        raise UsageError("The same --lr is given twice: the two runs would be the same. Leave one out.")
    if request.steps < 1:
        raise UsageError(f"A run has 1 step or more; found --steps {request.steps}.")
    if request.optimizer:
        parse_optimizer(request.optimizer)


def start_of(request: ExplorationRequest, loss: UserLoss) -> Tensor:
    """``(D,)``, where the runs start.

    Raises
    ------
    UsageError
        Neither the request nor the file gives a start, or they differ in length.
    UserCodeError
        The file's start is not a vector.
    """
    if request.start is None and loss.start is None:
        raise UsageError(
            f"Where should the runs on {loss.name} start? Give --start one number for each coefficient, "
            "such as --start 2,1."
        )
    if request.start is None:
        assert loss.start is not None
        start = loss.start
        if start.ndim != 1 or start.numel() == 0:
            raise UserCodeError(f"The start that {loss.name} gives must be of shape (D,); found {tuple(start.shape)}.")
        return start
    if loss.start is not None and len(request.start) != loss.start.numel():
        raise UsageError(
            f"{loss.name} has {counted(loss.start.numel(), 'coefficient')}; "
            f"--start has {counted(len(request.start), 'number')}."
        )
    dtype = loss.start.dtype if loss.of_module and loss.start is not None else torch.float64
    return torch.tensor(request.start, dtype=dtype)


def check_size(request: ExplorationRequest, dimensions: int) -> None:
    """Refuse what does not fit a loss of so many coefficients.

    Raises
    ------
    UsageError
        The loss lacks the coefficients to slice along, or the recordings would be too large.
    """
    if request.axes is not None:
        if dimensions < 2:
            raise UsageError("This loss has one coefficient: there are no two to slice along. Leave --coeffs out.")
        coefficient_plane(request.axes, np.zeros(dimensions), np.zeros((2, dimensions)))
    if 3 * dimensions > _MAX_NUMBERS:
        raise UsageError(
            f"{counted(dimensions, 'coefficient')} are too many to record; {_MAX_NUMBERS // 3:,} are the most. "
            "Train fewer of them: set requires_grad of the others to False."
        )
    if 3 * dimensions * request.steps > _MAX_NUMBERS:
        raise UsageError(
            f"{counted(request.steps, 'step')} of {counted(dimensions, 'coefficient')} are too much to record. "
            f"Try --steps {_MAX_NUMBERS // 3 // dimensions}."
        )
