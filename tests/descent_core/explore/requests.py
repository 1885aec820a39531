"""Requests that the tests of this folder share."""

from __future__ import annotations

import textwrap
from pathlib import Path

from descent_core.explore.region import Proportions
from descent_core.explore.request import ExplorationRequest
from scenes.examples import losses

#: Some that are neither a square nor without a margin.
PROPORTIONS = Proportions(width=10, depth=9, margin=3.6)


def request_for(spec: str, lrs: tuple[float, ...], start: tuple[float, ...] | None = None, **others: object):
    return ExplorationRequest(spec, lrs, start, proportions=PROPORTIONS, **others)  # type: ignore[arg-type]


def example_request(name: str, **others: object) -> ExplorationRequest:
    """For one of the example losses."""
    return request_for(**{"spec": f"{losses.__file__}:{name}", "lrs": (0.01,), **others})  # type: ignore[arg-type]


def write_loss(folder: Path, body: str) -> str:
    """A user's file with this text; its name with that of the loss in it."""
    path = folder / "own.py"
    path.write_text("import torch\n" + textwrap.dedent(body))
    return f"{path}:loss"
