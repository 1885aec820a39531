"""Cut-outs: a frame of a scene with nothing behind it, to be laid over somebody's slide.

Gone are the page, the mountain with its sky and fog, and what dims them. What stands on the mountain
stays, less what a ridge hides of it; so do words, panels and plots, and a plate lets through what is
behind it, as in the film.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from manim import tempconfig
from numpy.typing import NDArray
from PIL import Image

from scenes.film import sheet
from scenes.film.quality import Quality
from scenes.film.take import manim_settings
from scenes.parts.raster import Raster, StageCamera
from scenes.series import SceneRef
from scenes.theme import wearing


class _Reached(Exception):
    """The moment has come."""


class CutoutCamera(StageCamera):
    """A camera that draws nothing until it is asked by `cut_out`."""

    def capture_mobjects(self, mobjects: Any, **kwargs: Any) -> None:
        """Not yet."""

    def cut_out(self, mobjects: Any) -> Image.Image:
        """The things before the backdrop, as they are now; transparent where there are none."""
        self.pixel_array[:] = 0
        shown = [one for one in self.get_mobjects_to_display(mobjects) if not _backdrop(one)]
        super().capture_mobjects(shown, include_submobjects=False)
        return Image.fromarray(straight(self.pixel_array))


def cutout(
    ref: SceneRef, quality: Quality, voice: str | None = "none", *, at: float | None = None, beat: str | None = None
) -> tuple[float, Image.Image]:
    """The moment in seconds and the cut-out of a scene: ``at``, at the end of ``beat``, or before it goes dark.

    Raises
    ------
    UnknownScene
        No beat is called that.
    """
    with tempfile.TemporaryDirectory() as folder, wearing(quality.theme), tempconfig(_settings(quality, folder)):
        scene = ref.load()(camera_class=CutoutCamera)
        scene.voice_name = voice
        _stop(scene, at, beat)
        with suppress(_Reached):
            scene.render()
        sheet.moment(scene.cue_sheet(), beat=beat)  # refuses a beat that there is not
        return float(scene.time), scene.renderer.camera.cut_out(scene.mobjects)


def straight(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Cairo's colours, which are multiplied by their opacity, as a PNG has them.

    >>> straight(np.array([[[60, 30, 0, 120], [0, 0, 0, 0]]], np.uint8)).tolist()
    [[[128, 64, 0, 120], [0, 0, 0, 0]]]
    """
    alpha = pixels[..., 3:].astype(np.float32)
    colour = pixels[..., :3] * (255 / np.maximum(alpha, 1))
    return np.concatenate([np.clip(np.rint(colour), 0, 255).astype(np.uint8), pixels[..., 3:]], axis=-1)


def _settings(quality: Quality, folder: str) -> dict[str, Any]:
    return manim_settings(quality, Path(folder)) | {"dry_run": True}


def _stop(scene: Any, at: float | None, beat: str | None) -> None:
    """Let ``scene`` end where its picture is to be taken: before what comes next changes anything."""
    renderer = scene.renderer
    add_frame, begin, close = renderer.add_frame, scene.beat, scene.close
    begun: list[str] = []

    def framed(frame: Any, num_frames: int = 1) -> None:
        add_frame(frame, num_frames=num_frames)
        if at is not None and renderer.time > at + 1e-6:
            raise _Reached

    def next_beat(name: str) -> None:
        if begun and begun[-1] == beat:
            raise _Reached
        begun.append(name)
        begin(name)

    def closing() -> None:
        if at is None:
            raise _Reached
        close()

    renderer.add_frame, scene.beat, scene.close = framed, next_beat, closing


def _backdrop(mobject: Any) -> bool:
    return isinstance(mobject, Raster) or getattr(mobject, "is_page", False)
