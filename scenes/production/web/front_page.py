"""The front page: a card for every film of the series, and for those that are not made yet."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from scenes.narration.timecode import timecode
from scenes.production.web.templates import render_page, url_path
from scenes.theme import theme


@dataclass(frozen=True)
class FrontCard:
    """A film on the front page. One without a ``page`` is shown as not made yet.

    Attributes
    ----------
    number, title, about
        Its place in the series, what it is called, and what it is about.
    length
        In seconds.
    page, poster
        Paths from the folder that the front page lies in.
    """

    number: int
    title: str
    about: str
    length: float | None = None
    page: str | None = None
    poster: str | None = None


def front_page_html(
    films: Sequence[FrontCard],
    series: str = "AI fundamentals",
    about: str = "Films about how machines learn. Every picture in them is a real run.",
) -> str:
    """The text of the front page of a series, in the look of the films' own pages."""
    made = [film for film in films if film.page is not None]
    unmade = [film for film in films if film.page is None]
    lists = [_list("films", map(_card, made))] if made else []
    if unmade:
        lists.append('<h2 class="later">Not made yet</h2>\n' + _list("films unmade", map(_plan, unmade)))
    return render_page(
        "front", heading=escape(series), series=escape(series), about=escape(about), films="\n".join(lists)
    )


def _list(name: str, items: Iterable[str]) -> str:
    return f'<ul class="{name}">\n' + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"


def _card(film: FrontCard) -> str:
    assert film.page is not None
    picture = f'<img src="{url_path(film.poster)}" alt="">' if film.poster else ""
    length = f'<span class="length">{timecode(film.length)}</span>' if film.length is not None else ""
    return f'<a class="card" href="{url_path(film.page)}"><div class="poster">{picture}{length}</div>{_words(film)}</a>'


def _plan(film: FrontCard) -> str:
    return f'<div class="card" style="--ridges: url({_ridges(film.number)})">{_words(film)}</div>'


def _words(film: FrontCard) -> str:
    return (
        f'<div><p class="number">Part {film.number}</p><h2>{escape(film.title)}</h2><p>{escape(film.about)}</p></div>'
    )


def _ridges(number: int) -> str:
    """Two ridges in the fog, a little other for every part, as the address of a picture."""
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 76" preserveAspectRatio="none">'
    for shift, floor, opacity in ((number * 61, 22, 0.45), (number * 97 + 40, 44, 1.0)):
        heights = [
            floor + 9 * math.sin((x + shift) / 41) + 7 * math.sin((x + 3 * shift) / 19) for x in range(0, 301, 6)
        ]
        line = " ".join(f"{6 * step},{height:.1f}" for step, height in enumerate(heights))
        picture += f'<polygon fill="{theme.rule}" fill-opacity="{opacity}" points="0,76 {line} 300,76"/>'
    return f"data:image/svg+xml,{quote(picture + '</svg>')}"
