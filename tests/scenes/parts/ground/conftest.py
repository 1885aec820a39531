"""A small frame for what is drawn in a file: as wide and high as its ``SIZE`` says, if it has one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from manim import tempconfig


@pytest.fixture(autouse=True)
def small_frame(request: pytest.FixtureRequest) -> Iterator[None]:
    size = getattr(request.module, "SIZE", None)
    if size is None:
        yield
        return
    width, height = size
    with tempconfig({"pixel_width": width, "pixel_height": height, "frame_rate": 10}):
        yield
