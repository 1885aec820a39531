"""A cut-out laid over what it was cut out of gives the frame back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import DL, UL, Scene, smooth, tempconfig
from PIL import Image

from descent_core import recording
from descent_core.errors import UnknownLabel
from descent_core.library import landscape
from render import cli
from scenes.engine.drawing.raster import StageCamera
from scenes.part import SceneRef
from scenes.parts import Fog, Hiker, Mountain, Shot, Trail, plate, words
from scenes.production.format import Format, RenderSettings
from scenes.production.frames.beat_pictures import BeatPicture, picture_of
from scenes.production.frames.cutout import foreground
from scenes.production.takes.sources import Sources
from scenes.series import find_part, made_parts
from scenes.stage.transitions import Curtain

SIZE = (320, 180)


@contextmanager
def small() -> Iterator[None]:
    still = {"dry_run": True, "verbosity": "ERROR", "progress_bar": "none"}
    with tempconfig({"pixel_width": SIZE[0], "pixel_height": SIZE[1], "frame_rate": 5, **still}):
        yield


@pytest.fixture(scope="module")
def ground() -> Any:
    return landscape("mountain")


def scene(ground: Any, things: bool, dim: float = 0.0) -> Scene:
    class Walked(Scene):
        def construct(self) -> None:
            # From low in the valley: the peak's ridge hides half of what stands behind it.
            mountain = Mountain(ground, Shot((0.3, -8.0, 3.0), (-1.5, 0.0, 1.2), 40), Fog(0.4))
            self.add(mountain)
            if dim:
                self.add(Curtain(dim))
            run = recording("right")
            trail = Trail(run, mountain)  # nothing grows where it leads
            if things:
                self.add(trail, Hiker(mountain, run.coeffs[8], size=2), Hiker(mountain, (-3.4, 1.2)))
                self.add(plate(words("the way")).to_corner(UL), words("loss").to_corner(DL).set_opacity(0.4))
            self.wait(0.2)

    with small():
        made = Walked(camera_class=StageCamera)
        made.render()
    return made


@pytest.mark.parametrize("dim", [0.0, 0.7])
def test_laid_over_its_backdrop_a_cutout_gives_the_frame(ground: Any, dim: float) -> None:
    whole = scene(ground, things=True, dim=dim).renderer.camera.pixel_array[..., :3]
    behind = scene(ground, things=False, dim=dim).renderer.camera.pixel_array[..., :3]
    cut = scene(ground, things=True, dim=dim)
    with small():
        picture = foreground(cut.renderer.camera, cut.mobjects)
    assert (picture.mode, picture.size) == ("RGBA", SIZE)
    laid = Image.fromarray(behind).convert("RGBA")
    laid.alpha_composite(picture)
    off = np.abs(np.asarray(laid)[..., :3].astype(int) - whole)
    assert off.max() <= 4  # whole numbers of opacity and of colour
    assert (np.abs(whole.astype(int) - behind).max(axis=2) > 20).mean() > 0.02  # there was something to cut out


def test_what_is_not_there_is_wholly_transparent_and_edges_have_no_dark_rim(ground: Any) -> None:
    cut = scene(ground, things=True)
    with small():
        pixels = np.asarray(foreground(cut.renderer.camera, cut.mobjects)).astype(int)
    assert (pixels[..., 3] == 0).mean() > 0.5
    assert (pixels[..., 3] == 255).any()
    faint = pixels[140:180, :120]  # the word at 40 %
    seen = faint[(faint[..., 3] > 40) & (faint[..., 3] < 110)]
    assert len(seen) > 20
    assert seen[:, :3].min() > 225  # as light as the word itself


TINY = RenderSettings(Format(160, 90, 5))


def cutout(ref: SceneRef, settings: RenderSettings, **moment: Any) -> BeatPicture:
    return picture_of(ref, settings, transparent=True, **moment)


def test_a_scene_is_cut_out_where_a_beat_ends_or_at_a_moment() -> None:
    ref = find_part("gradient").scene("fog")
    ended = cutout(ref, TINY, beat="the cabin")
    assert ended.picture.size == (160, 90)
    sooner = cutout(ref, TINY, at=3.0)
    assert sooner.time == pytest.approx(3.0)
    assert ended.time > sooner.time
    assert np.asarray(ended.picture)[..., 3].max() == 255
    with pytest.raises(UnknownLabel, match=r"no beat called 'lunch'"):
        cutout(ref, TINY, beat="lunch")


def beats_of(ref: SceneRef) -> list[tuple[str, bool]]:
    """The names of a scene's beats, and whether each is a loop, by the text of its module."""
    source = Sources().source(ref.module)
    assert source is not None
    found = re.findall(r'self\.beat\("([^"]+)"(, loop=True)?\)', source.content.decode())
    return [(name, bool(loop)) for name, loop in found]


SCENES = [ref for part in made_parts() for ref in part.scenes]
LOOPS = [(ref, name) for ref in SCENES for name, loop in beats_of(ref) if loop]


def test_some_scenes_have_loops() -> None:
    assert len(SCENES) > len(LOOPS) > 0


@pytest.mark.parametrize("ref", SCENES, ids=lambda ref: ref.slug)
def test_every_scene_is_cut_out_at_the_end_of_its_first_loop_or_first_beat(ref: SceneRef) -> None:
    beats = beats_of(ref)
    loop = next((name for name, loops in beats if loops), None)
    for beat in [loop] if loop else [name for name, _ in beats]:
        ended = cutout(ref, RenderSettings(Format(64, 36, 2)), beat=beat)
        assert ended.time > 1
        assert ended.picture.mode == "RGBA"
        if np.asarray(ended.picture)[..., 3].max() > 0:
            return
    # A sea, a room or a wall takes the whole frame, and is left away: but no scene is that alone.
    pytest.fail("nothing is left of any beat")


#: A plain manim scene and one of ours, with each kind of beat.
KINDS = """
from manim import LEFT, RIGHT, Scene, Square
from scenes.stage.explainer_scene import ExplainerScene

class Ours(ExplainerScene):
    def construct(self):
        square = Square(fill_opacity=1, side_length=4)
        self.beat("one")
        self.open(square)
        self.beat("round", loop=True)
        self.play(square.animate.shift(RIGHT))
        self.play(square.animate.shift(LEFT))
        self.beat("last")
        self.play(square.animate.shift(3 * RIGHT))
        self.close()

class Plain(Scene):
    def construct(self):
        square = Square(fill_opacity=1, side_length=4)
        self.next_section("one")
        self.add(square)
        self.wait(0.5)
        self.next_section("round", section_type="talk.loop")
        self.play(square.animate.shift(RIGHT))
        self.play(square.animate.shift(LEFT))
        self.next_section("last", "default.normal")
        self.play(square.animate.shift(3 * RIGHT))
"""


@pytest.fixture
def kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kinds_of_beats.py").write_text(KINDS)
    monkeypatch.syspath_prepend(str(tmp_path))


#: Scene units of a move of one second that are still to be made at its last frame.
_LEFT = 1 - smooth(1 - 1 / TINY.format.rate)


@pytest.mark.parametrize("name", ["Ours", "Plain"])
@pytest.mark.parametrize(
    ("beat", "middle"), [("one", 0), ("round", _LEFT), ("last", 3 - 3 * _LEFT), (None, 3 - 3 * _LEFT)]
)
def test_beats_of_every_kind_are_cut_out_where_they_end(
    name: str, beat: str | None, middle: float, kinds: None
) -> None:
    ref = SceneRef("kinds", "kinds_of_beats", name, "Kinds")
    opaque = np.asarray(cutout(ref, TINY, beat=beat).picture)[..., 3] > 128
    if name == "Ours" and beat is None:  # it begins to fade out where the move has ended
        middle = 3
    assert np.nonzero(opaque)[1].mean() == pytest.approx(80 + middle * 90 / 8, abs=1)
    assert opaque.sum() == pytest.approx(45 * 45, rel=0.1)


def test_the_last_picture_is_taken_before_it_goes_dark(kinds: None) -> None:
    ref = SceneRef("kinds", "kinds_of_beats", "Ours", "Kinds")
    assert np.asarray(cutout(ref, TINY).picture)[..., :3].max() > 250


def test_the_command_cuts_out_a_loop(tmp_path: Path) -> None:
    ref, beat = LOOPS[0]
    words = ["still", "gradient", ref.slug, "--beat", beat, "--transparent", "-q", "draft", "--voice", "none"]
    done = CliRunner().invoke(cli, [*words, "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    (path,) = tmp_path.iterdir()
    assert path.name.endswith("-transparent.png")
    with Image.open(path) as picture:
        assert (picture.mode, picture.size) == ("RGBA", (854, 480))
