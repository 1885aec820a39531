"""The bench of an exploration: a grid of runs that a viewer can choose among, and maps of where walks end.

All runs are made by `record`, on the user's own loss. How many that are depends on what one of them takes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from descent_core.counted import counted
from descent_core.errors import DescentError
from descent_core.explore.plane import Plane
from descent_core.explore.region import Region
from descent_core.explore.request import ExplorationRequest
from descent_core.explore.runs import Method, nan_where_not_finite
from descent_core.explore.survey import ReportProgress
from descent_core.loss_function import Loss
from descent_core.recordings.fate_maps import FateMaps
from descent_core.recordings.outcome import Outcome
from descent_core.recordings.run_grid import RunGrid
from descent_core.recordings.trajectory import Trajectory
from descent_core.training.batched_walks import refuses_batches, walks_from
from descent_core.training.fate_maps import map_fates
from descent_core.training.recorder import record
from descent_core.training.run_grids import record_grid

Array = NDArray[np.float64]

#: Learning rates and starts of a grid: all of it; or as much as there is time for.
_SIZES = ((60, 9), (40, 9), (30, 4), (20, 4), (12, 4), (10, 1), (6, 1))
#: Seconds that a grid may take, and a map of all its learning rates.
_GRID_SECONDS, _MAP_SECONDS = 150.0, 75.0
#: Seconds beyond which is told what a bench takes.
_LONG = 15.0
#: How far below the least learning rate that was asked for, and above the greatest, the grid goes.
_BEYOND = 8.0
#: Steps of a run at most: more would be too many for a page.
_STEPS = 100
#: Starts of a map from west to east, and from south to north. Of one coefficient they are all in a row.
_NODES = ((160, 144), (120, 108), (80, 72), (60, 54), (40, 36), (24, 22), (12, 11), (6, 6))
#: Walks that are made to see what a map takes.
_TRIED = 4096
#: Learning rates of the maps beside a grid, and numbers that the ends of all walks of the maps may hold.
_MAPS, _NUMBERS = 20, 2**24


@dataclass(frozen=True)
class Bench:
    """What a viewer can try.

    Attributes
    ----------
    grid
        The runs.
    fates
        Where walks end, for some of their learning rates, or for those that were asked for.
    """

    grid: RunGrid
    fates: FateMaps


@dataclass(frozen=True)
class Place:
    """What an exploration has found before a bench is made of it.

    Attributes
    ----------
    request, method
        What was asked for, and how the steps are made.
    loss
        ``(D,)`` to ``()``.
    title
        Its name, for recipes.
    start
        ``(D,)``, where the exploration's runs start.
    plane, region, ground
        The plane that is shown, the part of it that counts, and all of it that is drawn.
    best
        The best of the runs: where it ends is home.
    draws
        Of how many draws the expected loss is the mean; 0 where there is no chance in the loss.
    """

    request: ExplorationRequest
    method: Method
    loss: Loss
    title: str
    start: Tensor
    plane: Plane
    region: Region
    ground: Region
    best: Trajectory
    draws: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, east, south and north edge of the ground."""
        return self.ground.west, self.ground.east, self.ground.south, self.ground.north


def make_bench(place: Place, report: ReportProgress, note: Callable[[str], object]) -> Bench | None:
    """The runs and maps that a viewer can choose among; ``None``, and a note, where they cannot be made."""
    steps = min(place.request.steps, _STEPS)
    optimizers = {"": None}
    if place.method.factory is not None:
        optimizers[str(place.method.optimizer)] = place.method.factory  # type: ignore[assignment]
    try:
        lrs, starts, said = _size(place, steps, 2 * len(optimizers), note)
        grid = record_grid(
            nan_where_not_finite(place.loss),
            starts,
            lrs,
            steps=steps,
            bounds=place.bounds,
            home=place.best.coeffs[-1],
            optimizers=optimizers,
            seed=place.request.seed,
            dtype=place.start.dtype,
            coeffs_at=place.plane.coeffs_at,
            project=place.plane.project,
            meta={"recipe": {"loss": place.title}, "draws": place.draws, "notes": _notes(place, said)},
            report=lambda done, total: report("bench", done, total),
        )
        chosen = lrs[:: max(len(lrs) // _MAPS, 1)] if place.plane.kind != "line" else lrs
        return Bench(grid, _fates(place, chosen, steps, _MAP_SECONDS, report, note))
    except DescentError as error:
        note(f"There is no bench to try things on: {error}")
        return None


def make_maps(place: Place, report: ReportProgress, note: Callable[[str], object]) -> FateMaps:
    """A map of fates for each learning rate that was asked for; of one coefficient, for many of them.

    Raises
    ------
    DescentError
        The loss cannot be walked on.
    """
    lrs = sorted(place.request.lrs)
    if place.plane.kind == "line":
        lrs = _learning_rates(place.request.lrs, 2 * _SIZES[0][0])
    return _fates(place, lrs, place.request.steps, 2 * _MAP_SECONDS, report, note)


def _learning_rates(asked: tuple[float, ...], count: int) -> list[float]:
    """About so many, each as many times the one before, to three digits; those that were asked for among them."""
    even = np.geomspace(min(asked) / _BEYOND, max(asked) * _BEYOND, count)
    return sorted({float(f"{lr:.3g}") for lr in even} | set(asked))


def _starts(place: Place, count: int) -> Array:
    """``(S, 2)``, evenly over what counts of the plane; the one nearest to the exploration's own start is that."""
    own = place.plane.project(place.start.detach().double().numpy())
    if count == 1:
        return own[None]
    region, line = place.region, place.plane.kind == "line"
    across = count if line else round(count**0.5)
    shares = (np.arange(across) + 0.5) / across
    xs = region.west + (region.east - region.west) * shares
    ys = np.zeros(1) if line else region.south + (region.north - region.south) * shares
    places = np.stack(np.meshgrid(xs, ys, indexing="ij"), axis=-1).reshape(-1, 2)
    nearest = int(np.argmin(np.linalg.norm(places - own, axis=1)))
    return np.concatenate([own[None], np.delete(places, nearest, axis=0)])


def _size(place: Place, steps: int, ways: int, note: Callable[[str], object]) -> tuple[list[float], Array, str]:
    """The learning rates and starts that there is time for; and in words what is left out, if anything."""
    lr = float(place.best.lr)
    start = torch.tensor(place.plane.coeffs_at(_starts(place, 1)[0]), dtype=place.start.dtype)
    loss, spent = nan_where_not_finite(place.loss), float("inf")
    for _ in range(3):  # the first is slower, and so is one that a busy machine makes wait
        began = time.perf_counter()
        record(loss, start, lr=lr, steps=steps, seed=place.request.seed)
        spent = min(spent, time.perf_counter() - began)
        if spent > 1:
            break
    rates, starts = next((size for size in _SIZES if size[0] * size[1] * ways * spent <= _GRID_SECONDS), _SIZES[-1])
    said = ""
    if (rates, starts) != _SIZES[0]:
        most = _SIZES[0]
        said = (
            f"One run of {counted(steps, 'step')} takes {spent:.2g} s here: the bench has {rates} learning rates and "
            f"{counted(starts, 'start')} instead of {most[0]} and {most[1]}."
        )
    runs = rates * starts * ways
    if runs * spent > _LONG:
        about = counted(runs, "run")
        note(f"The bench below the film is {about}: about {runs * spent:.0f} s. --no-bench does without.")
    if said:
        note(said)
    return _learning_rates(place.request.lrs, rates), _starts(place, starts), said


def _notes(place: Place, said: str) -> list[str]:
    """What whoever tries things should know."""
    notes = [said] if said else []
    if place.draws:
        notes.append(
            f"There is chance in this loss. Every walk draws with seed {place.request.seed}, so all meet the same "
            f"draws in the same order; ground and curve are the mean of {place.draws} fixed draws."
        )
    if place.plane.is_slice:
        notes.append(
            f"A slice of {place.plane.dimensions:,} knobs: all walks start on the slice, and are seen where they are "
            "above or below it."
        )
    if place.plane.kind == "line":
        notes.append("One knob, from side to side: the rest of the ground is only there to stand on.")
    return notes


def _fates(
    place: Place,
    lrs: list[float],
    steps: int,
    seconds: float,
    report: ReportProgress,
    note: Callable[[str], object],
) -> FateMaps:
    """Maps as fine as there is time for."""
    west, east, south, north = place.bounds
    line = place.plane.kind == "line"
    plane, dtype, seed = place.plane, place.start.dtype, place.request.seed
    factory = place.method.factory
    rows = max(min(_TRIED, _NUMBERS // (64 * plane.dimensions)), 2)
    probe = torch.tensor(plane.coeffs_at(np.repeat(_starts(place, 1), rows, axis=0)), dtype=dtype)
    reason = refuses_batches(place.loss, probe, factory)
    loss = nan_where_not_finite(place.loss) if reason else place.loss
    few = probe[:1] if reason else probe
    began = time.perf_counter()
    for _ in walks_from(loss, few, lr=lrs[0], steps=3, optimizer=factory, seed=seed, batched=not reason):
        pass
    each = (time.perf_counter() - began) / len(few) / 4 * (steps + 1) * len(lrs)
    sizes = [(a * b // 72, 1) for a, b in _NODES] if line else list(_NODES)
    fitting = [
        size
        for size in sizes
        if size[0] * size[1] * each <= seconds and size[0] * size[1] * len(lrs) * plane.dimensions <= _NUMBERS
    ]
    nodes = fitting[0] if fitting else sizes[-1]
    if reason:
        note(f"The map has {nodes[0]} x {nodes[1]} starts only, each walked by itself: {reason}.")
    elif nodes[0] < 60:
        note(f"The map has {nodes[0]} x {nodes[1]} starts only: more would take long.")
    return map_fates(
        loss,
        lrs,
        np.linspace(west, east, nodes[0]),
        np.linspace(south, north, nodes[1]) if not line else np.zeros(1),
        steps=steps,
        valleys=place.best.coeffs[-1:] * (1.0 if place.best.outcome is Outcome.CONVERGED else np.nan),
        bounds=place.bounds,
        optimizer=factory,
        seed=seed,
        dtype=dtype,
        coeffs_at=plane.coeffs_at,
        project=plane.project,
        meta={"recipe": {"loss": place.title}, "optimizer": place.method.optimizer, "kind": plane.kind},
        find_valleys=True,
        report=lambda done, total: report("map", done, total),
    )
