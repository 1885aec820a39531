"""``descent talk``: a part of the series, or a deck of your own, as slides to speak with."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from descent_core.counted import counted
from scenes.cli.options import (
    OUT_ADVICE,
    RenderOptions,
    display,
    file_scenes,
    made_part,
    out_option,
    quality_option,
    render_options,
    require_writable,
    scene_names,
)
from scenes.cli.rendering import make_takes
from scenes.narration.timecode import timecode
from scenes.part import Part, SceneRef, find_scene
from scenes.production.format import FORMATS

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
@out_option("talks")
@render_options
def talk(what: str, kinds: tuple[str, ...], slugs: str | None, quality: str, out: Path, options: RenderOptions) -> None:
    """Make slides to speak with: each beat of each scene is a click, and its words are the speaker's notes.

    PART is a number or a name, such as 4 or gradient. FILE.py is a file of your own with a deck in it, or
    with manim scenes. There is no sound, but the timing is that of a film in this --voice, whose pictures are
    taken where it was rendered before. The html needs no network: keep its folder together.

    \b
    Examples:
      descent talk gradient
      descent talk gradient --scenes step-size,fog --to pptx --to pdf
      descent talk scenes/examples/my_talk.py -q preview
    """
    name, title, above, refs = _deck(what)
    chosen = refs if slugs is None else tuple(find_scene(refs, name) for name in scene_names(slugs))
    require_writable(out)
    from scenes.talk.convert import require_packages

    require_packages()
    from scenes.production.takes.cache import TakeCache

    settings = options.settings(FORMATS[quality])
    started = time.monotonic()
    once = tuple(dict.fromkeys(chosen))
    with TakeCache() as cache:
        takes = make_takes(Part(0, name, title, "", once), settings, options, cache)
        by_ref = dict(zip(once, takes, strict=True))
        from scenes.talk.build import build_talk

        for kind in dict.fromkeys(kinds):
            path = out / name / f"talk.{kind}"
            slides = build_talk([by_ref[ref] for ref in chosen], settings, title, path, above=above, advice=OUT_ADVICE)
            took = timecode(time.monotonic() - started)
            click.echo(f"{display(path)}  {counted(len(slides), 'click')}, {settings.format}, made in {took}")


def _deck(what: str) -> tuple[str, str, str, Sequence[SceneRef]]:
    """Name of its folder, title, the line above it, and the scenes."""
    if what.endswith(".py"):
        title, scenes = file_scenes(what)
        return Path(what).stem, title, "", scenes
    part = made_part(what)
    return part.filename, part.title, f"AI fundamentals  ·  part {part.number}", part.scenes
