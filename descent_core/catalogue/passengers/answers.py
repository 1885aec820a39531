"""What a machine says of the passengers: of each one number, from 0, "dies", to 1, "lives". No torch at import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.catalogue.passengers.manifest import COLUMNS, kind_rows, manifest

if TYPE_CHECKING:
    from torch import Tensor

#: How many units the hidden layer has, and so how many coefficients the small network.
HIDDEN = 20
NETWORK = HIDDEN * len(COLUMNS) + HIDDEN + 1


def training_set(scaled: bool = True) -> tuple[Tensor, Tensor]:
    """The people that the machine learns from: their rows ``(1761, 9)`` and their fates ``(1761,)``, in float32."""
    import torch

    everybody = manifest()
    seen = ~everybody.held_out
    rows = everybody.rows(scaled)[seen].astype(np.float32)
    return torch.from_numpy(rows), torch.from_numpy(everybody.fates[seen].astype(np.float32))


def answers_of(coeffs: Tensor, rows: Tensor, model: str) -> Tensor:
    """``(n,)``, what the machine says to each row.

    Parameters
    ----------
    coeffs
        ``(D,)``.
    rows
        ``(n, 9)``, as `training_set` gives them.
    model
        ``line``: the nine numbers times their coefficients, added up. ``sigmoid``: that, squeezed between 0 and 1.
        ``hidden``: 20 such sums, each cut off at nought, then their sum with coefficients of its own and a constant,
        squeezed: 201 coefficients.
    """
    import torch

    if model == "hidden":
        size = HIDDEN * len(COLUMNS)
        inner, outer, base = coeffs[:size].view(len(COLUMNS), HIDDEN), coeffs[size:-1], coeffs[-1]
        return torch.sigmoid(torch.relu(rows @ inner) @ outer + base)
    sums = (rows * coeffs).sum(dim=1)
    return torch.sigmoid(sums) if model == "sigmoid" else sums


def opinions(coeffs: ArrayLike, rows: ArrayLike, model: str = "sigmoid") -> NDArray[np.float64]:
    """``(..., n)``, what a machine with these coefficients says to each row: `answers_of` in numpy, for what is drawn.

    Parameters
    ----------
    coeffs
        ``(..., D)``, of one or many rows of a recording.
    rows
        ``(n, 9)``.
    model
        As for `answers_of`.
    """
    coeffs, rows = np.asarray(coeffs, dtype=np.float64), np.asarray(rows, dtype=np.float64)
    if model == "hidden":
        size = HIDDEN * len(COLUMNS)
        inner = coeffs[..., :size].reshape(*coeffs.shape[:-1], len(COLUMNS), HIDDEN)
        sums = (np.maximum(rows @ inner, 0) * coeffs[..., None, size:-1]).sum(axis=-1) + coeffs[..., -1:]
    else:
        sums = coeffs @ rows.T
    return sums if model == "line" else np.asarray(_squeezed(sums))


def opinions_of_kinds(coeffs: ArrayLike, model: str = "sigmoid", scaled: bool = True) -> NDArray[np.float64]:
    """``(..., 16)``, what it says to each kind of people: all of a kind have the same row, so the same answer."""
    return opinions(coeffs, kind_rows(scaled), model)


def _squeezed(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sigmoid, in a form that never overflows."""
    return np.exp(-np.logaddexp(0, -sums))


def right_answers(answers: ArrayLike, held_out: bool | None = None) -> NDArray[np.int64]:
    """``(...)``, to how many people the machine's answer is their fate: more than one half says "lives".

    Parameters
    ----------
    answers
        ``(..., 16)``, what it says to each kind.
    held_out
        Only those that it never saw, or only those that it learnt from; all of them by default.
    """
    everybody = manifest()
    which = np.ones(len(everybody.fates), bool) if held_out is None else everybody.held_out == held_out
    lives = np.asarray(answers)[..., everybody.kinds[which]] > 0.5
    return np.asarray((lives == (everybody.fates[which] > 0.5)).sum(axis=-1))
