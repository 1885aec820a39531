"""record() against theory, and against bare torch loops that know nothing of it."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from descent_core import record
from descent_core.catalogue.gradient import bowl, radio
from descent_core.errors import RunError
from descent_core.training.random_search import RandomSearch

OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "momentum": partial(torch.optim.SGD, momentum=0.9),
    "nesterov": partial(torch.optim.SGD, momentum=0.9, nesterov=True),
    "adam": torch.optim.Adam,
    "rmsprop": torch.optim.RMSprop,
    "adagrad": torch.optim.Adagrad,
}


@given(
    curvature=st.floats(0.05, 20),
    lr=st.floats(0.001, 2),
    start=st.floats(-50, 50).filter(lambda x: abs(x) > 1e-3),
)
@settings(deadline=None, max_examples=60)
def test_on_a_quadratic_the_error_is_multiplied_by_one_minus_lr_times_curvature(
    curvature: float, lr: float, start: float
) -> None:
    walk = record(bowl(curvature), [start], lr=lr, steps=12)
    t = np.arange(len(walk.losses))
    theory = (1 - lr * curvature) ** t * start
    # An exact zero of the factor leaves rounding of the first step behind, hence the absolute term.
    np.testing.assert_allclose(walk.coeffs[:, 0], theory, rtol=1e-9, atol=1e-12 * abs(start))


@pytest.mark.parametrize(
    ("share", "outcome"),
    [
        (0.02, "crawling"),
        (0.05, "descending"),
        (0.5, "converged"),
        (0.9, "converged"),
        (1.05, "diverged"),
        (1.5, "diverged"),
    ],
)
def test_a_quadratic_is_stable_exactly_below_two_over_its_curvature(share: float, outcome: str) -> None:
    curvature = 3.0
    steps = 10 if share < 0.1 else 60
    walk = record(bowl(curvature), [1.0, -2.0], lr=share * 2 / curvature, steps=steps)
    assert walk.outcome == outcome


def test_at_two_over_the_curvature_the_walk_swings_for_ever() -> None:
    walk = record(bowl(4.0), [1.0], lr=0.5, steps=40)
    np.testing.assert_allclose(np.abs(walk.coeffs), 1.0)
    assert walk.outcome == "oscillating"


def test_divergence_is_a_result_and_stops_at_the_first_loss_that_is_not_finite() -> None:
    walk = record(bowl(1.0), [1.0], lr=1e80, steps=50)
    assert walk.outcome == "diverged"
    assert walk.steps < 50
    assert np.isfinite(walk.losses[:-1]).all()
    assert not np.isfinite(walk.losses[-1])


@pytest.mark.parametrize("lr", [0.02, 0.1, 0.3])
def test_never_zeroing_is_torchs_own_momentum_of_one(lr: float) -> None:
    start = [-1.2, 0.5]
    ours = record(radio(), start, lr=lr, steps=100, zero_grad=False)
    heavy_ball = record(radio(), start, lr=lr, steps=100, optimizer=partial(torch.optim.SGD, momentum=1.0))
    np.testing.assert_allclose(ours.coeffs, heavy_ball.coeffs, rtol=1e-9, atol=1e-9)


def test_what_grad_held_is_the_running_sum_of_the_slopes_when_it_is_never_zeroed() -> None:
    walk = record(radio(), [-1.2, 0.5], lr=0.1, steps=40, zero_grad=False)
    np.testing.assert_allclose(walk.grads, np.cumsum(walk.slopes[:-1], axis=0), rtol=1e-12, atol=1e-12)


def test_what_grad_held_is_the_slope_itself_when_it_is_zeroed() -> None:
    walk = record(radio(), [-1.2, 0.5], lr=0.1, steps=40)
    assert walk.grads.tobytes() == walk.slopes[:-1].tobytes()


def test_the_loop_on_screen_equals_a_bare_loop_bit_for_bit() -> None:
    walk = record(radio(), [-2.9, -0.15], lr=0.3, steps=30)
    c = torch.tensor([-2.9, -0.15], dtype=torch.float64, requires_grad=True)
    loss_of = radio()
    for t in range(31):
        loss = loss_of(c)
        (slope,) = torch.autograd.grad(loss, c)
        assert walk.coeffs[t].tobytes() == c.detach().numpy().tobytes()
        assert walk.losses[t] == loss.item()
        assert walk.slopes[t].tobytes() == slope.numpy().tobytes()
        with torch.no_grad():
            c -= slope * 0.3


@pytest.mark.parametrize("zero_grad", [True, False])
def test_numbers_that_are_the_same_are_kept_once_and_others_are_not(zero_grad: bool) -> None:
    walk = record(radio(), [-1.2, 0.5], lr=0.1, steps=40, zero_grad=zero_grad)
    assert np.shares_memory(walk.grads, walk.slopes) == zero_grad


def test_the_sign_of_a_zero_is_a_difference() -> None:
    walk = record(lambda c: (c * -0.0).sum(), [1.0], lr=0.1, steps=3)
    # The first slope is what .grad holds; the second is added to the zero that wiping left, and 0 + -0 is 0.
    assert np.signbit(walk.slopes).all()
    assert np.signbit(walk.grads).ravel().tolist() == [True, False, False]


def test_a_grad_that_parts_from_the_slope_late_is_kept_from_there_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("descent_core.training.recorder._ROOM", 32)
    walk = record(lambda c: c.clamp(max=0).sum() * 3, [21.5], lr=1.0, steps=60, optimizer=_Drifting, zero_grad=False)
    assert not walk.slopes[:22].any()
    assert walk.grads.tobytes() == np.cumsum(walk.slopes[:-1], axis=0).tobytes() != walk.slopes[:-1].tobytes()


class _Drifting(torch.optim.Optimizer):
    """Goes one to the left each step, whatever the slope."""

    def __init__(self, params: list[torch.Tensor], lr: float) -> None:
        super().__init__(params, {"lr": lr})

    def step(self, closure: object = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for one in group["params"]:
                one.data -= group["lr"]


@pytest.mark.parametrize("zero_grad", [True, False])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_factory_equals_the_bare_torch_loop_bit_for_bit(name: str, zero_grad: bool) -> None:
    factory = OPTIMIZERS[name]
    walk = record(radio(), [-1.2, 0.5], lr=0.05, steps=25, optimizer=factory, zero_grad=zero_grad)
    c = torch.tensor([-1.2, 0.5], dtype=torch.float64, requires_grad=True)
    engine, loss_of = factory([c], lr=0.05), radio()
    for t in range(25):
        assert walk.coeffs[t].tobytes() == c.detach().numpy().tobytes()
        if zero_grad:
            engine.zero_grad()
        loss = loss_of(c)
        loss.backward()
        assert walk.losses[t] == loss.item()
        assert c.grad is not None
        assert walk.grads[t].tobytes() == c.grad.numpy().tobytes()
        engine.step()
    assert walk.coeffs[25].tobytes() == c.detach().numpy().tobytes()


def test_an_optimizer_that_needs_a_closure_is_given_one() -> None:
    walk = record(bowl(2.0), [3.0, -1.0], lr=1.0, steps=5, optimizer=torch.optim.LBFGS)
    c = torch.tensor([3.0, -1.0], dtype=torch.float64, requires_grad=True)
    engine, loss_of = torch.optim.LBFGS([c], lr=1.0), bowl(2.0)

    def closure() -> torch.Tensor:
        engine.zero_grad()
        loss = loss_of(c)
        loss.backward()
        return loss

    for _ in range(5):
        engine.step(closure)
    assert walk.coeffs[5].tobytes() == c.detach().numpy().tobytes()


def test_a_loss_with_chance_in_it_repeats_and_leaves_the_callers_chance_alone() -> None:
    def noisy(c: torch.Tensor) -> torch.Tensor:
        return ((c + torch.randn(2)) ** 2).sum()

    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    first = record(noisy, [1.0, 1.0], lr=0.1, steps=20, seed=3)
    assert torch.rand(1) == expected
    second = record(noisy, [1.0, 1.0], lr=0.1, steps=20, seed=3)
    other = record(noisy, [1.0, 1.0], lr=0.1, steps=20, seed=4)
    assert first.same_arrays(second)
    assert not first.same_arrays(other)


def test_two_processes_record_bit_equal_arrays() -> None:
    code = (
        "import hashlib; from descent_core import RUNS\n"
        "from descent_core.library import _run_recipe; from descent_core.making import make_run\n"
        "for label in ('too-big', 'never-zeroed', 'notebook-zeroed', 'guessing-100', 'gradient-1000'):\n"
        "    run = make_run(label, RUNS[label], _run_recipe(RUNS[label]))\n"
        "    print(label, hashlib.sha256(run.to_bytes()).hexdigest())\n"
    )
    one, two = (subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in "ab")
    assert len(one.stdout.splitlines()) == 5
    assert one.stdout == two.stdout


def test_a_walk_longer_than_its_first_room_is_recorded_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = record(radio(), [-2.9, -0.15], lr=0.3, steps=100)
    monkeypatch.setattr("descent_core.training.recorder._ROOM", 2)  # 16 rows at first
    assert record(radio(), [-2.9, -0.15], lr=0.3, steps=100).same_arrays(whole)


def test_what_a_random_search_tried_is_kept_rejected_or_not() -> None:
    loss = radio()
    walk = record(loss, [-2.9, -0.15], lr=0.8, steps=30, optimizer=RandomSearch)
    assert walk.tries is not None
    assert walk.try_losses is not None
    better = walk.try_losses < walk.losses[:-1]
    assert 0 < better.sum() < walk.steps
    np.testing.assert_array_equal(walk.coeffs[1:], np.where(better[:, None], walk.tries, walk.coeffs[:-1]))
    np.testing.assert_array_equal(walk.losses[1:], np.where(better, walk.try_losses, walk.losses[:-1]))
    for tried, found in zip(walk.tries, walk.try_losses, strict=True):
        assert float(loss(torch.tensor(tried))) == found


def test_who_makes_no_tries_has_none_however_often_it_looks() -> None:
    for optimizer in (None, torch.optim.Adam, torch.optim.LBFGS):
        walk = record(bowl(2.0), [3.0, -1.0], lr=0.1, steps=3, optimizer=optimizer)
        assert walk.tries is walk.try_losses is None


def test_an_optimizer_that_never_looks_at_the_loss_is_refused() -> None:
    class Blind(torch.optim.SGD):
        def step(self, closure: object) -> float:  # type: ignore[override]
            return 0.0

    with pytest.raises(RunError, match="did not evaluate the loss"):
        record(bowl(), [1.0], lr=0.1, steps=2, optimizer=Blind)


@pytest.mark.parametrize(
    ("loss", "start", "wanted"),
    [
        (lambda c: c**2, [1.0, 2.0], r"returned shape \(2,\).*mean\(\) or sum\(\)"),
        (lambda c: (c * float("nan")).sum(), [1.0], "is nan at the start"),
        (lambda c: (1 / c).sum(), [0.0], "is inf at the start"),
        (lambda c: torch.tensor(3.0), [1.0], "no gradient"),
        (lambda c: 3.0, [1.0], "must return a tensor.*float"),
        (lambda c: c[2] ** 2, [1.0, 2.0], "could not be evaluated at the start.*Does it take 2"),
        (bowl(), [[1.0, 2.0]], r"shape \(1, 2\)"),
        (bowl(), 1.0, r"shape \(\)"),
        (bowl(), [], r"shape \(0,\)"),
        (bowl(), [1.0, float("inf")], "must be finite"),
        (bowl(), ["a"], "vector of numbers"),
        (bowl(), torch.tensor([1, 2]), "floating-point"),
    ],
)
def test_nonsense_is_refused_with_a_clear_word(loss: object, start: object, wanted: str) -> None:
    with pytest.raises(RunError, match=wanted):
        record(loss, start, lr=0.1, steps=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("steps", [-1, 2.5, True, "3"])
def test_steps_must_be_a_whole_number_that_is_not_negative(steps: object) -> None:
    with pytest.raises(RunError, match="steps must be a whole number"):
        record(bowl(), [1.0], lr=0.1, steps=steps)  # type: ignore[arg-type]


def test_lr_must_be_finite() -> None:
    with pytest.raises(RunError, match="lr must be a finite number"):
        record(bowl(), [1.0], lr=float("nan"), steps=1)


def test_no_steps_is_a_recording_of_one_row() -> None:
    walk = record(bowl(), [2.0], lr=0.1, steps=0)
    assert walk.coeffs.shape == (1, 1)
    assert walk.grads.shape == (0, 1)
