"""Loops over the rows or columns of a picture, cut into bands that several threads draw at once.

Films are drawn by as many processes as there are cores, so a loop has one thread there. A single picture is waited for
while the other cores have nothing to do: `on_all_cores`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import pairwise

_THREADS: ContextVar[int] = ContextVar("threads", default=1)


@contextmanager
def on_all_cores() -> Iterator[None]:
    """Within this, loops have as many threads as this process may use cores."""
    token = _THREADS.set(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    try:
        yield
    finally:
        _THREADS.reset(token)


def in_bands(count: int, draw: Callable[[int, int], object], multiple: int = 1) -> None:
    """Call ``draw(begin, end)`` for bands that make up ``count`` rows or columns; it must let go of Python's lock.

    Every band but the last is a ``multiple`` long.

    >>> in_bands(10, lambda begin, end: print(begin, end))
    0 10
    """
    threads = _THREADS.get()
    if threads == 1 or count < 2 * multiple:
        draw(0, count)
        return
    ends = [round(count * part / threads / multiple) * multiple for part in range(threads)] + [count]
    with ThreadPoolExecutor(threads) as pool:
        bands = [pool.submit(draw, begin, end) for begin, end in pairwise(ends) if end > begin]
        for band in bands:
            band.result()
