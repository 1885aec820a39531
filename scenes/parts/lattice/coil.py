"""Where the beads of a lattice hang: few rows as a sheet, thousands as a ribbon that is wound up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: From so many rows on a grid is wound up.
_WOUND = 60
#: Radius of the innermost turn, and what is free between two turns, in columns.
_INNER, _BETWEEN = 16.0, 4.0
#: How much higher the outermost turn hangs than the innermost.
_BOWL = 9.0


def places(rows: int, columns: int, front: int = 0) -> Floats:
    """``(rows, columns, 3)``, where each bead hangs; from one column to the next it is one unit.

    Parameters
    ----------
    rows, columns
        Of the tensor.
    front
        The row that hangs in front of the middle, where the rows are wound up.

    Examples
    --------
    >>> sheet = places(2, 3)
    >>> sheet[0].tolist(), sheet[1, 0].tolist()
    ([[-1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]], [-1.0, 0.0, -1.0])
    >>> ribbon = places(2201, 9, front=1100)
    >>> bool(ribbon[1100, 4, 2] > 40), bool(abs(ribbon[1100, 4, 0]) < 1e-9)
    (True, True)
    """
    aside = np.arange(columns) - (columns - 1) / 2
    row = np.arange(rows, dtype=float)
    if rows < _WOUND:
        x, z = np.broadcast_to(aside, (rows, columns)), np.broadcast_to(0.0 - row[:, None], (rows, columns))
        return np.stack([x, np.zeros((rows, columns)), z], axis=-1)
    # Row by row along a spiral of Archimedes: its length up to an angle, turned round.
    widens = (columns + _BETWEEN) / (2 * np.pi)
    angle = (np.sqrt(_INNER**2 + 2 * widens * row) - _INNER) / widens
    radius = (_INNER + widens * angle)[:, None] - aside
    angle = (angle - angle[front])[:, None]
    high = _BOWL * (radius / radius.max()) ** 2
    return np.stack([radius * np.sin(angle), high, radius * np.cos(angle)], axis=-1)
