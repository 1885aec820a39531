"""Plane: the two directions in which a walk through many knobs is looked at.

With two knobs the plane is everything. With more it is a slice: a cut through the loss along two
directions, all else held where the best recorded point has it. The height of a slice is the loss on
the slice, not the loss where the walker is, unless the walk stays in the plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.errors import UsageError

Array = NDArray[np.float64]

#: A direction in which the walks stray by less than this share of their length counts for nothing.
_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane in the space of ``D`` knobs: ``origin + u * east + v * north``.

    Attributes
    ----------
    origin, east, north
        ``(D,)``. The two directions are of length 1 and at a right angle; for one knob, ``north`` is 0.
    names
        What the two axes are called.
    kind
        ``"one"`` for a loss of one knob, ``"all"`` for one of two, ``"knobs"`` for a slice along two
        named knobs, ``"main"`` for the two main directions of the walks.
    share
        The share of the walks' variance that lies in the plane, from 0 to 1.
    """

    origin: Array
    east: Array
    north: Array
    names: tuple[str, str]
    kind: str
    share: float = 1.0

    @property
    def slices(self) -> bool:
        """Whether there is more than the plane shows."""
        return self.kind in ("knobs", "main")

    def seen(self, coeffs: ArrayLike) -> Array:
        """``(…, 2)``, where ``(…, D)`` points are seen on the plane: straight down onto it."""
        away = np.asarray(coeffs, np.float64) - self.origin
        return np.stack([away @ self.east, away @ self.north], axis=-1)

    def setting(self, places: ArrayLike) -> Array:
        """``(…, D)``, the knobs at ``(…, 2)`` places of the plane."""
        places = np.asarray(places, np.float64)
        return self.origin + places[..., :1] * self.east + places[..., 1:] * self.north

    def told(self) -> dict[str, Any]:
        """What a scene needs to say of it, as JSON values."""
        return {"names": list(self.names), "kind": self.kind, "share": self.share, "knobs": len(self.origin)}


def full_plane(knobs: int) -> Plane:
    """The plane of a loss of one or two knobs: all there is, in the knobs' own units."""
    axes = np.eye(max(knobs, 2))[:, :knobs]
    return Plane(np.zeros(knobs), axes[0], axes[1], ("knob 0", "knob 1"), "one" if knobs == 1 else "all")


def coefficient_plane(knobs: Sequence[int], best: ArrayLike, rows: ArrayLike) -> Plane:
    """A slice along two named knobs, the others held at the ``best`` recorded point.

    Parameters
    ----------
    rows
        ``(N, D)``, the recorded points, to tell what share of their variance the slice shows.

    Raises
    ------
    WrongUse
        There are not two of them, they are the same, or there is no such knob.
    """
    best = np.array(best, np.float64)
    total = len(best)
    if len(knobs) != 2:
        raise UsageError(f"A slice is named by two knobs, such as --knobs 0,1; found {len(knobs)}.")
    for knob in knobs:
        if not 0 <= knob < total:
            raise UsageError(f"There is no knob {knob}: this loss has {total}, from 0 to {total - 1}.")
    first, second = knobs
    if first == second:
        raise UsageError(f"A slice needs two different knobs; found {first} twice.")
    axes = np.zeros((2, total))
    axes[0, first] = axes[1, second] = 1.0
    best[[first, second]] = 0.0  # so that a place on the plane is a setting of the two
    kind = "all" if total == 2 else "knobs"
    share = _share(np.asarray(rows, np.float64), axes)
    return Plane(best, axes[0], axes[1], (f"knob {first}", f"knob {second}"), kind, share)


def principal_plane(rows: ArrayLike, best: ArrayLike, slope: ArrayLike) -> Plane:
    """The plane of the two directions in which recorded points are spread most, through the ``best`` of them.

    These are the first two principal components (Pearson, 1901) of the points. Where the points lie on
    a line, the second direction is that of ``slope``, as far as it leaves the line, or else of a knob.

    Parameters
    ----------
    rows
        ``(N, D)``, the points, with ``D`` 3 or more.
    best
        ``(D,)``, which the plane goes through.
    slope
        ``(D,)``, the gradient at the start.

    Examples
    --------
    >>> flat = [[0.0, 0, 5], [4, 0, 5], [0, 1, 5], [4, 1, 5]]
    >>> plane = main_directions(flat, best=[0, 0, 5], slope=[1, 0, 0])
    >>> abs(plane.east).round(6).tolist(), round(plane.share, 6)
    ([1.0, 0.0, 0.0], 1.0)
    """
    rows = np.asarray(rows, np.float64)
    centred = rows - rows.mean(axis=0)
    _, spread, directions = np.linalg.svd(centred, full_matrices=False)
    least = _NOTHING * max(float(spread[0]), np.finfo(float).tiny)
    found: list[Array] = [one for one, size in zip(directions[:2], spread[:2], strict=False) if size > least]
    for candidate in (np.asarray(slope, np.float64), *np.eye(rows.shape[1])[:3]):
        if len(found) == 2:
            break
        rest = candidate - sum((one * (candidate @ one) for one in found), np.zeros_like(candidate))
        if np.linalg.norm(rest) > 1e-6 * max(float(np.linalg.norm(candidate)), np.finfo(float).tiny):
            found.append(rest / np.linalg.norm(rest))
    # A direction has no sign of its own: let the walk go toward the greater values of what it moves most.
    axes = np.stack([one * np.sign(one[np.abs(one).argmax()]) for one in found])
    names = ("main direction 1", "main direction 2")
    return Plane(np.array(best, np.float64), axes[0], axes[1], names, "main", _share(rows, axes))


def _share(rows: Array, axes: Array) -> float:
    """The share of the points' variance that lies along the axes."""
    centred = rows - rows.mean(axis=0)
    largest = float(np.abs(centred).max())
    if largest == 0:
        return 1.0
    centred = centred / largest
    return float(np.clip(((centred @ axes.T) ** 2).sum() / (centred**2).sum(), 0, 1))
