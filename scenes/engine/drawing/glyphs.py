"""A line of type as manim sets it, with each letter read from its SVG file once.

Pango writes a line as an SVG file: the outline of each letter that occurs, and where it is used. manim reads an outline
anew at each use, with a parser that knows all of SVG, which took nine tenths of the time that a line takes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

import numpy as np
import svgelements
from manim import RIGHT, ManimColor, Text, VMobject, VMobjectFromSVGPath
from numpy.typing import NDArray

#: A colour as Pango writes it, in shares of 100.
_RGB = re.compile(r"fill:rgb\(([\d.]+)%,([\d.]+)%,([\d.]+)%\);fill-opacity:1;")
#: How many points follow a letter of a path.
_ENDS = {"M": 1, "L": 1, "C": 3, "Z": 0}
_SVG, _HREF = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"


class GlyphLine(Text):
    """A `manim.Text`, in one colour or in several.

    Examples
    --------
    The same outlines as manim's own, but for rounding:

    >>> ours, theirs = GlyphLine("downhill", font_size=96), Text("downhill", font_size=96)
    >>> all(np.allclose(mine.points, its.points, atol=1e-9) for mine, its in zip(ours, theirs, strict=True))
    True
    """

    def generate_mobject(self) -> GlyphLine:
        """What manim asks for when the file of the line is written: a mobject for each letter."""
        root = ElementTree.parse(self.get_file_path()).getroot()
        outlines = {
            f"#{letter.get('id')}": letter.findall(f"{_SVG}path") for letter in root.iterfind(f"{_SVG}defs/{_SVG}g/*")
        }
        uses = list(_uses(root))
        colours = {colour for _, colour in uses}
        if any(use is None or len(outlines.get(use.get(_HREF, ""), [])) != 1 for use, _ in uses):
            return self._as_manim_does()
        if len(colours) > 1 and None in colours:
            return self._as_manim_does()
        if len(colours) == 1:
            colours = {self.color}
            uses = [(use, self.color) for use, _ in uses]
        blanks = {colour: VMobject(stroke_width=0, fill_color=colour, fill_opacity=1) for colour in colours}
        for use, colour in uses:
            points = outline(outlines[use.get(_HREF)][0].get("d", ""))
            if len(points):  # a space has none
                glyph = blanks[colour].copy()
                glyph.points = points + (float(use.get("x", 0)), float(use.get("y", 0)), 0.0)
                self.add(glyph)
        self.flip(RIGHT)  # down is positive in SVG
        return self

    def _as_manim_does(self) -> GlyphLine:
        super().generate_mobject()
        for glyph in self:
            # Of no more use; manim would copy it with the glyph at each animation, and it is many times as dear to
            # copy as the glyph itself.
            glyph.path_obj = None
        return self


@cache
def outline(path: str) -> NDArray[np.float64]:
    """``(n, 3)``, a path of SVG as manim's points, four a curve.

    >>> outline("M 0 0 L 3 0 L 3 3 Z").shape
    (12, 3)
    """
    points = _plain(path)
    if points is None:
        points = VMobjectFromSVGPath(svgelements.Path(path)).points
    points.setflags(write=False)
    return points


def _plain(path: str) -> NDArray[np.float64] | None:
    """The points of a path of moves, lines, cubic curves and closings, as Cairo writes it; None for any other.

    The same to the bit as manim's, which asks a parser of all of SVG: half of the time that the first line takes.

    >>> _plain("M 0 0 Q 3 0 3 3 Z") is None
    True
    """
    words = iter(path.split())
    points: list[tuple[float, float]] = []
    pen = start = None
    for command in words:
        try:
            ends = [(float(next(words)), float(next(words))) for _ in range(_ENDS[command])]
        except (KeyError, ValueError, StopIteration):
            return None
        if command == "M":
            pen = start = ends[0]
            continue
        if pen is None or start is None:
            return None
        if command == "Z":
            # Where it has come back by itself, no line closes it.
            ends = [start] if math.dist(pen, start) > 0.0001 else []
        if len(ends) == 1:
            (x, y), (u, v) = pen, ends[0]
            ends = [((x + x + u) / 3, (y + y + v) / 3), ((x + u + u) / 3, (y + v + v) / 3), (u, v)]
        if ends:
            points += [pen, *ends]
        pen = None if command == "Z" else ends[-1]
    return np.array([(x, y, 0.0) for x, y in points], dtype=float).reshape(-1, 3)


def _uses(root: ElementTree.Element) -> Iterator[tuple[Any, Any]]:
    """The uses of letters in a file, in order, each with its colour; ``None`` for whatever else is drawn in it."""
    pending: list[tuple[ElementTree.Element, Any]] = [(root, None)]
    while pending:
        element, colour = pending.pop()
        if element.tag == f"{_SVG}use":
            yield element, colour
        elif element is root or (element.tag == f"{_SVG}g" and not element.get("transform")):
            inside = _fill(element.get("style", "")) or colour
            children = [child for child in element if child.tag != f"{_SVG}defs"]
            pending.extend((child, inside) for child in reversed(children))
        else:
            yield None, colour


def _fill(style: str) -> ManimColor | None:
    """The colour of a style of Pango's, an opaque one.

    >>> _fill("fill:rgb(100%,50.196078%,0%);fill-opacity:1;").to_hex()
    '#FF8000'
    """
    shares = _RGB.match(style)
    return ManimColor([round(float(share) * 2.55) for share in shares.groups()]) if shares else None
