"""Dither: between two shades of eight bits there are others, in the frame and in the film that is made of it."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from manim import RIGHT, Square, tempconfig
from numpy.typing import NDArray

from scenes.engine.dither import grain, veil
from scenes.engine.drawing.raster import StageCamera
from scenes.production.format import FINE
from scenes.stage.transitions import Curtain
from scenes.theme import theme

HEIGHT, WIDTH = 360, 640


def noise(rows: int = 256, columns: int = 256) -> NDArray[np.float32]:
    made = np.empty((rows, columns), np.float32)
    for number, row in enumerate(made):
        grain(number, row)
    return made


def in_bands(picture: NDArray[np.uint8], length: int = 16) -> float:
    """The fraction of pixels that have at least so many of their own value above and below them, in one piece."""
    counts = np.ones(picture.shape, int)
    for row in range(1, len(picture)):
        counts[row] = np.where(picture[row] == picture[row - 1], counts[row - 1] + 1, 1)
    ends = np.vstack([picture[1:] != picture[:-1], np.ones((1, picture.shape[1]), bool)])
    runs = counts[ends]
    return float(runs[runs >= length].sum() / runs.sum())


def film_of(frame: NDArray[np.uint8], count: int = 20) -> tuple[int, NDArray[np.uint8]]:
    """The bytes of a film of a frame, and the luma of one in its middle as it is decoded."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        video = out.add_stream("libx264", rate=30, options=dict(FINE))
        video.width, video.height, video.pix_fmt = frame.shape[1], frame.shape[0], "yuv420p"
        for _ in range(count):
            out.mux(video.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(frame[..., :3]), format="rgb24")))
        out.mux(video.encode(None))
    size = len(file.getvalue())
    file.seek(0)
    with av.open(file) as made:
        pictures = [picture.to_ndarray(format="gray") for picture in made.decode(video=0)]
    return size, pictures[count // 2]


def dark_slope() -> NDArray[np.uint8]:
    """``(H, W, 4)``: smooth and dark, as fog is behind words; 6 shades from top to bottom once it is dimmed."""
    tones = np.linspace(20, 80, HEIGHT)[:, None] + np.linspace(0, 5, WIDTH)
    frame = np.full((HEIGHT, WIDTH, 4), 255, np.uint8)
    frame[..., :3] = (tones + noise(HEIGHT, WIDTH)).astype(np.uint8)[..., None]
    return frame


def test_every_tone_comes_out_as_bright_as_it_is() -> None:
    made = noise()
    assert made.min() >= 0
    assert made.max() < 1
    for tone in (12.0, 12.1, 12.5, 12.9, 200.3):
        assert (np.float32(tone) + made).astype(np.uint8).mean() == pytest.approx(tone, abs=0.01)
    # Not in lumps: in any little square the mean is the same.
    little = (12.5 + made).astype(np.uint8).reshape(32, 8, 32, 8).mean(axis=(1, 3))
    assert np.abs(little - 12.5).max() < 0.2


def test_the_grain_of_a_frame_is_that_of_the_next() -> None:
    assert np.array_equal(noise(), noise())


def test_a_veil_dims_and_keeps_what_is_whole() -> None:
    frame = dark_slope()
    before = frame.astype(float)
    veil(frame, np.array([10, 12, 20], np.float32), 0.8)
    wanted = before[..., :3] * 0.2 + np.array([10, 12, 20]) * 0.8
    assert np.abs(frame[..., :3] - wanted).max() < 1
    assert (frame[..., :3] - wanted).mean() == pytest.approx(0, abs=0.02)
    assert (frame[..., 3] == 255).all()
    veil(frame, np.array([10, 12, 20], np.float32), 1.0)
    assert (frame[..., :3] == [10, 12, 20]).all()


def test_a_dark_smooth_film_has_no_bands() -> None:
    fine, banded = dark_slope(), dark_slope()
    colour = np.array([8, 9, 14], np.float32)
    veil(fine, colour, 0.8)
    banded[..., :3] = np.round(np.linspace(20, 80, HEIGHT)[:, None, None] * 0.2 + colour * 0.8)
    size, seen = film_of(fine)
    bare, bands = film_of(banded)
    assert in_bands(bands) > 0.9
    assert in_bands(seen) < 0.5
    # It costs a hundredth of a megabyte or so, once for as long as the picture stands.
    assert size - bare < 60_000
    longer, _ = film_of(fine, 60)
    assert longer - size < 10_000


def test_curtains_are_laid_on_so() -> None:
    with tempconfig({"pixel_width": WIDTH, "pixel_height": HEIGHT}):
        camera = StageCamera(pixel_width=WIDTH, pixel_height=HEIGHT)
        camera.set_pixel_array(dark_slope())
        camera.capture_mobjects([Curtain(0.8), Square(2, fill_opacity=1).shift(3 * RIGHT)])
        page = np.array([int(theme.page[at : at + 2], 16) for at in (1, 3, 5)])
        left = camera.pixel_array[:, : WIDTH // 3, :3]
        # Between the 6 shades of the dimmed slope there are pixels of both, in every row.
        assert np.median([len(np.unique(row[:, 0])) for row in left]) == 2
        wanted = dark_slope()[:, : WIDTH // 3, :3] * 0.2 + page * 0.8
        assert (left - wanted).mean() == pytest.approx(0, abs=0.05)
        camera.capture_mobjects([Curtain()])
        assert (camera.pixel_array[..., :3] == page).all()
