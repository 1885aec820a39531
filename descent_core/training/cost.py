"""What a gradient costs, counted in evaluations of the loss."""

from __future__ import annotations

from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from descent_core.errors import RunError
from descent_core.loss_function import Loss


def evaluations_per_step(loss: Loss, coeffs: Tensor) -> float:
    """How many evaluations of ``loss`` one gradient step costs: forward and backward together.

    Counted in floating-point operations of the matrix products, by torch's own counter, which does
    not depend on how busy the machine is.

    Raises
    ------
    RunError
        The loss has no matrix products to count.

    Examples
    --------
    For a linear fit the backward pass is one more product of the same size.

    >>> import torch
    >>> from descent_core.catalogue.gradient import linear_fit
    >>> evaluations_per_step(linear_fit(10), torch.zeros(10, dtype=torch.float64))
    2.0
    """
    at = coeffs.detach().clone().requires_grad_()
    with FlopCounterMode(display=False) as forward:
        value = loss(at)
    with FlopCounterMode(display=False) as backward:
        value.backward()
    if not forward.get_total_flops():
        raise RunError("The cost of this loss cannot be counted: it has no matrix products.")
    once, back = forward.get_total_flops(), backward.get_total_flops()
    return float((once + back) / once)
