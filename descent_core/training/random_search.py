"""Random search: training without a gradient, for comparison with gradient descent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

#: A guess that lowered the loss widens the next; another narrows it, four failures undoing one
#: success: the one-fifth rule of Rechenberg (Evolutionsstrategie, 1973), the best simple way known
#: to choose how far to guess.
_WIDER = 1.5
_NARROWER = _WIDER**-0.25


class RandomSearch(torch.optim.Optimizer):
    """Change all coefficients at random; keep the change if the loss is lower, else undo it.

    An optimizer like any other, so `record` runs it; it never uses a gradient. Each ``step``
    costs one evaluation of the loss. It is a strong random search on purpose (a (1+1) evolution strategy
    with the one-fifth rule): independent draws would do far worse.

    Parameters
    ----------
    params
        One ``(D,)`` tensor, in a list.
    lr
        The standard deviation of the length of the first change.
    seed
        Of this random search's own generator.
    """

    #: Each step looks at the loss at one place more, the try: `record` keeps it, rejected or not.
    makes_tries = True

    def __init__(self, params: Iterable[Tensor], lr: float, seed: int = 0) -> None:
        super().__init__(params, {})
        self._length = lr
        self._generator = torch.Generator().manual_seed(seed)

    @torch.no_grad()
    def step(self, closure: Callable[[], Any]) -> Any:  # type: ignore[override]
        (coeffs,) = self.param_groups[0]["params"]
        with torch.enable_grad():
            # Known already from the last step; evaluated again only so that a recording has the
            # slope here. The budget of a random search counts the one evaluation below.
            here = closure()
        before = coeffs.clone()
        direction = torch.randn(coeffs.shape, generator=self._generator, dtype=coeffs.dtype)
        coeffs.add_(direction, alpha=self._length / coeffs.numel() ** 0.5)
        with torch.enable_grad():
            guessed = closure()
        if guessed < here:
            self._length *= _WIDER
        else:
            coeffs.copy_(before)
            self._length *= _NARROWER
        return here
