"""What a benchmark found, a row at a time: ours, what a user would otherwise pick, and what was asked of us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: How to write a number of a unit.
_FORMATS = {"s": "{:.1f} s", "ms": "{:.1f} ms", "µs": "{:.0f} µs", "GB": "{:.2f} GB", "%": "{:.0f} %"}


@dataclass(frozen=True)
class Row:
    """One measurement.

    Attributes
    ----------
    what
        What was done.
    ours
        What it took, in ``unit``.
    unit
        ``s``, ``ms``, ``µs``, ``GB`` or ``%``.
    against, theirs
        What it is held against, and what that took, in the same unit; ``None`` where it is held against nothing.
    ratio
        Ours over theirs; by default of the two numbers. Interleaved repeats give the median of their ratios.
    most, of
        What was asked: at most so much ``"ours"``, or at most such a ``"ratio"``; ``None`` where nothing was.
    note
        What else is to be known, in a few words.
    """

    what: str
    ours: float
    unit: str = "s"
    against: str = ""
    theirs: float | None = None
    ratio: float | None = None
    most: float | None = None
    of: str = "ours"
    note: str = ""

    def __post_init__(self) -> None:
        if self.unit not in _FORMATS:
            raise ValueError(f"{self.what!r} is in {self.unit!r}; a row is in {', '.join(_FORMATS)}.")
        if self.ratio is None and self.theirs:
            object.__setattr__(self, "ratio", self.ours / self.theirs)
        if self.of not in ("ours", "ratio") or (self.most is not None and self._judged is None):
            raise ValueError(f"{self.what!r} asks for at most {self.most} of {self.of!r}, which it does not have.")

    @property
    def met(self) -> bool | None:
        """Whether it is what was asked; ``None`` where nothing was.

        >>> Row("again", 2.0, most=3).met, Row("film", 90.0, theirs=30.0, most=2, of="ratio").met
        (True, False)
        """
        return None if self.most is None or self._judged is None else self._judged <= self.most

    @property
    def _judged(self) -> float | None:
        return self.ours if self.of == "ours" else self.ratio

    def cells(self) -> tuple[str, ...]:
        """What, ours, theirs, ratio, asked, met: as they stand in a table.

        >>> Row("film", 90.0, "s", "its length", 60.0, most=2, of="ratio").cells()
        ('film', '90.0 s', 'its length: 60.0 s', '1.5', '≤ 2', 'yes')
        """
        show = _FORMATS[self.unit].format
        theirs = "" if self.theirs is None else f"{self.against}: {show(self.theirs)}"
        asked = "" if self.most is None else f"≤ {show(self.most) if self.of == 'ours' else f'{self.most:g}'}"
        what = f"{self.what} ({self.note})" if self.note else self.what
        met = {None: "", True: "yes", False: "no"}[self.met]
        return what, show(self.ours), theirs, "" if self.ratio is None else f"{self.ratio:.3g}", asked, met


def print_rows(rows: Iterable[Row]) -> list[Row]:
    """All ``rows``, each printed as soon as it is there."""
    every = []
    for row in rows:
        what, ours, theirs, ratio, asked, met = row.cells()
        beside = f"   {theirs}, ratio {ratio}" if theirs else ""
        wanted = f"   asked {asked}: {met}" if asked else ""
        print(f"{what:60s} {ours:>12s}{beside}{wanted}", flush=True)
        every.append(row)
    return every
