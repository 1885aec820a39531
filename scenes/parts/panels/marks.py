"""Marks of an axis: round numbers that can be told apart, two at least, also where the range is small beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from descent_core.round_numbers import round_values

#: Digits that a mark has at most; where more are needed to tell two apart, what they share is said once.
_DIGITS = 4
#: From these powers of ten on, and down to these, numbers are written with their exponent.
_GREAT, _TINY = 5, -4
#: The narrowest range beside its values, as a fraction of them, in which floating point can tell marks apart.
_NARROWEST = 1e-13


@dataclass(frozen=True)
class Marks:
    """What is written along an axis.

    Attributes
    ----------
    values
        ``(n,)``, where the marks are; two or more.
    texts
        What is written at each: the value, or how far it is above the offset.
    offset
        What is to be added to all of them, such as ``+1e9``; empty for nothing.
    """

    values: NDArray[np.float64]
    texts: tuple[str, ...]
    offset: str = ""


def axis_marks(low: float, high: float, count: int) -> Marks:
    """Marks from ``low`` to ``high``: about ``count`` of them, two at least.

    The range is at least so wide that its ends can be told apart: see `widened`.

    >>> axis_marks(0.2, 1.9, 3).texts, axis_marks(2.0003, 2.0021, 3).texts
    (('0.5', '1', '1.5'), ('2.001', '2.002'))
    >>> axis_marks(1e9 - 0.1, 1e9 + 2.2, 3).texts, axis_marks(1e9 - 0.1, 1e9 + 2.2, 3).offset
    (('0', '1', '2'), '+1e9')
    >>> axis_marks(0, 2.5e6, 3).texts
    ('0', '1e6', '2e6')
    """
    for more in range(max(count, 2), 4 * max(count, 2)):
        base = _shared(low, high)
        above = round_values(low - base, high - base, more)
        if len(above) > 1:
            break
    step = float(above[1] - above[0])
    values = above + base
    if base and _digits(values, step) <= _DIGITS:
        return Marks(values, _written(values, step))
    return Marks(values, _written(above, step), _offset(base) if base else "")


def widened(low: float, high: float) -> tuple[float, float]:
    """A range that is no wider than needed for its ends to be told apart.

    >>> widened(1.0, 2.0), widened(5.0, 5.0)
    ((1.0, 2.0), (4.5, 5.5))
    """
    most = max(abs(low), abs(high))
    if high - low > _NARROWEST * most:
        return low, high
    room = 0.1 * most if most > 0 else 1.0
    return (low + high) / 2 - room, (low + high) / 2 + room


def _shared(low: float, high: float) -> float:
    """What the values of a range share: a number with few digits near all of them; 0 if they need no such."""
    most, span = max(abs(low), abs(high)), high - low
    if most < span * 10.0 ** (_DIGITS - 1) / 4:
        return 0.0
    middle = (low + high) / 2
    for power in range(int(np.floor(np.log10(most))), int(np.floor(np.log10(span))) - 1, -1):
        base = float(f"{round(middle / 10.0**power)}e{power}")
        if base and max(abs(low - base), abs(high - base)) < 20 * span:
            return base
    return 0.0


def _digits(values: NDArray[np.float64], step: float) -> int:
    """How many significant digits tell values apart that are so many steps from 0."""
    most = float(np.abs(values).max())
    return int(np.floor(np.log10(most * (1 + 1e-12))) - np.floor(np.log10(step * (1 + 1e-6)))) + 1


def _written(values: NDArray[np.float64], step: float) -> tuple[str, ...]:
    """Multiples of a step: with as many decimals as they need, or as digits and an exponent.

    >>> _written(np.array([0.0, 5e4, 1e5]), 5e4), _written(np.array([0.9, 1.0]), 0.1)
    (('0', '5e4', '1e5'), ('0.9', '1'))
    """
    power = int(np.floor(np.log10(float(np.abs(values).max()) * (1 + 1e-12))))
    last = int(np.floor(np.log10(step * (1 + 1e-6))))
    if last >= _TINY and power < _GREAT:
        return tuple(_plain(f"{value:.{max(-last, 0)}f}") for value in values)
    return tuple("0" if abs(value) < step / 2 else _with_exponent(float(value), last) for value in values)


def _with_exponent(value: float, last: int) -> str:
    """Digits down to the power of ten ``last``, and an exponent."""
    power = int(np.floor(np.log10(abs(value) * (1 + 1e-12))))
    mantissa, exponent = f"{value:.{max(power - last, 0)}e}".split("e")
    return f"{_plain(mantissa)}e{int(exponent)}"


def _offset(base: float) -> str:
    """A number to be added, with its sign.

    >>> _offset(1e9), _offset(-2500.0), _offset(1.2345e7), _offset(-0.0316227766017)
    ('+1e9', '-2500', '+1.2345e7', '-0.0316227766017')
    """
    mantissa, power = f"{base:.15e}".split("e")
    plain = np.format_float_positional(base, trim="-")
    text = plain if -3 < int(power) < _GREAT else f"{_plain(mantissa)}e{int(power)}"
    return text if base < 0 else f"+{text}"


def _plain(number: str) -> str:
    """Without trailing zeros behind the point, and without a sign before 0."""
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return "0" if number == "-0" else number
