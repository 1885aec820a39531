"""``descent check`` of what is not in the series: a file of scenes, and the film of a loss."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from render import cli
from scenes.examples import losses

LOSSES = losses.__file__

SCENES = """
from manim import UP, Scene, Text
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene


class Right(Scene):
    def construct(self):
        self.add(Text("Hello"))
        self.wait(1)


class FarOut(Scene):
    def construct(self):
        self.add(Text("Hello up there").to_edge(UP, buff=0.1))
        self.wait(1)


class Typed(ExplainerScene):
    def construct(self):
        self.add(words("about 0.25"))
        self.wait(1)


class Broken(Scene):
    def construct(self):
        self.add(Text("Hello"))
        self.wait(1)
        raise RuntimeError("no such knob")
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own_scenes.py"
    path.write_text(SCENES)
    return path


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["check", *words, "-j", "1"])
    return done.exit_code, done.output


def test_a_file_of_scenes_is_checked_scene_by_scene(file: Path) -> None:
    code, said = run(str(file), "--theme", "dark")
    assert code == 1
    for found in (
        "edge      'Hello up there'",
        "number    'about 0.25': 0.25 is no field",
        "crash     'Broken': RuntimeError in own_scenes.py, line 29: no such knob",
        "3 faults in 4 scenes",
    ):
        assert found in said
    assert said.count("WRONG") == 3
    assert "Traceback" not in said


def test_one_scene_of_a_file_in_both_themes(file: Path) -> None:
    code, said = run(str(file), "--scenes", "Right")
    assert code == 0, said
    assert "right, dark: 1 line of type" in said
    assert "right, light: 1 line of type" in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere.py",), "There is no file nowhere.py"),
        ((f"{LOSSES}:himelblau", "--start", "1,2"), "Did you mean himmelblau?"),
        ((f"{LOSSES}:himmelblau",), "Where should the runs on himmelblau start"),
        ((f"{LOSSES}:himmelblau", "--start", "one"), "numbers with commas"),
        (("gradient", "--lr", "0.1"), "none is named: FILE.py:LOSS"),
        ((f"{LOSSES}:valley", "--start", "0.5", "--scenes", "fog", "--steps", "2"), "no scene called 'fog'"),
    ],
)
def test_wrong_use_is_exit_2_with_what_to_do(words: tuple[str, ...], message: str) -> None:
    code, said = run(*words)
    assert code == 2, said
    assert message in " ".join(said.split())
    assert "Traceback" not in said


@pytest.mark.slow
def test_the_film_of_a_loss_is_checked_and_its_picture_too() -> None:
    code, said = run(
        f"{LOSSES}:three_knobs", "--start", "-1,0,2", "--lr", "0.05", "--lr", "0.15", "--steps", "30",
        "--no-zero-grad", "--theme", "light",
    )  # fmt: skip
    assert code == 0, said
    for scene in ("mountain", "walks", "zero-grad", "curves", "still"):
        assert f"\n{scene}, light: " in said
    assert "No faults in 5 scenes" in said


@pytest.mark.slow
def test_only_some_scenes_of_a_loss() -> None:
    code, said = run(
        f"{LOSSES}:valley", "--start", "-1.8", "--lr", "0.01", "--steps", "20", "--scenes", "curves,still",
        "--theme", "dark",
    )  # fmt: skip
    assert code == 0, said
    assert "No faults in 2 scenes" in said
