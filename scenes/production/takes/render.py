"""Rendering a scene into a take, in this process."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
from manim import tempconfig

from descent_core import library
from scenes.narration.cues import Beat, Cue, CueSheet
from scenes.narration.speech import Voice
from scenes.narration.voices.silence import Silence
from scenes.part import SceneRef
from scenes.production.format import RenderSettings
from scenes.production.frames.stills import still_jpeg
from scenes.production.manim_settings import manim_settings
from scenes.production.takes.landings import Landings
from scenes.production.takes.take import Take
from scenes.stage.observation import Observer, observed
from scenes.theme import using_theme

if TYPE_CHECKING:
    from manim import Scene
    from PIL import Image


def render_take(
    ref: SceneRef,
    settings: RenderSettings,
    folder: Path,
    voice: Voice | None = None,
    *,
    verbosity: str = "ERROR",
    observers: Sequence[Observer] = (),
) -> Take:
    """Render one scene into ``folder``: its film and its still. Its sound is made of its cues, afterwards.

    Parameters
    ----------
    voice
        Whose timing it has; by default that of `Silence`.
    verbosity
        Which of manim's own log lines are wanted.
    observers
        Are called while the scene plays.
    """
    sections, landings = _Sections(), Landings()
    manim = manim_settings(settings.format, folder / f"{ref.slug}.work") | {"verbosity": verbosity}
    with tempconfig(manim), using_theme(settings.theme):
        scene = observed(ref.load(), [sections, landings, *observers])
        scene.voice = voice or Silence()
        scene.burn_captions = settings.burn_captions
        with library.tracked() as recordings:
            scene.render()
        rendered = Path(scene.renderer.file_writer.movie_file_path)
        cues = replace(_with_length_of(cue_sheet(scene, sections), rendered), marks=landings.marks(scene))
    path = folder / f"{ref.slug}.mp4"
    rendered.replace(path)
    shutil.rmtree(folder / f"{ref.slug}.work", ignore_errors=True)
    numbers = scene.sources.entries() if hasattr(scene, "sources") else ()
    take = Take(ref, path, cues, recordings, numbers)
    # Here, where scenes are rendered side by side, and not again for each film that the take is part of.
    take.still.write_bytes(still_jpeg(path, cues))
    return take


def render_last_frame(ref: SceneRef, settings: RenderSettings) -> Image.Image:
    """What a scene shows when it is over; nothing is filmed."""
    with tempfile.TemporaryDirectory() as folder:
        manim = manim_settings(settings.format, Path(folder)) | {"write_to_movie": False, "dry_run": True}
        with tempconfig(manim), using_theme(settings.theme):
            scene = observed(ref.load())
            scene.construct()
            scene.renderer.update_frame(scene, ignore_skipping=True)
            return scene.renderer.camera.get_image().convert("RGB")


class _Sections(Observer):
    """Notes the sections of a plain manim scene."""

    def __init__(self) -> None:
        self.beats: list[Beat] = []

    def on_beat(self, scene: Scene, name: str, loop: bool) -> None:
        self.beats.append(Beat(scene.time, name, loop))


def cue_sheet(scene: Any, sections: _Sections) -> CueSheet:
    """The cue sheet of a scene that was played.

    An `ExplainerScene` keeps it. Of any other manim scene, sections are the beats and subcaptions the lines.
    """
    if hasattr(scene, "cue_sheet"):
        kept: CueSheet = scene.cue_sheet()
        return kept
    subcaptions = scene.renderer.file_writer.subcaptions
    lines = [(line.start.total_seconds(), line.end.total_seconds(), line.content) for line in subcaptions]
    return CueSheet(tuple(Cue(*line, beat="") for line in sorted(lines)), tuple(sections.beats), scene.time)


def _with_length_of(cues: CueSheet, path: Path) -> CueSheet:
    """The sheet with the length that the file really has: waits are rounded to whole frames."""
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        assert stream.average_rate is not None
        length = float(stream.frames / stream.average_rate)
    return replace(cues, length=length)
