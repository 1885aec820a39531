"""record(): the training loop of the film, observed from outside so that it stays the same loop."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from descent_core.counted import counted
from descent_core.errors import RunError
from descent_core.loss_function import Loss
from descent_core.recordings.trajectory import Trajectory
from descent_core.training.evidence import ask
from descent_core.training.update_rules import step, step_without_zero

#: Makes an optimizer of a list of parameters: ``torch.optim.Adam``, or a ``functools.partial`` of
#: one with its settings. It is called as ``factory([coeffs], lr=lr)``.
OptimizerFactory = Callable[..., torch.optim.Optimizer]

#: How many numbers each array of a recording has room for before it has to grow.
_ROOM = 2**24


def record(
    loss: Loss,
    start: ArrayLike | Tensor,
    *,
    lr: float,
    steps: int,
    optimizer: OptimizerFactory | None = None,
    zero_grad: bool = True,
    label: str = "",
    seed: int = 0,
    meta: dict[str, Any] | None = None,
    evidence: bool = True,
) -> Trajectory:
    """Run gradient descent from ``start`` and record every step.

    Parameters
    ----------
    loss
        Any callable that takes one ``(D,)`` tensor and returns one number that torch can
        differentiate.
    start
        ``(D,)``. A tensor keeps its dtype; anything else is taken as float64.
    lr
        The learning rate.
    steps
        How many updates to make, 0 or more.
    optimizer
        A factory of any ``torch.optim.Optimizer``. Without one, the loop that part 4 shows on
        screen runs, word for word: `descent_core.training.update_rules.step`.
    zero_grad
        ``False`` leaves ``coeffs.grad.zero_()`` out: `descent_core.training.update_rules.step_without_zero`.
    label, meta
        Kept with the recording.
    seed
        Seeds torch for the length of the run (the caller's generator is left as it was), so that
        a loss with chance in it is repeatable too.
    evidence
        ``False`` does not ask the loss once the walk is over: the outcome is then what the walk alone can tell.

    Returns
    -------
    Trajectory
        Divergence is a result, not an exception: the run stops at the first loss that is not
        finite, and its ``outcome`` says so.

    Raises
    ------
    RunError
        The loss is not one number, has no gradient, or is not finite at the start; the start is
        not a ``(D,)`` vector of finite numbers or does not fit the loss; ``steps`` is negative;
        ``lr`` is not finite.

    Notes
    -----
    An optimizer with the attribute ``makes_tries`` looks, in each step, at one other place before it goes there or
    stays: that place and its loss are the ``tries`` and ``try_losses`` of the recording.

    Once the walk is over, the loss is asked what the walk can't tell, at a tenth of its cost or less where it was long:
    see `descent_core.training.evidence.ask`.

    The loop is observed by two hooks on the coefficients and not rewritten: the first sees the fresh
    gradient as it arrives, the second what ``.grad`` holds once it has been added. So the arrays
    equal those of a bare torch loop bit for bit. One thread, because the order of a parallel sum
    is not fixed.

    Examples
    --------
    On a bowl ``c**2 / 2`` every step of ``lr`` 0.5 halves the distance.

    >>> run = record(lambda c: (c**2).sum() / 2, [8.0], lr=0.5, steps=3)
    >>> run.coeffs.ravel().tolist()
    [8.0, 4.0, 2.0, 1.0]
    """
    if isinstance(steps, bool) or not isinstance(steps, int) or steps < 0:
        raise RunError(f"steps must be a whole number, 0 or more; found {steps!r}.")
    if not np.isfinite(lr):
        raise RunError(f"lr must be a finite number; found {lr!r}.")
    coeffs = _leaf(start)
    rows = _Rows(coeffs, steps)
    with one_thread(), torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        _try_out(loss, coeffs)
        take_step = _stepper(loss, rows, lr, optimizer, zero_grad)
        for _ in range(steps):
            rows.write_point()
            value = take_step()
            rows.write_loss(value)
            if not math.isfinite(value):
                return rows.close(label, lr, meta)
        last = loss(coeffs)
        (slope,) = torch.autograd.grad(last, coeffs)
        rows.write_end(float(last.detach()), slope)
        walk = rows.close(label, lr, meta)
        if not (evidence and np.isfinite(walk.losses[-1]) and np.isfinite(walk.coeffs[-1]).all()):
            return walk
        return replace(walk, evidence=ask(loss, walk.coeffs, walk.losses, coeffs.dtype))


class _Rows:
    """What the hooks saw, row by row.

    Each number is written once, into the arrays that the recording will hold: with many coefficients
    a copy costs as much as the hook itself. While every gradient that is held is the fresh one, bit for
    bit, as in any loop that sets it to zero, one array is both.
    """

    def __init__(self, coeffs: Tensor, steps: int) -> None:
        self.leaf = coeffs
        dimensions = coeffs.numel()
        # Memory is reserved, and not touched before it is written. A very long run grows beyond what is reserved.
        rows = min(steps + 1, max(_ROOM // dimensions, 16))
        self._coeffs, self._slopes = _GrowingArray(rows, dimensions), _GrowingArray(rows, dimensions)
        self._grads: _GrowingArray | None = None
        self.losses: list[float] = []
        self._tries: _GrowingArray | None = None
        self._try_losses: list[float] = []
        # An optimizer may evaluate the loss several times a step (L-BFGS); the first is at row t.
        self._fresh = self._held = False
        #: The fresh gradient, as long as it has to be held against what is held; None where nothing was held before.
        self._slope: Tensor | None = None
        self._hooks = [
            coeffs.register_hook(self._see_fresh),
            coeffs.register_post_accumulate_grad_hook(self._see_held),
        ]

    def write_point(self) -> None:
        """Before a step: the coefficients."""
        self._coeffs.write(len(self.losses), self.leaf.detach())
        self._fresh = self._held = True

    def write_try(self, loss: float) -> None:
        """Within a step, as the loss is evaluated: a try, where that is not the row's own point."""
        if self._fresh:
            return
        if self._tries is None:
            self._tries = self._coeffs.empty()
        self._tries.write(len(self._try_losses), self.leaf.detach())
        self._try_losses.append(loss)

    def _see_fresh(self, slope: Tensor) -> None:
        if self._fresh:
            fresh = slope.detach()
            self._slopes.write(len(self.losses), fresh)
            self._slope = fresh if self.leaf.grad is not None else None
            self._fresh = False

    def _see_held(self, leaf: Tensor) -> None:
        if self._held:
            held, row = _grad(leaf).detach(), len(self.losses)
            if self._grads is None and self._slope is not None and not _same_bits(held, self._slope):
                self._grads = self._slopes.copy(row)
            if self._grads is not None:
                self._grads.write(row, held)
            self._held, self._slope = False, None

    def write_loss(self, loss: float) -> None:
        """After a step: the loss before it."""
        if self._fresh or self._held:
            raise RunError(f"No gradient arrived in step {len(self.losses)}: the optimizer did not evaluate the loss.")
        self.losses.append(loss)

    def write_end(self, loss: float, slope: Tensor) -> None:
        """After the last step: the coefficients, the loss and the slope there."""
        self.write_point()
        self._see_fresh(slope)
        self.losses.append(loss)

    def close(self, label: str, lr: float, meta: dict[str, Any] | None) -> Trajectory:
        for hook in self._hooks:
            hook.remove()
        # No step was taken from the last row; one from a loss that is not finite would lead nowhere.
        rows = len(self.losses)
        coeffs, slopes = self._coeffs.close(rows), self._slopes.close(rows)
        grads = slopes[:-1] if self._grads is None else self._grads.close(rows - 1)
        tries = None if self._tries is None else self._tries.close(rows - 1)
        try_losses = None if tries is None else self._try_losses[: rows - 1]
        meta = {"torch": str(torch.__version__), **(meta or {})}
        return Trajectory(
            label, coeffs, self.losses, slopes, grads, lr=lr, meta=meta, tries=tries, try_losses=try_losses
        )


class _GrowingArray:
    """``(rows, D)``, an array whose rows are written one after the other, and which grows when it is full."""

    def __init__(self, rows: int, dimensions: int) -> None:
        self._array = np.empty((rows, dimensions))
        self._rows = torch.from_numpy(self._array)

    def write(self, row: int, numbers: Tensor) -> None:
        if row == len(self._array):
            self._resize(2 * row)
        self._rows[row].copy_(numbers)

    def empty(self) -> _GrowingArray:
        """Another with as much room."""
        return _GrowingArray(*self._array.shape)

    def copy(self, rows: int) -> _GrowingArray:
        """A copy of the first rows, with as much room after them."""
        other = self.empty()
        other._array[:rows] = self._array[:rows]
        return other

    def close(self, rows: int) -> NDArray[np.float64]:
        """The array of the first rows, read-only."""
        self._resize(rows)
        self._array.setflags(write=False)
        return self._array

    def _resize(self, rows: int) -> None:
        """In place: nobody else has seen the array yet."""
        del self._rows
        self._array.resize((rows, self._array.shape[1]), refcheck=False)
        self._rows = torch.from_numpy(self._array)


def _stepper(
    loss: Loss, rows: _Rows, lr: float, optimizer: OptimizerFactory | None, zero_grad: bool
) -> Callable[[], float]:
    """A function without arguments that makes one update of the coefficients and returns the loss before it."""
    coeffs = rows.leaf
    if optimizer is None:
        take = step if zero_grad else step_without_zero
        return lambda: float(take(loss, coeffs, lr).detach())

    made = optimizer([coeffs], lr=lr)
    makes_tries = getattr(made, "makes_tries", False)
    needs_closure = inspect.signature(made.step).parameters["closure"].default is inspect.Parameter.empty

    def evaluate() -> Tensor:
        if zero_grad:
            made.zero_grad()
        value = loss(coeffs)
        if makes_tries:
            rows.write_try(float(value.detach()))
        value.backward()
        return value

    def take_step() -> float:
        if needs_closure:
            return float(torch.as_tensor(made.step(evaluate)).detach())  # type: ignore[arg-type]
        value = float(evaluate().detach())
        made.step()
        return value

    return take_step


def _leaf(start: ArrayLike | Tensor) -> Tensor:
    try:
        given = start if isinstance(start, Tensor) else torch.tensor(np.asarray(start, dtype=np.float64))
    except (TypeError, ValueError) as error:
        raise RunError(f"start must be a vector of numbers; found {start!r} ({error}).") from None
    if given.ndim != 1 or given.numel() == 0:
        raise RunError(f"start must be a vector of shape (D,); found shape {tuple(given.shape)}.")
    if not given.is_floating_point():
        raise RunError(f"start must hold floating-point numbers; found {given.dtype}.")
    if not bool(torch.isfinite(given).all()):
        raise RunError(f"start must be finite; found {given.tolist()}.")
    return given.detach().clone().requires_grad_()


def _try_out(loss: Loss, coeffs: Tensor) -> None:
    """Refuse a loss that gradient descent cannot run on, before the first step is taken."""
    here = f"at the start {_short(coeffs)}"
    try:
        value = loss(coeffs.detach().clone().requires_grad_())
    except Exception as error:  # the user's own function may raise anything
        raise RunError(
            f"The loss could not be evaluated {here}: {type(error).__name__}: {error}. "
            f"Does it take {counted(coeffs.numel(), 'coefficient')}?"
        ) from error
    if not isinstance(value, Tensor):
        raise RunError(f"The loss must return a tensor; {here} it returned {type(value).__name__}.")
    if value.ndim != 0:
        raise RunError(
            f"The loss must return one number; {here} it returned shape {tuple(value.shape)}. Take its mean() or sum()."
        )
    if not bool(torch.isfinite(value)):
        raise RunError(f"The loss is {float(value.detach())} {here}: there is no slope to follow there.")
    if not value.requires_grad:
        raise RunError("The loss has no gradient: it does not depend on the coefficients through torch operations.")


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch compute in one thread, in the block: the order of a parallel sum is not fixed.

    >>> with one_thread():
    ...     torch.get_num_threads()
    1
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _grad(leaf: Tensor) -> Tensor:
    assert leaf.grad is not None  # the hook that asks runs just after it was filled
    return leaf.grad


def _same_bits(first: Tensor, second: Tensor) -> bool:
    """Whether two vectors of one type are the same, the sign of a zero included."""
    bits = {1: torch.int8, 2: torch.int16, 4: torch.int32, 8: torch.int64}[first.element_size()]
    return torch.equal(first.view(bits), second.view(bits))


def _short(coeffs: Tensor) -> str:
    shown = ", ".join(f"{v:g}" for v in coeffs.detach()[:4].tolist())
    return f"({shown}, … {coeffs.numel()} in all)" if coeffs.numel() > 4 else f"({shown})"
