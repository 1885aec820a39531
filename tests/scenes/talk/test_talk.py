"""Talks: every beat is a click, cut at its very frame, with its words as notes; in html, pptx and pdf."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from click.testing import CliRunner
from manim import tempconfig
from numpy.typing import NDArray
from PIL import Image, ImageColor
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from descent_core import record, recording
from descent_core.errors import UnknownLabel
from render import cli
from scenes.narration.cues import Beat, Cue, CueSheet
from scenes.part import SceneRef
from scenes.production.format import FORMATS, Format, RenderSettings
from scenes.production.takes.render import render_take
from scenes.production.takes.take import Take
from scenes.talk import Deck, write_deck
from scenes.talk.build import build_talk
from scenes.talk.convert import TalkError
from scenes.talk.cutting import CutError, cut_spans, first_picture, last_picture
from scenes.talk.deck import DeckError, Entry
from scenes.talk.deck_file import deck_in, scenes_in
from scenes.talk.slides import Slide, Span, slides
from scenes.theme import DARK, LIGHT, Theme, theme

ROOT = Path(__file__).parents[3]
RATE = 10
#: As films are encoded, with frames that need others before and after them.
TINY = RenderSettings(Format(160, 90, RATE, (("preset", "veryfast"), ("crf", "12"))))

SCENES = """
from manim import LEFT, RIGHT, Circle, FadeIn, Scene, Square
from scenes.stage.explainer_scene import ExplainerScene


class Ours(ExplainerScene):
    def construct(self):
        square = Square(fill_opacity=1).shift(3 * LEFT)
        self.beat("one")
        self.open(square)
        with self.say("The first line."):
            self.play(square.animate.shift(RIGHT))
        with self.say("Is a < b && c_d_?"):
            pass
        self.beat("round & round", loop=True)
        self.play(square.animate.shift(RIGHT))
        self.play(square.animate.shift(LEFT))
        self.beat("three")
        with self.say("The last line."):
            self.play(square.animate.shift(4 * RIGHT))
        self.close()


class Other(ExplainerScene):
    def construct(self):
        self.beat("four")
        self.open(Circle(fill_opacity=1))
        with self.say("Another scene."):
            pass
        self.close()


class Plain(Scene):
    def construct(self):
        circle = Circle()
        self.next_section("come")
        self.add_subcaption("Say this.", duration=1)
        self.play(FadeIn(circle))
        self.next_section("stay", section_type="talk.loop")
        self.add_subcaption("Say that.", duration=1)
        self.wait(0.5)


class Whole(Scene):
    def construct(self):
        self.wait(0.5)
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mine") / "random.py"  # a name that Python has already
    path.write_text(SCENES)
    return path


@pytest.fixture(scope="module")
def takes(file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Take]:
    _, refs = scenes_in(file)
    return [render_take(ref, TINY, tmp_path_factory.mktemp("takes")) for ref in refs]


def frames(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


# Which frames belong to which click.


def take(*beats: Beat, length: float = 10.0, closes: float | None = None, cues: tuple[Cue, ...] = ()) -> Take:
    ref = SceneRef("a", "a", "A", "A title")
    return Take(ref, Path("a.mp4"), CueSheet(cues, beats, length, closes))


def spans(*takes: Take) -> list[list[tuple[int, int]]]:
    return [[(span.first, span.end) for span in slide.spans] for slide in slides(takes, RATE)]


def test_a_beat_is_a_slide_and_the_dark_waits_for_the_next_click() -> None:
    first = take(Beat(0, "a"), Beat(4, "b"), closes=9.5)
    second = take(Beat(0, "c"), Beat(6, "d"), closes=9.0)
    assert spans(first, second) == [[(0, 40)], [(40, 95)], [(95, 100), (0, 60)], [(60, 90)]]


def test_without_beats_the_whole_is_a_slide_of_its_title() -> None:
    assert spans(take()) == [[(0, 100)]]
    assert slides([take()], RATE)[0].beat == "A title"


def test_what_is_before_the_first_beat_belongs_to_it_and_beats_without_frames_are_none() -> None:
    assert spans(take(Beat(2, "a"), Beat(5, "empty"), Beat(5, "b"), Beat(10, "after the end"))) == [
        [(0, 50)],
        [(50, 100)],
    ]
    assert [slide.beat for slide in slides([take(Beat(5, "x"), Beat(5, "y"))], RATE)] == ["y"]


def test_a_loop_never_goes_dark() -> None:
    first, second = take(Beat(0, "a"), closes=9.5), take(Beat(0, "b", loop=True), closes=9.5)
    assert spans(first, second) == [[(0, 95)], [(0, 95)]]


def test_each_line_is_a_note_of_the_beat_that_it_begins_in() -> None:
    cues = (Cue(0, 1, "One.", "a"), Cue(3.9, 5, "Two.", "a"), Cue(4, 5, "Three.", "b"), Cue(8, 9, "Four.", "b"))
    found = slides([take(Beat(0, "a"), Beat(4, "b"), cues=cues)], RATE)
    assert [slide.notes for slide in found] == ["One.\nTwo.", "Three.\nFour."]


# The pieces.


def test_the_pieces_are_the_takes_frame_by_frame(takes: list[Take], tmp_path: Path) -> None:
    shown = slides(takes, RATE)
    assert [slide.beat for slide in shown] == ["one", "round & round", "three", "four", "come", "stay", "Whole"]
    assert [slide.loop for slide in shown] == [False, True, False, False, False, True, False]
    whole = {one.path: frames(one.path) for one in takes}
    with av.open(str(takes[0].path)) as film:
        assert any(packet.pts != packet.dts for packet in film.demux(video=0))  # or this would show nothing
    pieced = []
    for index, slide in enumerate(shown):
        path = tmp_path / f"{index}.mp4"
        cut_spans(slide.spans, path)
        wanted = [frame for span in slide.spans for frame in whole[span.path][span.first : span.end]]
        got = frames(path)
        assert len(got) == len(wanted) > 0
        assert all((one == other).all() for one, other in zip(got, wanted, strict=True))
        with av.open(str(path)) as film:
            times = sorted(
                float(packet.pts * packet.time_base) for packet in film.demux(video=0) if packet.pts is not None
            )
            assert not film.streams.audio
            assert film.duration is not None
            assert film.duration / av.time_base == pytest.approx(len(got) / RATE, abs=0.01)
        np.testing.assert_allclose(times, np.arange(len(got)) / RATE, atol=1e-6)
        assert (np.asarray(first_picture(slide)) == wanted[0]).all()
        assert (np.asarray(last_picture(slide)) == wanted[-1]).all()
        pieced.append(len(got))
    # Nothing is lost but the last going dark, and nothing comes twice.
    closing = sum(
        len(whole[one.path]) - round((one.cues.fade_out_start or one.cues.length) * RATE) for one in takes[1:2]
    )
    assert closing == 5
    assert sum(pieced) == sum(map(len, whole.values()))


def test_a_slide_rests_on_a_picture_and_not_on_the_dark(takes: list[Take]) -> None:
    for slide in slides(takes, RATE)[:4]:
        assert np.asarray(last_picture(slide)).max() > 200
    last = slides(takes[:2], RATE)[-1]
    assert last.beat == "four"
    assert sum(span.end - span.first for span in last.spans) < 5 + round(takes[1].cues.length * RATE)


def test_a_loop_ends_where_it_began(takes: list[Take]) -> None:
    loop = slides(takes, RATE)[1]
    first, last = (np.asarray(picture(loop), int) for picture in (first_picture, last_picture))
    assert np.abs(first - last).mean() < 1


def test_no_cut_is_made_where_a_frame_needs_others(takes: list[Take], tmp_path: Path) -> None:
    with pytest.raises(CutError, match="cannot be cut at frame 2"):
        cut_spans([Span(takes[0].path, 2, 9)], tmp_path / "x.mp4")


# What is made of them.


@pytest.fixture(scope="module")
def folder(takes: list[Take], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("talks with a space")
    for kind in ("html", "pptx", "pdf"):
        build_talk(takes, TINY, "Tilt {{ & }} <b>", made / f"my talk.{kind}", above="above")
    return made


NOTES = ["", "The first line.\nIs a < b && c_d_?", "", "The last line.", "Another scene.", "Say this.", "Say that.", ""]


def test_nothing_half_written_is_left(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {"my talk.html", "my talk.pptx", "my talk.pdf", "my talk_files"}
    names = {path.name for path in (folder / "my talk_files").iterdir()}
    assert {"cover.png", "reveal"} < names
    assert len(names) == 2 + 7


def test_the_pptx_has_a_slide_a_beat_with_its_notes(folder: Path, takes: list[Take]) -> None:
    pptx = pytest.importorskip("pptx")
    deck = pptx.Presentation(folder / "my talk.pptx")
    assert [slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "" for slide in deck.slides] == NOTES
    said = [line for slide in NOTES for line in slide.splitlines()]
    assert said == [cue.text for one in takes for cue in one.cues.cues]  # the one source
    for index, slide in enumerate(deck.slides):
        (shape,) = slide.shapes
        assert shape.left == shape.top == 0
        assert shape.width >= deck.slide_width
        assert shape.height == deck.slide_height
        films = [part for part in slide.part.rels.values() if part.reltype.endswith("/video")]
        assert len(films) == (index > 0)
        loops = 'repeatCount="indefinite"' in pptx.oxml.xmlchemy.serialize_for_reading(slide.element)
        assert loops == (index in (2, 6))


def test_the_pdf_has_a_page_a_beat_with_its_last_picture_and_its_notes(folder: Path, takes: list[Take]) -> None:
    pdf = PdfReader(folder / "my talk.pdf")
    assert len(pdf.pages) == 8
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Tilt {{ & }} <b>"
    for page, slide, notes in zip(pdf.pages[1:], slides(takes, RATE), NOTES[1:], strict=True):
        picture = np.asarray(page.images[0].image.convert("RGB"), int)
        assert np.abs(picture - np.asarray(last_picture(slide))).mean() < 3
        found = [one.get_object() for one in page.get("/Annots", [])]
        assert [one["/Contents"] for one in found] == ([notes] if notes else [])
        assert all(one["/Rect"][2] < 0 for one in found)  # no sign for it on the picture
    titles = [one if isinstance(one, list) else one.title for one in pdf.outline]
    assert [one for one in titles if isinstance(one, str)] == ["Tilt {{ & }} <b>", "Ours", "Other", "Plain", "Whole"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome", "chrome"])), None)
    if found is None:
        pytest.skip("There is no Chromium or Chrome on the PATH (on Debian: apt-get install chromium).")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=root)
        yield started
        started.close()


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


def test_a_talk_that_is_made_again_drops_old_pieces_and_breaks_nothing(takes: list[Take], tmp_path: Path) -> None:
    path = tmp_path / "talk.html"
    build_talk(takes, TINY, "T", path)
    before = {one.name for one in (tmp_path / "talk_files").iterdir()}
    (tmp_path / "talk_files" / "mine.mp4").write_text("mine")
    (tmp_path / ".talk.html.killed").mkdir()  # of a run that was killed
    build_talk(takes[1:2], TINY, "T", path)
    after = {one.name for one in (tmp_path / "talk_files").iterdir()}
    assert len(before) == 9
    assert len(after) == 3 + 1
    assert "mine.mp4" in after
    assert not list(tmp_path.glob(".*"))
    assert path.read_text().count("data-background-video=") == 1


def test_what_fails_leaves_the_talk_that_was_there(
    takes: list[Take], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "talk.html"
    build_talk(takes, TINY, "T", path)
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the bridge is out")

    monkeypatch.setattr("scenes.talk.convert._place_files", broken)
    with pytest.raises(RuntimeError):
        build_talk(takes[:1], TINY, "T", path)
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before


# Decks of your own.


def test_a_deck_is_given_scenes_and_what_they_draw(file: Path) -> None:
    ours = deck_in(file).entries[0].scene
    walk = record(lambda c: (c**2).sum(), [3.0, 4.0], lr=0.1, steps=5)
    (entry,) = Deck("T").add(ours, runs={"right": walk}).entries
    scene = entry.staged()
    assert issubclass(scene, ours)
    assert scene.runs == {"right": walk}
    assert ours.runs == {}
    with tempconfig({"dry_run": True}):
        assert scene().run("right").same_arrays(walk)
    other = record(lambda c: (c**2).sum(), [3.0, 4.0], lr=0.2, steps=5)
    assert entry.inputs != Entry(ours, {"right": other}).inputs
    assert entry.inputs == Entry(ours, {"right": walk}).inputs


def test_a_deck_says_what_is_no_scene(file: Path) -> None:
    plain = deck_in(file).entries[2].scene
    with pytest.raises(DeckError, match="42 is not a scene"):
        Deck("T").add(42)  # type: ignore[arg-type]
    with pytest.raises(DeckError, match="Plain takes no recordings"):
        Deck("T").add(plain, runs={"right": "too-big"})
    with pytest.raises(DeckError, match="Plain takes no theme"):
        Deck("T").add(plain, theme="light")
    with pytest.raises(DeckError, match="The run 'right' is of the type int"):
        Deck("T").add(deck_in(file).entries[0].scene, runs={"right": 3})  # type: ignore[dict-item]
    with pytest.raises(DeckError, match="no scene in the deck 'T'"):
        write_deck(Deck("T"), "x.html")
    with pytest.raises(UnknownLabel, match="no theme called 'lihgt'. Did you mean light"):
        write_deck(Deck("T").add(plain), "x.html", theme="lihgt")
    with pytest.raises(UnknownLabel, match="no kind of talk called 'key'"):
        write_deck(Deck("T").add(plain), "x.key")


def test_a_deck_is_written_from_python(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "draft", TINY.format)
    plain, whole = (entry.scene for entry in deck_in(file).entries[2:])
    path = write_deck(Deck("Mine").add(plain).add(whole), tmp_path / "x" / "mine.pdf", quality="draft", theme="light")
    pages = PdfReader(path).pages
    assert len(pages) == 1 + 3
    corner = np.asarray(pages[0].images[0].image.convert("RGB"), int)[1, 1]
    wanted = np.asarray(ImageColor.getrgb(LIGHT.page)) * LIGHT.dim  # over a black picture
    assert np.abs(corner - wanted).max() < 5


def test_a_theme_is_worn_by_the_scene_that_is_given_it(file: Path, tmp_path: Path) -> None:
    seen: list[str] = []
    ours = deck_in(file).entries[1].scene

    class Telling(ours):  # type: ignore[misc, valid-type]
        def construct(self) -> None:
            seen.append(theme.page)

    deck = Deck("T").add(Telling).add(Telling, theme=Theme(page="#123456")).add(Telling, theme="light")
    with tempconfig({"dry_run": True, "media_dir": str(tmp_path), "verbosity": "ERROR", "progress_bar": "none"}):
        for entry in deck.entries:
            entry.staged()().render()
    assert seen == [DARK.page, "#123456", LIGHT.page]
    assert theme.page == DARK.page


def test_what_a_scene_is_given_is_told_alike_in_every_process(file: Path) -> None:
    ours = deck_in(file).entries[0].scene
    entry = Entry(ours, {"right": recording("right"), "other": "too-big"}, Theme(page="#123456"))
    code = (
        "from descent_core import recording\nfrom scenes.talk.deck import Entry\nfrom scenes.theme import Theme\n"
        "print(Entry(object, {'right': recording('right'), 'other': 'too-big'}, Theme(page='#123456')).inputs)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ast.literal_eval(done.stdout) == entry.inputs
    assert entry.inputs != Entry(ours, entry.runs, Theme(page="#123457")).inputs


def test_the_scenes_of_a_file_are_found_in_their_order(file: Path) -> None:
    title, refs = scenes_in(file)
    assert title == "random"
    assert [ref.slug for ref in refs] == ["ours", "other", "plain", "whole"]
    assert all(ref.local_modules == {"random"} for ref in refs)


def test_takes_of_a_class_with_other_recordings_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "twice.py"
    path.write_text(
        "from scenes.talk import Deck\nfrom scenes.gradient.fog import MountainInTheFog as Fog\n"
        "DECK = Deck('T').add(Fog).add(Fog, runs={'right': 'too-big'}).add(Fog, runs={'right': 'too-small'})\n"
    )
    _, refs = scenes_in(path)
    assert len({ref.name for ref in refs}) == 3
    assert [ref.slug for ref in refs] == [
        "mountain-in-the-fog",
        "mountain-in-the-fog-no-2",
        "mountain-in-the-fog-no-3",
    ]


def test_a_recording_that_is_another_each_time_is_told(file: Path) -> None:
    _, refs = scenes_in(file)
    from dataclasses import replace

    with pytest.raises(DeckError, match="another recording each time"):
        replace(refs[0], handed=(("the run 'right'", "else"),)).load()


# The command.


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["talk", *words])
    return done.exit_code, done.output


BAD_FILES = {
    "empty.py": ("x = 1\n", "There is no scene in {path}. Define one, or name a deck of scenes DECK."),
    "wrong.py": ("DECK = [1]\n", "DECK in {path} is of the type list"),
    "import.py": (
        "import json\n\ndef start():\n    import nothing_there\n\nstart()\n",
        "{path} could not be run:\n"
        '  File "{path}", line 6, in <module>\n    start()\n'
        '  File "{path}", line 4, in start\n    import nothing_there\n'
        "ModuleNotFoundError: No module named 'nothing_there'\n",
    ),
    "syntax.py": ("def (:\n", "SyntaxError: "),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_deck_is_told_with_its_own_short_traceback(name: str, tmp_path: Path) -> None:
    content, wanted = BAD_FILES[name]
    path = tmp_path / name
    path.write_text(content)
    code, said = run(str(path), "-o", str(tmp_path / "out"))
    assert code == 1
    assert wanted.format(path=path) in said
    assert "scenes/talk" not in said
    assert len(said.splitlines()) < 10
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["gradiant"], "no part called 'gradiant'. Did you mean gradient"),
        (["tensors"], "Part 1, 'tensors', is not made yet"),
        (["gradient", "--scenes", "fog,stepsize"], "no scene called 'stepsize'. Did you mean step-size"),
        (["gradient", "--scenes", " , "], "--scenes names no scene"),
        (["gradient", "--to", "key"], "'key' is not one of"),
        (["nowhere.py"], "There is no file nowhere.py"),
        ([], "Missing argument"),
    ],
)
def test_wrong_use_is_one_clear_line_and_exit_2(words: list[str], wanted: str) -> None:
    code, said = run(*words)
    assert code == 2
    assert wanted in said
    assert "Traceback" not in said


def test_a_folder_that_cannot_be_written_is_said_before_rendering(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    code, said = run("gradient", "-o", str(tmp_path / "file"))
    assert code == 1
    assert "Nothing can be written into" in said


def test_what_is_in_the_way_is_told(takes: list[Take], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(TalkError, match=r"file is in the way\. Remove it, or name another place"):
        build_talk(takes, TINY, "T", tmp_path / "file" / "talk.pdf")
    (tmp_path / "talk.pdf").mkdir()
    with pytest.raises(TalkError, match=r"talk.pdf cannot be written: .* is in the way"):
        build_talk(takes, TINY, "T", tmp_path / "talk.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "talk.pdf"]


def test_without_the_extra_it_says_what_to_type(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from scenes.talk import convert

    there = convert.find_spec
    monkeypatch.setattr(convert, "find_spec", lambda name: None if name == "manim_slides" else there(name))
    code, said = run("gradient", "-o", str(tmp_path))
    assert code == 1
    assert "Talks need manim-slides, which is not installed. Type: make setup" in said


def test_what_manim_slides_says_is_handed_on(
    takes: list[Take], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scenes.talk import convert

    monkeypatch.setattr(convert, "_REVEAL", ())
    monkeypatch.setattr(convert.json, "dumps", lambda told: "{}")
    with pytest.raises(convert.TalkError, match="manim-slides could not make t.html: "):
        build_talk(takes, TINY, "T", tmp_path / "t.html")
    assert [path.name for path in tmp_path.iterdir()] == []


@pytest.fixture
def tiny_quality(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "draft", TINY.format)


def test_a_talk_of_a_file_in_any_order_is_drawn_once(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_quality: None
) -> None:
    monkeypatch.setenv("DESCENT_CACHE", str(tmp_path / "cache"))
    words = [str(file), "-q", "draft", "--voice", "none", "-o", str(tmp_path / "out")]
    code, said = run(*words, "--scenes", "whole,plain,Whole", "--to", "pdf", "--to", "html")
    assert code == 0, said
    assert "2 of 2 scenes to draw" in said
    assert said.splitlines()[-1].startswith(f"{tmp_path / 'out' / 'random' / 'talk.html'}  4 clicks, 90p10")
    assert len(PdfReader(tmp_path / "out" / "random" / "talk.pdf").pages) == 5
    code, said = run(*words, "--scenes", "plain")
    assert code == 0, said
    assert "nothing changed" in said
    code, said = run(*words, "--scenes", "plain", "--quiet")
    assert len(said.splitlines()) == 1


# The film's own, and the example.


@pytest.mark.slow
def test_loops_of_the_film_end_where_they_began(tmp_path: Path) -> None:
    from scenes.series import find_part

    small = RenderSettings(Format(320, 180, 6, (("preset", "ultrafast"), ("crf", "8"))))
    loops = []
    for slug in ("zero-grad", "next"):
        one = render_take(find_part("gradient").scene(slug), small, tmp_path)
        loops += [slide for slide in slides([one], small.format.rate) if slide.loop]
    assert [loop.beat for loop in loops] == ["the tug of war", "over and over"]
    for loop in loops:
        pictures = frames_of(loop, tmp_path)
        assert np.abs(pictures[0].astype(int) - pictures[-1]).mean() < 0.5
        assert max(np.abs(picture.astype(int) - pictures[0]).mean() for picture in pictures) > 0.5  # and it moves


def frames_of(slide: Slide, folder: Path) -> list[NDArray[np.uint8]]:
    cut_spans(slide.spans, folder / "piece.mp4")
    return frames(folder / "piece.mp4")


@pytest.mark.slow
def test_the_example_is_a_talk(tmp_path: Path, tiny_quality: None) -> None:
    example = ROOT / "scenes" / "examples" / "my_talk.py"
    words = ["-q", "draft", "--voice", "none", "--to", "pptx", "-o", str(tmp_path)]
    code, said = run(str(example), *words)
    assert code == 0, said
    assert "13 clicks" in said
    pptx = pytest.importorskip("pptx")
    deck = pptx.Presentation(tmp_path / "my_talk" / "talk.pptx")
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    assert notes[:4] == ["Let them guess.", "Wait for a hand.", "Close your eyes for a moment.", notes[3]]
    assert notes[3].startswith("Imagine you are high on a mountain")
