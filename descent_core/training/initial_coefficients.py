"""Where a run with many coefficients starts: drawn, and not typed. The code on screen is the text of this function."""

from __future__ import annotations

import torch
from torch import Tensor


def init_coeffs(count: int) -> Tensor:
    coeffs = torch.rand(count)
    coeffs = coeffs - 0.5
    coeffs.requires_grad_()
    return coeffs


def draw(count: int, seed: int, *, centred: bool = True) -> Tensor:
    """``(count,)`` float32, what `init_coeffs` gives for a seed; the caller's generator is left as it was.

    Parameters
    ----------
    count
        How many coefficients.
    seed
        Of torch's generator.
    centred
        ``False`` leaves the middle line out: all are then between 0 and 1.

    Examples
    --------
    >>> first = draw(1000, seed=442)
    >>> float(first.min()) < -0.49, float(first.max()) > 0.49, bool((draw(1000, 442, centred=False) > 0).all())
    (True, True, True)
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return init_coeffs(count).detach() if centred else torch.rand(count)
