"""Verdict: what became of a run, in the few numbers that a film needs to say it. numpy only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from descent_core.recordings.outcome import Outcome
from descent_core.recordings.trajectory import Trajectory
from descent_core.recordings.walk_shape import REST_TOLERANCE, tail


@dataclass(frozen=True)
class Verdict:
    """What became of a run.

    Attributes
    ----------
    outcome
        As `descent_core.recordings.outcome` has it.
    steps
        How many it made.
    first_loss, last_loss
        The loss at its start, and the last that is a finite number; the expected loss, where there is chance in it.
    lowest_loss, lowest_after
        The lowest of all, and after how many steps it was reached.
    gain_left
        By how much a bowl that bends like the ground at the end is lower at its bottom; 0 where it is not known.
    draws
        Of how many draws the expected loss is the mean; 0 where there is no chance in the loss.
    settled_after
        The first step from which on the loss stayed within 1 % of its whole range of the last one.
    tail_range
        The least and the greatest loss of its last quarter.
    not_finite
        Whether its loss stopped being a finite number.
    other_valley
        Whether it came to rest in another valley than the best run: see `descent_core.explore.valleys`.
    above_best
        By how much its last loss lies above that of the best run; 0 in the same valley.
    """

    outcome: Outcome
    steps: int
    first_loss: float
    last_loss: float
    lowest_loss: float
    lowest_after: int
    settled_after: int
    tail_range: tuple[float, float]
    not_finite: bool
    gain_left: float = 0.0
    draws: int = 0
    other_valley: bool = False
    above_best: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """All fields as JSON values."""
        return {**asdict(self), "outcome": self.outcome.value, "tail_range": list(self.tail_range)}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Verdict:
        """The verdict that `to_json` wrote down."""
        low, high = values["tail_range"]
        return cls(**{**values, "outcome": Outcome(values["outcome"]), "tail_range": (low, high)})


def read_verdict(run: Trajectory, best: Trajectory | None = None, *, other_valley: bool = False) -> Verdict:
    """Read the verdict on ``run`` from its recording.

    Parameters
    ----------
    best
        The best of the runs that it is compared with; ``None`` for itself.
    other_valley
        Whether the run ended in another valley than ``best``.

    Examples
    --------
    >>> from descent_core import record
    >>> verdict = read_verdict(record(lambda c: (c**2).sum(), [4.0], lr=0.25, steps=20))
    >>> str(verdict.outcome), verdict.settled_after, verdict.first_loss
    ('converged', 4, 16.0)
    """
    losses = run.expected_losses
    finite = losses[np.isfinite(losses)]
    end = tail(finite)
    away = np.abs(finite - finite[-1]) > REST_TOLERANCE * max(float(np.ptp(finite)), np.finfo(float).tiny)
    best = best if best is not None else run
    evidence = run.evidence
    gain = evidence.curvature.gain_left if evidence.curvature is not None else 0.0
    return Verdict(
        outcome=run.outcome,
        steps=run.steps,
        first_loss=float(losses[0]),
        last_loss=float(finite[-1]),
        lowest_loss=float(finite.min()),
        lowest_after=int(finite.argmin()),
        settled_after=int(np.flatnonzero(away)[-1]) + 1 if away.any() else 0,
        tail_range=(float(end.min()), float(end.max())),
        not_finite=len(finite) < len(losses),
        gain_left=gain if np.isfinite(gain) else 0.0,
        draws=evidence.expected.draws if evidence.expected is not None else 0,
        other_valley=other_valley,
        above_best=float(finite[-1] - best.expected_losses[-1]) if other_valley else 0.0,
    )
