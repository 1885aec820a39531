"""The page that plays a film from a disk: one file, with captions, chapters and the transcript in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from scenes.narration.captions import captions
from scenes.narration.chapters import Chapter
from scenes.narration.cues import Cue, CueSheet
from scenes.narration.timecode import timecode
from scenes.narration.transcript import Section, sections
from scenes.production.web.templates import MARK, render_page, script_data, script_text, url_path


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

_SOUND = """<button id="mute" class="extra" type="button" aria-label="Mute" aria-pressed="false"><svg class="off" \
viewBox="0 0 24 24" aria-hidden="true"><path fill="currentColor" d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z"/>\
<path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" d="M15 9a4.2 4.2 0 0 1 0 6M17.6 \
6.4a8 8 0 0 1 0 11.2"/></svg><svg class="on" viewBox="0 0 24 24" aria-hidden="true"><path fill="currentColor" \
d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z"/><path stroke="currentColor" stroke-width="2" stroke-linecap="round" \
d="m15.5 9.5 5 5m0-5-5 5"/></svg></button>
<input id="volume" class="volume extra" type="range" min="0" max="1" step="0.05" value="1" aria-label="Volume">"""
_FILE = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linejoin="round" d="M6 3h8l4.5 4.5V21H6zM13.5 3v5H18.5M9 12.5h6M9 16.5h6"/></svg>'
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
        "page",
        heading=f"{escape(film.title)} · {escape(film.series)}",
        title=escape(film.title),
        series=escape(film.series),
        about=escape(film.about),
        brand=_brand(film),
        kicker=f'<p class="kicker">Part {film.number}</p>\n' if film.number is not None else "",
        video=url_path(film.video),
        poster=url_path(film.poster),
        length=f"{film.cues.length:.2f}",
        clock=timecode(film.cues.length),
        sound=_SOUND if film.sound else "",
        louder=(
            "<dt><kbd>↑</kbd><kbd>↓</kbd></dt><dd>louder, quieter (click the film first; elsewhere they scroll)</dd>\n"
            if film.sound
            else ""
        ),
        chapters="\n".join(map(_chapter, film.chapters, _stills(film))),
        sections="\n".join(map(_section, sections(film.chapters, film.cues), _stills(film))),
        files="\n".join(f'<a href="{url_path(link.path)}">{_FILE}{escape(link.label)}</a>' for link in film.files),
        data=script_data(_data(film)),
        script=script_text("page"),
    )


def _data(film: FilmPage) -> dict[str, object]:
    return {
        "video": film.video,
        "length": round(film.cues.length, 3),
        "sound": film.sound,
        "chapters": [[round(one.start, 3), one.title] for one in film.chapters],
        "captions": [[one.start, one.end, one.text] for one in captions(film.cues)],
    }


def _brand(film: FilmPage) -> str:
    inside = f"{MARK}<span>{escape(film.series)}</span>"
    if film.front is None:
        return f'<span class="brand">{inside}</span>'
    return f'<a class="brand" href="{url_path(film.front)}">{inside}</a>'


def _stills(film: FilmPage) -> list[str | None]:
    return [film.stills[index] if index < len(film.stills) else None for index in range(len(film.chapters))]


def _moment(seconds: float) -> str:
    """A link to a moment: the fragment a teacher may share, and the exact time for the script."""
    shared = math.ceil(seconds * 10 - 0.01) / 10  # never a hair before it
    return f'href="#t={shared:g}" data-t="{seconds:.3f}"'


def _picture(still: str | None) -> str:
    return f'<img src="{url_path(still)}" alt="" loading="lazy">' if still else "<span></span>"


def _chapter(chapter: Chapter, still: str | None) -> str:
    return (
        f"<li><a {_moment(chapter.start)}>{_picture(still)}<span><b>{escape(chapter.title)}</b>"
        f'<span class="time">{timecode(chapter.start)}</span></span></a></li>'
    )


def _section(section: Section, still: str | None) -> str:
    moment, title = _moment(section.chapter.start), escape(section.chapter.title)
    picture = f'<a {moment} tabindex="-1" aria-hidden="true">{_picture(still)}</a>' if still else ""
    paragraphs = "\n".join(f"<p>{' '.join(map(_line, paragraph))}</p>" for paragraph in section.paragraphs)
    return (
        f'<section class="{"part" if still else "part bare"}">{picture}<div>\n'
        f'<h3><a {moment}><span>{title}</span><span class="time">{timecode(section.chapter.start)}</span></a></h3>\n'
        f"{paragraphs}\n</div></section>"
    )


def _line(cue: Cue) -> str:
    return f'<a class="said" {_moment(cue.start)}>{escape(cue.text)}</a>'
