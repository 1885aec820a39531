"""What a page carries of a bench, read back: within half a pixel of torch, and small."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from descent_core import library
from descent_core.catalogue import catalogue, make_loss
from descent_core.recordings.fates import Fate
from descent_core.recordings.outcome import Outcome
from descent_core.training.recorder import record
from scenes.bench.assembly import GONE, WALKING, Bench, assemble
from scenes.bench.challenges import challenges
from scenes.bench.packing import Packer, unpack
from scenes.bench.words import sentence
from scenes.production.web.bench_page import bench_page_html
from tests.scenes.bench.small import LRS, STARTS, STEPS, of_other_scale, small_grid, small_source


@pytest.fixture(scope="module")
def bench() -> Bench:
    return assemble(small_source())


def on_screen(camera: Mapping[str, Any], world: np.ndarray) -> np.ndarray:
    """``(n, 2)``, world points in the picture's pixels, as the page's script reckons them."""
    away = world - camera["eye"]
    depth = away[:, :2] @ camera["forward"]
    column = camera["size"][0] / 2 + camera["focal"] * (away[:, :2] @ camera["right"]) / depth
    return np.stack([column, camera["horizon"] - camera["focal"] * away[:, 2] / depth], axis=1)


@pytest.mark.slow
def test_each_row_is_drawn_within_half_a_pixel_of_where_torch_was(bench: Bench) -> None:
    found, camera = unpack(bench.packed), bench.data["camera"]
    ground, loss = library.landscape("mountain"), make_loss("radio")
    number = 0
    for wiped in (True, False):
        for lr in LRS:
            for start in STARTS:
                run = record(loss, start, lr=lr, steps=STEPS, zero_grad=wiped, evidence=False)
                inside = ground.contains(*run.coeffs.T)
                assert np.array_equal(found["seen"][number] > 0, inside)
                height = 1.4 * ground.height(*run.coeffs[inside].T)
                truth = on_screen(camera, np.column_stack([run.coeffs[inside], height]))
                packed = np.stack([found[name][number][inside] for name in ("east", "north", "up")], axis=1)
                assert np.abs(on_screen(camera, packed) - truth).max() < 0.5
                assert found["loss"][number] == pytest.approx(run.losses, rel=1e-4)
                slopes = np.stack([found["slope0"][number], found["slope1"][number]], axis=1)
                assert slopes == pytest.approx(run.grads, rel=1e-3, abs=1e-4 * np.abs(run.grads).max())
                number += 1
    assert number == len(found["loss"])


@pytest.mark.slow
def test_a_recorded_point_stands_at_the_height_of_its_loss(bench: Bench) -> None:
    found = unpack(bench.packed)
    there = found["seen"] > 0
    assert found["up"][there] == pytest.approx(1.4 * found["loss"][there], abs=0.01)


@pytest.mark.slow
def test_the_table_gives_back_the_ground_under_a_pixel(bench: Bench) -> None:
    found, camera = unpack(bench.packed), bench.data["camera"]
    places = np.stack([found["table0"], found["table1"]], axis=-1)
    rows, columns = np.nonzero(np.isfinite(places[..., 0]))
    chosen = np.random.default_rng(0).choice(len(rows), 400, replace=False)
    rows, columns = rows[chosen], columns[chosen]
    ground = library.landscape("mountain")
    at = places[rows, columns]
    inside = ground.contains(*at.T)
    world = np.column_stack([at, 1.4 * ground.height(*at.T)])[inside]
    spots = on_screen(camera, world)
    centres = (np.stack([columns, rows], axis=1)[inside] + 0.5) * (1600 / 480)
    # A pixel of the table is three and a third of the picture's; near a ridge the ground goes away from the eye.
    assert np.quantile(np.abs(spots - centres).max(axis=1), 0.95) < 1600 / 480


@pytest.mark.slow
def test_a_map_on_the_page_is_the_recorded_one(bench: Bench) -> None:
    found, maps = unpack(bench.packed), small_source().fates
    assert np.array_equal(found["map"] == GONE, maps.fates == Fate.GONE)
    assert np.array_equal(found["map"] == WALKING, maps.fates == Fate.WALKING)
    assert np.array_equal(found["map"] == 0, maps.fates == Fate.HOME)
    assert (found["map"][maps.fates == Fate.ELSEWHERE] == maps.in_valley[maps.fates == Fate.ELSEWHERE]).all()


@pytest.mark.slow
def test_the_json_is_strict_and_nothing_of_this_machine_is_in_it(bench: Bench) -> None:
    text = json.dumps(bench.data, allow_nan=False)
    assert "/home" not in text
    assert "/tmp" not in text
    page = bench_page_html(bench)
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in page
    assert "A note &lt;b&gt;" in page


@pytest.mark.slow
def test_a_plane_that_is_not_the_grounds_own_is_drawn_at_the_same_place(bench: Bench) -> None:
    other = assemble(of_other_scale(small_source()))
    assert other.data["stretch"] == [2.0, 2.0]
    mine, its = unpack(bench.packed), unpack(other.packed)
    assert its["east"] == pytest.approx(mine["east"])
    assert its["up"] == pytest.approx(mine["up"])
    assert "profile" not in other.data["valleys"][0]


def test_what_is_packed_comes_back_within_its_step() -> None:
    chance = np.random.default_rng(1)
    packer = Packer()
    numbers = chance.normal(size=(7, 31)) * 10.0 ** chance.integers(-9, 9, size=(7, 31))
    packer.scaled("scaled", np.clip(numbers, -3, 5), low=-3, high=5)
    packer.floats("float", np.where(chance.random((7, 31)) < 0.1, np.nan, numbers))
    packer.halves("half", numbers)
    packer.whole("byte", np.arange(256).reshape(2, 128))
    found = unpack(packer.packed())
    assert np.abs(found["scaled"] - np.clip(numbers, -3, 5)).max() <= 8 / 65534
    known = np.isfinite(found["float"])
    assert found["float"][known] == pytest.approx(numbers[known], rel=2**-16)
    large = np.abs(numbers) > 1e-3 * np.abs(numbers).max()
    assert found["half"][large] == pytest.approx(numbers[large], rel=1e-3)
    assert found["byte"].ravel().tolist() == list(range(256))
    with pytest.raises(ValueError, match="does not fit a byte"):
        packer.whole("too large", [256])


def test_the_answers_of_part_4_lie_where_theory_says() -> None:
    grid = small_grid()
    fewest, largest, miss = challenges(grid, 0, "the cabin")
    # 2 / (sharpest + flattest) is fastest near the bottom; the way down from the peak has other curvatures, too.
    best = 2 / (grid.sharpest[0] + grid.flattest[0])
    assert all(0.5 * best < grid.lrs[row] < 1.5 * best for row in fewest.lrs)
    [row] = largest.lrs
    assert grid.lrs[row] < 2 / grid.sharpest[0] < grid.lrs[row + 1]
    assert f"{2 / grid.sharpest[0]:.3g}" in largest.theory
    others = grid.sharpest[1:].min()
    assert all(2 / grid.sharpest[0] < grid.lrs[row] < 2 / others for row in miss.lrs)


def test_from_where_nobody_gets_home_nothing_is_asked() -> None:
    grid = small_grid()
    assert (grid.fates[0, 0, :, 2] != Fate.HOME).all()
    assert challenges(grid, 2, "the cabin") == ()


def test_every_sentence_says_its_fate() -> None:
    for fate in Fate:
        for outcome in Outcome:
            said = sentence(fate, outcome, 3, 60, 60, home="the cabin", off=True)
            assert said.endswith(".")
            assert said.startswith(("Home:", "Another valley:", "Still walking:", "Gone:")[fate])
    assert "no longer a number" in sentence(Fate.GONE, Outcome.DIVERGED, 0, 9, 60, home="", off=True)
    assert "off the picture" in sentence(Fate.GONE, Outcome.OSCILLATING, 0, 60, 60, home="", off=True)


def test_the_bench_of_part_4_is_what_the_issue_asks_for() -> None:
    spec = catalogue("gradient").grids["gradient-bench"]
    assert len(spec.lrs) >= 60
    assert len(spec.starts) >= 9
    assert {0.02, 0.3, 5.5} <= set(spec.lrs)
    assert list(spec.lrs) == sorted(spec.lrs)
    maps = catalogue("gradient").fates["gradient-fates"]
    assert set(maps.lrs) <= set(spec.lrs)
