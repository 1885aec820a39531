"""What the film of part 3 says, held against the runs it says it of."""

from __future__ import annotations

from math import lgamma, pi, sqrt

import numpy as np
import pytest
import torch

from descent_core import RUNS, library, recording
from descent_core.catalogue.knobs import ACROSS, DOWN, HOUSES, KNOBS, MOST_ROOMS, TRIES, TURNED, hidden_picture, wall
from descent_core.catalogue.rings import HIDDEN
from descent_core.recordings.trajectory import Trajectory
from descent_core.training.cost import evaluations_per_step
from tests.descent_core.catalogue.test_rings import right_answers

# Houses that we made up: a weight is how much to care, a bias is the level before looking.


def made_up() -> tuple[np.ndarray, ...]:
    listing = library.listing("made-up-houses")
    return tuple(
        np.array(listing.values[listing.line_of(name)].split(), dtype=float)
        for name in ("rooms =", "paint =", "price =")
    )


def errors(label: str, size: int) -> float:
    """The mean of guess minus price over the houses with ``size`` rooms."""
    rooms, paint, price = made_up()
    coeffs = recording(label).coeffs[-1]
    guess = coeffs[0] * rooms / MOST_ROOMS + coeffs[1] * paint + (coeffs[2] if len(coeffs) > 2 else 0)
    return float((guess - price)[rooms == size].mean())


def test_the_houses_on_screen_are_those_that_the_loss_has() -> None:
    rooms, paint, price = made_up()
    assert len(rooms) == HOUSES
    assert set(rooms) == {2, 3, 4, 5, 6, 7, 8}
    for label in ("houses", "houses-no-bias"):
        run = recording(label)
        guesses = run.coeffs[0][0] * rooms / MOST_ROOMS + run.coeffs[0][1] * paint
        guesses += run.coeffs[0][2] if run.dimensions > 2 else 0
        # The prices on screen are rounded to a thousand.
        assert np.abs(guesses - price).mean() == pytest.approx(run.losses[0], abs=0.1)


def test_the_machine_cares_for_rooms_and_not_for_the_paint() -> None:
    rooms, paint, bias = recording("houses").coeffs[-1]
    assert rooms / MOST_ROOMS == pytest.approx(25, abs=1)
    assert abs(paint) < 1
    assert rooms > 100 * abs(paint)
    assert bias == pytest.approx(60, abs=3)


def test_all_three_begin_alike_and_two_of_them_go_far() -> None:
    start, end = recording("houses").coeffs[[0, -1]]
    assert np.abs(start).max() < 0.5
    assert (np.abs(end - start)[[0, 2]] > 60).all()
    assert abs(end - start)[1] < 1


def test_guesses_end_within_the_noise_of_the_prices() -> None:
    run = recording("houses")
    assert run.losses[0] == pytest.approx(184.7, abs=0.05)
    # The mean of |noise| of a standard deviation of 10 is 8: nothing can do much better.
    assert run.losses[-1] == pytest.approx(8.46, abs=0.005)
    assert run.losses[-1] < 10 * sqrt(2 / pi) * 1.1


def test_without_a_bias_the_line_is_nailed_to_nought_and_cheats_with_the_mailbox() -> None:
    run = recording("houses-no-bias")
    assert run.losses[-1] == pytest.approx(17.58, abs=0.005)
    assert run.losses[-1] > 2 * recording("houses").losses[-1]
    assert run.coeffs[-1, 1] == pytest.approx(29.8, abs=0.05)
    assert errors("houses-no-bias", 2) < -25
    assert errors("houses-no-bias", 8) > 15
    assert all(abs(errors("houses", size)) < 5 for size in (2, 5, 8))


# Knobs that start alike.


def spread(run: Trajectory) -> float:
    """The largest difference between two hidden units, at any step, in any of their coefficients."""
    weights = run.coeffs[:, : 2 * HIDDEN].reshape(-1, 2, HIDDEN)
    rest = run.coeffs[:, 2 * HIDDEN : 4 * HIDDEN].reshape(-1, 2, HIDDEN)
    return max(float(np.ptp(weights, axis=2).max()), float(np.ptp(rest, axis=2).max()))


def test_from_nought_nothing_moves_at_all() -> None:
    run = recording("alike-zeros")
    assert (run.coeffs == 0).all()
    assert run.losses[0] == run.losses[-1] == 0.5


def test_what_starts_alike_stays_alike_to_the_last_bit() -> None:
    run = recording("alike-tenth")
    assert np.abs(run.coeffs[-1] - run.coeffs[0]).max() > 0.1  # they do move
    assert spread(run) == 0.0
    assert run.losses[-1] == pytest.approx(0.488, abs=5e-4)
    assert right_answers(run.coeffs[-1]) < 0.7


def test_what_starts_at_random_comes_apart_and_learns() -> None:
    run = recording("rings")
    assert spread(run) > 5
    assert right_answers(run.coeffs[-1]) == 1.0


# init_coeffs.


def test_the_listing_is_the_start_of_the_wall() -> None:
    listing, start = library.listing("init-coeffs"), recording("centred").coeffs[0]
    assert (recording("wall").coeffs[0] == start).all()
    assert (recording("wall-guess").coeffs[0] == start).all()
    assert (recording("uncentred").coeffs[0] - 0.5).astype(np.float32).tolist() == start.astype(np.float32).tolist()
    assert listing.values[listing.line_of("- 0.5")] == " ".join(f"{c:+.4f}" for c in start[:3])
    assert listing.values[listing.line_of("requires_grad_")] == "True"


def test_the_start_is_around_nought() -> None:
    start = recording("centred").coeffs[0]
    assert len(start) == KNOBS == ACROSS * DOWN == 1000
    assert start.mean() == pytest.approx(-0.011, abs=5e-4)
    assert (start < 0).sum() == 509
    assert start.min() == pytest.approx(-0.498, abs=5e-4)
    assert start.max() == pytest.approx(0.499, abs=5e-4)


def test_centred_knobs_answer_small_and_others_answer_large() -> None:
    centred, uncentred = recording("centred").losses[0], recording("uncentred").losses[0]
    assert centred == pytest.approx(5.3, abs=0.05)
    assert uncentred == pytest.approx(245, abs=0.5)


# A turn of all knobs at random.


@pytest.mark.parametrize(("knobs", "share"), [(2, 0.63), (10, 0.26), (100, 0.081), (1000, 0.0255)])
def test_the_more_knobs_the_less_of_a_turn_goes_downhill(knobs: int, share: float) -> None:
    found = recording(f"turn-of-{knobs}").losses[0]
    assert found == pytest.approx(share, abs=0.005 if knobs < 100 else 0.0005)
    expected = np.exp(lgamma(knobs / 2) - lgamma((knobs + 1) / 2)) / sqrt(pi)
    assert found == pytest.approx(expected, rel=0.03)
    assert knobs in TURNED


def test_real_tries_at_the_wall_are_as_much_beside_downhill() -> None:
    run = recording("wall-guess")
    turns, slopes = run.tries - run.coeffs[:-1], run.slopes[:-1]
    cosines = (turns * slopes).sum(1) / np.linalg.norm(turns, axis=1) / np.linalg.norm(slopes, axis=1)
    assert np.abs(cosines).mean() == pytest.approx(recording("turn-of-1000").losses[0], abs=0.005)
    assert np.abs(cosines).max() < 0.1


# The wall that hides a picture.


def likeness(coeffs: np.ndarray) -> float:
    return float(np.corrcoef(coeffs, hidden_picture().ravel())[0, 1])


def test_the_picture_is_where_the_loss_is_nought() -> None:
    assert hidden_picture().shape == (DOWN, ACROSS)
    assert float(wall()(torch.tensor(hidden_picture().ravel()))) == 0
    assert hidden_picture().min() > -1
    assert hidden_picture().max() == 1


def test_descent_on_the_wall_is_stable() -> None:
    hessian = torch.func.hessian(wall())(torch.zeros(KNOBS, dtype=torch.float64))
    curvatures = torch.linalg.eigvalsh(hessian)
    assert 0.45 < float(curvatures.min()) < float(curvatures.max()) < 4.6
    assert RUNS["wall"].lr < 2 / float(curvatures.max())


def test_guessing_leaves_the_wall_noise() -> None:
    run = recording("wall-guess")
    assert run.steps == TRIES
    assert run.losses[-1] > 0.96 * run.losses[0]
    assert all(abs(likeness(row)) < 0.1 for row in run.coeffs)


def test_the_gradient_brings_out_the_mountain() -> None:
    run = recording("wall")
    found = [likeness(run.coeffs[row]) for row in (0, 1, 2, 5, 10, 40)]
    np.testing.assert_allclose(found, [-0.05, 0.62, 0.81, 0.95, 0.99, 1.0], atol=0.006)
    assert run.losses[-1] < 0.001
    assert (np.diff(run.losses) < 0).all()


def test_both_ways_cost_the_same() -> None:
    cost = evaluations_per_step(wall(), torch.zeros(KNOBS, dtype=torch.float64))
    assert RUNS["wall"].steps * cost == RUNS["wall-guess"].steps


def test_one_step_does_more_than_all_tries() -> None:
    guessed, walked = recording("wall-guess"), recording("wall")
    assert walked.losses[1] < 0.3 * guessed.losses[-1]
