"""What became of a run, on real runs: against theory, on classic functions, with chance, as films will make them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from torch import Tensor

from descent_core import record
from descent_core.recordings.trajectory import Trajectory

f64: Any = partial(torch.tensor, dtype=torch.float64)


# Theory: on a quadratic what is left to gain, and the way to go, are known exactly.


@st.composite
def bowls(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Curvatures of any condition number up to ten million, and how far from the middle a walk starts along each."""
    dimensions = draw(st.sampled_from([1, 2, 3, 8, 24]))
    exponents = draw(st.lists(st.floats(-4, 3), min_size=dimensions, max_size=dimensions))
    starts = draw(st.lists(st.floats(-1, 1), min_size=dimensions, max_size=dimensions))
    return 10.0 ** np.array(exponents), np.array(starts)


def walked(curvatures: np.ndarray, starts: np.ndarray, lr: float, steps: int) -> Trajectory:
    bends, middle = torch.tensor(curvatures), f64(np.linspace(-1, 2, len(starts)))
    return record(lambda c: (bends * (c - middle) ** 2).sum() / 2, middle + torch.tensor(starts), lr=lr, steps=steps)


@given(bowl=bowls(), share=st.floats(1e-3, 1.4), steps=st.sampled_from([4, 12, 40, 200]))
@example(bowl=(np.array([1.0, 10.0]), np.array([0.0625, 1.0])), share=0.125, steps=40)
@example(bowl=(np.array([1.0, 0.1]), np.array([0.001, 1.0])), share=1.0625, steps=40)
@example(bowl=(np.array([1.0] * 23 + [1000.0]), np.array([0.0] * 22 + [1.0, 1.0])), share=0.5625, steps=4)
@example(
    bowl=(np.array([1.0] * 18 + [31.6, 562, 10, 1, 1, 100]), np.array([0.0] * 18 + [0.5, 1, 0.5, 1, 1, 1])),
    share=0.875,
    steps=12,
)
@settings(deadline=None, max_examples=150)
def test_on_any_bowl_the_word_says_what_theory_says(
    bowl: tuple[np.ndarray, np.ndarray], share: float, steps: int
) -> None:
    curvatures, starts = bowl
    assume(np.abs(starts).max() > 1e-3)
    run = walked(curvatures, starts, share * 2 / curvatures.max(), steps)
    away = run.coeffs[-1] - np.linspace(-1, 2, len(starts))
    gain, way = float((curvatures * away**2).sum() / 2), float(np.linalg.norm(away))
    extent, span = float(np.ptp(run.coeffs, axis=0).max()), float(np.ptp(run.losses))

    bend = run.evidence.curvature
    assert bend is not None
    if bend.resolved and np.isfinite(bend.gain_left):
        close = {"rel": 1e-6, "abs": 1e-12} if len(starts) <= 16 else {"rel": 0.3, "abs": 1e-9}
        assert bend.gain_left == pytest.approx(gain, **close)
    assert bend.gain_left <= gain * (1 + 1e-6) + 1e-12 or not np.isfinite(bend.gain_left)

    word = run.outcome
    if word == "converged":
        assert gain <= 0.0101 * span + 1e-15
        assert len(starts) > 16 or way <= 0.0101 * extent + 1e-12
    if word == "diverged":
        assert share > 1
        assert run.losses[-1] > run.losses[0]
    if run.losses[-1] > 2 * run.losses[0]:
        assert word == "diverged"
    if word == "narrow valley":
        assert curvatures.max() > 20 * curvatures.min()
        assert gain > 0
    if word == "crawling":
        assert 2 * share < 0.051
    if word == "leaping":
        assert share > 0.5
    if word == "arrived and left":  # the part that grows was small at first
        assert share > 1
    assert word not in ("plateau", "saddle", "hovering")


@given(share=st.floats(0.5, 0.9995), start=st.floats(0.1, 1e3), curvature=st.floats(1e-3, 1e3))
@settings(deadline=None, max_examples=40)
def test_overshooting_that_settles_leaps_until_it_rests(share: float, start: float, curvature: float) -> None:
    """Beyond half of the largest stable step each leap lands on the other side, nearer by a factor that is known."""
    factor = abs(1 - 2 * share)
    run = walked(np.array([curvature]), np.array([start]), share * 2 / curvature, 40)
    if factor**30 * (1 + factor) < 0.0099:  # where its last quarter begins, it is within 1 % of where it will end
        assert run.outcome == "converged"
    elif factor**40 > 0.011:
        assert run.outcome == ("leaping" if factor**10 <= 0.95 else "oscillating")


@pytest.mark.parametrize("curvature", [0.1, 0.3, 0.7, 1.0, 3.0, 7.0, 9.9])
def test_exactly_two_over_the_curvature_swings_and_does_not_diverge(curvature: float) -> None:
    assert walked(np.array([curvature]), np.array([4.0]), 2 / curvature, 400).outcome == "oscillating"


# What was judged wrong before there was evidence.


def line_fit(c: Tensor) -> Tensor:
    """Raw data, far from its middle: a valley ten thousand times as curved across as along."""
    x = torch.arange(10.0, 90.0, 10.0, dtype=torch.float64)
    return ((c[0] * x + c[1] - (0.5 * x - 20)) ** 2).mean()


def dead(c: Tensor) -> Tensor:
    """Two sigmoids that have long been saturated, each at the wrong end."""
    return ((torch.sigmoid(40 * c) - f64([0.0, 1.0])) ** 2).mean()


def saddle(c: Tensor) -> Tensor:
    return c[0] ** 2 - c[1] ** 2


CASES: list[tuple[str, Callable[[Tensor], Tensor], list[float], float, int, str]] = [
    ("a narrow valley", line_fit, [1.0, 0.0], 1e-4, 40, "narrow valley"),
    ("a dead plateau", dead, [2.0, -2.0], 1.0, 40, "plateau"),
    ("on a saddle", saddle, [0.0, 0.0], 0.1, 20, "saddle"),
    ("onto a saddle", saddle, [1.0, 0.0], 0.1, 80, "saddle"),
    ("on a top", lambda c: -(c**2).sum(), [0.0, 0.0], 0.1, 20, "saddle"),
    ("a constant", lambda c: 0 * c.sum() + 3, [1.0, 2.0], 0.1, 20, "plateau"),
    ("a step too small for a float", lambda c: ((c - 1e3) ** 2).sum(), [1.0], 1e-20, 20, "crawling"),
    ("begun at the minimum", lambda c: (c**2).sum(), [0.0, 0.0], 0.1, 20, "converged"),
    ("overshooting that settles", lambda c: ((c - 1) ** 2).sum() / 2, [5.0], 1.9, 40, "leaping"),
    ("exactly 2 over the curvature", lambda c: ((c - 1) ** 2).sum() / 2, [5.0], 2.0, 40, "oscillating"),
    ("a hinge at its flat bottom", lambda c: torch.relu(1 - c).sum(), [0.0], 0.1, 40, "converged"),
]


@pytest.mark.parametrize(
    ("loss", "start", "lr", "steps", "word"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_small_inputs_get_the_word_that_a_teacher_would_use(
    loss: Callable[[Tensor], Tensor], start: list[float], lr: float, steps: int, word: str
) -> None:
    assert record(loss, start, lr=lr, steps=steps).outcome == word


def test_one_who_arrived_with_adam_and_left_again() -> None:
    torch.manual_seed(5)
    matrix = torch.randn(20, 200).double()
    torch.manual_seed(6)
    wanted = torch.randn(20).double()

    def loss(c: Tensor) -> Tensor:
        return ((matrix @ c - wanted) ** 2).sum()

    run = record(loss, [0.0] * 200, lr=0.01, steps=4000, optimizer=torch.optim.Adam)
    # Where it is after it has left hangs on the last bit of each sum, and so on the processor: a row may come as low as
    # 3e-7 by chance, and none comes back; how far most of them are does not.
    assert run.losses.min() < 1e-9 < run.losses[3000:].min()
    assert np.median(run.losses[3000:]) > 1e-5
    assert run.outcome == "arrived and left"
    early = record(loss, [0.0] * 200, lr=0.01, steps=400, optimizer=torch.optim.Adam)
    assert early.outcome == "converged"


# Classic functions, whose minima and saddles are known.


def rosenbrock(c: Tensor) -> Tensor:
    return (1 - c[0]) ** 2 + 100 * (c[1] - c[0] ** 2) ** 2


def himmelblau(c: Tensor) -> Tensor:
    return (c[0] ** 2 + c[1] - 11) ** 2 + (c[0] + c[1] ** 2 - 7) ** 2


#: Its four saddles and its top, to six digits.
FLAT_PLACES = [
    (0.086678, 2.884255),
    (-3.073026, -0.081353),
    (3.385154, 0.073852),
    (-0.127961, -1.953715),
    (-0.270845, -0.923039),
]


@pytest.mark.parametrize("place", FLAT_PLACES)
def test_one_who_begins_on_a_saddle_or_a_top_stays_there(place: tuple[float, float]) -> None:
    at = f64(place)
    for _ in range(4):  # Newton's method, to the last digit
        bends = torch.autograd.functional.hessian(himmelblau, at)
        (slope,) = torch.autograd.grad(himmelblau(at.requires_grad_()), at)
        at = (at - torch.linalg.solve(bends, slope)).detach()
    assert record(himmelblau, at, lr=1e-3, steps=5).outcome == "saddle"


def monkey_saddle(c: Tensor) -> Tensor:
    return c[0] ** 3 - 3 * c[0] * c[1] ** 2


@pytest.mark.parametrize(
    ("loss", "start", "lr", "steps", "word"),
    [
        (rosenbrock, [-1.2, 1.0], 1e-3, 2000, "narrow valley"),
        (rosenbrock, [-1.2, 1.0], 1e-3, 40_000, "converged"),
        (rosenbrock, [-1.2, 1.0], 1e-2, 20, "diverged"),
        (himmelblau, [0.2, 0.3], 0.01, 200, "converged"),
        (monkey_saddle, [0.0, 0.0], 0.1, 10, "plateau"),
        (lambda c: (c**4).sum(), [1.0], 0.1, 2000, "converged"),
        (lambda c: torch.log1p(torch.exp(-c)).sum(), [30.0], 1.0, 200, "crawling"),
    ],
)
def test_classic_functions(
    loss: Callable[[Tensor], Tensor], start: list[float], lr: float, steps: int, word: str
) -> None:
    run = record(loss, start, lr=lr, steps=steps)
    assert run.outcome == word


# Runs as the films make them.


def passengers(c: Tensor) -> Tensor:
    """A logistic model with a squared error, of made-up passengers in raw units: an age and a fare among them."""
    chance = torch.Generator().manual_seed(7)
    n = 300
    age, fare = 80 * torch.rand(n, generator=chance), 200 * torch.rand(n, generator=chance) ** 3
    woman = (torch.rand(n, generator=chance) < 0.4).float()
    lived = (torch.rand(n, generator=chance) < 0.2 + 0.5 * woman).float()
    table = torch.stack([age, fare, woman, torch.ones(n)], dim=1).to(c.dtype)
    return ((torch.sigmoid(table @ c) - lived.to(c.dtype)) ** 2).mean()


def test_a_dead_run_on_raw_data_is_a_plateau() -> None:
    run = record(passengers, [0.0, 0.0, 0.0, 0.0], lr=100.0, steps=200)
    assert run.slopes[-1].max() < 1e-6
    assert run.losses[-1] > 0.2
    assert run.outcome == "plateau"


def test_a_giant_step_out_onto_flat_ground_is_a_plateau_and_a_steep_way_into_a_gentle_bowl_is_not() -> None:
    thrown = record(scaled, [0.3, -0.2, 0.1, 0.2], lr=3000.0, steps=200)
    assert thrown.outcome == "plateau"
    for far in (10.0, 100.0, 1000.0):
        run = record(lambda c: (c**4 + c**2).sum(), [far], lr=0.2 / (1 + 6 * far**2), steps=40)
        assert run.outcome != "plateau"
        newton = record(lambda c: (c**4 + c**2).sum(), [far], lr=1.0, steps=60, optimizer=torch.optim.LBFGS)
        assert newton.outcome == "converged"


def test_what_is_left_of_a_slope_by_rounding_is_no_way_to_go() -> None:
    run = record(scaled_in_float32, torch.zeros(4), lr=10.0, steps=3000)
    bend = run.evidence.curvature
    assert bend is not None
    assert run.outcome == "converged"


def scaled_in_float32(c: Tensor) -> Tensor:
    return passengers(c / torch.tensor([80.0, 200.0, 1.0, 1.0]))


def test_without_zeroing_it_swings_even_if_it_only_rose_long_ago() -> None:
    run = record(scaled, [0.0] * 4, lr=10.0, steps=60, zero_grad=False)
    assert run.losses[-1] > run.losses.min() + 0.05 * np.ptp(run.losses)
    assert run.outcome == "oscillating"


def scaled(c: Tensor) -> Tensor:
    """The same with each column between 0 and 1."""
    return passengers(c / f64([80.0, 200.0, 1.0, 1.0]))


def test_a_training_of_two_hundred_epochs_is_on_its_way_or_there() -> None:
    short = record(scaled, [0.0] * 4, lr=1.0, steps=20)
    assert short.outcome == "descending"
    long = record(scaled, [0.0] * 4, lr=10.0, steps=2000)
    assert long.outcome == "converged"
    between = record(scaled, [0.0] * 4, lr=1.0, steps=200)
    bend = between.evidence.curvature
    assert bend is not None
    assert bend.gain_left == pytest.approx(float(between.losses[-1] - long.losses.min()), rel=0.2)
    assert between.outcome == "descending"


# The loss may not be there to be asked, or refuse.


def test_a_loss_that_can_be_differentiated_once_is_asked_by_comparing_slopes() -> None:
    class Once(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, c: Tensor) -> Tensor:
            ctx.save_for_backward(c)
            return (c**2).sum()

        @staticmethod
        @torch.autograd.function.once_differentiable
        def backward(ctx: Any, scale: Tensor) -> Tensor:
            (c,) = ctx.saved_tensors
            return 2 * c * scale

    run = record(lambda c: Once.apply(c), [4.0, -2.0], lr=0.25, steps=30)  # type: ignore[no-untyped-call]
    bend = run.evidence.curvature
    assert bend is not None
    assert (bend.sharpest, bend.flattest) == (pytest.approx(2, abs=1e-6), pytest.approx(2, abs=1e-6))
    assert run.outcome == "converged"


def test_a_loss_that_raises_once_the_walk_is_over_leaves_the_verdict_open() -> None:
    calls = 0

    def loss(c: Tensor) -> Tensor:
        nonlocal calls
        calls += 1
        if calls > 22:
            raise RuntimeError("no more")
        return (c**2).sum()

    run = record(loss, [4.0], lr=0.25, steps=20)
    assert (run.outcome, run.evidence.curvature) == ("at rest", None)


def test_a_loss_that_shall_not_be_asked_is_not() -> None:
    calls = 0

    def loss(c: Tensor) -> Tensor:
        nonlocal calls
        calls += 1
        return (c**2).sum()

    run = record(loss, [4.0], lr=0.25, steps=20, evidence=False)
    assert calls == 22  # tried out, each step, and the end
    assert (run.outcome, run.evidence.curvature) == ("at rest", None)


def test_with_many_coefficients_it_takes_a_tenth_of_the_walk_at_most() -> None:
    run = record(
        lambda c: (torch.linspace(1, 5, 500, dtype=torch.float64) * c**2).sum(), [1.0] * 500, lr=0.05, steps=800
    )
    bend = run.evidence.curvature
    assert bend is not None
    assert 2 * bend.products <= 800 / 10
    assert bend.sharpest == pytest.approx(10, rel=0.02)
    assert run.outcome == "converged"


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_precision_of_the_coefficients_makes_no_difference(dtype: torch.dtype) -> None:
    start = torch.tensor([3.0, -2.0], dtype=dtype)
    words = [
        record(loss, start, lr=lr, steps=100).outcome for loss, lr in ((line_fit_in(dtype), 1e-4), (himmelblau, 0.01))
    ]
    assert words == ["narrow valley", "converged"]


def line_fit_in(dtype: torch.dtype) -> Callable[[Tensor], Tensor]:
    x = torch.arange(10.0, 90.0, 10.0, dtype=dtype)
    return lambda c: ((c[0] * x + c[1] - (0.5 * x - 20)) ** 2).mean()
