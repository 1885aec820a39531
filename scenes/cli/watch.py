"""``descent watch``: a page with a scene's pictures, drawn anew at each save."""

from __future__ import annotations

import tempfile
import webbrowser
from dataclasses import replace
from pathlib import Path

import click

from scenes.cli.exploration import ExplorationOptions, exploration_options
from scenes.cli.options import THEME_NAMES, VOICE_NAMES, made_part, quality_option
from scenes.production.format import FORMATS, RenderSettings


@click.command()
@click.argument("what", metavar="PART|FILE.py|FILE.py:LOSS")
@click.argument("scene", required=False)
@click.option("--beat", default=None, help="The beat to look at first; then it is the one that you edit or click.")
@quality_option("hd")
@click.option("--theme", type=click.Choice(THEME_NAMES), default="dark", show_default=True, help="Colours.")
@click.option(
    "--voice",
    type=click.Choice(VOICE_NAMES),
    default=None,
    help="Whose timing, as far as it has spoken; default: the best installed.",
)
@click.option("--check/--no-check", "checks", default=True, help="Mark what `descent check` finds.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where the page is; default: a free one.")
@click.option("--open/--no-open", "opens", default=True, help="Open the page in your browser.")
@exploration_options
def watch(
    what: str,
    scene: str | None,
    beat: str | None,
    quality: str,
    theme: str,
    voice: str | None,
    checks: bool,
    port: int,
    opens: bool,
    asked: ExplorationOptions,
) -> None:
    """See a scene as you write it: its beats' pictures on a page, drawn anew whenever you save.

    The page shows the last picture of each beat beside what it says. The beat that you edit is drawn first. A click
    plays a beat, silent; what the check finds is marked on the picture. A mistake is shown with its line, and the
    last good picture stays. The page is for browsers on this machine only. Ctrl-C ends it.

    SCENE is the one to begin with; the page leads to the others. FILE.py:LOSS takes the options of descent explore.

    \b
    Examples:
      descent watch gradient step-size --beat "too big"
      descent watch my_talk.py
      descent watch scenes/examples/my_talk.py Question
      descent watch scenes/examples/losses.py:valley --start -1.8 --lr 0.01
    """
    from scenes.watch.asked import Asked
    from scenes.watch.server import PageServer
    from scenes.watch.watcher import Options, Watcher

    loss = ".py:" in what
    if asked != ExplorationOptions() and not loss:
        raise click.UsageError(
            "A start, learning rates and their like are for a loss, and none is named: FILE.py:LOSS."
        )
    looked_at = Asked(what, scene, asked.request(what) if loss else None)
    if looked_at.file is None:
        part = made_part(what)
        looked_at = replace(looked_at, scene=part.scene(scene).slug if scene else None)
    elif not looked_at.file.is_file():
        raise click.UsageError(f"There is no file {what.partition(':')[0]}.")
    with tempfile.TemporaryDirectory(prefix="descent-watch-") as folder:
        options = Options(RenderSettings(FORMATS[quality], theme), voice, beat, checks)
        watcher = Watcher(looked_at, options, Path(folder))
        server = PageServer(watcher.board, Path(folder), watcher.wish, port)
        try:
            click.echo(f"{server.address}  shows {what}, and what you save. Ctrl-C ends it.")
            if opens:
                webbrowser.open(server.address)
            watcher.run()
        finally:
            server.close()
