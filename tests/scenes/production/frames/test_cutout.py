"""A cut-out laid over what it was cut out of gives the frame back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from manim import DL, UL, Scene, tempconfig
from PIL import Image

from descent_core import recording
from descent_core.errors import UnknownLabel
from descent_core.library import landscape
from scenes.parts import Fog, Hiker, Mountain, Shot, StageCamera, Trail, plate, words
from scenes.production.format import Quality
from scenes.production.frames.cutout import CutoutCamera, cutout
from scenes.series import find_part
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


def scene(camera: type, ground: Any, things: bool, dim: float = 0.0) -> Scene:
    class Walked(Scene):
        def construct(self) -> None:
            # From low in the valley: the peak's ridge hides half of what stands behind it.
            mountain = Mountain(ground, Shot((0.3, -8.0, 3.0), (-1.5, 0.0, 1.2), 40), Fog(0.4))
            self.add(mountain)
            if dim:
                self.add(Curtain(dim))
            if things:
                run = recording("right")
                self.add(Trail(run, mountain), Hiker(mountain, run.coeffs[8], size=2), Hiker(mountain, (-3.4, 1.2)))
                self.add(plate(words("the way")).to_corner(UL), words("loss").to_corner(DL).set_opacity(0.4))
            self.wait(0.2)

    with small():
        made = Walked(camera_class=camera)
        made.render()
    return made


@pytest.mark.parametrize("dim", [0.0, 0.7])
def test_laid_over_its_backdrop_a_cutout_gives_the_frame(ground: Any, dim: float) -> None:
    whole = scene(StageCamera, ground, things=True, dim=dim).renderer.camera.pixel_array[..., :3]
    behind = scene(StageCamera, ground, things=False, dim=dim).renderer.camera.pixel_array[..., :3]
    cut = scene(CutoutCamera, ground, things=True, dim=dim)
    with small():
        picture = cut.renderer.camera.cut_out(cut.mobjects)
    assert (picture.mode, picture.size) == ("RGBA", SIZE)
    laid = Image.fromarray(behind).convert("RGBA")
    laid.alpha_composite(picture)
    off = np.abs(np.asarray(laid)[..., :3].astype(int) - whole)
    assert off.max() <= 4  # whole numbers of opacity and of colour
    assert (np.abs(whole.astype(int) - behind).max(axis=2) > 20).mean() > 0.02  # there was something to cut out


def test_what_is_not_there_is_wholly_transparent_and_edges_have_no_dark_rim(ground: Any) -> None:
    cut = scene(CutoutCamera, ground, things=True)
    with small():
        pixels = np.asarray(cut.renderer.camera.cut_out(cut.mobjects)).astype(int)
    assert (pixels[..., 3] == 0).mean() > 0.5
    assert (pixels[..., 3] == 255).any()
    faint = pixels[140:180, :120]  # the word at 40 %
    seen = faint[(faint[..., 3] > 40) & (faint[..., 3] < 110)]
    assert len(seen) > 20
    assert seen[:, :3].min() > 225  # as light as the word itself


def test_a_scene_is_cut_out_where_a_beat_ends_or_at_a_moment() -> None:
    size = Quality(160, 90, 5)
    ref = find_part("gradient").scene("fog")
    moment, picture = cutout(ref, size, beat="the cabin")
    assert picture.size == (160, 90)
    sooner, _ = cutout(ref, size, at=3.0)
    assert sooner == pytest.approx(3.2, abs=0.21)
    assert moment > sooner
    assert np.asarray(picture)[..., 3].max() == 255
    with pytest.raises(UnknownLabel, match=r"no beat called 'lunch'. There are: in the fog, the cabin"):
        cutout(ref, size, beat="lunch")
