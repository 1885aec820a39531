"""record(): the training loop of the film, observed from outside so that it stays the same loop."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from descent_core.errors import RunError
from descent_core.steps import Loss, step, step_without_zero
from descent_core.trajectory import Trajectory

#: Makes an optimizer of a list of parameters: ``torch.optim.Adam``, or a ``functools.partial`` of
#: one with its settings. It is called as ``factory([coeffs], lr=lr)``.
OptimizerFactory = Callable[..., torch.optim.Optimizer]


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
) -> Trajectory:
    """Walk downhill from ``start`` and write down every step.

    Parameters
    ----------
    loss
        Any callable that takes one ``(D,)`` tensor and returns one number that torch can
        differentiate.
    start
        ``(D,)``. A tensor keeps its dtype (the notebook of the zero-grad bug ran in float32);
        anything else is taken as float64.
    lr
        The learning rate.
    steps
        How many updates to make, 0 or more.
    optimizer
        A factory of any ``torch.optim.Optimizer``. Without one, the loop that part 4 shows on
        screen runs, word for word: `descent_core.steps.step`.
    zero_grad
        ``False`` forgets ``coeffs.grad.zero_()``: `descent_core.steps.step_without_zero`.
    label, meta
        Kept with the recording.
    seed
        Seeds torch for the length of the run (the caller's generator is left as it was), so that
        a loss with chance in it is repeatable too.

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
    The loop is watched by two hooks on the coefficients and not rewritten: the one sees the fresh
    gradient as it arrives, the other what ``.grad`` holds once it has been added. So the arrays
    equal those of a bare torch loop bit for bit. One thread, because the order of a parallel sum
    is not fixed.

    Examples
    --------
    On a bowl ``c**2 / 2`` every step of ``lr`` 0.5 halves the distance.

    >>> walk = record(lambda c: (c**2).sum() / 2, [8.0], lr=0.5, steps=3)
    >>> walk.coeffs.ravel().tolist()
    [8.0, 4.0, 2.0, 1.0]
    """
    if isinstance(steps, bool) or not isinstance(steps, int) or steps < 0:
        raise RunError(f"steps must be a whole number, 0 or more; found {steps!r}.")
    if not np.isfinite(lr):
        raise RunError(f"lr must be a finite number; found {lr!r}.")
    coeffs = _leaf(start)
    notebook = _Notebook(coeffs)
    with _one_thread(), torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        _try_out(loss, coeffs)
        take_step = _stepper(loss, coeffs, lr, optimizer, zero_grad)
        for _ in range(steps):
            before = coeffs.detach().numpy().astype(np.float64)
            value = take_step()
            notebook.write(before, value)
            if not np.isfinite(value):
                return notebook.close(label, lr, meta)
        last = loss(coeffs)
        (slope,) = torch.autograd.grad(last, coeffs)
    return notebook.close(label, lr, meta, coeffs.detach(), float(last.detach()), slope)


class _Notebook:
    """What the hooks saw, row by row."""

    def __init__(self, coeffs: Tensor) -> None:
        self.coeffs: list[NDArray[np.float64]] = []
        self.losses: list[float] = []
        self.slopes: list[NDArray[np.float64]] = []
        self.grads: list[NDArray[np.float64]] = []
        self._fresh: list[Tensor] = []
        self._held: list[Tensor] = []
        # An optimizer may evaluate the loss several times a step (L-BFGS); the first is at row t.
        coeffs.register_hook(lambda slope: self._fresh.append(slope.clone()))
        coeffs.register_post_accumulate_grad_hook(lambda leaf: self._held.append(_grad(leaf).clone()))

    def write(self, before: NDArray[np.float64], loss: float) -> None:
        self.coeffs.append(before)
        self.losses.append(loss)
        self.slopes.append(_wide(self._fresh[0]))
        self.grads.append(_wide(self._held[0]))
        self._fresh.clear()
        self._held.clear()

    def close(self, label: str, lr: float, meta: dict[str, Any] | None, *end: Any) -> Trajectory:
        if end:
            coeffs, loss, slope = end
            self.coeffs.append(_wide(coeffs))
            self.losses.append(loss)
            self.slopes.append(_wide(slope))
        else:
            self.grads.pop()  # the step from a loss that is not finite leads nowhere
        knobs = len(self.coeffs[0])
        return Trajectory(
            label,
            self.coeffs,
            self.losses,
            self.slopes,
            np.reshape(self.grads, (len(self.grads), knobs)),
            lr=lr,
            meta={"torch": str(torch.__version__), **(meta or {})},
        )


def _stepper(
    loss: Loss, coeffs: Tensor, lr: float, optimizer: OptimizerFactory | None, zero_grad: bool
) -> Callable[[], float]:
    """One update as a function of nothing, that returns the loss before it."""
    if optimizer is None:
        take = step if zero_grad else step_without_zero
        return lambda: float(take(loss, coeffs, lr).detach())

    engine = optimizer([coeffs], lr=lr)
    needs_closure = inspect.signature(engine.step).parameters["closure"].default is inspect.Parameter.empty

    def evaluate() -> Tensor:
        if zero_grad:
            engine.zero_grad()
        value = loss(coeffs)
        value.backward()
        return value

    def take_step() -> float:
        if needs_closure:
            return float(torch.as_tensor(engine.step(evaluate)).detach())  # type: ignore[arg-type]
        value = float(evaluate().detach())
        engine.step()
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
    """Refuse a loss that cannot be walked on before the first step is taken."""
    here = f"at the start {_short(coeffs.detach().tolist())}"
    try:
        value = loss(coeffs.detach().clone().requires_grad_())
    except Exception as error:  # the user's own function may raise anything
        raise RunError(
            f"The loss could not be evaluated {here}: {type(error).__name__}: {error}. "
            f"Does it take {coeffs.numel()} coefficients?"
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
def _one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _grad(leaf: Tensor) -> Tensor:
    assert leaf.grad is not None  # the hook that asks runs just after it was filled
    return leaf.grad


def _wide(tensor: Tensor) -> NDArray[np.float64]:
    return tensor.numpy().astype(np.float64)


def _short(values: Sequence[float]) -> str:
    shown = ", ".join(f"{v:g}" for v in values[:4])
    return f"({shown}, … {len(values)} in all)" if len(values) > 4 else f"({shown})"
