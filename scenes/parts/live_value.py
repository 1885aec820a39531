"""Values that may change: a stage part is given a function, which it calls in every frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def live(value: T | Callable[[], T]) -> Callable[[], T]:
    """A function that returns the present value: ``value`` itself if it is callable, else one that always returns it.

    >>> live(3)(), live(lambda: 4)()
    (3, 4)
    """
    if callable(value):
        return value
    return lambda: value
