"""Numbers for people: three digits, and no more zeros than can be read."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.stage.number_sources import note_source

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def three_digits(value: float) -> str:
    """A number in three digits; one that knows its source (`scenes.stage.traced_run`) is noted so.

    >>> three_digits(158.6597), three_digits(0.02), three_digits(1234567.0), three_digits(1.4e-8)
    ('159', '0.02', '1.23e6', '1.4e-8')
    >>> three_digits(-0.0), three_digits(24.2)
    ('0', '24.2')
    """
    text = f"{value + 0.0:.3g}"
    if "e" in text:
        digits, power = text.split("e")
        text = f"{float(text):.0f}" if 0 <= int(power) < 5 else f"{digits}e{int(power)}"
    source = getattr(value, "source", None)
    return note_source(text, source) if source else text


def told_apart(value: float, other: float) -> str:
    """A number in three digits, or in as many as it takes to tell it from another.

    >>> told_apart(44.7, 11.5), told_apart(5.83941, 5.83962), told_apart(1e9 + 0.25, 1e9), told_apart(2.0, 2.0)
    ('44.7', '5.839', '1000000000.2', '2')
    """
    if value == other or f"{value:.3g}" != f"{other:.3g}":
        return three_digits(value)
    digits = next(digits for digits in range(4, 18) if f"{value:.{digits}g}" != f"{other:.{digits}g}")
    text = f"{value + 0.0:.{digits}g}"
    source = getattr(value, "source", None)
    return note_source(text, source) if source else text


def power_of_ten(exponent: int) -> str:
    """A mark of a logarithmic axis.

    >>> power_of_ten(-8), power_of_ten(0), power_of_ten(2), power_of_ten(-2)
    ('10⁻⁸', '1', '100', '0.01')
    """
    if -2 <= exponent <= 3:
        return f"{10.0**exponent:g}"
    return "10" + str(exponent).translate(_SUPERSCRIPT)


def joined(things: Sequence[str]) -> str:
    """An enumeration.

    >>> joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"
