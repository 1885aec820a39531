"""Cut-outs: a frame of a scene with nothing behind it, to be laid over somebody's slide.

Gone are the page, the mountain with its sky and fog, and what dims them. What stands on the mountain
stays, less what a ridge hides of it; so do words, panels and plots, and a plate lets through what is
behind it, as in the film.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Mobject
from numpy.typing import NDArray
from PIL import Image

from scenes.engine.drawing.raster import Raster, StageCamera
from scenes.stage.transitions import Curtain


def foreground(camera: StageCamera, mobjects: Sequence[Mobject]) -> Image.Image:
    """What lies before the backdrop now, as an RGBA picture; transparent where there is nothing."""
    camera.pixel_array[:] = 0
    shown = [mobject for mobject in camera.get_mobjects_to_display(mobjects) if not _is_backdrop(mobject)]
    camera.capture_mobjects(shown, include_submobjects=False)
    return Image.fromarray(straight_alpha(camera.pixel_array))


def _is_backdrop(mobject: Any) -> bool:
    return isinstance(mobject, Raster | Curtain)


def straight_alpha(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Cairo's colours, which are multiplied by their opacity, as a PNG has them.

    >>> straight_alpha(np.array([[[60, 30, 0, 120], [0, 0, 0, 0]]], np.uint8)).tolist()
    [[[128, 64, 0, 120], [0, 0, 0, 0]]]
    """
    alpha = pixels[..., 3:].astype(np.float32)
    colour = pixels[..., :3] * (255 / np.maximum(alpha, 1))
    return np.concatenate([np.clip(np.rint(colour), 0, 255).astype(np.uint8), pixels[..., 3:]], axis=-1)
