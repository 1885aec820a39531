"""Shapes that are laid on from memory look as they look when they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from manim import (
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    Arrow,
    Camera,
    Circle,
    Line,
    Rectangle,
    Square,
    VGroup,
    VMobject,
    tempconfig,
)
from numpy.typing import NDArray

from scenes.engine.drawing.raster import Raster, StageCamera
from scenes.parts.words import plate, words

SIZE = (640, 360)


@pytest.fixture(autouse=True)
def small() -> Iterator[None]:
    with tempconfig({"pixel_width": SIZE[0], "pixel_height": SIZE[1]}):
        yield


def shapes() -> list[VMobject]:
    zigzag = VMobject(stroke_color="#ffe852", stroke_width=12)
    zigzag.set_points_as_corners([[x, (-1) ** x * 0.8, 0] for x in range(-3, 4)])
    return [
        Rectangle(width=20, height=10, fill_color="#335577", fill_opacity=1, stroke_width=0),
        zigzag.shift(DOWN * 2),
        VGroup(plate(words("half seen, half hidden", 40))).to_corner(UP + LEFT),
        Circle(radius=1, fill_color="#ff6a3d", fill_opacity=0.5, stroke_color="#ffffff", stroke_opacity=0.4),
        Arrow(LEFT * 6, RIGHT * 6, color="#3ae2ab").rotate(PI / 9),
        Square(side_length=3, stroke_width=3).to_edge(RIGHT, buff=-1.5),
        Line(UP * 9, UP * 11),
    ]


def many(count: int) -> VMobject:
    """Rings all over the frame, with strokes between them that are not closed."""
    rings = VMobject(stroke_color="#ffffff", stroke_width=2, fill_color="#224488", fill_opacity=0.5)
    places = np.random.default_rng(1).uniform([-7, -4, 0], [7, 4, 0], (count, 3))
    circle, stroke = Circle(radius=0.2).points, Line(LEFT, RIGHT).points
    rings.points = np.concatenate([path + place for place in places for path in (circle, stroke)])
    return rings


def frame(camera: Camera, shown: list[VMobject]) -> NDArray[np.uint8]:
    camera.reset()
    camera.capture_mobjects(shown)
    return np.array(camera.pixel_array)


def apart(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> int:
    return int(np.abs(first.astype(int) - second).max())


def test_what_stands_still_is_laid_on_as_it_was_drawn() -> None:
    camera, shown = StageCamera(), shapes()
    drawn = frame(camera, shown)
    for _ in range(3):
        assert apart(frame(camera, shown), drawn) <= 2  # a shape with fill and stroke is rounded once more


def test_on_a_picture_that_changed_it_is_as_newly_drawn_there() -> None:
    camera, shown = StageCamera(), shapes()
    for _ in range(3):
        frame(camera, shown)
    shown[0].set_fill("#ddccaa")
    assert apart(frame(camera, shown), frame(StageCamera(), shown)) <= 2


@pytest.mark.parametrize(
    "change",
    [
        lambda shape: shape.shift(RIGHT * 0.01),
        lambda shape: shape.set_fill(opacity=0.6),
        lambda shape: shape.set_stroke(width=5),
        lambda shape: shape.set_stroke(color="#ff0000"),
        lambda shape: shape.set_stroke(opacity=0.9),
        lambda shape: shape.set_stroke(color="#000000", width=9, background=True),
    ],
)
def test_a_shape_that_changes_is_drawn_anew(change: Any) -> None:
    camera, shown = StageCamera(), shapes()
    for _ in range(3):
        before = frame(camera, shown)
    change(shown[3])
    after = frame(camera, shown)
    assert apart(after, before) > 2
    assert apart(after, frame(StageCamera(), shown)) <= 2


class Sheet(Raster):
    """A picture of one grey."""

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        return np.full((size[1], size[0], 4), 90, np.uint8) | np.array([0, 0, 0, 255], np.uint8)


@pytest.mark.parametrize(("width", "shift", "opacity"), [(None, 0, 1), (8, 0, 1), (None, 2, 1), (None, 0, 0.4)])
def test_what_lies_beneath_is_seen_where_no_picture_covers_it(width: int | None, shift: float, opacity: float) -> None:
    sheet = Sheet(width).shift(RIGHT * shift).set_opacity(opacity)
    camera, beneath = StageCamera(), np.full((SIZE[1], SIZE[0], 4), (200, 150, 90, 255), np.uint8)
    darker = beneath - np.array([7, 7, 7, 0], np.uint8)
    for ground in (beneath, darker, beneath):  # in the first frame there is none that it could be drawn into
        camera.set_frame_to_background(ground)
        camera.capture_mobjects([sheet, Square()])
        plain = Camera()
        plain.set_frame_to_background(ground)
        plain.capture_mobjects([sheet, Square()])
        assert apart(camera.pixel_array, plain.pixel_array) <= 2
    camera.set_frame_to_background(beneath)
    assert np.array_equal(camera.pixel_array, beneath)
    camera.set_frame_to_background(darker)
    camera.capture_mobjects([])
    assert np.array_equal(camera.pixel_array, darker)


def test_what_is_covered_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    camera, beneath = StageCamera(), np.full((SIZE[1], SIZE[0], 4), 200, np.uint8)
    camera.capture_mobjects([Sheet()])
    camera.set_frame_to_background(beneath)
    monkeypatch.setattr("scenes.engine.drawing.raster.np.copyto", lambda *_, **__: pytest.fail("copied"))
    camera.capture_mobjects([Sheet(), Square()])
    assert (camera.pixel_array[0, 0] == (90, 90, 90, 255)).all()


def test_paths_are_drawn_as_manim_draws_them() -> None:
    ragged = VMobject(stroke_color="#ff00ff").set_points_as_corners([LEFT, UP, RIGHT])
    ragged.points = ragged.points[:-1]
    shown = [*shapes(), many(50), ragged]
    assert np.array_equal(frame(StageCamera(), shown), frame(Camera(), shown))


def test_what_is_large_and_intricate_is_laid_on_too(monkeypatch: pytest.MonkeyPatch) -> None:
    camera, shown = StageCamera(), [many(100)]
    drawn = frame(camera, shown)
    assert apart(frame(camera, shown), drawn) <= 2
    monkeypatch.setattr(StageCamera, "display_vectorized", lambda *_: pytest.fail("drawn again"))
    assert apart(frame(camera, shown), drawn) <= 2


def test_what_stands_still_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    camera, shown = StageCamera(), shapes()[2:4]
    for _ in range(2):
        frame(camera, shown)
    monkeypatch.setattr(StageCamera, "display_vectorized", lambda *_: pytest.fail("drawn again"))
    frame(camera, shown)
