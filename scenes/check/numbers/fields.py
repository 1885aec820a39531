"""Fields of recordings, read back from the sources of numbers (`scenes.stage.number_sources`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from descent_core.explore.summary import projected_label
from descent_core.recordings.trajectory import Trajectory
from scenes.narration.languages import en
from scenes.stage.number_sources import Shown

_FIELD = re.compile(
    r"(?P<label>.+)\.(?:(?P<name>coeffs|losses|expected_losses|slopes|grads|step_lengths|tries|try_losses)"
    r"\[(?P<row>\d+)(?:, (?P<column>\d+))?\]"
    r"|(?P<count>steps|dimensions|lr))"
)
#: What an exploration found out of a run: not in the recording of the run, but of it.
_VERDICT = re.compile(r"ground\.verdicts\.(?P<label>.+)\.(?P<name>\w+(?:\[\d\])?)")
_ON_PLANE = projected_label("")
_SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@dataclass(frozen=True)
class Field:
    """A field of a recording, as a source names it.

    Attributes
    ----------
    label, name
        Of the recording, and of the field.
    places
        The row, and the column, where it has them.
    """

    label: str
    name: str
    places: tuple[int, ...] = ()

    def __str__(self) -> str:
        """As a scene would write it.

        >>> str(Field("right", "slopes", (3, 1))), str(Field("right", "lr"))
        ('right.slopes[3, 1]', 'right.lr')
        """
        row = f"[{', '.join(map(str, self.places))}]" if self.places else ""
        return f"{self.label}.{self.name}{row}"

    @property
    def row(self) -> int | None:
        """The row of the recording, if it is of one."""
        return self.places[0] if self.places else None

    def value(self, run: Trajectory) -> float | None:
        """What stands there in ``run``; None if nothing does."""
        values = getattr(run, self.name, None)
        try:
            return None if values is None else float(np.asarray(values)[self.places])
        except IndexError:
            return None


def field_of(source: str | None) -> Field | None:
    """The field that a source names; None if it is none of a run.

    >>> field_of("right.slopes[3, 1]"), field_of("too-big.lr")
    (Field(label='right', name='slopes', places=(3, 1)), Field(label='too-big', name='lr', places=()))
    >>> field_of("ground.verdicts.run-1.last_loss"), field_of("a constant: its place in the series")
    (Field(label='run-1', name='last_loss', places=()), None)
    """
    if source is None:
        return None
    if verdict := _VERDICT.fullmatch(source):
        return Field(verdict["label"], verdict["name"])
    match = _FIELD.fullmatch(source)
    if match is None:
        return None
    places = tuple(int(place) for place in (match["row"], match["column"]) if place is not None)
    return Field(run_label(match["label"]), match["name"] or match["count"], places)


def is_verdict(source: str | None) -> bool:
    """Whether a source is what became of a run, as an exploration found out; where it began is not.

    >>> is_verdict("ground.verdicts.run-1.last_loss"), is_verdict("ground.verdicts.run-1.first_loss")
    (True, False)
    >>> is_verdict("right.losses[60]")
    False
    """
    match = _VERDICT.fullmatch(source or "")
    return match is not None and match["name"] != "first_loss"


def fields_of(shown: Shown | None, runs: Mapping[str, Trajectory]) -> list[Field]:
    """The fields of a text's numbers that are of one of these recordings, by label."""
    found = [] if shown is None else [field_of(source) for _, source in shown.sources]
    return [field for field in found if field is not None and field.label in runs]


def run_label(label: str) -> str:
    """The label of the run that a recording is of: one that was projected onto a plane is the same run.

    >>> run_label("run-1-on-plane"), run_label("right")
    ('run-1', 'right')
    """
    return label.removesuffix(_ON_PLANE)


def value_of(number: str) -> float:
    """The value of a number as it stands in a text.

    >>> value_of("1,000"), value_of("-0.04"), value_of("10⁻⁸"), value_of("dozen")
    (1000.0, -0.04, 1e-08, 12.0)
    """
    if number.isalpha():
        return float({**en.QUANTITY_WORDS, **en.NUMBER_WORDS}[number])
    digits = number.replace(",", "")
    plain = digits.rstrip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    power = digits[len(plain) :].translate(_SUPERSCRIPT)
    return float(plain) ** int(power) if power else float(plain)


def shows(number: str, value: float) -> bool:
    """Whether a number in a text is a value, to as many digits as it has.

    >>> shows("0.06", 0.0579), shows("0.05", 0.0579), shows("12300", 12345.6), shows("two", 2), shows("+0.3", -0.3)
    (True, False, True, True, False)
    """
    if number.isalpha() or not np.isfinite(value) or number.endswith(tuple("⁰¹²³⁴⁵⁶⁷⁸⁹")):
        return value_of(number) == value or not np.isfinite(value)
    mantissa, _, power = number.replace(",", "").partition("e")
    whole, _, decimals = mantissa.lstrip("+-").partition(".")
    # Of a number in round thousands, three digits are what it says.
    zeros = 0 if decimals else min(len(whole) - len(whole.rstrip("0")), max(len(whole) - 3, 0))
    unit = 10.0 ** (int(power or 0) + zeros - len(decimals))
    return abs(value_of(number) - value) <= 0.5 * unit * (1 + 1e-6) + 1e-12
