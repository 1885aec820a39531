"""What was accepted is held to; what changed is named, shown beside what was, and accepted when asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenes.check.playback import Frame
from scenes.narration.cues import Beat, CueSheet
from scenes.theme import DARK
from tests.golden.album import Album
from tests.golden.strips import SIZE, Strip, packed, picked, unpacked


def page(grey: int, dot: int | None = None) -> Frame:
    """A frame of one grey, with a white dot in it."""
    frame = np.full((SIZE[1], SIZE[0], 3), grey, np.uint8)
    if dot is not None:
        frame[80:100, dot : dot + 20] = 255
    return frame


def strip(name: str, *frames: Frame) -> Strip:
    return Strip(name, tuple(f"{name}, {k}.0 s" for k in range(len(frames))), packed(frames))


FIRST = strip("1-first", page(20, 40), page(20, 80), page(20, 120))
SECOND = strip("2-second", page(60))


@pytest.fixture
def album(tmp_path: Path) -> Album:
    album = Album(tmp_path / "frames", tmp_path / "failed")
    album.accept("film/walk", (FIRST, SECOND))
    return album


def test_what_was_accepted_is_as_it_was(album: Album) -> None:
    assert album.changed("film/walk", (FIRST, SECOND)) == []
    assert not album.failed.exists()


def test_what_changed_is_named_and_shown_beside_what_was(album: Album) -> None:
    other = strip("1-first", page(20, 40), page(20, 180), page(20, 120))
    (line,) = album.changed("film/walk", (other, SECOND))
    picture = album.failed / "film" / "walk" / "1-first.png"
    assert line.startswith("film/walk, 1-first: 1-first, 1.0 s: colour at (")
    assert line.endswith(f"Side by side: {picture}")
    with Image.open(picture) as shown:
        drawn = np.asarray(shown)
    # Twice their size: the frame expected, the one found, and where both differ. The other two are as they were.
    third = (drawn.shape[1] - 16) // 3
    dots = [np.nonzero((drawn[:, k * third : (k + 1) * third] > 245).all(axis=-1))[1] for k in range(3)]
    assert np.median(dots[0]) == pytest.approx(16 + 2 * 90, abs=4)
    assert np.median(dots[1]) == pytest.approx(16 + 2 * 190, abs=4)
    assert drawn.shape[0] < 2 * 2 * SIZE[1]
    assert tuple(drawn[2, 2]) == tuple(int(DARK.page[i : i + 2], 16) for i in (1, 3, 5))


def test_a_side_by_side_goes_when_it_is_mended(album: Album) -> None:
    album.changed("film/walk", (FIRST, strip("2-second", page(60, 10))))
    assert [file.name for file in (album.failed / "film" / "walk").iterdir()] == ["2-second.png"]
    assert album.changed("film/walk", (FIRST, SECOND)) == []
    assert list((album.failed / "film" / "walk").iterdir()) == []


def test_a_beat_that_is_new_or_gone_or_has_other_frames_is_named(album: Album) -> None:
    renamed, longer = strip("2-renamed", page(60)), strip("1-first", *[page(20)] * 4)
    kept = album.folder / "film" / "walk" / "2-second.jpg"
    assert album.changed("film/walk", (longer, renamed)) == [
        "film/walk, 1-first: has 4 frames, and 3 were accepted",
        "film/walk, 2-renamed: no frames of it were accepted yet",
        f"film/walk, 2-second: the scene has no such beat, and {kept} is kept of it",
    ]
    album.accept("film/walk", (longer, renamed))
    assert album.changed("film/walk", (longer, renamed)) == []
    assert album.of_no_scene(["film/walk"]) == []
    assert [file.name for file in album.of_no_scene(["film/run"])] == ["1-first.jpg", "2-renamed.jpg"]


def test_scenes_of_two_films_may_have_the_same_name(album: Album) -> None:
    album.accept("other/walk", (SECOND,))
    assert album.changed("film/walk", (FIRST, SECOND)) == []
    assert album.changed("other/walk", (SECOND,)) == []
    gone = album.of_no_scene(["film/walk"])
    assert gone == [album.folder / "other" / "walk" / "2-second.jpg"]
    assert album.of_no_scene(["film/walk", "other/walk"]) == []


def test_what_looks_the_same_is_not_written_again(album: Album) -> None:
    file = album.folder / "film" / "walk" / "2-second.jpg"
    before = file.read_bytes()
    nearly = strip("2-second", page(61))
    assert nearly.packed != before
    assert album.changed("film/walk", (FIRST, nearly)) == []
    album.accept("film/walk", (FIRST, nearly))
    assert file.read_bytes() == before
    other = strip("2-second", page(90))
    album.accept("film/walk", (FIRST, other))
    assert file.read_bytes() == other.packed


def test_frames_are_spread_over_a_beat_and_end_before_the_next_and_before_the_dark() -> None:
    sheet = CueSheet((), (Beat(0.0, "a"), Beat(4.0, "b")), 9.0, fade_out_start=8.0)
    looks = [*np.arange(0.0, 4.0, 0.5), 4.0, *np.arange(7.0, 9.0, 0.5)]  # b begins with a wait of three seconds
    times = {name: [looks[pick] for pick in picks] for name, picks in picked(sheet, looks)}
    assert times == {"a": [0.5, 1.5, 2.5, 3.5], "b": [4.0, 7.5]}


def test_a_strip_hands_its_frames_back() -> None:
    frames = unpacked(FIRST.packed)
    assert frames.shape == (3, 180, 320, 3)
    assert np.abs(frames[1].astype(int) - page(20, 80)).mean() < 1
