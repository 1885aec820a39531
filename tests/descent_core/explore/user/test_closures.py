"""Closures that take the slope themselves, as torch's documentation writes them."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
import torch

from descent_core import record
from descent_core.errors import UserCodeError
from descent_core.explore.exploration import explore
from descent_core.explore.user.loss import load_loss
from tests.descent_core.explore.requests import request_for, write_loss

MODULE = """
def loss():
    torch.manual_seed(0)
    x = torch.linspace(-1, 1, 12, dtype=torch.float64)[:, None]
    model = torch.nn.Sequential(torch.nn.Linear(1, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1)).double()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    compute = lambda: ((model(x) - x**2) ** 2).mean()
    def closure():
        {body}
    return model, closure
"""
PLAIN = "return compute()"
#: As the documentation has them, and as people write them.
BODIES = {
    "optimizer": "optimizer.zero_grad(); loss = compute(); loss.backward(); return loss",
    "model": "model.zero_grad(); loss = compute(); loss.backward(); return loss",
    "number": "optimizer.zero_grad(); loss = compute(); loss.backward(); return loss.item()",
    "nothing": "loss = compute(); loss.backward()",
    "if": "loss = compute(); loss.backward() if loss.requires_grad else None; return loss",
    "function": "loss = compute(); torch.autograd.backward(loss); return loss",
    "in parts": "a = compute() / 4; a.backward(); b = 0.75 * compute(); b.backward(); return a.detach() + b.detach()",
}


def walk(body: str, folder: Path):
    loss = load_loss(write_loss(folder, MODULE.format(body=body)))
    return record(loss.loss, loss.start, lr=0.1, steps=4)


@pytest.mark.parametrize("name", BODIES)
def test_a_closure_that_calls_backward_gives_the_run_of_one_that_does_not(name: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = walk(BODIES[name], tmp_path)
    expected = walk(PLAIN, tmp_path)
    if name == "in parts":  # a sum in another order
        assert found.coeffs == pytest.approx(expected.coeffs, rel=1e-12)
    else:
        assert found.same_arrays(expected)


def test_a_function_of_coefficients_may_call_backward_too(tmp_path: Path) -> None:
    loss = load_loss(write_loss(tmp_path, "def loss(c):\n    v = (c**2).sum()\n    v.backward()\n    return v")).loss
    assert record(loss, [3.0], lr=0.25, steps=2).coeffs.ravel().tolist() == [3.0, 1.5, 0.75]


def test_all_of_an_exploration_takes_such_a_closure(tmp_path: Path) -> None:
    found = explore(request_for(write_loss(tmp_path, MODULE.format(body=BODIES["optimizer"])), (0.1,), steps=4))
    assert np.array_equal(found.recordings["run-0"].coeffs, walk(PLAIN, tmp_path).coeffs)
    end = found.recordings["run-0-on-plane"]
    assert found.landscape.height(*end.coeffs[-1]) == pytest.approx(end.losses[-1], rel=0.01)
    assert found.summary.slope_disagreement == ""


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "loss = compute(); (2 * loss).backward(); return loss",
            "It calls backward on .* and returns .*Return the loss",
        ),
        ("loss = compute(); loss.backward(); optimizer.step(); return loss", "steps an optimizer, SGD. Leave step"),
    ],
)
def test_a_closure_that_does_something_else_is_refused(body: str, message: str, tmp_path: Path) -> None:
    loss = load_loss(write_loss(tmp_path, MODULE.format(body=body)))
    backward = torch.autograd.backward
    with pytest.raises(UserCodeError, match=message):
        loss.loss(loss.start)
    assert torch.autograd.backward is backward
    model = torch.nn.Linear(1, 1)
    torch.optim.SGD(model.parameters(), lr=1).step()  # others may step again
