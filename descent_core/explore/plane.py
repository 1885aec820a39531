"""Plane: the two directions in which runs on many coefficients are looked at. numpy only.

With two coefficients the plane is everything. With more it is a slice: a cut through the loss along two
directions, all else held where the best recorded point has it. The height of a slice is the loss on
the slice, not the recorded loss, unless the run stays in the plane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.errors import UsageError

Array = NDArray[np.float64]

#: How a plane was chosen: see `Plane.kind`.
Kind = Literal["line", "full", "coefficients", "principal"]

#: A direction in which the points are spread by less than this fraction of their largest spread counts for nothing.
_NOTHING = 1e-9
#: Points are decomposed whole up to this many rows times columns times the fewer of both.
_SMALL = 200_000_000
#: Blocks of two vectors in a round of the search for two directions, and rounds at most.
_BLOCKS, _ROUNDS = 12, 20


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane in the space of ``D`` coefficients: ``origin + x * east + y * north``.

    Attributes
    ----------
    origin, east, north
        ``(D,)``. The two directions are of length 1 and at a right angle; for one coefficient, ``north`` is 0.
    kind
        ``"line"`` for a loss of one coefficient, ``"full"`` for one of two, ``"coefficients"`` for a slice along
        two named coefficients, ``"principal"`` for the two main directions of the runs.
    axes
        The coefficients that its directions are; none where they are main directions.
    share
        The share of the points' variance that lies in the plane, from 0 to 1.
    """

    origin: Array
    east: Array
    north: Array
    kind: Kind
    axes: tuple[int, ...] = ()
    share: float = 1.0

    @property
    def dimensions(self) -> int:
        """The number of coefficients, ``D``."""
        return len(self.origin)

    @property
    def is_slice(self) -> bool:
        """Whether there is more than the plane shows."""
        return self.kind in ("coefficients", "principal")

    def project(self, coeffs: ArrayLike) -> Array:
        """``(…, 2)``, the points of the plane that are nearest to ``(…, D)`` points."""
        away = np.asarray(coeffs, np.float64) - self.origin
        return np.stack([away @ self.east, away @ self.north], axis=-1)

    def coeffs_at(self, points: ArrayLike) -> Array:
        """``(…, D)``, the coefficients at ``(…, 2)`` points of the plane."""
        points = np.asarray(points, np.float64)
        return self.origin + points[..., :1] * self.east + points[..., 1:] * self.north


def full_plane(dimensions: int) -> Plane:
    """The plane of a loss of one or two coefficients: all there is, in the coefficients' own units."""
    axes = np.eye(max(dimensions, 2))[:, :dimensions]
    return Plane(
        np.zeros(dimensions), axes[0], axes[1], "line" if dimensions == 1 else "full", tuple(range(dimensions))
    )


def coefficient_plane(axes: Sequence[int], best: ArrayLike, points: ArrayLike) -> Plane:
    """A slice along two named coefficients, the others held at the ``best`` recorded point.

    Parameters
    ----------
    axes
        The two coefficients, counted from 0.
    best
        ``(D,)``.
    points
        ``(N, D)``, the recorded points, to tell what share of their variance the slice shows.

    Raises
    ------
    UsageError
        There are not two of them, they are the same, or there is no such coefficient.
    """
    best = np.array(best, np.float64)
    total = len(best)
    if len(axes) != 2:
        raise UsageError(f"A slice is named by two coefficients, such as --coeffs 0,1; found {len(axes)}.")
    for axis in axes:
        if not 0 <= axis < total:
            raise UsageError(f"There is no coefficient {axis}: this loss has {total}, from 0 to {total - 1}.")
    first, second = axes
    if first == second:
        raise UsageError(f"A slice needs two different coefficients; found {first} twice.")
    directions = np.zeros((2, total))
    directions[0, first] = directions[1, second] = 1.0
    best[[first, second]] = 0.0  # so that a point of the plane is the values of the two
    share = _share(np.asarray(points, np.float64), directions)
    return Plane(
        best, directions[0], directions[1], "full" if total == 2 else "coefficients", (int(first), int(second)), share
    )


def principal_plane(points: ArrayLike, best: ArrayLike, slope: ArrayLike) -> Plane:
    """The plane of the two directions in which recorded points are spread most, through the ``best`` of them.

    These are the first two principal components (Pearson, 1901) of the points. Where the points lie on
    a line, the second direction is that of ``slope``, as far as it leaves the line, or else of a coefficient.

    Parameters
    ----------
    points
        ``(N, D)``, with ``D`` 3 or more.
    best
        ``(D,)``, which the plane goes through.
    slope
        ``(D,)``, the gradient at the start.

    Examples
    --------
    >>> flat = [[0.0, 0, 5], [4, 0, 5], [0, 1, 5], [4, 1, 5]]
    >>> plane = principal_plane(flat, best=[0, 0, 5], slope=[1, 0, 0])
    >>> abs(plane.east).round(6).tolist(), round(plane.share, 6)
    ([1.0, 0.0, 0.0], 1.0)
    """
    points = np.asarray(points, np.float64)
    centred = points - points.mean(axis=0)
    spread, components = _main_components(centred)
    least = _NOTHING * max(float(spread[0]), np.finfo(float).tiny)
    found: list[Array] = [direction for direction, size in zip(components, spread, strict=True) if size > least]
    for candidate in (np.asarray(slope, np.float64), *np.eye(3, points.shape[1])):
        if len(found) == 2:
            break
        rest = candidate - sum((direction * (candidate @ direction) for direction in found), np.zeros_like(candidate))
        if np.linalg.norm(rest) > 1e-6 * max(float(np.linalg.norm(candidate)), np.finfo(float).tiny):
            found.append(rest / np.linalg.norm(rest))
    # A component has no sign of its own: let it point toward greater values of the coefficient it moves most.
    directions = np.stack([direction * np.sign(direction[np.abs(direction).argmax()]) for direction in found])
    return Plane(
        np.array(best, np.float64), directions[0], directions[1], "principal", share=_share(points, directions)
    )


def _main_components(centred: Array) -> tuple[Array, Array]:
    """The two largest singular values of ``(N, D)`` points about their mean, and their directions ``(2, D)``.

    A full decomposition takes ``N * D * min(N, D)``. Where that is long, only the two are sought, by block Krylov
    iteration (Golub and Underwood, 1977), each round of which begins with the best two of the last: time and memory
    are then linear in ``N * D``. One point has one direction only.
    """
    fewer = min(centred.shape)
    if fewer <= 2 * _BLOCKS or centred.size * fewer <= _SMALL:
        _, spread, components = np.linalg.svd(centred, full_matrices=False)
        return spread[:2], components[:2]
    wide = centred.shape[0] <= centred.shape[1]
    matrix = centred if wide else centred.T  # the basis is built on the shorter side
    size = float(np.abs(matrix).max()) or 1.0
    best = np.random.default_rng(0).normal(size=(fewer, 2))
    spread, longer_side = np.zeros(2), np.zeros((matrix.shape[1], 2))
    for _ in range(_ROUNDS):
        before = spread
        basis, _ = np.linalg.qr(best)
        for _ in range(_BLOCKS - 1):
            added = matrix @ (matrix.T @ basis[:, -2:] / size)
            added /= np.maximum(np.linalg.norm(added, axis=0), np.finfo(float).tiny)
            # Twice is enough: what is left of the basis in them after the first time is of the size of rounding.
            for _ in range(2):
                added -= basis @ (basis.T @ added)
            basis, _ = np.linalg.qr(np.concatenate([basis, added], axis=1))
        sides, values, coordinates = np.linalg.svd(matrix.T @ basis, full_matrices=False)
        spread, longer_side, best = values[:2], sides[:, :2], basis @ coordinates[:2].T
        if np.allclose(spread, before, rtol=1e-13, atol=1e-13 * float(spread[0])):
            break
    return spread, longer_side.T if wide else best.T


def _share(points: Array, directions: Array) -> float:
    """The share of the points' variance that lies along the directions."""
    centred = points - points.mean(axis=0)
    largest = float(np.abs(centred).max())
    if largest == 0:
        return 1.0
    centred /= largest  # in place: a copy of many coefficients is long
    return float(np.clip(((centred @ directions.T) ** 2).sum() / np.vdot(centred, centred), 0, 1))
