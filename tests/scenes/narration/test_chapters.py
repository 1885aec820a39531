"""Chapters and the transcript, without a film."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scenes.narration.chapters import SHORTEST, Chapter, chapters, for_video_site
from scenes.narration.cues import Cue, CueSheet
from scenes.narration.timecode import timecode
from scenes.narration.transcript import sections, transcript

LENGTHS = st.lists(st.floats(0.5, 4000), min_size=1, max_size=12)


def seconds(time: str) -> int:
    total = 0
    for place in time.split(":"):
        total = total * 60 + int(place)
    return total


@given(lengths=LENGTHS)
def test_a_video_site_takes_the_chapters(lengths: list[float]) -> None:
    film = chapters([(f"Scene {index}\nof it", CueSheet(length=length)) for index, length in enumerate(lengths)])
    assert len(film) == len(lengths)
    lines = [line.split(" ", 1) for line in for_video_site(film, sum(lengths)).splitlines()]
    times = [seconds(time) for time, _ in lines]
    assert times[0] == 0
    for time, after in zip(times, times[1:], strict=False):
        assert after - time >= SHORTEST
    if len(times) > 1:
        assert sum(lengths) - times[-1] >= SHORTEST
    # Where each scene is long enough, each has its line.
    if min(lengths) >= SHORTEST:
        assert len(lines) == len(lengths)
    assert all(re.fullmatch(r"Scene \d+ of it", title) for _, title in lines)


def test_what_is_too_short_is_merged() -> None:
    film = [Chapter(0, "Title"), Chapter(5, "Fog"), Chapter(60, "Blink"), Chapter(64, "Slope"), Chapter(99, "End")]
    assert for_video_site(film, 103) == "0:00 Fog\n1:04 Slope\n"
    assert for_video_site([Chapter(0, "All")], 3) == "0:00 All\n"
    assert for_video_site([], 0) == ""


@given(time=st.floats(0, 50_000))
def test_clocks_are_read_back(time: float) -> None:
    assert seconds(timecode(time)) == int(time)


SHEET = CueSheet(
    (
        Cue(0.5, 2, "Print coeffs.grad, and *look*.", "a"),
        Cue(2.5, 4, "Why <zero_()>?", "a"),
        Cue(5, 6, "1. is a number & not a list.", "b"),
        Cue(40, 41, "- [no](link) # here", "c"),
        Cue(42, 43, "   ", "d"),
    ),
    (),
    50,
)
FILM = [Chapter(0, "The *fog*"), Chapter(30, "Slope"), Chapter(45, "Silence")]


def test_lines_are_grouped_by_chapter_and_beat() -> None:
    found = sections(FILM, SHEET)
    assert [[len(paragraph) for paragraph in section.paragraphs] for section in found] == [[2, 1], [1], []]


def test_the_transcript_says_what_was_said_whatever_was_said() -> None:
    text = transcript("Part 4: a < b", FILM, SHEET, ["stills/the fog.jpg", None])
    shown = MarkdownIt().render(text)
    assert "<li>" not in shown
    assert "<em>" not in shown
    assert shown.count("<img") == 1
    assert 'src="stills/the%20fog.jpg"' in shown
    blocks = [html.unescape(block) for block in re.findall(r"<(?:h1|h2|p)>([^<]+)</", shown)]
    assert blocks == [
        "Part 4: a < b",
        "0:00 The *fog*",
        "Print coeffs.grad, and *look*. Why <zero_()>?",
        "1. is a number & not a list.",
        "0:30 Slope",
        "- [no](link) # here",
        "0:45 Silence",
    ]


@given(said=st.text(st.characters(codec="ascii", exclude_categories=("C",)), min_size=1).filter(str.strip))
def test_any_line_survives_markdown(said: str) -> None:
    sheet = CueSheet((Cue(0, 1, said, "a"),), (), 1)
    shown = MarkdownIt().render(transcript("T", [Chapter(0, "C")], sheet))
    assert html.unescape(re.findall(r"<p>([^<]*)</p>", shown)[0]) == " ".join(said.split())
