"""``render.py explore``: the film of your own loss. Light: torch and manim are imported when it runs."""

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

from scenes.commands.making import packaged
from scenes.commands.options import ELSEWHERE, Manner, manner_options, out_option, quality_option, writable
from scenes.film.quality import QUALITIES, Quality

if TYPE_CHECKING:
    from descent_core.expedition import Expedition, Wish

#: The learning rates of somebody who names none.
LRS = (0.01, 0.1, 1.0)
#: Seconds that nothing is said for.
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
@click.option("--start", default=None, metavar="X,Y,…", help="Where the walks start: a number a knob; 0.5*10 repeats.")
@click.option("--lr", "lrs", type=float, multiple=True, help="A learning rate; up to 4 times.  [default: 0.01, 0.1, 1]")
@click.option("--optimizer", default=None, help="Of torch.optim, such as adam; default: plain gradient descent.")
@click.option("--steps", type=click.IntRange(1), default=200, show_default=True, help="Of each walk.")
@click.option("--knobs", type=Numbers(), default=None, help="Slice through these two knobs; default: main directions.")
@click.option(
    "--no-zero-grad", "forgetful", is_flag=True, help="Show the forgotten zero_grad(), beside the right walk."
)
@click.option("--still", "only_still", is_flag=True, help="One picture instead of a film.")
@quality_option("preview")
@out_option
@manner_options
def explore(
    loss: str,
    start: str | None,
    lrs: tuple[float, ...],
    optimizer: str | None,
    steps: int,
    knobs: tuple[int, ...] | None,
    forgetful: bool,
    only_still: bool,
    quality: str,
    out: Path,
    manner: Manner,
) -> None:
    """Make a film of your own loss: your mountain, the walks on it, and what became of each.

    LOSS is a function of a tensor of shape (D,) that returns one number. Or it is a function without
    arguments that returns such a function, or (loss, start), or (model, closure): an nn.Module, and a
    function that computes its loss, on a minibatch if you like. The knobs are then its parameters.

    \b
    Examples:
      python render.py explore scenes/examples/losses.py:himmelblau --start 0.2,0.3 --lr 0.002 --lr 0.01 --lr 0.03
      python render.py explore my.py:make --optimizer adam --lr 0.01 --steps 500 --still
    """
    from descent_core.errors import WrongUse

    began = time.monotonic()
    try:
        wish = _wish(loss, start, lrs or LRS, optimizer, steps, knobs, forgetful)
        writable(out)
        with _progress(manner.quiet) as tell:
            found = _explore(wish, tell, manner.quiet)
    except WrongUse as error:
        raise click.UsageError(str(error)) from None
    name = re.sub(r"\W+", "-", wish.spec.rpartition(":")[2]).strip("-") or "loss"
    with tempfile.TemporaryDirectory(prefix="explore-") as place:
        handed = found.save(Path(place))
        if only_still:
            path, size = _still(name, handed, manner.dressed(QUALITIES[quality]), out)
            click.echo(f"{path}  {size}, made in {_spent(began)}")
            return
        film = _film(name, found, handed, quality, out, manner)
    click.echo(f"{film}  made in {_spent(began)}")


def _wish(
    loss: str,
    start: str | None,
    lrs: tuple[float, ...],
    optimizer: str | None,
    steps: int,
    knobs: tuple[int, ...] | None,
    forgetful: bool,
) -> Wish:
    from descent_core.expedition import Wish
    from descent_core.own_loss import parse_start

    return Wish(
        spec=loss,
        lrs=lrs,
        start=tuple(parse_start(start)) if start is not None else None,
        optimizer=optimizer,
        steps=steps,
        knobs=knobs,
        zero_grad=not forgetful,
    )


def _explore(wish: Wish, tell: Callable[[str, int, int], object], quiet: bool) -> Expedition:
    from descent_core.expedition import explore as walk

    found = walk(wish, tell, (lambda _: None) if quiet else _note)
    if not quiet:
        for label, run in found.recordings.items():
            if label.startswith(("walk", "forgetful")):
                ended = f"loss {run.losses[0]:.4g} to {run.losses[-1]:.4g}"
                _say(f"{label:10s} lr {run.lr:<8g} {run.steps:4d} steps  {ended}  {run.outcome}")
    return found


def _note(line: str) -> None:
    _say(f"Note: {line}")


def _say(line: str) -> None:
    """On a line of its own, beside the result."""
    click.echo(f"\r{line}" if sys.stderr.isatty() else line, err=True)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Tells how far it is, once that takes longer than a moment: over itself on a terminal, else now and then."""
    spoken = {"at": time.monotonic()}
    patience = _PATIENCE if sys.stderr.isatty() else 5 * _PATIENCE

    def tell(what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if quiet or now - spoken["at"] < (0.2 if "shown" in spoken and sys.stderr.isatty() else patience):
            return
        spoken["at"] = spoken["shown"] = now
        line = f"{'Walking' if what == 'walks' else 'Looking around'}: {done:,} of {total:,} looks at the loss"
        click.echo(f"\r{line:<70s}" if sys.stderr.isatty() else line, nl=not sys.stderr.isatty(), err=True)

    yield tell
    if "shown" in spoken and sys.stderr.isatty():
        click.echo(err=True)


def _still(name: str, handed: Path, quality: Quality, out: Path) -> tuple[Path, str]:
    """The one picture, drawn here in this process."""
    from descent_core import library
    from descent_core.archive import write_whole
    from scenes.explore.film import STILL
    from scenes.film.faults import told
    from scenes.film.take import picture

    with library.handed(handed):
        frame = picture(STILL, quality)
    path = out / f"explore-{name}.png"
    content = io.BytesIO()
    frame.save(content, "PNG")
    with told(out, ELSEWHERE):
        write_whole(path, content.getvalue())
    return path, f"{frame.width}x{frame.height}"


def _film(name: str, found: Expedition, handed: Path, quality: str, out: Path, manner: Manner) -> str:
    from descent_core import library
    from scenes.explore.film import film
    from scenes.film.faults import told
    from scenes.film.take_cache import TakeCache

    one = film(name, found.title, forgetful="forgetful" in found.recordings)
    with library.handed(handed), TakeCache() as cache:
        done = packaged(one, QUALITIES[quality], out, None, manner, cache)
    with told(out, ELSEWHERE):
        found.save(done.folder / "recordings")
    return f"{done.film}  {int(done.sheet.length) // 60}:{int(done.sheet.length) % 60:02d} long, {QUALITIES[quality]},"


def _spent(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"
