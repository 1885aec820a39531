"""``descent new-part``: the skeleton of a film, written into a checkout. No torch, no manim."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path

import click

from scenes.outline import Outline

_TEMPLATES = Path(__file__).parent / "new_part_templates"
_PROJECT = "descent-films"
_OUTLINE, _SETTINGS = Path("scenes/outline.py"), Path("pyproject.toml")
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
#: The layer of the films among the import contracts, which name every folder of ``scenes``.
_FILM_LAYER = re.compile(r'^ *"(gradient(?: \| [\w()]+)*)",$', re.MULTILINE)
#: Characters a line of Python, as ruff is configured.
_WIDTH = 120
#: The most characters of a title or a picture, and of a slug: lines with them must not become too long.
_LONGEST, _LONGEST_SLUG = 50, 20
#: What a film thinks in, where no picture is named: that of the scene in the skeleton.
_PICTURE = "a curve that falls"


@dataclass(frozen=True)
class Skeleton:
    """The text of all files that a new film needs, by their paths in the checkout.

    Attributes
    ----------
    film
        The film's outline.
    new
        Files that must not be there yet.
    edited
        Files that are there, as they will be.
    """

    film: Outline
    new: Mapping[Path, str]
    edited: Mapping[Path, str]


@click.command(name="new-part")
@click.argument("slug")
@click.option("--title", default=None, help="What the film is called; by default the slug in words.")
@click.option("--picture", default=None, help=f"The picture that it thinks in; by default {_PICTURE!r}.")
@click.pass_context
def new_part(context: click.Context, slug: str, title: str | None, picture: str | None) -> None:
    """Write the skeleton of a film into the checkout that you stand in.

    SLUG is what the command line will call the film. A film of the outline (scenes/outline.py) that is not
    made yet keeps its number, title and picture; another one is appended to it. Nothing is overwritten.

    \b
    Examples:
      descent new-part momentum
      descent new-part dropout --title "Dropout" --picture "a crew with a few asleep"
    """
    root = checkout(Path.cwd())
    made = skeleton(root, slug, title, picture)
    write(root, made)
    for path in (*made.new, *made.edited):
        click.echo(f"{'wrote' if path in made.new else 'edited':6s}  {path}")
    command = context.find_root().info_name or "descent"
    command = f"python {command}" if command.endswith(".py") else command
    (test,) = (path for path in made.new if path.parts[0] == "tests")
    click.echo("\nNext, in this order:")
    click.echo(f"  {command} film {slug} -q draft")
    click.echo(f"  python -m pytest {test}")
    click.echo(f"  {command} sheet {slug}")


def checkout(folder: Path) -> Path:
    """The root of the checkout that ``folder`` is in.

    Raises
    ------
    click.ClickException
        It is in none.
    """
    for root in (folder, *folder.parents):
        if (root / _OUTLINE).is_file() and _project(root / _SETTINGS) == _PROJECT:
            return root
    raise click.ClickException(
        f"new-part writes into a checkout of the project, and {folder} is in none. "
        "An installed package has nothing to write into: clone the project, go into its folder, and type this again."
    )


def skeleton(root: Path, slug: str, title: str | None = None, picture: str | None = None) -> Skeleton:
    """What a new film needs in the checkout at ``root``; writes nothing.

    Parameters
    ----------
    slug
        What the command line will call it.
    title, picture
        For a film that the outline does not have yet.

    Raises
    ------
    click.UsageError
        The slug is none, the film is made already, or files are in the way.
    """
    if not _SLUG.fullmatch(slug) or iskeyword(slug) or len(slug) > _LONGEST_SLUG:
        raise click.UsageError(
            f"{slug!r} is no slug: it names a folder of Python code. Take at most {_LONGEST_SLUG} small letters, "
            "digits and single hyphens, a letter first, and no keyword of Python; such as training-loop."
        )
    announced = outlines((root / _OUTLINE).read_text("utf-8"))
    film = next((film for film in announced if film.slug == slug), None)
    edited: dict[Path, str] = {}
    if film is None:
        number = max(film.number for film in announced) + 1
        film = Outline(
            number, slug, _one_line("title", title or _in_words(slug)), _one_line("picture", picture or _PICTURE)
        )
        edited[_OUTLINE] = appended((root / _OUTLINE).read_text("utf-8"), film)
    elif (root / "scenes" / film.package / "__init__.py").exists():
        raise click.UsageError(
            f"Part {film.number}, {slug!r}, is made already: it is in scenes/{film.package}. "
            "A scene is added by a file there, and a line in its PART."
        )
    elif title or picture:
        raise click.UsageError(
            f"Part {film.number}, {slug!r}, has its title and its picture in {_OUTLINE}: {film.title!r}, "
            f"{film.picture!r}. Change them there, and leave out --title and --picture."
        )
    edited[_SETTINGS] = with_film_layer((root / _SETTINGS).read_text("utf-8"), film.package)
    new = {path: _filled(template, film) for path, template in _files(film.package).items()}
    in_the_way = [path for path in _must_be_free(film.package, new) if (root / path).exists()]
    if in_the_way:
        raise click.UsageError(
            f"Nothing was written, because this is there already: {', '.join(map(str, in_the_way))}. "
            "Move it away, or take another slug."
        )
    return Skeleton(film, new, edited)


def write(root: Path, made: Skeleton) -> None:
    """Write a skeleton into the checkout at ``root``, whole or not at all.

    Raises
    ------
    click.ClickException
        A file could not be written. What had been written is taken back.
    """
    from descent_core.recordings.archive import write_atomically

    before = {path: (root / path).read_bytes() for path in made.edited}
    written: list[Path] = []  # files and folders, in the order in which they were made
    try:
        for path, text in made.new.items():
            for folder in reversed([*path.parents]):
                if not (root / folder).exists():
                    (root / folder).mkdir()
                    written.append(root / folder)
            with (root / path).open("x", encoding="utf-8", newline="\n") as file:
                written.append(root / path)
                file.write(text)
        for path, text in made.edited.items():
            write_atomically(root / path, text.encode())
    except BaseException as error:
        for path, content in before.items():
            if (root / path).read_bytes() != content:
                write_atomically(root / path, content)
        for entry in reversed(written):
            with suppress(OSError):
                entry.rmdir() if entry.is_dir() else entry.unlink()
        if isinstance(error, OSError):
            raise click.ClickException(
                f"{error.filename or root} cannot be written: {error.strerror}. The checkout is as it was before."
            ) from None
        raise


def outlines(text: str) -> list[Outline]:
    """The films of ``scenes/outline.py``, from its text.

    >>> [film.number for film in outlines('OUTLINES = (Outline(7, "x", "X", "a cross"),)')]
    [7]
    """
    calls = [call for call in _table(text).elts if isinstance(call, ast.Call)]
    return [
        Outline(
            *(ast.literal_eval(value) for value in call.args),
            **{str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords},
        )
        for call in calls
    ]


def appended(text: str, film: Outline) -> str:
    """The text of ``scenes/outline.py`` with one film more.

    >>> print(appended('OUTLINES = (\\n    Outline(7, "x", "X", "a cross"),\\n)', Outline(8, "y", "Y", "a fork")))
    OUTLINES = (
        Outline(7, "x", "X", "a cross"),
        Outline(8, "y", "Y", "a fork"),
    )
    """
    lines = text.splitlines(keepends=True)
    end = _table(text).end_lineno or 0
    edited = "".join([*lines[: end - 1], _call(film), *lines[end - 1 :]])
    with suppress(SyntaxError):
        if outlines(edited) == [*outlines(text), film]:
            return edited
    raise click.ClickException(
        f"OUTLINES in {_OUTLINE} does not have a line for each film, so none can be added to it. "
        f"Add {film.slug!r} there by hand, and type this again."
    )


def with_film_layer(text: str, package: str) -> str:
    """The text of ``pyproject.toml`` with a film more among the layers of its import contracts.

    >>> with_film_layer('layers = [\\n    "gradient | explore",\\n]', "loss")
    'layers = [\\n    "gradient | loss | explore",\\n]'
    """
    found = _FILM_LAYER.findall(text)
    if len(found) != 1:
        raise click.ClickException(
            f'The layer of the films ("gradient | explore") was not found in {_SETTINGS}, so {package!r} cannot be '
            "added to it. Write each layer of the import contracts in a line of its own, and type this again."
        )
    first, *others = found[0].split(" | ")
    if {package, f"({package})"} & {*others}:
        return text
    return text.replace(f'"{found[0]}"', f'"{" | ".join([first, *others[:-1], package, *others[-1:]])}"')


def _table(text: str) -> ast.Tuple:
    """The tuple that ``OUTLINES`` is."""
    for node in ast.parse(text).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        named = any(isinstance(target, ast.Name) and target.id == "OUTLINES" for target in targets)
        if named and isinstance(value := getattr(node, "value", None), ast.Tuple):
            return value
    raise click.ClickException(f"There are no OUTLINES in {_OUTLINE}: the films of the series belong there.")


def _files(package: str) -> dict[Path, str]:
    """The files of a film, each with its template."""
    return {
        Path(f"descent_core/catalogue/{package}.py"): "catalogue",
        Path(f"tests/descent_core/catalogue/test_{package}.py"): "test_claims",
        Path(f"scenes/{package}/first_steps.py"): "scene",
        Path(f"scenes/{package}/__init__.py"): "film",
    }


def _must_be_free(package: str, new: Mapping[Path, str]) -> Iterator[Path]:
    """What a film would overwrite, or hide from Python by its name."""
    yield Path(f"scenes/{package}")
    yield Path(f"scenes/{package}.py")
    yield Path(f"descent_core/catalogue/{package}")
    yield from (path for path in new if path.parts[:2] != ("scenes", package))


def _filled(template: str, film: Outline) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    return environment.get_template(f"{template}.py.jinja").render(
        number=film.number, slug=film.slug, package=film.package, title=film.title
    )


def _call(film: Outline) -> str:
    """The line, or lines, that make the outline of a film, formatted as ruff would."""
    arguments = [str(film.number), *(f'"{text}"' for text in (film.slug, film.title, film.picture))]
    together = ", ".join(arguments)
    if len(line := f"    Outline({together}),\n") <= _WIDTH + 1:
        return line
    if len(line := f"        {together}\n") <= _WIDTH + 1:
        return f"    Outline(\n{line}    ),\n"
    return "    Outline(\n" + "".join(f"        {argument},\n" for argument in arguments) + "    ),\n"


def _one_line(what: str, text: str) -> str:
    """A title or a picture as it can stand in a heading, and in a string and a docstring of Python."""
    line = " ".join(text.split())
    if not 0 < len(line) <= _LONGEST or not line.isprintable() or set(line) & set('\\"'):
        raise click.UsageError(
            f"{text!r} cannot be a {what}: take 1 to {_LONGEST} characters, without double quotes and backslashes."
        )
    return line


def _in_words(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _project(settings: Path) -> str | None:
    """The name of the project whose ``pyproject.toml`` that is."""
    try:
        name = tomllib.loads(settings.read_text("utf-8")).get("project", {}).get("name")
    except (OSError, ValueError):
        return None
    return str(name)
