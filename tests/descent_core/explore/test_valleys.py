"""Ends of runs are in different valleys where they are two minima, and in no other case."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from descent_core import record
from descent_core.explore.exploration import explore
from descent_core.explore.valleys import is_another_valley
from descent_core.recordings.trajectory import Trajectory
from scenes.examples import losses
from tests.descent_core.explore.requests import example_request


def test_another_valley_is_found_and_how_much_higher_it_is() -> None:
    found = explore(example_request("valley", start=(-1.8,), lrs=(0.01, 0.12)))
    ends = [found.recordings[f"run-{index}"].coeffs[-1, 0] for index in (0, 1)]
    verdicts = found.summary.verdicts
    assert ends[0] == pytest.approx(-0.96, abs=0.01)
    if ends[1] > 0:
        assert verdicts["run-0"].other_valley
        assert not verdicts["run-1"].other_valley
        lower, higher = found.recordings["run-1"].losses[-1], found.recordings["run-0"].losses[-1]
        assert verdicts["run-0"].above_best == pytest.approx(higher - lower)
    else:
        pytest.fail("the second walk was to cross the ridge")


def test_two_ends_of_himmelblau_are_in_different_valleys_and_two_near_one_are_not() -> None:
    ends = [record(losses.himmelblau, start, lr=0.01, steps=200) for start in ((0.2, 0.3), (-2.0, 2.0), (4.0, 1.0))]
    assert is_another_valley(losses.himmelblau, ends[0], ends[1], torch.float64)
    assert not is_another_valley(losses.himmelblau, ends[0], ends[2], torch.float64)
    assert not is_another_valley(losses.himmelblau, ends[0], ends[0], torch.float64)


def test_a_bent_valley_is_one_valley_wherever_one_stops_in_it() -> None:
    """Between two places on Rosenbrock's valley floor the straight line climbs its wall; it is one valley."""
    floor = [np.array([x, x**2]) for x in (-0.9, 0.7)]
    stopped = [
        Trajectory("s", [end + [0, 2], end, end, end, end], [9, 1, 1, 1, 1], np.zeros((5, 2)), np.zeros((4, 2)), lr=1)
        for end in floor
    ]
    assert all(one.outcome == "at rest" for one in stopped)
    between = [float(losses.rosenbrock(torch.tensor(floor[0] + (floor[1] - floor[0]) * t))) for t in (0, 0.5, 1)]
    assert between[1] > max(between[0], between[2])
    assert not is_another_valley(losses.rosenbrock, stopped[0], stopped[1], torch.float64)


def test_a_flat_ring_of_minima_is_one_valley() -> None:
    def ring(c: torch.Tensor) -> torch.Tensor:
        return ((c**2).sum() - 1) ** 2

    ends = [record(ring, start, lr=0.1, steps=200) for start in ([1.5, 0.2], [-1.5, 0.2])]
    assert not is_another_valley(ring, ends[0], ends[1], torch.float64)
