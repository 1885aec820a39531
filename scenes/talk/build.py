"""A talk: takes in, a deck to speak with out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from scenes.production.disk_errors import disk_errors
from scenes.production.format import RenderSettings
from scenes.production.locks import exclusive
from scenes.production.takes.take import Take
from scenes.talk.convert import TalkError, convert
from scenes.talk.cover import Cover, cover
from scenes.talk.cutting import last_picture
from scenes.talk.slides import Slide, slides
from scenes.theme import using_theme

#: About how many bytes a talk needs for each byte of its takes: pieces, and the copies that are made of them.
_COPIES = 3
#: What to do about a folder that cannot be written.
ADVICE = "name another place for the talk"


def build_talk(
    takes: Sequence[Take],
    settings: RenderSettings,
    title: str,
    path: Path,
    *,
    above: str = "",
    parts: Mapping[int, tuple[str, str]] | None = None,
    bench: str = "",
    advice: str = ADVICE,
) -> list[Slide]:
    """Write the talk ``path`` (``.html``, ``.pptx`` or ``.pdf``) of takes in their order; returns its slides.

    Beside the slides it has a cover, which waits for the first click. It appears when it is whole.

    Parameters
    ----------
    settings
        That of the takes; the cover has their theme too.
    above
        A small line above the title.
    parts
        Where the talk has parts with covers of their own: of the take that begins each, by its place among
        ``takes``, the title of the part and the small line above it.
    bench
        The page of a bench (`scenes.production.web.bench_page`), which is the last slide of an html.
    advice
        How to name another place, for the message where this one cannot be written.

    Raises
    ------
    TalkError, DiskError
        What is needed is not installed, fails, or finds no room.
    """
    parts = parts or {}
    shown = slides(takes, settings.format.rate)
    size = sum(path.stat().st_size for path in {take.path for take in takes}) * _COPIES
    try:
        with disk_errors(path.parent, advice, size):
            path.parent.mkdir(parents=True, exist_ok=True)
            with exclusive(path.parent), using_theme(settings.theme):
                own = cover(last_picture(shown[-1]), title, above)
                convert(
                    [Cover(title, own), *_with_covers(takes, shown, settings.format.rate, parts)], title, path, bench
                )
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise TalkError(f"{path} cannot be written: {error.filename} is in the way. Remove it, or {advice}.") from None
    return shown


def _with_covers(
    takes: Sequence[Take], shown: Sequence[Slide], rate: int, parts: Mapping[int, tuple[str, str]]
) -> list[Slide | Cover]:
    """The slides of ``takes``, and before those of a take that begins a part the cover of that."""
    pages: list[Slide | Cover] = []
    left = iter(shown)
    by_take = [list(islice(left, len(slides([take], rate)))) for take in takes]
    for index in range(len(takes)):
        if index in parts:
            end = min((later for later in parts if later > index), default=len(takes))
            title, above = parts[index]
            pages.append(Cover(title, cover(last_picture(by_take[end - 1][-1]), title, above)))
        pages += by_take[index]
    return pages
