"""A user's own loss, found in a file and made into a function of one vector of coefficients.

What ``FILE.py:LOSS`` may be:

- a function of a ``(D,)`` tensor that returns one number (a tensor of shape ``()``);
- a function without required arguments, a factory, that returns one of

  - such a function,
  - ``(loss, start)``: such a function, and the ``(D,)`` point that runs start from by default,
  - ``(model, closure)``: an ``nn.Module``, and a function without arguments that computes the loss
    of that module, on all data or on a minibatch. It may call ``zero_grad`` and ``backward`` or not. The coefficients
    are then all parameters that require a gradient, one after the other as
    ``torch.nn.utils.parameters_to_vector`` lays them out, and runs start from their present
    values by default. The module itself is never changed,
  - ``(model, closure, optimizer)``: with the optimizer of its parameters that makes the runs.

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

from descent_core.counted import counted
from descent_core.errors import UsageError, UserCodeError
from descent_core.explore.user.closures import without_backward
from descent_core.explore.user.code import import_file, user_errors
from descent_core.explore.user.own_optimizer import OwnOptimizer
from descent_core.loss_function import Loss
from descent_core.suggestions import suggest

#: What to do about a module without a closure, and about complex numbers.
_CLOSURE = "Return (model, closure), with a function without arguments that computes the loss of the module."
_FACTORY = (
    "Name a function without arguments that returns (model, closure); the closure computes the loss of the module."
)
_REAL = "Coefficients are real numbers: keep the real and the imaginary parts, as torch.view_as_real gives them."
#: What a factory may return, for the message where one returns something else.
_RETURNS = "a loss of one (D,) tensor, or (loss, start), or (model, closure), or (model, closure, optimizer)"


@dataclass(frozen=True)
class UserLoss:
    """A loss out of a user's file.

    Attributes
    ----------
    name, path
        What it is called in that file, and the file.
    loss
        ``(D,)`` tensor to a tensor of shape ``()``. What it raises is an `UserCodeError`.
    start
        ``(D,)``, where runs start by default; ``None`` if the file gives no start.
    of_module
        Whether the coefficients are the parameters of a module.
    shapes
        Of those parameters.
    optimizer
        The file's own, if it gives one.
    """

    name: str
    path: Path
    loss: Loss
    start: Tensor | None = None
    of_module: bool = False
    shapes: tuple[torch.Size, ...] = ()
    optimizer: OwnOptimizer | None = None

    @property
    def title(self) -> str:
        """For people: the file and the name in it."""
        return f"{self.path.name}:{self.name}"


def load_loss(spec: str) -> UserLoss:
    """Find ``FILE.py:LOSS``.

    Raises
    ------
    UsageError
        No name is given, no such file is there, or no such name is in it; the message offers similar ones.
    UserCodeError
        The file, or the factory in it, raised.
    """
    file, colon, name = spec.rpartition(":")
    if not colon or not file:
        offered = suggest("", _callables(import_file(Path(spec))))
        raise UsageError(f"Which loss of {spec}? Write it as {spec}:NAME. {offered}")
    path = Path(file).absolute()  # the file may go to another folder
    module = import_file(Path(file))
    if not hasattr(module, name):
        raise UsageError(f"There is no {name!r} in {path.name}. {suggest(name, _callables(module))}")
    found = getattr(module, name)
    if not callable(found):
        raise UsageError(
            f"{name!r} in {path.name} is {_with_article(found)}, and cannot be called. A loss is a function."
        )
    if isinstance(found, torch.nn.Module):
        raise UserCodeError(f"{name!r} in {path.name} is a module without a closure. {_FACTORY}")
    if _required_arguments(found) > 0:
        return UserLoss(name, path, _with_user_errors(found, path, name))
    with user_errors(f"{name}() in {path.name} raised", path):
        made = found()
    return _from_factory(made, name, path)


def _from_factory(made: Any, name: str, path: Path) -> UserLoss:
    """What a factory returned, as a loss."""
    where = f"{name}() in {path.name}"
    if isinstance(made, torch.nn.Module) or (isinstance(made, tuple) and len(made) == 1):
        raise UserCodeError(f"{where} returned {_with_article(made)} without a closure. {_CLOSURE}")
    if isinstance(made, tuple) and len(made) in (2, 3) and isinstance(made[0], torch.nn.Module):
        return _from_module(made, name, path, where)
    if isinstance(made, tuple) and len(made) == 2 and callable(made[0]) and not callable(made[1]):
        with user_errors(f"The start that {where} returned is not a vector of numbers", path):
            start = made[1] if isinstance(made[1], Tensor) else torch.tensor(np.asarray(made[1]))
            if start.is_nested:
                raise UserCodeError(f"The start that {where} returned is a nested tensor: it must be of shape (D,).")
            start = start.detach().to_dense().clone()
        if start.is_complex():
            raise UserCodeError(f"The start that {where} returned holds complex numbers. {_REAL}")
        if not start.is_floating_point():
            start = start.to(torch.float64)
        return UserLoss(name, path, _with_user_errors(made[0], path, name), start)
    if callable(made) and _required_arguments(made) > 0:
        return UserLoss(name, path, _with_user_errors(made, path, name))
    raise UserCodeError(
        f"{name} in {path.name} takes no coefficients, so it was called as a factory, "
        f"and returned {_with_article(made)}. A factory returns {_RETURNS}."
    )


def _from_module(made: tuple[Any, ...], name: str, path: Path, where: str) -> UserLoss:
    """A module and its closure, and perhaps its optimizer, as a loss."""
    model, closure, optimizer = made if len(made) == 3 else (*made, None)
    if isinstance(closure, (torch.nn.Module, torch.optim.Optimizer)) or not callable(closure):
        raise UserCodeError(f"{where} returned a module and {_with_article(closure)}, which is no closure. {_CLOSURE}")
    if _required_arguments(closure) > 0:
        raise UserCodeError(f"The closure that {where} returned must take no arguments.")
    if not isinstance(optimizer, (torch.optim.Optimizer, type(None))):
        raise UserCodeError(
            f"{where} returned {_with_article(optimizer)} beside the module and its closure. "
            "Return an optimizer there, such as torch.optim.Adam(model.parameters(), lr=0.01), or nothing."
        )
    loss, start = module_loss(model, closure)
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    return UserLoss(
        name,
        path,
        _with_user_errors(loss, path, name),
        start,
        of_module=True,
        shapes=tuple(parameter.shape for parameter in parameters),
        optimizer=OwnOptimizer(optimizer, parameters) if optimizer is not None else None,
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
    >>> loss, start = module_loss(line, lambda: (line(x) - 3 * x).square().sum())
    >>> start.shape, float(loss(torch.tensor([3.0, 0.0])))
    (torch.Size([2]), 0.0)
    """
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    if not parameters:
        raise UserCodeError(
            "The module has no parameters that require a gradient: there is nothing to train. "
            "Set requires_grad of those that should be trained."
        )
    _check_parameters(model)
    start = torch.nn.utils.parameters_to_vector(parameters).detach().clone()
    sizes = [parameter.numel() for parameter in parameters]
    dtypes = {parameter.dtype for parameter in parameters}
    # The entries that hold each: several, if modules share it. `torch.func.functional_call` would look for
    # them at every call, which takes as long as a step of a small model.
    tables = [module._parameters for module in model.modules()]
    entries = [
        [(table, name) for table in tables for name, held in table.items() if held is parameter]
        for parameter in parameters
    ]

    def assign(tensors: Iterable[Tensor]) -> None:
        for tensor, places in zip(tensors, entries, strict=True):
            for table, name in places:
                table[name] = tensor  # type: ignore[assignment]

    def loss(coeffs: Tensor) -> Tensor:
        if coeffs.shape != start.shape:
            raise UsageError(
                f"The module has {counted(start.numel(), 'parameter')}; found {counted(coeffs.numel(), 'coefficient')}."
            )
        values = [piece.view(parameter.shape) for parameter, piece in zip(parameters, coeffs.split(sizes), strict=True)]
        if dtypes != {coeffs.dtype}:
            values = [value.to(parameter.dtype) for parameter, value in zip(parameters, values, strict=True)]
        try:
            assign(values)
            vars(model)["zero_grad"] = _nothing  # the tensors that stand for the parameters hold no gradients
            return closure()
        finally:
            assign(parameters)
            vars(model).pop("zero_grad", None)

    return loss, start


def _check_parameters(model: torch.nn.Module) -> None:
    """Refuse parameters that are not tables of real numbers."""
    for name, parameter in model.named_parameters():
        if torch.nn.parameter.is_lazy(parameter):
            raise UserCodeError(
                f"The module's parameter {name} has no shape yet. Call the module once, on an example, before it is "
                "returned: lazy modules take their shapes from that."
            )
        if parameter.is_complex():
            raise UserCodeError(f"The module's parameter {name} holds complex numbers. {_REAL}")
        if parameter.layout is not torch.strided:
            raise UserCodeError(f"The module's parameter {name} is sparse. Store it as a table, with to_dense().")


def _nothing(set_to_none: bool = True) -> None:
    """In the place of ``zero_grad`` while a closure runs."""


def parse_start(text: str) -> list[float]:
    """A start as it is typed: numbers with commas; ``*`` repeats.

    >>> parse_start("2, -1"), parse_start("1,0*3")
    ([2.0, -1.0], [1.0, 0.0, 0.0, 0.0])

    Raises
    ------
    UsageError
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


def _with_user_errors(loss: Callable[..., Any], path: Path, name: str) -> Loss:
    """The same loss; what it raises is a `UserCodeError` that shows the lines of its file."""

    def checked(coeffs: Tensor) -> Tensor:
        with user_errors(f"The loss {name} in {path.name} raised", path):
            value: Tensor = without_backward(loss, coeffs)
        return value

    return checked


def _required_arguments(function: Any) -> int:
    """How many positional arguments a function requires; 1 where that cannot be known."""
    try:
        signature = inspect.signature(function.forward if isinstance(function, torch.nn.Module) else function)
    except (TypeError, ValueError):
        return 1
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(
        parameter.kind in kinds and parameter.default is inspect.Parameter.empty
        for parameter in signature.parameters.values()
    )


def _callables(module: Any) -> list[str]:
    """What a file defines itself and can be called, in its order."""
    return [
        key
        for key, value in vars(module).items()
        if callable(value) and not key.startswith("_") and getattr(value, "__module__", None) == module.__name__
    ]


def _with_article(thing: Any) -> str:
    """The type of a thing in a sentence: ``an int``."""
    kind = type(thing).__name__
    return "nothing (None)" if thing is None else f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"
