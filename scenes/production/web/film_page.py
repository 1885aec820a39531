"""The page that plays a film from a disk: one file, with captions, chapters and the transcript in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from scenes.bench.assembly import Bench
from scenes.narration.captions import captions
from scenes.narration.chapters import Chapter
from scenes.narration.cues import CueSheet
from scenes.narration.transcript import sections
from scenes.production.web.templates import render_page


@dataclass(frozen=True)
class Link:
    """A file that a page leads to, by a path from the page's folder."""

    label: str
    path: str


#: What lies beside a film.
FILES = (
    Link("Transcript (.md)", "transcript.md"),
    Link("Captions (.srt)", "film.srt"),
    Link("Captions (.vtt)", "film.vtt"),
    Link("How it was made (.json)", "manifest.json"),
)


@dataclass(frozen=True)
class FilmPage:
    """All that is on the page of one film. Paths lead from the folder that the page lies in.

    Attributes
    ----------
    title, about, series, number
        What the film is called, what it is about in a sentence or two, and its place in the series.
    cues
        What the whole film says, and how long it is.
    chapters, stills
        Where its chapters start, and a picture for each, if there is one.
    video, poster
        The film, and the picture that stands for it before it plays.
    files
        What else there is to open or keep.
    front
        The page of the whole series, if there is one.
    sound
        Whether the film can be heard; if not, there is nothing to make louder.
    bench
        What the viewer can try below it, if anything.
    """

    title: str
    cues: CueSheet
    chapters: Sequence[Chapter]
    about: str = ""
    series: str = "AI fundamentals"
    number: int | None = None
    video: str = "film.mp4"
    poster: str = "poster.jpg"
    stills: Sequence[str | None] = ()
    files: Sequence[Link] = FILES
    front: str | None = None
    sound: bool = True
    bench: Bench | None = None


def film_page_html(film: FilmPage) -> str:
    """The text of ``index.html``: style and script are in it, and it asks no network for anything.

    Raises
    ------
    ValueError
        The film has no chapters.
    """
    if not film.chapters:
        raise ValueError("A page needs the film's chapters: at least one, from 0 s on.")
    return render_page(
        "page.html",
        heading=f"{film.title} · {film.series}",
        about=film.about,
        film=film,
        bench=film.bench,
        sections=list(zip_longest(sections(film.chapters, film.cues), film.stills[: len(film.chapters)])),
        data=_data(film),
    )


def _data(film: FilmPage) -> dict[str, object]:
    """What the page's script needs."""
    return {
        "video": film.video,
        "length": round(film.cues.length, 3),
        "sound": film.sound,
        "chapters": [[round(chapter.start, 3), chapter.title] for chapter in film.chapters],
        "captions": [[caption.start, caption.end, caption.text] for caption in captions(film.cues)],
    }
