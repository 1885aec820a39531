"""A user's own loss, found in a file and made into a function of one vector of coefficients.

What ``FILE.py:LOSS`` may be:

- a function of a ``(D,)`` tensor that returns one number (a tensor of shape ``()``);
- a function without required arguments, a factory, that returns one of

  - such a function,
  - ``(loss, start)``: such a function, and the ``(D,)`` point that a walk starts from by default,
  - ``(model, closure)``: an ``nn.Module``, and a function without arguments that computes the loss
    of that module, on all data or on a minibatch. It does not call ``backward``. The coefficients
    are then all parameters that require a gradient, one after the other as
    ``torch.nn.utils.parameters_to_vector`` lays them out, and the walk starts from their present
    values by default. The module itself is never changed.

A factory that makes its data with ``torch.manual_seed`` gives the same loss every time.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from descent_core.errors import UsageError, UserCodeError
from descent_core.explore.user_code import import_file, user_errors
from descent_core.loss_function import Loss
from descent_core.suggestions import suggest

#: What a factory may return; said where one returns something else.
_RETURNS = "a loss of one (D,) tensor, or (loss, start), or (model, closure)"


@dataclass(frozen=True)
class UserLoss:
    """A loss out of a user's file.

    Attributes
    ----------
    name, path
        What it is called there, and where.
    loss
        ``(D,)`` tensor to a tensor of shape ``()``. What it raises is an `OwnCodeError`.
    start
        ``(D,)``, where a walk starts if nobody says otherwise; ``None`` if the file does not say.
    of_module
        Whether the coefficients are the parameters of a module.
    """

    name: str
    path: Path
    loss: Loss
    start: Tensor | None = None
    of_module: bool = False

    @property
    def title(self) -> str:
        """For people: the file and the name in it."""
        return f"{self.path.name}:{self.name}"


def load_loss(spec: str) -> UserLoss:
    """Find ``FILE.py:LOSS``.

    Raises
    ------
    WrongUse
        No name is given, no such file is there, or no such name is in it; the message offers the near ones.
    OwnCodeError
        The file, or the factory in it, raised.
    """
    file, colon, name = spec.rpartition(":")
    if not colon or not file:
        offered = suggest("", _callables(import_file(Path(spec))))
        raise UsageError(f"Which loss of {spec}? Write it as {spec}:NAME. {offered}")
    path = Path(file)
    module = import_file(path)
    if not hasattr(module, name):
        raise UsageError(f"There is no {name!r} in {path.name}. {suggest(name, _callables(module))}")
    found = getattr(module, name)
    if not callable(found):
        raise UsageError(f"{name!r} in {path.name} is {_a(found)}, and cannot be called. A loss is a function.")
    if _needed(found) > 0:
        return UserLoss(name, path, _watched(found, path, name))
    with user_errors(f"{name}() in {path.name} raised", path):
        made = found()
    return _made(made, name, path)


def _made(made: Any, name: str, path: Path) -> UserLoss:
    """What a factory returned, as a loss."""
    if isinstance(made, tuple) and len(made) == 2:
        first, second = made
        if isinstance(first, torch.nn.Module) and callable(second):
            if _needed(second) > 0:
                raise UserCodeError(f"The closure that {name}() in {path.name} returned must take no arguments.")
            loss, start = module_loss(first, second)
            return UserLoss(name, path, _watched(loss, path, name), start, of_module=True)
        if callable(first) and not callable(second):
            with user_errors(f"The start that {name}() in {path.name} returned is not a vector of numbers", path):
                start = second if isinstance(second, Tensor) else torch.tensor(np.asarray(second, np.float64))
                start = start.detach().clone()
            return UserLoss(name, path, _watched(first, path, name), start)
    if callable(made) and _needed(made) > 0:
        return UserLoss(name, path, _watched(made, path, name))
    raise UserCodeError(
        f"{name} in {path.name} takes no coefficients, so it was called as a factory, and returned {_a(made)}. "
        f"A factory returns {_RETURNS}."
    )


def module_loss(model: torch.nn.Module, closure: Callable[[], Tensor]) -> tuple[Loss, Tensor]:
    """The loss of a module as a function of all its parameters in one vector, and that vector now.

    Parameters
    ----------
    model
        Its parameters that require a gradient are the coefficients.
    closure
        Computes the loss; it calls ``model`` itself.

    Examples
    --------
    >>> line = torch.nn.Linear(1, 1)
    >>> x = torch.tensor([[0.0], [1.0]])
    >>> loss, start = of_module(line, lambda: (line(x) - 3 * x).square().sum())
    >>> start.shape, float(loss(torch.tensor([3.0, 0.0])))
    (torch.Size([2]), 0.0)
    """
    knobs = [one for one in model.parameters() if one.requires_grad]
    if not knobs:
        raise UserCodeError("The module has no parameters that require a gradient: there is no knob to turn.")
    start = torch.nn.utils.parameters_to_vector(knobs).detach().clone()
    sizes, kinds = [one.numel() for one in knobs], {one.dtype for one in knobs}
    # Where each lies: in several places, if modules share it. `torch.func.functional_call` would look for
    # them at every call, which takes as long as a step of a small model.
    tables = [module._parameters for module in model.modules()]
    places = [[(table, name) for table in tables for name, held in table.items() if held is one] for one in knobs]

    def lend(given: Iterable[Tensor]) -> None:
        for lent, spots in zip(given, places, strict=True):
            for table, name in spots:
                table[name] = lent  # type: ignore[assignment]

    def loss(coeffs: Tensor) -> Tensor:
        if coeffs.shape != start.shape:
            raise UsageError(f"The module has {start.numel()} parameters; found {coeffs.numel()} coefficients.")
        given = [piece.view(one.shape) for one, piece in zip(knobs, coeffs.split(sizes), strict=True)]
        if kinds != {coeffs.dtype}:
            given = [piece.to(one.dtype) for one, piece in zip(knobs, given, strict=True)]
        try:
            lend(given)
            return closure()
        finally:
            lend(knobs)

    return loss, start


def parse_start(text: str) -> list[float]:
    """A start as it is typed: numbers with commas; ``*`` repeats.

    >>> parse_start("2, -1"), parse_start("1,0*3")
    ([2.0, -1.0], [1.0, 0.0, 0.0, 0.0])

    Raises
    ------
    WrongUse
        It is not a list of finite numbers.
    """
    numbers: list[float] = []
    for piece in text.split(","):
        value, star, times = piece.partition("*")
        try:
            number, count = float(value), int(times) if star else 1
        except ValueError:
            number, count = math.nan, 1
        if not math.isfinite(number) or count < 1:
            raise UsageError(
                f"A start is written as numbers with commas, 2,-1 or 0.5*1000; found {piece!r} in {text!r}."
            )
        numbers += [number] * count
    return numbers


def optimizer_class(name: str) -> type[torch.optim.Optimizer]:
    """The optimizer of ``torch.optim`` of that name, in whatever case.

    >>> optimizer("adam").__name__
    'Adam'
    """
    there = {
        key: value
        for key, value in vars(torch.optim).items()
        if isinstance(value, type) and issubclass(value, torch.optim.Optimizer) and value is not torch.optim.Optimizer
    }
    for key, value in there.items():
        if key.lower() == name.lower():
            return value
    lower = {key.lower(): key for key in there}
    hint = suggest(name.lower(), list(lower))
    raise UsageError(f"torch.optim has no optimizer called {name!r}. {hint}")


def _watched(loss: Callable[..., Any], path: Path, name: str) -> Loss:
    """The same loss, whose errors are told by the lines of its file."""

    def watched(coeffs: Tensor) -> Tensor:
        with user_errors(f"The loss {name} in {path.name} raised", path):
            value: Tensor = loss(coeffs)
        return value

    return watched


def _needed(function: Any) -> int:
    """How many arguments must be given; 1 where nobody can tell."""
    try:
        shape = inspect.signature(function.forward if isinstance(function, torch.nn.Module) else function)
    except (TypeError, ValueError):
        return 1
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(one.kind in kinds and one.default is inspect.Parameter.empty for one in shape.parameters.values())


def _callables(module: Any) -> list[str]:
    """What a file defines itself and can be called, in its order."""
    return [
        key
        for key, value in vars(module).items()
        if callable(value) and not key.startswith("_") and getattr(value, "__module__", None) == module.__name__
    ]


def _a(thing: Any) -> str:
    kind = type(thing).__name__
    return "nothing (None)" if thing is None else f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"
