"""Recordings as text: a spreadsheet and a json hold every number to its last bit."""

from __future__ import annotations

import csv
import io
import json
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from descent_core import RUNS, Trajectory, recording
from descent_core.errors import RecordingError


def any_run() -> st.SearchStrategy[Trajectory]:
    """Recordings of all shapes and of all numbers, those that are hard to write down too."""

    def made(shape: tuple[int, int]) -> st.SearchStrategy[Trajectory]:
        rows, dimensions = shape
        numbers = st.floats(allow_nan=True, allow_infinity=True, allow_subnormal=True)
        finite = st.floats(allow_nan=False, allow_infinity=False)
        return st.builds(
            lambda c, losses, s, g, last: Trajectory("any", c, [*losses[:-1], last], s, g, lr=0.1, meta={"seed": 1}),
            arrays(float, (rows, dimensions), elements=finite),
            arrays(float, rows, elements=finite),
            arrays(float, (rows, dimensions), elements=numbers),
            arrays(float, (rows - 1, dimensions), elements=numbers),
            numbers,
        )

    return st.tuples(st.integers(1, 4), st.integers(1, 3)).flatmap(made)


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Bit for bit, but that all NaN are one."""
    return np.array_equal(one, other, equal_nan=True) and np.array_equal(np.signbit(one), np.signbit(other))


@given(any_run())
def test_json_gives_back_what_went_in(run: Trajectory) -> None:
    text = run.to_json()
    json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    back = Trajectory.from_json(text)
    for name in ("coeffs", "losses", "slopes", "grads"):
        one, other = getattr(run, name), getattr(back, name)
        assert np.array_equal(one, other, equal_nan=True)
        number = ~np.isnan(one)  # the sign of what is no number says nothing
        assert same(one[number], other[number])
    assert (back.label, back.lr, back.outcome, back.meta) == (run.label, run.lr, run.outcome, run.meta)


@pytest.mark.parametrize("label", ["right", "notebook-zeroed", "gradient-100", "fiddling"])
def test_recordings_of_the_films_come_back_bit_for_bit(label: str) -> None:
    run = recording(label)
    assert Trajectory.from_json(run.to_json()).same_arrays(run)
    assert Trajectory.from_json(run.to_json()).to_bytes() == run.to_bytes()
    assert RUNS[label].lr == run.lr


def test_a_csv_says_what_its_columns_are_and_holds_every_bit() -> None:
    run = recording("right")
    rows = list(csv.DictReader(io.StringIO(run.to_csv())))
    assert list(rows[0]) == ["step", "loss", "coeff_0", "coeff_1", "slope_0", "slope_1", "grad_0", "grad_1"]
    assert [int(row["step"]) for row in rows] == list(range(run.steps + 1))
    assert [float(row["loss"]) for row in rows] == run.losses.tolist()
    for name, array in (("coeff", run.coeffs), ("slope", run.slopes)):
        assert [[float(row[f"{name}_{k}"]) for k in range(2)] for row in rows] == array.tolist()
    assert [[float(row[f"grad_{k}"]) for k in range(2)] for row in rows[:-1]] == run.grads.tolist()
    assert rows[-1]["grad_0"] == rows[-1]["grad_1"] == ""


def test_a_csv_of_a_random_search_has_its_tries() -> None:
    run = recording("fiddling")
    assert run.tries is not None
    assert run.try_losses is not None
    rows = list(csv.DictReader(io.StringIO(run.to_csv())))
    assert list(rows[0])[-3:] == ["try_loss", "try_0", "try_1"]
    assert [float(row["try_loss"]) for row in rows[:-1]] == run.try_losses.tolist()
    assert [[float(row[f"try_{k}"]) for k in range(2)] for row in rows[:-1]] == run.tries.tolist()
    assert rows[-1]["try_loss"] == rows[-1]["try_1"] == ""


def test_a_csv_says_what_is_not_finite() -> None:
    run = Trajectory("off", [[1.0], [9.0]], [1.0, math.inf], [[2.0], [math.nan]], [[2.0]], lr=1)
    assert run.to_csv().splitlines()[-1] == "1,inf,9.0,nan,"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text[:-40], "not JSON"),
        (lambda text: "[1, 2]", "not a recording of this project"),
        (lambda text: text.replace('"format": 3', '"format": 7'), "format 7; this program reads format 1 and 2 and 3"),
        (lambda text: text.replace('"losses"', '"lasses"'), "not a whole recording: KeyError: 'losses'"),
        (lambda text: text.replace('"converged"', '"diverged"'), "calls its run 'diverged', but its numbers say"),
        (lambda text: text.replace('"coeffs": [', '"coeffs": [[1, 2],', 1), "not a whole recording: ValueError"),
        (lambda text: re.sub(r'("losses": \[)[^,]+', r'\1"two"', text, count=1), "not a whole recording: ValueError"),
    ],
)
def test_other_text_is_refused_with_what_is_wrong(change: object, said: str) -> None:
    with pytest.raises(RecordingError, match=said):
        Trajectory.from_json(change(recording("right").to_json()))  # type: ignore[operator]
