"""Cues and captions, without a film."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import srt
from hypothesis import given
from hypothesis import strategies as st

from scenes.film.captions import LINES, WIDTH, pieces, to_srt
from scenes.film.cues import Beat, Cue, CueSheet, speaking_time

WORDS = st.lists(
    st.text(st.characters(categories=("L",)), min_size=1, max_size=14).map(lambda w: w.lower()), min_size=1, max_size=60
)


def test_a_hundred_and_fifty_words_take_a_minute() -> None:
    assert speaking_time(" ".join(["word"] * 150)) == pytest.approx(60)


@given(words=WORDS, stops=st.lists(st.sampled_from(["", "", "", ",", ".", "?"]), min_size=60, max_size=60))
def test_captions_lose_no_word_and_fit_in_two_lines(words: list[str], stops: list[str]) -> None:
    text = " ".join(word + stop for word, stop in zip(words, stops, strict=False))
    cue = Cue(1.0, 1.0 + speaking_time(text), text, "beat")
    shown = pieces(cue)
    assert " ".join(piece.text.replace("\n", " ") for piece in shown) == text
    for piece in shown:
        assert len(piece.text.split("\n")) <= LINES
        assert max(map(len, piece.text.split("\n"))) <= WIDTH
    assert shown[0].start == cue.start
    assert shown[-1].end == pytest.approx(cue.end)
    for one, after in zip(shown, shown[1:], strict=False):
        assert one.end == after.start


def test_captions_break_at_sentences_where_they_can() -> None:
    text = "Somewhere below there is a cabin with a light in its window. Today you cannot see it, because of the fog."
    assert [re.sub(r"\s+", " ", piece.text) for piece in pieces(Cue(0, 8, text, ""))] == [
        "Somewhere below there is a cabin with a light in its window.",
        "Today you cannot see it, because of the fog.",
    ]


def test_sheets_follow_one_another_and_survive_the_file(tmp_path: Path) -> None:
    one = CueSheet((Cue(0.5, 2.0, "Hello.", "a"),), (Beat(0.0, "a"),), 3.0)
    whole = CueSheet.joined([one, one])
    assert whole.length == 6.0
    assert [cue.start for cue in whole.cues] == [0.5, 3.5]
    assert [beat.start for beat in whole.beats] == [0.0, 3.0]
    whole.save(tmp_path / "cues.json")
    assert CueSheet.load(tmp_path / "cues.json") == whole


def test_the_srt_is_read_back_by_others() -> None:
    sheet = CueSheet(
        (Cue(0.5, 2.0, "Hello.", "a"), Cue(2.5, 9.0, "And now a second line, somewhat longer.", "a")), (), 9
    )
    back = list(srt.parse(to_srt(sheet)))
    assert [subtitle.index for subtitle in back] == [1, 2]
    assert back[0].content == "Hello."
    assert back[1].start.total_seconds() == 2.5
