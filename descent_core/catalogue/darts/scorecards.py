"""Scorecards that film 2 shows. The code on screen is the text of these functions, and it ran."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from descent_core.catalogue.darts.throw import BULL, HIT

bull, board = torch.tensor(BULL), HIT


def score(throw: Callable[[Tensor], Tensor], aim: Sequence[float]) -> None:
    landed = throw(torch.tensor(aim))
    off = landed - bull
    misses = off.norm(dim=1)
    loss = misses.mean()
    print(loss)


def count_hits(throw: Callable[[Tensor], Tensor], aim: Sequence[float]) -> None:
    coeffs = torch.tensor(aim).requires_grad_()
    misses = (throw(coeffs) - bull).norm(dim=1)
    hits = (misses < board).sum()
    try:
        hits.backward()
    except RuntimeError as error:
        print(error)
