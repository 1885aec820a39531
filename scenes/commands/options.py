"""What the commands share: their options, and what they check before they begin. No torch, no manim."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from scenes.film.quality import QUALITIES, Quality

#: What to do about a folder that cannot be written.
ELSEWHERE = "name another folder with --out"
#: The voices of `scenes.film.voice`, which is not imported for the help.
VOICES = ("piper", "flite", "none")
#: The looks of `scenes.theme`, likewise.
LOOKS = ("dark", "light")


def quality_option(default: str) -> Callable[[Any], Any]:
    sizes = ", ".join(f"{name} {quality}" for name, quality in QUALITIES.items())
    return click.option(
        "-q",
        "--quality",
        type=click.Choice(list(QUALITIES)),
        default=default,
        show_default=True,
        help=f"{sizes}.",
    )


out_option = click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("films"),
    show_default=True,
    help="Folder to write into; made if it isn't there.",
)


@dataclass(frozen=True)
class Manner:
    """How scenes are to be rendered: how many at once, who speaks, in which look, and how much is told."""

    jobs: int | None
    voice: str | None
    theme: str
    quiet: bool
    verbose: bool

    def dressed(self, quality: Quality) -> Quality:
        """A quality, in the look that was asked for."""
        return replace(quality, theme=self.theme)


def manner_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that renders; the command gets them as its ``manner``."""

    def with_manner(
        *args: Any, jobs: int | None, voice: str | None, theme: str, quiet: bool, verbose: bool, **others: Any
    ) -> Any:
        return command(*args, manner=Manner(jobs, voice, theme, quiet, verbose), **others)

    with_manner.__name__, with_manner.__doc__ = command.__name__, command.__doc__
    # What was put on the command itself by the decorators below this one.
    with_manner.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Tell why a scene is drawn again, and what manim logs."),
        click.option("--quiet", is_flag=True, help="Tell the result, and nothing else."),
        click.option("--theme", type=click.Choice(LOOKS), default="dark", show_default=True, help="How it looks."),
        click.option(
            "--voice", type=click.Choice(VOICES), default=None, help="Who speaks; default: the best installed."
        ),
        click.option("-j", "--jobs", type=click.IntRange(1), default=None, help="Scenes at once; default: one a core."),
    ):
        with_manner = option(with_manner)
    return with_manner


def writable(out: Path) -> None:
    """Say now, not after the rendering, that nothing can be written there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise click.ClickException(
            f"Nothing can be written into {out}: {error.strerror}. Name another with --out."
        ) from None
