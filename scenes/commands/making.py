"""What the commands make films with: takes of a part, with progress told, and a package of them. No torch, no manim."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scenes.commands.options import ELSEWHERE, Manner
from scenes.film.quality import Quality
from scenes.series import Part, SceneRef

if TYPE_CHECKING:
    from scenes.film.package import Package
    from scenes.film.take import Take
    from scenes.film.take_cache import TakeCache

#: About how many bytes a second of film has beside its pictures.
BESIDE = 21_000


def packaged(one: Part, quality: Quality, out: Path, music: Path | None, manner: Manner, cache: TakeCache) -> Package:
    """Render a part and make its package in ``out``."""
    drawn = takes(one, quality, manner, cache)
    # Brings PyAV, which nothing before this needs where nothing has to be drawn.
    from scenes.film.faults import room_for, told
    from scenes.film.lock import alone_in
    from scenes.film.package import package
    from scenes.film.take_key import voice_name
    from scenes.film.voice import narrator

    # Pictures are copied; sound, stills and pages come to them.
    size = sum(take.path.stat().st_size + round(take.cues.length * BESIDE) for take in drawn) + BESIDE * 50
    voice = narrator(voice_name(manner.voice))
    with told(out, ELSEWHERE, size), alone_in(out):
        for left in out.glob(f".{one.filename}.*"):  # of a run that was killed: nobody else is in here
            shutil.rmtree(left, ignore_errors=True)
        room = partial(room_for, size, out, ELSEWHERE)
        return package(one, drawn, out, quality=quality, voice=voice, music=music, before=room)


def takes(
    one: Part, quality: Quality, manner: Manner, cache: TakeCache, scenes: Sequence[SceneRef] | None = None
) -> list[Take]:
    """The takes of a part, or of some of its ``scenes``; what is drawn for them is told as it goes."""
    from scenes.film.progress import shown
    from scenes.film.takes import render_all

    title = f"{one.title}, {quality}"
    quality = manner.dressed(quality)
    with shown(title, scenes or one.scenes, quiet=manner.quiet, verbose=manner.verbose) as on_event:
        return render_all(
            one,
            quality,
            cache=cache,
            jobs=manner.jobs,
            voice=manner.voice,
            scenes=scenes,
            on_event=on_event,
            verbose=manner.verbose,
        )
