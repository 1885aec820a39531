"""Guessing: what one does with 1,000 knobs and no compass. The fair opponent of the gradient."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

#: A guess that helped widens the next; one that didn't narrows it, four failures undoing one
#: success: the one-fifth rule of Rechenberg (Evolutionsstrategie, 1973), the best simple way known
#: to choose how far to guess.
_WIDER = 1.5
_NARROWER = _WIDER**-0.25


class RandomSearch(torch.optim.Optimizer):
    """Turn all knobs at random; keep the new setting if the loss is lower, else turn back.

    An optimizer like any other, so `record` runs it; it never looks at a gradient. Each ``step``
    costs one evaluation of the loss. It is a strong random search on purpose (a (1+1) evolution strategy
    with the one-fifth rule): drawing settings blindly would do far worse.

    Parameters
    ----------
    params
        One ``(D,)`` tensor, in a list.
    lr
        How far the first guess reaches: the standard deviation of its length.
    seed
        Of this random search's own generator.
    """

    def __init__(self, params: Iterable[Tensor], lr: float, seed: int = 0) -> None:
        super().__init__(params, {})
        self._reach = lr
        self._chance = torch.Generator().manual_seed(seed)

    @torch.no_grad()
    def step(self, closure: Callable[[], Any]) -> Any:  # type: ignore[override]
        (coeffs,) = self.param_groups[0]["params"]
        with torch.enable_grad():
            # Known already from the last step; looked at again only so that a recording sees the
            # ground here. The budget of a random search charges the one evaluation below.
            here = closure()
        before = coeffs.clone()
        direction = torch.randn(coeffs.shape, generator=self._chance, dtype=coeffs.dtype)
        coeffs.add_(direction, alpha=self._reach / coeffs.numel() ** 0.5)
        with torch.enable_grad():
            guessed = closure()
        if guessed < here:
            self._reach *= _WIDER
        else:
            coeffs.copy_(before)
            self._reach *= _NARROWER
        return here
