"""Survey: a user's loss, sampled on a plane. Many points at once if it can be, one by one if not; within a time."""

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

#: Nodes along a side that a grid may have. Few sizes: on a busy machine the same loss has the same landscape.
SIZES = (9, 13, 19, 28, 41, 59, 85, 145)
#: Points in the smallest batch, and seconds that a batch may take.
_FIRST, _BATCH_SECONDS = 16, 0.25
#: Numbers that the points of a batch may hold, each with all of its coefficients.
_BATCH_NUMBERS = 2**23

Array = NDArray[np.float64]
#: Is called with what goes on (``"runs"`` or ``"landscape"``), how much of it is done, and of how much.
ReportProgress = Callable[[str, int, int], object]


@dataclass(frozen=True)
class Survey:
    """A landscape, and how it was sampled.

    Attributes
    ----------
    landscape
        In the plane's units.
    batched
        Whether many points were evaluated at once.
    reason
        If not, why not.
    hole_fraction
        The fraction of nodes where the loss is not finite.
    """

    landscape: Landscape
    batched: bool
    reason: str
    hole_fraction: float


def survey(
    loss: Loss,
    plane: Plane,
    region: Region,
    *,
    dtype: torch.dtype,
    seconds: float,
    seed: int = 0,
    meta: dict[str, Any] | None = None,
    report: ReportProgress = lambda *_: None,
) -> Survey:
    """Sample ``loss`` on ``plane`` over ``region``.

    Parameters
    ----------
    dtype
        Of the coefficients that the loss is given.
    seconds
        About how long it may take: the longer one evaluation takes, the coarser the grid.
    seed
        Every point is evaluated with this seed, so that a loss with chance in it (minibatches) has
        one landscape: that of one draw.
    meta
        Kept with the landscape.
    report
        Is called with the progress.

    Raises
    ------
    RunError
        The loss is finite at no node.
    """
    x, y = (region.west, region.east), (region.south, region.north)
    origin = torch.tensor(plane.origin, dtype=dtype)
    axes = torch.tensor(np.stack([plane.east, plane.north]), dtype=dtype)

    def on_plane(point: Tensor) -> Tensor:
        return loss(origin + point @ axes)

    evaluator = _Evaluator(on_plane, dtype, seed, largest=max(_BATCH_NUMBERS // plane.dimensions, 1))
    evaluator.warm_up(np.array([[a, b] for a in np.linspace(*x, 4) for b in np.linspace(*y, 4)]))
    # Nodes, and the centres between them, where the interpolation is checked.
    affordable = np.sqrt(seconds / evaluator.seconds / 2)
    nodes = max((size for size in SIZES if size <= affordable), default=SIZES[0])
    evaluator.expect(nodes**2 + (nodes - 1) ** 2, report)
    landscape = Landscape.sample(on_plane, x, y, (nodes, nodes), meta, evaluate=evaluator.evaluate)
    finite = np.isfinite(landscape.heights)
    if not finite.any():
        raise RunError(
            f"The loss is not finite at any of {landscape.heights.size} points around the runs: there is nothing to "
            "draw. Start somewhere else, with --start, or make smaller steps, with --lr."
        )
    return Survey(landscape, evaluator.batched, evaluator.reason, float(1 - finite.mean()))


class _Evaluator:
    """Evaluates a loss of two numbers and its slopes at many points."""

    def __init__(self, loss: Loss, dtype: torch.dtype, seed: int, largest: int) -> None:
        self._loss, self._largest = loss, largest
        self._dtype, self._seed = dtype, seed
        self.batched, self.reason = True, ""
        self.seconds = 1e-6
        self._batch = _FIRST
        self._done, self._total = 0, 0
        self._report: ReportProgress = lambda *_: None

    def warm_up(self, points: Array) -> None:
        """Find out whether points can be evaluated at once, and how long one takes."""
        try:
            self._batch_at(points[:2])
        except Exception as error:  # vmap refuses in many ways: branches on values, .item(), numpy inside
            self.batched = False
            cause = error.__cause__ if isinstance(error, UserCodeError) else error
            self.reason = _shortened(str(cause) or type(cause).__name__)
        if not self.batched:
            points = points[5:7]  # in the middle
        points = points[: self._largest]
        while True:
            began = time.perf_counter()
            self._at(points)
            spent = max(time.perf_counter() - began, 1e-6)
            self.seconds = spent / len(points)
            if not self.batched or spent > _BATCH_SECONDS or 4 * len(points) > min(16384, self._largest):
                break
            points = np.concatenate([points] * 4)
        batch = int(np.clip(_BATCH_SECONDS / self.seconds, _FIRST if self.batched else 1, 8192))
        self._batch = min(batch, self._largest)

    def expect(self, total: int, report: ReportProgress) -> None:
        """Report the progress from here on: so many evaluations will be made."""
        self._done, self._total, self._report = 0, total, report

    def evaluate(self, xs: Array, ys: Array) -> tuple[Array, Array]:
        """Losses ``(nx, ny)`` and slopes ``(nx, ny, 2)`` on a grid."""
        east, north = np.meshgrid(xs, ys, indexing="ij")
        points = np.stack([east.ravel(), north.ravel()], axis=1)
        losses, slopes = np.empty(len(points)), np.empty((len(points), 2))
        for first in range(0, len(points), self._batch):
            batch = slice(first, first + self._batch)
            losses[batch], slopes[batch] = self._at(points[batch])
            self._done += len(points[batch])
            self._report("landscape", self._done, self._total)
        on_grid = losses.reshape(east.shape)
        return on_grid, _fill_slopes(on_grid, slopes.reshape(*east.shape, 2), xs, ys)

    def _at(self, points: Array) -> tuple[Array, Array]:
        if self.batched:
            return self._batch_at(points)
        pairs = [self._single_at(point) for point in points]
        return np.array([loss for loss, _ in pairs]), np.array([slope for _, slope in pairs])

    def _batch_at(self, points: Array) -> tuple[Array, Array]:
        # "same": a loss that draws by chance draws the same for every point.
        many = torch.func.vmap(self._loss, randomness="same")
        with torch.random.fork_rng(devices=[]), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch warns of operations that are slow this way
            torch.manual_seed(self._seed)
            at = torch.tensor(points, dtype=self._dtype).requires_grad_()
            losses = many(at)
            # The loss at one point does not depend on another: the gradient of the sum has the slope of each.
            (slopes,) = torch.autograd.grad(losses.sum(), at)
        return losses.detach().double().numpy(), slopes.detach().double().numpy()

    def _single_at(self, point: Array) -> tuple[float, Array]:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self._seed)
            try:
                at = torch.tensor(point, dtype=self._dtype).requires_grad_()
                loss = self._loss(at)
                # Where their code takes a branch that does not use the coefficients, the slope is 0.
                slope = torch.autograd.grad(loss, at)[0] if loss.requires_grad else torch.zeros_like(at)
            except UserCodeError:  # it cannot be evaluated there: a hole in the landscape
                return float("nan"), np.full(2, np.nan)
        return float(loss.detach()), slope.detach().double().numpy()


def _shortened(reason: str) -> str:
    """Why points cannot be evaluated at once, without torch's advice to its own developers."""
    if ".item()" in reason or "data-dependent" in reason:
        return "it looks at single values, as .item(), float() and if do"
    line = reason.strip().splitlines()[0]
    return line if len(line) <= 100 else f"{line[:99]}…"


def _fill_slopes(losses: Array, slopes: Array, xs: Array, ys: Array) -> Array:
    """The slopes; where the loss is finite and its slope is not (a tip, a kink), that between the neighbours."""
    missing = np.isfinite(losses) & ~np.isfinite(slopes).all(axis=-1)
    if missing.any():
        with np.errstate(invalid="ignore"):
            between = np.stack(
                [np.gradient(losses, axis, axis=number) for number, axis in enumerate((xs, ys))], axis=-1
            )
        slopes[missing] = np.nan_to_num(between[missing], nan=0.0, posinf=0.0, neginf=0.0)
    return slopes
