"""What the viewer can try below part 4: the hiker's mountain, his starts and strides."""

from __future__ import annotations

from descent_core import library
from descent_core.catalogue.gradient import RUNS
from scenes.bench.source import BenchSource
from scenes.gradient.shots import BENCH


def source() -> BenchSource:
    """The bench of part 4; what is not recorded yet is recorded first, which takes some minutes."""
    with library.tracked() as read:
        grid, fates = library.grid("gradient-bench"), library.fate_maps("gradient-fates")
        landscape = library.landscape("mountain")
    return BenchSource(
        "the mountain of part 4",
        grid,
        fates,
        landscape,
        BENCH,
        RUNS["right"].lr,
        names={RUNS[label].lr: label.replace("-", " ") for label in ("too-small", "right", "too-big")},
        profiled=landscape,
        hashes=read,
    )
