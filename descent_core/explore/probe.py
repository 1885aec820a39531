"""A first evaluation of a user's loss, before any run: can it be trained, what does it cost, is there chance in it?"""

from __future__ import annotations

import time
from dataclasses import dataclass

import torch
from torch import Tensor

from descent_core.counted import counted
from descent_core.errors import RunError, UsageError, UserCodeError
from descent_core.loss_function import Loss

#: Lengths that are tried where a start does not fit, to say which one would.
_LENGTHS = range(1, 13)
#: How far from the start points with a finite loss are looked for, and how many at each distance.
_DISTANCES, _SAMPLES = (0.1, 1.0, 10.0), 60


@dataclass(frozen=True)
class Probe:
    """What is known of a loss from evaluating it at the start.

    Attributes
    ----------
    start
        ``(D,)``, in the dtype that the loss can be evaluated in: float64, or else float32.
    seconds
        How long one evaluation takes, with its gradient.
    stochastic
        Whether there is chance in the loss: another seed, another loss (minibatches, dropout).
    nondeterministic
        Whether it changes from call to call though the seed is the same (a data loader that goes on).
    zero_slope
        The coefficients along which the slope at the start is exactly 0.
    """

    start: Tensor
    seconds: float
    stochastic: bool
    nondeterministic: bool
    zero_slope: tuple[int, ...]


def probe(loss: Loss, start: Tensor, seed: int = 0) -> Probe:
    """Evaluate ``loss`` at ``start``, and refuse what gradient descent cannot run on.

    Parameters
    ----------
    start
        ``(D,)``.
    seed
        Of torch, for losses with chance in them.

    Raises
    ------
    UsageError
        The start is of the wrong length; the message says which length fits, if it can tell.
    RunError
        The loss is not one number, has no gradient, or is not finite at the start.
    """
    try:
        start = _in_fitting_dtype(loss, start)
        value = _evaluate(loss, start, seed)
    except UserCodeError as error:
        fits = [length for length in _LENGTHS if length != start.numel() and _works(loss, length, start.dtype)]
        if not fits:
            raise
        wanted = "1 coefficient" if fits == [1] else f"{_in_words(fits)} coefficients"
        raise UsageError(
            f"The start has {counted(start.numel(), 'number')}, but the loss can be evaluated with {wanted}: "
            f"write --start with so many. With {start.numel()}:\n{str(error).partition(chr(10))[2]}"
        ) from error
    where = f"at the start {_short(start)}"
    _check_one_number(value, where)
    if not bool(torch.isfinite(value)):
        raise RunError(_not_finite(loss, start, float(value.detach()), where, seed))
    if not value.requires_grad:
        raise RunError(
            "The loss has no gradient: it does not depend on the coefficients through torch operations. "
            "Something on the way cuts it off, such as .item(), .detach(), float(), numpy or torch.no_grad()."
        )
    slope = _slope(loss, start, seed)
    if not bool(torch.isfinite(slope).all()):
        raise RunError(f"The loss is {float(value.detach()):g} {where}, but its gradient there is {_short(slope)}.")
    again = _evaluate(loss, start, seed)
    other = _evaluate(loss, start, seed + 1)
    seconds = min(_time(loss, start, seed) for _ in range(2))
    zero_slope = tuple(int(index) for index in torch.nonzero(slope == 0).flatten().tolist())
    return Probe(start, seconds, not _same(value, other), not _same(value, again), zero_slope)


def _time(loss: Loss, start: Tensor, seed: int) -> float:
    began = time.perf_counter()
    _slope(loss, start, seed)
    return time.perf_counter() - began


def _in_fitting_dtype(loss: Loss, start: Tensor) -> Tensor:
    """The start in a dtype that the loss takes: many are written for float32 tables."""
    try:
        loss(_leaf(start))
    except UserCodeError as error:
        if start.dtype != torch.float64 or "dtype" not in str(error):
            raise
        single = start.to(torch.float32)
        loss(_leaf(single))
        return single
    return start


def _works(loss: Loss, length: int, dtype: torch.dtype) -> bool:
    """Whether the loss of so many coefficients is one number."""
    try:
        value = loss(torch.full((length,), 0.5, dtype=dtype).requires_grad_())
        return isinstance(value, Tensor) and value.ndim == 0
    except Exception:  # whatever their code raises
        return False


def _evaluate(loss: Loss, at: Tensor, seed: int) -> Tensor:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return loss(_leaf(at))


def _leaf(at: Tensor) -> Tensor:
    """A copy that has a gradient: what a loss is given in a run, and may refuse or not, and cannot spoil the point."""
    return at.detach().clone().requires_grad_()


def _slope(loss: Loss, at: Tensor, seed: int) -> Tensor:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        here = _leaf(at)
        value = loss(here)
        try:
            (slope,) = torch.autograd.grad(value, here, allow_unused=True)
        except RuntimeError as error:  # torch says what it has no gradient of
            reason = str(error).strip().splitlines()[0].rstrip(".")
            advice = " Leave sparse=True out of its embeddings." if "sparse" in reason else ""
            raise RunError(f"The loss has a value, but torch cannot compute its gradient: {reason}.{advice}") from error
    if slope is None:
        raise RunError("The loss has no gradient: it does not use the coefficients that it was given.")
    return slope


def _check_one_number(value: object, where: str) -> None:
    if value is None:
        raise RunError("The loss must return a tensor; it returned nothing. Does it end with return?")
    if not isinstance(value, Tensor):
        raise RunError(f"The loss must return a tensor; {where} it returned {type(value).__name__}.")
    if value.ndim != 0:
        shape = tuple(value.shape)
        raise RunError(f"The loss must return one number; {where} it returned shape {shape}. Take its mean() or sum().")
    if value.is_complex():
        raise RunError(
            f"The loss must be a real number; {where} it is {complex(value.detach()):.4g}. "
            "Take its abs(), or one of its parts, .real or .imag."
        )


def _not_finite(loss: Loss, start: Tensor, value: float, where: str, seed: int) -> str:
    """The message: where near by the loss is finite, or that it is so nowhere."""
    generator = torch.Generator().manual_seed(0)
    for distance in _DISTANCES:
        for _ in range(_SAMPLES):
            at = start + distance * torch.randn(start.shape, generator=generator, dtype=torch.float64).to(start.dtype)
            try:
                if bool(torch.isfinite(_evaluate(loss, at, seed))):
                    return f"The loss is {value} {where}: there is no slope to follow. It is finite at {_short(at)}."
            except Exception:  # whatever their code raises: not finite there either
                continue
    tried = len(_DISTANCES) * _SAMPLES + 1
    return (
        f"The loss is {value} {where}, and not finite at any of {tried} points that were tried up to 10 around it. "
        "Start somewhere else, with --start."
    )


def _same(first: Tensor, second: Tensor) -> bool:
    return bool(torch.equal(first.detach(), second.detach()))


def _in_words(numbers: list[int]) -> str:
    if len(numbers) > 3 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} or more" if numbers[-1] == _LENGTHS[-1] else f"{numbers[0]} to {numbers[-1]}"
    return " or ".join(map(str, numbers))


def _short(values: Tensor) -> str:
    shown = ", ".join(f"{v:.4g}" for v in values.detach().flatten()[:4].tolist())
    return f"({shown}, … {values.numel()} in all)" if values.numel() > 4 else f"({shown})"
