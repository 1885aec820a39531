"""``descent check``: is the film true, legible and in rhythm? Every animation is measured."""

from __future__ import annotations

import os

import click

from descent_core.counted import counted
from scenes.cli.options import THEME_NAMES, VOICE_NAMES, made_part, scene_names
from scenes.series import made_parts


@click.command()
@click.argument("parts", nargs=-1, metavar="[PART]...")
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
def check(parts: tuple[str, ...], scenes: str | None, theme: str, voice: str, jobs: int | None) -> None:
    """Check films while they play: true to the runs, legible, in rhythm? Exits with 1 if not.

    Every number that is shown or said is a field of a recording, or a constant with its reason;
    hikers, footprints, arrows, curves and code are where and what was recorded. Every animation is
    checked four times a second: words within the title-safe area, apart from each other, not cut
    by a line, large enough, and of a contrast of 4.5 : 1 with what is really behind them; and
    the captions' place kept free of words and panels. Each beat's length, pace, stillness and
    motion are listed.

    \b
    Examples:
      descent check
      descent check gradient --scenes next --theme light
    """
    from scenes.check.report import check_scenes

    films = [made_part(name) for name in parts] or list(made_parts())
    names = None if scenes is None else scene_names(scenes)
    refs = [ref for film in films for ref in (film.scenes if names is None else [film.scene(name) for name in names])]
    themes = THEME_NAMES if theme == "all" else (theme,)
    wrong = read = 0
    for report in check_scenes(refs, themes, voice, jobs or os.cpu_count() or 1):
        click.echo(
            f"{report.slug}, {report.theme}: "
            f"{counted(report.read, 'line of type', 'lines of type')}, {counted(report.traced, 'number')}, "
            f"{counted(report.measured, 'place')}"
        )
        if report.theme == themes[0]:
            for line in report.beats:
                click.echo(f"   {line}")
            for line in report.constants:
                click.echo(f"   constant  {line}")
        for line in report.waived:
            click.echo(f"   waived  {line}")
        for line in (*report.faults, *report.over):
            click.echo(click.style(f"   WRONG   {line}", fg="red"))
        wrong += len(report.faults) + len(report.over)
        read += report.read
    faults = counted(wrong, "fault") if wrong else "No faults"
    click.echo(f"{faults} in {counted(len(refs), 'scene')}, {counted(read, 'line of type', 'lines of type')}.")
    if wrong:
        raise SystemExit(1)
