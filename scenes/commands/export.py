"""``render.py export``: recordings and scenes for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from scenes.commands.options import ELSEWHERE, Manner, manner_options, out_option, quality_option, writable
from scenes.film.quality import QUALITIES
from scenes.series import made, part


@click.group()
def export() -> None:
    """Hand a recording or a scene to other programs. (A still without its background: still --transparent.)"""


@export.command()
@click.argument("label")
@click.option("--to", "kind", type=click.Choice(["csv", "json"]), default="csv", show_default=True, help="Format.")
@out_option
def run(label: str, kind: str, out: Path) -> None:
    """Write the recording called LABEL, every number to its last bit.

    A csv has a line a step: step, loss, and for each knob k coeff_k, slope_k (the fresh gradient) and
    grad_k (what .grad held when the step was taken; empty in the last line). A json also has the label,
    learning rate, outcome and how it was made.

    \b
    Examples:
      python render.py export run right --to csv
      python render.py export run too-big --to json -o data
    """
    from descent_core import library
    from descent_core.archive import write_whole
    from scenes.film.faults import told

    recorded = library.recording(label)
    writable(out)
    text = recorded.to_csv() if kind == "csv" else recorded.to_json()
    with told(out, ELSEWHERE):
        path = write_whole(out / f"{label}.{kind}", text.encode())
    click.echo(f"{path}  {recorded.steps + 1} rows, {recorded.knobs} knobs, {recorded.outcome}")


@export.command()
@click.argument("name", metavar="PART")
@click.argument("scene")
@click.option("--to", "kind", type=click.Choice(["gif", "webm"]), default="webm", show_default=True, help="Format.")
@click.option("--beat", default=None, help="Only this beat.")
@click.option("--width", type=click.IntRange(16, 7680), default=None, help="In pixels; default: a gif 640, a webm all.")
@quality_option("preview")
@out_option
@manner_options
def scene(
    name: str, scene: str, kind: str, beat: str | None, width: int | None, quality: str, out: Path, manner: Manner
) -> None:
    """Write a scene as a moving picture without sound: a GIF that goes on for ever, or a WebM.

    \b
    Examples:
      python render.py export scene gradient fog --to webm
      python render.py export scene gradient step-size --beat "too big" --to gif --theme light
    """
    from descent_core.archive import write_whole
    from scenes.film.faults import told
    from scenes.film.progress import shown
    from scenes.film.take_cache import TakeCache
    from scenes.film.takes import render_all

    one = part(name)
    if not one.scenes:
        there = " or ".join(f"{other.slug!r}" for other in made())
        raise click.UsageError(f"Part {one.number}, {one.slug!r}, is not made yet. There is {there}.")
    chosen = one.scene(scene)
    writable(out)
    size = manner.dressed(QUALITIES[quality])
    with TakeCache() as cache:
        with shown(f"{chosen.title}, {size}", [chosen], quiet=manner.quiet, verbose=manner.verbose) as on_event:
            (take,) = render_all(
                one,
                size,
                cache=cache,
                jobs=manner.jobs,
                voice=manner.voice,
                scenes=[chosen],
                on_event=on_event,
                verbose=manner.verbose,
            )
        from scenes.film import moving

        begin, end = moving.span(take, beat)
        if kind == "gif":
            content = moving.as_gif(take, beat, width or moving.GIF_WIDTH)
        else:
            content = moving.as_webm(take, beat, width)
    stem = chosen.slug if beat is None else f"{chosen.slug}-{'-'.join(beat.split())}"
    with told(out, ELSEWHERE, len(content)):
        path = write_whole(out / f"{stem}.{kind}", content)
    click.echo(f"{path}  {end - begin:.1f} s, {len(content) / 1e6:.1f} MB")
