"""Playback: play a scene without filming it, and look at every moment of it while it moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
        The scene, as it is at that moment; whoever looks must not change it.
    """

    time: float
    scene: Scene

    @property
    def shown(self) -> list[Mobject]:
        """All that is shown, parts of parts too, in the order in which it is drawn."""
        tops = sorted(self.scene.mobjects, key=lambda one: one.z_index)
        return [part for top in tops for part in top.get_family()]

    def drawn(self, without: Sequence[Mobject] = ()) -> Frame:
        """``(H, W, 3)``, the frame, or the frame as it would be without some of its parts."""
        camera: Camera = self.scene.camera
        hidden = {id(part) for one in without for part in one.get_family()}
        kept = [(part, part.points) for one in without for part in one.get_family()]
        try:
            for part, _ in kept:
                part.points = np.zeros((0, 3))
            camera.reset()
            camera.capture_mobjects([one for one in self.scene.mobjects if id(one) not in hidden])
            return np.array(camera.pixel_array[..., :3])
        finally:
            for part, points in kept:
                part.points = points


def play(
    scene_class: type[Scene],
    see: Callable[[Moment], object],
    *,
    rate: int = RATE,
    size: tuple[int, int] = SIZE,
    voice: Voice | None = None,
) -> CueSheet:
    """Play a scene, and let ``see`` look at every frame of every animation at ``rate`` frames a second.

    A wait in which nothing moves is one moment. Returns what the scene said.

    Parameters
    ----------
    size
        Width and height of the frames in pixels.
    voice
        Whose timing it plays to; by default an even pace.
    """
    with TemporaryDirectory() as folder:
        width, height = size
        manim = manim_settings(Format(width, height, rate), Path(folder)) | {"dry_run": True}
        with tempconfig(manim):
            scene = observed(scene_class, [_Looker(see)])
            scene.voice = voice or Silence()
            scene.render()
            return scene.cue_sheet() if hasattr(scene, "cue_sheet") else CueSheet(length=float(scene.time))


class _Looker(Observer):
    """Looks at every moment; whoever looks draws what he wants to see."""

    needs_frames = False

    def __init__(self, see: Callable[[Moment], object]) -> None:
        self._see = see

    def on_moment(self, scene: Scene) -> None:
        self._see(Moment(float(scene.time), scene))
