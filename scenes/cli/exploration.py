"""What an exploration of a loss is asked for on the command line, and how it is made: for a film of it, or a check."""

from __future__ import annotations

import functools
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from descent_core.counted import counted
from scenes.cli.options import Number

if TYPE_CHECKING:
    from descent_core.explore.exploration import Exploration
    from descent_core.explore.request import ExplorationRequest

#: Seconds before the first line of progress.
_PATIENCE = 2.0
#: What a line of progress says, by what goes on.
_DOING = {
    "runs": "Training: {done} of {total} evaluations of the loss",
    "landscape": "Sampling: {done} of {total} evaluations of the loss",
    "bench": "Recording for the bench: {done} of {total} runs",
    "map": "Walking for the map: {done} of {total} walks",
}
#: Steps of each run.
_STEPS = 200


class Numbers(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """Whole numbers with commas between: ``0,3``."""

    name = "I,J"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        try:
            return tuple(int(piece) for piece in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is not two whole numbers with a comma, such as 0,3.", param, ctx)


@dataclass(frozen=True)
class ExplorationOptions:
    """What is asked for of the runs on a loss; the defaults are those of the command line.

    Attributes
    ----------
    start
        A number a coefficient, with commas between; None for the start that the file gives.
    lrs, optimizer, steps, axes, zero_grad
        As of an `ExplorationRequest`.
    """

    start: str | None = None
    lrs: tuple[float, ...] = ()
    optimizer: str | None = None
    steps: int = _STEPS
    axes: tuple[int, ...] | None = None
    zero_grad: bool = True

    def request(self, loss: str) -> ExplorationRequest:
        """The same for one loss, ``FILE.py:LOSS``. Imports torch.

        Raises
        ------
        click.UsageError
            The start is not made of numbers.
        """
        from descent_core.errors import UsageError
        from descent_core.explore.request import ExplorationRequest
        from descent_core.explore.user.loss import parse_start
        from scenes.explore.ground import PROPORTIONS

        try:
            start = tuple(parse_start(self.start)) if self.start is not None else None
        except UsageError as error:
            raise click.UsageError(str(error)) from None
        return ExplorationRequest(
            spec=loss,
            lrs=self.lrs,
            start=start,
            optimizer=self.optimizer,
            steps=self.steps,
            axes=self.axes,
            zero_grad=self.zero_grad,
            proportions=PROPORTIONS,
        )


def exploration_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that explores a loss; the command gets them as ``asked``."""

    @functools.wraps(command)
    def with_options(
        *args: Any,
        start: str | None,
        lrs: tuple[float, ...],
        optimizer: str | None,
        steps: int,
        axes: tuple[int, ...] | None,
        no_zero_grad: bool,
        **others: Any,
    ) -> Any:
        asked = ExplorationOptions(start, lrs, optimizer, steps, axes, not no_zero_grad)
        return command(*args, asked=asked, **others)

    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options


_OPTIONS = (
    click.option(
        "--start", default=None, metavar="X,Y,…", help="Where the runs start: a number a coefficient; 0.5*10 repeats."
    ),
    click.option(
        "--lr",
        "lrs",
        type=Number(),
        multiple=True,
        help="A learning rate; up to 4 times.  [default: that of the file's optimizer, or 0.01, 0.1, 1]",
    ),
    click.option(
        "--optimizer",
        default=None,
        metavar="NAME[:SETTING=VALUE,…]",
        help="Of torch.optim: adam, sgd:momentum=0.9,nesterov=true; default: the file's, or plain gradient descent.",
    ),
    click.option("--steps", type=click.IntRange(1), default=200, show_default=True, help="Of each run."),
    click.option(
        "--coeffs",
        "axes",
        type=Numbers(),
        default=None,
        help="Slice along these two coefficients; default: main directions.",
    ),
    click.option("--no-zero-grad", is_flag=True, help="Show what happens without zero_grad(), beside the best run."),
)


def explored(request: ExplorationRequest, *, quiet: bool, beside: Literal["", "bench", "maps"] = "") -> Exploration:
    """Explore a loss; tell on standard error how far it is, and what became of each run.

    Parameters
    ----------
    beside
        What else to make of it: see `descent_core.explore.exploration.explore`.

    Raises
    ------
    click.UsageError
        No loss could be explored so, or not this one.
    """
    from descent_core.errors import UsageError
    from descent_core.explore.exploration import explore as explore_loss
    from scenes.explore.numbers import told_apart

    try:
        with told_progress(quiet) as report:
            found = explore_loss(request, report, (lambda _: None) if quiet else _note, beside)
    except UsageError as error:
        raise click.UsageError(str(error)) from None
    if not quiet:
        for label in found.summary.verdicts:
            run = found.recordings[label]
            first, last = run.losses[0], run.losses[-1]
            losses = f"loss {told_apart(first, last)} to {told_apart(last, first)}"
            _print_beside(f"{label:12s} lr {run.lr:<8g} {counted(run.steps, 'step'):>10s}  {losses}  {run.outcome}")
    return found


def loss_name(spec: str) -> str:
    """What a loss's film or picture is called: by its file too, as two files may each have a ``loss``.

    >>> loss_name("scenes/examples/losses.py:himmelblau")
    'losses-himmelblau'
    """
    file, _, name = spec.rpartition(":")
    return re.sub(r"\W+", "-", f"{Path(file).stem}-{name}").strip("-")


def _note(line: str) -> None:
    _print_beside(f"Note: {line}")


def _print_beside(line: str) -> None:
    """A line on standard error, over a line of progress."""
    click.echo(f"\r{line}" if sys.stderr.isatty() else line, err=True)


@contextmanager
def told_progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A function that prints the progress, once it takes longer than a moment; on a terminal over the last line."""
    last_line = {"at": time.monotonic()}
    patience = _PATIENCE if sys.stderr.isatty() else 5 * _PATIENCE

    def report(what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if quiet or now - last_line["at"] < (0.2 if "shown" in last_line and sys.stderr.isatty() else patience):
            return
        last_line["at"] = last_line["shown"] = now
        line = _DOING[what].format(done=f"{done:,}", total=f"{total:,}")
        click.echo(f"\r{line:<70s}" if sys.stderr.isatty() else line, nl=not sys.stderr.isatty(), err=True)

    yield report
    if "shown" in last_line and sys.stderr.isatty():
        click.echo(err=True)
