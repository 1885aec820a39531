"""Code on screen is code that ran, beside the values that it had."""

from __future__ import annotations

import inspect
import textwrap
from importlib import import_module
from pathlib import Path

import pytest

from descent_core import recording
from descent_core.catalogue import LISTINGS
from descent_core.errors import RecordingError
from descent_core.library import listing
from descent_core.recordings.listing import Listing, run_listing


@pytest.mark.parametrize("label", LISTINGS)
def test_the_text_shown_is_the_text_executed(label: str) -> None:
    shown = listing(label)
    module, _, name = LISTINGS[label].function.partition(":")
    function = getattr(import_module(module), name)
    source = textwrap.dedent("".join(inspect.getsourcelines(function)[0][1:])).rstrip()
    assert shown.source == source


def test_the_printed_compass_reading_is_the_recorded_slope() -> None:
    shown = listing("gradient-reading")
    first, second = recording("right").slopes[0]
    assert shown.printed[shown.line_of("print")] == f"tensor([{first:.4f}, {second:7.4f}])"


def test_the_history_shown_is_what_torch_kept() -> None:
    shown = listing("gradient-reading")
    history = shown.values[shown.line_of("loss = ")].split()
    assert history[0] == "Sum"
    assert history[-1] == "AccumulateGrad"
    assert {"Sin", "Sub", "Pow"} <= set(history)


def test_zero_wipes_the_compass_and_without_it_the_reading_stays() -> None:
    good, bad = listing("step"), listing("step-without-zero")
    assert good.values[good.line_of("zero_")] == "tensor([0., 0.])"
    first, second = recording("never-zeroed").grads[0]
    assert bad.values[bad.line_of("backward")] == f"tensor([{first:.4f}, {second:7.4f}])"
    assert "zero_" not in bad.source
    assert good.source.replace("    coeffs.grad.zero_()\n", "") == bad.source


def test_a_line_that_runs_often_keeps_its_first_value_and_errors_pass_through() -> None:
    def loop(n: int) -> None:
        for i in range(n):
            x = 10 + i
        print(x)
        raise RuntimeError("over")

    with pytest.raises(RuntimeError, match="over"):
        run_listing(loop, 3)

    def quiet(n: int) -> None:
        for i in range(n):
            x = 10 + i
        print(x)

    seen = run_listing(quiet, 3, show={"x = 10": "x"})
    assert seen.values == {1: "10"}
    assert seen.printed == {2: "12"}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"kind": "other"}', '{"kind": "descent-listing", "name": "x"}'])
def test_a_damaged_listing_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.listing.json"
    path.write_text(content)
    with pytest.raises(RecordingError, match="not a whole listing"):
        Listing.load(path)
