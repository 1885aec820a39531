"""Playback: play a scene without filming it, and see every moment of it while it moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from manim import Camera, Mobject, Scene, tempconfig
from numpy.typing import NDArray

from scenes.narration.cues import CueSheet
from scenes.narration.speech import Voice
from scenes.narration.voices.silence import Silence
from scenes.production.format import Format
from scenes.production.manim_settings import manim_settings
from scenes.stage.observation import Observer, observed

#: Frames a second, and their size in pixels: enough to judge words by, few enough for a whole film.
RATE, SIZE = 4, (640, 360)

Frame = NDArray[np.uint8]


@dataclass(frozen=True)
class Moment:
    """One moment of a scene.

    Attributes
    ----------
    time
        Seconds since the scene began.
    scene
        The scene, as it is at that moment; whoever sees it must not change it.
    """

    time: float
    scene: Scene

    @cached_property
    def shown(self) -> list[Mobject]:
        """All mobjects that are shown, those within others too, in the order in which they are drawn."""
        tops = sorted(self.scene.mobjects, key=lambda mobject: mobject.z_index)
        return [mobject for top in tops for mobject in top.get_family()]

    @cached_property
    def frame(self) -> Frame:
        """``(H, W, 3)``, the frame; drawn once, for all who ask for it."""
        return self.drawn()

    def drawn(self, without: Sequence[Mobject] = ()) -> Frame:
        """``(H, W, 3)``, the frame drawn anew, or as it would be without some mobjects."""
        camera: Camera = self.scene.camera
        kept = [(hidden, hidden.points) for mobject in without for hidden in mobject.get_family()]
        hidden = {id(mobject) for mobject, _ in kept}
        try:
            for mobject, _ in kept:
                mobject.points = np.zeros((0, 3))
            camera.reset()
            camera.capture_mobjects([mobject for mobject in self.scene.mobjects if id(mobject) not in hidden])
            return np.array(camera.pixel_array[..., :3])
        finally:
            for mobject, points in kept:
                mobject.points = points


def play(
    scene_class: type[Scene],
    see: Callable[[Moment], object],
    *,
    rate: int = RATE,
    size: tuple[int, int] = SIZE,
    voice: Voice | None = None,
) -> CueSheet:
    """Play a scene, and call ``see`` with every moment of every animation, ``rate`` a second.

    A wait in which nothing moves is one moment, and so is a scene that plays nothing: a picture. Returns what the scene
    said, and when.

    Parameters
    ----------
    size
        Width and height of the frames in pixels.
    voice
        Whose timing it plays to; None is the even pace of nobody.
    """
    with TemporaryDirectory() as folder:
        width, height = size
        manim = manim_settings(Format(width, height, rate), Path(folder)) | {"dry_run": True}
        with tempconfig(manim):
            viewer = _Viewer(see)
            scene = observed(scene_class, [viewer])
            scene.voice = voice or Silence()
            scene.render()
            if not viewer.saw:
                viewer.on_moment(scene)
            return scene.cue_sheet() if hasattr(scene, "cue_sheet") else CueSheet(length=float(scene.time))


class _Viewer(Observer):
    """Sees every moment; no frame is drawn but those that ``see`` asks for."""

    needs_frames = False

    def __init__(self, see: Callable[[Moment], object]) -> None:
        self._see = see
        self.saw = False

    def on_moment(self, scene: Scene) -> None:
        self.saw = True
        self._see(Moment(float(scene.time), scene))
