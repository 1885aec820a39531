"""What manim is told of a format: a frame of the format's shape, the same at every quality."""

from __future__ import annotations

from pathlib import Path

import pytest
from manim import config, tempconfig

from scenes.production.format import QUALITIES, Format, Shape
from scenes.production.manim_settings import manim_settings
from scenes.stage.layout import LAYOUTS, layout


@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize("shape", [(16, 9), (9, 16), (1, 1), (4, 3), (21, 9)])
def test_a_frame_has_the_shape_of_its_format_at_every_quality(shape: tuple[int, int], quality: str) -> None:
    settings = manim_settings(Format.of(QUALITIES[quality], Shape(*shape)), Path("work"))
    assert settings["frame_width"] * shape[1] == settings["frame_height"] * shape[0]


@pytest.mark.parametrize("shape", LAYOUTS)
def test_a_frame_of_a_known_shape_finds_its_layout(shape: tuple[int, int], tmp_path: Path) -> None:
    with tempconfig(manim_settings(Format.of(QUALITIES["draft"], Shape(*shape)), tmp_path)):
        assert layout() is LAYOUTS[shape]


def test_the_usual_frame_is_manims_own(tmp_path: Path) -> None:
    own = config.frame_width, config.frame_height
    with tempconfig(manim_settings(Format.of(QUALITIES["hd"]), tmp_path)):
        assert (config.frame_width, config.frame_height) == own
