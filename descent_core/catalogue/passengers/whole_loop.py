"""The whole loop of part 5. The code on screen is the text of this function, and it ran."""

from __future__ import annotations

import torch
from torch import Tensor

from descent_core.catalogue.passengers.answers import training_set
from descent_core.loss_function import Loss


def whole_loop(_: Loss, coeffs: Tensor, lr: float) -> None:
    rows, fates = training_set()
    for epoch in range(200):
        answers = torch.sigmoid((rows * coeffs).sum(dim=1))
        loss = ((answers - fates) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            coeffs.sub_(coeffs.grad * lr)
            coeffs.grad.zero_()
    print(f"loss {loss:.4f}")
