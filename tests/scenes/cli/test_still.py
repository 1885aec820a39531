"""Stills are taken from what a film has drawn, where that is fresh, and are the right frames."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray
from PIL import Image

from scenes.cli import frames, main, options
from scenes.part import Part, SceneRef
from scenes.production.format import FORMATS, Format, RenderSettings
from scenes.production.takes.cache import TakeCache
from scenes.production.takes.key import take_key
from scenes.production.takes.render import render_take

SIZE = Format(160, 90, 20, (("preset", "ultrafast"), ("crf", "20")))
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
        self.wait(1)
"""

Still = Callable[..., tuple[NDArray[np.uint8], str]]


@pytest.fixture
def ref(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SceneRef:
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
    return ref


@pytest.fixture
def still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Still:
    """The command: its picture, in grey, and ``drawn`` where it would draw the scene anew."""

    class Drawn(Exception):
        """A scene would be drawn."""

    def draw(*_: object, **__: object) -> None:
        raise Drawn

    monkeypatch.setattr(frames, "make_takes", draw)

    def run(*words: str) -> tuple[NDArray[np.uint8], str]:
        out = tmp_path / "out"
        answer = CliRunner().invoke(
            main.cli, ["still", "9", "moving", "-q", "draft", "--voice", "none", "-o", str(out), *words]
        )
        if isinstance(answer.exception, Drawn):
            return np.zeros((0, 0), np.uint8), "drawn"
        assert answer.exit_code == 0, answer.output
        path = Path(answer.output.split("  ")[0])
        return np.asarray(Image.open(path).convert("L")), answer.output

    return run


def film(ref: SceneRef, settings: RenderSettings, folder: Path) -> None:
    """What a film of the scene leaves among the takes."""
    with TakeCache() as cache:
        cache.store(ref, take_key(ref, settings), render_take(ref, settings, cache.work), 1.0)


def middle(picture: NDArray[np.uint8]) -> float:
    """Where the square is, as a fraction of the frame's width."""
    return float(np.argwhere(picture > 128)[:, 1].mean() / picture.shape[1])


def test_a_still_is_the_right_frame_of_the_films_take(ref: SceneRef, still: Still, tmp_path: Path) -> None:
    assert still()[1] == "drawn"
    film(ref, RenderSettings(SIZE), tmp_path)
    places = {}
    for at in ("0.5", "1", "1.55"):
        picture, said = still("--at", at)
        assert picture.shape == (90, 160)
        assert f"{float(at):.1f} s into 'moving'" in said
        places[at] = middle(picture)
    # The square's centre goes over 12 of the frame's 14.2 units, from its middle's 6 to the left.
    for at, place in places.items():
        assert place == pytest.approx(0.5 + (6 * float(at) - 6) / (128 / 9), abs=6 / 20 / (128 / 9) + 0.01)
    assert middle(still("--beat", "two")[0]) == pytest.approx(0.5 + 6 / (128 / 9), abs=0.01)


@pytest.mark.parametrize("words", [("--theme", "light"), ("-q", "preview"), ("--voice", "flite")])
def test_a_take_of_another_look_or_timing_is_not_used(
    words: tuple[str, ...], ref: SceneRef, still: Still, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scenes.narration.voices.flite import Flite

    monkeypatch.setattr(Flite, "installed", staticmethod(lambda: True))
    monkeypatch.setattr(Flite, "settings", lambda self: {"voice": "flite"})
    film(ref, RenderSettings(SIZE), tmp_path)
    film(ref, RenderSettings(SIZE, burn_captions=True), tmp_path)
    assert still(*words)[1] == "drawn"


def test_nor_is_one_with_captions_or_of_other_code(ref: SceneRef, still: Still, tmp_path: Path) -> None:
    film(ref, RenderSettings(SIZE, burn_captions=True), tmp_path)
    assert still()[1] == "drawn"
    film(ref, RenderSettings(SIZE), tmp_path)
    assert still()[1] != "drawn"
    file = tmp_path / "code" / "moving_film" / "moving.py"
    file.write_text(f"{file.read_text()}\n# changed\n")
    assert still()[1] == "drawn"
