"""``descent talk``: a part of the series, all of it, or a deck of your own, as slides to speak with."""

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
from scenes.cli.rendering import bench_source, make_takes
from scenes.narration.timecode import timecode
from scenes.part import Part, SceneRef, find_scene
from scenes.production.format import FORMATS, RenderSettings
from scenes.series import made_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What stands for all parts that are made.
SERIES = "series"


@click.command()
@click.argument("what", metavar="PART|series|FILE.py")
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

    PART is a number or a name, such as 4 or gradient; series is one deck of all parts that are made, each
    with a cover of its own. FILE.py is a file of your own with a deck in it, or with manim scenes. There is
    no sound, but the timing is that of a film in this --voice, whose pictures are taken where it was rendered
    before. The html needs no network: keep its folder together.

    \b
    Examples:
      descent talk gradient
      descent talk gradient --scenes step-size,fog --to pptx --to pdf
      descent talk series
      descent talk scenes/examples/my_talk.py -q preview
    """
    name, title, above, refs = _deck(what)
    chosen = refs if slugs is None else tuple(_find(what, refs, name) for name in scene_names(slugs))
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

        bench = _bench(what, settings, quiet=options.quiet) if slugs is None and "html" in kinds else ""
        for kind in dict.fromkeys(kinds):
            path = out / name / f"talk.{kind}"
            slides = build_talk(
                [by_ref[ref] for ref in chosen],
                settings,
                title,
                path,
                above=above,
                parts=_parts(chosen) if what == SERIES else {},
                bench=bench,
                advice=OUT_ADVICE,
            )
            took = timecode(time.monotonic() - started)
            click.echo(f"{display(path)}  {counted(len(slides), 'click')}, {settings.format}, made in {took}")


def _bench(what: str, settings: RenderSettings, *, quiet: bool) -> str:
    """The page of what can be tried of a part, or of a part of the series; empty if there is nothing."""
    parts = () if what.endswith(".py") else made_parts() if what == SERIES else (made_part(what),)
    for part in parts:
        source = bench_source(part, quiet=quiet)
        if source is not None:
            from scenes.bench.assembly import assemble
            from scenes.production.web.bench_page import bench_page_html
            from scenes.theme import using_theme

            with using_theme(settings.theme):
                return bench_page_html(assemble(source))
    return ""


def _find(what: str, refs: Sequence[SceneRef], name: str) -> SceneRef:
    """The scene that is meant: of the series, where several films have one of that name, it is PART/SCENE."""
    if what != SERIES:
        return find_scene(refs, name)
    part, _, slug = name.rpartition("/")
    if part:
        return made_part(part).scene(slug)
    having = [film.slug for film in made_parts() if any(ref.slug == name.lower() for ref in film.scenes)]
    if len(having) > 1:
        raise click.UsageError(
            f"{counted(len(having), 'film')} have a scene called {name!r}. Say which: "
            f"{' or '.join(f'{film}/{name}' for film in having)}."
        )
    return find_scene(refs, name)


def _parts(chosen: Sequence[SceneRef]) -> dict[int, tuple[str, str]]:
    """Where another film begins, by the place of its scene: its title, and the line above it."""
    films = [next(film for film in made_parts() if ref in film.scenes) for ref in chosen]
    begins = [index for index, film in enumerate(films) if index == 0 or film is not films[index - 1]]
    return {index: (films[index].title, f"part {films[index].number}") for index in begins}


def _deck(what: str) -> tuple[str, str, str, Sequence[SceneRef]]:
    """Name of its folder, title, the line above it, and the scenes."""
    if what.endswith(".py"):
        title, scenes = file_scenes(what)
        return Path(what).stem, title, "", scenes
    if what == SERIES:
        films = made_parts()
        scenes = [ref for film in films for ref in film.scenes]
        return SERIES, "AI fundamentals", counted(len(films), "film"), scenes
    part = made_part(what)
    return part.filename, part.title, f"AI fundamentals  ·  part {part.number}", part.scenes
