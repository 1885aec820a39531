"""The losses of the series. Each says its knobs, its minima, its curvature and where it comes from.

Every loss is a callable of one ``(D,)`` tensor, made by a function without required arguments, so
that a run can name it (`make`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from descent_core.errors import UnknownLabel
from descent_core.steps import Loss


def radio(weaker: float = 0.34) -> Loss:
    """A radio with two knobs, between two stations: the mountain of part 4.

    The aerial hears the station ``sin(9 t)`` and, ``weaker`` times as strong, the station
    ``sin(5.4 t + 4)``, for 241 moments ``t`` from -3 to 3. The radio plays
    ``sin((9 + c1) t + c0)``: knob 0 is phase, knob 1 is tuning. The loss is the mean squared
    difference, moments near 0 counting most (a Gaussian window of width 0.75).

    Nearly ``1/2 + (1 + w²)/2 - cos(c0) G(c1) - w cos(c0 - 4) G(c1 + 3.6)`` with ``w = weaker`` and
    ``G(u) = exp(-(0.75 u)²/2)``: the two stations are two waves in ``c0``, each under a bell in
    ``c1``. With ``w = 0.34``:

    - the cabin's valley, the strong station: near (-0.01, 0.02), loss 0.058 (what is left is the
      weaker station, which no setting of the knobs can play as well); curvature 0.58 and 0.99, so
      plain descent is stable there below ``lr`` 2.0;
    - the wrong valley, the weaker station: near (4.05, -3.74), loss 0.726; curvature 0.23 and
      0.34, stable below ``lr`` 5.9: it is wider, and holds steps that the cabin's valley throws out;
    - the peak: near (-3.15, 0.02), loss 2.05. All of it repeats with period 2 pi in ``c0``.

    A narrower cousin of the two-knob radio of this project's brief, in which a big step leaps
    right over the cabin's valley. Made for this series.
    """
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
    """``steepness * |c|² / 2`` for any number of knobs: minimum 0 at the origin.

    Its curvature is ``steepness`` in every direction, so descent multiplies the distance by
    ``1 - lr * steepness`` each step: stable exactly for ``0 < lr < 2 / steepness``.
    """

    def loss(coeffs: Tensor) -> Tensor:
        return steepness * (coeffs**2).sum() / 2

    return loss


def notebook() -> Loss:
    """The mean absolute error of a quadratic fit, as a well-known course notebook has it.

    Three coefficients a, b, c of ``a x² + b x + c``, 20 points from -2 to 2, data
    ``3 x² + 2 x + 1`` with 15 % multiplicative noise and additive noise of 1.5, seeded with 42.
    At (1.1, 1.1, 1.1) the loss is 2.4219 and the gradient (-1.3529, -0.0316, -0.5000). The error is
    a sum of absolute values: its slope does not fade near the minimum.

    Source of the figures: fast.ai's course22, notebook 04, and issue 58 of that repository, which
    reports the forgotten ``zero_()``. Drawn with numpy's legacy generator, which keeps its stream.
    """
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


def dials(knobs: int) -> Loss:
    """A machine with any number of knobs, and no noise: mean squared error of a linear fit.

    ``4 * knobs`` examples with standard normal inputs; the right setting is drawn once (seed 0)
    and scaled so that the loss is exactly 1 with all knobs at 0. Minimum 0 at that setting.
    The curvatures lie about between 0.5 and 4.5 whatever the number of knobs (Marchenko and Pastur,
    1967, for inputs four times as many as knobs), so the ground is no harder to walk with 1,000
    knobs than with 10, only wider.
    """
    generator = torch.Generator().manual_seed(0)
    inputs = torch.randn(4 * knobs, knobs, generator=generator, dtype=torch.float64)
    right = torch.randn(knobs, 1, generator=generator, dtype=torch.float64)
    answers = inputs @ right
    answers = answers / answers.square().mean().sqrt()

    def loss(coeffs: Tensor) -> Tensor:
        return ((inputs @ coeffs[:, None] - answers) ** 2).mean()

    return loss


_MAKERS: dict[str, Callable[[], Loss]] = {
    "radio": radio,
    "clear-radio": clear_radio,
    "bowl": bowl,
    "notebook": notebook,
    "dials-1": lambda: dials(1),
    "dials-10": lambda: dials(10),
    "dials-100": lambda: dials(100),
    "dials-1000": lambda: dials(1000),
}


def make(name: str) -> Loss:
    """The loss of that name, as runs and landscapes name it."""
    if name not in _MAKERS:
        raise UnknownLabel(f"There is no loss called {name!r}. There are: {', '.join(_MAKERS)}.")
    return _MAKERS[name]()
