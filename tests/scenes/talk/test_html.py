"""The html in a browser that has no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page

from scenes.bench.assembly import assemble
from scenes.production.takes.take import Take
from scenes.production.web.bench_page import bench_page_html
from scenes.talk.build import build_talk
from scenes.talk.cutting import last_picture
from scenes.talk.slides import slides
from tests.scenes.bench.small import small_source
from tests.scenes.talk.tiny_talk import RATE, TINY


@dataclass
class Opened:
    """A talk in a browser without network, and what it asked for."""

    page: Page
    asked: list[str]
    complaints: list[str]

    def film(self, what: str) -> Any:
        """A property of the film that is shown now; None where there is none."""
        return self.page.evaluate(
            "(what) => Reveal.getCurrentSlide().slideBackgroundContentElement.querySelector('video')?.[what] ?? null",
            what,
        )

    def until(self, what: str) -> None:
        self.page.wait_for_function(
            f"Reveal.getCurrentSlide().slideBackgroundContentElement.querySelector('video')?.{what}"
        )

    @property
    def index(self) -> int:
        return int(self.page.evaluate("Reveal.getIndices().h"))


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[Opened]:
    with browser.new_context(viewport={"width": 640, "height": 360}, offline=True) as context:
        one = Opened(context.new_page(), [], [])
        one.page.on("request", lambda request: one.asked.append(request.url))
        one.page.on("console", lambda message: one.complaints.append(message.text) if message.type == "error" else None)
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        one.page.goto((folder / "my talk.html").as_uri())
        one.page.wait_for_function("Reveal.isReady()")
        yield one


def seen(page: Page) -> NDArray[np.int64]:
    """What is on the screen, as large as a frame."""
    import io

    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return np.asarray(shot.resize((160, 90), Image.Resampling.BOX), np.int64)


@pytest.mark.slow
def test_the_html_is_clicked_through_without_a_network(opened: Opened, takes: list[Take]) -> None:
    page, shown = opened.page, slides(takes, RATE)
    assert page.title() == "Tilt {{ & }} <b>"
    assert page.evaluate("Reveal.getTotalSlides()") == 1 + len(shown)
    assert opened.film("duration") is None  # the cover waits
    assert seen(page).max() > 150
    steps: list[Callable[[], None]] = [
        lambda: page.keyboard.press("ArrowRight"),
        lambda: page.mouse.click(300, 200),
        lambda: page.keyboard.press("PageDown"),  # as the thing in a speaker's hand does
        lambda: page.keyboard.press(" "),
    ]
    for index, slide in enumerate(shown, 1):
        steps[index % 4]()
        assert opened.index == index
        opened.until("currentTime > 0")
        length = sum(span.end - span.first for span in slide.spans) / RATE
        assert opened.film("duration") == pytest.approx(length, abs=0.02)
        assert opened.film("muted") is True
        assert opened.film("loop") is slide.loop
        text = page.evaluate("[...Reveal.getSlideNotes().matchAll(/<p>(.*?)<.p>/g)].map((one) => one[1]).join('\\n')")
        assert text.replace("&lt;", "<").replace("&amp;", "&") == slide.notes
        if slide.loop:  # comes round again, and goes on
            page.evaluate("Reveal.getCurrentSlide().slideBackgroundContentElement.querySelector('video').loops = 0")
            page.evaluate(
                "(() => { const film = Reveal.getCurrentSlide().slideBackgroundContentElement.querySelector('video');"
                " film.currentTime = film.duration - 0.15; })()"
            )
            opened.until("currentTime < 0.4")
            assert opened.film("paused") is False
        else:  # rests on its last picture
            opened.until("ended")
            assert np.abs(seen(page) - np.asarray(last_picture(slide), int)).mean() < 8
            assert opened.index == index
    page.keyboard.press("ArrowLeft")
    assert opened.index == len(shown) - 1
    assert {url.split(":")[0] for url in opened.asked} == {"file"}
    assert opened.complaints == []


@pytest.mark.slow
def test_a_beat_is_shown_again_and_stopped_by_keys(opened: Opened) -> None:
    opened.page.keyboard.press("ArrowRight")
    opened.until("ended")
    opened.page.keyboard.press("r")
    opened.until("ended === false")
    opened.page.keyboard.press("k")
    opened.until("paused")
    opened.page.keyboard.press("k")
    opened.until("paused === false")
    assert opened.index == 1


@pytest.mark.slow
def test_a_click_in_the_overview_goes_to_that_beat(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("o")
    page.wait_for_function("Reveal.isOverview()")
    box = page.evaluate(
        "(({x, y, width, height}) => [x + width / 2, y + height / 2])(Reveal.getSlide(1).getBoundingClientRect())"
    )
    page.mouse.click(*box)
    page.wait_for_function("!Reveal.isOverview()")
    assert opened.index == 1
    page.wait_for_function("location.hash === '#/1'")
    page.reload()  # a browser that fell over comes back to the same beat
    page.wait_for_function("Reveal.isReady()")
    assert opened.index == 1


@pytest.mark.slow
def test_the_speakers_window_shows_the_notes(opened: Opened) -> None:
    opened.page.keyboard.press("ArrowRight")
    with opened.page.context.expect_page() as window:
        opened.page.keyboard.press("s")
    window.value.wait_for_function("document.body.innerText.includes('Is a < b && c_d_?')")
    assert {url.split(":")[0] for url in opened.asked} == {"file"}


def test_the_html_names_nothing_that_is_elsewhere(folder: Path) -> None:
    text = (folder / "my talk.html").read_text("utf-8")
    assert "://" not in text
    assert "<b>" not in text
    addresses = re.findall(r'(?:src|href|data-background-(?:video|image))="([^"]*)"', text)
    assert len(addresses) == 12
    from urllib.parse import unquote

    for address in addresses:
        assert address == "data:," or (folder / unquote(address)).is_file()


@pytest.fixture(scope="module")
def with_bench(takes: list[Take], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("talk with a bench")
    page = bench_page_html(assemble(small_source()))
    for name in ("talk.html", "talk.pdf"):
        build_talk(takes, TINY, "Tilt", made / name, bench=page)
    return made


@pytest.mark.slow
def test_the_bench_is_the_last_slide_and_gives_back_the_keys(
    browser: Browser, with_bench: Path, takes: list[Take]
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 720}, offline=True) as context:
        page, complaints, asked = context.new_page(), [], []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        shown = len(slides(takes, RATE))
        page.goto((with_bench / "talk.html").as_uri() + f"#/{shown + 1}")
        page.wait_for_function("Reveal.isReady()")
        assert page.evaluate("Reveal.getTotalSlides()") == shown + 2
        bench = page.frame_locator("iframe").locator("#bench[data-ready=true]")
        bench.wait_for()
        frame = next(one for one in page.frames if one.url.endswith("bench.html"))
        # The ground, the question and the knob are in one view.
        for part in ("#bench-stage", "#bench-ask", "#bench-lr", "#bench-play"):
            box = frame.locator(part).bounding_box()
            assert box is not None
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= 720
        frame.click("#bench-ask [data-answer='0']")
        frame.wait_for_selector("#bench.told")
        assert page.evaluate("Reveal.getIndices().h") == shown + 1  # a click there is no click of the talk
        page.keyboard.press("PageUp")
        page.wait_for_function(f"Reveal.getIndices().h === {shown}")
        assert complaints == []
        assert {address.split(":")[0] for address in asked} <= {"file", "data", "blob"}


@pytest.mark.slow
def test_a_talk_that_has_no_bench_any_more_leaves_none(with_bench: Path, takes: list[Take]) -> None:
    from pypdf import PdfReader

    assert len(PdfReader(with_bench / "talk.pdf").pages) == 1 + len(slides(takes, RATE))
    assert (with_bench / "talk_files" / "bench.html").is_file()
    build_talk(takes, TINY, "Tilt", with_bench / "talk.html")
    assert not (with_bench / "talk_files" / "bench.html").exists()
