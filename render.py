"""The command line: films, stills and contact sheets of the series, and the recordings behind them.

Kept thin: torch and manim are imported inside the commands that need them, so that ``--help``
answers at once.
"""

from __future__ import annotations

import io
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scenes.commands.check import check
from scenes.commands.explore import explore
from scenes.commands.export import export
from scenes.commands.making import packaged, takes
from scenes.commands.options import ELSEWHERE, Manner, manner_options, out_option, quality_option, writable
from scenes.commands.talk import talk
from scenes.film.quality import LOOKING, QUALITIES
from scenes.series import SERIES, Part, UnknownScene, made, part

if TYPE_CHECKING:
    from scenes.film.cues import CueSheet
    from scenes.film.take_cache import TakeCache

HELP = """Explainer films about how machines learn. Every picture is a real PyTorch run.

\b
Examples:
  python render.py list                          what there is
  python render.py film                          all films, 1080p60, into films/
  python render.py film gradient -q draft        part 4, quick and small
  python render.py still gradient fog --at 18    one frame, 18 s into a scene
  python render.py sheet gradient                part 4 as pages of small frames
  python render.py talk gradient --to pptx       part 4 as slides, a click for each beat
  python render.py export run right --to csv     a recording for a spreadsheet
  python render.py record too-big                what happens at a big step size
  python render.py explore FILE.py:LOSS          a film of your own loss
  python render.py doctor                        what is installed, what is missing

Scenes are kept once they are drawn: only what changed since is drawn again.
"""


class Commands(click.Group):
    """A group whose failures are one clear line: exit 1 for a failure, 2 for wrong use, 130 for Ctrl-C."""

    def invoke(self, ctx: click.Context) -> Any:
        from descent_core.errors import DescentError, UnknownLabel

        before = signal.signal(signal.SIGTERM, _stop) if _in_main_thread() else None
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nStopped. What was finished is kept: the same command goes on from there.", err=True)
            ctx.exit(130)
        except (UnknownScene, UnknownLabel) as error:
            raise click.UsageError(str(error)) from None
        except DescentError as error:
            raise click.ClickException(str(error)) from None
        finally:
            if before is not None:
                signal.signal(signal.SIGTERM, before)


def _in_main_thread() -> bool:
    """Only there may signals be handled."""
    return threading.current_thread() is threading.main_thread()


def _stop(*_: object) -> None:
    """To be told to end is to be stopped by Ctrl-C."""
    raise KeyboardInterrupt


@click.group(cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    pass


cli.add_command(talk)
cli.add_command(export)
cli.add_command(explore)


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
    "--music",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="A sound file to lie under the speech.",
)
@click.option(
    "--captions",
    type=click.Choice(["track", "open"]),
    default="track",
    show_default=True,
    help="A track to switch on, or also drawn into the picture for sites that show none.",
)
@manner_options
def film(parts: tuple[str, ...], quality: str, out: Path, music: Path | None, captions: str, manner: Manner) -> None:
    """Render whole films: PART is a number or a name, such as 4 or gradient. Default: all there are.

    Each gets a folder: the film with sound, captions and chapters in it, a page that plays it
    (index.html), transcript, captions, poster, teaser, and a manifest of the runs it shows. Scenes in
    which nothing changed since they were last rendered are not drawn again.

    \b
    Examples:
      python render.py film
      python render.py film 4 --quality draft --out /tmp/look
    """
    from scenes.film.take_cache import TakeCache

    wanted = [_filmable(name) for name in parts] or list(made())
    writable(out)
    for one in wanted:
        started = time.monotonic()
        size = replace(QUALITIES[quality], captions=captions == "open")
        with TakeCache() as cache:
            done = packaged(one, size, out, music, manner, cache)
        spent = _clock(time.monotonic() - started)
        click.echo(f"{done.film}  {_clock(done.sheet.length)} long, {size}, made in {spent}")
    click.echo(_front_page(out))


@cli.command(name="page")
@out_option
def page_(out: Path) -> None:
    """Make the front page over all films in a folder, made and not made yet; opens from disk."""
    writable(out)
    click.echo(_front_page(out))


@cli.command()
@click.argument("name", metavar="PART")
@click.argument("scene")
@click.option("--at", type=click.FloatRange(0), default=None, help="Seconds into the scene.")
@click.option("--beat", default=None, help="The last frame of this beat.")
@click.option("--transparent", is_flag=True, help="Without page, mountain, sky and fog: to be laid over a slide.")
@quality_option("hd")
@out_option
@manner_options
def still(
    name: str,
    scene: str,
    at: float | None,
    beat: str | None,
    transparent: bool,
    quality: str,
    out: Path,
    manner: Manner,
) -> None:
    """Render one frame of a scene as a PNG. Default: its last picture before it goes dark.

    \b
    Examples:
      python render.py still gradient fog
      python render.py still gradient step-size --beat "too big"
      python render.py still gradient step-size --beat "all three" --transparent
    """
    from descent_core.archive import write_whole
    from scenes.film import sheet
    from scenes.film.faults import told
    from scenes.film.take_cache import TakeCache

    if at is not None and beat is not None:
        raise click.UsageError("Give --at or --beat, not both.")
    one = _filmable(name)
    chosen = one.scene(scene)
    writable(out)
    size = QUALITIES[quality]
    looking = manner.dressed(replace(LOOKING, width=size.width, height=size.height, rate=10))
    if transparent:
        from scenes.film.cutout import cutout

        moment, frame = cutout(chosen, looking, manner.voice, at=at, beat=beat)
    else:
        with TakeCache() as cache:
            (take,) = takes(one, looking, manner, cache, [chosen])
            moment = sheet.moment(take.cues, at=at, beat=beat)
            _, frame = next(sheet.frames(take.path, [moment]))
    path = out / f"{chosen.slug}-{moment:.1f}s{'-transparent' if transparent else ''}.png"
    picture = io.BytesIO()
    frame.save(picture, "PNG")
    with told(out, ELSEWHERE):
        write_whole(path, picture.getvalue())
    click.echo(f"{path}  {frame.width}x{frame.height}, {moment:.1f} s into {chosen.slug!r}")


@cli.command(name="sheet")
@click.argument("name", metavar="PART")
@click.option("--every", type=click.FloatRange(min=0.2), default=1.0, show_default=True, help="Seconds a frame.")
@out_option
@manner_options
def sheet_(name: str, every: float, out: Path, manner: Manner) -> None:
    """Make a contact sheet: one frame a second with its time, as PNG pages to look through.

    The frames are drawn at 1080p for it, at a low rate, so that it needs no film.
    """
    from scenes.film.faults import told
    from scenes.film.take_cache import MEND, TakeCache

    chosen = _filmable(name)
    writable(out)
    with TakeCache() as cache:
        with told(cache.folder, MEND):
            path, cues = _silent(chosen, manner, cache)
        from scenes.film import sheet

        with told(out, ELSEWHERE):
            pages = sheet.pages(path, cues, out, every)
    for page in pages:
        click.echo(page)


@cli.command()
def doctor() -> None:
    """Tell what is installed, what is missing, and what to type. Exits with 1 if no film can be made."""
    from scenes.film.doctor import examine, told_as_table

    found = examine()
    click.echo(told_as_table(found))
    if any(one.state == "missing" for one in found):
        raise SystemExit(1)


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


def _silent(one: Part, manner: Manner, cache: TakeCache) -> tuple[Path, CueSheet]:
    """A part as one film for looking at, in the cache's own folder, and its cue sheet."""
    drawn = takes(one, LOOKING, manner, cache)
    from scenes.film.cues import CueSheet
    from scenes.film.cut import join

    path = cache.work / f"{one.filename}.mp4"
    join([take.path for take in drawn], path, one.title)
    return path, CueSheet.joined(take.cues for take in drawn)


def _front_page(out: Path) -> Path:
    from scenes.film.faults import told
    from scenes.film.lock import alone_in
    from scenes.film.package import front_page

    with told(out, ELSEWHERE), alone_in(out):
        return front_page(out)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


cli.add_command(check)


if __name__ == "__main__":
    cli()
