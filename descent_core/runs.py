"""RUNS: every run that a film shows, by label. Names and numbers only; nothing here runs torch.

The claims that the films make of these runs are tests in ``tests/descent_core/test_claims.py``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

#: Near the top of the mountain: 98 % of the height of its peak.
PEAK = (-2.9, -0.15)
#: On the side of the cabin's valley.
HILLSIDE = (-1.2, 0.5)
#: How many knobs the contest of guessing and the gradient is held with.
KNOBS = (1, 10, 100, 1000)
#: How many looks at the scorecard each of the two may take.
BUDGET = 100


@dataclass(frozen=True)
class Run:
    """How to make a recording: the arguments of `descent_core.recorder.record`, by name."""

    loss: str
    start: tuple[float, ...]
    lr: float
    steps: int
    zero_grad: bool = True
    optimizer: str | None = None
    dtype: str = "float64"
    seed: int = 0

    def recipe(self) -> dict[str, Any]:
        """As plain JSON values, to be kept with the recording."""
        return {**asdict(self), "start": list(self.start)}


@dataclass(frozen=True)
class Ground:
    """How to sample a landscape: a loss of two knobs, over which area, how finely."""

    loss: str
    x: tuple[float, float]
    y: tuple[float, float]
    nodes: tuple[int, int]

    def recipe(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


def _contest() -> dict[str, Run]:
    """Guessing and the gradient with an equal budget: a gradient step is charged two evaluations
    (counted by `descent_core.cost.evaluations_per_step`; a test holds the two together)."""
    runs = {}
    for knobs in KNOBS:
        start = (0.0,) * knobs
        runs[f"guessing-{knobs}"] = Run(f"dials-{knobs}", start, lr=1.0, steps=BUDGET, optimizer="guess")
        runs[f"gradient-{knobs}"] = Run(f"dials-{knobs}", start, lr=0.4, steps=BUDGET // 2)
    return runs


RUNS: dict[str, Run] = {
    # Two knobs turned by hand: guess, listen, keep what helps.
    "fiddling": Run("radio", PEAK, lr=0.8, steps=30, optimizer="guess"),
    # The hiker's walk, and the same walk with other strides.
    "right": Run("radio", PEAK, lr=0.3, steps=60),
    "too-small": Run("radio", PEAK, lr=0.02, steps=60),
    "too-big": Run("radio", PEAK, lr=5.5, steps=60),
    # Beyond 2 / curvature on a bowl, every step throws the hiker out farther.
    "far-too-big": Run("bowl", (0.6, 0.0), lr=2.2, steps=12),
    # The compass wiped clean after each step, and never.
    "zeroed": Run("radio", HILLSIDE, lr=0.1, steps=100),
    "never-zeroed": Run("radio", HILLSIDE, lr=0.1, steps=100, zero_grad=False),
    "notebook-zeroed": Run("notebook", (1.1, 1.1, 1.1), lr=0.01, steps=401, dtype="float32"),
    "notebook-never-zeroed": Run("notebook", (1.1, 1.1, 1.1), lr=0.01, steps=401, dtype="float32", zero_grad=False),
    **_contest(),
    # No noise on the air: the scorecard comes to zero.
    "clear-air": Run("clear-radio", PEAK, lr=0.3, steps=100),
}

LANDSCAPES: dict[str, Ground] = {
    "mountain": Ground("radio", x=(-9.0, 9.0), y=(-9.0, 7.0), nodes=(289, 257)),
    "clear-mountain": Ground("clear-radio", x=(-9.0, 9.0), y=(-9.0, 7.0), nodes=(289, 257)),
    "bowl": Ground("bowl", x=(-6.0, 6.0), y=(-6.0, 6.0), nodes=(61, 61)),
}

#: Code on screen: label to the function of `descent_core.steps`, the loss, the start, and which
#: expression to watch at which line.
LISTINGS: dict[str, dict[str, Any]] = {
    "compass-reading": {
        "function": "compass_reading",
        "loss": "radio",
        "start": list(PEAK),
        "show": {"requires_grad_": "coeffs.requires_grad", "loss = ": "' '.join(history(loss))"},
    },
    "step": {
        "function": "step",
        "loss": "radio",
        "start": list(HILLSIDE),
        "lr": RUNS["zeroed"].lr,
        "show": {"backward": "coeffs.grad", "zero_": "coeffs.grad"},
    },
    "step-without-zero": {
        "function": "step_without_zero",
        "loss": "radio",
        "start": list(HILLSIDE),
        "lr": RUNS["never-zeroed"].lr,
        "show": {"backward": "coeffs.grad"},
    },
}
