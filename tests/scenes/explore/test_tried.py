"""The bench of a loss of one's own in a browser: a slice, one knob, an optimizer, chance, walks off the picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from descent_core import library
from descent_core.explore import bench as benches
from descent_core.explore.exploration import explore
from descent_core.recordings.fates import Fate
from scenes.bench.assembly import assemble
from scenes.bench.packing import unpack
from scenes.explore.tried.bench import source
from scenes.production.web.bench_page import bench_page_html
from tests.descent_core.explore.requests import example_request, request_for, write_loss

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benches, "_SIZES", ((6, 4),))
    monkeypatch.setattr(benches, "_NODES", ((12, 11),))


@contextmanager
def opened(browser: Browser, folder: Path, request: object) -> Iterator[Page]:
    found = explore(request, beside="bench")  # type: ignore[arg-type]
    found.save(folder / "recordings")
    with library.recordings_from(folder / "recordings"):
        tried = source()
        assert tried is not None
        assert set(tried.hashes) >= {"bench.grid.npz", "bench.fates.npz"}
        made = assemble(tried)
    # Who stands on the ground stands where it is drawn.
    read = unpack(made.packed)
    places = tried.on_ground(tried.grid.coeffs.reshape(-1, tried.grid.steps + 1, 2))
    there = read["seen"] > 0
    west, east, *_ = tried.landscape.bounds
    assert np.abs(read["east"][there] - places[..., 0][there]).max() <= (east - west) / 65534
    page_file = folder / "bench.html"
    page_file.write_text(bench_page_html(made), "utf-8")
    complaints: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, reduced_motion="reduce") as context:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
        page.goto(page_file.as_uri())
        page.wait_for_selector("#bench[data-ready=true]")
        # Every run is walked to its end once, whatever became of it.
        fates = page.evaluate("[...bench.unpacked.arrays.fate]")
        for fate in set(fates):
            run = fates.index(fate)
            page.evaluate(f"location.hash = {address(page, run)!r}")
            page.wait_for_function(f"bench.dataset.run === '{run}'")
            page.click(f"#bench-ask [data-answer='{(fate + 1) % 4}']")
            said = page.inner_text("#bench-said")
            assert said.startswith(("Home", "Another valley", "Still walking", "Gone")[fate])
            assert "NaN" not in page.inner_text("#bench")
            assert "undefined" not in page.inner_text("#bench")
        page.click("#bench-layer")
        yield page
        assert complaints == []


def address(page: Page, run: int) -> str:
    """The part of an address that sets the knobs to a run."""
    shape = [page.evaluate(f"bench.unpacked.data.{name}.length") for name in ("optimizers", "wiped", "lrs", "starts")]
    optimizer, wiped, lr, start = np.unravel_index(run, shape)
    rate = page.evaluate(f"bench.unpacked.data.lrs[{lr}]")
    return f"#lr={rate}&zero={1 - wiped}&start={start + 1}&optimizer={optimizer}"


def test_two_knobs_with_an_optimizer_beside_plain_descent(browser: Browser, tmp_path: Path) -> None:
    asked = example_request("himmelblau", start=(0.2, 0.3), lrs=(0.01, 0.1), steps=40, optimizer="adam")
    with opened(browser, tmp_path, asked) as page:
        page.click("text=Adam")
        assert "torch.optim.Adam([coeffs], lr=" in page.inner_text("#bench-code")
        page.wait_for_function("location.hash.includes('optimizer=1')")
        assert "walked in the film" in page.evaluate(
            "Object.values(bench.unpacked.data.names).map((name) => name + ' in the film').join()"
        )


def test_a_slice(browser: Browser, tmp_path: Path) -> None:
    asked = example_request("three_knobs", start=(0.0, 0.5, 0.5), lrs=(0.05,), steps=60)
    with opened(browser, tmp_path, asked) as page:
        assert "all walks start on the slice" in page.inner_text(".bench-notes")


def test_one_knob(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, example_request("valley", start=(-1.8,), lrs=(0.05,), steps=40)) as page:
        assert "One knob" in page.inner_text(".bench-notes")
        page.click("#bench-again")
        assert page.inner_text("#bench-numbers").count(",") == 0  # one knob, one number


def test_chance_names_its_draws_and_who_is_off_the_picture_is_gone(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benches, "_SIZES", ((3, 1),))
    body = "def loss(c):\n    return ((c - 0.1 * torch.randn(2, dtype=torch.float64)) ** 2).sum() / 2\n"
    asked = request_for(write_loss(tmp_path, body), (0.4,), (2.0, 1.0), steps=16)
    with opened(browser, tmp_path, asked) as page:
        notes = page.inner_text(".bench-notes")
        assert "Every walk draws with seed 0" in notes
        assert "the mean of 32 fixed draws" in notes
        fates = page.evaluate("[...bench.unpacked.arrays.fate]")
        gone = fates.index(Fate.GONE)
        page.evaluate(f"location.hash = {address(page, gone)!r}")
        page.wait_for_function(f"bench.dataset.run === '{gone}'")
        if page.inner_text("#bench-said").startswith("You said"):
            page.click("#bench-play")
        assert "off the picture" in page.inner_text("#bench")


def test_an_exploration_without_a_bench_has_none(tmp_path: Path) -> None:
    explore(example_request("himmelblau", start=(0.2, 0.3), steps=5)).save(tmp_path)
    with library.recordings_from(tmp_path):
        assert source() is None
