"""Names: what a thing in the picture may be called in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from manim import Mobject

from scenes.check.numbers.fields import field_of
from scenes.check.picture.lines import is_type, words_of
from scenes.check.telling.spoken_words import Names, numbers_of, stem_of, stems_of
from scenes.narration.languages import en
from scenes.parts.ground.arrow import GroundArrow
from scenes.parts.panels.code_panel import CodeBar, CodePanel
from scenes.parts.panels.plot import Plot
from scenes.stage.naming import names_of, surrounded_by

#: A name in code.
_NAME = re.compile(r"[A-Za-z_]\w*")


def called(thing: Mobject, stage: Sequence[Mobject] = ()) -> Names:
    """What a thing may be called: by its words and numbers, by what it is, and by what it names or surrounds.

    What is surrounded and has no name is called as what it is a part of, on this ``stage``.
    """
    names = Names()
    for piece in _pieces(thing):
        names |= _own(piece)
        for other in names_of(piece):
            names |= called(other)
        for other in surrounded_by(piece):
            names |= next((found for each in _around(other, stage) if (found := called(each)) != Names()), Names())
    return names


def _around(thing: Mobject, stage: Sequence[Mobject]) -> list[Mobject]:
    """A thing, and all that it is a part of, from the smallest."""
    found = [thing]
    for top in stage:
        found += [whole for whole in top.get_family() if whole is not thing and thing in whole.get_family()]
    return sorted(found, key=lambda whole: len(whole.get_family()))


def runs_called(thing: Mobject) -> Names:
    """What it may be called beside, by the runs that its numbers are of."""
    labels = {
        field.label
        for piece in thing.get_family()
        for _, source in getattr(getattr(piece, "numbers", None), "sources", ())
        if (field := field_of(source)) is not None
    }
    return Names(frozenset(stem for label in labels for stem in stems_of(label.replace("-", " "))))


def _pieces(thing: Mobject) -> Iterator[Mobject]:
    """It and what is within it, down to lines of type; of a code panel and of a plot its title alone."""
    yield thing
    if isinstance(thing, CodePanel):
        yield thing.heading
    elif isinstance(thing, Plot):
        yield thing.title
    elif not is_type(thing):
        for child in thing.submobjects:
            yield from _pieces(child)


def _own(piece: Mobject) -> Names:
    if is_type(piece):
        text = words_of(piece)
        return Names(stems_of(text), numbers_of(getattr(piece, "numbers", None), text))
    if isinstance(piece, CodeBar):
        listing = piece.panel.listing
        return Names(_of_code(listing.lines[listing.line_of(piece.text)]))
    kinds: list[Any] = [kind.__name__ for kind in type(piece).__mro__]
    words = {word for kind in kinds for word in en.PART_WORDS.get(kind, ())}
    if isinstance(piece, GroundArrow) and piece.role is not None:
        words |= set(en.ARROW_WORDS.get(piece.role.value, ()))
    return Names(frozenset(map(stem_of, words)))


def _of_code(text: str) -> frozenset[str]:
    """What a line of code is called: by its names, and by what is said of what they do."""
    names = [name for name in _NAME.findall(text) if name]
    said = {word for name in names for word in en.CODE_WORDS.get(name, ())}
    return frozenset(stem for name in names for stem in stems_of(name)) | frozenset(map(stem_of, said))
