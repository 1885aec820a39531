"""Evidence: what a loss itself says of where a walk ended. A recording keeps it, so that it can be read without torch.

The walk alone can't tell a minimum from a plateau, nor a valley's floor from its deepest point. `record` has the loss
at hand, so it asks it when the walk is over (`descent_core.training.evidence`), and the verdict rests on both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Curvature:
    """How the ground bends at a point, and what is left to gain by a quadratic that bends like it.

    Attributes
    ----------
    slope
        The length of the gradient; 0 where it is no more than rounding.
    along
        The curvature in the direction of the slope; 0 where there is no slope.
    sharpest, flattest
        The largest and the smallest curvature that were found; below 0 the ground falls away.
    gain_left
        How much lower the quadratic is at its minimum; infinite where it has none.
    way_left
        How far it is to there, in units of the coefficients: the length of Newton's step.
    resolved
        Whether both are known: few coefficients, or enough products for many. If not, both are lower bounds.
    products
        How many Hessian-vector products it took.
    """

    slope: float
    along: float
    sharpest: float
    flattest: float
    gain_left: float
    way_left: float
    resolved: bool
    products: int


@dataclass(frozen=True)
class ExpectedLoss:
    """The expected loss along a walk on a loss with chance in it: the mean of many draws, the same at each row.

    Attributes
    ----------
    rows, losses
        The rows of the walk at which it was worked out, the first and the last among them, and what it is there.
    draws
        Of how many draws it is the mean.
    spread
        The standard deviation of a single draw where the walk began.

    Examples
    --------
    >>> loss = ExpectedLoss((0, 10, 20), (3.0, 2.0, 1.5), draws=32, spread=0.4)
    >>> loss.at([0, 5, 20]).tolist()
    [3.0, 2.5, 1.5]
    """

    rows: tuple[int, ...]
    losses: tuple[float, ...]
    draws: int
    spread: float

    def at(self, rows: Any) -> NDArray[np.float64]:
        """The expected loss at any ``rows``, in their shape: between two that were worked out, on a straight line."""
        return np.asarray(np.interp(rows, self.rows, self.losses))


@dataclass(frozen=True)
class Evidence:
    """What was asked of the loss where a walk ended; what could not be known is ``None``.

    Attributes
    ----------
    curvature
        At the last point; of the expected loss, where there is chance in it.
    expected
        Where there is chance in the loss.
    level
        Whether, to some side, the loss stays as it is for as far as the walk went: asked where neither slope nor
        curvature say much.

    Examples
    --------
    >>> bend = Curvature(0.0, 0.0, 2.0, 2.0, gain_left=0.0, way_left=0.0, resolved=True, products=1)
    >>> Evidence.from_json(Evidence(bend).to_json()) == Evidence(bend)
    True
    """

    curvature: Curvature | None = None
    expected: ExpectedLoss | None = None
    level: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """All fields as JSON values; what is not finite is its name."""
        return {
            "curvature": self.curvature and {name: _plain(value) for name, value in asdict(self.curvature).items()},
            "level": self.level,
            "expected": self.expected and {name: _plain(value) for name, value in asdict(self.expected).items()},
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any] | None) -> Evidence:
        """The evidence that `to_json` wrote down; of nothing, none.

        Raises
        ------
        TypeError, ValueError, KeyError
            It is no evidence.
        """
        if values is None:
            return cls()
        curvature, expected = values["curvature"], values["expected"]
        if not all(part is None or isinstance(part, Mapping) for part in (curvature, expected)):
            raise TypeError("evidence must be a curvature and an expected loss, or nothing")
        if curvature is not None:
            sizes = {name: float(value) for name, value in curvature.items() if name not in ("resolved", "products")}
            curvature = Curvature(**sizes, resolved=bool(curvature["resolved"]), products=int(curvature["products"]))
        if expected is not None:
            rows, losses = tuple(map(int, expected["rows"])), tuple(map(float, expected["losses"]))
            if len(rows) != len(losses) or not rows or list(rows) != sorted(set(rows)) or rows[0] < 0:
                raise ValueError("the expected loss must have one value at each of its rows, in their order")
            expected = ExpectedLoss(rows, losses, int(expected["draws"]), float(expected["spread"]))
        return cls(curvature, expected, None if values["level"] is None else bool(values["level"]))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, float) and not np.isfinite(value) else value
