"""Round numbers, for axes and scales: 1, 2 or 5 times a power of ten. numpy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def nearest_round_number(value: float) -> float:
    """The number of the series 1, 2, 5, 10, … that is nearest to a positive ``value`` in proportion.

    >>> nearest_round_number(2.9), nearest_round_number(0.034), nearest_round_number(800)
    (2.0, 0.05, 1000.0)
    """
    power = int(np.floor(np.log10(value)))
    candidates = (float(f"{lead}e{power}") for lead in (1, 2, 5, 10))
    return min(candidates, key=lambda candidate: abs(np.log(candidate / value)))


def round_values(low: float, high: float, count: int) -> NDArray[np.float64]:
    """Round numbers from ``low`` to ``high``, evenly spaced, about ``count`` of them and never more than one above.

    >>> round_values(-0.63, 4.36, 4).tolist()
    [0.0, 2.0, 4.0]
    """
    coarse = (high - low) / count
    step = 10.0 ** np.floor(np.log10(coarse))
    step *= next(times for times in (1, 2, 5, 10) if step * times >= coarse * (1 - 1e-9))
    return np.asarray(np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) * step + 0.0, np.float64)
