"""Stills are the frames that a film has at that moment, and nobody speaks for them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray
from PIL import Image

from descent_core.folders import speech_folder
from scenes.cli import main, options
from scenes.narration.speech import Speech
from scenes.narration.speech_cache import SpeechCache
from scenes.narration.voices.flite import Flite
from scenes.part import Part, SceneRef
from scenes.production.format import FORMATS, Format
from scenes.theme import theme

SIZE = Format(160, 90, 20)
#: A square goes from left to right in two seconds, so that each frame says when it is.
SCENE = """
from manim import LEFT, RIGHT, Square, linear
from scenes.stage.explainer_scene import ExplainerScene

class Moving(ExplainerScene):
    def construct(self):
        square = Square(fill_opacity=1, stroke_width=0).move_to(6 * LEFT)
        self.beat("one")
        self.add(square)
        self.play(square.animate(rate_func=linear).move_to(6 * RIGHT), run_time=2)
        self.beat("two")
        with self.say("It is there."):
            pass
"""

Still = Callable[..., tuple[NDArray[np.uint8], str]]


@pytest.fixture
def still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Still:
    """The command: its picture, in grey, and what it said."""
    (tmp_path / "code" / "moving_film").mkdir(parents=True)
    (tmp_path / "code" / "moving_film" / "__init__.py").touch()
    (tmp_path / "code" / "moving_film" / "moving.py").write_text(SCENE)
    for name in ("moving_film", "moving_film.moving"):  # of the test before
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path / "code"))
    monkeypatch.setenv("DESCENT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setitem(FORMATS, "draft", SIZE)
    ref = SceneRef("moving", "moving_film.moving", "Moving", "Moving")
    monkeypatch.setattr(options, "find_part", lambda name: Part(9, "moving", "Moving", "a test", (ref,)))

    def run(*words: str, voice: str = "none") -> tuple[NDArray[np.uint8], str]:
        command = ["still", "9", "moving", "-q", "draft", "--voice", voice, "-o", str(tmp_path / "out"), *words]
        answer = CliRunner().invoke(main.cli, command)
        assert answer.exit_code == 0, answer.output
        path = Path(answer.output.split("  ")[0])
        return np.asarray(Image.open(path).convert("L")), answer.output

    return run


def middle(picture: NDArray[np.uint8]) -> float:
    """Where the square is, as a fraction of the frame's width."""
    return float(np.argwhere(picture > 128)[:, 1].mean() / picture.shape[1])


@pytest.mark.parametrize("at", ["0", "0.5", "1", "1.55"])
def test_a_still_is_the_frame_of_that_moment(at: str, still: Still) -> None:
    picture, said = still("--at", at)
    assert picture.shape == (90, 160)
    assert f"{float(at):.1f} s into 'moving'" in said
    # The square's centre goes over 12 of the frame's 14.2 units, from its middle's 6 to the left.
    assert middle(picture) == pytest.approx(0.5 + (6 * float(at) - 6) / (128 / 9), abs=0.01)


def test_a_beats_still_is_its_last_frame(still: Still) -> None:
    assert middle(still("--beat", "one")[0]) == pytest.approx(0.5 + (6 * 1.95 - 6) / (128 / 9), abs=0.005)
    assert middle(still("--beat", "two")[0]) == pytest.approx(0.5 + 6 / (128 / 9), abs=0.005)


def test_after_the_end_there_is_the_last_frame(still: Still) -> None:
    assert middle(still("--at", "999")[0]) == middle(still()[0]) == pytest.approx(0.5 + 6 / (128 / 9), abs=0.005)


def test_nobody_speaks_for_a_still_and_what_was_spoken_counts(still: Still, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Flite, "installed", staticmethod(lambda: True))
    monkeypatch.setattr(Flite, "settings", lambda self: {"voice": "flite"})
    monkeypatch.setattr(Flite, "say", lambda self, text: pytest.fail(f"{text!r} was spoken"))
    silent = still("--beat", "two")[1]
    assert still("--beat", "two", voice="flite")[1] == silent  # its length is estimated
    spoken = Speech(np.full(8000 * 5, 0.5, np.float32), 8000, {})
    cache, voice = SpeechCache(speech_folder()), Flite()
    cache.store(cache.path("It is there.", voice), spoken)
    assert (
        f"{7 + theme.breath:.1f} s into" in still("--beat", "two", voice="flite")[1]
    )  # 2 s, 5 s and a breath, less a frame
