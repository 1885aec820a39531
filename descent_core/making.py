"""Makes what the catalogue specifies: runs and listings. torch is loaded when it is needed."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from descent_core.catalogue import make_loss
from descent_core.catalogue.specs import Drawn, ListingSpec, RunSpec
from descent_core.recordings.listing import Listing
from descent_core.recordings.trajectory import Trajectory

if TYPE_CHECKING:
    from torch import Tensor

    from descent_core.training.recorder import OptimizerFactory

#: The optimizer of a specification that is not one of ``torch.optim``.
SEARCH = "random-search"


def make_run(label: str, spec: RunSpec, recipe: dict[str, Any]) -> Trajectory:
    """The run of a specification, recorded."""
    from descent_core.training.recorder import record

    return record(
        make_loss(spec.loss),
        _start(spec),
        lr=spec.lr,
        steps=spec.steps,
        optimizer=_optimizer(spec),
        zero_grad=spec.zero_grad,
        label=label,
        seed=spec.seed,
        meta={"recipe": recipe},
    )


def _start(spec: RunSpec) -> Tensor:
    """``(D,)``, where the run starts."""
    import torch

    from descent_core.training.initial_coefficients import draw

    dtype = getattr(torch, spec.dtype)
    if isinstance(spec.start, Drawn):
        return draw(spec.start.count, spec.start.seed, centred=spec.start.centred).to(dtype)
    return torch.tensor(spec.start, dtype=dtype)


def _optimizer(spec: RunSpec) -> OptimizerFactory | None:
    """What the run's optimizer is made with; ``None`` for plain gradient descent."""
    from descent_core.training.named_optimizers import parse_optimizer
    from descent_core.training.random_search import RandomSearch

    if spec.optimizer is None:
        return None
    if spec.optimizer == SEARCH:
        return partial(RandomSearch, seed=spec.seed)
    return parse_optimizer(spec.optimizer).factory()


def make_listing(spec: ListingSpec) -> Listing:
    """The listing of a specification: its code, run."""
    import torch

    from descent_core.recordings.listing import run_listing
    from descent_core.training.initial_coefficients import draw

    module, _, name = spec.function.partition(":")
    function = getattr(import_module(module), name)
    with torch.random.fork_rng(devices=[]):
        if spec.seed is not None:
            torch.manual_seed(spec.seed)
        start = spec.start
        if isinstance(start, Drawn):
            start = tuple(draw(start.count, start.seed, centred=start.centred).tolist())
        if spec.loss is None:
            return run_listing(function, *start, show=spec.show, raises=spec.raises)
        if spec.lr is None:
            return run_listing(function, make_loss(spec.loss), list(start), show=spec.show)
        coeffs = torch.tensor(list(start)).requires_grad_()
        return run_listing(function, make_loss(spec.loss), coeffs, spec.lr, show=spec.show)
