"""A bench that is small enough for tests: a few runs on part 4's mountain, all of them recorded here."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from descent_core import library
from descent_core.catalogue import make_loss
from descent_core.catalogue.gradient import CABIN, HILLSIDE, LANDSCAPES, PEAK
from descent_core.recordings.fate_maps import FateMaps
from descent_core.recordings.run_grid import RunGrid
from descent_core.training.fate_maps import map_fates
from descent_core.training.run_grids import record_grid
from scenes.bench.source import BenchSource
from scenes.gradient.shots import BENCH

LRS = (0.02, 0.3, 0.9873, 1.5884, 1.9211, 2.1132, 4.9, 5.5)
STARTS = (PEAK, HILLSIDE, (2.6, -4.9))
BOUNDS = (*LANDSCAPES["mountain"].x, *LANDSCAPES["mountain"].y)
STEPS = 60


@cache
def small_grid() -> RunGrid:
    return record_grid(make_loss("radio"), STARTS, LRS, steps=STEPS, bounds=BOUNDS, home=CABIN)


@cache
def small_maps() -> FateMaps:
    xs, ys = np.linspace(-9, 9, 19), np.linspace(-9, 7, 17)
    return map_fates(
        make_loss("radio"), LRS[1::3], xs, ys, steps=STEPS, valleys=small_grid().valleys, bounds=BOUNDS
    )  # fmt: skip


@cache
def small_source() -> BenchSource:
    landscape = library.landscape("mountain")
    return BenchSource(
        "the mountain of part 4", small_grid(), small_maps(), landscape, BENCH, 0.3,
        names={0.02: "too small", 0.3: "right", 5.5: "too big"}, profiled=landscape,
        notes=("A note <b>",), hashes={"gradient-bench.grid.npz": "0" * 64},
    )  # fmt: skip


def of_other_scale(source: BenchSource) -> BenchSource:
    """The same, as an exploration has it: its plane is not the ground's own."""
    grid = source.grid
    halved = replace(
        grid, starts=grid.starts / 2, coeffs=grid.coeffs / 2, valleys=grid.valleys / 2, meta=dict(grid.meta)
    )
    return replace(source, grid=halved, on_ground=lambda points: np.asarray(points) * 2, profiled=None)
