"""What the commands make films with: takes of a part, with progress shown, and a package. No torch, no manim."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scenes.cli.options import OUT_ADVICE, RenderOptions
from scenes.part import Part, SceneRef
from scenes.production.format import RenderSettings

if TYPE_CHECKING:
    from scenes.bench.source import BenchSource
    from scenes.production.package.build import Package
    from scenes.production.takes.cache import TakeCache
    from scenes.production.takes.take import Take

#: About how many bytes a second of film has beside its pictures.
BYTES_A_SECOND = 21_000
#: Where a command notes, in ``click.Context.meta``, that something of it is finished and kept.
KEPT = "descent.kept"


def make_package(
    part: Part,
    settings: RenderSettings,
    out: Path,
    music: Path | None,
    options: RenderOptions,
    cache: TakeCache,
    *,
    sounds: bool = True,
) -> Package:
    """Render a part and make its package in ``out``, with the sounds of its scenes under its words or without."""
    takes = make_takes(part, settings, options, cache)
    # Brings PyAV, which nothing before this needs where nothing has to be drawn.
    from scenes.narration.narrator import narrator
    from scenes.production.disk_errors import disk_errors, require_room
    from scenes.production.locks import exclusive
    from scenes.production.package.build import build_package
    from scenes.production.takes.key import voice_name

    # Pictures are copied; sound, stills and pages come to them.
    size = sum(take.path.stat().st_size + round(take.cues.length * BYTES_A_SECOND) for take in takes)
    size += BYTES_A_SECOND * 50
    voice = narrator(voice_name(options.voice))
    bench = bench_source(part, quiet=options.quiet)
    with disk_errors(out, OUT_ADVICE, size), exclusive(out):
        for left in out.glob(f".{part.filename}.*"):  # of a run that was killed: nobody else is in here
            shutil.rmtree(left, ignore_errors=True)
        room = partial(require_room, size, out, OUT_ADVICE)
        return build_package(
            part, takes, out, settings=settings, voice=voice, music=music, sounds=sounds, bench=bench, before=room
        )


def bench_source(part: Part, *, quiet: bool) -> BenchSource | None:
    """What the viewer can try of a part, if anything; what has to be recorded for it first is told."""
    if part.bench is None:
        return None
    from scenes.bench.loading import load_source
    from scenes.cli.exploration import told_progress

    with told_progress(quiet) as report:
        return load_source(part.bench, report)


def make_takes(
    part: Part,
    settings: RenderSettings,
    options: RenderOptions,
    cache: TakeCache,
    scenes: Sequence[SceneRef] | None = None,
    title: str | None = None,
) -> list[Take]:
    """The takes of a part, or of some of its ``scenes``; progress is shown meanwhile."""
    from scenes.production.takes.events import Event, Finished
    from scenes.production.takes.pool import render_all
    from scenes.production.takes.progress import progress_display

    refs = tuple(part.scenes if scenes is None else scenes)
    heading = f"{title or part.title}, {settings.format}"
    with progress_display(heading, refs, quiet=options.quiet, verbose=options.verbose) as display:

        def on_event(event: Event) -> None:
            if isinstance(event, Finished):
                note_kept()
            display(event)

        return render_all(
            part,
            settings,
            cache=cache,
            jobs=options.jobs,
            voice=options.voice,
            scenes=refs,
            on_event=on_event,
            verbose=options.verbose,
        )


def note_kept() -> None:
    """Note that the command has finished something that it will not make again: who stops it now is told so."""
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[KEPT] = True
