"""A take as GIF and WebM, for other programs; and the command that writes them."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image, ImageSequence

from descent_core import Trajectory, recording
from descent_core.errors import UnknownLabel
from render import cli
from scenes.narration.cues import Beat, CueSheet
from scenes.production.frames import moving_pictures as moving
from scenes.production.takes.take import Take
from scenes.series import find_part

LENGTH, RATE = 4.0, 10


@pytest.fixture(scope="module")
def take(tmp_path_factory: pytest.TempPathFactory) -> Take:
    """Four seconds in which a light square crosses a dark frame, a column of pixels at a time."""
    path = tmp_path_factory.mktemp("take") / "take.mp4"
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=RATE, options={"crf": "8"})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for k in range(int(LENGTH * RATE)):
            picture = np.full((90, 160, 3), 20, np.uint8)
            picture[30:60, 3 * k : 3 * k + 30] = 230
            film.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        film.mux(stream.encode(None))
    beats = (Beat(0.0, "first"), Beat(1.5, "the second"))
    return Take(find_part("gradient").scenes[0], path, CueSheet((), beats, LENGTH))


def places(frames: list[np.ndarray]) -> list[float]:
    """Where the square is in each frame, as a fraction of the width."""
    return [float(np.nonzero(frame[frame.shape[0] // 2, :, 1] > 128)[0].mean()) / frame.shape[1] for frame in frames]


def test_a_webm_has_every_frame_of_the_take(take: Take) -> None:
    with av.open(io.BytesIO(moving.take_webm(take.path, take.cues))) as film:
        stream = film.streams.video[0]
        assert (stream.codec.name, stream.width, stream.height) == ("vp9", 160, 90)
        assert stream.average_rate == RATE
        assert not film.streams.audio
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(stream)]
    assert len(frames) == LENGTH * RATE
    assert places(frames) == pytest.approx([(3 * k + 14.5) / 160 for k in range(40)], abs=0.02)


def test_a_beat_of_it_begins_and_ends_where_the_beat_does(take: Take) -> None:
    with av.open(io.BytesIO(moving.take_webm(take.path, take.cues, "the second", width=80))) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    assert frames[0].shape == (44, 80, 3)
    assert len(frames) == 25
    assert places(frames)[0] == pytest.approx((3 * 15 + 14.5) / 160, abs=0.03)
    assert moving.beat_span(take.cues, "first") == (0.0, 1.5)


def test_a_gif_moves_for_ever_at_its_rate(take: Take) -> None:
    with Image.open(io.BytesIO(moving.take_gif(take.path, take.cues, width=128))) as gif:
        assert gif.size == (128, 72)
        assert gif.info["loop"] == 0
        length = sum(frame.info["duration"] for frame in ImageSequence.Iterator(gif)) / 1000
        frames = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(gif)]
    assert length == pytest.approx(LENGTH, abs=0.3)
    moved = places(frames)
    assert moved == sorted(moved)
    assert moved[0] == pytest.approx(14.5 / 160, abs=0.02)


def test_an_unknown_beat_is_refused_with_similar_ones(take: Take) -> None:
    with pytest.raises(UnknownLabel, match="no beat called 'thesecond'. Did you mean the second"):
        moving.take_gif(take.path, take.cues, "thesecond")


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, list(words))
    return done.exit_code, done.output


def test_a_recording_is_exported(tmp_path: Path) -> None:
    for kind in ("csv", "json"):
        code, said = run("export", "run", "right", "--to", kind, "-o", str(tmp_path))
        assert code == 0, said
        assert "61 rows, 2 coefficients, converged" in said
    assert Trajectory.from_json((tmp_path / "right.json").read_text()).same_arrays(recording("right"))
    assert (tmp_path / "right.csv").read_text() == recording("right").to_csv()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["right.csv", "right.json"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "rihgt"), "no run called 'rihgt'"),
        (("scene", "gradient", "lunch"), "lunch"),
        (("scene", "unmade", "fog"), "is not made yet"),
        (("scene", "gradient", "fog", "--to", "mp3"), "'mp3' is not one of"),
        (("scene", "gradient", "fog", "--theme", "pink"), "'pink' is not one of"),
    ],
)
@pytest.mark.usefixtures("unmade_part")
def test_wrong_use_of_export_is_told(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    code, output = run("export", *words, "-o", str(tmp_path))
    assert code == 2
    assert said in output


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, said = run("export", "run", "right", "-o", str(tmp_path / "file" / "x"))
    assert code == 1
    assert "Name another with --out" in said
