"""``descent check --film``: the finished film, measured. Pictures on their words, sound on its cues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from descent_core.counted import counted
from scenes.cli.options import RenderOptions
from scenes.cli.rendering import make_takes
from scenes.narration.timecode import timecode
from scenes.part import Part, SceneRef
from scenes.production.format import RenderSettings

if TYPE_CHECKING:
    from scenes.check.film.finished import FinishedFilm
    from scenes.check.film.measured import SceneMeasured


def check_film(
    part: Part, scenes: Sequence[SceneRef] | None, films: Path, settings: RenderSettings, options: RenderOptions
) -> int:
    """Measure the finished film of a part, and tell what was found; returns how many faults there are.

    Parameters
    ----------
    scenes
        Only these: of their takes, which are made where there are none.
    films
        The folder of finished films.
    settings, options
        How takes are made.
    """
    from scenes.check.film.measured import measured
    from scenes.narration.narrator import SILENT, narrator

    wrong = 0
    with _film(part, scenes, films, settings, options) as film:
        told: list[SceneMeasured] = []
        for scene in measured(film, None if film.voice == SILENT else narrator(film.voice)):
            _print(scene)
            told.append(scene)
            wrong += len(scene.faults)
        _print_whole(film, told)
    return wrong


@contextmanager
def _film(
    part: Part,
    scenes: Sequence[SceneRef] | None,
    films: Path,
    settings: RenderSettings,
    options: RenderOptions,
) -> Iterator[FinishedFilm]:
    """The film that is there; or one of some scenes' takes, there in the block."""
    from scenes.check.film.finished import filmed, finished_film
    from scenes.production.takes.cache import TakeCache
    from scenes.production.takes.key import voice_name

    if scenes is None:
        yield finished_film(part, films)
        return
    with TakeCache() as cache:
        takes = make_takes(part, settings, options, cache, scenes)
        with filmed(takes, voice_name(options.voice)) as film:
            yield film


def _print(scene: SceneMeasured) -> None:
    """Tell what was found in a scene."""
    unsaid = f", {counted(scene.unsaid, 'mark')} that say not what lands" if scene.unsaid else ""
    click.echo(
        f"{scene.slug}, in the film: {counted(len(scene.pictures), 'picture')}, "
        f"{counted(len(scene.lines), 'line')}, {counted(len(scene.steps), 'step')}{unsaid}"
    )
    for line in scene.figures:
        click.echo(f"   {line}")
    for fault in scene.faults:
        click.echo(click.style(f"   WRONG   {fault}", fg="red"))


def _print_whole(film: FinishedFilm, told: Sequence[SceneMeasured]) -> None:
    """Tell the figures of the whole: its pictures and sounds, its length and pace, and how much of it is frozen."""
    from scenes.check.film.measured import off
    from scenes.check.film.stillness import stillness

    pictures = [each for scene in told for each in scene.pictures]
    lines = [each for scene in told for each in scene.lines]
    frozen = stillness(film.path)
    said = sum(len(line.text.split()) for scene in film.scenes for line in scene.lines)
    length = film.scenes[-1].end
    click.echo(f"{film.title}: {timecode(length)} long, {60 * said / length:.0f} words a minute of all of it")
    if pictures:
        click.echo(f"   pictures  {off(pictures)}")
    if lines:
        ends = f"the first {1000 * lines[0]:+.0f} ms, the last {1000 * lines[-1]:+.0f} ms"
        click.echo(f"   lines     {off(lines)}; {ends}")
    begin, end = frozen.longest
    click.echo(
        f"   frozen    {100 * frozen.share:.1f} %, in {counted(len(frozen.stretches), 'stretch', 'stretches')}"
        + (f"; the longest {end - begin:.1f} s, at {timecode(begin)}" if frozen.stretches else "")
    )
