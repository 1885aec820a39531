"""What really happened: gradient descent, run by torch and recorded.

The public names are handed on lazily, so that ``descent_core.trajectory`` (numpy only) loads
without torch: reading a recording needs no training library.

>>> from descent_core import RUNS
>>> RUNS["right"].lr
0.3
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from descent_core.landscape import Landscape
    from descent_core.library import recording
    from descent_core.outcome import Outcome
    from descent_core.recorder import record
    from descent_core.runs import LANDSCAPES, RUNS
    from descent_core.trajectory import Trajectory

#: Public name to the module that defines it. None is called like a module: importing that module
#: would put it in the name's place.
_HOME = {
    "LANDSCAPES": "runs",
    "Landscape": "landscape",
    "Outcome": "outcome",
    "RUNS": "runs",
    "Trajectory": "trajectory",
    "record": "recorder",
    "recording": "library",
}

__all__ = ["LANDSCAPES", "RUNS", "Landscape", "Outcome", "Trajectory", "record", "recording"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
