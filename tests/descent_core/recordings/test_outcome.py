"""The words for how a walk ends, on walks whose end is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descent_core import record
from descent_core.catalogue.gradient import bowl
from descent_core.recordings.outcome import Outcome, classify


def on_a_bowl(factor: float, steps: int = 60) -> Outcome:
    x = factor ** np.arange(steps + 1.0)
    return classify(x[:, None], x**2 / 2)


@pytest.mark.parametrize(
    ("factor", "outcome"),
    [
        (0.99, "crawling"),
        (0.5, "converged"),
        (-0.5, "converged"),
        (-1.0, "oscillating"),
        (-1.01, "diverged"),
        (1.1, "diverged"),
    ],
)
def test_geometric_walks(factor: float, outcome: str) -> None:
    assert on_a_bowl(factor) == outcome


def test_a_circle_oscillates() -> None:
    t = np.linspace(0, 12 * np.pi, 200)
    assert classify(np.stack([np.cos(t), 0.5 * np.sin(t)], 1), np.cos(t) ** 2 + 0.2) == "oscillating"


def test_a_loss_that_is_not_finite_diverged() -> None:
    assert classify(np.array([[1.0], [2.0]]), np.array([1.0, np.inf])) == "diverged"


def test_jitter_around_a_kink_is_not_swinging() -> None:
    x = 2 * 0.9 ** np.arange(80.0) + 0.003 * (-1) ** np.arange(80)
    assert classify(x[:, None], np.abs(x)) == "converged"


@given(scale=st.floats(1e-6, 1e6), factor=st.sampled_from([0.99, 0.5, -1.0, -1.01]))
@settings(deadline=None)
def test_the_verdict_does_not_depend_on_units(scale: float, factor: float) -> None:
    x = factor ** np.arange(61.0)
    assert classify(x[:, None] * scale, x**2 * scale) == classify(x[:, None] * 7, x**2 * 3)


def test_it_agrees_with_the_runs_it_is_meant_for() -> None:
    assert record(bowl(1), [1.0], lr=0.001, steps=50).outcome is Outcome.CRAWLING
    assert record(bowl(1), [1.0], lr=0.5, steps=50).outcome is Outcome.CONVERGED
    assert record(bowl(1), [1.0], lr=2.0, steps=50).outcome is Outcome.OSCILLATING
    assert record(bowl(1), [1.0], lr=2.1, steps=50).outcome is Outcome.DIVERGED
    assert record(bowl(1), [1.0], lr=0.05, steps=200, zero_grad=False).outcome is Outcome.OSCILLATING


@given(block=st.integers(1, 60), turns=st.floats(0, 1), seed=st.integers(0, 99))
@settings(deadline=None)
def test_the_verdict_does_not_depend_on_how_many_rows_are_looked_at_at_once(
    block: int, turns: float, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    strides = np.where(chance.random((40, 1)) < turns, -1.0, 1.0).cumprod(axis=0) * chance.normal(1, 0.1, (40, 3))
    coeffs, losses = np.cumsum(strides, axis=0), np.linspace(2, 1, 40)
    whole = classify(coeffs, losses)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("descent_core.recordings.outcome._BLOCK", block)
        assert classify(coeffs, losses) == whole
    # By the definition: most steps turn back, and none of these is short beside the extent.
    later = np.diff(coeffs[len(losses) - 1 >> 1 :], axis=0)
    back = ((later[1:] * later[:-1]).sum(axis=1) < 0).mean() > 0.5
    long = np.median(np.linalg.norm(later, axis=1)) > 0.05 * np.ptp(coeffs, axis=0).max()
    assert (whole == "oscillating") == (back and long)
