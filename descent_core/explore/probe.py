"""A first look at somebody's loss, before any walk: can it be walked on, how dear is it, is there chance in it?"""

from __future__ import annotations

import time
from dataclasses import dataclass

import torch
from torch import Tensor

from descent_core.errors import RunError, UsageError, UserCodeError
from descent_core.loss_function import Loss

#: Lengths that are tried where a start does not fit, to say which one would.
_LENGTHS = range(1, 13)
#: How far from the start finite places are looked for, and how many at each distance.
_REACHES, _LOOKS = (0.1, 1.0, 10.0), 60


@dataclass(frozen=True)
class Probe:
    """What one look tells of a loss at a start.

    Attributes
    ----------
    start
        ``(D,)``, in the dtype that the loss can be evaluated in: float64, or else float32.
    seconds
        What one evaluation with its gradient costs.
    chance
        Whether the loss is drawn by chance: another seed, another loss (minibatches, dropout).
    fickle
        Whether it changes from call to call though the seed is the same (a data loader that goes on).
    idle
        The knobs that do nothing at the start: their slope is exactly 0 there.
    """

    start: Tensor
    seconds: float
    chance: bool
    fickle: bool
    idle: tuple[int, ...]


def probe(loss: Loss, start: Tensor, seed: int = 0) -> Probe:
    """Look at ``loss`` at ``start``; refuse what cannot be walked on.

    Raises
    ------
    WrongUse
        The start is of the wrong length; the message says which length fits, if it can tell.
    RunError
        The loss is not one number, has no gradient, is not finite at the start, or nowhere.
    """
    try:
        start = _fitting(loss, start)
        value = _look(loss, start, seed)
    except UserCodeError as error:
        fits = [length for length in _LENGTHS if length != start.numel() and _works(loss, length, start.dtype)]
        if not fits:
            raise
        wanted = "1 coefficient" if fits == [1] else f"{_listed(fits)} coefficients"
        raise UsageError(
            f"The start has {start.numel()} numbers, but the loss can be evaluated with {wanted}: "
            f"write --start with so many. With {start.numel()}:\n{str(error).partition(chr(10))[2]}"
        ) from error
    where = f"at the start {_short(start)}"
    _one_number(value, where)
    if not bool(torch.isfinite(value)):
        raise RunError(_not_finite(loss, start, float(value.detach()), where, seed))
    if not value.requires_grad:
        raise RunError(
            "The loss has no gradient: it does not depend on the coefficients through torch operations. "
            "Something cuts the thread on the way, such as .item(), .detach(), float(), numpy or torch.no_grad()."
        )
    slope = _slope(loss, start, seed)
    if not bool(torch.isfinite(slope).all()):
        raise RunError(f"The loss is {float(value.detach()):g} {where}, but its gradient there is {_short(slope)}.")
    again = _look(loss, start, seed)
    other = _look(loss, start, seed + 1)
    seconds = min(_time(loss, start, seed) for _ in range(2))
    idle = tuple(int(index) for index in torch.nonzero(slope == 0).flatten().tolist())
    return Probe(start, seconds, not _same(value, other), not _same(value, again), idle)


def _time(loss: Loss, start: Tensor, seed: int) -> float:
    began = time.perf_counter()
    _slope(loss, start, seed)
    return time.perf_counter() - began


def _fitting(loss: Loss, start: Tensor) -> Tensor:
    """The start in a dtype that the loss takes: many are written for float32 tables."""
    try:
        loss(start)
    except UserCodeError as error:
        if start.dtype != torch.float64 or "dtype" not in str(error):
            raise
        narrow = start.to(torch.float32)
        loss(narrow)
        return narrow
    return start


def _works(loss: Loss, length: int, dtype: torch.dtype) -> bool:
    try:
        value = loss(torch.full((length,), 0.5, dtype=dtype))
        return isinstance(value, Tensor) and value.ndim == 0
    except Exception:  # whatever their code raises
        return False


def _look(loss: Loss, at: Tensor, seed: int) -> Tensor:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return loss(at.detach().clone().requires_grad_())


def _slope(loss: Loss, at: Tensor, seed: int) -> Tensor:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        here = at.detach().clone().requires_grad_()
        (slope,) = torch.autograd.grad(loss(here), here, allow_unused=True)
    if slope is None:
        raise RunError("The loss has no gradient: the coefficients that it was given play no part in it.")
    return slope


def _one_number(value: object, where: str) -> None:
    if not isinstance(value, Tensor):
        raise RunError(f"The loss must return a tensor; {where} it returned {type(value).__name__}.")
    if value.ndim != 0:
        shape = tuple(value.shape)
        raise RunError(f"The loss must return one number; {where} it returned shape {shape}. Take its mean() or sum().")


def _not_finite(loss: Loss, start: Tensor, value: float, where: str, seed: int) -> str:
    """What to say: somewhere near it is finite, or nowhere."""
    chance = torch.Generator().manual_seed(0)
    for reach in _REACHES:
        for _ in range(_LOOKS):
            at = start + reach * torch.randn(start.shape, generator=chance, dtype=torch.float64).to(start.dtype)
            try:
                if bool(torch.isfinite(_look(loss, at, seed))):
                    return f"The loss is {value} {where}: there is no slope to follow. It is finite at {_short(at)}."
            except Exception:  # as good as not finite
                continue
    looks = len(_REACHES) * _LOOKS + 1
    return f"The loss is {value} {where}, and not finite at any of {looks} places looked at up to 10 around it."


def _same(one: Tensor, other: Tensor) -> bool:
    return bool(torch.equal(one.detach(), other.detach()))


def _listed(numbers: list[int]) -> str:
    if len(numbers) > 3 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} or more" if numbers[-1] == _LENGTHS[-1] else f"{numbers[0]} to {numbers[-1]}"
    return " or ".join(map(str, numbers))


def _short(values: Tensor) -> str:
    shown = ", ".join(f"{v:.4g}" for v in values.detach().flatten()[:4].tolist())
    return f"({shown}, … {values.numel()} in all)" if values.numel() > 4 else f"({shown})"
