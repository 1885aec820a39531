"""Captions: fit to be read, whoever speaks and however the words fall."""

from __future__ import annotations

import pytest
import srt
from hypothesis import example, given
from hypothesis import strategies as st

from scenes.narration.captions import FASTEST, SHORTEST, Caption, captions, to_srt, to_vtt
from scenes.narration.cues import Cue, CueSheet
from scenes.narration.line_breaking import LINES, WIDTH, break_into_captions

PACE = 18
WORDS = st.text(st.characters(categories=("L",)), min_size=1, max_size=14).map(lambda word: word.lower())
STOPPED = st.builds(str.__add__, WORDS, st.sampled_from(["", "", "", ",", ".", "?", ":"]))
TEXTS = st.lists(STOPPED, min_size=1, max_size=60).map(" ".join)


@st.composite
def sheets(draw: st.DrawFn, shortest: float = 0.5) -> CueSheet:
    """Lines said at up to 18 characters a second, with or without pauses, some shorter than a caption may be."""
    time, cues = draw(st.floats(0, 5)), []
    for text in draw(st.lists(TEXTS, min_size=1, max_size=5)):
        length = max(len(text) / PACE, shortest) * draw(st.floats(1, 4))
        cues.append(Cue(time, time + length, text, "beat"))
        time += length + draw(st.sampled_from([0.0, 0.0, 0.05, 0.4, 3.0]))
    return CueSheet(tuple(cues), (), time)


@given(sheet=sheets())
@example(sheet=CueSheet((Cue(0.9985, 1.4985, "a", "beat"),), (), 1.4985))  # a second that rounding made shorter
def test_captions_lose_no_word_and_can_be_read(sheet: CueSheet) -> None:
    shown = captions(sheet)
    assert " ".join(caption.text for caption in shown).split() == " ".join(cue.text for cue in sheet.cues).split()
    for caption in shown:
        lines = caption.text.split("\n")
        assert len(lines) <= LINES
        assert max(map(len, lines)) <= WIDTH
        assert caption.end - caption.start >= SHORTEST - 1e-9
        assert len(caption.text) / (caption.end - caption.start) <= FASTEST
        assert (caption.start, caption.end) == (round(caption.start, 3), round(caption.end, 3))
    for caption, after in zip(shown, shown[1:], strict=False):
        assert caption.end <= after.start


@given(sheet=sheets(shortest=1.0))
def test_captions_come_with_their_words_and_go_soon_after(sheet: CueSheet) -> None:
    shown = captions(sheet)
    assert {round(cue.start, 3) for cue in sheet.cues} <= {caption.start for caption in shown}
    assert shown[-1].end == round(sheet.cues[-1].end, 3)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Somewhere below there is a cabin with a light in its window. Today you cannot see it, because of the fog.",
            [
                "Somewhere below there is a cabin\nwith a light in its window.",
                "Today you cannot see it,\nbecause of the fog.",
            ],
        ),
        ("But a real machine does not have two knobs.", ["But a real machine\ndoes not have two knobs."]),
        ("The second carries you right over the valley.", ["The second carries you right\nover the valley."]),
        ("You can see your own boots. Not much more.", ["You can see your own boots. Not much more."]),
    ],
)
def test_captions_break_at_phrases(text: str, wanted: list[str]) -> None:
    assert break_into_captions(text) == wanted


LEANING = ["the", "a", "of", "to", "with"]
NOUNS = ["hiker", "mountain", "valley", "steps", "goes"]


@given(words=st.lists(st.sampled_from(NOUNS + LEANING), min_size=2, max_size=60))
def test_no_line_ends_with_an_article_or_a_preposition_if_it_can_be_helped(words: list[str]) -> None:
    # Only a long run of such words forces it; wherever nouns are frequent, there is another way.
    pairs = zip(["", *words], words, strict=False)
    words = [word for before, word in pairs if not (before in LEANING and word in LEANING)]
    lines = [line for caption in break_into_captions(" ".join(words)) for line in caption.split("\n")]
    assert not [line for line in lines[:-1] if line.split()[-1] in LEANING]


def test_a_line_said_too_fast_stays_into_the_pause() -> None:
    fast = "Thirty characters in a second."
    assert captions(CueSheet((Cue(0, 1, fast, ""),), (), 9)) == (Caption(0, 1.502, fast),)


def test_a_word_is_shown_for_a_second_and_joins_the_next_line_where_that_comes_at_once() -> None:
    sheet = CueSheet(
        (Cue(1, 1.4, "Why?", ""), Cue(3, 3.4, "Look.", ""), Cue(3.5, 6, "Here it is, in the fog.", "")), (), 7
    )
    assert captions(sheet) == (Caption(1, 2, "Why?"), Caption(3, 6, "Look. Here it is, in the fog."))


def test_captions_do_not_blink_in_a_short_pause() -> None:
    sheet = CueSheet((Cue(0, 2, "Take a step.", ""), Cue(2.4, 4, "Take another.", ""), Cue(7, 9, "Rest.", "")), (), 9)
    assert [(caption.start, caption.end) for caption in captions(sheet)] == [(0, 2.32), (2.4, 4), (7, 9)]


def test_lines_out_of_order_or_over_one_another_are_put_right() -> None:
    sheet = CueSheet((Cue(5, 8, "Second.", ""), Cue(1, 6, "First.", ""), Cue(8, 9, "  ", "")), (), 9)
    assert captions(sheet) == (Caption(1, 5, "First."), Caption(5, 8, "Second."))


def test_a_word_wider_than_a_line_is_chopped_and_an_empty_sheet_is_empty() -> None:
    assert break_into_captions("x" * 50) == ["x" * 42, "x" * 8]
    assert captions(CueSheet()) == ()
    assert to_srt(CueSheet()) == ""
    assert to_vtt(CueSheet()) == "WEBVTT\n"


SHEET = CueSheet((Cue(0.5, 2.0, "Hello.", "a"), Cue(3602.5, 3605.25, "Is a < b && c --> d?", "a")), (), 3606)


def test_the_srt_is_read_back_by_others() -> None:
    back = list(srt.parse(to_srt(SHEET)))
    assert [subtitle.index for subtitle in back] == [1, 2]
    assert back[0].content == "Hello."
    assert back[1].start.total_seconds() == 3602.5


def test_the_vtt_is_escaped_and_timed() -> None:
    assert to_vtt(SHEET) == (
        "WEBVTT\n\n1\n00:00:00.500 --> 00:00:02.000\nHello.\n\n"
        "2\n01:00:02.500 --> 01:00:05.250\nIs a &lt; b &amp;&amp; c --&gt; d?\n"
    )
