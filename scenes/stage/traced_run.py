"""Numbers that know where they come from: a recording whose values name their field when they are put into words.

A scene writes ``f"{run.losses[-1]:.2f}"``, as anybody would. If ``run`` is `traced`, the formatted text is noted
together with the field, ``right.losses[60]`` (`scenes.stage.number_sources`). What is computed from a field has no
source any more, until the scene gives it one: `sourced`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.stage.number_sources import Constant, note_constant, note_source

#: Whether something is true of a number.
Holds = Callable[[Any], Any]


class TracedFloat(np.float64):
    """A number that knows the field of a recording that it is.

    Formatting it notes its ``source``; arithmetic gives plain numbers.

    >>> loss = TracedFloat(0.0625, "right.losses[60]")
    >>> f"{loss:.2f}", loss.source, type(loss * 2).__name__
    ('0.06', 'right.losses[60]', 'float64')
    """

    source: str

    def __new__(cls, value: float, source: str) -> TracedFloat:
        made = super().__new__(cls, value)
        made.source = source
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return TracedFloat, (float(self), self.source)

    def __format__(self, spec: str) -> str:
        return note_source(super().__format__(spec), self.source)


class TracedInt(int):
    """A count that knows the field of a recording that it is, ``source``; formatting it notes that.

    >>> steps = TracedInt(60, "right.steps")
    >>> f"{steps}", steps.source, type(steps + 1).__name__
    ('60', 'right.steps', 'int')
    """

    source: str

    def __new__(cls, value: int, source: str) -> TracedInt:
        made = super().__new__(cls, value)
        made.source = source
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return TracedInt, (int(self), self.source)

    def __format__(self, spec: str) -> str:
        return note_source(super().__format__(spec), self.source)


@overload
def sourced(value: int, source: str) -> TracedInt: ...
@overload
def sourced(value: float, source: str) -> TracedFloat: ...
def sourced(value: float, source: str) -> TracedFloat | TracedInt:
    """A number that a scene computed, with a source that says from what.

    >>> halved = sourced(0.5 / 2, "half of right.losses[3]")
    >>> f"{halved:.2f}", halved.source
    ('0.25', 'half of right.losses[3]')
    """
    if isinstance(value, int | np.integer):
        return TracedInt(int(value), source)
    return TracedFloat(float(value), source)


@overload
def constant(value: int, reason: str, *, equals: float | None = None, holds: Holds | None = None) -> TracedInt: ...
@overload
def constant(value: float, reason: str, *, equals: float | None = None, holds: Holds | None = None) -> TracedFloat: ...
def constant(
    value: float, reason: str, *, equals: float | None = None, holds: Holds | None = None
) -> TracedFloat | TracedInt:
    """A number that no run gave, with the reason why it is shown. The check lists all of a scene.

    Parameters
    ----------
    value, reason
        The number, and why it is shown.
    equals
        What it must be if the reason is still true, computed from what it is about; another value is a fault.
    holds
        Whether the reason is true of a number, where it names none: a fault if it is not of this one.

    Examples
    --------
    >>> from scenes.outline import outline
    >>> constant(4, "this part's place in the series", equals=outline("gradient").number).source
    "a constant: this part's place in the series"
    >>> float(constant(0.5, "less than a whole", holds=lambda number: number < 1))
    0.5
    """
    must = None if equals is None else float(equals)
    note_constant(Constant(float(value), reason, must, None if holds is None else bool(holds(value))))
    return sourced(value, f"a constant: {reason}")


class _Column(np.ndarray[Any, np.dtype[np.float64]]):
    """An array of a recording, whose elements are `TracedFloat`; what is computed from it is a plain array."""

    #: The field, and for each of its axes the row that was taken, or the rows that are left.
    field: str | None
    places: tuple[int | range, ...]

    @classmethod
    def of(cls, values: NDArray[np.float64], field: str) -> _Column:
        made = values.view(cls)
        made.field, made.places = field, tuple(range(length) for length in values.shape)
        return made

    def __array_finalize__(self, source: Any) -> None:
        self.field, self.places = None, ()

    def __array_wrap__(self, values: Any, context: Any = None, return_scalar: bool = False) -> Any:
        plain = np.asarray(values)
        return plain[()] if return_scalar else plain

    def __getitem__(self, key: Any) -> Any:
        got = super().__getitem__(key)
        if self.field is None:
            return got
        places = self._at(key)
        if places is None:
            return np.asarray(got) if isinstance(got, np.ndarray) else got
        if isinstance(got, _Column):
            got.field, got.places = self.field, places
            return got
        return TracedFloat(got, f"{self.field}[{', '.join(str(place) for place in places)}]")

    def __iter__(self) -> Iterator[Any]:
        return (self[index] for index in range(len(self)))

    def _at(self, key: Any) -> tuple[int | range, ...] | None:
        """The places that a key of plain indices and slices takes; None for any other."""
        keys = list(key) if isinstance(key, tuple) else [key]
        if not all(isinstance(index, int | np.integer | slice) and not isinstance(index, bool) for index in keys):
            return None
        taken: list[int | range] = []
        for place in self.places:
            if isinstance(place, range) and keys:
                taken.append(place[keys.pop(0)])
            else:
                taken.append(place)
        return tuple(taken)


@dataclass(frozen=True)
class Origin:
    """Where in a recording the values of an array are.

    Attributes
    ----------
    label, field
        Of the recording, and which of its arrays.
    places
        For each axis of that array the row that was taken, or the rows.
    """

    label: str
    field: str
    places: tuple[int | range, ...]

    def values(self, run: Trajectory) -> NDArray[np.float64]:
        """What stands there in ``run``."""
        taken = np.asarray(getattr(run, self.field), dtype=np.float64)
        lengths = [len(place) for place in self.places if isinstance(place, range)]
        return taken[np.ix_(*([place] if isinstance(place, int) else place for place in self.places))].reshape(lengths)


def origin(values: object) -> Origin | None:
    """Where an array was taken from, by plain indices and slices, out of a `traced` recording; None of any other.

    >>> run = traced(Trajectory("halving", [[2.0], [1.0]], [4.0, 1.0], [[4.0], [2.0]], [[4.0]], lr=0.25))
    >>> origin(run.coeffs[:, 0])
    Origin(label='halving', field='coeffs', places=(range(0, 2), 0))
    >>> origin(run.losses[1:]).values(run), origin(run.losses * 2)
    (array([1.]), None)
    """
    if not isinstance(values, _Column) or values.field is None:
        return None
    label, _, field = values.field.rpartition(".")
    return Origin(label, field, values.places)


class _Traced(Trajectory):
    """A recording whose numbers name their fields when they are put into words."""

    def __init__(self, run: Trajectory) -> None:
        for name, value in vars(run).items():
            if name not in vars(_Traced):  # what was worked out of the run before is worked out anew, and traced
                object.__setattr__(self, name, value)
        for name in ("coeffs", "losses", "slopes", "grads", "tries", "try_losses"):
            array = getattr(run, name)
            if array is not None:
                object.__setattr__(self, name, _Column.of(array, f"{run.label}.{name}"))
        object.__setattr__(self, "lr", TracedFloat(run.lr, f"{run.label}.lr"))

    @property
    def expected_losses(self) -> NDArray[np.float64]:  # type: ignore[override]
        if self.evidence.expected is None:
            return self.losses
        return _Column.of(np.asarray(super().expected_losses), f"{self.label}.expected_losses")

    @property
    def steps(self) -> int:
        return TracedInt(super().steps, f"{self.label}.steps")

    @property
    def dimensions(self) -> int:
        return TracedInt(super().dimensions, f"{self.label}.dimensions")

    @property
    def step_lengths(self) -> NDArray[np.float64]:
        return _Column.of(np.asarray(super().step_lengths), f"{self.label}.step_lengths")


def traced(run: Trajectory) -> Trajectory:
    """The same recording; its numbers name their fields when they are put into words.

    >>> run = Trajectory("halving", [[2.0], [1.0]], [4.0, 1.0], [[4.0], [2.0]], [[4.0]], lr=0.25)
    >>> named = traced(run)
    >>> named.losses[-1].source, named.slopes[0][0].source, named.steps.source, named.same_arrays(run)
    ('halving.losses[1]', 'halving.slopes[0, 0]', 'halving.steps', True)
    """
    return run if isinstance(run, _Traced) else _Traced(run)
