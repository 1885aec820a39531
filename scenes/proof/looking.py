"""Looking: play a scene without filming it, and see its frames while they move, not only when they rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from manim import Camera, Mobject, Scene, tempconfig
from numpy.typing import NDArray

from scenes.film.cues import CueSheet

#: Frames a second, and their size in pixels: enough to judge words by, few enough for a whole film.
RATE, SIZE = 4, (640, 360)

Frame = NDArray[np.uint8]


@dataclass(frozen=True)
class Look:
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


def watch(
    scene_class: type[Scene],
    see: Callable[[Look], object],
    *,
    rate: int = RATE,
    size: tuple[int, int] = SIZE,
    voice: str | None = "none",
) -> CueSheet:
    """Play a scene, and let ``see`` look at every frame of every animation at ``rate`` frames a second.

    A still wait is one look, for nothing in it changes. Returns what the scene said.

    Parameters
    ----------
    voice
        Whose timing it plays to: a name of ``scenes.film.voice.VOICES``; None is the best that is installed.
    """
    with TemporaryDirectory() as folder, tempconfig(_settings(rate, size, Path(folder))):
        scene: Any = scene_class()
        scene.voice_name = voice
        # Whoever looks draws for himself: what manim would draw is seen by nobody.
        scene.renderer.update_frame = _undrawn
        update = scene.update_to_time

        def updated(moment: float) -> None:
            update(moment)
            see(Look(float(scene.time), scene))

        freeze = scene.renderer.freeze_current_frame

        def frozen(duration: float) -> None:
            see(Look(float(scene.time), scene))
            freeze(duration)

        # manim calls the one for every frame of every animation, the other for a wait in which nothing changes.
        scene.update_to_time = updated
        scene.renderer.freeze_current_frame = frozen
        scene.render()
        sheet: CueSheet = scene.cue_sheet() if hasattr(scene, "cue_sheet") else CueSheet(length=float(scene.time))
    return sheet


def _undrawn(*_: Any, **__: Any) -> None:
    """In place of manim's own drawing of a frame."""


def _settings(rate: int, size: tuple[int, int], folder: Path) -> dict[str, Any]:
    width, height = size
    return {
        "dry_run": True,
        "pixel_width": width,
        "pixel_height": height,
        "frame_rate": rate,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "media_dir": str(folder),
    }
