"""Finds the bench of a part: what it is made of, by the name of its module. No manim, no torch before it is asked."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from scenes.bench.source import BenchSource

#: Is called with what goes on (``"bench"`` or ``"map"``), how much of it is done, and of how much.
ReportProgress = Callable[[str, int, int], object]


def load_source(module: str, report: ReportProgress = lambda *_: None) -> BenchSource | None:
    """What the bench of a part is made of.

    Parameters
    ----------
    module
        `scenes.part.Part.bench`: a module whose function ``source`` gives it, or None where there is nothing to try.
    report
        Is called with the progress, where it has to be recorded first.
    """
    found: BenchSource | None = import_module(module).source(report)
    return found
