"""The type of a loss function. No torch at import."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

#: A loss: one ``(D,)`` tensor of coefficients in, one number (a tensor of shape ``()``) out.
Loss: TypeAlias = "Callable[[Tensor], Tensor]"
