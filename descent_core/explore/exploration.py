"""Exploration: runs on a user's own loss, the landscape around them, and what became of each.

What comes out is recordings in a folder, which scenes ask for by label:

- ``run-0``, ``run-1``, …: the runs, one for each learning rate, as `record` gives them;
- ``run-0-on-plane``, …: the same runs, projected onto the plane that is shown: points and gradients
  in its two directions, the losses untouched. With two coefficients they are the runs themselves;
- ``no-zero-grad`` and ``no-zero-grad-on-plane``: where it was asked for, the run whose gradient is never set to zero;
- ``ground``: the landscape on that plane, whose ``meta`` holds the `Summary`;
- ``bench``, a grid of runs and maps of fates, where they were asked for: see `descent_core.explore.bench`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from descent_core.counted import counted
from descent_core.explore.agreement import slope_disagreement
from descent_core.explore.bench import Bench, Place, make_bench, make_maps
from descent_core.explore.height_map import choose_height_map
from descent_core.explore.plane import Plane, coefficient_plane, full_plane, principal_plane
from descent_core.explore.probe import Probe, probe
from descent_core.explore.region import choose_region, rows_to_show
from descent_core.explore.request import ExplorationRequest, check_request, check_size, start_of
from descent_core.explore.runs import best_run, choose_method, record_runs
from descent_core.explore.summary import (
    BENCH,
    LANDSCAPE,
    NO_ZERO_GRAD,
    PlaneSummary,
    Summary,
    projected_label,
    run_label,
)
from descent_core.explore.survey import SIZES, ReportProgress, survey
from descent_core.explore.user.loss import load_loss
from descent_core.explore.valleys import is_another_valley
from descent_core.explore.verdict import read_verdict
from descent_core.recordings.fate_maps import FateMaps
from descent_core.recordings.landscape import Landscape
from descent_core.recordings.trajectory import Trajectory
from descent_core.training.chance import DRAWS, expected

#: Seconds that sampling may take at least, and as a fraction of the time of the runs.
_SURVEY_SECONDS, _SURVEY_FRACTION = 3.0, 0.25
#: If all of it will take longer than this, in seconds, that is noted before it begins.
LONG_SECONDS = 15.0


@dataclass(frozen=True)
class Exploration:
    """What came of it.

    Attributes
    ----------
    recordings
        All runs by label, and the same projected onto the plane.
    landscape
        The loss on the plane, with the summary in its ``meta``.
    summary
        What was found out.
    notes
        Sentences for whoever asked.
    bench
        What a viewer can try, if it was asked for and can be made.
    maps
        Where walks end, if only that was asked for.
    """

    recordings: dict[str, Trajectory]
    landscape: Landscape
    summary: Summary
    notes: tuple[str, ...]
    bench: Bench | None = None
    maps: FateMaps | None = None

    def save(self, folder: Path) -> Path:
        """Write all recordings into ``folder``, each file whole or not at all."""
        for label, trajectory in self.recordings.items():
            trajectory.save(folder / f"{label}.npz")
        self.landscape.save(folder / f"{LANDSCAPE}.landscape.npz")
        if self.bench is not None:
            self.bench.grid.save(folder / f"{BENCH}.grid.npz")
            self.bench.fates.save(folder / f"{BENCH}.fates.npz")
        return folder


def explore(
    request: ExplorationRequest,
    report: ReportProgress = lambda *_: None,
    note: Callable[[str], object] = lambda _: None,
    beside: Literal["", "bench", "maps"] = "",
) -> Exploration:
    """Record the runs, sample the loss around them, and read the verdicts.

    Parameters
    ----------
    report
        Is called with the progress.
    note
        Is called with what the user should know, as soon as it is known.
    beside
        What else to make: a bench of many runs, or maps of where walks end.

    Raises
    ------
    UsageError
        What was asked for does not fit the loss, or is not there.
    RunError
        Gradient descent cannot run on the loss.
    """
    notes: list[str] = []

    def add_note(sentence: str) -> None:
        notes.append(sentence)
        note(sentence)

    check_request(request)
    user_loss = load_loss(request.spec)
    method = choose_method(request, user_loss)
    request = replace(request, lrs=method.lrs)
    check_request(request)  # what the file gives is held to the same
    if len(set(method.group_lrs)) > 1:
        rates = ", ".join(f"{lr:g}" for lr in method.group_lrs)
        add_note(f"The optimizer's groups have the learning rates {rates}: the run is named by the first.")
    start = start_of(request, user_loss)
    check_size(request, start.numel())
    probed = probe(user_loss.loss, start, request.seed)
    _note_what_to_expect(probed, request, add_note)
    recorded = record_runs(request, method, user_loss, probed.start, report)
    labels = tuple(run_label(index) for index in range(len(request.lrs)))
    runs = [recorded[label] for label in labels]
    plane = _choose_plane(request, runs)
    region = choose_region(runs, plane, request.proportions)
    chance = probed.stochastic or probed.nondeterministic or any(run.evidence.expected for run in recorded.values())
    judged = expected(user_loss.loss) if chance else user_loss.loss
    surveyed = survey(
        judged,
        plane,
        region.with_margin(request.proportions),
        dtype=probed.start.dtype,
        seconds=max(_SURVEY_SECONDS, _SURVEY_FRACTION * probed.seconds * request.run_count * request.steps),
        seed=request.seed,
        meta={"recipe": {"loss": user_loss.title}},
        report=report,
    )
    if not surveyed.batched:
        add_note(
            f"The loss takes one point at a time only ({surveyed.reason}): the landscape was sampled point by point."
        )
    if surveyed.hole_fraction:
        add_note(
            f"The loss is not finite on {100 * surveyed.hole_fraction:.2g} % of the landscape: that is drawn as a hole."
        )
    disagreement = slope_disagreement(judged, probed.start, plane, region, request.seed)
    if disagreement:
        add_note(f"{disagreement} The runs followed torch's slope.")
    best = best_run(runs)
    verdicts = {}
    for label, run in recorded.items():
        other = run is not best and is_another_valley(judged, best, run, probed.start.dtype, request.seed)
        verdicts[label] = read_verdict(run, best, other_valley=other)
    summary = Summary(
        title=user_loss.title,
        name=user_loss.name,
        of_module=user_loss.of_module,
        optimizer=method.optimizer,
        runs=labels,
        best=best.label,
        no_zero_grad=NO_ZERO_GRAD in recorded,
        verdicts=verdicts,
        plane=PlaneSummary.of(plane),
        region=region,
        height_map=choose_height_map(surveyed.landscape, region, runs),
        draws=DRAWS if chance else 0,
        hole_fraction=surveyed.hole_fraction,
        plane_distance=_plane_distance(plane, runs),
        slope_disagreement=disagreement,
    )
    landscape = replace(surveyed.landscape, meta=summary.kept_in(surveyed.landscape.meta))
    projected = {projected_label(label): _projected(run, plane) for label, run in recorded.items()}
    place = Place(
        request, choose_method(request, user_loss), user_loss.loss, user_loss.title, probed.start, plane, region,
        region.with_margin(request.proportions), best, summary.draws,
    )  # fmt: skip
    bench = make_bench(place, report, add_note) if beside == "bench" else None
    maps = make_maps(place, report, add_note) if beside == "maps" else None
    return Exploration({**recorded, **projected}, landscape, summary, tuple(notes), bench, maps)


def _note_what_to_expect(probed: Probe, request: ExplorationRequest, add_note: Callable[[str], None]) -> None:
    """What the user should know before the runs begin."""
    total = request.run_count * request.steps
    run_seconds = probed.seconds * total
    survey_seconds = max(_SURVEY_FRACTION * run_seconds, 2 * SIZES[0] ** 2 * probed.seconds)
    if run_seconds + survey_seconds > LONG_SECONDS:
        add_note(
            f"One evaluation of this loss takes {probed.seconds:.2g} s, so {counted(total, 'step')} take about "
            f"{_duration(run_seconds)}, and a coarse landscape about {_duration(survey_seconds)}. "
            "Fewer --steps, or fewer --lr, take less."
        )
    if probed.start.dtype != torch.float64:
        add_note(f"The loss is evaluated in {str(probed.start.dtype).removeprefix('torch.')}.")
    if probed.stochastic or probed.nondeterministic:
        add_note(
            f"There is chance in the loss: the landscape, the curves and the verdicts are of the mean of {DRAWS} draws."
        )
    flat = probed.zero_slope
    if len(flat) == probed.start.numel():
        add_note("The slope at the start is exactly 0: the runs will not move.")
    elif flat:
        listed = ", ".join(map(str, flat[:5])) + (" …" if len(flat) > 5 else "")
        add_note(
            f"The slope along {len(flat)} of {probed.start.numel()} coefficients is exactly 0 at the start: {listed}."
        )


def _choose_plane(request: ExplorationRequest, runs: Sequence[Trajectory]) -> Plane:
    """All there is of one or two coefficients; of more, the slice that was asked for, or the main directions."""
    dimensions = runs[0].dimensions
    if dimensions == 1 or (dimensions == 2 and request.axes is None):
        return full_plane(dimensions)
    points = _points_to_show(runs)
    lowest = min(runs, key=lambda run: float(np.nanmin(run.expected_losses)))
    best = lowest.coeffs[int(np.nanargmin(lowest.expected_losses))]
    if request.axes is not None:
        return coefficient_plane(request.axes, best, points)
    return principal_plane(points, best, runs[0].slopes[0])


def _projected(run: Trajectory, plane: Plane) -> Trajectory:
    """A run projected onto the plane: its points and gradients there, the losses as they were recorded."""
    axes = np.stack([plane.east, plane.north], axis=1)
    with np.errstate(all="ignore"):  # a diverged run may be as far away as floating point goes
        return Trajectory(
            projected_label(run.label),
            plane.project(run.coeffs),
            run.losses,
            run.slopes @ axes,
            run.grads @ axes,
            run.lr,
            run.meta,
            replace(run.evidence, curvature=None, level=None),  # of all coefficients, not of the plane
        )


def _plane_distance(plane: Plane, runs: Sequence[Trajectory]) -> float:
    """How far the runs leave the plane at most, as a fraction of how far they go."""
    if not plane.is_slice:
        return 0.0
    points = _points_to_show(runs)
    # Row by row: a copy of all points would be as long as the recordings.
    away = max(float(np.linalg.norm(point - plane.coeffs_at(plane.project(point)))) for point in points)
    extent = float(np.linalg.norm(np.ptp(points, axis=0)))
    return away / extent if extent else 0.0


def _points_to_show(runs: Sequence[Trajectory]) -> NDArray[np.float64]:
    """``(N, D)``, the points of all runs that the region should hold."""
    return np.concatenate([run.coeffs[rows] for run, rows in zip(runs, rows_to_show(runs), strict=True)])


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
