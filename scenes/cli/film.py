"""``descent film``, ``descent page`` and ``descent list``: whole films, and what there is."""

from __future__ import annotations

import time
from pathlib import Path

import click

from scenes.cli.options import (
    OUT_ADVICE,
    RenderOptions,
    display,
    made_part,
    out_option,
    quality_option,
    render_options,
    require_writable,
    sounds_option,
)
from scenes.cli.rendering import make_package
from scenes.narration.timecode import timecode
from scenes.production.format import FORMATS
from scenes.series import SERIES, made_parts


@click.command(name="list")
def list_films() -> None:
    """List the parts of the series and their scenes."""
    for part in SERIES:
        state = "" if part.scenes else "  (not made yet)"
        click.echo(f"{part.number}  {part.slug:14s} {part.title}: {part.picture}{state}")
        for ref in part.scenes:
            click.echo(f"     {ref.slug:14s} {ref.title}")


@click.command()
@click.argument("parts", nargs=-1, metavar="[PART]...")
@quality_option("hd")
@out_option()
@click.option(
    "--music",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="A sound file to lie under the speech.",
)
@sounds_option
@click.option(
    "--captions",
    type=click.Choice(["track", "open"]),
    default="track",
    show_default=True,
    help="A track to switch on, or also drawn into the picture for sites that show none.",
)
@render_options
def film(
    parts: tuple[str, ...],
    quality: str,
    out: Path,
    music: Path | None,
    sounds: bool,
    captions: str,
    options: RenderOptions,
) -> None:
    """Render whole films: PART is a number or a name, such as 4 or gradient. Default: all there are.

    Each gets a folder: the film with sound, captions and chapters in it, a page that plays it
    (index.html), transcript, captions, poster, teaser, and a manifest of the runs it shows. Scenes in
    which nothing changed since they were last rendered are not drawn again.

    \b
    Examples:
      descent film
      descent film 4 --quality draft --out look
    """
    from scenes.production.takes.cache import TakeCache

    wanted = [made_part(name) for name in parts] or list(made_parts())
    if music is not None:  # now, and not after all is drawn
        from scenes.production.sound.mix import SoundError
        from scenes.production.sound.music import require_sound

        require_sound(music, SoundError)
    require_writable(out)
    settings = options.settings(FORMATS[quality], burn_captions=captions == "open")
    for part in wanted:
        started = time.monotonic()
        with TakeCache() as cache:
            package = make_package(part, settings, out, music, options, cache, sounds=sounds)
        took = timecode(time.monotonic() - started)
        length = timecode(package.cues.length)
        click.echo(f"{display(package.film)}  {length} long, {settings.format}, made in {took}")
    click.echo(display(_front_page(out)))


@click.command(name="page")
@out_option()
def page(out: Path) -> None:
    """Make the front page over all films in a folder, made and not made yet; opens from disk."""
    require_writable(out)
    click.echo(display(_front_page(out)))


def _front_page(out: Path) -> Path:
    from scenes.production.disk_errors import disk_errors
    from scenes.production.locks import exclusive
    from scenes.production.package.build import front_page

    with disk_errors(out, OUT_ADVICE), exclusive(out):
        return front_page(out)
