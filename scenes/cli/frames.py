"""``descent still`` and ``descent sheet``: single frames of a scene, or of all a film."""

from __future__ import annotations

import io
import os
from pathlib import Path

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
from scenes.production.format import FORMATS

#: Of a PNG: a tenth larger than at its best, in a fifth of the time.
_COMPRESSION = 3


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
    """Draw one frame of a scene as a PNG. Default: its last picture before it goes dark.

    It is the frame that the film has there. All that comes before is jumped, and no line is spoken anew for it: where
    one was not spoken yet, its time is estimated.

    \b
    Examples:
      descent still gradient fog
      descent still gradient step-size --beat "too big"
      descent still gradient step-size --beat "all three" --transparent
    """
    from descent_core.recordings.archive import write_atomically
    from scenes.narration.narrator import narrator
    from scenes.production.disk_errors import disk_errors
    from scenes.production.frames.beat_pictures import picture_of

    if at is not None and beat is not None:
        raise click.UsageError("Give --at or --beat, not both.")
    ref = made_part(name).scene(scene)
    require_writable(out)
    settings = options.settings(FORMATS[quality])
    voice = narrator(options.voice, anew=False)
    drawn = picture_of(ref, settings, voice, at=at, beat=beat, transparent=transparent)
    path = out / f"{ref.slug}-{drawn.time:.1f}s{'-transparent' if transparent else ''}.png"
    picture = io.BytesIO()
    drawn.picture.save(picture, "PNG", compress_level=_COMPRESSION)
    with disk_errors(out, OUT_ADVICE):
        write_atomically(path, picture.getvalue())
    click.echo(f"{display(path)}  {drawn.picture.width}x{drawn.picture.height}, {drawn.time:.1f} s into {ref.slug!r}")


@click.command(name="sheet")
@click.argument("name", metavar="PART")
@click.option("--every", type=Number(0.2), default=1.0, show_default=True, help="Seconds a frame.")
@out_option()
@render_options
def sheet(name: str, every: float, out: Path, options: RenderOptions) -> None:
    """Make a contact sheet: one frame a second with its time, as PNG pages to look through.

    The frames are the film's, drawn for it and nothing else: it needs no film, and no line is spoken for it.
    """
    from scenes.production.disk_errors import disk_errors
    from scenes.production.frames.contact_sheet import contact_sheet, sheet_frames

    part = made_part(name)
    require_writable(out)
    settings = options.settings(FORMATS["hd"])
    frames = sheet_frames(part.scenes, settings, options.voice, every, options.jobs or os.cpu_count() or 1)
    with disk_errors(out, OUT_ADVICE):
        pages = contact_sheet(frames, part.filename, out)
    for page in pages:
        click.echo(display(page))
