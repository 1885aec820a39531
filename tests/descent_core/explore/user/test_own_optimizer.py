"""Optimizers as they are typed, and as a file hands them over: the run is the one that plain torch makes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from descent_core import record
from descent_core.errors import RunError, UsageError
from descent_core.explore.exploration import explore
from descent_core.explore.runs import choose_method, record_runs
from descent_core.explore.user.code import import_file
from descent_core.explore.user.loss import load_loss
from descent_core.recordings.trajectory import Trajectory
from descent_core.training.named_optimizers import _FLAT, OptimizerChoice, parse_optimizer
from tests.descent_core.explore.requests import request_for, write_loss

MODULE = """
def make():
    torch.manual_seed(0)
    x = torch.linspace(-1, 1, 12, dtype=torch.float64)[:, None]
    model = torch.nn.Sequential(torch.nn.Linear(1, 3), torch.nn.Tanh(), torch.nn.Linear(3, 2)).double()
    compute = lambda: ((model(x) - torch.cat([x**2, x], 1)) ** 2).mean()
    return model, compute
def loss():
    return make()
"""
STEPS = 4


def plain_run(spec: str, make: Callable[[torch.nn.Module], torch.optim.Optimizer]) -> np.ndarray:
    """``(T+1, D)``, the coefficients of the loop as a user would write it, on the module's own parameters."""
    model, closure = import_file(Path(spec.rpartition(":")[0])).make()
    optimizer = make(model)
    rows = []
    for _ in range(STEPS):
        rows.append(torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy())

        def evaluate():
            optimizer.zero_grad()
            value = closure()
            value.backward()
            return value

        optimizer.step(evaluate)
    rows.append(torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy())
    return np.array(rows)


def own_run(spec: str, lr: float | None = None) -> Trajectory:
    """The run that an exploration of it would make, without the rest of the exploration."""
    loss = load_loss(spec)
    request = request_for(spec, () if lr is None else (lr,), steps=STEPS)
    method = choose_method(request, loss)
    runs = record_runs(replace(request, lrs=method.lrs), method, loss, loss.start, lambda *_: None)
    return runs["run-0"]


def test_settings_are_those_of_the_run(tmp_path: Path) -> None:
    spec = write_loss(tmp_path, "def loss(c): return (c**2 * torch.tensor([1.0, 9.0])).sum()")
    text = "sgd:momentum=0.9,nesterov=true"
    found = explore(request_for(spec, (0.01,), (1.0, 1.0), steps=5, optimizer=text))
    factory = functools.partial(torch.optim.SGD, momentum=0.9, nesterov=True)
    plain = record(load_loss(spec).loss, [1.0, 1.0], lr=0.01, steps=5, optimizer=factory)
    assert found.recordings["run-0"].same_arrays(plain)
    assert found.recordings["run-0"].meta["recipe"]["settings"] == "momentum=0.9,nesterov=true"
    assert found.summary.optimizer == "torch.optim.SGD"


@pytest.mark.parametrize("name", sorted({*_FLAT, "Adafactor"} - {"SparseAdam"}))
def test_every_optimizer_walks_a_module_as_torch_walks_its_parameters(name: str, tmp_path: Path) -> None:
    """As one vector or in their shapes: of those that look at whole tables the two differ, of the others not a bit."""
    spec = write_loss(tmp_path, MODULE)
    kind = getattr(torch.optim, name)
    loss = load_loss(spec)
    expected = plain_run(spec, lambda model: kind(model.parameters(), lr=0.05))
    walk = record(loss.loss, loss.start, lr=0.05, steps=STEPS, optimizer=OptimizerChoice(kind).factory(loss.shapes))
    assert np.array_equal(walk.coeffs, expected)
    flat = record(loss.loss, loss.start, lr=0.05, steps=STEPS, optimizer=kind)
    assert np.array_equal(flat.coeffs, expected) == (name in _FLAT)


def test_muon_takes_tables_only_and_says_so(tmp_path: Path) -> None:
    spec = write_loss(tmp_path, MODULE)
    with pytest.raises(RunError, match=r"torch.optim.Muon failed with lr 0.1:\n.*2D parameters"):
        explore(request_for(spec, (0.1,), steps=1, optimizer="muon"))
    tables = write_loss(
        tmp_path, MODULE.replace("(1, 3)", "(1, 3, bias=False)").replace("(3, 2)", "(3, 2, bias=False)")
    )
    loss = load_loss(tables)
    expected = plain_run(tables, lambda model: torch.optim.Muon(model.parameters(), lr=0.1))
    factory = parse_optimizer("muon").factory(loss.shapes)
    assert np.array_equal(record(loss.loss, loss.start, lr=0.1, steps=STEPS, optimizer=factory).coeffs, expected)


GROUPS = "torch.optim.AdamW([{'params': model[0].parameters(), 'lr': 0.02}, {'params': [model[2].weight]}], lr=0.1)"


@pytest.mark.parametrize(
    "made",
    [
        "torch.optim.SGD(model.parameters(), lr=0.3, momentum=0.9)",
        "torch.optim.Adafactor(model.parameters(), lr=0.1)",
        "torch.optim.LBFGS(model.parameters(), lr=0.5, max_iter=3, line_search_fn='strong_wolfe')",
        GROUPS,
    ],
)
def test_the_optimizer_of_a_file_makes_the_run_with_its_own_settings(made: str, tmp_path: Path) -> None:
    spec = write_loss(
        tmp_path,
        f"{MODULE}    model, closure = make()\n    return model, closure, {made}\n".replace("    return make()\n", ""),
    )
    expected = plain_run(spec, lambda model: eval(made, {"torch": torch, "model": model}))
    walk = own_run(spec)
    assert np.array_equal(walk.coeffs, expected)
    assert walk.lr == load_loss(spec).optimizer.lrs[0]
    assert np.array_equal(own_run(spec).coeffs, expected), "the second run goes on from where the first one ended"


def test_an_lr_that_is_asked_for_goes_before_that_of_the_file(tmp_path: Path) -> None:
    body = MODULE.replace("    return make()\n", f"    model, closure = make()\n    return model, closure, {GROUPS}\n")
    spec = write_loss(tmp_path, body)
    everywhere = GROUPS.replace("0.02", "0.1")
    expected = plain_run(spec, lambda model: eval(everywhere, {"torch": torch, "model": model}))
    assert np.array_equal(own_run(spec, lr=0.1).coeffs, expected)


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        (
            "model, closure, torch.optim.SGD(torch.nn.Linear(1, 1).parameters(), lr=1)",
            "none of the module's parameters",
        ),
        ("model, closure, torch.optim.SGD", "returned a type beside the module and its closure.*model.parameters"),
        ("model, torch.optim.SGD(model.parameters(), lr=1)", "a module and a SGD, which is no closure"),
        ("model, None", "which is no closure. Return .model, closure."),
        ("model", "a Sequential without a closure. Return .model, closure."),
        ("(model,)", "without a closure"),
    ],
)
def test_what_is_no_module_with_its_closure_and_optimizer(returned: str, message: str, tmp_path: Path) -> None:
    body = MODULE.replace("    return make()\n", f"    model, closure = make()\n    return {returned}\n")
    with pytest.raises(RunError, match=message):
        load_loss(write_loss(tmp_path, body))


def test_learning_rates_of_a_file_are_noted_and_checked(tmp_path: Path) -> None:
    notes: list[str] = []
    body = MODULE.replace("    return make()\n", f"    model, closure = make()\n    return model, closure, {GROUPS}\n")
    found = explore(request_for(write_loss(tmp_path, body), (), steps=1), note=notes.append)
    assert "The optimizer's groups have the learning rates 0.02, 0.1: the run is named by the first." in notes
    assert found.summary.optimizer == "torch.optim.AdamW"
    still = write_loss(tmp_path, body.replace("0.02", "0.0"))
    with pytest.raises(UsageError, match="A learning rate is a number more than 0"):
        explore(request_for(still, ()))


def test_an_optimizer_of_ones_own_is_not_called_torchs(tmp_path: Path) -> None:
    body = "class Adam(torch.optim.SGD):\n    pass\n" + MODULE.replace(
        "    return make()\n",
        "    model, closure = make()\n    return model, closure, Adam(model.parameters(), lr=0.1)\n",
    )
    loss = load_loss(write_loss(tmp_path, body))
    assert choose_method(request_for("", ()), loss).optimizer == "Adam"
    assert choose_method(request_for("", (), optimizer="adam"), loss).optimizer == "torch.optim.Adam"
