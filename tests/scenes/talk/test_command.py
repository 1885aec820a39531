"""The command ``talk``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray
from pypdf import PdfReader

from render import cli
from scenes.production.format import Format, RenderSettings
from scenes.production.takes.render import render_take
from scenes.talk.cutting import cut_spans
from scenes.talk.slides import Slide, slides
from tests.scenes.talk.tiny_talk import ROOT, frames

# The command.


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["talk", *words])
    return done.exit_code, done.output


BAD_FILES = {
    "empty.py": ("x = 1\n", "There is no scene in {path}. Define one, or name a deck of scenes DECK."),
    "wrong.py": ("DECK = [1]\n", "DECK in {path} is of the type list"),
    "import.py": (
        "import json\n\ndef start():\n    import nothing_there\n\nstart()\n",
        "{path} could not be run:\n"
        '  File "{path}", line 6, in <module>\n    start()\n'
        '  File "{path}", line 4, in start\n    import nothing_there\n'
        "ModuleNotFoundError: No module named 'nothing_there'\n",
    ),
    "syntax.py": ("def (:\n", "SyntaxError: "),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_deck_is_told_with_its_own_short_traceback(name: str, tmp_path: Path) -> None:
    content, wanted = BAD_FILES[name]
    path = tmp_path / name
    path.write_text(content)
    code, said = run(str(path), "-o", str(tmp_path / "out"))
    assert code == 1
    assert wanted.format(path=path) in said
    assert "scenes/talk" not in said
    assert len(said.splitlines()) < 10
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["gradiant"], "no part called 'gradiant'. Did you mean gradient"),
        (["unmade"], "Part 99, 'unmade', is not made yet"),
        (["gradient", "--scenes", "fog,stepsize"], "no scene called 'stepsize'. Did you mean step-size"),
        (["gradient", "--scenes", " , "], "--scenes names no scene"),
        (["gradient", "--to", "key"], "'key' is not one of"),
        (["nowhere.py"], "There is no file nowhere.py"),
        ([], "Missing argument"),
    ],
)
@pytest.mark.usefixtures("unmade_part")
def test_wrong_use_is_one_clear_line_and_exit_2(words: list[str], wanted: str) -> None:
    code, said = run(*words)
    assert code == 2
    assert wanted in said
    assert "Traceback" not in said


def test_a_folder_that_cannot_be_written_is_said_before_rendering(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    code, said = run("gradient", "-o", str(tmp_path / "file"))
    assert code == 1
    assert "Nothing can be written into" in said


def test_without_the_extra_it_says_what_to_type(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from scenes.talk import convert

    there = convert.find_spec
    monkeypatch.setattr(convert, "find_spec", lambda name: None if name == "manim_slides" else there(name))
    code, said = run("gradient", "-o", str(tmp_path))
    assert code == 1
    assert "Talks need manim-slides, which is not installed. Type: make setup" in said


def test_a_talk_of_a_file_in_any_order_is_drawn_once(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_quality: None
) -> None:
    monkeypatch.setenv("DESCENT_CACHE", str(tmp_path / "cache"))
    words = [str(file), "-q", "draft", "--voice", "none", "-o", str(tmp_path / "out")]
    code, said = run(*words, "--scenes", "whole,plain,Whole", "--to", "pdf", "--to", "html")
    assert code == 0, said
    assert "2 of 2 scenes to draw" in said
    assert said.splitlines()[-1].startswith(f"{tmp_path / 'out' / 'random' / 'talk.html'}  4 clicks, 90p10")
    assert len(PdfReader(tmp_path / "out" / "random" / "talk.pdf").pages) == 5
    code, said = run(*words, "--scenes", "plain")
    assert code == 0, said
    assert "nothing changed" in said
    code, said = run(*words, "--scenes", "plain", "--quiet")
    assert len(said.splitlines()) == 1


# The film's own, and the example.


@pytest.mark.slow
def test_loops_of_the_film_end_where_they_began(tmp_path: Path) -> None:
    from scenes.series import find_part

    small = RenderSettings(Format(320, 180, 6, (("preset", "ultrafast"), ("crf", "8"))))
    loops = []
    for slug in ("zero-grad", "next"):
        one = render_take(find_part("gradient").scene(slug), small, tmp_path)
        loops += [slide for slide in slides([one], small.format.rate) if slide.loop]
    assert [loop.beat for loop in loops] == ["the tug of war", "over and over"]
    for loop in loops:
        pictures = frames_of(loop, tmp_path)
        assert np.abs(pictures[0].astype(int) - pictures[-1]).mean() < 0.5
        assert max(np.abs(picture.astype(int) - pictures[0]).mean() for picture in pictures) > 0.5  # and it moves


def frames_of(slide: Slide, folder: Path) -> list[NDArray[np.uint8]]:
    cut_spans(slide.spans, folder / "piece.mp4")
    return frames(folder / "piece.mp4")


@pytest.mark.slow
def test_the_example_is_a_talk(tmp_path: Path, tiny_quality: None) -> None:
    example = ROOT / "scenes" / "examples" / "my_talk.py"
    words = ["-q", "draft", "--voice", "none", "--to", "pptx", "-o", str(tmp_path)]
    code, said = run(str(example), *words)
    assert code == 0, said
    assert "16 clicks" in said  # three, a beat of its own and five of the fog, seven of the slope
    pptx = pytest.importorskip("pptx")
    deck = pptx.Presentation(tmp_path / "my_talk" / "talk.pptx")
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    assert notes[:4] == ["Let them guess.", "Wait for a hand.", "Close your eyes for a moment.", notes[3]]
    assert notes[3].startswith("Back to two knobs")
