"""What the film of part 5 says, held against the runs it says it of."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from descent_core import RUNS, library, recording
from descent_core.catalogue import make_loss
from descent_core.catalogue.passengers.answers import (
    HIDDEN,
    NETWORK,
    answers_of,
    opinions,
    opinions_of_kinds,
    right_answers,
    training_set,
)
from descent_core.catalogue.passengers.manifest import COLUMNS, KINDS, kind_rows, manifest

EVERYBODY, TRAINED, HELD = 2201, 1761, 440
#: The kinds that were on board, by name.
NAMES = {f"{kind.travels} {kind.people}": index for index, kind in enumerate(KINDS) if kind.count}
FEMALE = {name for name in NAMES if name.split()[1] in ("women", "girls")}
RICH_BOYS = {"1st boys", "2nd boys"}


def model_of(label: str) -> tuple[str, bool]:
    """What makes the answers of a run, and whether its columns were divided."""
    loss = RUNS[label].loss
    model = "hidden" if "hidden" in loss else "line" if "line" in loss else "sigmoid"
    return model, "raw" not in loss


def answers(label: str) -> np.ndarray:
    """``(T + 1, 16)``, what the machine says to each kind after each epoch."""
    model, scaled = model_of(label)
    return opinions_of_kinds(recording(label).coeffs, model, scaled)


def right(label: str, held_out: bool | None = None) -> np.ndarray:
    return right_answers(answers(label), held_out)


def live(label: str, row: int) -> set[str]:
    """The kinds of whom the machine says that they live."""
    return {name for name, index in NAMES.items() if answers(label)[row, index] > 0.5}


def right_by_rule(lives: set[str]) -> int:
    return sum(KINDS[index].saved if name in lives else KINDS[index].died for name, index in NAMES.items())


# What is drawn is what torch computed.


@pytest.mark.parametrize("model", ["sigmoid", "line", "hidden"])
@pytest.mark.parametrize("scaled", [True, False])
def test_answers_in_numpy_are_those_of_torch(model: str, scaled: bool) -> None:
    count = NETWORK if model == "hidden" else len(COLUMNS)
    coeffs = torch.randn(count, generator=torch.Generator().manual_seed(3), dtype=torch.float64)
    rows = torch.from_numpy(kind_rows(scaled))
    np.testing.assert_allclose(
        opinions(coeffs.numpy(), kind_rows(scaled), model), answers_of(coeffs, rows, model), 1e-12
    )


@pytest.mark.parametrize("label", ["voyage", "absolute", "raw", "line", "unsqueezed", "hidden"])
def test_the_answers_give_the_recorded_losses(label: str) -> None:
    run, (model, scaled) = recording(label), model_of(label)
    rows, fates = training_set(scaled)
    for row in (0, 1, run.steps // 2, run.steps):
        missed = opinions(run.coeffs[row], rows.numpy(), model) - fates.numpy()
        loss = np.abs(missed).mean() if "absolute" in RUNS[label].loss else (missed**2).mean()
        assert loss == pytest.approx(run.losses[row], rel=2e-5)


def test_many_rows_of_a_recording_at_once_are_each_by_itself() -> None:
    run = recording("hidden")
    np.testing.assert_allclose(opinions_of_kinds(run.coeffs, "hidden")[7], opinions_of_kinds(run.coeffs[7], "hidden"))


def test_answers_beyond_certain_do_not_overflow() -> None:
    assert opinions([1e4, -1e4], np.eye(2)).tolist() == [1.0, 0.0]


def test_the_machine_learns_from_four_fifths() -> None:
    rows, fates = training_set()
    assert rows.shape == (TRAINED, 9)
    assert len(fates) + HELD == EVERYBODY
    assert manifest().held_out.sum() == HELD


# The engine runs.


def test_the_loss_falls_in_every_epoch() -> None:
    run = recording("voyage")
    assert (np.diff(run.losses) < 0).all()
    np.testing.assert_allclose(
        run.losses[[0, 1, 2, 3, 5, 10, 30, 200]],
        [0.2723, 0.2409, 0.1936, 0.1782, 0.1713, 0.1654, 0.1622, 0.1614],
        atol=5e-5,
    )


def test_it_starts_with_a_coin_s_answers() -> None:
    assert (right("voyage")[0], right("voyage", held_out=True)[0]) == (1103, 220)
    assert abs(right("voyage")[0] / EVERYBODY - 0.5) < 0.002


def test_the_number_of_right_answers_changes_where_the_sentence_does() -> None:
    counts = right("voyage")
    changes = {row: int(count) for row, count in enumerate(counts) if row == 0 or count != counts[row - 1]}
    assert changes == {0: 1103, 1: 1490, 2: 1706, 3: 1691, 5: 1708, 26: 1713, 70: 1726, 117: 1737}


@pytest.mark.parametrize(
    ("rows", "lives", "count"),
    [
        (range(1, 2), set(), 1490),
        (range(5, 26), FEMALE, 1708),
        (range(26, 70), FEMALE | {"1st boys"}, 1713),
        (range(70, 117), FEMALE | {"1st boys"}, 1726),
        (range(117, 201), FEMALE | RICH_BOYS, 1737),
    ],
    ids=["everybody dies", "women and girls live", "boys of the first", "not women of the third", "boys of the second"],
)
def test_the_rule_that_the_answers_amount_to(rows: range, lives: set[str], count: int) -> None:
    without = {"3rd women"} if rows.start >= 70 else set()
    assert all(live("voyage", row) == lives - without for row in rows)
    assert right_by_rule(lives - without) == count


def test_the_score_can_fall_while_right_answers_become_fewer() -> None:
    run, counts = recording("voyage"), right("voyage")
    assert run.losses[3] < run.losses[2]
    assert counts[3] < counts[2]


def test_the_exam_is_about_people_it_never_saw() -> None:
    held = right("voyage", held_out=True)
    assert (held[0], held[-1]) == (220, 348)
    fates = manifest().fates[manifest().held_out]
    women = manifest().columns[manifest().held_out][:, 1]
    assert ((fates == 0).sum(), (fates == women).sum()) == (297, 342)
    assert held[-1] > 342


def test_at_the_end_it_is_close_to_what_happened() -> None:
    shares = np.array([kind.saved / kind.count for kind in KINDS if kind.count])
    weights = np.array([kind.count for kind in KINDS if kind.count])
    said = answers("voyage")[:, list(NAMES.values())]
    missed = (np.abs(said - shares) * weights).sum(axis=1) / EVERYBODY
    assert missed[0] == pytest.approx(0.302, abs=0.001)
    assert missed[-1] == pytest.approx(0.054, abs=0.001)
    assert answers("voyage")[-1, NAMES["3rd girls"]] == pytest.approx(0.82, abs=0.005)  # its one wrong group: .45


def test_what_the_coefficients_say() -> None:
    last = dict(zip(COLUMNS, recording("voyage").coeffs[-1], strict=True))
    assert last["female"] > last["male"]
    assert last["child"] > last["adult"]
    assert last["1st"] > last["2nd"] > last["3rd"]
    assert (round(last["female"], 2), round(last["male"], 2)) == (1.48, -1.14)
    assert (round(last["child"], 2), round(last["adult"], 2)) == (1.14, -0.39)


def test_the_same_is_learnt_from_other_starts() -> None:
    """So none of it hangs on a lucky draw."""
    from descent_core.training.initial_coefficients import draw
    from descent_core.training.recorder import record

    for seed in range(6):
        run = record(make_loss("passengers"), draw(9, seed), lr=10.0, steps=200, evidence=False)
        last = dict(zip(COLUMNS, run.coeffs[-1], strict=True))
        assert last["female"] > last["male"]
        assert last["child"] > last["adult"]
        assert last["1st"] > last["2nd"] > last["3rd"]
        assert right_answers(opinions_of_kinds(run.coeffs[-1]), held_out=True) == 348


def test_ten_thousand_epochs_change_nothing() -> None:
    long, short = recording("voyage-10000"), recording("voyage")
    assert long.steps == 10_000
    np.testing.assert_array_equal(long.coeffs[: short.steps + 1], short.coeffs)
    assert live("voyage-10000", -1) == live("voyage", -1)
    assert right("voyage-10000")[-1] == right("voyage")[-1]
    assert 0 < short.losses[-1] - long.losses[-1] < 1e-4


# What nobody can know from these columns.


def test_no_rule_is_right_about_more_than_1740() -> None:
    best = sum(max(kind.died, kind.saved) for kind in KINDS)
    assert best == 1740
    assert EVERYBODY - best == 461
    assert right_by_rule(set()) == 1490
    assert right_by_rule(FEMALE) == 1708


def test_a_hidden_layer_finds_the_best_rule_there_is() -> None:
    counts = right("hidden")
    assert recording("hidden").dimensions == NETWORK == 201 == 9 * HIDDEN + HIDDEN + 1
    assert counts.max() == 1740
    first = int(np.argmax(counts == 1740))
    assert first == 77
    assert (counts[first:] == 1740).all()
    assert right("hidden", held_out=True)[-1] == 348


# Which scorecard decides whom it sees.


def test_the_absolute_score_drops_the_boys_who_all_lived() -> None:
    run, said = recording("absolute"), answers("absolute")[-1]
    assert (np.diff(run.losses) < 0).all()
    assert (round(run.losses[0], 4), round(run.losses[-1], 4)) == (0.5140, 0.2208)
    boys = [KINDS[NAMES[name]] for name in RICH_BOYS]
    assert sum(kind.saved for kind in boys) == sum(kind.count for kind in boys) == 16
    for name in RICH_BOYS:
        assert said[NAMES[name]] < 0.05
        assert answers("voyage")[-1, NAMES[name]] > 0.5
    assert right("absolute", held_out=True)[-1] == 345


# The engine coughs: columns as they stand.


def test_on_raw_columns_the_needle_does_not_move() -> None:
    run = recording("raw")
    assert run.losses[0] == run.losses[-1]
    assert (run.coeffs == run.coeffs[0]).all()
    assert np.abs(run.slopes).max() < 1e-30
    assert right("raw")[0] == right("raw")[-1] == 1490
    assert live("raw", 0) == live("raw", -1) == set()


def test_without_the_squeeze_raw_columns_crawl_or_explode() -> None:
    crawls, bursts, line = recording("raw-linear"), recording("raw-same-step"), recording("line")
    assert crawls.losses[2] - crawls.losses[-1] < 1e-4
    assert crawls.losses[-1] == pytest.approx(0.4252, abs=1e-4)
    assert bursts.lr == line.lr
    assert (bursts.steps, bursts.outcome.value) == (3, "diverged")
    assert line.losses[-1] == pytest.approx(0.1634, abs=1e-4)


def test_dividing_lets_the_strides_be_195_490_times_as_large() -> None:
    steepest = {}
    for scaled in (True, False):
        rows = training_set(scaled)[0].double()
        steepest[scaled] = float(torch.linalg.eigvalsh(2 * rows.T @ rows / len(rows))[-1])
    assert steepest[True] == pytest.approx(5.12, abs=0.01)
    assert steepest[False] / steepest[True] == pytest.approx(195_490, rel=1e-3)
    assert RUNS["line"].lr < 2 / steepest[True] < RUNS["explodes"].lr
    assert RUNS["raw-linear"].lr < 2 / steepest[False]


# A chance of 139 per cent.


def test_without_the_squeeze_answers_leave_what_a_chance_can_be() -> None:
    said, counts = answers("unsqueezed")[-1], [kind.count for kind in KINDS]
    on_board = list(NAMES.values())
    assert said[on_board].max() == pytest.approx(1.39, abs=0.005)
    assert max(NAMES, key=lambda name: said[NAMES[name]]) == "1st girls"
    assert sum(count for count, answer in zip(counts, said, strict=True) if answer > 1) == 45
    assert sum(count for count, answer in zip(counts, said, strict=True) if answer < 0) == 462
    start = answers("line")[0]
    assert sum(count for count, answer in zip(counts, start, strict=True) if answer < 0) == 1302
    assert start[on_board].min() == pytest.approx(-0.88, abs=0.005)


@pytest.mark.parametrize("label", ["voyage", "absolute", "flat", "timid"])
def test_with_the_squeeze_every_answer_is_a_chance(label: str) -> None:
    said = answers(label)
    assert (said >= 0).all()
    assert (said <= 1).all()


# Three keys, and the line that is forgotten.


def test_three_keys() -> None:
    assert RUNS["timid"].lr < RUNS["voyage"].lr < RUNS["flat"].lr
    assert right("timid", held_out=True)[-1] == 221  # a coin still
    assert recording("timid").losses[-1] == pytest.approx(0.2350, abs=1e-4)
    flat = recording("flat")
    assert flat.losses[-1] == pytest.approx(0.3163, abs=1e-4)
    assert flat.losses[-1] > flat.losses[0]
    assert np.linalg.norm(flat.slopes[-1]) < 1e-3 * np.linalg.norm(flat.slopes[0])  # flat ground: the compass is dead
    assert right("flat", held_out=True)[-1] == 300


def test_too_big_explodes_where_nothing_squeezes() -> None:
    run = recording("explodes")
    assert (run.steps, run.outcome.value) == (19, "diverged")
    assert run.losses[2] > 100 * run.losses[0]


def test_who_forgets_to_wipe_the_compass_swings() -> None:
    clean, forgets = recording("line"), recording("forgetful")
    assert (forgets.lr, forgets.losses[0]) == (clean.lr, clean.losses[0])
    assert clean.losses[-1] == pytest.approx(0.1634, abs=1e-4)
    assert forgets.losses[-1] == pytest.approx(0.3532, abs=1e-4)
    assert (np.diff(forgets.losses) > 0).sum() > 50
    assert np.isfinite(forgets.losses).all()
    assert (right("line")[-1], right("forgetful")[-1]) == (1713, 982)


# The loop on screen is the loop that ran.


def test_the_listing_is_the_recorded_run() -> None:
    loop, run = library.listing("loop"), recording("voyage")
    assert loop.printed[loop.line_of("print")] == f"loss {run.losses[-2]:.4f}"
    assert loop.values[loop.line_of("loss = ")] == f"{run.losses[0]:.4f}"
    assert loop.values[loop.line_of("zero_")] == " ".join(f"{coeff:+.2f}" for coeff in run.coeffs[1])
    assert f"range({run.steps})" in loop.source
