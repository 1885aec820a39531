"""The bench in a real browser without a network: by mouse, touch and keys, wide and on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from descent_core.catalogue import make_loss
from descent_core.recordings.fates import Fate
from descent_core.training.recorder import record
from scenes.bench.assembly import Bench, assemble
from scenes.bench.packing import unpack
from scenes.narration.chapters import Chapter
from scenes.narration.cues import Cue, CueSheet
from scenes.production.web.bench_page import bench_page_html
from scenes.production.web.film_page import FilmPage, film_page_html
from scenes.theme import using_theme
from tests.scenes.bench.small import LRS, STARTS, STEPS, small_grid, small_source

pytestmark = pytest.mark.slow
#: As a page stores a number of runs, starts and learning rates.
HOME, MISS = LRS.index(0.3), LRS.index(5.5)


@pytest.fixture(scope="module")
def bench() -> Bench:
    return assemble(small_source())


@pytest.fixture(scope="module")
def folder(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("a bench")
    (made / "bench.html").write_text(bench_page_html(bench), "utf-8")
    sheet = CueSheet((Cue(0.5, 2.5, "Look at the fog.", "fog"),), (), 20.0)
    film = FilmPage("The Gradient", sheet, [Chapter(0, "The fog")], about="A hiker.", number=4, bench=bench)
    (made / "index.html").write_text(film_page_html(film), "utf-8")
    with using_theme("light"):
        (made / "light.html").write_text(bench_page_html(bench), "utf-8")
    broken = replace(bench, packed=replace(bench.packed, text=bench.packed.text[:4000]))
    (made / "broken.html").write_text(bench_page_html(broken), "utf-8")
    return made


@dataclass
class Opened:
    """A bench in a browser without network, what it complains of, and what it asked for."""

    page: Page
    troubles: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, address: str) -> Opened:
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda one: self.troubles.append(one.text) if one.type == "error" else None)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)
        self.page.wait_for_selector("#bench[data-ready=true]")
        return self

    def value(self, what: str) -> Any:
        return self.page.evaluate(what)

    @property
    def set(self) -> dict[str, Any]:
        return dict(self.value("bench.unpacked.set"))

    def said(self) -> str:
        return self.page.inner_text("#bench-said")

    def ended(self) -> str:
        """What is said once he has ended."""
        self.page.wait_for_selector("#bench.told", timeout=20000)
        return self.said()


def settle(context: BrowserContext, address: str) -> Opened:
    return Opened(context.new_page()).open(address)


@pytest.fixture(params=[(1280, 900), (390, 844)], ids=["wide", "phone"])
def opened(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Iterator[Opened]:
    wide, high = request.param
    phone = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2} if wide < 500 else {}
    with browser.new_context(viewport={"width": wide, "height": high}, offline=True, **phone) as context:
        one = settle(context, (folder / "bench.html").as_uri())
        yield one
        assert one.troubles == []
        assert {address.split(":")[0] for address in one.asked} <= {"file", "data", "blob"}


@pytest.fixture
def wide(browser: Browser, folder: Path) -> Iterator[Opened]:
    with browser.new_context(viewport={"width": 1280, "height": 900}, offline=True) as context:
        one = settle(context, (folder / "bench.html").as_uri())
        yield one
        assert one.troubles == []


def press(one: Opened, where: str) -> None:
    """Touch it on a phone, click it elsewhere."""
    touch = one.value("matchMedia('(pointer: coarse)').matches")
    (one.page.tap if touch else one.page.click)(where)


def answer(one: Opened, fate: Fate) -> None:
    press(one, f"#bench-ask [data-answer='{int(fate)}']")


def test_he_does_not_set_out_before_it_is_said_where_he_will_end(opened: Opened) -> None:
    press(opened, "#bench-play")
    assert "First say where he will end" in opened.said()
    assert opened.value("bench.dataset.row") == "0"
    assert opened.value("document.activeElement.closest('#bench-ask') !== null")
    press(opened, "#bench-step")
    assert opened.value("bench.dataset.row") == "0"
    answer(opened, Fate.HOME)
    run = record(make_loss("radio"), STARTS[0], lr=0.3, steps=STEPS)
    said = opened.ended()
    assert said.startswith("Home: he is at the cabin after ")
    assert "As you foresaw. Foreseen so far: 1 of 1." in said
    assert f"{run.losses[-1]:.3g}" in opened.page.inner_text("#bench-numbers")
    assert not opened.page.is_visible("#bench-why")


def test_who_misjudged_sees_why_with_the_curvature(opened: Opened) -> None:
    opened.page.fill("#bench-typed", "5.5")
    opened.page.press("#bench-typed", "Enter")
    answer(opened, Fate.HOME)
    assert opened.ended().startswith("Another valley:")
    assert opened.page.is_visible("#bench-why")
    why = opened.page.inner_text("#bench-why")
    sharp, other = small_grid().sharpest[:2]
    for number in (sharp, 2 / sharp, other, 2 / other):
        assert f"{number:.3g}" in why
    assert opened.value("document.querySelectorAll('#bench-bend .print').length") > 0


def test_the_numbers_of_the_page_are_those_of_torch(wide: Opened, bench: Bench) -> None:
    read = unpack(bench.packed)
    for name in ("east", "up", "loss", "slope0", "rows", "fate", "map", "table0"):
        mine = np.array([np.nan if x is None else x for x in wide.value(f"[...bench.unpacked.arrays.{name}]")], float)
        assert np.array_equal(mine, read[name].astype(float).ravel(), equal_nan=True)
    loss, number = make_loss("radio"), 0
    for wiped in (True, False):
        for lr in LRS:
            for start in STARTS:
                run = record(loss, start, lr=lr, steps=STEPS, zero_grad=wiped, evidence=False)
                losses = wide.value(f"[...bench.unpacked.arrays.loss.subarray({number * 61}, {number * 61 + 61})]")
                assert losses == pytest.approx(run.losses.tolist(), rel=1e-4)
                number += 1


def test_what_is_on_screen_is_where_the_renderer_has_it(wide: Opened, bench: Bench) -> None:
    from scenes.bench.drawing import on_stage

    run = record(make_loss("radio"), STARTS[0], lr=0.3, steps=STEPS, evidence=False)
    with on_stage(small_source()) as stage:
        mountain = stage.mountain
        truth = mountain.camera((1600, 900)).project(mountain.world(*run.coeffs.T))[:, :2]
    which = wide.value(f"bench.unpacked.runOf({{optimizer: 0, wiped: 0, lr: {HOME}, start: 0}})")
    spots = np.array([wide.value(f"bench.unpacked.stage.spot({which}, {row})") for row in range(0, 61, 5)])
    assert np.abs(spots[:, :2] - truth[::5]).max() < 0.5


def test_the_slider_snaps_and_says_so(wide: Opened) -> None:
    assert "snaps to 8 learning rates" in wide.page.inner_text("#bench-snap")
    wide.page.fill("#bench-typed", "0.35")
    wide.page.press("#bench-typed", "Enter")
    assert wide.set["lr"] == HOME
    assert "0.35 was not recorded: this is the nearest that was, 0.3." in wide.page.inner_text("#bench-snap")
    wide.page.fill("#bench-typed", "quick")
    wide.page.press("#bench-typed", "Enter")
    assert "A learning rate is a number more than 0; found “quick”" in wide.page.inner_text("#bench-snap")
    assert wide.page.input_value("#bench-typed") == "0.3"
    wide.page.focus("#bench-lr")
    wide.page.keyboard.press("ArrowRight")
    assert wide.set["lr"] == HOME + 1
    assert wide.value("document.getElementById('bench-lr').getAttribute('aria-valuetext')") == "lr 0.987"
    wide.page.keyboard.press("Home")
    assert wide.page.inner_text("#bench-name") == "too small in the film"
    assert "0.02" in wide.page.inner_text("#bench-code")


def test_a_start_is_chosen_by_touching_the_ground(opened: Opened) -> None:
    spots = opened.value("bench.unpacked.stage.startSpots")
    box = opened.page.locator("#bench-stage").bounding_box()
    assert box is not None
    for start in (1, 2, 0):
        x, y = (spots[start][axis] / (1600, 900)[axis] * (box["width"], box["height"])[axis] for axis in (0, 1))
        touch = opened.value("matchMedia('(pointer: coarse)').matches")
        if touch:
            opened.page.touchscreen.tap(box["x"] + x + 4, box["y"] + y)
        else:
            opened.page.mouse.click(box["x"] + x + 4, box["y"] + y)
        assert opened.set["start"] == start
        assert f"Start {start + 1} of 3: the nearest that was recorded." in opened.page.inner_text("#bench-where")


def test_all_of_it_works_with_keys(wide: Opened) -> None:
    page = wide.page
    page.focus("#bench-stage")
    page.keyboard.press("ArrowRight")
    assert wide.set["start"] == 1
    page.keyboard.press("ArrowLeft")
    order = []
    for _ in range(16):
        page.keyboard.press("Tab")
        order.append(wide.value("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert [name for name in order if name.startswith("bench-")][:3] == ["bench-typed", "bench-lr", "bench-play"]
    assert {"home", "another valley", "still walking", "gone"} <= set(order)
    # The ring is seen.
    page.focus("#bench-step")
    page.keyboard.press("Tab")
    assert wide.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.focus("#bench-ask [data-answer='0']")
    page.keyboard.press("Enter")
    assert wide.ended().startswith("Home")
    page.focus("#bench-again")
    page.keyboard.press(" ")
    assert wide.value("bench.dataset.row") == "0"
    page.focus("#bench-step")
    page.keyboard.press(" ")
    page.wait_for_function("bench.dataset.row === '1'")


def test_the_state_is_in_the_address_and_a_link_sets_the_knob(browser: Browser, folder: Path) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}, offline=True) as context:
        one = settle(context, (folder / "bench.html").as_uri() + "#lr=5.4&zero=0&start=2&map=1")
        assert one.set == {"optimizer": 0, "wiped": 1, "lr": MISS, "start": 1, "map": True}
        assert one.page.is_visible("#bench-key")
        one.page.click("#bench-options [data-kind=wiped]")
        one.page.wait_for_function("location.hash === '#lr=5.5&zero=1&start=2&map=1'")
        one.value("location.hash = '#lr=0.3&zero=1&start=1'")
        one.page.wait_for_function("bench.unpacked.set.start === 0")
        strange = settle(context, (folder / "bench.html").as_uri() + "#lr=nothing&start=99&zero=x&optimizer=7")
        assert strange.set == {"optimizer": 0, "wiped": 0, "lr": HOME, "start": 0, "map": False}
        assert one.troubles == strange.troubles == []


def test_below_a_film_the_address_keeps_both_and_keys_go_where_they_belong(browser: Browser, folder: Path) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto((folder / "index.html").as_uri() + "#t=7&lr=5.5&start=1")
        page.wait_for_selector("#bench[data-ready=true]")
        assert page.evaluate("bench.unpacked.set.lr") == MISS
        page.focus("#bench-lr")
        page.keyboard.press("ArrowLeft")  # and not five seconds back
        page.wait_for_function("location.hash.includes('lr=4.9')")
        assert "t=7" in page.evaluate("location.hash")
        assert page.evaluate("document.documentElement.scrollWidth") == 1280
        assert len((folder / "index.html").read_bytes()) < 1_500_000


def test_three_challenges_have_the_answers_of_the_runs(wide: Opened) -> None:
    tasks = wide.page.locator("#bench-tasks li")
    assert tasks.count() == 3
    wide.page.fill("#bench-typed", "1.9211")
    wide.page.press("#bench-typed", "Enter")
    answer(wide, Fate.HOME)
    assert wide.ended().startswith("Home")
    won = tasks.nth(1)
    assert "won" in (won.get_attribute("class") or "")
    assert "2/λ = 2.01" in won.inner_text()
    tasks.nth(0).get_by_role("button").click()
    assert "4 steps, with lr 1.59" in tasks.nth(0).inner_text()
    wide.page.click("#bench-back")  # the third start
    assert "No recorded run gets from start 3 to the cabin" in wide.page.inner_text("#bench-tasks-note")


def test_the_map_of_fates_is_laid_over_the_ground(opened: Opened) -> None:
    press(opened, "#bench-layer")
    assert opened.page.get_attribute("#bench-layer", "aria-pressed") == "true"
    for word in ("home", "another valley", "still walking", "gone", "the nearest of 3 maps"):
        assert word in opened.page.inner_text("#bench-key")
    inks = opened.value(
        "(() => { const map = document.getElementById('bench-map'), pixels = map.getContext('2d')"
        ".getImageData(0, 0, map.width, map.height).data, found = {};"
        " for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] === 165) found[pixels[i] > pixels[i + 2]] = 1;"
        " return Object.keys(found); })()"
    )
    assert set(inks) == {"true", "false"}  # home is warm, other valleys are cold
    press(opened, "#bench-layer")
    assert opened.page.is_hidden("#bench-map")


def test_who_wants_no_motion_sees_the_end_at_once(browser: Browser, folder: Path) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce") as context:
        one = settle(context, (folder / "bench.html").as_uri())
        one.page.click("#bench-ask [data-answer='0']")
        assert one.value("bench.dataset.row") == "60"
        assert one.said().startswith("Home")


def test_a_phone_shows_it_whole_and_fingers_find_it(browser: Browser, folder: Path) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as context:
        for name in ("bench.html", "index.html", "light.html"):
            one = settle(context, (folder / name).as_uri())
            assert one.value("document.documentElement.scrollWidth") == 390
            boxes = one.value(
                "[...document.querySelectorAll('#bench button, #bench input')].filter((one) => one.offsetParent)"
                ".map((one) => one.getBoundingClientRect()).map((box) => [box.left, box.right, box.width, box.height])"
            )
            assert len(boxes) >= 14
            for left, right, width, height in boxes:
                assert left >= 0
                assert right <= 390
                assert min(width, height) >= 44


def test_what_is_said_is_announced_and_everything_has_a_name(wide: Opened) -> None:
    assert wide.page.get_attribute("#bench-said", "aria-live") == "polite"
    nameless = wide.value(
        "[...document.querySelectorAll('#bench button, #bench input')].filter((one) => one.offsetParent)"
        ".filter((one) => !(one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.length)).length"
    )
    assert nameless == 0
    assert wide.page.get_by_role("slider").count() == 1
    assert wide.page.get_by_role("heading", name="Try it").count() == 1


def test_a_damaged_page_says_so(browser: Browser, folder: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((folder / "broken.html").as_uri())
        page.wait_for_function("!document.getElementById('bench-trouble').hidden")
        assert "damaged or was cut short" in page.inner_text("#bench-trouble")
        assert page.is_hidden("#bench-body")


def test_the_json_of_a_page_is_that_of_the_bench(wide: Opened, bench: Bench) -> None:
    assert wide.value("bench.unpacked.data") == json.loads(json.dumps(bench.data))
