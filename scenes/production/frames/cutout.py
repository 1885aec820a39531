"""Cut-outs: a frame of a scene with nothing behind it, to be laid over somebody's slide.

Gone are the page, the mountain with its sky and fog, and what dims them. What stands on the mountain
stays, less what a ridge hides of it; so do words, panels and plots, and a plate lets through what is
behind it, as in the film.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from manim import Mobject, Scene, tempconfig
from numpy.typing import NDArray
from PIL import Image

from descent_core.suggestions import known
from scenes.engine.drawing.raster import Raster, StageCamera
from scenes.narration.speech import Voice
from scenes.narration.voices.silence import Silence
from scenes.part import SceneRef
from scenes.production.format import RenderSettings
from scenes.production.manim_settings import manim_settings
from scenes.stage.observation import Observer, observed
from scenes.stage.transitions import Curtain
from scenes.theme import using_theme


class _Reached(Exception):
    """The moment has come."""


class _Stop(Observer):
    """Ends a scene where its picture is to be taken: before what comes next changes anything. Draws nothing."""

    needs_frames = False

    def __init__(self, at: float | None, beat: str | None) -> None:
        self._at, self._beat = at, beat
        self.beats: list[str] = []

    def on_beat(self, scene: Scene, name: str, loop: bool) -> None:  # noqa: ARG002
        if self.beats and self.beats[-1] == self._beat:
            raise _Reached
        self.beats.append(name)

    def on_written(self, scene: Scene) -> None:
        if self._at is not None and scene.time > self._at + 1e-6:
            raise _Reached

    def on_close(self, scene: Scene) -> None:  # noqa: ARG002
        if self._at is None:
            raise _Reached


def cutout(
    ref: SceneRef,
    settings: RenderSettings,
    voice: Voice | None = None,
    *,
    at: float | None = None,
    beat: str | None = None,
) -> tuple[float, Image.Image]:
    """The cut-out of a scene: ``at`` so many seconds, at the end of ``beat``, or before it fades out.

    Returns
    -------
    moment, picture
        When it is, in seconds, and an RGBA picture.

    Raises
    ------
    UnknownLabel
        No beat is called that.
    """
    stop = _Stop(at, beat)
    with tempfile.TemporaryDirectory() as folder:
        manim = manim_settings(settings.format, Path(folder)) | {"dry_run": True}
        with using_theme(settings.theme), tempconfig(manim):
            scene = observed(ref.load(), [stop], camera_class=StageCamera)
            scene.voice = voice or Silence()
            with suppress(_Reached):
                scene.render()
            if beat is not None:
                known(beat, stop.beats, "beat")
            return float(scene.time), foreground(scene.renderer.camera, scene.mobjects)


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
