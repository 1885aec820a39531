"""``descent still`` and ``descent sheet``: single frames of a scene, or of all a film."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scenes.cli.options import (
    OUT_ADVICE,
    Number,
    RenderOptions,
    display,
    made_part,
    out_option,
    quality_option,
    render_options,
    require_writable,
)
from scenes.cli.rendering import make_takes
from scenes.part import Part, SceneRef
from scenes.production.format import FORMATS, REVIEW, Format, RenderSettings

if TYPE_CHECKING:
    from scenes.narration.cues import CueSheet
    from scenes.production.takes.cache import TakeCache
    from scenes.production.takes.take import Take

#: Frames a second of a scene that is drawn for a still.
STILL_RATE = 10


@click.command()
@click.argument("name", metavar="PART")
@click.argument("scene")
@click.option("--at", type=Number(0), default=None, help="Seconds into the scene.")
@click.option("--beat", default=None, help="The last frame of this beat.")
@click.option("--transparent", is_flag=True, help="Without page, mountain, sky and fog: to be laid over a slide.")
@quality_option("hd")
@out_option()
@render_options
def still(
    name: str,
    scene: str,
    at: float | None,
    beat: str | None,
    transparent: bool,
    quality: str,
    out: Path,
    options: RenderOptions,
) -> None:
    """Render one frame of a scene as a PNG. Default: its last picture before it goes dark.

    It is taken from the film, or from a talk, where the scene is drawn already in this --quality, --theme
    and --voice; else the scene is drawn for it, at a low rate.

    \b
    Examples:
      descent still gradient fog
      descent still gradient step-size --beat "too big"
      descent still gradient step-size --beat "all three" --transparent
    """
    from descent_core.recordings.archive import write_atomically
    from scenes.production.disk_errors import disk_errors
    from scenes.production.takes.cache import TakeCache

    if at is not None and beat is not None:
        raise click.UsageError("Give --at or --beat, not both.")
    part = made_part(name)
    ref = part.scene(scene)
    require_writable(out)
    review = Format.of(REVIEW)
    size = FORMATS[quality]
    settings = options.settings(replace(review, width=size.width, height=size.height, rate=STILL_RATE))
    if transparent:
        from scenes.narration.narrator import narrator
        from scenes.production.frames.cutout import cutout

        moment, frame = cutout(ref, settings, narrator(options.voice), at=at, beat=beat)
    else:
        from scenes.production.frames.reader import frame_time, read_frames

        with TakeCache() as cache:
            take = _film_take(ref, options.settings(size), options, cache)
            if take is None:
                (take,) = make_takes(part, settings, options, cache, [ref])
            moment = frame_time(take.cues, at=at, beat=beat)
            _, frame = next(read_frames(take.path, [moment]))
    path = out / f"{ref.slug}-{moment:.1f}s{'-transparent' if transparent else ''}.png"
    picture = io.BytesIO()
    frame.save(picture, "PNG")
    with disk_errors(out, OUT_ADVICE):
        write_atomically(path, picture.getvalue())
    click.echo(f"{display(path)}  {frame.width}x{frame.height}, {moment:.1f} s into {ref.slug!r}")


def _film_take(ref: SceneRef, settings: RenderSettings, options: RenderOptions, cache: TakeCache) -> Take | None:
    """The take of a scene that a film or a talk left, if it is fresh."""
    from scenes.production.takes.key import take_key, voice_name

    take, _ = cache.find(ref, take_key(ref, settings, voice_name(options.voice)))
    if take is not None and options.verbose:
        click.echo(f"{ref.slug}: from the film in {settings.format}", err=True)
    return take


@click.command(name="sheet")
@click.argument("name", metavar="PART")
@click.option("--every", type=Number(0.2), default=1.0, show_default=True, help="Seconds a frame.")
@out_option()
@render_options
def sheet(name: str, every: float, out: Path, options: RenderOptions) -> None:
    """Make a contact sheet: one frame a second with its time, as PNG pages to look through.

    The frames are drawn at 1080p for it, at a low rate, so that it needs no film.
    """
    from scenes.production.disk_errors import disk_errors
    from scenes.production.takes.cache import ADVICE, TakeCache

    part = made_part(name)
    require_writable(out)
    with TakeCache() as cache:
        with disk_errors(cache.folder, ADVICE):
            path, cues = _silent_film(part, options, cache)
        from scenes.production.frames.contact_sheet import contact_sheet

        with disk_errors(out, OUT_ADVICE):
            pages = contact_sheet(path, cues, out, every)
    for page in pages:
        click.echo(display(page))


def _silent_film(part: Part, options: RenderOptions, cache: TakeCache) -> tuple[Path, CueSheet]:
    """A part as one film for looking at, in the cache's own folder, and its cue sheet."""
    takes = make_takes(part, options.settings(Format.of(REVIEW)), options, cache)
    from scenes.narration.cues import CueSheet
    from scenes.production.package.join import join_takes

    path = cache.work / f"{part.filename}.mp4"
    join_takes([take.path for take in takes], path, part.title)
    return path, CueSheet.concatenated(take.cues for take in takes)
