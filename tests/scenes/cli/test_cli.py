"""The command line as a user meets it, and one short real film."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import av
import click
import numpy as np
import pytest
import srt
from click.testing import CliRunner
from PIL import Image

from descent_core import RUNS
from render import cli
from scenes.cli.options import sounds_option
from scenes.narration.cues import Beat, CueSheet
from scenes.part import Part, SceneRef
from scenes.production.format import FORMATS, Format, RenderSettings
from scenes.production.frames.beat_pictures import picture_of
from scenes.production.frames.contact_sheet import SheetFrame, contact_sheet, sheet_frames
from scenes.production.frames.reader import frame_time, read_frames
from scenes.production.takes.render import render_take
from scenes.series import SERIES, find_part, made_parts
from scenes.theme import theme

ROOT = Path(__file__).parents[3]
TINY = RenderSettings(Format(256, 144, 5, (("preset", "ultrafast"), ("crf", "20"))))
#: The films that there are, as a message names them.
MADE = " or ".join(repr(part.slug) for part in made_parts())


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, list(words))
    return done.exit_code, done.output


def test_help_teaches_with_examples() -> None:
    code, said = run("--help")
    assert code == 0
    assert "descent film gradient -q draft" in said
    for command in ("list", "film", "still", "sheet", "talk", "export", "record", "check", "doctor"):
        assert run(command, "--help")[0] == 0


def test_help_brings_neither_torch_nor_manim() -> None:
    code = (
        "import sys, render; render.cli(['--help'], standalone_mode=False)\n"
        "print([m for m in ('torch', 'manim', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_list_names_every_part_and_scene() -> None:
    code, said = run("list")
    assert code == 0
    for one in SERIES:
        assert one.title in said
        for ref in one.scenes:
            assert ref.slug in said


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["film", "gradiant"], "no part called 'gradiant'. Did you mean gradient"),
        (["film", "9"], "no part called '9'"),
        (["film", "unmade"], f"Part 99, 'unmade', is not made yet. There is {MADE}"),
        (["still", "gradient", "fogg"], "no scene of part 4 called 'fogg'. Did you mean fog"),
        (["still", "gradient", "fog", "--at", "1", "--beat", "x"], "--at or --beat, not both"),
        (["still", "gradient", "fog", "--at", "-1"], "--at"),
        (["sheet", "nothing"], "no part called 'nothing'"),
        (["record", "too-bigg"], "no run called 'too-bigg'. Did you mean too-big"),
        (["film", "-q", "huge"], "'huge' is not one of"),
        (["film", "--jobs", "0"], "--jobs"),
        (["flim"], "No such command 'flim'"),
    ],
)
@pytest.mark.usefixtures("unmade_part")
def test_wrong_use_is_one_clear_line_and_exit_2(words: list[str], wanted: str) -> None:
    code, said = run(*words)
    assert code == 2
    assert wanted in said
    assert "Traceback" not in said


@pytest.mark.parametrize("words", [["film"], ["sheet", "gradient"], ["still", "gradient", "fog"]])
def test_a_folder_that_cannot_be_written_is_said_before_rendering(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    started = time.monotonic()
    code, said = run(*words, "--out", str(tmp_path / "file"))
    assert code == 1
    assert "Nothing can be written into" in said
    assert "--out" in said
    assert time.monotonic() - started < 5
    assert (tmp_path / "file").read_text() == "mine"


def test_record_says_what_became_of_each_run() -> None:
    code, said = run("record", "too-big", "far-too-big", "bowl", "step")
    assert code == 0
    assert "too-big" in said
    assert f"lr {RUNS['too-big'].lr:g}" in said
    assert "diverged" in said
    assert "landscape of 61x61 nodes" in said


def test_a_damaged_recording_is_an_error_of_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_RECORDINGS", str(tmp_path))
    for label in RUNS:
        (tmp_path / f"{label}.npz").write_bytes(b"PK nonsense")
    code, said = run("still", "gradient", "backward", "--out", str(tmp_path / "out"))
    assert code == 1
    assert "cut short" in said
    assert "record` makes a damaged recording anew" in said
    assert "Traceback" not in said


# A real film, small.

#: A part of one quick scene of our own, so that a real film takes seconds.
EXAMPLE = """
from manim import FadeIn
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene

class Short(ExplainerScene):
    def construct(self):
        self.beat("one")
        title = words(f"{self.run('right').losses[0]:.3f}", 90)
        self.open(title)
        with self.say("A short line that takes three seconds."):
            pass
        self.close()
"""


@pytest.fixture
def short_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Part:
    (tmp_path / "short_example").mkdir()
    (tmp_path / "short_example" / "__init__.py").write_text("")
    (tmp_path / "short_example" / "short.py").write_text(EXAMPLE)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "short_example", raising=False)
    refs = (SceneRef(slug, "short_example.short", "Short", slug.upper()) for slug in ("a", "b"))
    return Part(9, "short", "Short", "a test", tuple(refs))


def probe(film: Path) -> tuple[int, int, float, float, int]:
    with av.open(str(film)) as container:
        video = container.streams.video[0]
        frames = [frame.to_ndarray(format="gray") for frame in container.decode(video)]
        assert video.average_rate is not None
        lit = [frame for frame in frames if frame.max() > 100]
        return video.width, video.height, float(video.average_rate), len(frames) / float(video.average_rate), len(lit)


@pytest.mark.slow
def test_a_short_film_has_the_size_the_rate_the_length_and_the_pictures(short_part: Part, tmp_path: Path) -> None:
    from scenes.narration.voices.silence import Silence
    from scenes.production.package.build import build_package

    takes = [render_take(ref, TINY, tmp_path) for ref in short_part.scenes]
    done = build_package(short_part, takes, tmp_path / "films", settings=TINY, voice=Silence())
    width, height, rate, length, lit = probe(done.film)
    assert (width, height, rate) == (256, 144, 5)
    assert length == pytest.approx(done.cues.length, abs=0.01)
    # Each of a scene's four waits loses less than a frame.
    whole = 2 * (theme.enter + 3.2 + theme.breath + theme.leave)
    assert whole - 2 * 4 / rate < length <= whole
    assert lit > 0.6 * length * rate
    captions = list(srt.parse((done.folder / "film.srt").read_text()))
    assert [caption.content for caption in captions] == ["A short line that takes three seconds."] * 2
    assert captions[1].start.total_seconds() == pytest.approx(
        done.cues.length / 2 + captions[0].start.total_seconds(), abs=0.01
    )


@pytest.mark.slow
def test_a_real_scene_renders_by_render_py(tmp_path: Path) -> None:
    code, said = run("still", "gradient", "backward", "-q", "draft", "--at", "8", "-o", str(tmp_path))
    assert code == 0, said
    (picture,) = tmp_path.glob("*.png")
    assert "854x480" in said
    from PIL import Image

    shades = np.asarray(Image.open(picture).convert("L"))
    assert shades.shape == (480, 854)
    assert (shades > 120).mean() > 0.005


@pytest.mark.slow
def test_a_real_scene_renders_by_plain_manim(tmp_path: Path) -> None:
    ref = find_part("gradient").scene("backward")
    file = ROOT / f"{ref.module.replace('.', '/')}.py"
    command = [sys.executable, "-m", "manim", "render", str(file.relative_to(ROOT)), ref.name]
    command += ["-r", "256,144", "--fps", "4", "--media_dir", str(tmp_path), "--progress_bar", "none"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    (film,) = tmp_path.rglob(f"{ref.name}*.mp4")
    width, height, rate, length, _ = probe(film)
    assert (width, height, rate) == (256, 144, 4)
    assert length > 20
    assert list(film.parent.glob("*.srt"))


# Sheets and stills.


def test_every_quality_has_its_size() -> None:
    assert {name: str(format_) for name, format_ in FORMATS.items()} == {
        "draft": "480p10", "preview": "720p30", "hd": "1080p60", "uhd": "2160p60",
    }  # fmt: skip


def test_the_moment_of_a_still() -> None:
    cues = CueSheet((), (Beat(0, "one"), Beat(4, "two")), 10.0, fade_out_start=9.5)
    assert frame_time(cues) == pytest.approx(9.5 - 0.15)
    assert frame_time(replace(cues, fade_out_start=None)) == pytest.approx(10 - 0.15)  # it ends in a cut
    assert frame_time(cues, at=3) == 3
    assert frame_time(cues, at=30) == 10
    assert frame_time(cues, beat="one") == pytest.approx(3.85)
    with pytest.raises(Exception, match=r"no beat called 'three'. There are: one, two"):
        frame_time(cues, beat="three")


def counting_film(path: Path, seconds: int, rate: int = 4) -> None:
    """Frame k is of shade 2k."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=rate, options={"crf": "1"})
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for k in range(seconds * rate):
            picture = np.full((36, 64, 3), 2 * k, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())


def test_frames_are_those_on_screen_at_the_time(tmp_path: Path) -> None:
    counting_film(tmp_path / "c.mp4", 10)
    got = {moment: np.asarray(image).mean() for moment, image in read_frames(tmp_path / "c.mp4", [0, 1, 2.5, 9.75, 99])}
    for moment, frame in ((0, 0), (1, 4), (2.5, 10), (9.75, 39), (99, 39)):
        assert got[moment] == pytest.approx(2 * frame, abs=1.5)


def test_a_contact_sheet_has_every_frame_once(tmp_path: Path) -> None:
    grey = Image.new("RGB", (480, 270), "#808080")
    pages = contact_sheet([SheetFrame("one", float(time), grey) for time in range(35)], "c", tmp_path)
    assert [page.name for page in pages] == ["c-sheet-01.png", "c-sheet-02.png"]
    whole = [np.asarray(Image.open(page).convert("L")) == 128 for page in pages]
    assert [page.sum() for page in whole] == pytest.approx([30 * 480 * 270, 5 * 480 * 270], rel=0.01)


@pytest.mark.slow
def test_the_frames_of_a_sheet_are_the_films() -> None:
    refs = find_part("gradient").scenes[:2]
    settings = RenderSettings(Format(320, 180, 10))
    frames = list(sheet_frames(refs, settings, "none", 2.0, 2))
    times = [frame.time for frame in frames]
    second = next(index for index, frame in enumerate(frames) if frame.beat == "a map")
    assert np.diff(times[:second]) == pytest.approx(2)
    assert np.diff(times[second:]) == pytest.approx(2)
    for index in (0, 7, second, second + 9):
        ref, begin = (refs[0], 0.0) if index < second else (refs[1], times[second])
        alone = picture_of(ref, settings, at=times[index] - begin).picture.resize(frames[index].picture.size, 1)
        apart = np.abs(np.asarray(alone, int) - np.asarray(frames[index].picture, int))
        # A hiker holds himself otherwise after another walk.
        assert apart.max() <= 1 if index < second else apart.mean() < 2


def test_made_are_the_films_that_have_scenes_in_the_order_of_the_series() -> None:
    assert {find_part("tensors"), find_part("gradient")} <= set(made_parts())
    assert list(made_parts()) == sorted((part for part in SERIES if part.scenes), key=lambda part: part.number)


def test_sounds_are_heard_unless_they_are_left_away() -> None:
    @click.command()
    @sounds_option
    def asked(sounds: bool) -> None:
        click.echo(sounds)

    answers = [CliRunner().invoke(asked, given).output for given in ([], ["--sounds", "scene"], ["--sounds", "none"])]
    assert answers == ["True\n", "True\n", "False\n"]


def test_who_is_asked_to_end_once_all_is_done_ends_as_it_came_out() -> None:
    """Python takes a second to clear up after torch or manim, and a scheduler need not wait."""
    code = (
        "import atexit, os, signal, sys\n"
        "atexit.register(os.kill, os.getpid(), signal.SIGTERM)\n"
        "from scenes.cli.main import main\n"
        "sys.argv = ['descent', 'list']\n"
        "main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
