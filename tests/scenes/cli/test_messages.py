"""What commands say of mistakes, of one thing and of many, and of being stopped."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from descent_core import library
from descent_core.counted import counted
from descent_core.explore.user.code import import_file
from scenes.cli.main import cli
from scenes.part import Part, SceneRef
from scenes.production.takes.events import Failed
from scenes.production.takes.pool import ScenesFailed
from scenes.talk.deck_file import scenes_in

ROOT = Path(__file__).parents[3]


def run(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(cli, list(words))
    assert "Traceback" not in answer.output
    return answer.exit_code, answer.output


@pytest.mark.parametrize("number", ["nan", "-nan", "inf", "-inf", "1e999", "much", ""])
@pytest.mark.parametrize("words", [("still", "gradient", "fog", "--at"), ("sheet", "gradient", "--every")])
def test_what_is_no_finite_number_is_refused(words: tuple[str, ...], number: str) -> None:
    code, said = run(*words, number)
    assert code == 2
    assert f"{number!r} is not a number of 0" in said


def test_no_command_has_a_number_that_may_be_nan() -> None:
    """Those of `explore` are looked at beside the loss."""
    loose = []
    for name in ("film", "page", "talk", "still", "sheet", "record", "export", "check", "new-part"):
        commands = [cli.commands[name], *getattr(cli.commands[name], "commands", {}).values()]
        loose += [
            (name, option.name)
            for command in commands
            for option in command.params
            if type(option.type).__name__ in ("FloatParamType", "FloatRange")
        ]
    assert loose == []


@pytest.mark.parametrize("number", ["nan", "inf"])
@pytest.mark.parametrize("words", [("--start", "1,{}"), ("--start", "1,2", "--lr", "{}")])
def test_explore_refuses_them_too(words: tuple[str, ...], number: str, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def loss(c):\n    return (c**2).sum()\n")
    filled = [word.format(number) for word in words]
    code, _ = run("explore", f"{tmp_path}/mine.py:loss", *filled, "-o", str(tmp_path / "out"))
    assert code in (1, 2)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("film", "--music", "{}"), 2),
        (("talk", "{}"), 2),
        (("explore", "{}:loss"), 2),
        (("explore", "{}"), 2),
        (("page", "-o", "{}/file"), 1),
        (("export", "run", "right", "-o", "{}/file"), 1),
    ],
)
def test_a_folder_where_a_file_should_be_and_the_reverse(words: tuple[str, ...], code: int, tmp_path: Path) -> None:
    folder = tmp_path / "folder.py"
    folder.mkdir()
    (folder / "file").touch()
    found, said = run(*(word.format(folder) for word in words))
    assert found == code
    assert re.search("is a (folder|directory)|Nothing can be written into", " ".join(said.split()))


def test_music_is_read_before_anything_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "noise.mp3").write_bytes(b"not music")
    code, said = run("film", "-q", "draft", "--music", str(tmp_path / "noise.mp3"), "-o", str(tmp_path / "out"))
    assert code == 1
    assert said.startswith("Error: The music ")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("names", ["", " ", " , "])
@pytest.mark.parametrize("command", ["check", "talk"])
def test_a_choice_of_no_scene_is_refused(command: str, names: str) -> None:
    code, said = run(command, "gradient", "--scenes", names)
    assert code == 2
    assert "--scenes names no scene" in said


def test_a_check_of_a_film_that_is_not_made_is_refused(unmade_part: Part) -> None:
    code, said = run("check", unmade_part.slug)
    assert code == 2
    assert "'unmade', is not made yet" in said


def test_one_thing_is_in_the_singular(tmp_path: Path) -> None:
    assert [counted(count, "step") for count in (0, 1, 2)] == ["0 steps", "1 step", "2 steps"]
    ref = SceneRef("a", "a", "A", "A")
    assert str(ScenesFailed([Failed(ref, "It fell.", None)], 1)).startswith("1 of 1 scene failed.\n")
    code, said = run("record", "step")
    assert code == 0
    assert not re.search(r"\b1 (?!of)\w+s\b", said)


def test_no_message_counts_in_another_way() -> None:
    """A number before a noun in the plural is written by `counted`, wherever the number may be one."""
    never_one = {"1 to {} runs can be told apart: give --lr so many times; found {}.", "{} coefficients"}
    nouns = "steps|numbers|scenes|lines|clicks|rows|faults|places|runs|walks|evaluations|coefficients"
    found = []
    for folder in ("scenes/cli", "scenes/production", "scenes/talk", "scenes/check", "descent_core"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    text = "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
                    found += [(file.name, text) for _ in re.findall(rf"(?<!of )\{{\}} ({nouns})\b", text)]
    assert [(name, text) for name, text in found if text not in never_one] == []


def test_a_failed_talk_speaks_of_no_film() -> None:
    refs = [SceneRef(slug, slug, "A", "A") for slug in "ab"]
    both = str(ScenesFailed([Failed(ref, "It fell.", None) for ref in refs], 2))
    assert both.startswith("2 of 2 scenes failed.\n")
    one = str(ScenesFailed([Failed(refs[0], "It fell.", None)], 2))
    assert one.startswith("1 of 2 scenes failed; the others are kept, and not drawn again.\n")
    assert "film" not in both + one


@pytest.mark.parametrize("words", [("record",), ("export", "run", "right")])
def test_where_nothing_is_kept_ctrl_c_says_so(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for name in ("recording", "landscape", "listing"):
        monkeypatch.setattr(library, name, stopped)
    code, said = run(*words)
    assert code == 130
    assert said == "\nStopped.\n"


@pytest.mark.parametrize("finished", [False, True])
def test_ctrl_c_says_what_is_kept_where_a_scene_is(
    finished: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from scenes.production.takes import pool
    from scenes.production.takes.events import Finished, Planned, Started

    def stopped(part: Part, *_: object, on_event: object, **__: object) -> None:
        ref = part.scenes[0]
        for event in (Planned(ref, "", 1.0, 1.0), Started(ref), *([Finished(ref, 1.0)] if finished else [])):
            on_event(event)
        raise KeyboardInterrupt

    monkeypatch.setattr(pool, "render_all", stopped)
    code, said = run("film", "-q", "draft", "-o", str(tmp_path), "--quiet")
    assert code == 130
    assert ("What was finished is kept" in said) == finished


def test_a_file_sees_its_own_arguments_and_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "import sys\nfrom manim import Scene\nARGV = sys.argv\n\nclass A(Scene):\n    pass\n"
    monkeypatch.setattr("sys.argv", ["descent", "--quiet", "x"])
    (tmp_path / "loss.py").write_text(content)
    assert [str(tmp_path / "loss.py")] == import_file(tmp_path / "loss.py").ARGV
    (tmp_path / "deck.py").write_text(f"{content}assert sys.argv == [{str(tmp_path / 'deck.py')!r}]\n")
    assert len(scenes_in(tmp_path / "deck.py")[1]) == 1
