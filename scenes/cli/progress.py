"""Lines that tell how far something is that takes long: on a terminal one over the other."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

#: Seconds before the first line of progress.
_PATIENCE = 2.0
#: What a line of progress says, by what goes on.
_DOING = {
    "runs": "Training: {done} of {total} evaluations of the loss",
    "landscape": "Sampling: {done} of {total} evaluations of the loss",
    "bench": "Recording for the bench: {done} of {total} runs",
    "map": "Walking for the map: {done} of {total} walks",
}


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
