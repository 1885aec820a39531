"""The front page: a card for every film of the series, and for those that are not made yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.production.web.templates import render_page


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
    """The text of the front page of a series, with the colours of the films' own pages."""
    return render_page(
        "front.html",
        heading=series,
        about=about,
        made=[film for film in films if film.page is not None],
        unmade=[film for film in films if film.page is None],
    )
