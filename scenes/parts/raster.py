"""Raster: a picture painted by numpy, anew in every frame, in a rectangle of the scene."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Camera, ImageMobject, config
from numpy.typing import NDArray


class Raster(ImageMobject):
    """A rectangle whose pixels a subclass paints.

    Under `StageCamera` the picture is copied straight into the frame; under manim's own camera it
    is drawn as any image (slower, the same picture).

    Parameters
    ----------
    width, height
        Size in scene units; the whole frame by default.
    """

    def __init__(self, width: float | None = None, height: float | None = None, **kwargs: Any) -> None:
        super().__init__(np.zeros((2, 2, 4), dtype=np.uint8), **kwargs)
        self.stretch_to_fit_width(width or config.frame_width)
        self.stretch_to_fit_height(height or config.frame_height)
        self.presence = 1.0

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 3)``, the picture at ``size`` (width, height) in pixels."""
        raise NotImplementedError

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height in pixels at the present quality."""
        scale = config.pixel_height / config.frame_height
        return max(round(self.width * scale), 1), max(round(self.height * scale), 1)

    def get_pixel_array(self) -> NDArray[np.uint8]:
        if not hasattr(self, "presence"):  # asked for by manim while it is being built
            return self.pixel_array
        picture = self.paint(self.pixels)
        alpha = np.full((*picture.shape[:2], 1), round(255 * self.presence), dtype=np.uint8)
        return np.concatenate([picture, alpha], axis=2)

    def set_opacity(self, alpha: float) -> Raster:
        self.presence = float(alpha)
        return self

    def interpolate_color(self, mobject1: Any, mobject2: Any, alpha: float) -> Raster:
        self.presence = mobject1.presence + (mobject2.presence - mobject1.presence) * alpha
        return self


class StageCamera(Camera):
    """manim's camera, that copies a `Raster` into the frame without a perspective warp."""

    def display_image_mobject(self, image_mobject: Any, pixel_array: NDArray[np.uint8]) -> None:
        if not isinstance(image_mobject, Raster):
            super().display_image_mobject(image_mobject, pixel_array)
            return
        if image_mobject.presence <= 0:
            return
        width, height = image_mobject.pixels
        frame_height, frame_width = pixel_array.shape[:2]
        scale = frame_height / config.frame_height
        x, y, _ = image_mobject.get_center()
        left = round(frame_width / 2 + x * scale - width / 2)
        top = round(frame_height / 2 - y * scale - height / 2)
        picture = image_mobject.paint((width, height))
        # The part of it that lies in the frame.
        x0, x1 = max(left, 0), min(left + width, frame_width)
        y0, y1 = max(top, 0), min(top + height, frame_height)
        if x0 >= x1 or y0 >= y1:
            return
        seen = picture[y0 - top : y1 - top, x0 - left : x1 - left]
        frame = pixel_array[y0:y1, x0:x1]
        if image_mobject.presence >= 1:
            frame[..., :3] = seen
        else:
            mixed = frame[..., :3] + (seen.astype(np.float32) - frame[..., :3]) * image_mobject.presence
            frame[..., :3] = mixed.astype(np.uint8)
        frame[..., 3] = 255
