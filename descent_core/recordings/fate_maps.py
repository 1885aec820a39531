"""FateMaps: for some learning rates, where a walk from each start on the ground ends. numpy only."""

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

#: Number of the file format.
FORMAT = 1
KIND = "descent-fate-maps"
_ARRAYS = ("lrs", "xs", "ys", "fates", "in_valley", "arrived", "valleys")

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FateMaps(Archived):
    """A map for each learning rate: the fate of a walk from every node of a grid of starts.

    Attributes
    ----------
    lrs
        ``(L,)``, from the smallest to the greatest.
    xs, ys
        ``(nx,)`` and ``(ny,)``, where the starts are on the plane that is shown; of one coefficient ``ys`` is 0 alone.
    fates, in_valley, arrived
        ``(L, nx, ny)``: see `descent_core.recordings.fates.Ended`.
    valleys
        ``(K, D)``, the valleys that are told apart, home first.
    meta
        How it was made. ``steps`` is how many each walk makes, ``radius`` how near is near, ``places`` where the
        valleys are on the plane, ``one by one`` why walks were not made in batches, if they were not.
    """

    lrs: Array
    xs: Array
    ys: Array
    fates: NDArray[np.uint8]
    in_valley: NDArray[np.int16]
    arrived: NDArray[np.int32]
    valleys: Array
    meta: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.fates.shape != (len(self.lrs), len(self.xs), len(self.ys)):
            raise ValueError(f"maps of {self.fates.shape} do not fit their learning rates and starts")
        for name in _ARRAYS:
            getattr(self, name).setflags(write=False)
        object.__setattr__(self, "meta", MappingProxyType(dict(self.meta)))

    @property
    def steps(self) -> int:
        """How many steps each walk makes."""
        return int(self.meta["steps"])

    def to_bytes(self) -> bytes:
        """The file's content."""
        header = {"kind": KIND, "format": FORMAT, "meta": dict(self.meta)}
        return pack(header, {name: getattr(self, name) for name in _ARRAYS})

    @classmethod
    def load(cls, path: str | Path) -> FateMaps:
        """Read maps of fates.

        Raises
        ------
        RecordingError
            The file is none, or damaged; the message says what is wrong.
        """
        header, arrays = unpack(Path(path), kind=KIND, versions=(FORMAT,), names=_ARRAYS)
        try:
            return cls(**arrays, meta=header["meta"])
        except (KeyError, TypeError, ValueError) as fault:
            raise RecordingError(f"{path} is not a whole set of maps: {fault}.") from None
