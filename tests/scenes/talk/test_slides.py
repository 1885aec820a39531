"""Every beat is a click, cut at its very frame, with its words as notes."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from scenes.narration.cues import Beat, Cue, CueSheet
from scenes.part import SceneRef
from scenes.production.takes.take import Take
from scenes.talk.cutting import CutError, cut_spans, first_picture, last_picture
from scenes.talk.slides import Span, slides
from scenes.theme import theme
from tests.scenes.talk.tiny_talk import RATE, frames

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
    assert closing == round(theme.leave * RATE)
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
