"""A user's code that computes a loss may call ``backward`` on it, as closures for ``torch.optim.LBFGS`` do."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.optim.optimizer import register_optimizer_step_pre_hook

from descent_core.errors import UserCodeError

#: By what fraction the returned loss may differ from what ``backward`` was called on: a sum may be in another order.
_TOLERANCE = 1e-4


def without_backward(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call ``function``; what it calls ``backward`` on is returned with its graph, so that it can be called again.

    A closure as torch's documentation writes it sets the gradients to zero, computes the loss, calls ``backward``
    and returns the loss. Here the slope is taken by whoever asks for the loss: ``backward`` does nothing in it. What
    it returns may be the loss, its number or nothing; of several calls the slopes add up, so the sum is returned.

    Raises
    ------
    UserCodeError
        It returns another number than that whose slope it computes, or it steps an optimizer.

    Examples
    --------
    >>> x = torch.tensor(3.0, requires_grad=True)
    >>> def closure():
    ...     loss = x**2
    ...     loss.backward()
    ...     return loss.item()
    >>> without_backward(closure).requires_grad, x.grad
    (True, None)
    """
    seen: list[Tensor] = []

    def backward(tensors: Any, grad_tensors: Any = None, *_: Any, **__: Any) -> None:
        many = (tensors,) if isinstance(tensors, Tensor) else tuple(tensors)
        weights = grad_tensors if isinstance(grad_tensors, (tuple, list)) else [grad_tensors] * len(many)
        seen.extend(one if weight is None else (one * weight).sum() for one, weight in zip(many, weights, strict=True))

    hook = register_optimizer_step_pre_hook(_refuse_step)
    original = torch.autograd.backward
    torch.autograd.backward = backward  # ``Tensor.backward`` looks it up there
    try:
        value = function(*arguments)
    finally:
        torch.autograd.backward = original
        hook.remove()
    if not seen or (len(seen) == 1 and value is seen[0]):
        return value
    total = sum(seen[1:], seen[0])
    if total.ndim != 0:
        return total  # refused as any loss that is not one number
    if value is not None and not math.isclose(float(value), float(total.detach()), rel_tol=_TOLERANCE, abs_tol=1e-12):
        raise UserCodeError(
            f"It calls backward on {float(total.detach()):g} and returns {float(value):g}. "
            "Return the loss that backward is called on."
        )
    return total


def _refuse_step(optimizer: Any, *_: Any) -> None:
    raise UserCodeError(
        f"What computes the loss steps an optimizer, {type(optimizer).__name__}. "
        "Leave step() out: the runs make the steps."
    )
