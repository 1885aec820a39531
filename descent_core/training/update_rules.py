"""The update rules that the films show. The code on screen is the text of these functions, and it ran."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from descent_core.loss_function import Loss


def step(loss_of: Loss, coeffs: Tensor, lr: float) -> Tensor:
    loss = loss_of(coeffs)
    loss.backward()
    with torch.no_grad():
        coeffs.sub_(coeffs.grad * lr)
        coeffs.grad.zero_()
    return loss


def step_without_zero(loss_of: Loss, coeffs: Tensor, lr: float) -> Tensor:
    loss = loss_of(coeffs)
    loss.backward()
    with torch.no_grad():
        coeffs.sub_(coeffs.grad * lr)
    return loss


def print_gradient(loss_of: Loss, start: Sequence[float]) -> None:
    coeffs = torch.tensor(start)
    coeffs.requires_grad_()
    loss = loss_of(coeffs)
    loss.backward()
    print(coeffs.grad)
