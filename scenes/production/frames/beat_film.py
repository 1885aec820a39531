"""One beat of a scene as a silent film, for looking at while it is written: all that comes before is jumped."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from manim import Scene

from descent_core.suggestions import known
from scenes.narration.speech import Voice
from scenes.part import SceneRef
from scenes.production.format import RenderSettings
from scenes.production.frames.beat_pictures import Drawn, play_until_drawn
from scenes.stage.observation import Observer


def film_beat(
    scene: SceneRef | type[Scene], settings: RenderSettings, path: Path, beat: str, voice: Voice | None = None
) -> None:
    """Film a beat into ``path``, an mp4 without sound, at the settings' size and rate.

    Raises
    ------
    UnknownLabel
        The scene has no beat of that name.
    """
    size = settings.format
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as film:
        stream = film.add_stream("libx264", rate=Fraction(size.rate), options={"preset": "ultrafast", "crf": "20"})
        stream.width, stream.height, stream.pix_fmt = size.width, size.height, "yuv420p"

        def write(frame: Any, count: int) -> None:
            picture = av.VideoFrame.from_ndarray(frame[..., :3].copy(), format="rgb24")
            for _ in range(count):
                film.mux(stream.encode(picture))

        filming = _Filming(beat, write)
        play_until_drawn(scene, settings, [filming], voice)
        film.mux(stream.encode(None))
    known(beat, filming.beats, "beat")


class _Filming(Observer):
    """Wants every frame of one beat."""

    def __init__(self, beat: str, write: Any) -> None:
        self._beat, self._write = beat, write
        self.beats: list[str] = []
        self._time = 0.0

    @property
    def _films(self) -> bool:
        return bool(self.beats) and self.beats[-1] == self._beat

    def wanted_frames(self, scene: Any, count: int) -> Collection[int]:
        self._time = float(scene.time)
        return range(count) if self._films else ()

    def on_beat(self, scene: Any, name: str, loop: bool) -> None:  # noqa: ARG002
        if self._films:
            raise Drawn
        self.beats.append(name)

    def on_close(self, scene: Any) -> None:  # noqa: ARG002
        if self._films:
            raise Drawn

    def on_written(self, scene: Any) -> None:
        now = float(scene.time)
        self._write(scene.renderer.written, round((now - self._time) * scene.renderer.camera.frame_rate))
        self._time = now
