"""What the viewer can try below part 4: the hiker's mountain, his starts and strides."""

from __future__ import annotations

from descent_core import library
from descent_core.catalogue.gradient import RUNS
from scenes.bench.loading import ReportProgress
from scenes.bench.source import BenchSource
from scenes.gradient.shots import BENCH


def source(report: ReportProgress = lambda *_: None) -> BenchSource:
    """The bench of part 4; what is not recorded yet is recorded first, which takes some minutes."""
    with library.tracked() as read:
        grid = library.grid("gradient-bench", report=lambda done, total: report("bench", done, total))
        fates = library.fate_maps("gradient-fates", report=lambda done, total: report("map", done, total))
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
