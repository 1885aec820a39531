"""RunGrid: many recorded runs on one loss, side by side: every learning rate from every start. numpy only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent_core.errors import RecordingError
from descent_core.recordings.archive import Archived, pack, unpack
from descent_core.recordings.fates import Fate
from descent_core.recordings.outcome import Outcome

#: Number of the file format.
FORMAT = 1
KIND = "descent-run-grid"
_ARRAYS = (
    "lrs", "starts", "coeffs", "losses", "slopes", "grads", "rows", "fates", "in_valley", "arrived", "outcomes",
    "valleys", "valley_losses", "sharpest", "flattest",
)  # fmt: skip
_OUTCOMES = tuple(Outcome)

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RunGrid(Archived):
    """Recorded runs by optimizer ``(M)``, with or without ``zero_()`` ``(Z)``, learning rate ``(L)`` and start ``(S)``.

    Attributes
    ----------
    optimizers, wiped
        ``M`` names, empty for the plain loop of part 4; ``Z`` times whether the gradient is set to zero.
    lrs, starts
        ``(L,)``, from the smallest to the greatest, and ``(S, 2)``, on the plane that is shown.
    coeffs, slopes
        ``(M, Z, L, S, T+1, 2)``, points of the plane and the gradient along it, as `record` gave them; not a number in
        rows that a run did not come to.
    losses
        ``(M, Z, L, S, T+1)``; the expected loss, where there is chance in it.
    grads
        ``(M, Z, L, S, T, 2)``, what ``.grad`` held when the step was taken.
    rows
        ``(M, Z, L, S)``, how many rows each run has: ``T+1``, or fewer where its loss stopped being a finite number.
    fates, in_valley, arrived
        ``(M, Z, L, S)``: see `descent_core.recordings.fates.Ended`.
    outcomes
        ``(M, Z, L, S)``, the place of each run's `Outcome` among all of them.
    valleys, valley_losses
        ``(K, 2)`` and ``(K,)``, where runs came to rest at a minimum, home first, and the loss there. Home is not a
        number where no run came to rest there.
    sharpest, flattest
        ``(K,)``, the greatest and the least curvature there, as torch found them.
    meta
        How it was made. ``bounds`` are the edges of the ground, ``radius`` how near is near, ``draws`` of how many
        draws the loss is the mean (0 without chance in it), ``notes`` what whoever sees it should know.
    """

    optimizers: tuple[str, ...]
    wiped: tuple[bool, ...]
    lrs: Array
    starts: Array
    coeffs: Array
    losses: Array
    slopes: Array
    grads: Array
    rows: NDArray[np.int32]
    fates: NDArray[np.uint8]
    in_valley: NDArray[np.int16]
    arrived: NDArray[np.int32]
    outcomes: NDArray[np.uint8]
    valleys: Array
    valley_losses: Array
    sharpest: Array
    flattest: Array
    meta: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.optimizers), len(self.wiped), len(self.lrs), len(self.starts))
        if self.losses.shape[:4] != shape or self.coeffs.shape != (*self.losses.shape, 2):
            raise ValueError(f"a grid of {shape} runs does not fit its coefficients {self.coeffs.shape}")
        for name in _ARRAYS:
            getattr(self, name).setflags(write=False)
        object.__setattr__(self, "meta", MappingProxyType(dict(self.meta)))

    @property
    def steps(self) -> int:
        """``T``, how many updates each run was to make."""
        return int(self.losses.shape[4]) - 1

    @property
    def count(self) -> int:
        """How many runs there are."""
        return int(self.rows.size)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, east, south and north edge of the ground."""
        west, east, south, north = self.meta["bounds"]
        return west, east, south, north

    @property
    def has_home(self) -> bool:
        """Whether any run came home."""
        return bool((self.fates == Fate.HOME).any())

    def outcome(self, *index: int) -> Outcome:
        """What became of the run at ``(m, z, l, s)``."""
        return _OUTCOMES[int(self.outcomes[index])]

    def same_runs(self, other: RunGrid) -> bool:
        """Whether all arrays are bit-equal (NaN counts as equal to the same NaN)."""
        return all(getattr(self, name).tobytes() == getattr(other, name).tobytes() for name in _ARRAYS)

    def to_bytes(self) -> bytes:
        """The file's content."""
        header = {
            "kind": KIND, "format": FORMAT, "meta": dict(self.meta), "optimizers": list(self.optimizers),
            "wiped": list(self.wiped),
        }  # fmt: skip
        return pack(header, {name: getattr(self, name) for name in _ARRAYS})

    @classmethod
    def load(cls, path: str | Path) -> RunGrid:
        """Read a grid of runs.

        Raises
        ------
        RecordingError
            The file is none, or damaged; the message says what is wrong.
        """
        header, arrays = unpack(Path(path), kind=KIND, versions=(FORMAT,), names=_ARRAYS)
        try:
            return cls(tuple(header["optimizers"]), tuple(header["wiped"]), **arrays, meta=header["meta"])
        except (KeyError, TypeError, ValueError) as fault:
            raise RecordingError(f"{path} is not a whole grid of runs: {fault}.") from None


def outcome_number(outcome: Outcome) -> int:
    """The place of an outcome among all of them, as `RunGrid.outcomes` has it."""
    return _OUTCOMES.index(outcome)
