"""Landscape: a loss over two coefficients, sampled by torch and interpolated by numpy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.errors import RecordingError, RunError
from descent_core.recordings.archive import Archived, pack, require_float64, unpack
from descent_core.recordings.notebook_plots import Picture, plot_landscape

if TYPE_CHECKING:
    from descent_core.loss_function import Loss
    from descent_core.recordings.trajectory import Trajectory

#: Number of the file format.
FORMAT = 1
KIND = "descent-landscape"
#: Points evaluated at once: enough to be fast, few enough to stay far below a gigabyte.
_CHUNK = 8192
_ARRAYS = ("xs", "ys", "heights", "slopes", "error")

Array = NDArray[np.float64]
#: Gives for the values of two axes the heights ``(nx, ny)`` and the slopes ``(nx, ny, 2)``.
Evaluate = Callable[[Array, Array], tuple[Array, Array]]


@dataclass(frozen=True, eq=False)
class Landscape(Archived):
    """A loss over two coefficients on a grid: its height is the loss, east and north are the coefficients.

    Attributes
    ----------
    xs, ys
        ``(nx,)`` and ``(ny,)``, evenly spaced values of coefficient 0 and coefficient 1.
    heights
        ``(nx, ny)``, the loss at each node, evaluated by torch.
    slopes
        ``(nx, ny, 2)``, its gradient at each node, by ``backward``: not a finite difference.
    error
        The largest difference found between `height` and torch at the centres of all cells, which
        are the points farthest from any node: the stated error of interpolation.
    meta
        Which loss it is.

    Notes
    -----
    Between nodes a bicubic Hermite patch takes the heights and slopes of its four corners, so
    the surface is smooth and its error falls with the fourth power of the spacing.
    """

    xs: Array
    ys: Array
    heights: Array
    slopes: Array
    error: float
    meta: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.xs), len(self.ys))
        if min(shape) < 2 or self.heights.shape != shape or self.slopes.shape != (*shape, 2):
            raise ValueError(f"a landscape of {shape} nodes does not fit its heights {self.heights.shape}")
        for array in (self.xs, self.ys, self.heights, self.slopes):
            array.setflags(write=False)
        object.__setattr__(self, "meta", MappingProxyType(dict(self.meta)))

    @classmethod
    def sample(
        cls,
        loss: Loss,
        x: tuple[float, float],
        y: tuple[float, float],
        nodes: tuple[int, int] = (241, 241),
        meta: Mapping[str, Any] | None = None,
        *,
        evaluate: Evaluate | None = None,
    ) -> Landscape:
        """Evaluate ``loss`` on a grid over the rectangle ``x`` by ``y``.

        The grid is evaluated at once by ``torch.func.vmap``; a loss that cannot be vectorised is
        evaluated point by point.

        Parameters
        ----------
        loss
            Of two coefficients.
        x, y
            Lower and upper bound of coefficient 0 and of coefficient 1.
        nodes
            How many values of each, evenly spaced.
        meta
            Kept with the landscape.
        evaluate
            Another way to evaluate it on a grid.

        Raises
        ------
        RunError
            The area is empty, or there are fewer than 2 x 2 nodes.

        Examples
        --------
        >>> bowl = Landscape.sample(lambda c: (c**2).sum(), (-1, 1), (-1, 1), nodes=(21, 21))
        >>> round(float(bowl.height(0.3, 0.4)), 6)
        0.25
        """
        import torch

        if min(nodes) < 2 or not (x[0] < x[1] and y[0] < y[1]):
            raise RunError(f"A landscape needs an area and at least 2 x 2 nodes; found x {x}, y {y}, nodes {nodes}.")
        xs, ys = np.linspace(*x, nodes[0]), np.linspace(*y, nodes[1])
        evaluate = evaluate or _vectorised(loss)
        heights, slopes = evaluate(xs, ys)
        draft = cls(xs, ys, heights, slopes, 0.0)
        centres_x, centres_y = (xs[1:] + xs[:-1]) / 2, (ys[1:] + ys[:-1]) / 2
        truth, _ = evaluate(centres_x, centres_y)
        with np.errstate(all="ignore"):  # where the loss is not finite
            missed = np.abs(draft.height(centres_x[:, None], centres_y[None, :]) - truth)
        error = float(np.nanmax(missed)) if np.isfinite(missed).any() else float("nan")
        return cls(xs, ys, heights, slopes, error, {"torch": str(torch.__version__), **(meta or {})})

    def plot(self, *runs: Trajectory) -> Picture:
        """The landscape from above with contour lines, and recorded runs of two coefficients on it.

        A notebook shows a landscape like this by itself, and with a run on it by ``landscape.plot(run)``.

        Raises
        ------
        RunError
            A run has another number of coefficients than two.

        Examples
        --------
        >>> bowl = Landscape.sample(lambda c: (c**2).sum(), (-1, 1), (-1, 1), nodes=(5, 5))
        >>> bowl.plot().png[1:4]
        b'PNG'
        """
        for run in runs:
            if run.dimensions != 2:
                raise RunError(f"A run on a landscape has two coefficients; {run.label!r} has {run.dimensions}.")
        return plot_landscape(self, runs)

    def _repr_png_(self) -> bytes:
        return self.plot().png

    def __repr__(self) -> str:
        west, east, south, north = self.bounds
        known = self.heights[np.isfinite(self.heights)]
        loss = f"loss {known.min():.4g} to {known.max():.4g}" if known.size else "no finite loss"
        nodes = f"{len(self.xs)} x {len(self.ys)} nodes"
        area = f"coefficient 0 from {west:g} to {east:g}, coefficient 1 from {south:g} to {north:g}"
        return f"<Landscape {area}, {nodes}, {loss}>"

    def __deepcopy__(self, memo: dict[int, Any]) -> Landscape:
        return self  # nothing in it can change, so a copy would be the same

    def __reduce__(self) -> tuple[Any, ...]:
        return Landscape, (self.xs, self.ys, self.heights, self.slopes, self.error, dict(self.meta))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, east, south and north edge, in units of the coefficients."""
        return float(self.xs[0]), float(self.xs[-1]), float(self.ys[0]), float(self.ys[-1])

    def contains(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.bool_]:
        """Whether points lie in the sampled area, its edges included."""
        west, east, south, north = self.bounds
        x, y = np.asarray(x), np.asarray(y)
        return (west <= x) & (x <= east) & (south <= y) & (y <= north)

    @np.errstate(invalid="ignore", over="ignore")  # where the loss is not finite, nor is what lies near
    def height(self, x: ArrayLike, y: ArrayLike) -> Array:
        """The loss at coefficients ``x``, ``y`` (they broadcast). Beyond the edge: that of the edge."""
        (x0, y0), (u, v), (dx, dy) = self._cell(x, y)
        along_x = ((_h00(u), _h10(u) * dx), (_h01(u), _h11(u) * dx))
        along_y = ((_h00(v), _h10(v) * dy), (_h01(v), _h11(v) * dy))
        total = np.zeros(np.broadcast(u, v).shape)
        for i, (hx, gx) in enumerate(along_x):
            for j, (hy, gy) in enumerate(along_y):
                node = (x0 + i, y0 + j)
                total += hx * (hy * self.heights[node] + gy * self.slopes[(*node, 1)])
                total += gx * (hy * self.slopes[(*node, 0)] + gy * self._twist[node])
        return total

    @np.errstate(invalid="ignore", over="ignore")
    def slope(self, x: ArrayLike, y: ArrayLike) -> Array:
        """``(…, 2)``, the gradient: it points uphill, its length is the steepness."""
        (x0, y0), (u, v), (dx, dy) = self._cell(x, y)
        bases = ((_h00, _h10, _d00, _d10), (_h01, _h11, _d01, _d11))
        east = np.zeros(np.broadcast(u, v).shape)
        north = np.zeros_like(east)
        for i in (0, 1):
            for j in (0, 1):
                node = (x0 + i, y0 + j)
                hx, gx, dhx, dgx = bases[i]
                hy, gy, dhy, dgy = bases[j]
                corner = self.heights[node]
                along_x, along_y = self.slopes[(*node, 0)] * dx, self.slopes[(*node, 1)] * dy
                twist = self._twist[node] * dx * dy
                value_x = corner * hy(v) + along_y * gy(v)
                value_y = corner * hx(u) + along_x * gx(u)
                east += dhx(u) * value_x + dgx(u) * (along_x * hy(v) + twist * gy(v))
                north += dhy(v) * value_y + dgy(v) * (along_y * hx(u) + twist * gx(u))
        return np.stack([east / dx, north / dy], axis=-1)

    def to_bytes(self) -> bytes:
        """The file's content."""
        header = {"kind": KIND, "format": FORMAT, "meta": dict(self.meta)}
        arrays = {name: np.asarray(getattr(self, name)) for name in _ARRAYS}
        return pack(header, arrays)

    @classmethod
    def load(cls, path: str | Path) -> Landscape:
        """Read a landscape.

        Raises
        ------
        RecordingError
            The file is none, or damaged; the message says what is wrong.
        """
        header, arrays = unpack(Path(path), kind=KIND, versions=(FORMAT,), names=_ARRAYS)
        try:
            known = dict(require_float64(arrays))
            error = float(known.pop("error"))
            return cls(**known, error=error, meta=header["meta"])
        except (KeyError, TypeError, ValueError) as fault:
            raise RecordingError(f"{path} is not a whole landscape: {fault}.") from None

    @cached_property
    def _twist(self) -> Array:
        """``(nx, ny)``, the mixed second derivative, as the slopes change from node to node."""
        spacing = float(self.ys[1] - self.ys[0])
        twist: Array = np.gradient(self.slopes[..., 0], spacing, axis=1, edge_order=2 if len(self.ys) > 2 else 1)
        return twist

    def _cell(self, x: ArrayLike, y: ArrayLike) -> tuple[tuple[Any, Any], tuple[Array, Array], tuple[float, float]]:
        """Which cell each point lies in, and where in it, from 0 to 1."""
        cells = []
        for at, nodes in ((x, self.xs), (y, self.ys)):
            spacing = float(nodes[1] - nodes[0])
            along = np.clip((np.asarray(at, dtype=np.float64) - nodes[0]) / spacing, 0, len(nodes) - 1)
            index = np.minimum(np.fmax(along, 0).astype(np.intp), len(nodes) - 2)  # the cell of nowhere is the first
            cells.append((index, along - index, spacing))
        (x0, u, dx), (y0, v, dy) = cells
        return (x0, y0), (u, v), (dx, dy)


# The cubic Hermite basis on [0, 1] and its derivative: 00 and 01 carry the values at the two ends,
# 10 and 11 the slopes (de Boor, A Practical Guide to Splines, chapter 4).
def _h00(t: Array) -> Array:
    return (1 + 2 * t) * (1 - t) ** 2


def _h10(t: Array) -> Array:
    return t * (1 - t) ** 2


def _h01(t: Array) -> Array:
    return t * t * (3 - 2 * t)


def _h11(t: Array) -> Array:
    return t * t * (t - 1)


def _d00(t: Array) -> Array:
    return 6 * t * (t - 1)


def _d10(t: Array) -> Array:
    return (1 - t) * (1 - 3 * t)


def _d01(t: Array) -> Array:
    return 6 * t * (1 - t)


def _d11(t: Array) -> Array:
    return t * (3 * t - 2)


def _vectorised(loss: Loss) -> Evaluate:
    """All points of a grid at once, where the loss allows it."""
    import torch

    value_and_slope = torch.func.grad_and_value(loss)
    all_at_once = torch.func.vmap(value_and_slope, chunk_size=_CHUNK)

    def evaluate(xs: Array, ys: Array) -> tuple[Array, Array]:
        east, north = np.meshgrid(xs, ys, indexing="ij")
        points = torch.tensor(np.stack([east.ravel(), north.ravel()], axis=1))
        try:
            slopes, heights = all_at_once(points)
        except Exception:  # vmap refuses in many ways: data-dependent branches, .item(), numpy inside
            pairs = [value_and_slope(point) for point in points]
            slopes = torch.stack([slope for slope, _ in pairs])
            heights = torch.stack([height for _, height in pairs])
        shape = east.shape
        return (
            heights.detach().numpy().reshape(shape).astype(np.float64),
            slopes.detach().numpy().reshape(*shape, 2).astype(np.float64),
        )

    return evaluate
