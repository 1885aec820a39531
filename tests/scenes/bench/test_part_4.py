"""The whole bench of part 4: all of its runs, its answers beside theory, and the size of its page."""

from __future__ import annotations

import numpy as np
import pytest

from descent_core import library
from descent_core.catalogue import catalogue, make_loss
from descent_core.catalogue.gradient import CABIN
from descent_core.recordings.fates import Fate
from descent_core.recordings.run_grid import RunGrid
from descent_core.training.fate_maps import map_fates
from scenes.bench.assembly import assemble
from scenes.bench.challenges import challenges
from scenes.bench.packing import Packer, unpack
from scenes.bench.source import BenchSource
from scenes.gradient import PART
from scenes.gradient.shots import BENCH
from scenes.production.web.bench_page import bench_page_html

pytestmark = pytest.mark.slow
#: A page may have so many bytes; words, chapters and stills of the film take up less than the second of them.
PAGE, WORDS = 1_500_000, 90_000


@pytest.fixture(scope="module")
def grid() -> RunGrid:
    return library.grid("gradient-bench")


def test_two_over_the_curvature_divides_home_from_the_rest_from_every_start(grid: RunGrid) -> None:
    limit = 2 / grid.sharpest[0]
    assert grid.sharpest[0] == pytest.approx(0.99, abs=0.01)
    assert grid.flattest[0] == pytest.approx(0.58, abs=0.01)
    came = [int(np.flatnonzero(rates == Fate.HOME)[-1]) for rates in grid.fates[0, 0].T if (rates == Fate.HOME).any()]
    assert len(came) >= 5
    assert all(grid.lrs[row] < limit for row in came)
    # From the peak, and the best of the starts, the last one below the limit gets there.
    assert grid.lrs[max(came)] < limit < grid.lrs[max(came) + 1]
    assert grid.lrs[came[0]] < limit < grid.lrs[came[0] + 1]


def test_home_is_the_cabin_and_nobody_who_forgets_to_wipe_stays_there(grid: RunGrid) -> None:
    assert np.linalg.norm(grid.valleys[0] - CABIN) < 0.02
    assert grid.valley_losses[0] == pytest.approx(grid.valley_losses.min())  # and its likenesses a turn farther on
    assert (grid.fates[0, 1] == Fate.HOME).mean() < 0.01


def test_the_fewest_steps_from_the_peak_are_the_recorded_ones(grid: RunGrid) -> None:
    fewest = challenges(grid, 0, "the cabin")[0]
    arrived = np.where(grid.fates[0, 0, :, 0] == Fate.HOME, grid.arrived[0, 0, :, 0], 10_000)
    assert all(arrived[row] == arrived.min() for row in fewest.lrs)
    assert fewest.answer.startswith(f"{arrived.min()} steps")


def test_the_page_is_small_enough_with_all_runs_and_all_maps(grid: RunGrid) -> None:
    spec, beside = catalogue("gradient").fates["gradient-fates"], catalogue("gradient").grids["gradient-bench"]
    xs, ys = (np.linspace(*edge, nodes) for edge, nodes in zip((beside.x, beside.y), spec.nodes, strict=True))
    # The smallest and the largest learning rate: the smoothest map and the most frayed one, which packs worst.
    lrs = (spec.lrs[0], spec.lrs[-1])
    maps = map_fates(make_loss("radio"), lrs, xs, ys, steps=beside.steps, valleys=grid.valleys, bounds=beside.bounds)
    ground = library.landscape("mountain")
    made = assemble(BenchSource("part 4", grid, maps, ground, BENCH, 0.3, profiled=ground))
    read, packer = unpack(made.packed), Packer()
    packer.whole("map", read["map"])
    packer.whole("shade", read["shade"])
    a_map = len(packer.packed().text) / len(lrs)
    whole = len(bench_page_html(made).encode()) + (len(spec.lrs) - len(lrs)) * a_map
    assert whole + WORDS < PAGE
    assert made.runs == grid.count >= 60 * 2 * 9
    assert PART.bench == "scenes.gradient.bench"
