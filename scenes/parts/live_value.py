"""What a part shows may change: it is given by a function that the part asks anew in every frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def live(value: T | Callable[[], T]) -> Callable[[], T]:
    """A function that gives ``value`` now: ``value`` itself, if it is one; else it stays the same for ever.

    >>> reading(3)(), reading(lambda: 4)()
    (3, 4)
    """
    if callable(value):
        return value
    return lambda: value
