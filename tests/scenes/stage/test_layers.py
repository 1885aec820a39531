"""Layers decide what covers what, whatever was added last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product

import pytest
from manim import Mobject, Square, VGroup, tempconfig

from scenes.engine.drawing.raster import StageCamera
from scenes.stage.layers import Layer, set_layer
from scenes.stage.transitions import Curtain

COLOURS = {Layer.STAGE: "#ff0000", Layer.FACTS: "#00ff00", Layer.CURTAIN: "#0000ff"}


@pytest.fixture(autouse=True)
def small() -> Iterator[None]:
    with tempconfig({"pixel_width": 32, "pixel_height": 18}):
        yield


def middle(*mobjects: Mobject) -> str:
    """The colour in the middle of the frame."""
    camera = StageCamera()
    camera.capture_mobjects(mobjects)
    return "#" + bytes(camera.pixel_array[9, 16, :3]).hex()


def square(layer: Layer) -> Square:
    return set_layer(Square(4, fill_color=COLOURS[layer], fill_opacity=1, stroke_width=0), layer)


@pytest.mark.parametrize(("first", "second"), list(permutations(Layer, 2)))
def test_a_layer_covers_those_below_it_in_whatever_order_things_are_added(first: Layer, second: Layer) -> None:
    assert middle(square(first), square(second)) == COLOURS[max(first, second)]


@pytest.mark.parametrize("layer", list(Layer))
def test_within_a_layer_what_was_added_last_is_on_top(layer: Layer) -> None:
    other = square(layer).set_fill("#ffffff")
    assert middle(square(layer), other) == "#ffffff"
    assert middle(other, square(layer)) == COLOURS[layer]


def test_a_group_goes_to_its_layer_whole() -> None:
    group = VGroup(square(Layer.STAGE), VGroup(square(Layer.STAGE)))
    assert set_layer(group, Layer.FACTS) is group
    assert {member.z_index for member in group.get_family()} == {Layer.FACTS}
    assert middle(group, Square(4, fill_color="#ffffff", fill_opacity=1)) == COLOURS[Layer.STAGE]


@pytest.mark.parametrize(("layer", "opacity"), list(product(Layer, (1.0, 0.5))))
def test_only_an_opaque_curtain_is_in_front_of_everything(layer: Layer, opacity: float) -> None:
    curtain, shown = Curtain(opacity), square(layer)
    assert curtain.hides_all == (opacity == 1)
    covered = middle(curtain, shown) != COLOURS[layer]
    assert covered == (opacity == 1 and layer < Layer.CURTAIN)
