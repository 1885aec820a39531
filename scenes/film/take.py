"""A take: one scene, rendered to a file of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from descent_core import library
from scenes.film.cues import Beat, Cue, CueSheet
from scenes.film.quality import Quality
from scenes.series import SceneRef
from scenes.theme import wearing

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True)
class Take:
    """A rendered scene.

    Attributes
    ----------
    path, cues
        Its film, and what is said in it.
    recordings
        Those that it shows: SHA-256 by file name.
    numbers
        Those that it shows and says, with their sources: see `scenes.ledger.Ledger.entries`.
    """

    ref: SceneRef
    path: Path
    cues: CueSheet
    recordings: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[Mapping[str, Any]] = ()

    @property
    def still(self) -> Path:
        """Its still, the picture before it goes dark, beside its film."""
        return self.path.with_suffix(".jpg")

    @property
    def sound(self) -> Path:
        """What is said in it, as it is heard, beside its film; there is no such file where nobody speaks."""
        return self.path.with_suffix(".m4a")


def render(
    ref: SceneRef,
    quality: Quality,
    folder: Path,
    voice: str | None = "none",
    *,
    verbosity: str = "ERROR",
    watch: Callable[[Any], object] | None = None,
) -> Take:
    """Render one scene into ``folder``, here in this process.

    Parameters
    ----------
    voice
        Who speaks: a name of ``scenes.film.voice.VOICES``, or ``None`` for the best that is installed.
    verbosity
        Which of manim's own log lines are wanted.
    watch
        Is given the scene before it plays, for instance to follow its ``time``.
    """
    from manim import tempconfig

    from scenes.film.pictures import still

    settings = manim_settings(quality, folder / f"{ref.slug}.work") | {"verbosity": verbosity}
    with tempconfig(settings), wearing(quality.theme):
        scene = ref.load()()
        scene.voice_name = voice
        scene.open_captions = quality.captions
        sheet_of = _cue_sheet_of(scene)
        if watch is not None:
            watch(scene)
        with library.watched() as recordings:
            scene.render()
        made = Path(scene.renderer.file_writer.movie_file_path)
        sheet = _as_filmed(sheet_of(), made)
    path = folder / f"{ref.slug}.mp4"
    sheet.save(path.with_suffix(".cues.json"))
    made.replace(path)
    shutil.rmtree(folder / f"{ref.slug}.work", ignore_errors=True)
    numbers = scene.ledger.entries() if hasattr(scene, "ledger") else ()
    take = Take(ref, path, sheet, recordings, numbers)
    # Taken here, where scenes are at work beside each other, and not again for each film that the take is part of.
    take.still.write_bytes(still(take))
    if voice != "none":
        from scenes.film.take_sound import speak
        from scenes.film.voice import narrator

        speak(take, narrator(voice))
    return take


def picture(ref: SceneRef, quality: Quality) -> Image.Image:
    """What a scene shows when it is over, drawn here in this process; nothing is filmed."""
    from manim import tempconfig

    with tempfile.TemporaryDirectory() as folder:
        silent = {"write_to_movie": False, "save_last_frame": False, "disable_caching": True, "dry_run": True}
        with tempconfig(manim_settings(quality, Path(folder)) | silent), wearing(quality.theme):
            scene = ref.load()()
            scene.construct()
            scene.renderer.update_frame(scene, ignore_skipping=True)
            return scene.renderer.camera.get_image().convert("RGB")


def manim_settings(quality: Quality, folder: Path) -> dict[str, Any]:
    """manim's configuration for a quality. Its working files go into ``folder``."""
    return {
        "pixel_width": quality.width,
        "pixel_height": quality.height,
        "frame_rate": quality.rate,
        "video_encoder_options": dict(quality.encoder),
        "media_dir": str(folder),
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }


def _cue_sheet_of(scene: Any) -> Callable[[], CueSheet]:
    """What will give the cue sheet of a scene, once it was played.

    Scenes of ours keep one. Of any other manim scene, sections are the beats and subcaptions the lines.
    """
    if hasattr(scene, "cue_sheet"):
        return lambda: cast(CueSheet, scene.cue_sheet())
    beats: list[Beat] = []
    begin = scene.next_section

    def next_section(name: str = "unnamed", section_type: str = "", *others: Any, **named: Any) -> None:
        # Types of a section are names such as "default.normal"; tools for slides have one for loops.
        beats.append(Beat(scene.time, name, str(section_type).endswith("loop")))
        begin(name, *([section_type] if section_type else []), *others, **named)

    def sheet() -> CueSheet:
        said = scene.renderer.file_writer.subcaptions
        lines = [(one.start.total_seconds(), one.end.total_seconds(), one.content) for one in said]
        return CueSheet(tuple(Cue(*line, beat="") for line in sorted(lines)), tuple(beats), scene.time)

    scene.next_section = next_section
    return sheet


def _as_filmed(sheet: CueSheet, path: Path) -> CueSheet:
    """The sheet with the length that the file really has: waits are rounded to whole frames."""
    import av

    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        assert stream.average_rate is not None
        length = float(stream.frames / stream.average_rate)
    return replace(sheet, length=length)
