"""Stretches in which nothing changes, of every length about the shortest that counts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from scenes.check.film.stillness import FROZEN, RATE, stillness


def film_of(stretches: list[int], path: Path) -> Path:
    """A film in which the picture is another after so many frames each, and then moves for a second."""
    grey = [shade for number, count in enumerate(stretches) for shade in [60 + 90 * (number % 2)] * count]
    grey += [40 + 20 * (number % 2) for number in range(RATE)]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"qp": "0"})
        stream.width, stream.height, stream.pix_fmt, stream.time_base = 64, 36, "yuv420p", Fraction(1, RATE)
        for shade in grey:
            frame = av.VideoFrame.from_ndarray(np.full((36, 64, 3), shade, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("frames", range(round(FROZEN * RATE) - 3, round(FROZEN * RATE) + 4))
def test_a_stretch_begins_before_it_ends_however_long_it_is(frames: int, tmp_path: Path) -> None:
    still = stillness(film_of([frames, frames], tmp_path / "film.mp4"))
    assert all(end - begin >= FROZEN for begin, end in still.stretches)
    assert len(still.stretches) == (2 if frames >= FROZEN * RATE else 0)
    assert still.share == pytest.approx(2 * frames / (2 * frames + RATE) if still.stretches else 0.0)
