"""Lines of type as they stand at one moment: words, read-outs made of glyphs, formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import DecimalNumber, MarkupText, Mobject, SingleStringMathTex, Text
from numpy.typing import NDArray

from scenes.check.playback import Moment
from scenes.parts.panels.scorecard import Readout

#: Left, bottom, right and top, in scene units.
Box = tuple[float, float, float, float]

#: Opacity up to which nobody sees that something is there.
UNSEEN = 0.05
#: All that is set in glyphs. One within another, as digits are within a number, is a part of its line.
_TYPE = (Text, MarkupText, SingleStringMathTex, DecimalNumber, Readout)
#: Whether a class is of type: asked once, since the classes of manim are slow to ask.
_KNOWN: dict[Any, bool] = {}


@dataclass(frozen=True, eq=False)
class Line:
    """A line of type as it stands.

    Attributes
    ----------
    mobject
        What it is: its glyphs are its family.
    words
        What it says.
    opacity
        How much of it is there, from 0 to 1.
    box
        Around all of it.
    first, last
        Its glyphs are those of the moment's shapes from ``first`` up to, and without, ``last``.
    glyphs
        ``(n, 4)``, the boxes around its glyphs.
    """

    mobject: Any
    words: str
    opacity: float
    box: Box
    first: int
    last: int
    glyphs: NDArray[np.float64]

    @property
    def size(self) -> float:
        """Its font size, as manim counts it."""
        return float(self.mobject.font_size)


def is_type(mobject: Mobject) -> bool:
    """Whether a mobject is a line of type."""
    kind: Any = type(mobject)
    if kind not in _KNOWN:
        _KNOWN[kind] = issubclass(kind, _TYPE)
    return _KNOWN[kind]


def lines_of(moment: Moment) -> Iterator[Line]:
    """The lines of type that can be seen, in the order in which they are drawn."""
    shapes = moment.shapes
    within: set[int] = set()
    for mobject in moment.of(*_TYPE):
        if id(mobject) in within:
            continue
        family = mobject.get_family()
        if not isinstance(mobject, Text):
            within.update(id(member) for member in family)
        numbers = [shapes.place[id(member)] for member in family if len(member.points)]
        if not numbers:
            continue
        first, last = numbers[0], numbers[-1] + 1
        opacity = float(shapes.fill[first:last].max())
        if opacity > UNSEEN:
            glyphs = np.concatenate([shapes.low[first:last, :2], shapes.high[first:last, :2]], axis=1)
            low, high = glyphs[:, :2].min(axis=0), glyphs[:, 2:].max(axis=0)
            box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
            yield Line(mobject, words_of(mobject), opacity, box, first, last, glyphs)


def words_of(mobject: Mobject) -> str:
    """What a line of type says; nothing if it is none."""
    if isinstance(mobject, DecimalNumber):
        return f"{mobject.number:.{mobject.num_decimal_places}f}"
    for name in ("original_text", "tex_string", "text"):
        if isinstance(text := getattr(mobject, name, None), str):
            return text
    return ""
