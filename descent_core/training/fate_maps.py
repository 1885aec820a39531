"""Making maps of fates: a batch of walks from every start on the ground, for each learning rate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from descent_core.loss_function import Loss
from descent_core.recordings.fate_maps import FateMaps
from descent_core.recordings.fates import Ended, Fate, arrival, fates_of, radius_of
from descent_core.recordings.outcome import Outcome
from descent_core.recordings.walk_shape import TAIL
from descent_core.training.batched_walks import refuses_batches, walks_from
from descent_core.training.recorder import OptimizerFactory, record

Array = NDArray[np.float64]
#: Valleys that are told apart at most.
_MOST_VALLEYS = 40
#: From points of the plane ``(…, 2)`` to coefficients ``(…, D)``, or back.
Between = Callable[[ArrayLike], Array]


def as_they_are(points: ArrayLike) -> Array:
    """Coefficients of two that are the plane's own points."""
    return np.asarray(points, np.float64)


def map_fates(
    loss: Loss,
    lrs: Sequence[float],
    xs: ArrayLike,
    ys: ArrayLike,
    *,
    steps: int,
    valleys: ArrayLike,
    bounds: tuple[float, float, float, float],
    optimizer: OptimizerFactory | None = None,
    zero_grad: bool = True,
    seed: int = 0,
    dtype: torch.dtype = torch.float64,
    coeffs_at: Between = as_they_are,
    project: Between = as_they_are,
    meta: dict[str, Any] | None = None,
    find_valleys: bool = False,
    report: Callable[[int, int], object] = lambda *_: None,
) -> FateMaps:
    """A map for each learning rate: where walks from all nodes of a grid of starts end.

    Parameters
    ----------
    lrs
        From the smallest to the greatest.
    xs, ys
        ``(nx,)`` and ``(ny,)``, the nodes, in the plane's units.
    steps, optimizer, zero_grad, seed
        As of `descent_core.training.recorder.record`.
    valleys
        ``(K, D)``, home first.
    bounds
        West, east, south and north edge of the ground: whoever ends beyond them is gone.
    dtype
        Of the coefficients that the loss is given.
    coeffs_at, project
        From the plane to the coefficients, and back.
    find_valleys
        Whether to look for more valleys, where walks of the map rest: one walk to each such place is recorded, and
        counts if it converged.
    report
        Is called with how many walks are made, and of how many.

    Examples
    --------
    A bowl of curvature 1: home from everywhere below a learning rate of 2, and beyond it everybody is gone.

    >>> bowl = lambda c: (c**2).sum() / 2
    >>> maps = map_fates(bowl, [0.5, 2.5], [-3.0, 1.0], [0.5], steps=40, valleys=[[0.0, 0.0]], bounds=(-4, 4, -4, 4))
    >>> maps.fates[..., 0].tolist()
    [[0, 0], [3, 3]]
    """
    xs, ys = np.asarray(xs, np.float64), np.asarray(ys, np.float64)
    nodes = np.stack(np.meshgrid(xs, ys, indexing="ij"), axis=-1).reshape(-1, 2)
    starts = torch.tensor(coeffs_at(nodes), dtype=dtype)
    reason, radius = refuses_batches(loss, starts, optimizer), radius_of(bounds)
    made: list[_Ends] = []
    for number, lr in enumerate(lrs):
        parts = []
        for some, walks in walks_from(
            loss, starts, lr=lr, steps=steps, optimizer=optimizer, zero_grad=zero_grad, seed=seed, batched=not reason
        ):
            ends = walks.coeffs[-1].copy()
            parts.append(_Ends(ends, arrival(walks.coeffs, radius), walks.whole, on_ground(project(ends), bounds)))
            report(number * len(starts) + some.stop, len(lrs) * len(starts))
        made.append(_Ends.joined(parts))
    known = np.asarray(valleys, np.float64).reshape(-1, starts.shape[1])

    def ended(ends: _Ends) -> Ended:
        return fates_of(
            ends.ends, ends.arrived, whole=ends.whole, on_ground=ends.inside, steps=steps, valleys=known, radius=radius
        )

    if find_valleys:
        for lr, ends in zip(lrs, made, strict=True):
            for place in _strangers(ends, ended(ends), steps, radius):
                if len(known) >= _MOST_VALLEYS or _nearest(ends.ends[place], known) <= 2 * radius:
                    continue
                run = record(
                    loss, starts[place], lr=lr, steps=steps, optimizer=optimizer, zero_grad=zero_grad, seed=seed
                )
                if run.outcome is Outcome.CONVERGED:
                    known = np.concatenate([known, run.coeffs[-1:]])
    found = [ended(ends) for ends in made]
    shape = (len(lrs), len(xs), len(ys))
    return FateMaps(
        np.asarray(lrs, np.float64),
        xs,
        ys,
        np.stack([one.fates for one in found]).reshape(shape),
        np.stack([one.in_valley for one in found]).reshape(shape),
        np.stack([one.arrived for one in found]).reshape(shape),
        known,
        {
            "steps": steps,
            "radius": radius,
            "bounds": list(bounds),
            "one by one": reason,
            "places": np.asarray(project(known)).tolist(),
            **(meta or {}),
        },
    )


@dataclass(frozen=True, eq=False)
class _Ends:
    """Where walks end ``(N, D)``, the row from which on they stay there, whether they are whole, and on the ground."""

    ends: Array
    arrived: NDArray[np.int32]
    whole: NDArray[np.bool_]
    inside: NDArray[np.bool_]

    @classmethod
    def joined(cls, parts: Sequence[_Ends]) -> _Ends:
        names = ("ends", "arrived", "whole", "inside")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _strangers(ends: _Ends, ended: Ended, steps: int, radius: float) -> list[int]:
    """Of walks that rest where no valley is known, one for each place, those of the most walks first."""
    rests = (ended.fates == Fate.WALKING) & (ends.arrived <= steps - steps // TAIL) & (ends.arrived > 0)
    places: list[int] = []
    counts: list[int] = []
    for walk in np.flatnonzero(rests):
        near = [at for at, place in enumerate(places) if np.linalg.norm(ends.ends[place] - ends.ends[walk]) <= radius]
        if near:
            counts[near[0]] += 1
        elif len(places) < 4 * _MOST_VALLEYS:
            places.append(int(walk))
            counts.append(1)
    order = np.argsort(-np.array(counts, int), kind="stable")[:_MOST_VALLEYS]
    return [places[at] for at in order]


def _nearest(point: Array, known: Array) -> float:
    with np.errstate(all="ignore"):
        apart = np.linalg.norm(known - point, axis=1)
    return float(np.min(apart, where=np.isfinite(apart), initial=np.inf))


def on_ground(points: ArrayLike, bounds: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """``(…,)``, whether points of the plane ``(…, 2)`` lie between west, east, south and north edge."""
    x, y = np.moveaxis(np.asarray(points, np.float64), -1, 0)
    west, east, south, north = bounds
    return np.asarray((west <= x) & (x <= east) & (south <= y) & (y <= north))
