"""What is made of slides: a pptx, a pdf, files that appear when they are whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader

from scenes.production.takes.take import Take
from scenes.talk.build import build_talk
from scenes.talk.convert import TalkError
from scenes.talk.cutting import last_picture
from scenes.talk.slides import slides
from tests.scenes.talk.tiny_talk import NOTES, RATE, TINY


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


def test_what_is_in_the_way_is_told(takes: list[Take], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(TalkError, match=r"file is in the way\. Remove it, or name another place"):
        build_talk(takes, TINY, "T", tmp_path / "file" / "talk.pdf")
    (tmp_path / "talk.pdf").mkdir()
    with pytest.raises(TalkError, match=r"talk.pdf cannot be written: .* is in the way"):
        build_talk(takes, TINY, "T", tmp_path / "talk.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "talk.pdf"]


def test_what_manim_slides_says_is_handed_on(
    takes: list[Take], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scenes.talk import convert

    monkeypatch.setattr(convert, "_REVEAL", ())
    monkeypatch.setattr(convert.json, "dumps", lambda told: "{}")
    with pytest.raises(convert.TalkError, match="manim-slides could not make t.html: "):
        build_talk(takes, TINY, "T", tmp_path / "t.html")
    assert [path.name for path in tmp_path.iterdir()] == []


def test_a_talk_of_several_parts_has_a_cover_for_each(takes: list[Take], tmp_path: Path) -> None:
    parts = {0: ("First", "part 1"), 2: ("Second", "part 2")}
    build_talk(takes, TINY, "Both", tmp_path / "talk.pdf", parts=parts)
    pdf = PdfReader(tmp_path / "talk.pdf")
    counts = [len(slides([take], RATE)) for take in takes]
    assert len(pdf.pages) == 3 + sum(counts)
    covers = [0, 1, 2 + sum(counts[:2])]
    dark = [np.asarray(pdf.pages[page].images[0].image.convert("RGB"), int) for page in covers]
    assert all(np.abs(one - other).mean() > 0.05 for one, other in zip(dark, dark[1:], strict=False))
    outline = [one if isinstance(one, list) else one.title for one in pdf.outline]
    assert [one for one in outline if isinstance(one, str)] == ["Both", "First", "Second"]
    nested = [
        [one.title for one in scenes if not isinstance(one, list)] for scenes in outline if isinstance(scenes, list)
    ]
    assert nested == [["Ours", "Other"], ["Plain", "Whole"]]
    build_talk(takes, TINY, "Both", tmp_path / "talk.html", parts=parts)
    assert (tmp_path / "talk.html").read_text().count("data-background-image=") == 3
