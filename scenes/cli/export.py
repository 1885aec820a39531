"""``descent export``: recordings and scenes for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from descent_core.counted import counted
from scenes.cli.options import (
    OUT_ADVICE,
    RenderOptions,
    display,
    made_part,
    out_option,
    quality_option,
    render_options,
    require_writable,
)
from scenes.cli.rendering import make_takes
from scenes.production.format import FORMATS


@click.group()
def export() -> None:
    """Hand a recording or a scene to other programs. (A still without its background: still --transparent.)"""


@export.command()
@click.argument("label")
@click.option("--to", "kind", type=click.Choice(["csv", "json"]), default="csv", show_default=True, help="Format.")
@out_option()
def run(label: str, kind: str, out: Path) -> None:
    """Write the recording called LABEL, every number to its last bit.

    A csv has a line a step: step, loss, and for each coefficient k coeff_k, slope_k (the fresh gradient) and
    grad_k (what .grad held when the step was taken; empty in the last line). A json also has the label,
    learning rate, outcome and how it was made.

    \b
    Examples:
      descent export run right --to csv
      descent export run too-big --to json -o data
    """
    from descent_core import library
    from descent_core.recordings.archive import write_atomically
    from scenes.production.disk_errors import disk_errors

    recorded = library.recording(label)
    require_writable(out)
    text = recorded.to_csv() if kind == "csv" else recorded.to_json()
    with disk_errors(out, OUT_ADVICE):
        path = write_atomically(out / f"{label}.{kind}", text.encode())
    size = f"{counted(recorded.steps + 1, 'row')}, {counted(recorded.dimensions, 'coefficient')}"
    click.echo(f"{display(path)}  {size}, {recorded.outcome}")


@export.command()
@click.argument("name", metavar="PART")
@click.argument("scene")
@click.option("--to", "kind", type=click.Choice(["gif", "webm"]), default="webm", show_default=True, help="Format.")
@click.option("--beat", default=None, help="Only this beat.")
@click.option("--width", type=click.IntRange(16, 7680), default=None, help="In pixels; default: a gif 640, a webm all.")
@quality_option("preview")
@out_option()
@render_options
def scene(
    name: str,
    scene: str,
    kind: str,
    beat: str | None,
    width: int | None,
    quality: str,
    out: Path,
    options: RenderOptions,
) -> None:
    """Write a scene as a moving picture without sound: a GIF that goes on for ever, or a WebM.

    \b
    Examples:
      descent export scene gradient fog --to webm
      descent export scene gradient step-size --beat "too big" --to gif
    """
    from rich.filesize import decimal

    from descent_core.recordings.archive import write_atomically
    from scenes.production.disk_errors import disk_errors
    from scenes.production.takes.cache import TakeCache

    part = made_part(name)
    ref = part.scene(scene)
    require_writable(out)
    with TakeCache() as cache:
        (take,) = make_takes(part, options.settings(FORMATS[quality]), options, cache, [ref], title=ref.title)
        from scenes.production.frames.moving_pictures import GIF_WIDTH, beat_span, take_gif, take_webm

        begin, end = beat_span(take.cues, beat)
        if kind == "gif":
            content = take_gif(take.path, take.cues, beat, width or GIF_WIDTH)
        else:
            content = take_webm(take.path, take.cues, beat, width)
    stem = ref.slug if beat is None else f"{ref.slug}-{'-'.join(beat.split())}"
    with disk_errors(out, OUT_ADVICE, len(content)):
        path = write_atomically(out / f"{stem}.{kind}", content)
    click.echo(f"{display(path)}  {end - begin:.1f} s, {decimal(len(content))}")
