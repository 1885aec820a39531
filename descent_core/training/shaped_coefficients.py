"""An optimizer of parameters in their shapes, for `record`, which trains one vector."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor


def in_shapes(inner: torch.optim.Optimizer, coeffs: Tensor, pieces: Sequence[Tensor]) -> torch.optim.Optimizer:
    """An optimizer of ``coeffs`` that hands each step to one of their pieces.

    Parameters
    ----------
    inner
        Made of ``pieces``.
    coeffs
        ``(D,)``; its gradient is shared out before each step.
    pieces
        From `pieces_of`.
    """
    closure = inspect.signature(type(inner).step).parameters.get("closure")
    needed = closure is not None and closure.default is inspect.Parameter.empty
    return (_InShapesWithClosure if needed else _InShapes)(inner, coeffs, pieces)


def pieces_of(coeffs: Tensor, shapes: Sequence[torch.Size]) -> list[Tensor]:
    """The coefficients as parameters of these shapes, which share their memory."""
    parts = torch.split(coeffs.detach(), [shape.numel() for shape in shapes])
    return [torch.nn.Parameter(part.view(shape)) for part, shape in zip(parts, shapes, strict=True)]


class _InShapes(torch.optim.Optimizer):
    """Steps an optimizer of parameters that are pieces of one vector, in their shapes, and share its memory."""

    def __init__(self, inner: torch.optim.Optimizer, coeffs: Tensor, pieces: Sequence[Tensor]) -> None:
        super().__init__([coeffs], {})
        self._inner, self._coeffs, self._parts = inner, coeffs, pieces

    def _hand_over(self) -> None:
        """Give each piece its part of the gradient."""
        gradient = self._coeffs.grad
        assert gradient is not None  # it is called after ``backward``
        for piece, part in zip(
            self._parts, torch.split(gradient, [piece.numel() for piece in self._parts]), strict=True
        ):
            piece.grad = part.view(piece.shape)

    def step(self, closure: Any = None) -> Any:
        if closure is None:
            self._hand_over()
            return self._inner.step()
        return self._step_with(closure)

    def _step_with(self, closure: Callable[[], Any]) -> Any:
        def evaluate() -> Any:
            value = closure()
            self._hand_over()
            return value

        return self._inner.step(evaluate)


class _InShapesWithClosure(_InShapes):
    """The same for one that cannot step without a closure, as `record` sees by its signature."""

    def step(self, closure: Callable[[], Any]) -> Any:  # type: ignore[override]
        return self._step_with(closure)
