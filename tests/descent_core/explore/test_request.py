"""What is asked for wrongly is refused, with what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from descent_core.errors import RunError, UsageError
from descent_core.explore.exploration import explore
from descent_core.explore.request import check_size
from tests.descent_core.explore.requests import example_request


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"start": None}, "Where should the runs on himmelblau start"),
        ({"start": (1.0, 2.0), "lrs": (0.0,)}, "more than 0"),
        ({"start": (1.0, 2.0), "lrs": (-1.0,)}, "more than 0"),
        ({"start": (1.0, 2.0), "lrs": (float("nan"),)}, "more than 0"),
        ({"start": (1.0, 2.0), "lrs": (0.1, 0.1)}, "given twice"),
        ({"start": (1.0, 2.0), "lrs": (0.1, 0.2, 0.3, 0.4, 0.5)}, "1 to 4 runs"),
        ({"start": (1.0, 2.0), "optimizer": "adamant"}, "no optimizer called 'adamant'"),
        ({"start": (1.0, 2.0), "axes": (0, 2)}, "There is no coefficient 2: this loss has 2, from 0 to 1"),
        ({"start": (1.0, 2.0), "axes": (0, -1)}, "There is no coefficient -1"),
        ({"start": (1.0, 2.0), "axes": (1, 1)}, "two different coefficients"),
        ({"start": (1.0, 2.0), "axes": (0,)}, "two coefficients, such as --coeffs 0,1"),
        ({"start": (1.0, 2.0, 3.0)}, "can be evaluated with 2 coefficients"),
        ({"start": (1.0, 2.0), "steps": 0}, "1 step or more"),
        ({"start": (1.0, 2.0), "steps": 20_000_000}, "too much to record"),
    ],
)
def test_wrong_use(others: dict, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        explore(example_request("himmelblau", **others))


def test_a_slice_of_a_loss_of_one_coefficient() -> None:
    with pytest.raises(UsageError, match="one coefficient.*Leave --coeffs out"):
        explore(example_request("valley", start=(1.0,), axes=(0, 1)))


def test_a_start_of_another_length_than_the_module_has() -> None:
    with pytest.raises(UsageError, match=r"small_network has 13 coefficients; --start has 2 numbers"):
        explore(example_request("small_network", start=(1.0, 2.0)))


def test_an_optimizer_that_does_not_fit_says_so() -> None:
    with pytest.raises(RunError, match=r"torch.optim.SparseAdam failed with lr 0.01"):
        explore(example_request("himmelblau", start=(1.0, 2.0), optimizer="sparseadam"))


@pytest.mark.parametrize("dimensions", [3, 101_770, 1_000_000, 20_000_000])
def test_the_number_of_steps_that_is_advised_is_taken(dimensions: int) -> None:
    request = example_request("himmelblau", steps=30_000_000)
    with pytest.raises(UsageError, match=r"too much to record. Try --steps \d+") as caught:
        check_size(request, dimensions)
    advised = int(str(caught.value).rpartition(" ")[2].rstrip("."))
    assert advised >= 1
    check_size(replace(request, steps=advised), dimensions)


def test_more_coefficients_than_one_step_can_be_recorded_of() -> None:
    with pytest.raises(UsageError, match="are too many to record; 20,000,000 are the most"):
        check_size(example_request("himmelblau", steps=1), 20_000_001)
