"""Part 4, The Gradient: its losses, runs, landscapes and listings.

The claims that the film makes of these runs are tests in ``tests/descent_core/catalogue/test_gradient.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from descent_core.catalogue.specs import FatesSpec, GridSpec, LandscapeSpec, ListingSpec, RunSpec
from descent_core.loss_function import Loss

if TYPE_CHECKING:
    from torch import Tensor

#: Near the top of the mountain: 98 % of the height of its peak.
PEAK = (-2.9, -0.15)
#: On the side of the cabin's valley: who never wipes the compass there goes round and round the cabin.
HILLSIDE = (-1.3, 0.6)
#: The numbers of coefficients with which random search and gradient descent are compared.
CONTEST_SIZES = (1, 10, 100, 1000)
#: How many evaluations of the loss each of the two may use.
EVALUATION_BUDGET = 100
#: A point in the cabin's valley.
CABIN = (-0.01, 0.02)
#: Where the viewer may let the hiker set out: the film's two starts, and places all over the ground that is seen.
STARTS = (
    PEAK, HILLSIDE, (-4.6, -1.3), (-2.0, -2.3), (0.2, -1.9), (1.3, 1.0), (-0.5, 2.2), (2.9, 0.5), (2.3, -2.0),
    (4.9, -2.2), (2.6, -4.9), (-1.2, -4.3),
)  # fmt: skip
#: The learning rates of the bench: so many from crawling to far too big, and those of the film's walks.
TRIED, LEAST, MOST = 64, 0.02, 8.0
#: The learning rates that are tried one after another: how many, and the smallest and the largest.
STRIDES, BABY, GIANT = 40, 0.02, 5.5


def radio(weaker: float = 0.34) -> Loss:
    """A radio with two knobs, between two stations: the mountain of part 4.

    The aerial hears the station ``sin(9 t)`` and, ``weaker`` times as strong, the station
    ``sin(5.4 t + 4)``, for 241 moments ``t`` from -3 to 3. The radio plays
    ``sin((9 + c1) t + c0)``: coefficient 0 is the phase, coefficient 1 the tuning. The loss is the mean squared
    difference, moments near 0 counting most (a Gaussian window of width 0.75).

    Nearly ``1/2 + (1 + w²)/2 - cos(c0) G(c1) - w cos(c0 - 4) G(c1 + 3.6)`` with ``w = weaker`` and
    ``G(u) = exp(-(0.75 u)²/2)``: the two stations are two waves in ``c0``, each under a bell in
    ``c1``. With ``w = 0.34``:

    - the cabin's valley, the strong station: near (-0.01, 0.02), loss 0.058 (what is left is the
      weaker station, which no setting of the two can play as well); curvature 0.58 and 0.99, so
      plain descent is stable there below ``lr`` 2.0;
    - the wrong valley, the weaker station: near (4.05, -3.74), loss 0.726; curvature 0.23 and
      0.34, stable below ``lr`` 5.9: it is wider, and stable for steps that diverge from the cabin's valley;
    - the peak: near (-3.15, 0.02), loss 2.05. All of it repeats with period 2 pi in ``c0``.

    Made for this series, so that a big step leaps right over the cabin's valley.
    """
    import torch

    t = torch.linspace(-3, 3, 241, dtype=torch.float64)
    window = torch.exp(-((t / 0.75) ** 2) / 2)
    window = window / window.sum()
    heard = torch.sin(9.0 * t) + weaker * torch.sin(5.4 * t + 4.0)

    def loss(coeffs: Tensor) -> Tensor:
        played = torch.sin((9.0 + coeffs[1]) * t + coeffs[0])
        return (window * (played - heard) ** 2).sum()

    return loss


def clear_radio() -> Loss:
    """The same radio when the weaker station is off the air: noise-free, so zero can be reached.

    Minimum at (0, 0) with loss 0, curvature 0.56 and 1.0: stable below ``lr`` 2.
    """
    return radio(weaker=0.0)


def bowl(steepness: float = 1.0) -> Loss:
    """``steepness * |c|² / 2`` for any number of coefficients: minimum 0 at the origin.

    Its curvature is ``steepness`` in every direction, so descent multiplies the distance by
    ``1 - lr * steepness`` each step: stable exactly for ``0 < lr < 2 / steepness``.
    """

    def loss(coeffs: Tensor) -> Tensor:
        return steepness * (coeffs**2).sum() / 2

    return loss


def notebook_fit() -> Loss:
    """The mean absolute error of a quadratic fit, as a well-known course notebook has it.

    Three coefficients a, b, c of ``a x² + b x + c``, 20 points from -2 to 2, data
    ``3 x² + 2 x + 1`` with 15 % multiplicative noise and additive noise of 1.5, seeded with 42.
    At (1.1, 1.1, 1.1) the loss is 2.4219 and the gradient (-1.3529, -0.0316, -0.5000). The error is
    a sum of absolute values: its slope does not fade near the minimum.

    Source of the figures: fast.ai's course22, notebook 04, and issue 58 of that repository, which
    reports the forgotten ``zero_()``. Drawn with numpy's legacy generator, which keeps its stream.
    """
    import numpy as np
    import torch

    chance = np.random.RandomState(42)
    x = torch.linspace(-2, 2, 20)[:, None]  # float32, as in the notebook
    truth = (3 * x**2 + 2 * x + 1).numpy().astype(np.float64)
    multiplied = truth * (1 + chance.normal(scale=0.15, size=truth.shape))
    answers = torch.from_numpy(multiplied + chance.normal(scale=1.5, size=truth.shape))

    def loss(coeffs: Tensor) -> Tensor:
        a, b, c = coeffs
        predictions = a * x**2 + b * x + c
        return torch.abs(predictions - answers).mean()

    return loss


def linear_fit(coefficients: int) -> Loss:
    """A linear model with any number of coefficients, without noise: the mean squared error of its fit.

    ``4 * coefficients`` examples with standard normal inputs; the right coefficients are drawn once (seed 0)
    and scaled so that the loss is exactly 1 where all of them are 0. Minimum 0 at the right ones.
    The curvatures lie about between 0.5 and 4.5 whatever the number of coefficients (Marchenko and Pastur,
    1967, for four times as many examples as coefficients), so descent with 1,000 of them is as fast as
    with 10.
    """
    import torch

    generator = torch.Generator().manual_seed(0)
    inputs = torch.randn(4 * coefficients, coefficients, generator=generator, dtype=torch.float64)
    right = torch.randn(coefficients, 1, generator=generator, dtype=torch.float64)
    answers = inputs @ right
    answers = answers / answers.square().mean().sqrt()

    def loss(coeffs: Tensor) -> Tensor:
        return ((inputs @ coeffs[:, None] - answers) ** 2).mean()

    return loss


LOSSES: dict[str, Callable[[], Loss]] = {
    "radio": radio,
    "clear-radio": clear_radio,
    "bowl": bowl,
    "notebook-fit": notebook_fit,
    **{f"linear-fit-{count}": partial(linear_fit, count) for count in CONTEST_SIZES},
}


def _contest() -> dict[str, RunSpec]:
    """Random search and gradient descent with an equal budget of evaluations.

    A gradient step counts as two, as `descent_core.training.cost.evaluations_per_step` finds; a test holds that.
    """
    runs = {}
    for count in CONTEST_SIZES:
        start = (0.0,) * count
        runs[f"guessing-{count}"] = RunSpec(
            f"linear-fit-{count}", start, lr=1.0, steps=EVALUATION_BUDGET, optimizer="random-search"
        )
        runs[f"gradient-{count}"] = RunSpec(f"linear-fit-{count}", start, lr=0.4, steps=EVALUATION_BUDGET // 2)
    return runs


def _strides() -> dict[str, RunSpec]:
    """The hiker's walk with learning rates from tiny to giant, each as many times the one before; rounded to 1e-4."""
    times = (GIANT / BABY) ** (1 / (STRIDES - 1))
    return {
        f"stride-{index:02d}": RunSpec("radio", PEAK, lr=round(BABY * times**index, 4), steps=50)
        for index in range(STRIDES)
    }


RUNS: dict[str, RunSpec] = {
    # Two coefficients changed at random: keep what lowers the loss.
    "fiddling": RunSpec("radio", PEAK, lr=0.8, steps=30, optimizer="random-search"),
    # The hiker's walk, and the same walk with other learning rates.
    "right": RunSpec("radio", PEAK, lr=0.3, steps=60),
    "too-small": RunSpec("radio", PEAK, lr=0.02, steps=60),
    "too-big": RunSpec("radio", PEAK, lr=5.5, steps=60),
    **_strides(),
    # Beyond 2 / curvature on a bowl, every step ends farther out.
    "far-too-big": RunSpec("bowl", (0.6, 0.0), lr=2.2, steps=12),
    # The gradient set to zero after each step, and never.
    "zeroed": RunSpec("radio", HILLSIDE, lr=0.2, steps=50),
    "never-zeroed": RunSpec("radio", HILLSIDE, lr=0.2, steps=50, zero_grad=False),
    "notebook-zeroed": RunSpec("notebook-fit", (1.1, 1.1, 1.1), lr=0.01, steps=401, dtype="float32"),
    "notebook-never-zeroed": RunSpec(
        "notebook-fit", (1.1, 1.1, 1.1), lr=0.01, steps=401, dtype="float32", zero_grad=False
    ),
    **_contest(),
    # Without the weaker station: the loss comes to zero.
    "clear-air": RunSpec("clear-radio", PEAK, lr=0.3, steps=100),
}

LANDSCAPES: dict[str, LandscapeSpec] = {
    "mountain": LandscapeSpec("radio", x=(-9.0, 9.0), y=(-9.0, 7.0), nodes=(289, 257)),
    "clear-mountain": LandscapeSpec("clear-radio", x=(-9.0, 9.0), y=(-9.0, 7.0), nodes=(289, 257)),
    "bowl": LandscapeSpec("bowl", x=(-6.0, 6.0), y=(-6.0, 6.0), nodes=(61, 61)),
}

#: Code on screen.
LISTINGS: dict[str, ListingSpec] = {
    "gradient-reading": ListingSpec(
        "descent_core.training.update_rules:print_gradient",
        "radio",
        PEAK,
        show={"requires_grad_": "coeffs.requires_grad", "loss = ": "' '.join(history(loss))"},
    ),
    "step": ListingSpec(
        "descent_core.training.update_rules:step",
        "radio",
        HILLSIDE,
        lr=RUNS["zeroed"].lr,
        show={"backward": "coeffs.grad", "zero_": "coeffs.grad"},
    ),
    "step-without-zero": ListingSpec(
        "descent_core.training.update_rules:step_without_zero",
        "radio",
        HILLSIDE,
        lr=RUNS["never-zeroed"].lr,
        show={"backward": "coeffs.grad"},
    ),
}


def _tried() -> tuple[float, ...]:
    """Learning rates, each as many times the one before, rounded to 1e-4; and those of the film's own walks."""
    times = (MOST / LEAST) ** (1 / (TRIED - 1))
    even = {round(LEAST * times**index, 4) for index in range(TRIED)}
    return tuple(sorted(even | {RUNS[label].lr for label in ("right", "too-small", "too-big", "zeroed")}))


GRIDS: dict[str, GridSpec] = {
    # All that the viewer can try on the bench below the film.
    "gradient-bench": GridSpec(
        "radio", STARTS, _tried(), steps=60, x=LANDSCAPES["mountain"].x, y=LANDSCAPES["mountain"].y, home=CABIN
    ),
}

FATES: dict[str, FatesSpec] = {
    "gradient-fates": FatesSpec("gradient-bench", _tried()[2::3], nodes=(113, 101)),
}
