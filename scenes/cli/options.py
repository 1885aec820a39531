"""What the commands share: their options, and what they check before they begin. No torch, no manim."""

from __future__ import annotations

import functools
import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from scenes.narration.voices.registry import VOICES
from scenes.part import Part, SceneRef
from scenes.production.format import FORMATS, Format, RenderSettings
from scenes.series import find_part, made_parts

#: What to do about a folder that cannot be written.
OUT_ADVICE = "name another folder with --out"
#: Where the folder is, in ``click.Context.meta``, that the command was typed in: a file of the user's may go elsewhere.
HERE = "descent.here"
#: The voices, by name.
VOICE_NAMES = tuple(VOICES)
#: What may be heard of scenes beside a voice: their own sounds, or none.
SOUNDS = ("scene", "none")
#: The themes of `scenes.theme`, likewise.
THEME_NAMES = ("dark", "light")


def quality_option(default: str) -> Callable[[Any], Any]:
    """``--quality``: a name of `scenes.production.format.FORMATS`."""
    sizes = ", ".join(f"{name} {size}" for name, size in FORMATS.items())
    return click.option(
        "-q",
        "--quality",
        type=click.Choice(list(FORMATS)),
        default=default,
        show_default=True,
        help=f"{sizes}.",
    )


def out_option(default: str = "films") -> Callable[[Any], Any]:
    """``--out``: the command gets it as an absolute path, whatever folder a file of the user's goes to meanwhile."""
    return click.option(
        "-o",
        "--out",
        type=click.Path(path_type=Path),
        default=Path(default),
        show_default=True,
        callback=lambda _context, _parameter, value: value.absolute(),
        help="Folder to write into; made if it isn't there.",
    )


@dataclass(frozen=True)
class RenderOptions:
    """What was asked for of rendering: how many scenes at once, which voice and theme, and how much is printed."""

    jobs: int | None
    voice: str | None
    theme: str
    quiet: bool
    verbose: bool

    def settings(self, format_: Format, *, burn_captions: bool = False) -> RenderSettings:
        """How to render in a format."""
        return RenderSettings(format_, self.theme, burn_captions)


def render_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that renders; the command gets them as ``options``."""

    @functools.wraps(command)
    def with_options(
        *args: Any, jobs: int | None, voice: str | None, theme: str, quiet: bool, verbose: bool, **others: Any
    ) -> Any:
        return command(*args, options=RenderOptions(jobs, voice, theme, quiet, verbose), **others)

    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Tell why a scene is drawn again, and what manim logs."),
        click.option("--quiet", is_flag=True, help="Tell the result, and nothing else."),
        click.option("--theme", type=click.Choice(THEME_NAMES), default="dark", show_default=True, help="Colours."),
        click.option(
            "--voice", type=click.Choice(VOICE_NAMES), default=None, help="Who speaks; default: the best installed."
        ),
        click.option("-j", "--jobs", type=click.IntRange(1), default=None, help="Scenes at once; default: one a core."),
    ):
        with_options = option(with_options)
    return with_options


def sounds_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--sounds``: the command gets ``sounds`` as a bool."""
    return click.option(
        "--sounds",
        type=click.Choice(SOUNDS),
        default=SOUNDS[0],
        show_default=True,
        callback=lambda _context, _parameter, value: value == SOUNDS[0],
        help="What is heard under a voice: wind, steps in snow, a radio, of what happens in the scenes; or nothing.",
    )(command)


def made_part(name: str) -> Part:
    """The part of that number or name, which must be made."""
    part = find_part(name)
    if not part.scenes:
        there = " or ".join(f"{other.slug!r}" for other in made_parts())
        raise click.UsageError(f"Part {part.number}, {part.slug!r}, is not made yet. There is {there}.")
    return part


def file_scenes(file: str) -> tuple[str, Sequence[SceneRef]]:
    """The title of the deck in a file of Python, and its scenes. Imports manim, and runs the file.

    Raises
    ------
    click.UsageError
        There is no such file.
    DeckError
        It has no scenes, or fails when it is run.
    """
    path = Path(file).absolute()  # the file may go to another folder
    if path.is_dir():
        raise click.UsageError(f"{file} is a folder. Name a file of Python in it, such as {file}/my_talk.py.")
    if not path.is_file():
        raise click.UsageError(f"There is no file {file}.")
    from scenes.talk.deck_file import scenes_in

    return scenes_in(path)


def scene_names(names: str) -> list[str]:
    """The names in what ``--scenes`` is given.

    Raises
    ------
    click.UsageError
        There are none.

    >>> scene_names("fog, step-size")
    ['fog', 'step-size']
    """
    found = [name.strip() for name in names.split(",") if name.strip()]
    if not found:
        raise click.UsageError("--scenes names no scene. Give some, such as --scenes fog,step-size.")
    return found


class Number(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A finite number, of at least ``low``: Python reads ``nan`` and ``inf`` as numbers too.

    >>> Number(0).convert("2.5", None, None)
    2.5
    """

    name = "float"

    def __init__(self, low: float = -math.inf) -> None:
        self._low = low

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not self._low <= number < math.inf:
            least = "" if self._low == -math.inf else f" of {self._low:g} or more"
            self.fail(f"{value!r} is not a number{least}.", param, ctx)
        return number


def display(path: Path) -> Path:
    """A path as people like to read it: from where they are, if it lies below."""
    context = click.get_current_context(silent=True)
    here = context.meta.get(HERE) if context is not None else None
    here = here or Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def require_writable(out: Path) -> None:
    """Say now, not after the rendering, that nothing can be written there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise click.ClickException(
            f"Nothing can be written into {out}: {error.strerror}. Name another with --out."
        ) from None
