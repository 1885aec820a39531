"""``descent explore``: the film of your own loss. Light: torch and manim are imported when it runs."""

from __future__ import annotations

import io
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from scenes.cli.exploration import ExplorationOptions, exploration_options, explored, loss_name
from scenes.cli.options import (
    OUT_ADVICE,
    RenderOptions,
    display,
    out_option,
    quality_option,
    render_options,
    require_writable,
    sounds_option,
)
from scenes.cli.rendering import make_package
from scenes.narration.timecode import timecode
from scenes.production.format import FORMATS, RenderSettings

if TYPE_CHECKING:
    from descent_core.explore.exploration import Exploration


@click.command()
@click.argument("loss", metavar="FILE.py:LOSS")
@exploration_options
@click.option("--still", "only_still", is_flag=True, help="One picture instead of a film.")
@click.option("--map", "only_map", is_flag=True, help="One picture of where walks from every start end.")
@click.option("--bench/--no-bench", default=True, help="Whether the film's page has many runs to try.")
@quality_option("preview")
@out_option()
@sounds_option
@render_options
def explore(
    loss: str,
    asked: ExplorationOptions,
    only_still: bool,
    only_map: bool,
    bench: bool,
    quality: str,
    out: Path,
    sounds: bool,
    options: RenderOptions,
) -> None:
    """Make a film of your own loss: your mountain, the walks on it, and what became of each.

    LOSS is a function of a tensor of shape (D,) that returns one number. Or it is a function without
    arguments that returns such a function, or (loss, start), or (model, closure): an nn.Module, and a
    function that computes its loss, on a minibatch if you like. The coefficients are then its parameters.
    Or it is (model, closure, optimizer): then that optimizer makes the runs, with its own settings.

    \b
    Examples:
      descent explore scenes/examples/losses.py:himmelblau --start 0.2,0.3 --lr 0.002 --lr 0.01 --lr 0.03
      descent explore my.py:make --optimizer adam --lr 0.01 --steps 500 --still
      descent explore scenes/examples/losses.py:himmelblau --start 0.2,0.3 --lr 0.01 --lr 0.03 --map
    """
    began = time.monotonic()
    request = asked.request(loss)
    require_writable(out)
    if only_still and only_map:
        raise click.UsageError("--still and --map are two pictures: ask for one at a time.")
    beside: Literal["", "bench", "maps"] = "maps" if only_map else "bench" if bench and not only_still else ""
    found = explored(request, quiet=options.quiet, beside=beside)
    name = loss_name(loss)
    with tempfile.TemporaryDirectory(prefix="explore-") as folder:
        recordings = found.save(Path(folder))
        if only_map:
            path, size = _map(name, found, options.settings(FORMATS[quality]), out)
            click.echo(f"{display(path)}  {size}, made in {_spent(began)}")
            return
        if only_still:
            path, size = _still(name, recordings, options.settings(FORMATS[quality]), out)
            click.echo(f"{display(path)}  {size}, made in {_spent(began)}")
            return
        film = _film(name, found, recordings, options.settings(FORMATS[quality]), out, sounds, options)
    click.echo(f"{film} made in {_spent(began)}")


def _still(name: str, recordings: Path, settings: RenderSettings, out: Path) -> tuple[Path, str]:
    """The one picture, drawn here in this process."""
    from descent_core import library
    from descent_core.recordings.archive import write_atomically
    from scenes.explore.film import STILL
    from scenes.production.disk_errors import disk_errors
    from scenes.production.takes.render import render_last_frame

    with library.recordings_from(recordings):
        frame = render_last_frame(STILL, settings)
    path = out / f"explore-{name}.png"
    content = io.BytesIO()
    frame.save(content, "PNG")
    with disk_errors(out, OUT_ADVICE):
        write_atomically(path, content.getvalue())
    return path, f"{frame.width}x{frame.height}"


def _map(name: str, found: Exploration, settings: RenderSettings, out: Path) -> tuple[Path, str]:
    """The map of fates, drawn here in this process."""
    from descent_core.recordings.archive import write_atomically
    from scenes.explore.tried.fate_picture import draw_maps
    from scenes.production.disk_errors import disk_errors
    from scenes.theme import using_theme

    assert found.maps is not None  # it was asked for
    with using_theme(settings.theme):
        picture = draw_maps(found.maps, found.landscape, settings.format.height)
    path = out / f"explore-{name}-map.png"
    content = io.BytesIO()
    picture.save(content, "PNG")
    with disk_errors(out, OUT_ADVICE):
        write_atomically(path, content.getvalue())
    return path, f"{picture.width}x{picture.height}"


def _film(
    name: str,
    found: Exploration,
    recordings: Path,
    settings: RenderSettings,
    out: Path,
    sounds: bool,
    options: RenderOptions,
) -> str:
    from descent_core import library
    from scenes.explore.film import explore_part
    from scenes.production.disk_errors import disk_errors
    from scenes.production.takes.cache import TakeCache

    part = explore_part(
        name, found.summary.title, no_zero_grad=found.summary.no_zero_grad, bench=found.bench is not None
    )
    with library.recordings_from(recordings), TakeCache() as cache:
        done = make_package(part, settings, out, None, options, cache, sounds=sounds)
    with disk_errors(out, OUT_ADVICE):
        found.save(done.folder / "recordings")
    return f"{display(done.film)}  {timecode(done.cues.length)} long, {settings.format},"


def _spent(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"
