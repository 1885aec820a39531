"""Verdict: what happened to a walk, in the few numbers that a film needs to say it. numpy only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from descent_core.recordings.outcome import REST_TOLERANCE, TAIL, Outcome
from descent_core.recordings.trajectory import Trajectory


@dataclass(frozen=True)
class Verdict:
    """What became of a walk.

    Attributes
    ----------
    outcome
        As `descent_core.recordings.outcome` has it.
    steps
        How many it made.
    first, last, lowest
        The loss at its start, at its end, and at its best.
    rest
        Where it converged: the first step from which on its loss stayed within 1 % of its whole range
        of the last one.
    swing
        The least and the greatest loss in its last quarter.
    over
        Where it diverged: the first step from which on the loss was never again below that of the start.
    ended
        Whether its loss stopped being a finite number.
    elsewhere
        Whether it came to rest in another valley than the best walk (see `descent_core.explore.valleys`), and
        ``deeper``: by how much the best walk's valley lies lower.
    """

    outcome: str
    steps: int
    first: float
    last: float
    lowest: float
    rest: int
    swing: tuple[float, float]
    over: int
    ended: bool
    elsewhere: bool = False
    deeper: float = 0.0

    def told(self) -> dict[str, Any]:
        """As JSON values."""
        return {**asdict(self), "swing": list(self.swing)}

    @classmethod
    def read(cls, told: dict[str, Any]) -> Verdict:
        """What `told` gave."""
        return cls(**{**told, "swing": tuple(told["swing"])})


def read_verdict(walk: Trajectory, home: Trajectory | None = None, *, elsewhere: bool = False) -> Verdict:
    """Read the verdict on ``walk`` from its recording; ``home`` is the best of its company.

    Examples
    --------
    >>> from descent_core import record
    >>> found = verdict(record(lambda c: (c**2).sum(), [4.0], lr=0.25, steps=20))
    >>> found.outcome, found.rest, found.first
    ('converged', 4, 16.0)
    """
    losses = walk.losses
    finite = losses[np.isfinite(losses)]
    tail = finite[-max(1, walk.steps // TAIL) - 1 :]
    away = np.abs(finite - finite[-1]) > REST_TOLERANCE * max(float(np.ptp(finite)), np.finfo(float).tiny)
    below = np.flatnonzero(finite < losses[0])
    best = home if home is not None else walk
    return Verdict(
        outcome=walk.outcome.value,
        steps=walk.steps,
        first=float(losses[0]),
        last=float(finite[-1]),
        lowest=float(finite.min()),
        rest=int(np.flatnonzero(away)[-1]) + 1 if away.any() else 0,
        swing=(float(tail.min()), float(tail.max())),
        over=(int(below[-1]) + 1 if below.size else 0) if walk.outcome is Outcome.DIVERGED else 0,
        ended=len(finite) < len(losses),
        elsewhere=elsewhere,
        deeper=float(finite[-1] - best.losses[-1]) if elsewhere else 0.0,
    )
