"""Making a grid of runs: `record` for every optimizer, with and without ``zero_()``, learning rate and start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from descent_core.errors import DescentError
from descent_core.loss_function import Loss
from descent_core.recordings.fates import arrival, fates_of, radius_of
from descent_core.recordings.outcome import Outcome
from descent_core.recordings.run_grid import RunGrid, outcome_number
from descent_core.recordings.trajectory import Trajectory
from descent_core.training.fate_maps import Between, as_they_are, on_ground
from descent_core.training.recorder import OptimizerFactory, record

Array = NDArray[np.float64]
#: Ends of runs that came to rest are in one valley if they are nearer to each other than so many radii.
_ONE_VALLEY = 2.0


def record_grid(
    loss: Loss,
    starts: ArrayLike,
    lrs: Sequence[float],
    *,
    steps: int,
    bounds: tuple[float, float, float, float],
    home: ArrayLike,
    optimizers: Mapping[str, OptimizerFactory | None] | None = None,
    wiped: Sequence[bool] = (True, False),
    seed: int = 0,
    dtype: torch.dtype = torch.float64,
    coeffs_at: Between = as_they_are,
    project: Between = as_they_are,
    meta: dict[str, Any] | None = None,
    report: Callable[[int, int], object] = lambda *_: None,
) -> RunGrid:
    """Record every run of a grid.

    Parameters
    ----------
    starts
        ``(S, 2)``, on the plane that is shown.
    lrs
        ``L`` of them, from the smallest to the greatest.
    steps, seed
        As of `descent_core.training.recorder.record`.
    bounds
        West, east, south and north edge of the ground.
    home
        ``(D,)``, a point in the valley that is home.
    optimizers
        By name; ``None`` for the plain loop of part 4, which is all there is by default.
    wiped
        Whether the gradient is set to zero.
    dtype
        Of the coefficients that the loss is given.
    coeffs_at, project
        From points of the plane to coefficients, and back, where there are not two.
    report
        Is called with how many runs are made, and of how many.

    Raises
    ------
    DescentError
        Gradient descent cannot run on the loss from any of the starts.

    Examples
    --------
    >>> grid = record_grid(lambda c: (c**2).sum() / 2, [[3.0, 1.0]], [0.5, 1.9, 2.1], steps=60,
    ...     bounds=(-4, 4, -4, 4), home=[0, 0], wiped=[True])
    >>> grid.fates[0, 0, :, 0].tolist(), grid.sharpest.tolist()
    ([0, 0, 3], [1.0])
    """
    optimizers = {"": None} if optimizers is None else optimizers
    places = np.asarray(starts, np.float64).reshape(-1, 2)
    first = torch.tensor(coeffs_at(places), dtype=dtype)
    shape = (len(optimizers), len(wiped), len(lrs), len(places))
    made = _Made(shape, steps, first.shape[1])
    valleys = _Valleys(_ONE_VALLEY * radius_of(bounds))
    for index in np.ndindex(*shape):
        m, z, row, s = index
        try:
            run = record(
                loss,
                first[s],
                lr=float(lrs[row]),
                steps=steps,
                optimizer=list(optimizers.values())[m],
                zero_grad=wiped[z],
                seed=seed,
            )
        except DescentError:
            if not made.any and index == (m, z, shape[2] - 1, shape[3] - 1):
                raise  # it never worked: whoever asked should know why
            made.miss(index, first[s], places[s])
        else:
            made.write(index, run, project, radius_of(bounds))
            if run.outcome is Outcome.CONVERGED and on_ground(project(run.coeffs[-1]), bounds):
                valleys.add(run)
        report(made.count, int(np.prod(shape)))
    valleys.sort(np.asarray(home, np.float64))
    flat = made.flat()
    ended = fates_of(
        flat["ends"],
        flat["arrived"],
        whole=flat["whole"],
        on_ground=on_ground(project(flat["ends"]), bounds),
        steps=steps,
        valleys=valleys.points(first.shape[1]),
        radius=radius_of(bounds),
    )
    plane = np.asarray(project(valleys.points(first.shape[1]))).reshape(-1, 2)
    losses, sharpest, flattest = valleys.numbers()
    return RunGrid(
        tuple(optimizers),
        tuple(wiped),
        np.asarray(lrs, np.float64),
        places,
        made.coeffs,
        made.losses,
        made.slopes,
        made.grads,
        made.rows,
        ended.fates.reshape(shape),
        ended.in_valley.reshape(shape),
        ended.arrived.reshape(shape),
        made.outcomes,
        plane,
        losses,
        sharpest,
        flattest,
        {
            "torch": str(torch.__version__),
            "steps": steps,
            "seed": seed,
            "bounds": list(bounds),
            "radius": radius_of(bounds),
            **(meta or {}),
        },
    )


class _Made:
    """The arrays of a grid as they are filled, run by run."""

    def __init__(self, shape: tuple[int, int, int, int], steps: int, dimensions: int) -> None:
        self.coeffs = np.full((*shape, steps + 1, 2), np.nan)
        self.losses = np.full((*shape, steps + 1), np.nan)
        self.slopes = np.full((*shape, steps + 1, 2), np.nan)
        self.grads = np.full((*shape, steps, 2), np.nan)
        self.rows = np.zeros(shape, np.int32)
        self.outcomes = np.zeros(shape, np.uint8)
        self._ends = np.zeros((*shape, dimensions))
        self._whole = np.zeros(shape, bool)
        self._arrived = np.zeros(shape, np.int32)
        self._origin: Array | None = None
        self.count, self.any = 0, False

    def write(self, index: tuple[int, ...], run: Trajectory, project: Between, radius: float) -> None:
        rows = run.steps + 1
        # Gradients are directions: a plane's origin has no part in them.
        origin = np.asarray(project(np.zeros(run.dimensions)))
        with np.errstate(all="ignore"):  # a diverged run may be as far away as floating point goes
            self.coeffs[index][:rows] = project(run.coeffs)
            self.slopes[index][:rows] = np.asarray(project(run.slopes)) - origin
            self.grads[index][: run.steps] = np.asarray(project(run.grads)) - origin
        self.losses[index][:rows] = run.expected_losses
        self.rows[index] = rows
        self.outcomes[index] = outcome_number(run.outcome)
        self._ends[index] = run.coeffs[-1]
        self._whole[index] = bool(np.isfinite(run.losses).all())
        self._arrived[index] = arrival(run.coeffs[:, None], radius)[0]
        self.count, self.any = self.count + 1, True

    def miss(self, index: tuple[int, ...], start: Tensor, place: Array) -> None:
        """Where the loss has no value nobody sets out: one row, at the start."""
        self.coeffs[index][0] = place
        self.rows[index] = 1
        self.outcomes[index] = outcome_number(Outcome.DIVERGED)
        self._ends[index] = start.detach().double().numpy()
        self.count += 1

    def flat(self) -> dict[str, NDArray[Any]]:
        return {
            "ends": self._ends.reshape(-1, self._ends.shape[-1]),
            "whole": self._whole.ravel(),
            "arrived": self._arrived.ravel(),
        }


class _Valleys:
    """Where runs came to rest at a minimum: of those in one valley, the run that came nearest to its lowest point."""

    def __init__(self, apart: float) -> None:
        self._apart = apart
        self._runs: list[Trajectory] = []
        self._at_home: Trajectory | None = None

    def add(self, run: Trajectory) -> None:
        for place, known in enumerate(self._runs):
            if np.linalg.norm(known.coeffs[-1] - run.coeffs[-1]) <= self._apart:
                if np.linalg.norm(run.slopes[-1]) < np.linalg.norm(known.slopes[-1]):
                    self._runs[place] = run
                return
        self._runs.append(run)

    def sort(self, home: Array) -> None:
        """Home first, whether any run came there or not; then from the lowest to the highest."""
        self._runs.sort(key=lambda run: float(run.expected_losses[-1]))
        near = [run for run in self._runs if np.linalg.norm(run.coeffs[-1] - home) <= self._apart]
        self._at_home = near[0] if near else None
        self._runs = [run for run in self._runs if run is not self._at_home]

    def points(self, dimensions: int) -> Array:
        """``(K, D)``; home is not a number where nobody came to rest there."""
        nowhere = np.full(dimensions, np.nan)
        home = nowhere if self._at_home is None else self._at_home.coeffs[-1]
        return np.stack([home, *(run.coeffs[-1] for run in self._runs)])

    def numbers(self) -> tuple[Array, Array, Array]:
        """``(K,)`` each: the loss there, and the greatest and the least curvature; not a number where not known."""
        rows = []
        for run in (self._at_home, *self._runs):
            bend = run.evidence.curvature if run is not None else None
            loss = float(run.expected_losses[-1]) if run is not None else np.nan
            rows.append((loss, bend.sharpest if bend else np.nan, bend.flattest if bend else np.nan))
        losses, sharpest, flattest = np.array(rows, np.float64).T.copy()
        return losses, sharpest, flattest
