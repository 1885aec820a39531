"""The optimizer that a user's file made: copied for each run, on parameters in their shapes."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from descent_core.errors import UserCodeError
from descent_core.training.recorder import OptimizerFactory
from descent_core.training.shaped_coefficients import in_shapes, pieces_of


class OwnOptimizer:
    """The optimizer that a user's file made of a module's parameters.

    Parameters
    ----------
    optimizer
        It is copied for each run, with its state, and never stepped itself.
    parameters
        The module's, in the order of the coefficients.

    Raises
    ------
    UserCodeError
        It has none of these parameters, or no learning rate.
    """

    def __init__(self, optimizer: torch.optim.Optimizer, parameters: Sequence[Tensor]) -> None:
        own = {id(parameter) for parameter in parameters}
        if not any(id(held) in own for group in optimizer.param_groups for held in group["params"]):
            raise UserCodeError(
                "The optimizer has none of the module's parameters that require a gradient. "
                "Make it of model.parameters(), after the last change to the module."
            )
        rates = [float(group["lr"]) for group in optimizer.param_groups if "lr" in group]
        if not rates:
            raise UserCodeError(f"The optimizer, {type(optimizer).__name__}, has no learning rate called lr.")
        self.kind = type(optimizer)
        #: The learning rates of its groups.
        self.lrs = tuple(rates)
        self._optimizer, self._parameters = optimizer, tuple(parameters)

    def factory(self, *, own_lr: bool) -> OptimizerFactory:
        """What `record` makes a copy with.

        Parameters
        ----------
        own_lr
            Whether each group keeps its own learning rate; else all have the one that is asked for.
        """

        def make(parameters: list[Tensor], lr: float) -> torch.optim.Optimizer:
            (coeffs,) = parameters
            pieces = pieces_of(coeffs, [parameter.shape for parameter in self._parameters])
            copied = object.__new__(self.kind)
            memo: dict[int, Any] = {id(held): piece for held, piece in zip(self._parameters, pieces, strict=True)}
            memo[id(self._optimizer)] = copied
            # All that it holds, and not only what it pickles: L-BFGS has a list of its parameters beside its groups.
            # A learning rate scheduler has put its own step over that of the class, bound to the original.
            held = {key: value for key, value in vars(self._optimizer).items() if key != "step"}
            vars(copied).update(copy.deepcopy(held, memo))
            if not own_lr:
                for group in copied.param_groups:
                    group["lr"] = lr
            return in_shapes(copied, coeffs, pieces)

        return make
