"""Optimizers as they are typed: by name, with settings, and what is said of those that are not so."""

from __future__ import annotations

import pytest
import torch

from descent_core.errors import UsageError
from descent_core.training.named_optimizers import OptimizerChoice, optimizer_class, parse_optimizer


@pytest.mark.parametrize(
    ("text", "name", "settings"),
    [
        ("adam", "Adam", {}),
        ("torch.optim.Adam", "Adam", {}),
        ("adam:betas=0.9,0.99", "Adam", {"betas": (0.9, 0.99)}),
        (
            "sgd:momentum=0.9,weight_decay=0.01,nesterov=true",
            "SGD",
            {"momentum": 0.9, "weight_decay": 0.01, "nesterov": True},
        ),
        ("lbfgs:line_search_fn=strong_wolfe,max_iter=5", "LBFGS", {"line_search_fn": "strong_wolfe", "max_iter": 5}),
        ("adafactor:eps=none,0.01", "Adafactor", {"eps": (None, 0.01)}),
    ],
)
def test_an_optimizer_as_it_is_typed(text: str, name: str, settings: dict) -> None:
    assert parse_optimizer(text) == OptimizerChoice(getattr(torch.optim, name), settings)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("adm:eps=1", "no optimizer called 'adm'. Did you mean adam"),
        ("sgd:momentun=0.9", r"no setting called 'momentun'. Did you mean momentum.*It takes.*momentum=0, dampening=0"),
        ("sgd:nesterov=1", "nesterov of torch.optim.SGD is true or false; found 1"),
        ("sgd:nesterov=true", "Nesterov momentum requires a momentum"),
        ("adam:betas=0.9", "betas of torch.optim.Adam is 2 numbers; found 0.9"),
        ("adam:betas=0.9,2", "Invalid beta parameter at index 1: 2. It takes.*betas=0.9,0.999"),
        ("adam:eps=a", "eps of torch.optim.Adam is a number; found a"),
        ("adam:eps=", "found nothing"),
        ("adam:eps=1,eps=2", "found eps twice"),
        ("adam:", "name=value with commas"),
        ("adam:0.9", "name=value with commas; found '0.9'"),
        ("adam:lr=1", r"give it as lr \(--lr\)"),
        ("adam:foreach=maybe", "no setting called 'foreach'"),
    ],
)
def test_settings_that_it_does_not_take(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_optimizer(text)


def test_optimizers_by_name() -> None:
    assert optimizer_class("ADAM") is torch.optim.Adam
    assert optimizer_class("lbfgs") is torch.optim.LBFGS
    with pytest.raises(UsageError, match=r"no optimizer called 'adm'. Did you mean .*adam"):
        optimizer_class("adm")
