"""Places in the frame: each shape of frame has its layout, and what is above the captions leaves them free."""

from __future__ import annotations

from typing import Any

import pytest
from manim import DOWN, RIGHT, UP, Rectangle, config, tempconfig

from scenes.narration.burned_captions import caption_zone
from scenes.stage.layout import (
    LAYOUTS,
    caption_top,
    centre_above_captions,
    clears_captions,
    layout,
    set_above_captions,
)
from scenes.theme import theme


def frame(across: int, down: int) -> Any:
    """A frame of that shape, 8 units high."""
    return tempconfig({"frame_width": 8 * across / down, "frame_height": 8.0})


@pytest.mark.parametrize("shape", LAYOUTS)
def test_each_shape_of_frame_finds_its_layout(shape: tuple[int, int]) -> None:
    with frame(*shape):
        assert layout() is LAYOUTS[shape]


def test_the_frame_of_a_draft_is_sixteen_to_nine_but_for_a_hair() -> None:
    with tempconfig({"frame_width": 8 * 854 / 480, "frame_height": 8.0}):
        assert layout() is LAYOUTS[16, 9]


@pytest.mark.parametrize("shape", [(1, 1), (9, 16), (4, 3), (21, 9)])
def test_a_frame_of_another_shape_says_which_there_are_and_where_to_add_one(shape: tuple[int, int]) -> None:
    assert shape not in LAYOUTS
    width = f"{8 * shape[0] / shape[1]:.2f}"
    with (
        frame(*shape),
        pytest.raises(
            ValueError, match=rf"frame {width} by 8.00 units has no layout; there are: 16:9. Add one to LAYOUTS"
        ),
    ):
        layout()


@pytest.mark.parametrize("shape", LAYOUTS)
def test_every_place_lies_in_the_frame_from_left_to_right(shape: tuple[int, int]) -> None:
    places = LAYOUTS[shape]
    half = 8 * shape[0] / shape[1] / 2
    for columns in (places.halves, places.main_and_side, places.plot_and_key):
        assert -half < columns.left < columns.right < half
    left, right, low, high = places.ground
    assert -half < left < places.beside_dock < right < half
    assert -4 < low < high < 4


@pytest.mark.parametrize("size", [(3.0, 1.0), (9.0, 2.5), (0.2, 0.2)])
def test_what_is_set_above_the_captions_stands_right_above_them(size: tuple[float, float]) -> None:
    panel = Rectangle(width=size[0], height=size[1]).shift(RIGHT * 0.3 + UP)
    assert set_above_captions(panel) is panel
    assert panel.get_bottom()[1] == pytest.approx(caption_top())
    assert panel.get_x() == pytest.approx(0.3)
    assert clears_captions(panel)
    assert caption_top() == pytest.approx(caption_zone()[3] * config.frame_height + theme.gap)


def test_what_covers_the_captions_is_found() -> None:
    panel = set_above_captions(Rectangle(width=3, height=1))
    assert not clears_captions(panel.shift(DOWN * (theme.gap + 0.1)))
    left, bottom, right, _ = (edge * config.frame_height for edge in caption_zone())
    beside = Rectangle(width=0.5, height=0.5).move_to([right + 0.26, bottom, 0])
    assert clears_captions(beside)
    assert not clears_captions(beside.shift(RIGHT * -0.1))
    assert clears_captions(beside.move_to([left - 0.26, bottom, 0]))


def test_what_stands_alone_is_as_far_from_the_captions_as_from_the_margin() -> None:
    middle = centre_above_captions()
    assert middle - caption_top() == pytest.approx(config.frame_height / 2 - theme.margin - middle)
