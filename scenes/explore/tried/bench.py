"""What the viewer can try below the film of a loss of one's own."""

from __future__ import annotations

import numpy as np

from descent_core import library
from descent_core.errors import RecordingError
from descent_core.explore.summary import BENCH, LANDSCAPE, Summary
from descent_core.recordings.run_grid import RunGrid
from scenes.bench.loading import ReportProgress
from scenes.bench.source import BenchSource
from scenes.engine.terrain.scale import Scale
from scenes.engine.terrain.shot import Shot
from scenes.explore.ground import STAGE_SIZE, Ground
from scenes.parts.ground.mountain import Mountain

#: Height between contour lines, in the stage's units: as in the film.
_CONTOUR = 0.12


def source(report: ReportProgress = lambda *_: None) -> BenchSource | None:  # noqa: ARG001  # all of it is recorded
    """The bench of the exploration whose recordings are in use; None where it has none."""
    with library.tracked() as read:
        try:
            grid, fates = library.grid(BENCH), library.fate_maps(BENCH)
        except (RecordingError, LookupError):
            return None
        ground = Ground(library.landscape(LANDSCAPE))
        summary = ground.summary
        best = library.recording(summary.best)
        walked = {library.recording(label).lr: "walked" for label in summary.runs}
    places = _places(ground, grid)

    def shot(mountain: Mountain) -> Shot:
        from scenes.explore.shots import wide_shot

        return wide_shot(mountain, places, places)

    return BenchSource(
        summary.title,
        grid,
        fates,
        ground.landscape,
        shot,
        best.lr,
        scale=Scale(),
        contour=_CONTOUR,
        on_ground=ground.on_stage,
        names=walked,
        knobs=_knobs(summary),
        notes=("The cabin stands where the best of the film's walks came to rest.", *grid.meta["notes"]),
        profiled=None if summary.plane.kind in ("coefficients", "principal") else ground.recorded,
        hashes=read,
    )


def _places(ground: Ground, grid: RunGrid) -> np.ndarray:
    """``(n, 2)``, starts and valleys on the part of the ground that is worth showing."""
    places = ground.on_stage(np.concatenate([grid.starts, grid.valleys[np.isfinite(grid.valleys).all(axis=1)]]))
    return np.asarray(places[(np.abs(places) <= np.array(STAGE_SIZE) / 2).all(axis=1)])


def _knobs(summary: Summary) -> tuple[str, str]:
    if summary.plane.kind == "principal":
        return "main direction 1", "main direction 2"
    first, second = (*(f"knob {axis}" for axis in summary.plane.axes), "")[:2]
    return first, second
