"""``descent explore``: the film of your own loss. Light: torch and manim are imported when it runs."""

from __future__ import annotations

import io
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from descent_core.counted import counted
from scenes.cli.options import (
    OUT_ADVICE,
    Number,
    RenderOptions,
    display,
    out_option,
    quality_option,
    render_options,
    require_writable,
)
from scenes.cli.rendering import make_package
from scenes.narration.timecode import timecode
from scenes.production.format import FORMATS, RenderSettings

if TYPE_CHECKING:
    from descent_core.explore.exploration import Exploration
    from descent_core.explore.request import ExplorationRequest

#: Seconds before the first line of progress.
_PATIENCE = 2.0


class Numbers(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """Whole numbers with commas between: ``0,3``."""

    name = "I,J"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        try:
            return tuple(int(piece) for piece in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is not two whole numbers with a comma, such as 0,3.", param, ctx)


@click.command()
@click.argument("loss", metavar="FILE.py:LOSS")
@click.option(
    "--start", default=None, metavar="X,Y,…", help="Where the runs start: a number a coefficient; 0.5*10 repeats."
)
@click.option(
    "--lr",
    "lrs",
    type=Number(),
    multiple=True,
    help="A learning rate; up to 4 times.  [default: that of the file's optimizer, or 0.01, 0.1, 1]",
)
@click.option(
    "--optimizer",
    default=None,
    metavar="NAME[:SETTING=VALUE,…]",
    help="Of torch.optim: adam, sgd:momentum=0.9,nesterov=true; default: the file's, or plain gradient descent.",
)
@click.option("--steps", type=click.IntRange(1), default=200, show_default=True, help="Of each run.")
@click.option(
    "--coeffs",
    "axes",
    type=Numbers(),
    default=None,
    help="Slice along these two coefficients; default: main directions.",
)
@click.option("--no-zero-grad", is_flag=True, help="Show what happens without zero_grad(), beside the best run.")
@click.option("--still", "only_still", is_flag=True, help="One picture instead of a film.")
@quality_option("preview")
@out_option()
@render_options
def explore(
    loss: str,
    start: str | None,
    lrs: tuple[float, ...],
    optimizer: str | None,
    steps: int,
    axes: tuple[int, ...] | None,
    no_zero_grad: bool,
    only_still: bool,
    quality: str,
    out: Path,
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
    """
    from descent_core.errors import UsageError

    began = time.monotonic()
    try:
        request = _request(loss, start, lrs, optimizer, steps, axes, not no_zero_grad)
        require_writable(out)
        with _progress(options.quiet) as report:
            found = _explore(request, report, options.quiet)
    except UsageError as error:
        raise click.UsageError(str(error)) from None
    name = _name(request.spec)
    with tempfile.TemporaryDirectory(prefix="explore-") as folder:
        recordings = found.save(Path(folder))
        if only_still:
            path, size = _still(name, recordings, options.settings(FORMATS[quality]), out)
            click.echo(f"{display(path)}  {size}, made in {_spent(began)}")
            return
        film = _film(name, found, recordings, options.settings(FORMATS[quality]), out, options)
    click.echo(f"{film} made in {_spent(began)}")


def _request(
    loss: str,
    start: str | None,
    lrs: tuple[float, ...],
    optimizer: str | None,
    steps: int,
    axes: tuple[int, ...] | None,
    zero_grad: bool,
) -> ExplorationRequest:
    from descent_core.explore.request import ExplorationRequest
    from descent_core.explore.user.loss import parse_start
    from scenes.explore.ground import PROPORTIONS

    return ExplorationRequest(
        spec=loss,
        lrs=lrs,
        start=tuple(parse_start(start)) if start is not None else None,
        optimizer=optimizer,
        steps=steps,
        axes=axes,
        zero_grad=zero_grad,
        proportions=PROPORTIONS,
    )


def _explore(request: ExplorationRequest, report: Callable[[str, int, int], object], quiet: bool) -> Exploration:
    from descent_core.explore.exploration import explore as explore_loss
    from scenes.explore.numbers import told_apart

    found = explore_loss(request, report, (lambda _: None) if quiet else _note)
    if not quiet:
        for label in found.summary.verdicts:
            run = found.recordings[label]
            first, last = run.losses[0], run.losses[-1]
            losses = f"loss {told_apart(first, last)} to {told_apart(last, first)}"
            _print_beside(f"{label:12s} lr {run.lr:<8g} {counted(run.steps, 'step'):>10s}  {losses}  {run.outcome}")
    return found


def _note(line: str) -> None:
    _print_beside(f"Note: {line}")


def _print_beside(line: str) -> None:
    """A line on standard error, over a line of progress."""
    click.echo(f"\r{line}" if sys.stderr.isatty() else line, err=True)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A function that prints the progress, once it takes longer than a moment; on a terminal over the last line."""
    last_line = {"at": time.monotonic()}
    patience = _PATIENCE if sys.stderr.isatty() else 5 * _PATIENCE

    def report(what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if quiet or now - last_line["at"] < (0.2 if "shown" in last_line and sys.stderr.isatty() else patience):
            return
        last_line["at"] = last_line["shown"] = now
        doing = "Training" if what == "runs" else "Sampling"
        line = f"{doing}: {done:,} of {counted(total, 'evaluation')} of the loss"
        click.echo(f"\r{line:<70s}" if sys.stderr.isatty() else line, nl=not sys.stderr.isatty(), err=True)

    yield report
    if "shown" in last_line and sys.stderr.isatty():
        click.echo(err=True)


def _name(spec: str) -> str:
    """What a loss's film or picture is called: by its file too, as two files may each have a ``loss``.

    >>> _name("scenes/examples/losses.py:himmelblau")
    'losses-himmelblau'
    """
    file, _, name = spec.rpartition(":")
    return re.sub(r"\W+", "-", f"{Path(file).stem}-{name}").strip("-")


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


def _film(
    name: str, found: Exploration, recordings: Path, settings: RenderSettings, out: Path, options: RenderOptions
) -> str:
    from descent_core import library
    from scenes.explore.film import explore_part
    from scenes.production.disk_errors import disk_errors
    from scenes.production.takes.cache import TakeCache

    part = explore_part(name, found.summary.title, no_zero_grad=found.summary.no_zero_grad)
    with library.recordings_from(recordings), TakeCache() as cache:
        done = make_package(part, settings, out, None, options, cache)
    with disk_errors(out, OUT_ADVICE):
        found.save(done.folder / "recordings")
    return f"{display(done.film)}  {timecode(done.cues.length)} long, {settings.format},"


def _spent(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"
