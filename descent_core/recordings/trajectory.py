"""Trajectory: one recorded run. numpy and the standard library only, so reading needs no torch."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.errors import RecordingError
from descent_core.recordings import text_formats
from descent_core.recordings.archive import Archived, pack, require_float64, unpack
from descent_core.recordings.evidence import Evidence
from descent_core.recordings.notebook_plots import Picture, plot_trajectory, summarize
from descent_core.recordings.outcome import Outcome, classify

#: Number of the file format, and those that can be read. A file of another number is refused, never guessed at.
#: Format 1 kept no evidence, and its words for what became of a run were others; format 2 kept no tries.
FORMAT, READ = 3, (1, 2, 3)
#: Says that an ``.npz`` is a recording of this project and not somebody else's archive.
KIND = "descent-trajectory"

_ARRAYS, _OF_TRIES = text_formats.ARRAYS, text_formats.OF_TRIES
_ADVICE = "The file was not changed. `descent record` makes a damaged recording anew."


@dataclass(frozen=True, eq=False)
class Trajectory(Archived):
    """One run of gradient descent, as it happened. Row ``t`` is the state before update ``t``.

    Attributes
    ----------
    label
        The name of the run, a key of ``RUNS`` for those that a film shows.
    coeffs
        ``(T+1, D)``, the coefficients at each step.
    losses
        ``(T+1,)``, the loss there. Where a run diverged, only the last may be infinite or NaN.
    slopes
        ``(T+1, D)``, the fresh gradient at each of these points.
    grads
        ``(T, D)``, what ``.grad`` *held* when the step was taken. Equal to ``slopes[:-1]`` where
        the gradient is set to zero after each step, their running sum where ``zero_()`` is forgotten.
    lr
        The learning rate.
    meta
        How it was made: the recipe, the seed, the torch version. Plain JSON values.
    evidence
        What the loss said where the run ended, as far as it was asked: see `descent_core.recordings.evidence`.
    tries
        ``(T, D)``, the coefficients that step t tried, whether it then went there or stayed; ``None`` of a run whose
        optimizer makes no tries. See `descent_core.training.random_search`.
    try_losses
        ``(T,)``, the loss at each try.

    Notes
    -----
    All arrays are float64 and read-only. A run made in float32 is widened, which loses nothing.

    Examples
    --------
    >>> run = Trajectory("halving", [[2.0], [1.0]], [4.0, 1.0], [[4.0], [2.0]], [[4.0]], lr=0.25)
    >>> run.steps, run.dimensions, float(run.losses[-1])
    (1, 1, 1.0)
    """

    label: str
    coeffs: NDArray[np.float64]
    losses: NDArray[np.float64]
    slopes: NDArray[np.float64]
    grads: NDArray[np.float64]
    lr: float
    meta: Mapping[str, Any] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)
    tries: NDArray[np.float64] | None = None
    try_losses: NDArray[np.float64] | None = None

    def __init__(
        self,
        label: str,
        coeffs: ArrayLike,
        losses: ArrayLike,
        slopes: ArrayLike,
        grads: ArrayLike,
        lr: float,
        meta: Mapping[str, Any] | None = None,
        evidence: Evidence | None = None,
        *,
        tries: ArrayLike | None = None,
        try_losses: ArrayLike | None = None,
    ) -> None:
        given = dict(zip(_ARRAYS + _OF_TRIES, (coeffs, losses, slopes, grads, tries, try_losses), strict=True))
        arrays = {name: _frozen(value) for name, value in given.items() if value is not None}
        _check_shapes(arrays)
        for name, array in arrays.items():
            object.__setattr__(self, name, array)
        object.__setattr__(self, "label", str(label))
        object.__setattr__(self, "lr", float(lr))
        object.__setattr__(self, "meta", MappingProxyType(dict(meta or {})))
        object.__setattr__(self, "evidence", evidence or Evidence())
        _check_expected(self)

    @cached_property
    def outcome(self) -> Outcome:
        """How it ended, worked out when it is first asked for; `descent_core.recordings.outcome` says what it means."""
        return classify(self.coeffs, self.losses, self.slopes, self.evidence)

    @cached_property
    def expected_losses(self) -> NDArray[np.float64]:
        """``(T+1,)``, the expected loss at each step where there is chance in the loss, else the loss itself.

        Between two steps at which it was worked out it is on a straight line: see `ExpectedLoss`.
        """
        expected = self.evidence.expected
        return self.losses if expected is None else _frozen(expected.at(np.arange(self.steps + 1)))

    @property
    def steps(self) -> int:
        """T, how many updates were made."""
        return len(self.grads)

    @property
    def dimensions(self) -> int:
        """D, how many coefficients."""
        return int(self.coeffs.shape[1])

    @property
    def step_lengths(self) -> NDArray[np.float64]:
        """``(T,)``, the length of each step in the units of the coefficients."""
        lengths: NDArray[np.float64] = np.linalg.norm(np.diff(self.coeffs, axis=0), axis=1)
        return lengths

    def to_csv(self) -> str:
        """As a table, for a spreadsheet; see `descent_core.recordings.text_formats.to_csv` for its columns."""
        return text_formats.to_csv(self._fields())

    def to_json(self) -> str:
        """As JSON, for other programs; see `descent_core.recordings.text_formats.to_json`."""
        return text_formats.to_json(self._fields())

    @classmethod
    def from_json(cls, text: str) -> Trajectory:
        """The recording that `to_json` wrote, bit for bit.

        Raises
        ------
        RecordingError
            The text is no recording; the message says what is wrong with it.

        Examples
        --------
        >>> run = Trajectory("one", [[0.1], [0.3]], [1.0, 9.0], [[2.0], [6.0]], [[2.0]], lr=0.1)
        >>> Trajectory.from_json(run.to_json()).same_arrays(run)
        True
        """
        fields = text_formats.from_json(text)
        try:
            arrays = {name: fields[name] for name in (*_ARRAYS, *(name for name in _OF_TRIES if name in fields))}
            evidence = Evidence.from_json(fields.get("evidence"))
            run = cls(fields["label"], **arrays, lr=fields["lr"], meta=fields["meta"], evidence=evidence)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise RecordingError(f"This is not a whole recording: {type(error).__name__}: {error}.") from None
        if fields["format"] > 1 and run.outcome.value != fields.get("outcome"):
            raise RecordingError(
                f"This recording calls its run {fields.get('outcome')!r}, but its numbers say {run.outcome.value!r}."
            )
        return run

    def plot(self) -> Picture:
        """Its loss over the steps, and its path over the coefficients: of many, in the plane that it moved in most.

        A notebook shows it by itself; for a run on its landscape see `Landscape.plot`.
        """
        return plot_trajectory(self)

    def _fields(self) -> dict[str, Any]:
        return {**self._head(), **self._arrays()}

    def _arrays(self) -> dict[str, NDArray[np.float64]]:
        """Those that it has, by name."""
        every = {name: getattr(self, name) for name in _ARRAYS + _OF_TRIES}
        return {name: array for name, array in every.items() if array is not None}

    def _head(self) -> dict[str, Any]:
        """All that is no array, as JSON values."""
        return {
            "label": self.label,
            "lr": self.lr,
            "outcome": self.outcome.value,
            "meta": dict(self.meta),
            "evidence": self.evidence.to_json(),
        }

    def _repr_png_(self) -> bytes:
        return self.plot().png

    def __repr__(self) -> str:
        return f"<Trajectory {summarize(self)}>"

    def __deepcopy__(self, memo: dict[int, Any]) -> Trajectory:
        return self  # nothing in it can change, so a copy would be the same

    def __reduce__(self) -> tuple[Any, ...]:
        fields: dict[str, Any] = {"label": self.label, "lr": self.lr, "meta": dict(self.meta), **self._arrays()}
        return partial(Trajectory, **fields, evidence=self.evidence), ()

    def same_arrays(self, other: Trajectory) -> bool:
        """Whether all arrays are bit-equal (NaN counts as equal to the same NaN)."""
        mine, its = self._arrays(), other._arrays()
        return mine.keys() == its.keys() and all(mine[name].tobytes() == its[name].tobytes() for name in mine)

    def to_bytes(self) -> bytes:
        """The file's content. The same trajectory gives the same bytes every time."""
        header = {"kind": KIND, "format": FORMAT, **self._head()}
        return pack(header, self._arrays())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Trajectory:
        """Read a recording. Nothing in the file is ever executed.

        Raises
        ------
        RecordingError
            The file is missing, truncated, foreign, of another format number, holds pickled
            objects, or was altered after it was sealed. The message says which, and what to do.
        """
        path = Path(path)
        header, arrays = unpack(path, kind=KIND, versions=READ, names=_ARRAYS, optional=_OF_TRIES)
        try:
            evidence = Evidence.from_json(header.get("evidence"))
            trajectory = cls(
                header["label"], **require_float64(arrays), lr=header["lr"], meta=header["meta"], evidence=evidence
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise RecordingError(f"{path} is not a whole recording: {error}. {_ADVICE}") from None
        if header["format"] > 1 and trajectory.outcome.value != header.get("outcome"):
            raise RecordingError(
                f"{path} calls its run {header.get('outcome')!r}, "
                f"but its numbers say {trajectory.outcome.value!r}. {_ADVICE}"
            )
        return trajectory


def _frozen(value: ArrayLike) -> NDArray[np.float64]:
    """``value`` as an array that nobody can write to: itself if it is one, or a view of one, else a copy."""
    if type(value) is np.ndarray and value.dtype == np.float64 and not value.flags.writeable:
        owner = value if value.base is None else value.base
        if type(owner) is np.ndarray and owner.flags.owndata and not owner.flags.writeable:
            return value
    array = np.array(value, dtype=np.float64)
    array.setflags(write=False)
    return array


def _check_expected(run: Trajectory) -> None:
    expected = run.evidence.expected
    if expected is not None and expected.rows[-1] != run.steps:
        raise ValueError(f"the expected loss must go up to row {run.steps}, found {expected.rows[-1]}")


def _check_shapes(arrays: Mapping[str, NDArray[np.float64]]) -> None:
    coeffs, losses = arrays["coeffs"], arrays["losses"]
    if coeffs.ndim != 2 or len(coeffs) == 0 or coeffs.shape[1] == 0:
        raise ValueError(f"coeffs must be (T+1, D) with D at least 1, found {coeffs.shape}")
    rows, dimensions = coeffs.shape
    wanted = {"losses": (rows,), "slopes": (rows, dimensions), "grads": (rows - 1, dimensions)}
    of_tries = {"tries": (rows - 1, dimensions), "try_losses": (rows - 1,)}
    if any(name in arrays for name in of_tries):
        wanted.update(of_tries)
    for name, shape in wanted.items():
        if name not in arrays:
            raise ValueError(f"tries and try_losses go together; there is no {name}")
        if arrays[name].shape != shape:
            raise ValueError(f"{name} must be {shape} to go with coeffs, found {arrays[name].shape}")
    if not np.isfinite(losses[:-1]).all():
        raise ValueError("only the last loss of a run may be infinite or NaN")
