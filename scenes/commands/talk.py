"""``render.py talk``: a part of the series, or a deck of your own, as slides to speak with."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scenes.commands.options import ELSEWHERE, Manner, manner_options, quality_option, writable
from scenes.film.quality import QUALITIES
from scenes.series import Part, SceneRef, find_scene, made, part

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command()
@click.argument("what", metavar="PART|FILE.py")
@click.option(
    "--to",
    "kinds",
    type=click.Choice(["html", "pptx", "pdf"]),
    multiple=True,
    default=("html",),
    show_default=True,
    help="What to make; may be given more than once.",
)
@click.option("--scenes", "slugs", default=None, metavar="A,B,…", help="Only these scenes, in this order.")
@quality_option("hd")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("talks"),
    show_default=True,
    help="Folder to write into; made if it isn't there.",
)
@manner_options
def talk(what: str, kinds: tuple[str, ...], slugs: str | None, quality: str, out: Path, manner: Manner) -> None:
    """Make slides to speak with: each beat of each scene is a click, and its words are the speaker's notes.

    PART is a number or a name, such as 4 or gradient. FILE.py is a file of your own with a deck in it, or
    with manim scenes. There is no sound, but the timing is that of a film in this --voice, whose pictures are
    taken where it was rendered before. The html needs no network: keep its folder together.

    \b
    Examples:
      python render.py talk gradient
      python render.py talk gradient --scenes step-size,fog --to pptx --to pdf
      python render.py talk scenes/examples/my_talk.py -q preview
    """
    name, title, above, refs = _deck(what)
    chosen = refs if slugs is None else tuple(_chosen(refs, slugs))
    writable(out)
    from scenes.talk.convert import ready

    ready()
    from scenes.film.progress import shown
    from scenes.film.take_cache import TakeCache
    from scenes.film.takes import render_all

    size = manner.dressed(QUALITIES[quality])
    started = time.monotonic()
    once = tuple(dict.fromkeys(chosen))
    with TakeCache() as cache:
        with shown(f"{title}, {size}", once, quiet=manner.quiet, verbose=manner.verbose) as on_event:
            takes = render_all(
                Part(0, name, title, "", once),
                size,
                cache=cache,
                jobs=manner.jobs,
                voice=manner.voice,
                on_event=on_event,
                verbose=manner.verbose,
            )
        by_ref = dict(zip(once, takes, strict=True))
        from scenes.talk.talk import make

        for kind in dict.fromkeys(kinds):
            path = out / name / f"talk.{kind}"
            slides = make([by_ref[ref] for ref in chosen], size, title, path, above=above, mend=ELSEWHERE)
            spent = time.monotonic() - started
            click.echo(f"{path}  {len(slides)} clicks, {size}, made in {int(spent) // 60}:{int(spent) % 60:02d}")


def _deck(what: str) -> tuple[str, str, str, Sequence[SceneRef]]:
    """Name of its folder, title, the line above it, and the scenes."""
    if what.endswith(".py"):
        path = Path(what)
        if not path.is_file():
            raise click.UsageError(f"There is no file {path}.")
        from scenes.talk.deck_file import scenes_in

        title, scenes = scenes_in(path)
        return path.stem, title, "", scenes
    one = part(what)
    if not one.scenes:
        there = " or ".join(f"{other.slug!r}" for other in made())
        raise click.UsageError(f"Part {one.number}, {one.slug!r}, is not made yet. There is {there}.")
    return one.filename, one.title, f"AI fundamentals  ·  part {one.number}", one.scenes


def _chosen(refs: Sequence[SceneRef], slugs: str) -> Sequence[SceneRef]:
    names = [name.strip() for name in slugs.split(",") if name.strip()]
    if not names:
        raise click.UsageError("--scenes names no scene. Give some, such as --scenes fog,step-size.")
    return [find_scene(refs, name) for name in names]
