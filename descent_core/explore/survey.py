"""A landscape of somebody's loss on a plane: at once if it can be, point by point if not, within a time."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from descent_core.errors import RunError, UserCodeError
from descent_core.explore.plane import Plane
from descent_core.explore.region import Region
from descent_core.loss_function import Loss
from descent_core.recordings.landscape import Landscape

#: Nodes a side that a grid may have. Few sizes, so that the same loss has the same ground in spite of a busy machine.
SIZES = (9, 13, 19, 28, 41, 59, 85, 145)
#: Points to try at once first, and seconds that a batch of them may take.
_FIRST, _BATCH = 16, 0.25

Array = NDArray[np.float64]
#: Is told what goes on, how much is done, and of how much.
ReportProgress = Callable[[str, int, int], object]


@dataclass(frozen=True)
class Survey:
    """A ground, and how it was found.

    Attributes
    ----------
    ground
        The landscape, in the plane's units.
    together
        Whether many points were evaluated at once; if not, ``why`` says why not.
    holes
        The share of nodes where the loss is not finite.
    """

    ground: Landscape
    together: bool
    why: str
    holes: float


def survey(
    loss: Loss,
    plane: Plane,
    region: Region,
    *,
    dtype: torch.dtype,
    seconds: float,
    seed: int = 0,
    meta: dict[str, Any] | None = None,
    tell: ReportProgress = lambda *_: None,
) -> Survey:
    """Sample ``loss`` on ``plane`` over ``region`` and its shore.

    Parameters
    ----------
    dtype
        Of the coefficients that the loss is given.
    seconds
        About how long it may take: the dearer the loss, the coarser the grid.
    seed
        Every point is evaluated with this seed, so that a loss with chance in it (minibatches) has
        one ground: that of one draw.
    tell
        Is told how far it is.

    Raises
    ------
    RunError
        The loss is finite nowhere on this ground.
    """
    x, y = region.outer
    origin = torch.tensor(plane.origin, dtype=dtype)
    axes = torch.tensor(np.stack([plane.east, plane.north]), dtype=dtype)

    def on_plane(place: Tensor) -> Tensor:
        return loss(origin + place @ axes)

    grid = _Grid(on_plane, dtype, seed)
    grid.warm_up(np.array([[a, b] for a in np.linspace(*x, 4) for b in np.linspace(*y, 4)]))
    # Nodes, and the centres between them, where the interpolation is checked.
    most = np.sqrt(seconds / grid.seconds / 2)
    nodes = max((size for size in SIZES if size <= most), default=SIZES[0])
    grid.expect(nodes**2 + (nodes - 1) ** 2, tell)
    ground = Landscape.sample(on_plane, x, y, (nodes, nodes), meta, evaluate=grid.evaluate)
    finite = np.isfinite(ground.heights)
    if not finite.any():
        raise RunError(
            f"The loss is not finite at any of {ground.heights.size} places around the walk: there is no ground."
        )
    return Survey(ground, grid.together, grid.why, float(1 - finite.mean()))


class _Grid:
    """Evaluates a loss of two numbers and its slopes at many points."""

    def __init__(self, loss: Loss, dtype: torch.dtype, seed: int) -> None:
        self._one = loss
        self._dtype, self._seed = dtype, seed
        self.together, self.why = True, ""
        self.seconds = 1e-6
        self._batch = _FIRST
        self._done, self._total = 0, 0
        self._tell: ReportProgress = lambda *_: None

    def warm_up(self, points: Array) -> None:
        """Find out whether points can be evaluated at once, and what one costs."""
        try:
            self._at_once(points[:2])
        except Exception as error:  # vmap refuses in many ways: branches on values, .item(), numpy inside
            self.together = False
            cause = error.__cause__ if isinstance(error, UserCodeError) else error
            self.why = _in_brief(str(cause) or type(cause).__name__)
        if not self.together:
            points = points[5:7]  # in the middle
        while True:
            began = time.perf_counter()
            self._points(points)
            spent = max(time.perf_counter() - began, 1e-6)
            self.seconds = spent / len(points)
            if not self.together or spent > _BATCH or len(points) >= 4096:
                break
            points = np.concatenate([points] * 4)
        self._batch = int(np.clip(_BATCH / self.seconds, _FIRST if self.together else 1, 8192))

    def expect(self, total: int, tell: ReportProgress) -> None:
        """Count from here on."""
        self._done, self._total, self._tell = 0, total, tell

    def evaluate(self, xs: Array, ys: Array) -> tuple[Array, Array]:
        """Heights ``(nx, ny)`` and slopes ``(nx, ny, 2)`` on a grid."""
        east, north = np.meshgrid(xs, ys, indexing="ij")
        points = np.stack([east.ravel(), north.ravel()], axis=1)
        heights, slopes = np.empty(len(points)), np.empty((len(points), 2))
        for first in range(0, len(points), self._batch):
            part = slice(first, first + self._batch)
            heights[part], slopes[part] = self._points(points[part])
            self._done += len(points[part])
            self._tell("ground", self._done, self._total)
        on_grid = heights.reshape(east.shape)
        return on_grid, _mended(on_grid, slopes.reshape(*east.shape, 2), xs, ys)

    def _points(self, points: Array) -> tuple[Array, Array]:
        if self.together:
            return self._at_once(points)
        pairs = [self._by_itself(point) for point in points]
        return np.array([height for height, _ in pairs]), np.array([slope for _, slope in pairs])

    def _at_once(self, points: Array) -> tuple[Array, Array]:
        # "same": a loss that draws by chance draws the same for every point.
        many = torch.func.vmap(self._one, randomness="same")
        with torch.random.fork_rng(devices=[]), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that an operation is slow this way is no concern of theirs
            torch.manual_seed(self._seed)
            places = torch.tensor(points, dtype=self._dtype).requires_grad_()
            heights = many(places)
            # No place has a part in the height of another: the gradient of the sum has the slope of each.
            (slopes,) = torch.autograd.grad(heights.sum(), places)
        return heights.detach().numpy().astype(np.float64), slopes.detach().numpy().astype(np.float64)

    def _by_itself(self, point: Array) -> tuple[float, Array]:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self._seed)
            try:
                place = torch.tensor(point, dtype=self._dtype).requires_grad_()
                height = self._one(place)
                # Where their code takes a branch that does not look at the knobs, the ground is level.
                slope = torch.autograd.grad(height, place)[0] if height.requires_grad else torch.zeros_like(place)
            except UserCodeError:  # it will not be evaluated there: a hole in the ground
                return float("nan"), np.full(2, np.nan)
        return float(height.detach()), slope.detach().numpy().astype(np.float64)


def _in_brief(reason: str) -> str:
    """Why points cannot be evaluated at once, without torch's advice to its own developers."""
    if ".item()" in reason or "data-dependent" in reason:
        return "it looks at single values, as .item(), float() and if do"
    line = reason.strip().splitlines()[0]
    return line if len(line) <= 100 else f"{line[:99]}…"


def _mended(heights: Array, slopes: Array, xs: Array, ys: Array) -> Array:
    """Where the height is finite and its slope is not (a tip, a kink), the slope between the neighbours."""
    odd = np.isfinite(heights) & ~np.isfinite(slopes).all(axis=-1)
    if odd.any():
        with np.errstate(invalid="ignore"):
            between = np.stack(
                [np.gradient(heights, axis, axis=number) for number, axis in enumerate((xs, ys))], axis=-1
            )
        slopes[odd] = np.nan_to_num(between[odd], nan=0.0, posinf=0.0, neginf=0.0)
    return slopes
