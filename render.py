"""The command line: films, stills and contact sheets of the series, and the recordings behind them.

Kept thin: torch and manim are imported inside the commands that need them, so that ``--help``
answers at once.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from scenes.film.quality import LOOKING, QUALITIES, Quality
from scenes.series import SERIES, Part, UnknownScene, made, part

HELP = """Explainer films about how machines learn. Every picture is a real PyTorch run.

\b
Examples:
  python render.py list                          what there is
  python render.py film                          all films, 1080p60, into films/
  python render.py film gradient -q draft        part 4, quick and small
  python render.py still gradient fog --at 18    one frame, 18 s into a scene
  python render.py sheet gradient                part 4 as pages of small frames
  python render.py record too-big                what happens at a big step size
"""


class Commands(click.Group):
    """A group whose failures are one clear line: exit 1 for a failure, 2 for wrong use."""

    def invoke(self, ctx: click.Context) -> Any:
        from descent_core.errors import DescentError, UnknownLabel

        try:
            return super().invoke(ctx)
        except (UnknownScene, UnknownLabel) as error:
            raise click.UsageError(str(error)) from None
        except DescentError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    pass


def quality_option(default: str) -> Callable[[Any], Any]:
    sizes = ", ".join(f"{name} {quality}" for name, quality in QUALITIES.items())
    return click.option(
        "-q",
        "--quality",
        type=click.Choice(list(QUALITIES)),
        default=default,
        show_default=True,
        help=f"{sizes}.",
    )


out_option = click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("films"),
    show_default=True,
    help="Folder to write into; made if it isn't there.",
)


@cli.command(name="list")
def list_() -> None:
    """List the parts of the series and their scenes."""
    for one in SERIES:
        state = "" if one.scenes else "  (not made yet)"
        click.echo(f"{one.number}  {one.slug:14s} {one.title}: {one.picture}{state}")
        for ref in one.scenes:
            click.echo(f"     {ref.slug:14s} {ref.title}")


@cli.command()
@click.argument("parts", nargs=-1, metavar="[PART]...")
@quality_option("hd")
@out_option
@click.option(
    "-j", "--jobs", type=click.IntRange(1), default=None, help="Scenes rendered at once; default: one a core."
)
def film(parts: tuple[str, ...], quality: str, out: Path, jobs: int | None) -> None:
    """Render whole films: PART is a number or a name, such as 4 or gradient. Default: all there are.

    Beside each film lie its captions (.srt).

    \b
    Examples:
      python render.py film
      python render.py film 4 --quality draft --out /tmp/look
    """
    wanted = [_filmable(name) for name in parts] or list(made())
    _writable(out)
    for one in wanted:
        _film(one, QUALITIES[quality], out, jobs or os.cpu_count() or 1)


@cli.command()
@click.argument("name", metavar="PART")
@click.argument("scene")
@click.option("--at", type=click.FloatRange(0), default=None, help="Seconds into the scene.")
@click.option("--beat", default=None, help="The last frame of this beat.")
@quality_option("hd")
@out_option
def still(name: str, scene: str, at: float | None, beat: str | None, quality: str, out: Path) -> None:
    """Render one frame of a scene as a PNG. Default: its last picture before it goes dark.

    \b
    Examples:
      python render.py still gradient fog
      python render.py still gradient step-size --beat "too big"
    """
    from scenes.film import sheet
    from scenes.film.take import render

    if at is not None and beat is not None:
        raise click.UsageError("Give --at or --beat, not both.")
    chosen = _filmable(name).scene(scene)
    _writable(out)
    size = QUALITIES[quality]
    looking = replace(LOOKING, width=size.width, height=size.height, rate=10)
    with tempfile.TemporaryDirectory() as folder:
        take = _or_fail(chosen.slug, lambda: render(chosen, looking, Path(folder)))
        moment = sheet.moment(take.cues, at=at, beat=beat)
        _, frame = next(sheet.frames(take.path, [moment]))
    path = out / f"{chosen.slug}-{moment:.1f}s.png"
    frame.save(path)
    click.echo(f"{path}  {frame.width}x{frame.height}, {moment:.1f} s into {chosen.slug!r}")


@cli.command(name="sheet")
@click.argument("name", metavar="PART")
@click.option("--every", type=click.FloatRange(min=0.2), default=1.0, show_default=True, help="Seconds a frame.")
@out_option
@click.option("-j", "--jobs", type=click.IntRange(1), default=None, help="Scenes rendered at once.")
def sheet_(name: str, every: float, out: Path, jobs: int | None) -> None:
    """Make a contact sheet: one frame a second with its time, as PNG pages to look through.

    The frames are drawn at 1080p for it, at a low rate, so that it needs no film.
    """
    from scenes.film import sheet

    chosen = _filmable(name)
    _writable(out)
    with tempfile.TemporaryDirectory() as folder:
        path, cues = _film(chosen, LOOKING, Path(folder), jobs or os.cpu_count() or 1, quiet=True)
        pages = sheet.pages(path, cues, out, every)
    for page in pages:
        click.echo(page)


@cli.command()
@click.argument("labels", nargs=-1, metavar="[LABEL]...")
def record(labels: tuple[str, ...]) -> None:
    """Run and record with torch, anew: LABEL is the name of a run. Default: all of them.

    \b
    Examples:
      python render.py record
      python render.py record right too-big
    """
    from descent_core import library
    from descent_core.runs import LANDSCAPES, LISTINGS, RUNS

    chosen = [library.known(label, [*RUNS, *LANDSCAPES, *LISTINGS], "run") for label in labels]
    for label in chosen or [*RUNS, *LANDSCAPES, *LISTINGS]:
        if label in LANDSCAPES:
            ground = library.landscape(label, anew=True)
            nodes = "x".join(map(str, ground.heights.shape))
            click.echo(f"{label:24s} landscape of {nodes} nodes, within {ground.error:.1e} of torch between them")
        elif label in LISTINGS:
            listing = library.listing(label, anew=True)
            click.echo(f"{label:24s} code of {len(listing.lines)} lines, as it ran")
        else:
            run = library.recording(label, anew=True)
            click.echo(
                f"{label:24s} {run.knobs:4d} knobs  lr {run.lr:<5g} {run.steps:4d} steps  "
                f"loss {run.losses[0]:.4g} to {run.losses[-1]:.4g}  {run.outcome}"
            )


def _filmable(name: str) -> Part:
    one = part(name)
    if not one.scenes:
        there = " or ".join(f"{other.slug!r}" for other in made())
        raise click.UsageError(f"Part {one.number}, {one.slug!r}, is not made yet. There is {there}.")
    return one


def _film(one: Part, quality: Quality, out: Path, jobs: int, quiet: bool = False) -> tuple[Path, Any]:
    """Render a part and join it: the film's path and its cue sheet."""
    from scenes.film.cut import join
    from scenes.film.take import SceneFailed, in_order, render_all

    started = time.monotonic()
    path = out / f"{one.filename}.mp4"
    takes = []
    # The work lies beside the film, so that there is room for it where there is room for the film.
    with tempfile.TemporaryDirectory(dir=out, prefix=f".{one.filename}.") as folder:
        with click.progressbar(
            length=len(one.scenes),
            label=f"{one.title}, {quality}",
            item_show_func=lambda slug: slug or "",
            file=sys.stderr,
        ) as bar:
            try:
                for take in render_all(one, quality, Path(folder), min(jobs, len(one.scenes))):
                    takes.append(take)
                    bar.update(1, take.ref.slug)
            except SceneFailed as error:
                raise click.ClickException(str(error)) from None
        cues = join(in_order(one, takes), path, f"Part {one.number}: {one.title}")
    if not quiet:
        spent = time.monotonic() - started
        click.echo(f"{path}  {_clock(cues.length)} long, {quality}, made in {_clock(spent)}")
    return path, cues


def _or_fail(slug: str, work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as error:
        from descent_core.errors import DescentError

        if isinstance(error, DescentError):
            raise
        raise click.ClickException(
            f"The scene {slug!r} could not be rendered. {type(error).__name__}: {error}"
        ) from error


def _writable(out: Path) -> None:
    """Say now, not after the rendering, that nothing can be written there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise click.ClickException(
            f"Nothing can be written into {out}: {error.strerror}. Name another with --out."
        ) from None


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


if __name__ == "__main__":
    cli()
