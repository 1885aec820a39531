"""What the film of part 4 says, held against the runs it says it of."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import torch

from descent_core import RUNS, recording
from descent_core.catalogue import make_loss
from descent_core.catalogue.gradient import (
    CONTEST_SIZES,
    EVALUATION_BUDGET,
    PEAK,
    STRIDES,
    bowl,
    clear_radio,
    linear_fit,
    notebook_fit,
    radio,
)
from descent_core.training.cost import evaluations_per_step
from descent_core.training.random_search import RandomSearch
from descent_core.training.recorder import record

CABIN, WRONG, TOP = (-0.006, 0.020), (4.046, -3.736), (-3.148, 0.020)


def curvature(at: tuple[float, float], loss: str = "radio") -> np.ndarray:
    hessian = torch.func.hessian(make_loss(loss))(torch.tensor(at, dtype=torch.float64))
    return torch.linalg.eigvalsh(hessian).numpy()


def slope(at: tuple[float, float]) -> float:
    return float(torch.func.grad(radio())(torch.tensor(at, dtype=torch.float64)).norm())


# The mountain.


@pytest.mark.parametrize(("at", "loss"), [(CABIN, 0.058), (WRONG, 0.726), (TOP, 2.05)])
def test_the_mountain_has_a_peak_and_two_valleys_where_its_description_says(
    at: tuple[float, float], loss: float
) -> None:
    assert slope(at) < 0.01
    assert float(radio()(torch.tensor(at, dtype=torch.float64))) == pytest.approx(loss, abs=0.006)
    assert (curvature(at) < 0).all() if at is TOP else (curvature(at) > 0).all()


def test_curvature_explains_which_step_sizes_each_valley_can_hold() -> None:
    np.testing.assert_allclose(curvature(CABIN), [0.58, 0.99], atol=0.02)
    np.testing.assert_allclose(curvature(WRONG), [0.23, 0.34], atol=0.02)
    big = RUNS["too-big"].lr
    assert 2 / curvature(CABIN).max() < big < 2 / curvature(WRONG).max()
    assert RUNS["right"].lr < 2 / curvature(CABIN).max()


def test_the_mountain_repeats_with_a_turn_of_the_phase_knob() -> None:
    c = torch.tensor([0.7, -1.1], dtype=torch.float64)
    turned = c + torch.tensor([2 * np.pi, 0], dtype=torch.float64)
    assert float(radio()(c)) == pytest.approx(float(radio()(turned)), abs=1e-12)


def test_the_formula_in_the_description_is_the_loss() -> None:
    def g(u: float) -> float:
        return float(np.exp(-((0.75 * u) ** 2) / 2))

    for c0, c1 in np.random.default_rng(2).uniform(-4, 4, (50, 2)):
        formula = 0.5 + (1 + 0.34**2) / 2 - np.cos(c0) * g(c1) - 0.34 * np.cos(c0 - 4) * g(c1 + 3.6)
        loss = float(radio()(torch.tensor([c0, c1])))
        assert loss == pytest.approx(formula, abs=0.01)


# Two knobs can be fiddled with, a thousand cannot.


def test_fiddling_with_two_knobs_gets_somewhere() -> None:
    run = recording("fiddling")
    assert run.dimensions == 2
    assert run.losses[-1] < 0.1 * run.losses[0]
    assert (np.diff(run.losses) <= 0).all()


def test_a_hundred_guesses_at_a_thousand_knobs_is_almost_nothing() -> None:
    run = recording("guessing-1000")
    assert (run.dimensions, run.steps) == (1000, 100)
    assert run.losses[0] == pytest.approx(1.0, abs=1e-9)
    assert run.losses[-1] > 0.95


def test_of_the_first_tries_at_a_thousand_knobs_none_is_kept() -> None:
    run = recording("guessing-1000")
    assert run.try_losses is not None
    assert (run.try_losses[:3] > run.losses[:3] + 0.5).all()


def test_fiddling_is_worse_at_the_second_try_and_better_at_the_fourth() -> None:
    run = recording("fiddling")
    assert run.try_losses is not None
    better = run.try_losses < run.losses[:-1]
    assert better[:4].tolist() == [True, False, False, True]


# The hiker.


def test_the_hiker_starts_near_the_peak_and_ends_in_the_cabins_valley() -> None:
    run = recording("right")
    top = float(radio()(torch.tensor(TOP, dtype=torch.float64)))
    assert run.losses[0] > 0.97 * top
    assert run.outcome == "converged"
    np.testing.assert_allclose(run.coeffs[-1], CABIN, atol=0.01)


def test_every_step_of_the_hiker_goes_down_and_is_as_long_as_the_slope_is_steep() -> None:
    run = recording("right")
    assert (np.diff(run.losses) < 0).all()
    np.testing.assert_allclose(run.step_lengths, run.lr * np.linalg.norm(run.slopes[:-1], axis=1), rtol=1e-12)


def test_where_he_starts_the_loss_is_high_and_in_the_valley_it_is_as_low_as_at_the_end() -> None:
    run = recording("right")
    assert run.losses[0] > 0.97 * float(radio()(torch.tensor(TOP, dtype=torch.float64)))
    assert f"{run.losses[24]:.3f}" == f"{run.losses[-1]:.3f}" == "0.058"


def test_at_the_start_knob_0_matters_more_and_the_compass_changes_with_every_step() -> None:
    run = recording("right")
    assert np.round(run.slopes[0], 2).tolist() == [-0.24, 0.10]
    assert abs(run.slopes[0, 0]) > 2 * abs(run.slopes[0, 1])
    assert (np.abs(np.diff(run.slopes[:3], axis=0)) > 0.01).all()  # feel again: the ground has changed


# Three step sizes.


def test_the_three_walks_differ_in_nothing_but_the_step_size() -> None:
    small, right, big = (RUNS[label] for label in ("too-small", "right", "too-big"))
    assert {(r.loss, r.start, r.steps, r.zero_grad, r.optimizer) for r in (small, right, big)} == {
        ("radio", PEAK, 60, True, None)
    }
    assert small.lr < right.lr < big.lr


def test_too_small_is_still_on_the_mountain_when_the_steps_run_out() -> None:
    small, right = recording("too-small"), recording("right")
    assert small.outcome == "crawling"
    assert small.losses[-1] > 0.8 * small.losses[0]
    assert small.step_lengths.sum() < 0.2 * right.step_lengths.sum()


def test_too_big_leaps_right_over_the_valley() -> None:
    run = recording("too-big")
    before, after = run.coeffs[1], run.coeffs[2]
    way = after - before
    part = float(np.dot(np.array(CABIN) - before, way) / np.dot(way, way))
    assert 0.2 < part < 0.8  # the cabin lies beside the middle of the leap
    assert np.linalg.norm(before + part * way - CABIN) < 1.0
    under = record(radio(), before + part * way, lr=0.1, steps=0).losses[0]
    assert under < run.losses[1]
    assert under < run.losses[2]
    np.testing.assert_array_less(run.losses[1], run.losses[2])  # it lands on the slope of the other side


def test_too_big_comes_to_rest_on_a_different_mountain_and_stays() -> None:
    run = recording("too-big")
    assert run.outcome == "converged"
    np.testing.assert_allclose(run.coeffs[-1], WRONG, atol=0.03)
    assert np.abs(run.coeffs[-20:] - WRONG).max() < 0.15
    assert run.losses[-1] > 10 * recording("right").losses[-1]
    # Nothing there leads home: with the right step size, too, it stays where it is.
    onward = record(radio(), run.coeffs[-1], lr=RUNS["right"].lr, steps=200)
    np.testing.assert_allclose(onward.coeffs[-1], WRONG, atol=0.01)


def test_too_big_does_not_hang_on_a_hair() -> None:
    for lr in np.linspace(5.2, 5.8, 13):
        run = record(radio(), PEAK, lr=float(lr), steps=60)
        np.testing.assert_allclose(run.coeffs[-1], WRONG, atol=0.15)


def test_forty_strides_go_from_the_too_small_one_to_the_too_big_one_in_even_steps() -> None:
    specs = [RUNS[f"stride-{index:02d}"] for index in range(STRIDES)]
    assert STRIDES == 40
    assert {(spec.loss, spec.start, spec.steps, spec.zero_grad, spec.optimizer) for spec in specs} == {
        ("radio", PEAK, 50, True, None)
    }
    assert (specs[0].lr, specs[-1].lr) == (RUNS["too-small"].lr, RUNS["too-big"].lr)
    times = np.diff(np.log([spec.lr for spec in specs]))
    np.testing.assert_allclose(times, times.mean(), atol=0.005)  # they are rounded


def test_of_forty_strides_the_tiny_ones_stay_up_the_middle_ones_get_home_and_the_giant_ones_do_not() -> None:
    runs = [recording(f"stride-{index:02d}") for index in range(STRIDES)]
    home = [bool(np.linalg.norm(run.coeffs[-1] - CABIN) < 0.25) for run in runs]
    first, last = home.index(True), STRIDES - 1 - home[::-1].index(True)
    assert all(home[first : last + 1])
    assert runs[first].lr < RUNS["right"].lr < runs[last].lr
    # Below them each longer stride gets farther down; above them none comes to rest at home.
    tiny = [run.losses[-1] for run in runs[: first + 1]]
    assert (np.diff(tiny) < 0).all()
    assert tiny[0] > 1.7
    assert all(run.losses[-10:].max() > 0.4 for run in runs[last + 1 :])
    np.testing.assert_allclose(runs[-1].coeffs[-1], WRONG, atol=0.03)


def test_far_too_big_lands_higher_with_every_step() -> None:
    run = recording("far-too-big")
    assert run.outcome == "diverged"
    assert (np.diff(run.losses) > 0).all()
    assert run.lr > 2 / curvature((0.0, 0.0), "bowl").max()
    assert float(bowl()(torch.tensor(run.coeffs[0]))) == run.losses[0]


# The forgotten zero_().


def test_the_two_hikers_differ_only_in_wiping_the_compass() -> None:
    clean, never = RUNS["zeroed"], RUNS["never-zeroed"]
    assert (clean.loss, clean.start, clean.lr, clean.steps) == (never.loss, never.start, never.lr, never.steps)
    assert (clean.zero_grad, never.zero_grad) == (True, False)


def test_who_wipes_the_compass_gets_home_and_who_never_does_swings_for_ever() -> None:
    clean, never = recording("zeroed"), recording("never-zeroed")
    assert clean.outcome == "converged"
    np.testing.assert_allclose(clean.coeffs[-1], CABIN, atol=0.01)
    assert never.outcome == "oscillating"
    # Not a matter of patience: ten times as long, and still swinging.
    longer = record(radio(), RUNS["never-zeroed"].start, lr=never.lr, steps=1000, zero_grad=False)
    assert longer.outcome == "oscillating"
    assert longer.losses[-100:].max() > 0.6


def test_who_never_wipes_the_compass_goes_round_the_cabin_and_never_comes_near_it() -> None:
    never = recording("never-zeroed")
    ends = never.coeffs[:-1, None], never.coeffs[1:, None]
    between = np.linspace(0, 1, 9)[:, None]
    away = np.linalg.norm(ends[0] + (ends[1] - ends[0]) * between - np.array(CABIN), axis=-1)
    assert away.min() > 0.25
    # What it follows is the sum of every slope that it ever felt.
    np.testing.assert_allclose(never.grads, np.cumsum(never.slopes[:-1], axis=0), atol=1e-12)


def test_there_is_a_moment_when_the_ground_says_back_and_the_old_readings_say_on() -> None:
    from scenes.gradient.zero_grad import OPPOSED, opposed_row

    never = recording("never-zeroed")
    row = opposed_row(never)
    fresh, held = never.slopes[row], never.grads[row]
    cosine = np.dot(fresh, held) / np.linalg.norm(fresh) / np.linalg.norm(held)
    assert 0 < row < 20
    assert cosine <= OPPOSED
    # "The valley is behind you": the step that is taken leads away from it.
    away = [np.linalg.norm(never.coeffs[t] - CABIN) for t in (row, row + 1)]
    assert away[1] > away[0]


def test_on_a_bowl_it_orbits_for_ever() -> None:
    walk = record(bowl(), [1.0], lr=0.05, steps=2000, zero_grad=False)
    assert walk.outcome == "oscillating"
    assert np.abs(walk.coeffs[-200:]).max() > 0.95


PRINTED = {
    "notebook-never-zeroed": "2.40 2.36 2.30 2.21 2.11 1.98 1.85 1.72 1.58 1.46",
    "notebook-zeroed": "2.40 2.38 2.36 2.34 2.32 2.30 2.28 2.26 2.23 2.21",
}


@pytest.mark.parametrize("label", PRINTED)
def test_the_course_notebooks_printed_losses(label: str) -> None:
    run = recording(label)
    assert run.losses[0] == pytest.approx(2.4219, abs=5e-5)
    np.testing.assert_allclose(run.slopes[0], [-1.3529, -0.0316, -0.5000], atol=5e-5)
    # A first step is made by hand, then ten are printed.
    assert " ".join(f"{loss:.2f}" for loss in run.losses[1:11]) == PRINTED[label]


def test_the_notebooks_slip_looks_faster_at_first_and_then_swings() -> None:
    clean, never = recording("notebook-zeroed").losses[1:], recording("notebook-never-zeroed").losses[1:]
    for index, with_zero, without in ((50, 1.57, 2.36), (100, 1.21, 2.33), (399, 1.03, 1.17)):
        assert round(clean[index], 2) == with_zero
        assert round(never[index], 2) == without
    assert (never[1:10] < clean[1:10]).all()


def test_the_notebook_without_its_first_step_zeroed_differs_only_there() -> None:
    # The notebook leaves its first, manual step unzeroed even where it zeroes the rest.
    c = torch.tensor([1.1, 1.1, 1.1], requires_grad=True)
    loss_of, losses = notebook_fit(), []
    for step in range(11):
        loss = loss_of(c)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            assert c.grad is not None
            c -= c.grad * 0.01
            if step:
                c.grad.zero_()
    assert f"{losses[10]:.2f}" == "2.19"


# Guessing against the gradient.


@pytest.mark.parametrize("dimensions", CONTEST_SIZES)
def test_both_have_the_same_budget_and_a_gradient_is_charged_what_it_costs(dimensions: int) -> None:
    guess, steer = recording(f"guessing-{dimensions}"), recording(f"gradient-{dimensions}")
    cost = evaluations_per_step(linear_fit(dimensions), torch.zeros(dimensions, dtype=torch.float64))
    assert guess.steps == EVALUATION_BUDGET
    assert steer.steps * cost == EVALUATION_BUDGET
    assert guess.losses[0] == steer.losses[0] == pytest.approx(1.0, abs=1e-9)


def test_guessing_gets_there_with_one_knob_and_nowhere_with_a_thousand() -> None:
    left = [recording(f"guessing-{dimensions}").losses[-1] for dimensions in CONTEST_SIZES]
    assert left[0] < 1e-6
    assert left == sorted(left)
    assert left[1] > 0.01
    assert left[2] > 0.5
    assert left[3] > 0.95


def test_the_gradient_does_not_mind_how_many_knobs_there_are() -> None:
    for dimensions in CONTEST_SIZES:
        assert recording(f"gradient-{dimensions}").losses[-1] < 1e-9


def test_the_gradient_turns_a_thousand_knobs_to_a_perfect_score_in_a_few_steps() -> None:
    run = recording("gradient-1000")
    assert f"{run.losses[9]:.3f}" == "0.000"
    # Where each arrow leads is where its knob is after the step.
    np.testing.assert_allclose(run.coeffs[1] - run.coeffs[0], -run.lr * run.slopes[0], atol=1e-12)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_guesser_shown_was_not_an_unlucky_one(seed: int) -> None:
    for dimensions, at_least in ((10, 0.005), (100, 0.5), (1000, 0.95)):
        other = record(
            linear_fit(dimensions),
            np.zeros(dimensions),
            lr=1.0,
            steps=EVALUATION_BUDGET,
            optimizer=partial(RandomSearch, seed=seed),
        )
        assert other.losses[-1] > at_least


def test_the_guesser_never_looks_at_a_gradient() -> None:
    class Blind(torch.autograd.Function):
        @staticmethod
        def forward(_: object, c: torch.Tensor) -> torch.Tensor:  # type: ignore[override]
            return (c**2).sum()

        @staticmethod
        def backward(_: object, __: torch.Tensor) -> torch.Tensor:  # type: ignore[override]
            return torch.full((3,), torch.nan, dtype=torch.float64)

    seeing = record(bowl(2.0), [1.0, 2.0, 3.0], lr=0.5, steps=30, optimizer=RandomSearch)
    blind = record(Blind.apply, [1.0, 2.0, 3.0], lr=0.5, steps=30, optimizer=RandomSearch)
    np.testing.assert_array_equal(seeing.coeffs, blind.coeffs)


# The scorecard comes to zero.


def test_without_noise_the_scorecard_really_hits_zero() -> None:
    run = recording("clear-air")
    assert run.losses[-1] < 1e-12
    assert f"{run.losses[-1]:.4f}" == "0.0000"
    assert run.outcome == "converged"
    np.testing.assert_allclose(run.coeffs[-1], 0, atol=1e-6)


def test_on_the_way_to_zero_each_step_is_lower_than_the_last() -> None:
    assert (np.diff(recording("clear-air").losses) < 0).all()


def test_at_the_cabin_what_is_left_is_the_weaker_station() -> None:
    assert recording("right").losses[-1] > 0.05
    assert float(clear_radio()(torch.zeros(2, dtype=torch.float64))) == 0.0
