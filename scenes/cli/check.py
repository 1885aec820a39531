"""``descent check``: is the film true, legible and in rhythm? Every animation is measured."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from descent_core.counted import counted
from scenes.cli.exploration import ExplorationOptions, exploration_options, explored, loss_name
from scenes.cli.options import (
    THEME_NAMES,
    VOICE_NAMES,
    RenderOptions,
    file_scenes,
    made_part,
    quality_option,
    scene_names,
)
from scenes.cli.rendering import make_takes
from scenes.part import Part, SceneRef, find_scene
from scenes.production.format import FORMATS, RenderSettings
from scenes.series import made_parts

if TYPE_CHECKING:
    from scenes.check.film.finished import FinishedFilm
    from scenes.check.report import SceneReport


@click.command()
@click.argument("what", nargs=-1, metavar="[PART [SCENE]...|FILE.py|FILE.py:LOSS]...")
@click.option("--scenes", metavar="NAMES", default=None, help="Only these scenes, with commas between.")
@click.option(
    "--theme", type=click.Choice([*THEME_NAMES, "all"]), default="all", show_default=True, help="In which theme."
)
@click.option(
    "--voice",
    type=click.Choice(VOICE_NAMES),
    default="none",
    show_default=True,
    help="Whose timing; none keeps an even pace.",
)
@click.option("-j", "--jobs", type=click.IntRange(1), default=None, help="Scenes at once; default: one a core.")
@click.option("--film", "in_film", is_flag=True, help="Measure the finished film instead, or the takes of some scenes.")
@click.option(
    "--films",
    type=click.Path(path_type=Path),
    default=Path("films"),
    show_default=True,
    callback=lambda _context, _parameter, value: value.absolute(),
    help="With --film: the folder of finished films.",
)
@quality_option("preview")
@exploration_options
def check(
    what: tuple[str, ...],
    scenes: str | None,
    theme: str,
    voice: str,
    jobs: int | None,
    in_film: bool,
    films: Path,
    quality: str,
    asked: ExplorationOptions,
) -> None:
    """Check films while they play: true to the runs, legible, in rhythm? Exits with 1 if not.

    Every number that is shown or said is a field of a recording, or a constant with its reason;
    hikers, footprints, arrows, curves and code are where and what was recorded. Every animation is
    checked four times a second: words within the title-safe area, apart from each other, not cut
    by a line, large enough, and of a contrast of 4.5 : 1 with what is really behind them; and
    the captions' place kept free of words and panels. Each beat's length, pace, stillness and
    motion are listed.

    With --film, what a viewer is given is measured: the mp4 that `descent film` made, or the takes of
    the scenes that are named. A picture that says what lands (`shows=`) begins within 80 ms of the word
    of its mark, where that is heard; a line is heard within 40 ms of its cue, at the end as at the
    start. Frozen stretches are told.

    PART is a number or a name; without any, it is all that are made. SCENEs of it may follow. FILE.py is
    a file of your own with manim scenes, or with a deck of them. FILE.py:LOSS is a loss, as `descent
    explore` takes it, with the same options: --start to --no-zero-grad. Then its film is checked, and its
    one picture too.

    \b
    Examples:
      descent check
      descent check gradient --scenes next --theme light
      descent check gradient --film
      descent check gradient home --film
      descent check scenes/examples/my_talk.py --scenes Question
      descent check scenes/examples/losses.py:valley --start -1.8 --lr 0.01 --theme dark
    """
    if asked != ExplorationOptions() and not any(".py:" in name for name in what):
        raise click.UsageError(
            "A start, learning rates and their like are for a loss, and none is named: FILE.py:LOSS."
        )
    what, scenes = _with_scenes(what, scenes)
    if in_film:
        options = RenderOptions(jobs, _given("voice", voice), "dark" if theme == "all" else theme, False, False)
        raise SystemExit(_check_films(what, scenes, films, options.settings(FORMATS[quality]), options))
    themes = THEME_NAMES if theme == "all" else (theme,)
    checked = wrong = read = 0
    with ExitStack() as stack:
        named = [stack.enter_context(_film(name, asked)) for name in what] or [
            _Film(part.title, part.scenes) for part in made_parts()
        ]
        chosen = [(film, film.only(scenes)) for film in named]
        for film, refs in chosen:
            checked += len(refs)
            if len(named) > 1:
                click.echo(f"{film.title}:")
            for report in film.reports(refs, themes, voice, jobs):
                _print(report, rhythm=report.theme == themes[0])
                wrong += len(report.faults) + len(report.over)
                read += report.read
    faults = counted(wrong, "fault") if wrong else "No faults"
    click.echo(f"{faults} in {counted(checked, 'scene')}, {counted(read, 'line of type', 'lines of type')}.")
    if wrong:
        raise SystemExit(1)


def _with_scenes(what: tuple[str, ...], scenes: str | None) -> tuple[tuple[str, ...], str | None]:
    """What is named without the scenes that follow a part, and the names of those as ``--scenes`` has them."""
    if scenes is not None or len(what) < 2 or ".py" in what[0]:
        return what, scenes
    slugs = {ref.slug for ref in made_part(what[0]).scenes}
    return (what[:1], ",".join(what[1:])) if slugs.issuperset(what[1:]) else (what, None)


def _given(name: str, value: str) -> str | None:
    """The value of an option if somebody gave it."""
    default = click.get_current_context().get_parameter_source(name) == ParameterSource.DEFAULT
    return None if default else value


def _check_films(
    what: Sequence[str], scenes: str | None, films: Path, settings: RenderSettings, options: RenderOptions
) -> int:
    """Measure the finished films of parts, or the takes of some of their scenes, and tell; the exit code."""
    from scenes.check.film.measured import SceneMeasured, measured
    from scenes.check.film.report import film_lines, scene_lines
    from scenes.narration.narrator import SILENT, narrator

    if any(".py" in name for name in what):
        raise click.UsageError("Only films of the series are measured: name a part, such as 4 or gradient.")
    wrong = 0
    for part in [made_part(name) for name in what] or made_parts():
        refs = None if scenes is None else [part.scene(name) for name in scene_names(scenes)]
        with _finished(part, refs, films, settings, options) as film:
            told: list[SceneMeasured] = []
            for scene in measured(film, None if film.voice == SILENT else narrator(film.voice)):
                told.append(scene)
                wrong += len(scene.faults)
                for line in scene_lines(scene):
                    click.echo(line)
                for fault in scene.faults:
                    _print_wrong(fault)
            for line in film_lines(film, told):
                click.echo(line)
    click.echo(f"{counted(wrong, 'fault')}." if wrong else "No faults.")
    return int(wrong > 0)


@contextmanager
def _finished(
    part: Part, refs: Sequence[SceneRef] | None, films: Path, settings: RenderSettings, options: RenderOptions
) -> Iterator[FinishedFilm]:
    """The film of a part that is there; or one of some scenes' takes, made where there are none, there in the block."""
    from scenes.check.film.finished import filmed, finished_film
    from scenes.production.takes.cache import TakeCache
    from scenes.production.takes.key import voice_name

    if refs is None:
        yield finished_film(part, films)
        return
    with TakeCache() as cache:
        takes = make_takes(part, settings, options, cache, refs)
        with filmed(takes, voice_name(options.voice)) as film:
            yield film


@dataclass(frozen=True)
class _Film:
    """What is checked: its title, its scenes, and the folder of its recordings, where the library has none."""

    title: str
    scenes: Sequence[SceneRef]
    recordings: Path | None = None

    def only(self, names: str | None) -> Sequence[SceneRef]:
        """Those scenes that ``--scenes`` names; or all."""
        return self.scenes if names is None else [find_scene(self.scenes, name) for name in scene_names(names)]

    def reports(
        self, refs: Sequence[SceneRef], themes: Sequence[str], voice: str, jobs: int | None
    ) -> Iterator[SceneReport]:
        """The report on each of its scenes ``refs``, in each theme."""
        from descent_core import library
        from scenes.check.report import check_scenes

        with ExitStack() as stack:
            if self.recordings is not None:
                stack.enter_context(library.recordings_from(self.recordings))
            yield from check_scenes(refs, themes, voice, jobs or os.cpu_count() or 1)


@contextmanager
def _film(name: str, asked: ExplorationOptions) -> Iterator[_Film]:
    """What is named: a part, a file of scenes, or a loss, which is explored; its recordings are there in the block."""
    if ".py:" in name:
        from scenes.explore.film import STILL, explore_part

        found = explored(asked.request(name), quiet=False)
        part = explore_part(loss_name(name), found.summary.title, no_zero_grad=found.summary.no_zero_grad)
        with TemporaryDirectory(prefix="check-") as folder:
            yield _Film(part.title, (*part.scenes, STILL), found.save(Path(folder)))
    elif name.endswith(".py"):
        yield _Film(*file_scenes(name))
    else:
        part = made_part(name)
        yield _Film(part.title, part.scenes)


def _print(report: SceneReport, *, rhythm: bool) -> None:
    """Tell what was found in a scene; its ``rhythm`` and constants too, if wanted: they are the same in every theme."""
    click.echo(
        f"{report.slug}, {report.theme}: "
        f"{counted(report.read, 'line of type', 'lines of type')}, {counted(report.traced, 'number')}, "
        f"{counted(report.measured, 'place')}"
    )
    for line in (*report.beats, *(f"constant  {line}" for line in report.constants)) if rhythm else ():
        click.echo(f"   {line}")
    for line in report.waived:
        click.echo(f"   waived  {line}")
    for line in (*report.faults, *report.over):
        _print_wrong(line)


def _print_wrong(found: object) -> None:
    click.echo(click.style(f"   WRONG   {found}", fg="red"))
