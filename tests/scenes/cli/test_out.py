"""Every ``-o``, of every command: relative, absolute and empty, whatever folder a file goes to that it imports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from scenes.cli import main, options
from scenes.part import Part, SceneRef
from scenes.production.format import FORMATS
from scenes.talk import Deck, write_deck
from tests.scenes.talk.tiny_talk import TINY

#: Goes elsewhere when it is imported, here and in each process that draws.
AWAY = "import os, pathlib\nos.chdir(pathlib.Path(__file__).parents[1] / 'away')\n"
SCENE = """
from manim import Square
from scenes.stage.explainer_scene import ExplainerScene

class Only(ExplainerScene):
    def construct(self):
        self.beat("one")
        self.add(Square())
        with self.say("One."):
            pass
"""
LOSS = "def bowl(c):\n    return (c**2).sum()\n"

#: Each command with an ``-o``, and the files that it makes in that folder.
MAKES = {
    ("film", "9"): {"9-out/film.mp4", "9-out/index.html", "index.html"},
    ("page",): {"index.html"},
    ("talk", "code/mine.py"): {"mine/talk.html"},
    ("still", "9", "only"): {"only-*s.png"},
    ("still", "9", "only", "--transparent"): {"only-*s-transparent.png"},
    ("sheet", "9"): {"9-out-sheet-01.png"},
    ("export", "scene", "9", "only", "--to", "gif"): {"only.gif"},
    ("export", "run", "right"): {"right.csv"},
    ("explore", "code/mine.py:bowl", "--start", "1,2", "--lr", "0.1", "--steps", "3", "--still"): {
        "explore-mine-bowl.png"
    },
}
#: Those that take seconds.
SLOW = ("film", "explore")
#: Not of these commands.
NO_OPTIONS = {"--voice": ("page", "export run"), "--quality": ("page", "export run", "sheet")}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with somebody's files in it, and the takes of their scenes: drawn once for all tests here."""
    place = tmp_path_factory.mktemp("place")
    for name in ("code", "code/out_film", "away"):
        (place / name).mkdir()
    (place / "code" / "out_film" / "__init__.py").touch()
    (place / "code" / "out_film" / "only.py").write_text(AWAY.replace("parents[1]", "parents[2]") + SCENE)
    (place / "code" / "mine.py").write_text(AWAY + SCENE + LOSS)
    return place


@pytest.fixture
def here(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """That folder as the current one, and part 9 made of its scene, in small."""
    monkeypatch.syspath_prepend(str(place / "code"))
    monkeypatch.setenv("DESCENT_CACHE", "kept")  # relative as well
    monkeypatch.setitem(FORMATS, "draft", TINY.format)
    monkeypatch.setitem(FORMATS, "hd", TINY.format)
    ref = SceneRef("only", "out_film.only", "Only", "Only")
    monkeypatch.setattr(options, "find_part", lambda name: Part(9, "out", "Out", "a test", (ref,)))
    monkeypatch.chdir(place)
    yield place
    assert list((place / "away").iterdir()) == []


def run(*words: str) -> str:
    name = " ".join(words[:2]) if words[0] == "export" else words[0]
    more = ["--voice", "none"] if name not in NO_OPTIONS["--voice"] else []
    more += ["-q", "draft"] if name not in NO_OPTIONS["--quality"] else []
    answer = CliRunner().invoke(main.cli, [*words, *more])
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.mark.parametrize(
    "words",
    [pytest.param(words, marks=[pytest.mark.slow] if words[0] in SLOW else [], id=" ".join(words)) for words in MAKES],
)
def test_every_out_is_where_it_was_typed(words: tuple[str, ...], here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "-".join(word.replace("/", "-") for word in words)
    typed = {"relative": Path("outs", name), "absolute": here / "outs" / f"{name} absolute"}
    for out in (*typed.values(), ""):
        monkeypatch.chdir(here)
        if out == "":  # is the current folder
            current = here / "outs" / f"{name} current"
            current.mkdir()
            (current / "code").symlink_to(here / "code")
            (current / "kept").symlink_to(here / "kept")
            monkeypatch.chdir(current)
        said = run(*words, "-o", str(out))
        folder = here / out if out else current
        for made in MAKES[words]:
            assert len(list(folder.glob(made))) == 1, f"{made} in {sorted(folder.rglob('*'))}"
        told = Path(said.splitlines()[-1].split("  ")[0])
        assert not told.is_absolute()
        assert (here / told if out else current / told).is_file()


def test_no_command_was_forgotten() -> None:
    found = set()
    for name, command in main.cli.commands.items():
        for inner in getattr(command, "commands", {"": command}).items():
            if any("--out" in option.opts for option in inner[1].params if isinstance(option, click.Option)):
                found.add(f"{name} {inner[0]}".strip())
    assert len(found) == 8
    assert found == {" ".join(words[:2]) if words[0] == "export" else words[0] for words in MAKES}


def test_a_deck_is_written_where_it_was_asked_for(here: Path) -> None:
    from scenes.talk.deck_file import deck_in

    deck = Deck("Out").add(deck_in(here / "code" / "mine.py").entries[0].scene)
    written = write_deck(deck, "relative.html", quality="draft")
    assert written == Path.cwd() / "relative.html"
    assert "relative_files/" in written.read_text("utf-8")
    assert written.with_name("relative_files").is_dir()
