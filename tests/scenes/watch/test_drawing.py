"""What a process draws and tells, here in this one."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import av
import numpy as np
import pytest
from PIL import Image

from scenes.production.format import Format, RenderSettings
from scenes.production.trouble import SceneError, Trouble
from scenes.watch.asked import Asked
from scenes.watch.drawing import draw
from scenes.watch.task import Beats, Film, Loaded, Marks, Picture, Scenes, Task, Told

SETTINGS = RenderSettings(Format(320, 180, 10))
SCENE = """
from manim import RIGHT, Square
from scenes.parts import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.theme import theme

class First(ExplainerScene):
    def construct(self):
        square = Square(fill_opacity=1)
        self.beat("one")
        with self.say("Here it is."):
            self.open(square)
        self.beat("two")
        with self.say("And it goes."):
            self.play(square.animate.shift(4 * RIGHT), run_time=1)
        self.beat("three")
        small = words("too small to read", 8)
        with self.say("This is too small to read."):
            self.enter(small)
        self.close()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "watched_scene.py"
    path.write_text(dedent(SCENE))
    return path


def told(file: Path, **others: object) -> list[Told]:
    found: list[Told] = []
    task = Task(Asked(str(file)), None, SETTINGS, "none", file.parent, **others)  # type: ignore[arg-type]
    draw(task, found.append)
    return found


def test_the_watched_beat_comes_first_and_each_comes_once(file: Path) -> None:
    found = told(file, first="two")
    assert found[0] == Scenes("watched scene", (("first", "First"),), "first")
    pictures = [each for each in found if isinstance(each, Picture)]
    assert [picture.beat for picture in pictures] == ["two", "one", "three"]
    assert [picture.lines for picture in pictures] == [
        ("And it goes.",),
        ("Here it is.",),
        ("This is too small to read.",),
    ]
    starts = {picture.beat: picture.start for picture in pictures}
    (beats,) = (each for each in found if isinstance(each, Beats))
    assert dict(beats.beats) == pytest.approx(starts)
    with Image.open(file.parent / pictures[0].file) as picture:
        assert picture.size == (320, 180)
        columns = np.argwhere(np.asarray(picture.convert("L")) > 200)[:, 1]
    assert columns.mean() == pytest.approx(160 + 4 * 180 / 8, abs=3)  # where the square has gone


def test_what_the_check_finds_has_its_place(file: Path) -> None:
    (marks,) = (each for each in told(file) if isinstance(each, Marks))
    (size,) = (mark for mark in marks.marks if mark.rule == "size")
    assert size.words == "too small to read"
    assert size.box is not None
    left, top, right, bottom = size.box
    assert left < 0.5 < right
    assert top < bottom
    assert (top + bottom) / 2 == pytest.approx(0.5, abs=0.03)  # it drifts as it enters
    assert right - left < 0.2


def test_it_tells_the_files_and_what_may_be_loaded_before(file: Path) -> None:
    (loaded,) = (each for each in told(file, checks=False) if isinstance(each, Loaded))
    assert str(file) in loaded.files.values()
    assert "scenes.stage.explainer_scene" in loaded.shared
    assert not [module for module in loaded.shared if module.startswith("talk_")]


def test_a_beat_is_filmed_and_nothing_else(file: Path) -> None:
    *_, film = told(file, film="two")
    assert isinstance(film, Film)
    with av.open(str(file.parent / film.file)) as opened:
        assert not opened.streams.audio
        frames = [frame.to_ndarray(format="gray") for frame in opened.decode(video=0)]
    centres = [np.argwhere(frame > 180)[:, 1].mean() for frame in frames]
    assert centres[0] == pytest.approx(160, abs=3)
    assert centres[-1] == pytest.approx(250, abs=3)
    assert (np.diff(centres) > -1).all()


def test_trouble_names_the_line_of_who_writes_the_scene(file: Path) -> None:
    file.write_text(file.read_text().replace("Square(fill_opacity=1)", "Square(fill_opacity=none)"))
    with pytest.raises(SceneError, match=r"First cannot be played: NameError.*watched_scene.py, line 9") as raised:
        told(file)
    found = Trouble.of(raised.value)
    assert found.message == "NameError: name 'none' is not defined"
    assert (Path(found.file).name, found.line) == ("watched_scene.py", 9)
    assert found.source == "square = Square(fill_opacity=none)"


def test_trouble_of_a_file_that_cannot_be_read_is_its_own(file: Path) -> None:
    file.write_text(file.read_text().replace("def construct(self):", "def construct(self:"))
    with pytest.raises(Exception, match="could not be run") as raised:
        told(file)
    found = Trouble.of(raised.value)
    assert found.message.startswith("SyntaxError:")
    assert (Path(found.file).name, found.line) == ("watched_scene.py", 8)
