"""The command ``descent``, which is ``render.py`` in a checkout: its group of commands, and what becomes of errors."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import click

from scenes.cli.check import check
from scenes.cli.doctor import doctor
from scenes.cli.explore import explore
from scenes.cli.export import export
from scenes.cli.film import film, list_films, page
from scenes.cli.frames import sheet, still
from scenes.cli.new_part import new_part
from scenes.cli.options import HERE
from scenes.cli.record import record
from scenes.cli.rendering import KEPT
from scenes.cli.talk import talk
from scenes.cli.watch import watch

HELP = """Explainer films about how machines learn. Every picture is a real PyTorch run.

\b
Examples:
  descent list                          what there is
  descent film                          all films, 1080p60, into films/
  descent film gradient -q draft        part 4, quick and small
  descent still gradient fog --at 18    one frame, 18 s into a scene
  descent watch gradient fog            its pictures on a page, drawn anew as you save
  descent sheet PART                    a film as pages of small frames
  descent talk gradient --to pptx       part 4 as slides, a click for each beat
  descent export run right --to csv     a recording for a spreadsheet
  descent record too-big                what happens at a big step size
  descent explore FILE.py:LOSS          a film of your own loss
  descent doctor                        what is installed, what is missing
  descent new-part momentum             the skeleton of a film, into the checkout you stand in

In a checkout, python render.py is the same. Scenes are kept once they are drawn: only what changed is drawn again.
"""


class Commands(click.Group):
    """A group whose failures are one clear line: exit 1 for a failure, 2 for wrong use, 130 for Ctrl-C."""

    def invoke(self, ctx: click.Context) -> Any:
        from descent_core.errors import DescentError, UnknownLabel

        _stay_here(ctx)
        in_main_thread = threading.current_thread() is threading.main_thread()  # only there are signals handled
        before = signal.signal(signal.SIGTERM, _stop) if in_main_thread else None
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            kept = " What was finished is kept: the same command goes on from there." if ctx.meta.get(KEPT) else ""
            click.echo(f"\nStopped.{kept}", err=True)
            ctx.exit(130)
        except UnknownLabel as error:
            raise click.UsageError(str(error)) from None
        except DescentError as error:
            raise click.ClickException(str(error)) from None
        finally:
            if before is not None:
                signal.signal(signal.SIGTERM, before)


def _stay_here(ctx: click.Context) -> None:
    """Let paths mean what they mean here, whatever folder a file of the user's goes to."""
    ctx.meta[HERE] = Path.cwd()
    for name in ("DESCENT_CACHE", "DESCENT_RECORDINGS"):
        if os.environ.get(name):
            os.environ[name] = str(Path(os.environ[name]).absolute())


def _stop(*_: object) -> None:
    """SIGTERM ends a command as Ctrl-C does."""
    raise KeyboardInterrupt


@click.group(cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="descent-films", message="%(package)s %(version)s")
def cli() -> None:
    pass


for command in (list_films, film, page, still, sheet, watch, talk, export, record, explore, check, doctor, new_part):
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    try:
        cli(prog_name="descent" if Path(sys.argv[0]).name != "render.py" else "render.py")
    finally:
        # All is written and told: who is asked to end now, while Python clears up, ends as it came out.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
