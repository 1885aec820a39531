"""What the film of part 2 says, held against the runs it says it of."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from descent_core import RUNS, library, recording
from descent_core.catalogue import make_loss
from descent_core.catalogue.darts.throw import BULL, HIT, SHAKES, landing
from descent_core.catalogue.gradient import linear_fit
from descent_core.catalogue.loss import GOOD_AIM, NUDGE, START, darts_off, landings, misses
from descent_core.catalogue.rings import COEFFS, ring_answer, ring_points
from descent_core.recordings.trajectory import Trajectory
from descent_core.training.cost import evaluations_per_step

F64 = torch.float64


def tensor(aim: object) -> torch.Tensor:
    return torch.tensor(np.asarray(aim), dtype=F64)


def hits(run: Trajectory) -> list[int]:
    return [int((misses()(tensor(aim)) < HIT).sum()) for aim in run.coeffs]


# In the dark: three throws, three scores, three rings.


def test_the_first_score_is_125_and_no_dart_is_on_the_board() -> None:
    assert f"{recording('throw-1').losses[0]:.0f}" == f"{recording('darts').losses[0]:.0f}" == "125"
    assert hits(recording("darts"))[0] == 0


def test_the_bull_lies_on_each_of_the_three_rings_and_nothing_else_does() -> None:
    throws = [recording(f"throw-{number}") for number in (1, 2, 3)]
    middles = np.array([landing(throw.coeffs[0]) for throw in throws])
    radii = np.array([throw.losses[0] for throw in throws])
    np.testing.assert_allclose(np.linalg.norm(middles - BULL, axis=1), radii, rtol=1e-12)
    # The rings of the first two meet at one other place, which is far from the third.
    across = middles[1] - middles[0]
    along = across / np.linalg.norm(across)
    other = 2 * (middles[0] + along * ((BULL - middles[0]) @ along)) - BULL
    np.testing.assert_allclose(np.linalg.norm(other - middles[:2], axis=1), radii[:2], rtol=1e-9)
    assert abs(np.linalg.norm(other - middles[2]) - radii[2]) > 20


def test_a_throw_is_a_score_and_no_step() -> None:
    for number in (1, 2, 3):
        throw = recording(f"throw-{number}")
        assert (throw.steps, throw.dimensions) == (0, 2)


# The scorecard.


def test_the_score_is_the_mean_distance_of_twenty_darts_from_the_bull() -> None:
    run = recording("darts")
    assert len(SHAKES) == 20
    for aim, score in zip(run.coeffs, run.losses, strict=True):
        places = landing(aim + np.array(SHAKES))
        assert score == pytest.approx(np.linalg.norm(places - BULL, axis=1).mean(), rel=1e-12)


def test_the_scorecard_s_code_printed_the_score_that_was_recorded() -> None:
    listing = library.listing("score")
    assert listing.printed == {4: f"tensor({recording('good-aim').losses[0]:.4f})"} == {4: "tensor(3.4112)"}
    first = landing(np.array(GOOD_AIM) + SHAKES[0]) - BULL
    assert listing.values[2] == f"tensor({np.linalg.norm(first):.0f}.)"


# The rewind button.


def test_backward_tells_what_turning_each_knob_would_tell() -> None:
    run, score = recording("darts"), make_loss("darts")
    tiny = 1e-5
    differences = [
        float(score(tensor(START) + tiny * turn) - score(tensor(START) - tiny * turn)) / (2 * tiny)
        for turn in torch.eye(2, dtype=F64)
    ]
    np.testing.assert_allclose(run.slopes[0], differences, atol=1e-7)
    np.testing.assert_allclose(run.slopes[0], [-4.234, 0.817], atol=1e-3)
    assert library.listing("rewind-throws").printed[4] == "tensor([-4.2341,  0.8166])"


def test_a_degree_to_the_right_lowers_the_score_by_4_and_a_degree_up_raises_it_by_not_quite_1() -> None:
    here = recording("darts")
    for knob, label, told in ((0, "nudged-aside", -4.2), (1, "nudged-up", 0.9)):
        nudged = recording(label)
        np.testing.assert_allclose(nudged.coeffs[0], np.array(START) + NUDGE * np.eye(2)[knob], rtol=1e-12)
        changed = nudged.losses[0] - here.losses[0]
        assert changed == pytest.approx(told, abs=0.05)
        # The slope is what a nudge says, but for how the ground bends within a degree.
        assert changed == pytest.approx(NUDGE * here.slopes[0, knob], abs=0.06)


@pytest.mark.parametrize("knobs", [2, 10, 1000])
def test_a_rewind_costs_two_throws_whatever_the_number_of_knobs_and_nudging_one_more_than_there_are(knobs: int) -> None:
    assert evaluations_per_step(linear_fit(knobs), torch.zeros(knobs, dtype=F64)) == 2.0


# Rounds.


def test_thirty_rounds_bring_the_darts_to_the_bull() -> None:
    run = recording("darts")
    assert (run.steps, run.outcome) == (30, "converged")
    assert (np.diff(run.losses[:23]) < 0).all()
    assert [f"{score:.1f}" for score in run.losses[[0, 1, 20, 21, 30]]] == ["125.4", "119.3", "10.5", "4.8", "3.4"]
    np.testing.assert_allclose(run.coeffs[-1], [14.54, 10.46], atol=0.02)
    assert np.linalg.norm(landing(run.coeffs[-1]) - BULL) < 1


def test_none_of_twenty_hits_the_board_until_round_18_and_all_of_them_do_from_round_20_on() -> None:
    counts = hits(recording("darts"))
    assert counts[:19] == [0] * 19
    assert counts[19:] == [13, *[20] * 11]


def test_with_a_shaking_hand_no_aim_scores_nought() -> None:
    lowest = float(library.landscape("dartboard").heights.min())
    assert recording("darts").losses[-1] == pytest.approx(lowest, abs=0.03)
    assert lowest > 3.4


# Too fast.


def test_three_throwers_differ_in_their_learning_rate_alone() -> None:
    timid, right, wild = (RUNS[label] for label in ("darts-timid", "darts", "darts-wild"))
    assert {(run.loss, run.start, run.steps) for run in (timid, right, wild)} == {("darts", START, 30)}
    assert timid.lr == pytest.approx(right.lr / 10)
    assert wild.lr == pytest.approx(right.lr * 30)


def test_the_timid_thrower_has_hardly_moved_and_the_wild_one_swings_for_ever_without_exploding() -> None:
    timid, wild = recording("darts-timid"), recording("darts-wild")
    assert timid.outcome == "crawling"
    assert timid.losses[-1] > 0.85 * timid.losses[0]
    assert wild.outcome == "oscillating"
    places = landing(wild.coeffs[10:])
    assert (np.sign(places[1:, 0] - BULL[0]) == -np.sign(places[:-1, 0] - BULL[0])).all()
    assert (np.abs(places[:, 0] - BULL[0]) > 40).all()
    assert wild.losses.max() < 2 * wild.losses[0]


def test_why_the_absolute_score_cannot_explode_its_slope_is_bounded() -> None:
    slopes = np.linalg.norm(library.landscape("dartboard").slopes, axis=-1)
    steps = recording("darts-wild").step_lengths
    assert steps.max() <= RUNS["darts-wild"].lr * slopes.max()


def test_squares_explode_into_angles_that_make_no_sense() -> None:
    run = recording("darts-explode")
    assert run.outcome == "diverged"
    assert [f"{angle:,.0f}" for angle in run.coeffs[:, 0]] == ["-14", "55", "-609", "4,236"]
    assert (np.diff(run.losses) > 0).all()


def test_squares_are_stable_below_2_over_their_curvature() -> None:
    bull = recording("darts-squared").coeffs[-1]
    curvature = torch.linalg.eigvalsh(torch.func.hessian(make_loss("darts-squared"))(tensor(bull))).max()
    assert float(curvature) == pytest.approx(40.9, abs=0.1)
    assert RUNS["darts-squared"].lr < 2 / float(curvature) < RUNS["darts-explode"].lr
    assert recording("darts-squared").outcome == "converged"


# Which scorecard.


def centre_of_the_good_darts(label: str) -> float:
    aim = recording(label).coeffs[-1]
    return float(np.linalg.norm(landing(aim + np.array(SHAKES[1:])).mean(axis=0) - BULL))


def test_the_absolute_score_shrugs_at_the_slipped_dart_and_squares_run_after_it() -> None:
    assert {recording(label).outcome for label in ("slip-absolute", "slip-squared")} == {"converged"}
    assert centre_of_the_good_darts("slip-absolute") == pytest.approx(0.66, abs=0.05)
    assert centre_of_the_good_darts("slip-squared") == pytest.approx(7.87, abs=0.05)
    # Without the slip both lead to the bull.
    assert centre_of_the_good_darts("darts") < 0.5
    assert centre_of_the_good_darts("darts-squared") < 0.5


def test_the_slipped_dart_is_one_and_a_half_metres_from_the_bull() -> None:
    aim = recording("slip-absolute").coeffs[-1]
    away = landing(aim + np.array((-34.4, -5.7))) - BULL
    np.testing.assert_allclose(away, (-148, -26), atol=1)


def test_counting_hits_gives_no_slope_and_torch_says_so() -> None:
    printed = library.listing("count-hits").printed[6]
    assert printed == "element 0 of tensors does not require grad and does not have a grad_fn"
    ground = library.landscape("counted-hits")
    assert (ground.slopes == 0).all()
    assert ground.heights.max() == 20
    assert ground.heights.min() == 0
    assert (ground.heights == 20).mean() > 0.95


def test_of_20_000_aims_a_nudge_changes_the_count_at_next_to_none_and_the_distance_at_all() -> None:
    generator = torch.Generator().manual_seed(0)
    aims = torch.rand(20_000, 2, generator=generator, dtype=F64) * tensor([51.6, 28.6]) + tensor([-20.1, -2.9])
    count, score = (torch.func.vmap(loss) for loss in (darts_off(), make_loss("darts")))
    flat, slope = torch.ones(len(aims), dtype=torch.bool), torch.zeros(len(aims), dtype=F64)
    for turn in 0.006 * torch.eye(2, dtype=F64):
        flat &= count(aims + turn) == count(aims - turn)
        slope += ((score(aims + turn) - score(aims - turn)) / 0.012) ** 2
    assert float(flat.double().mean()) > 0.995
    assert float(slope.sqrt().min()) > 0.5
    assert float((count(aims) == 20).double().mean()) == pytest.approx(0.94, abs=0.01)


# The field of two colours.


def undecided(coeffs: object) -> float:
    """The share of a grid over the field on which the net's opinion is nearer to neither than to either colour."""
    lines = torch.linspace(-1, 1, 61)
    places = torch.stack(torch.meshgrid(lines, lines, indexing="ij"), -1).view(-1, 2)
    return float(
        (ring_answer(torch.tensor(np.asarray(coeffs), dtype=torch.float32), places).abs() < 0.5).double().mean()
    )


def right(coeffs: object) -> float:
    places, answers = ring_points()
    found = ring_answer(torch.tensor(np.asarray(coeffs), dtype=torch.float32), places)
    return float(((found > 0) == (answers > 0)).double().mean())


def test_the_field_gets_crisp_as_its_loss_comes_down() -> None:
    run = recording("rings")
    assert (run.dimensions, run.steps) == (COEFFS, 300)
    assert [f"{run.losses[row]:.2f}" for row in (0, 30, 100, 300)] == ["0.53", "0.48", "0.17", "0.01"]
    assert undecided(run.coeffs[0]) == 1.0
    assert undecided(run.coeffs[-1]) == pytest.approx(0.128, abs=0.01)
    assert right(run.coeffs[0]) == pytest.approx(0.5, abs=0.05)
    assert right(run.coeffs[-1]) == 1.0
    assert 0 < (np.diff(run.losses) > 0).sum() < 30  # "not every round helped, but the number fell"


def test_in_a_hurry_it_becomes_one_colour_and_stays_worse_than_it_began() -> None:
    run = recording("rings-hasty")
    assert np.array_equal(run.coeffs[0], recording("rings").coeffs[0])  # "from the same start"
    assert (run.losses[-50:] > 0.99).all()
    places, _ = ring_points()
    answers = [ring_answer(torch.tensor(coeffs, dtype=torch.float32), places) for coeffs in run.coeffs]
    colours = [float(torch.sign(found).mean()) for found in answers]
    # "It flips from one color to the other, and sticks": each is the whole field for a while.
    assert {-1.0, 1.0} <= set(colours[1:10])
    assert set(colours[10:]) in ({-1.0}, {1.0})


# Rings are contour lines.


def test_the_rings_of_a_board_are_contour_lines_of_the_score() -> None:
    # A single dart with a steady hand: where its score is 40, it lands on the ring of 40 cm, to the last digit.
    for angle in np.linspace(0, 2 * np.pi, 12):
        target = BULL + 40 * np.array([np.cos(angle), np.sin(angle)])
        aim = tensor(recording("darts").coeffs[-1])
        throw = landings(((0.0, 0.0),))
        for _ in range(30):  # Newton's way to the aim that lands there
            jacobian = torch.func.jacrev(throw)(aim)[0]
            aim = aim - torch.linalg.solve(jacobian, throw(aim)[0] - tensor(target))
        assert float(make_loss("one-dart")(aim)) == pytest.approx(40, abs=1e-9)
        # Twenty darts round it: the same ring, to a few millimetres.
        assert float(make_loss("darts")(aim)) == pytest.approx(40, abs=0.5)


def test_the_landscape_is_the_score_at_every_recorded_round() -> None:
    run, ground = recording("darts"), library.landscape("dartboard")
    # At the bull the ground is rounded off within less than what lies between two nodes.
    np.testing.assert_allclose(ground.height(run.coeffs[:, 0], run.coeffs[:, 1]), run.losses, atol=0.01)
