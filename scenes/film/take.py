"""A take: one scene, rendered to a file of its own in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenes.film.cues import CueSheet
from scenes.film.quality import Quality
from scenes.series import Part, SceneRef


class SceneFailed(Exception):
    """A scene could not be rendered; the message names it and the reason."""


@dataclass(frozen=True)
class Take:
    """A rendered scene: its film, what is said in it, and the recordings it shows (SHA-256 by file name)."""

    ref: SceneRef
    path: Path
    cues: CueSheet
    recordings: Mapping[str, str] = field(default_factory=dict)


def render(ref: SceneRef, quality: Quality, folder: Path) -> Take:
    """Render one scene into ``folder``, here in this process."""
    from manim import tempconfig

    settings = manim_settings(quality, folder / f"{ref.slug}.work")
    with tempconfig(settings):
        scene = ref.load()()
        scene.render()
        made = Path(scene.renderer.file_writer.movie_file_path)
        sheet = scene.cue_sheet()
    path = folder / f"{ref.slug}.mp4"
    made.replace(path)
    sheet.save(path.with_suffix(".cues.json"))
    shutil.rmtree(folder / f"{ref.slug}.work", ignore_errors=True)
    return Take(ref, path, _as_filmed(sheet, path))


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


def render_all(part: Part, quality: Quality, folder: Path, jobs: int) -> Iterator[Take]:
    """Render every scene of a part, each in its own process; yields takes as they are done.

    Raises
    ------
    SceneFailed
        When the first scene fails. The others are given up.
    """
    # Spawned, not forked: torch and Cairo don't survive a fork with threads.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, max_tasks_per_child=1, initializer=_be_modest)
    with pool:
        waiting = {pool.submit(render, ref, quality, folder): ref for ref in part.scenes}
        for done in as_completed(waiting):
            ref = waiting[done]
            try:
                take = done.result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                raise SceneFailed(f"The process that rendered {ref.slug!r} died (out of memory?).") from None
            except Exception as error:
                pool.shutdown(cancel_futures=True)
                reason = f"{type(error).__name__}: {error}"
                raise SceneFailed(f"The scene {ref.slug!r} could not be rendered. {reason}") from error
            yield take


def in_order(part: Part, takes: Sequence[Take]) -> list[Take]:
    """The takes in the order of the part's scenes."""
    return sorted(takes, key=lambda take: part.scenes.index(take.ref))


def _be_modest() -> None:
    """One thread for arithmetic in each process: the processes are the parallelism."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


def _as_filmed(sheet: CueSheet, path: Path) -> CueSheet:
    """The sheet with the length that the file really has: waits are rounded to whole frames."""
    import av

    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        assert stream.average_rate is not None
        length = float(stream.frames / stream.average_rate)
    return CueSheet(sheet.cues, sheet.beats, length)
