"""Figures of soft shapes: drawn by themselves, kept, and laid on without what is hidden."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from manim import Camera, Circle, Square, Star, tempconfig
from numpy.typing import NDArray

from scenes.engine.drawing import figures
from scenes.engine.drawing.figures import FigureCache
from scenes.engine.drawing.soft import SoftShape

SIZE = (90, 160)


@pytest.fixture(autouse=True)
def small_frame() -> Iterator[None]:
    with tempconfig({"pixel_width": SIZE[1], "pixel_height": SIZE[0]}):
        yield


def disc(*stops: tuple[float, float, float, float], radius: float = 2.0, **kwargs: object) -> SoftShape:
    shape = SoftShape(**kwargs)  # type: ignore[arg-type]
    shape.fill_rgbas = np.array(stops)
    shape.lay(Circle(radius=radius).points, ends=np.array([[-radius, 0, 0], [radius, 0, 0]]))
    return shape


def frame() -> NDArray[np.uint8]:
    return np.full((*SIZE, 4), 255, np.uint8)


def drawn(*shapes: SoftShape, hidden: float | None = None) -> NDArray[np.int64]:
    picture = frame()

    def hiding(region: tuple[slice, slice]) -> NDArray[np.float32] | None:
        rows, columns = region
        size = (rows.stop - rows.start, columns.stop - columns.start)
        return None if hidden is None else np.full(size, hidden, np.float32)

    assert FigureCache().draw(shapes, picture, hiding)
    return picture.astype(int)


def test_colours_run_from_end_to_end_and_move_with_the_shape() -> None:
    shape = disc((1, 0, 0, 1), (0, 0, 1, 1))
    picture = drawn(shape)
    row = picture[45, 60:100]
    assert row[0, 0] > 200 > 60 > row[0, 2]
    assert row[-1, 2] > 200 > 60 > row[-1, 0]
    moved = drawn(shape.shift([2, 0, 0]))
    np.testing.assert_allclose(moved[45, 85:120], picture[45, 62:97], atol=6)


def test_what_fades_is_gone_at_its_edge() -> None:
    shape = disc((0, 0, 0, 1), fading=(1.0, 0.5, 0.0))
    shape.lay(shape.points, middle=np.array([[0.0, 0, 0], [2, 0, 0], [0, 2, 0]]))
    row = drawn(shape)[45, 80:104, 0]
    assert row[0] < 12
    assert row[-1] > 245
    assert (np.diff(row) >= -1).all()
    assert abs(row[11] - 128) < 14


@pytest.mark.parametrize("radius", [0.013, 0.05, 0.6, 3.0, 6.0])
def test_a_fill_covers_the_area_of_its_shape(radius: float) -> None:
    shape = disc((0, 0, 0, 1), radius=radius)
    covered = (255 - drawn(shape)[..., 0]).sum() / 255 * (8 / 90) ** 2
    if radius < 4:
        assert covered == pytest.approx(np.pi * radius**2, rel=0.02 if radius > 0.1 else 0.11)
    else:  # cut off above and below the frame
        half = np.arcsin(4 / radius)
        assert covered == pytest.approx(radius**2 * (2 * half + np.sin(2 * half)), rel=0.01)


def test_a_loop_within_another_that_runs_the_other_way_is_a_hole() -> None:
    ring = disc((0, 0, 0, 1))
    ring.lay(np.concatenate([Circle(radius=2).points, Circle(radius=1).points[::-1]]))
    row = drawn(ring)[45, 80:, 0]
    assert row[0] == 255
    assert row[17] == 0
    assert row[30] == 255


def test_it_covers_what_cairo_covers() -> None:
    star = Star(5, outer_radius=3.4, fill_opacity=1, stroke_width=0, color="#000000").rotate(0.2).shift([3.1, 0.37, 0])
    shape = disc((0, 0, 0, 1))
    shape.lay(star.points)
    camera = Camera(pixel_width=SIZE[1], pixel_height=SIZE[0], background_color="#ffffff")
    camera.reset()
    camera.capture_mobjects([star])
    assert np.abs(camera.pixel_array.astype(int) - drawn(shape)).max() < 20


def test_a_figure_that_is_hidden_by_half_shows_by_half() -> None:
    shape = disc((0, 0, 0, 1))
    assert drawn(shape)[45, 80, 0] == 0
    assert drawn(shape, hidden=0.5)[45, 80, 0] == pytest.approx(128, abs=1)
    np.testing.assert_array_equal(drawn(shape, hidden=1.0), frame())


def test_a_figure_is_drawn_again_only_when_it_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    count = []
    monkeypatch.setattr(figures, "fill", lambda *args: count.append(args))
    shape, cache = disc((0, 0, 0, 1)), FigureCache()
    for _ in range(3):
        cache.draw([shape], frame(), lambda _: None)
    assert len(count) == 1
    shape.shift([0.1, 0, 0])
    cache.draw([shape], frame(), lambda _: None)
    shape.set_opacity(0.5)
    cache.draw([shape], frame(), lambda _: None)
    assert len(count) == 3


def test_shapes_of_manims_own_are_left_to_others() -> None:
    assert not FigureCache().draw([disc((0, 0, 0, 1)), Square()], frame(), lambda _: None)


def test_a_figure_off_the_frame_is_no_matter() -> None:
    np.testing.assert_array_equal(drawn(disc((0, 0, 0, 1)).shift([40, 0, 0])), frame())
