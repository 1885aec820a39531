"""The front page: a card for every film of the series, and for those that are not made yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from scenes.film.chapters import clock
from scenes.film.look import address, filled
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


def front(
    films: Sequence[FrontCard],
    series: str = "AI fundamentals",
    about: str = "Films about how machines learn. Every picture in them is a real run.",
) -> str:
    """The text of the front page of a series, in the look of the films' own pages."""
    return filled("front", series=escape(series), about=escape(about), cards="\n".join(map(_card, films)))


def _card(film: FrontCard) -> str:
    made = film.page is not None
    tag = f'a class="card" href="{address(film.page)}"' if film.page is not None else 'div class="card unmade"'
    picture = (
        f'<img src="{address(film.poster)}" alt="" loading="lazy">' if made and film.poster else _ridges(film.number)
    )
    note = f'<span class="length">{clock(film.length)}</span>' if made and film.length is not None else ""
    later = "" if made else '<span class="later">Not made yet</span>'
    return (
        f'<li><{tag}><div class="poster">{picture}{note}{later}</div>'
        f'<div><p class="number">Part {film.number}</p><h2>{escape(film.title)}</h2><p>{escape(film.about)}</p></div>'
        f"</{tag.split()[0]}></li>"
    )


def _ridges(number: int) -> str:
    """Ridges in the fog, a little other for every part, where there is no picture."""
    heights = [(number * 37 + step * 53) % 40 for step in range(8)]
    far = " ".join(f"{step * 50},{70 + height}" for step, height in enumerate(heights))
    near = " ".join(f"{step * 50},{120 + (height * 3) % 45}" for step, height in enumerate(reversed(heights)))
    return (
        '<svg viewBox="0 0 320 180" preserveAspectRatio="none" aria-hidden="true">'
        f'<polygon fill="{theme.rule}" opacity=".5" points="0,180 {far} 350,180"/>'
        f'<polygon fill="{theme.rule}" points="0,180 {near} 350,180"/></svg>'
    )
