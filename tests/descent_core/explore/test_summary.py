"""A summary is kept with the landscape, and read from it, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from descent_core.explore.exploration import explore
from descent_core.explore.summary import NO_ZERO_GRAD, Summary
from descent_core.recordings.landscape import Landscape
from tests.descent_core.explore.requests import example_request

CASES = {
    "full": example_request("himmelblau", start=(0.2, 0.3), lrs=(0.002, 0.01), zero_grad=False, steps=40),
    "line": example_request("valley", start=(-1.8,), lrs=(0.01, 0.12), optimizer="adam", steps=40),
    "coefficients": example_request("three_knobs", start=(-1.0, 0.0, 2.0), lrs=(0.05,), axes=(0, 2), steps=40),
    "principal": example_request("small_network", lrs=(0.1,), steps=10),
}


@pytest.mark.parametrize("kind", CASES)
def test_a_summary_is_the_same_after_it_was_written_and_read(kind: str, tmp_path: Path) -> None:
    found = explore(CASES[kind])
    found.save(tmp_path)
    read = Summary.of(Landscape.load(tmp_path / "ground.landscape.npz"))
    assert read == found.summary
    assert read.plane.kind == kind
    assert json.loads(json.dumps(read.to_json())) == read.to_json()
    assert set(read.verdicts) == {*read.runs, *([NO_ZERO_GRAD] if read.no_zero_grad else [])}
    assert read.best in read.runs
    # Types come back too: a tuple that was a list would not be equal, an outcome that was a string would be.
    assert all(
        type(verdict.outcome) is type(found.summary.verdicts[read.best].outcome) for verdict in read.verdicts.values()
    )


def test_a_landscape_of_no_exploration_has_no_summary() -> None:
    bowl = Landscape.sample(lambda c: (c**2).sum(), (-1, 1), (-1, 1), nodes=(5, 5))
    with pytest.raises(KeyError):
        Summary.of(bowl)
