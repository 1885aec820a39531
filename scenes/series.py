"""SERIES: the films of the series in order, collected from their folders. No torch, no manim.

The command line, the tests and the README's table all read this one registry. A film is made as soon as there is a
folder for it: ``scenes/<slug>/__init__.py`` with its ``PART``.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from descent_core.errors import UnknownLabel
from descent_core.suggestions import suggest
from scenes.outline import OUTLINES, Outline
from scenes.part import Part


def _part(film: Outline) -> Part:
    """The film's own ``PART``; where there is no folder for it yet, a part without scenes."""
    name = f"scenes.{film.package}"
    if find_spec(name) is None:
        return Part(film.number, film.slug, film.title, film.picture)
    part: Part = import_module(name).PART
    return part


SERIES: tuple[Part, ...] = tuple(_part(film) for film in OUTLINES)


def find_part(wanted: str) -> Part:
    """The part of that number, slug or file name.

    Raises
    ------
    UnknownLabel
        There is none; the message offers similar ones.

    >>> find_part("4").slug, find_part("gradient").number
    ('gradient', 4)
    """
    for part in SERIES:
        if wanted.lower() in (str(part.number), part.slug, part.filename):
            return part
    raise UnknownLabel(f"There is no part called {wanted!r}. {suggest(wanted, [part.slug for part in SERIES])}")


def made_parts() -> tuple[Part, ...]:
    """The parts that have scenes, in order.

    >>> "gradient" in [part.slug for part in made_parts()]
    True
    """
    return tuple(part for part in SERIES if part.scenes)
