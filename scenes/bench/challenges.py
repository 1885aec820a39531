"""Three challenges, and their exact answers: found among the recorded runs, and told beside what theory says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from descent_core.recordings.fates import Fate
from descent_core.recordings.run_grid import RunGrid


@dataclass(frozen=True)
class Challenge:
    """Something to find with the knob, from one start, with ``zero_()`` and the first optimizer.

    Attributes
    ----------
    key
        ``fewest``, ``largest`` or ``miss``.
    task
        What is asked.
    lrs
        The places of all learning rates that are right.
    answer
        In a sentence, with its numbers.
    theory
        What theory says, in a sentence.
    """

    key: str
    task: str
    lrs: tuple[int, ...]
    answer: str
    theory: str


def challenges(grid: RunGrid, start: int, home: str) -> tuple[Challenge, ...]:
    """The challenges that can be won from a start; none where no run from there gets home.

    Examples
    --------
    >>> from descent_core.training.run_grids import record_grid
    >>> grid = record_grid(lambda c: (c**2).sum() / 2, [[3.0, 1.0]], [0.5, 1.0, 1.9, 2.1], steps=60,
    ...     bounds=(-4, 4, -4, 4), home=[0, 0], wiped=[True])
    >>> [(one.key, one.lrs) for one in challenges(grid, 0, "home")]
    [('fewest', (1,)), ('largest', (2,)), ('miss', (3,))]
    """
    fates, arrived = grid.fates[0, 0, :, start], grid.arrived[0, 0, :, start]
    at_home = np.flatnonzero(fates == Fate.HOME)
    if not len(at_home):
        return ()
    fewest = int(arrived[at_home].min())
    best = tuple(int(row) for row in at_home if arrived[row] == fewest)
    largest = int(at_home[-1])
    sharp, flat = float(grid.sharpest[0]), float(grid.flattest[0])
    found = [
        Challenge(
            "fewest",
            f"Bring him to {home} in the fewest steps.",
            best,
            f"{fewest} steps, with lr {_listed(grid, best)}.",
            f"Near {home}, lr {_three(2 / (sharp + flat))} draws him in fastest: 2 over the sum of the greatest and "
            f"the least curvature, {_three(sharp)} and {_three(flat)}."
            if flat > 0
            else "",
        ),
        Challenge(
            "largest",
            f"Find the largest lr that still gets him to {home}.",
            (largest,),
            f"lr {_three(grid.lrs[largest])}: the next one, {_three(grid.lrs[min(largest + 1, len(grid.lrs) - 1)])}, "
            "does not.",
            f"Theory draws the line at 2/λ = {_three(2 / sharp)}, with λ = {_three(sharp)}, the greatest curvature at "
            f"{home}.",
        ),
    ]
    elsewhere = np.flatnonzero(fates == Fate.ELSEWHERE)
    missed = elsewhere if len(elsewhere) else np.flatnonzero((fates == Fate.GONE) & (grid.lrs > grid.lrs[largest]))
    if len(missed):
        where = "comes to rest in another valley" if len(elsewhere) else "is gone"
        found.append(
            Challenge(
                "miss",
                f"Make him miss {home}, so that he {where}.",
                tuple(int(row) for row in missed),
                f"{len(missed)} of {len(grid.lrs)} learning rates do, the smallest is {_three(grid.lrs[missed[0]])}.",
                _miss(grid),
            )
        )
    return tuple(found)


def _miss(grid: RunGrid) -> str:
    """What theory says of who misses."""
    others = grid.sharpest[1:][np.isfinite(grid.sharpest[1:])]
    if not len(others) or not (grid.fates == Fate.ELSEWHERE).any():
        return f"Beyond 2/λ = {_three(2 / grid.sharpest[0])} each step ends farther out than the one before."
    wide = float(others.min())
    held = f"it holds whoever steps with less than 2/λ = {_three(2 / wide)}"
    return f"The widest other valley has λ = {_three(wide)}: {held}."


def _three(value: float) -> str:
    return f"{float(value):.3g}"


def _listed(grid: RunGrid, rows: tuple[int, ...]) -> str:
    if len(rows) > 2:
        return f"{_three(grid.lrs[rows[0]])} to {_three(grid.lrs[rows[-1]])}"
    return " or ".join(_three(grid.lrs[row]) for row in rows)
