"""What the film of part 1 says, held against torch itself and the runs it says it of."""

from __future__ import annotations

import sys
from ast import literal_eval

import numpy as np
import pytest
import torch

from descent_core import recording
from descent_core.catalogue.passengers.manifest import COLUMNS, KINDS, manifest, row_of
from descent_core.catalogue.tensors import BEADS, LISTINGS, PERSON, everybody
from descent_core.errors import RecordingError
from descent_core.library import listing
from descent_core.recordings.listing import Listing, run_listing
from descent_core.training import taking_notes
from scenes.production.format import FORMATS


def had(label: str, text: str) -> object:
    """What a line of a listing had."""
    shown = listing(label)
    return literal_eval(shown.values[shown.line_of(text)])


# Ranks.


def test_a_number_a_row_a_grid_and_a_picture_have_these_ranks_and_so_many_numbers() -> None:
    assert had("ranks", "crowd = ") == (0, 706.0)
    assert had("ranks", "person = ") == (1, 9, *row_of(PERSON))
    assert had("ranks", "people = ") == (2, 2201, 9, 19_809)
    assert had("ranks", "picture = ") == (3, 1080, 1920, 3, 6_220_800)
    assert BEADS == 2201 * 9 == 19_809


def test_the_picture_is_as_large_as_the_film_s_own_in_hd() -> None:
    _, height, width, colours, _ = had("ranks", "picture = ")  # type: ignore[misc]
    hd = FORMATS["hd"]
    assert (width, height, colours) == (hd.width, hd.height, 3)


# Labels.


def test_torch_refuses_a_word_with_these_words() -> None:
    with pytest.raises(TypeError) as refused:
        torch.tensor("female")
    assert listing("feed-a-word").raised == {0: f"TypeError: {refused.value}"}
    assert "invalid data type 'str'" in str(refused.value)


def test_of_a_person_s_labels_there_are_three_ones_and_a_head_count_left() -> None:
    assert (PERSON.travels, PERSON.sex, PERSON.age) == ("3rd", "female", "adult")
    row = dict(zip(COLUMNS, row_of(PERSON), strict=True))
    assert {name for name, number in row.items() if number == 1} == {"female", "adult", "3rd"}
    assert row["crowd"] == 706 == sum(kind.count for kind in KINDS if kind.travels == "3rd")
    assert [number for name, number in row.items() if name not in ("female", "adult", "3rd", "crowd")] == [0] * 5


# Lists against tensors.


def test_a_tensor_takes_a_tenth_of_the_bytes_and_answers_the_same_more_than_twenty_times_as_fast() -> None:
    people = manifest().columns
    lists = people.tolist()
    lists_take = sys.getsizeof(lists) + sum(sys.getsizeof(row) + sum(map(sys.getsizeof, row)) for row in lists)
    assert had("lists-or-tensor", "list_bytes") == lists_take
    assert had("lists-or-tensor", "tensor_bytes") == people.size * 4 == 79_236
    assert lists_take / (people.size * 4) > 9
    assert had("lists-or-tensor", "equal") is True
    assert had("lists-or-tensor", "hers") == (sum(row_of(PERSON)) / 2,) * 2
    assert had("lists-or-tensor", "times") > 20  # type: ignore[operator]


# Notes.


def test_the_same_sum_has_the_same_value_and_a_history_only_after_requires_grad() -> None:
    shown = listing("take-notes")
    plain, noted = (shown.printed[shown.line_of(text)] for text in ("print(plain)", "print(loss)"))
    assert plain == "tensor(1.5000)"
    assert noted == "tensor(1.5000, grad_fn=<AbsBackward0>)"
    coeffs, passenger = torch.tensor([0.5, -1.0, 2.0]), torch.tensor([1.0, 0.0, 1.0])
    loss = ((coeffs * passenger).sum() - 1).abs()
    assert (loss.item(), loss.grad_fn) == (1.5, None)
    assert shown.values[shown.line_of("loss = ")] == "Abs Sub Sum Mul AccumulateGrad"


def test_the_last_note_is_the_coefficients_themselves() -> None:
    coeffs, passenger = torch.tensor([0.5, -1.0, 2.0], requires_grad=True), torch.tensor([1.0, 0.0, 1.0])
    node = (coeffs * passenger).sum().grad_fn.next_functions[0][0].next_functions[0][0]
    assert node.variable is coeffs


def test_each_operation_keeps_what_it_needs_for_the_way_back() -> None:
    assert had("rewind", "loss = ") == {"Abs": 1.5, "Sum": (3,), "Mul": [1.0, 0.0, 1.0]}


def test_the_blame_is_the_passenger_so_who_met_a_nought_gets_none() -> None:
    shown = listing("rewind")
    assert had("rewind", "backward") == [1.0, 0.0, 1.0] == had("rewind", "loss = ")["Mul"]  # type: ignore[index]
    assert shown.printed[shown.line_of("print")] == "tensor([1., 0., 1.])"
    # By differences: a nudge of each coefficient, up and down.
    passenger = torch.tensor([1.0, 0.0, 1.0], dtype=torch.float64)
    coeffs = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64)

    def wrong(nudge: torch.Tensor) -> float:
        return float((((coeffs + nudge) * passenger).sum() - 1).abs())

    rises = [(wrong(way) - wrong(-way)) / 2e-3 for way in torch.eye(3, dtype=torch.float64) * 1e-3]
    np.testing.assert_allclose(rises, [1, 0, 1], atol=1e-9)


def test_a_nudge_of_a_knob_moves_the_miss_as_much_as_its_gradient_says() -> None:
    guess, still, nudge, turned = (had("nudged", f"{name} = ") for name in ("guess", "still", "nudge", "turned"))
    assert (guess, still, nudge, turned) == (2.5, 1.5, 0.1, [1.6, 1.5, 1.6])
    moved = [(miss - still) / nudge for miss in turned]  # type: ignore[operator,attr-defined]
    np.testing.assert_allclose(moved, had("rewind", "backward"), atol=1e-6)


def test_a_second_rewind_is_refused_because_the_notes_are_used_up() -> None:
    ((line, message),) = listing("rewind-twice").raised.items()
    assert line == 3
    assert message.startswith("RuntimeError: Trying to backward through the graph a second time")
    assert "freed" in message


# The lattice.


def test_the_lattice_s_loss_is_the_mean_miss_of_everybody_s_answer() -> None:
    run, people = recording("lattice"), manifest()
    answers = 1 / (1 + np.exp(-people.rows() @ run.coeffs[0]))
    np.testing.assert_allclose(run.losses[0], np.abs(answers - people.fates).mean(), rtol=1e-6)
    assert round(float(run.losses[0]), 4) == 0.5248
    np.testing.assert_array_equal(run.coeffs[0], (torch_rand(442) - 0.5).numpy())


def torch_rand(seed: int) -> torch.Tensor:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return torch.rand(9)


def test_what_comes_back_to_the_beads_times_the_data_is_the_gradient() -> None:
    run, nudged = recording("lattice"), recording("beads")
    rows = manifest().rows()
    assert nudged.losses[0] == run.losses[0]
    light = nudged.slopes[0].reshape(rows.shape)
    # One light comes back to each person, and falls on all nine beads alike.
    assert (light == light[:, :1]).all()
    np.testing.assert_allclose((light * rows).sum(axis=0), run.slopes[0], atol=1e-7)
    np.testing.assert_allclose(
        run.slopes[0],
        [0.1087, -0.0245, 0.0844, -0.0002, -0.0092, 0.0051, 0.0373, 0.0509, 0.0790],
        atol=5e-5,
    )


def test_light_reaches_everybody_and_goes_down_only_where_the_bead_is_not_nought() -> None:
    light = recording("beads").slopes[0]
    assert (light != 0).all()
    rows = manifest().rows()
    assert int((rows == 0).sum()) == 11_005
    assert int((rows != 0).sum()) == 8_804


def test_lattice_losses_are_made_of_the_rows_and_fates_of_the_report() -> None:
    rows, fates = everybody()
    assert (rows.shape, fates.shape, rows.dtype) == ((2201, 9), (2201,), torch.float32)
    assert float(fates.sum()) == 711


# The pause.


def test_turning_a_coefficient_while_it_is_recorded_is_refused() -> None:
    shown = listing("turn-while-recording")
    assert shown.raised == {
        2: "RuntimeError: a leaf Variable that requires grad is being used in an in-place operation."
    }


def test_with_no_grad_it_turns_and_goes_on_taking_notes() -> None:
    shown = listing("turn-while-paused")
    assert shown.printed[shown.line_of("print")] == "tensor([ 0.4000, -1.1000,  1.9000], requires_grad=True)"


def test_a_history_grows_by_each_turn_that_is_recorded_and_by_none_that_is_not() -> None:
    shown = listing("growing-history")
    assert shown.printed[shown.line_of("print(*recorded)")] == "5 6 7 8"
    assert shown.printed[shown.line_of("print(*paused)")] == "5 5 5 5"


def test_the_notes_of_everybody_take_bytes_and_paused_they_take_none() -> None:
    assert had("notes-of-everybody", "recorded = ") == 96_844
    assert had("notes-of-everybody", "paused = ") == 0


def test_a_loss_without_history_cannot_be_rewound() -> None:
    with pytest.raises(RuntimeError, match="does not require grad and does not have a grad_fn"):
        torch.tensor(1.5).backward()


# Listings with errors.


@pytest.mark.parametrize("label", LISTINGS)
def test_every_listing_of_the_film_is_kept_as_it_ran(label: str, tmp_path: object) -> None:
    shown = listing(label)
    kept, _ = Listing.load(shown.save(tmp_path / "x.json", {}))  # type: ignore[operator]
    assert kept == shown


def test_a_listing_that_was_to_fail_and_did_not_is_named() -> None:
    with pytest.raises(RecordingError, match="ended without"):
        run_listing(taking_notes.rewind, raises=True)
    with pytest.raises(TypeError):
        run_listing(taking_notes.feed_a_word)
