"""Optimizers of ``torch.optim`` by name, with their settings."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from descent_core.counted import counted
from descent_core.errors import UsageError
from descent_core.suggestions import suggest
from descent_core.training.recorder import OptimizerFactory
from descent_core.training.shaped_coefficients import in_shapes, pieces_of

#: Those that treat each number by itself, or all as one vector (L-BFGS): the shapes of parameters mean nothing to them.
_FLAT = {
    "ASGD", "Adadelta", "Adagrad", "Adam", "AdamW", "Adamax", "LBFGS", "NAdam", "RAdam", "RMSprop", "Rprop", "SGD",
    "SparseAdam",
}  # fmt: skip
#: How the steps are computed, and not what they are.
_COMPUTING = {"foreach", "capturable", "differentiable", "fused"}
_CONSTANTS = {"true": True, "false": False, "none": None}


@dataclass(frozen=True)
class OptimizerChoice:
    """An optimizer of ``torch.optim`` with its settings.

    Attributes
    ----------
    kind
        Its class.
    settings
        The arguments that it is made with, beside the coefficients and the learning rate.
    """

    kind: type[torch.optim.Optimizer]
    settings: Mapping[str, Any] = field(default_factory=dict)

    def factory(self, shapes: Sequence[torch.Size] = ()) -> OptimizerFactory:
        """What `record` makes the optimizer with.

        Parameters
        ----------
        shapes
            Of a module's parameters, where the coefficients are those.
        """

        def make(parameters: list[Tensor], lr: float) -> torch.optim.Optimizer:
            if not shapes or self.kind.__name__ in _FLAT:
                return self.kind(parameters, lr=lr, **self.settings)  # type: ignore[call-arg]
            (coeffs,) = parameters
            pieces = pieces_of(coeffs, shapes)
            return in_shapes(self.kind(pieces, lr=lr, **self.settings), coeffs, pieces)  # type: ignore[call-arg]

        return make


def parse_optimizer(text: str) -> OptimizerChoice:
    """An optimizer as it is typed: ``adam``, ``torch.optim.Adam``, ``sgd:momentum=0.9,nesterov=true``.

    Raises
    ------
    UsageError
        There is no such optimizer or setting, or it does not take that value; the message says what it takes.

    >>> choice = parse_optimizer("torch.optim.Adam:betas=0.9,0.99,amsgrad=true")
    >>> choice.kind.__name__, choice.settings
    ('Adam', {'betas': (0.9, 0.99), 'amsgrad': True})
    """
    name, colon, typed = text.partition(":")
    kind = optimizer_class(name.strip())
    if not colon:
        return OptimizerChoice(kind)
    texts: dict[str, list[str]] = {}
    for piece in typed.split(","):
        key, equals, value = piece.partition("=")
        if equals and key.strip() not in texts:
            texts[key.strip()] = [value.strip()]
        elif equals or not texts:
            found = f"{key.strip()} twice" if equals else repr(piece)
            raise UsageError(
                f"Settings are written as name=value with commas; found {found} in {text!r}. {_takes(kind)}"
            )
        else:  # a further number of the last setting
            texts[list(texts)[-1]].append(piece.strip())
    settings = {key: _setting(kind, key, values) for key, values in texts.items()}
    try:  # the optimizer itself knows what values it takes
        kind([torch.zeros(1, requires_grad=True)] if kind.__name__ in _FLAT else [torch.zeros(1, 1)], **settings)
    except Exception as error:  # each raises in its own way
        raise UsageError(
            f"torch.optim.{kind.__name__} does not take {typed}: {str(error).rstrip('.')}. {_takes(kind)}"
        ) from None
    return OptimizerChoice(kind, settings)


def optimizer_class(name: str) -> type[torch.optim.Optimizer]:
    """The optimizer of ``torch.optim`` of that name, in upper or lower case, ``torch.optim.`` before it or not.

    Raises
    ------
    UsageError
        There is none; the message offers similar ones.

    >>> optimizer_class("adam").__name__, optimizer_class("torch.optim.SGD").__name__
    ('Adam', 'SGD')
    """
    optimizers = {
        key: value
        for key, value in vars(torch.optim).items()
        if isinstance(value, type) and issubclass(value, torch.optim.Optimizer) and value is not torch.optim.Optimizer
    }
    short = name.lower().removeprefix("torch.").removeprefix("optim.")
    for key, value in optimizers.items():
        if key.lower() == short:
            return value
    hint = suggest(short, [key.lower() for key in optimizers])
    raise UsageError(f"torch.optim has no optimizer called {name!r}. {hint}")


def _setting(kind: type[torch.optim.Optimizer], key: str, texts: Sequence[str]) -> Any:
    """The value of a setting, of the type that the optimizer's own default has."""
    known = _settings(kind)
    if key == "lr":
        raise UsageError("The learning rate is not a setting of an optimizer: give it as lr (--lr).")
    if key not in known:
        hint = suggest(key, list(known))
        raise UsageError(f"torch.optim.{kind.__name__} has no setting called {key!r}. {hint} {_takes(kind)}")
    default = known[key]
    values = tuple(_value(text) for text in texts)
    wanted = (
        counted(len(default), "number") if isinstance(default, tuple)
        else "true or false" if isinstance(default, bool)
        else "a number" if isinstance(default, (int, float))
        else "one value"
    )  # fmt: skip
    fits = (
        len(values) == len(default) and all(value is None or _is_number(value) for value in values)
        if isinstance(default, tuple)
        else len(values) == 1 and isinstance(values[0], bool)
        if isinstance(default, bool)
        else len(values) == 1 and _is_number(values[0])
        if isinstance(default, (int, float))
        else len(values) == 1
    )
    if not fits:
        found = ",".join(texts) or "nothing"
        raise UsageError(f"{key} of torch.optim.{kind.__name__} is {wanted}; found {found}. {_takes(kind)}")
    return values if isinstance(default, tuple) else values[0]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _value(text: str) -> Any:
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _settings(kind: type[torch.optim.Optimizer]) -> dict[str, Any]:
    """What an optimizer takes beside parameters and learning rate, with its defaults."""
    parameters = inspect.signature(kind).parameters
    return {key: parameter.default for key, parameter in parameters.items() if key not in {"params", "lr"} | _COMPUTING}


def _takes(kind: type[torch.optim.Optimizer]) -> str:
    shown = ", ".join(f"{key}={_typed(value)}" for key, value in _settings(kind).items())
    return f"It takes, with these defaults: {shown}."


def _typed(value: Any) -> str:
    """A value as it is typed."""
    if isinstance(value, tuple):
        return ",".join(map(_typed, value))
    return str(value).lower() if value is None or isinstance(value, bool) else str(value)
