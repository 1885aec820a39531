"""Cues, without a film."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.narration.cues import Beat, Cue, CueSheet, Mark, speaking_time


def test_a_hundred_and_fifty_words_take_a_minute() -> None:
    assert speaking_time(" ".join(["word"] * 150)) == pytest.approx(60)


def test_sheets_follow_one_another_and_survive_the_file(tmp_path: Path) -> None:
    marks = (Mark(0.5, "hello", "Hello.", True, (0.1, 0.2, 0.3, 0.4)), Mark(1.0, "late", "Hello."))
    sheet = CueSheet((Cue(0.5, 2.0, "Hello.", "a"),), (Beat(0.0, "a"),), 3.0, marks=marks)
    whole = CueSheet.concatenated([sheet, sheet])
    assert whole.length == 6.0
    assert [cue.start for cue in whole.cues] == [0.5, 3.5]
    assert [beat.start for beat in whole.beats] == [0.0, 3.0]
    assert [mark.time for mark in whole.marks] == [0.5, 1.0, 3.5, 4.0]
    whole.save(tmp_path / "cues.json")
    assert CueSheet.load(tmp_path / "cues.json") == whole
