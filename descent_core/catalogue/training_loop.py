"""Part 5, The training loop: its losses, runs, landscapes and listings.

The claims that the film makes of these runs are tests in ``tests/descent_core/catalogue/test_training_loop.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from descent_core.catalogue.passengers.answers import NETWORK, answers_of, training_set
from descent_core.catalogue.passengers.manifest import COLUMNS
from descent_core.catalogue.specs import Drawn, LandscapeSpec, ListingSpec, RunSpec
from descent_core.loss_function import Loss

if TYPE_CHECKING:
    from torch import Tensor

#: From here the machine's first answers are as good as a coin's: about half of them are right.
COIN = Drawn(len(COLUMNS), seed=20)


def passengers(score: str = "squared", model: str = "sigmoid", scaled: bool = True) -> Loss:
    """How wrong the machine is about the 1,761 people that it learns from, on average.

    Parameters
    ----------
    score
        ``squared`` or ``absolute``: what becomes of answer minus fate before the mean is taken.
    model
        What makes an answer of a row: see `descent_core.catalogue.passengers.answers.answers_of`.
    scaled
        Whether each column was divided by its largest number.

    Notes
    -----
    The columns cover everybody (each is male or female, adult or child), so the line needs no constant of its own;
    and so four directions change no answer: the minimum is a flat floor, and what a coefficient by itself is worth
    depends on the start. Differences between columns of a group do not. The steepest curvature of the line with
    squares is 5.12 scaled and 1,001,845 as it stands.
    """
    import torch

    rows, fates = training_set(scaled)

    def loss(coeffs: Tensor) -> Tensor:
        missed = answers_of(coeffs, rows, model) - fates
        return (missed**2).mean() if score == "squared" else torch.abs(missed).mean()

    return loss


LOSSES: dict[str, Callable[[], Loss]] = {
    "passengers": passengers,
    "passengers-absolute": partial(passengers, score="absolute"),
    "passengers-raw": partial(passengers, scaled=False),
    "passengers-line": partial(passengers, model="line"),
    "passengers-line-raw": partial(passengers, model="line", scaled=False),
    "passengers-line-absolute": partial(passengers, score="absolute", model="line"),
    "passengers-hidden": partial(passengers, model="hidden"),
}

_VOYAGE = RunSpec("passengers", COIN, lr=10.0, steps=200, dtype="float32")
_LINE = replace(_VOYAGE, loss="passengers-line", lr=0.3)

RUNS: dict[str, RunSpec] = {
    # The engine runs: squares, squeezed, each column divided by its largest.
    "voyage": _VOYAGE,
    "voyage-10000": replace(_VOYAGE, steps=10_000),
    # The same with the absolute score.
    "absolute": replace(_VOYAGE, loss="passengers-absolute", lr=30.0, steps=60),
    # The key turned on columns as they stand: with the squeeze, and without.
    "raw": replace(_VOYAGE, loss="passengers-raw"),
    "raw-linear": replace(_LINE, loss="passengers-line-raw", lr=1e-6),
    "raw-same-step": replace(_LINE, loss="passengers-line-raw"),
    # Three keys: too small, and a leap onto flat ground.
    "timid": replace(_VOYAGE, lr=0.01),
    "flat": replace(_VOYAGE, lr=300.0),
    # Without the squeeze: answers beyond certain; strides too big for it; and zero_() forgotten.
    "unsqueezed": replace(_LINE, loss="passengers-line-absolute", start=Drawn(len(COLUMNS), 42), lr=0.05, steps=100),
    "line": _LINE,
    "explodes": replace(_LINE, lr=2.0),
    "forgetful": replace(_LINE, zero_grad=False),
    # One hidden layer of twenty.
    "hidden": replace(_VOYAGE, loss="passengers-hidden", start=Drawn(NETWORK, 20), lr=5.0),
}

LANDSCAPES: dict[str, LandscapeSpec] = {}

#: Code on screen.
LISTINGS: dict[str, ListingSpec] = {
    "loop": ListingSpec(
        "descent_core.catalogue.passengers.whole_loop:whole_loop",
        "passengers",
        COIN,
        lr=_VOYAGE.lr,
        show={"loss = ": "f'{loss:.4f}'", "zero_": "' '.join(f'{c:+.2f}' for c in coeffs.tolist())"},
    ),
}
