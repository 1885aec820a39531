"""The web pages: their text, and what they do in a real browser that opens them from a disk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from scenes.narration.captions import captions
from scenes.narration.chapters import Chapter
from scenes.narration.cues import Cue, CueSheet
from scenes.production.web.film_page import FilmPage, Link, film_page_html
from scenes.production.web.front_page import FrontCard, front_page_html
from scenes.production.web.templates import colours

NASTY = "</script><script>alert('1 & 2')</script>\u2028 <!-- {{ colours }} {% raw %}"
SHEET = CueSheet(
    (
        Cue(0.5, 2.5, "Look at the fog.", "fog"),
        Cue(3.0, 4.5, "Is a < b && c?", "fog"),
        Cue(6.0, 9.0, "Feel the slope under the boots, and take one step down.", "slope"),
        Cue(13.0, 16.0, "How big a step?", "step"),
        Cue(17.0, 19.0, "The right one.", "step"),
    ),
    (),
    20.0,
)
CHAPTERS = (Chapter(0, "The fog"), Chapter(5.4333, "The slope"), Chapter(12.0, "The step"))
FILM = FilmPage(
    "The Gradient", SHEET, CHAPTERS, about="A hiker.", number=4, stills=["stills/a b.png", None], front="../index.html"
)
CARDS = [
    FrontCard(1, "Tensors", "Atoms <that> remember."),
    FrontCard(4, "The Gradient", "A mountain.", 471.2, "4 the gradient/index.html", "4 the gradient/poster.png"),
]


class Elements(HTMLParser):
    """All elements with their attributes, and a check that those that were opened are closed."""

    VOID = frozenset({"meta", "link", "img", "input", "path", "circle", "rect", "polygon"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.data: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.data[self.found[-1][1].get("id", "")] = data

    def all(self, tag: str, attribute: str) -> list[str]:
        return [attrs[attribute] for name, attrs in self.found if name == tag and attribute in attrs]


def test_a_page_is_one_whole_file_that_asks_no_network() -> None:
    for text in (film_page_html(FILM), front_page_html(CARDS)):
        elements = Elements(text)
        assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text)
        assert not re.search(r"{[{%#]", text)
        addresses = elements.all("link", "href") + elements.all("img", "src") + elements.all("video", "src")
        assert all(not re.match(r"//|\w+:(?!image/svg)", address) for address in addresses)
        assert not elements.all("script", "src")
        ids = [attrs["id"] for _, attrs in elements.found if "id" in attrs]
        assert len(ids) == len(set(ids))


def test_a_page_leads_to_what_lies_beside_it() -> None:
    elements = Elements(film_page_html(FILM))
    assert elements.all("video", "src") == ["film.mp4"]
    assert elements.all("video", "poster") == ["poster.jpg"]
    assert set(elements.all("img", "src")) == {"stills/a%20b.png"}
    links = elements.all("a", "href")
    assert {"transcript.md", "film.srt", "film.vtt", "manifest.json", "../index.html"} <= set(links)
    # Every link into a page's own text has something there to lead to.
    ids = {attrs["id"] for _, attrs in elements.found if "id" in attrs}
    assert {link[1:] for link in links if link.startswith("#") and not link.startswith("#t=")} <= ids
    # A link to a moment never lands before it.
    moments = [attrs for name, attrs in elements.found if name == "a" and "data-t" in attrs]
    assert len(moments) == 3 + 3 + 1 + 5
    for attrs in moments:
        assert 0 <= float(attrs["href"].removeprefix("#t=")) - float(attrs["data-t"]) < 0.1


def test_what_is_said_cannot_break_a_page() -> None:
    sheet = CueSheet((Cue(0, 20, NASTY, "a"),), (), 20)
    film = FilmPage(
        NASTY, sheet, [Chapter(0, NASTY)], NASTY, NASTY, files=[Link(NASTY, 'a"b.md')], stills=['"><script>']
    )
    elements = Elements(film_page_html(film))
    assert len([name for name, _ in elements.found if name == "script"]) == 2
    data = json.loads(elements.data["film"])
    assert data["chapters"] == [[0, NASTY]]
    assert data["captions"] == [[one.start, one.end, one.text] for one in captions(sheet)]
    assert len([name for name, _ in Elements(front_page_html([FrontCard(1, NASTY, NASTY)], NASTY, NASTY)).found]) > 5
    assert "<script" not in front_page_html([FrontCard(1, NASTY, NASTY, 3, NASTY, NASTY)], NASTY, NASTY)


def test_a_film_without_sound_has_nothing_to_make_louder() -> None:
    assert "mute" in {attrs.get("id") for _, attrs in Elements(film_page_html(FILM)).found}
    silent = film_page_html(replace(FILM, sound=False))
    assert "mute" not in {attrs.get("id") for _, attrs in Elements(silent).found}
    assert "louder, quieter" not in silent


def test_a_page_needs_chapters() -> None:
    with pytest.raises(ValueError, match="at least one"):
        film_page_html(replace(FILM, chapters=()))


def test_the_front_page_tells_what_is_made_from_what_is_not() -> None:
    text = front_page_html(CARDS)
    elements = Elements(text)
    assert elements.all("a", "href") == ["4%20the%20gradient/index.html"]
    assert "7:51" in text
    assert text.index("The Gradient") < text.index("Not made yet") < text.index("Atoms &lt;that&gt; remember.")
    assert "Not made yet" not in front_page_html(CARDS[1:])


def test_the_front_page_of_several_films_says_in_which_order_to_watch_them() -> None:
    cards = [FrontCard(number, f"Film {number}", "about", 60, f"{number}/index.html") for number in (1, 2, 3)]
    text = front_page_html(cards)
    assert "Watch them in this order" in text
    assert text.index("<ol") < text.index("Film 1") < text.index("Film 2") < text.index("Film 3") < text.index("</ol>")
    assert "in this order" not in front_page_html(cards[:1])


def lightness(code: str) -> float:
    channels = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", ["page", "panel"])
@pytest.mark.parametrize("ink", ["text", "quiet", "light"])
def test_words_stand_out_from_their_ground(ink: str, ground: str) -> None:
    dark, bright = sorted([lightness(colours()[ink]), lightness(colours()[ground])])
    assert (bright + 0.05) / (dark + 0.05) >= 4.5
    assert (lightness(colours()["text"]) + 0.05) / (lightness(colours()["rule"]) + 0.05) >= 4.5


# From here on in a real browser.


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a film's is: 20 s of grey that grows lighter, a poster, the page."""
    made = tmp_path_factory.mktemp("film with a space")
    with av.open(str(made / "film.mp4"), "w") as out:
        stream = out.add_stream("libx264", rate=5, options={"preset": "ultrafast", "g": "5"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for index in range(100):
            grey = np.full((180, 320, 3), 40 + 2 * index, dtype=np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        out.mux(stream.encode(None))
    (made / "index.html").write_text(film_page_html(replace(FILM, stills=(), poster="film.mp4")), "utf-8")
    (made / "front.html").write_text(front_page_html(CARDS), "utf-8")
    return made


class Shown:
    """The page as a viewer meets it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.troubles: list[str] = []
        self.asked: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(address)
        page.wait_for_function("video.readyState > 0")

    def contains(self, what: str) -> None:
        """Soon this is so."""
        self.page.wait_for_function(what, timeout=5000)

    def value(self, what: str) -> Any:
        return self.page.evaluate(what)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


@pytest.fixture
def shown(browser: Browser, folder: Path) -> Iterator[Shown]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    shown = Shown(context.new_page(), (folder / "index.html").as_uri())
    yield shown
    assert shown.troubles == []
    assert all(address.startswith("file:") for address in shown.asked)
    context.close()


@pytest.mark.slow
def test_it_plays_from_a_disk_with_captions(shown: Shown) -> None:
    assert shown.value("video.controls") is False
    shown.page.click("#begin")
    shown.contains("!video.paused && video.currentTime > 0.6")
    shown.contains("video.textTracks[0].activeCues.length === 1 && caption.textContent === 'Look at the fog.'")
    assert shown.page.locator("#caption").is_visible()
    assert shown.value("play.getAttribute('aria-label')") == "Pause"
    shown.press("c")
    assert not shown.page.locator("#caption").is_visible()
    assert shown.value("captions.getAttribute('aria-pressed')") == "false"
    shown.press("c")
    shown.value("video.currentTime = 3.2")
    shown.contains("caption.textContent === 'Is a < b && c?'")
    assert shown.value("video.textTracks[0].cues.length") == len(captions(SHEET))


@pytest.mark.slow
def test_chapters_and_lines_lead_to_their_moments(shown: Shown) -> None:
    shown.page.click("#chapters li:nth-child(3) a")
    shown.contains("!video.paused && video.currentTime >= 12")
    shown.contains("document.querySelector('#chapters [aria-current]').textContent.includes('The step')")
    shown.contains("location.hash === '#t=12'")
    shown.press(" ")
    shown.contains("video.paused")
    shown.page.click("text=Feel the slope")
    shown.contains("video.currentTime >= 6 && video.currentTime < 8")
    shown.contains("document.querySelector('.said[aria-current]').textContent.startsWith('Feel the slope')")
    assert shown.value("document.querySelectorAll('[aria-current]').length") == 2


@pytest.mark.slow
def test_every_key_does_what_the_help_says(shown: Shown) -> None:
    def lands(key: str, time: float) -> None:
        shown.press(key)
        shown.contains(f"Math.abs(video.currentTime - {time}) < 0.15")

    for key, time in [("5", 10), ("ArrowLeft", 5), ("ArrowRight", 10), ("j", 0), ("l", 10), ("n", 12), ("p", 5.4333)]:
        lands(key, time)
    lands("p", 0)
    lands("9", 18)
    lands("n", 20)
    lands("0", 0)
    shown.press("k")
    shown.contains("!video.paused")
    shown.press("k")
    shown.contains("video.paused")
    shown.press(">")
    assert shown.value("video.playbackRate") == 1.25
    shown.press("<")
    # Up and down scroll the page, but turn the volume while the film has the focus.
    shown.press("ArrowDown")
    assert shown.value("video.volume") == 1
    shown.value("player.focus()")
    shown.press("ArrowDown", "ArrowDown")
    assert shown.value("video.volume") == pytest.approx(0.9)
    shown.press("f")
    shown.contains("document.fullscreenElement === player")
    lands("PageDown", 5.4333)
    lands("PageUp", 0)
    shown.press("f")
    shown.contains("document.fullscreenElement === null")
    shown.press("?")
    assert shown.value("help.open") is True
    shown.press("5", "Escape")
    assert shown.value("help.open") is False
    assert shown.value("video.currentTime") == 0
    # A button that has the focus is pressed once, and a modifier makes a key the browser's own.
    shown.value("play.focus()")
    shown.press(" ")
    shown.contains("!video.paused")
    shown.press("Control+c")
    assert shown.value("captions.getAttribute('aria-pressed')") == "true"


@pytest.mark.slow
def test_a_link_leads_to_a_moment_and_the_moment_into_the_address(browser: Browser, folder: Path) -> None:
    with browser.new_context() as context:
        shown = Shown(context.new_page(), (folder / "index.html").as_uri() + "#t=13.5")
        shown.contains("video.currentTime === 13.5 && clock.textContent === '0:13 / 0:20'")
        assert shown.value("now.textContent") == "The step"
        assert shown.page.locator("#begin").is_visible()
        shown.press("ArrowLeft")
        shown.contains("location.hash === '#t=8.5'")
        shown.value("location.hash = '#t=2'")
        shown.contains("video.currentTime === 2")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["index.html", "front.html"])
def test_a_phone_shows_it_whole(browser: Browser, folder: Path, name: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto((folder / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        if name == "front.html":
            return
        page.tap("#begin")
        page.wait_for_function("video.currentTime > 0.6")
        # What a finger must hit is large enough, and on the screen.
        boxes = page.evaluate(
            "[...document.querySelectorAll('.bar button, #chapters a')].filter((one) => one.offsetParent)"
            ".map((one) => one.getBoundingClientRect()).map((box) => [box.left, box.right, box.width, box.height])"
        )
        assert len(boxes) >= 8
        for left, right, width, height in boxes:
            assert left >= 0
            assert right <= 360
            assert min(width, height) >= 44
        # While one reads, the film stays in sight.
        page.evaluate("window.scrollTo({ top: 1e6, behavior: 'instant' })")
        assert page.evaluate("video.getBoundingClientRect().top") == 0


@pytest.mark.slow
def test_the_film_goes_on_in_the_corner_while_one_reads(shown: Shown) -> None:
    shown.page.set_viewport_size({"width": 1280, "height": 500})
    shown.press("k")
    shown.contains("video.currentTime > 0")
    shown.value("window.scrollTo({ top: 1e6, behavior: 'instant' })")
    shown.value("document.body.style.paddingBottom = '2000px', window.scrollTo({ top: 1e6, behavior: 'instant' })")
    shown.contains("player.classList.contains('docked')")
    shown.page.click("#back")
    shown.contains("!player.classList.contains('docked')")


@pytest.mark.slow
def test_it_says_so_when_the_film_is_not_there(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(film_page_html(FILM), "utf-8")
    with browser.new_context() as context:
        opened = context.new_page()
        opened.goto((tmp_path / "index.html").as_uri())
        opened.wait_for_function("!trouble.hidden")
        assert "film.mp4" in opened.inner_text("#trouble")
