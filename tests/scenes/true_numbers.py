"""What the tests of a film's numbers share: a field of a recording looked up anew, and a number held against it.

The words for numbers are typed here once more, so that the narrator's own table is held against another.
"""

from __future__ import annotations

import re

import numpy as np

from descent_core import library

#: The words that stand for numbers in the films.
WORDS: dict[str, float] = {
    **{"zero": 0, "half": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "eight": 8, "ten": 10},
    **{"thirteen": 13, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60},
    **{"hundred": 100, "thousand": 1000, "thousands": 1000},
}
FIELD = re.compile(
    r"([\w-]+)\.(coeffs|losses|slopes|grads|tries|try_losses)\[(-?\d+(?:, \d+)?)\]|([\w-]+)\.(steps|dimensions|lr)"
)


def field(source: str) -> float:
    """The value of a field of a recording, such as ``right.losses[60]`` or ``right.slopes[0, 1]``, from the library."""
    match = FIELD.fullmatch(source)
    if match is None:
        raise LookupError(f"{source!r} is no field of a recording")
    label, name, place, counted, count = match.groups()
    if counted:
        return float(getattr(library.recording(counted), count))
    return float(np.asarray(getattr(library.recording(label), name))[tuple(map(int, place.split(", ")))])


def shows(number: str, value: float) -> bool:
    """Whether a number, in digits or as a word, is ``value`` to as many digits as it has."""
    if number.isalpha():
        return WORDS[number] == value
    plain = number.replace(",", "").removeprefix("+")
    rounded = f"{value:.{len(plain.partition('.')[2])}f}"
    return rounded == plain or (float(plain) == 0 and rounded == f"-{plain}")
