"""Words on screen: type, and plates to set it on where the ground is busy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from manim import LEFT, UP, RoundedRectangle, Text, VGroup, VMobject, config

from descent_core.recordings.trajectory import Trajectory
from scenes.engine.drawing.glyphs import GlyphLine
from scenes.stage.number_sources import note_source, record_shown
from scenes.theme import register_fonts, theme

#: The recording, or the recordings, that a row of a legend is of.
Runs = Trajectory | Iterable[Trajectory]

#: Pango's kerning is coarse below this size: set large, then scale.
_SET_AT = 96
#: Pixels of room to set a line in, more than any line takes at that size.
_ROOM = 8192


def words(
    text: str,
    size: float | None = None,
    colour: str | None = None,
    *,
    mono: bool = False,
    weight: str = "MEDIUM",
    **kwargs: Any,
) -> Text:
    """A line of type, in the theme's fonts, which come with the project.

    In a scene that plays, its ``numbers`` say where each of them comes from (`scenes.stage.number_sources.Shown`).

    Parameters
    ----------
    text
        One line.
    size
        A manim font size; the theme's ``body`` by default.
    colour
        ``#rrggbb``; the theme's ``text`` by default.
    mono
        Whether in the type of code.
    weight
        As Pango names it: ``"NORMAL"``, ``"MEDIUM"``, ``"SEMIBOLD"``, ``"BOLD"``.
    **kwargs
        Of `manim.Text`.

    Examples
    --------
    ::

        self.add(words("the way down", theme.heading, theme.downhill, weight="BOLD"))
    """
    register_fonts()
    numbers = record_shown("screen", text)
    with _room():
        line = GlyphLine(
            text,
            font=theme.mono if mono else theme.sans,
            font_size=_SET_AT,
            color=colour or theme.text,
            weight=weight,
            disable_ligatures=mono,
            **kwargs,
        )
    line.numbers = numbers
    return line.scale((size or theme.body) / _SET_AT)


@contextmanager
def _room() -> Iterator[None]:
    """As if the frame were very large.

    manim cuts a line off at the frame's width in pixels, and type must not depend on the quality. Its own
    ``tempconfig`` sets all that there is, the renderer too, which takes a third of the time that a line takes.
    """
    before = config.pixel_width, config.pixel_height
    config.pixel_width = config.pixel_height = _ROOM
    try:
        yield
    finally:
        config.pixel_width, config.pixel_height = before


def coefficient_name(text: str) -> str:
    """The name of a coefficient on screen; the source of a number in it is its place in ``coeffs``.

    >>> coefficient_name("knob 0")
    'knob 0'
    """
    return note_source(text, "the name of a knob, its place in coeffs")


#: Letters that stand on the baseline and reach no higher than an x.
_ON_BASELINE = "aceimnorsuvwxzbdhklt"


def set_on_baseline(line: Text, text: str, y: float) -> Text:
    """Move a line of type so that its baseline is at height ``y`` (scene units); returns it.

    ``text`` is what the line says.

    manim centres a line on its ink, so lines with and without descenders would stand unevenly.
    """
    glyph = 0
    for letter in text:
        if letter in _ON_BASELINE:
            return line.shift(UP * (y - line[glyph].get_bottom()[1]))
        glyph += not letter.isspace()
    return line.shift(UP * (y - line.get_bottom()[1]))


def plate(content: Any, *, pad: float = 0.2, colour: str | None = None, opacity: float | None = None) -> VGroup:
    """``content`` on a rounded plate of the page's colour, legible over snow and fog alike.

    Parameters
    ----------
    content
        Any mobject.
    pad
        Room around it, in scene units.
    colour, opacity
        Of the plate; the theme's by default.

    Examples
    --------
    ::

        mountain = Mountain(library.landscape("mountain"))
        self.add(mountain, plate(words("a mountain")).to_corner(UL))
    """
    back = RoundedRectangle(
        corner_radius=0.12,
        width=content.width + 2 * pad,
        height=content.height + 2 * pad * 0.8,
        stroke_width=0,
        fill_color=colour or theme.page,
        fill_opacity=theme.plate if opacity is None else opacity,
    ).move_to(content)
    return VGroup(back, content)


class LegendRow(VGroup):
    """A row of a `legend`: a short bar of a colour, and what it stands for.

    Parameters
    ----------
    bar, label
        As they stand.
    runs
        The recordings that have this colour in the picture.

    Attributes
    ----------
    runs
        Their labels. The check holds the bar's colour against that of their hikers, trails and curves, and the
        numbers of the row against theirs.

    Examples
    --------
    ::

        row = LegendRow(Dot(color=theme.right), words("right").shift(RIGHT), recording("right"))
        self.add(row)
    """

    def __init__(self, bar: VMobject, label: Text, runs: Runs = ()) -> None:
        super().__init__(bar, label)
        self.bar, self.label = bar, label
        self.runs = tuple(run.label for run in ((runs,) if isinstance(runs, Trajectory) else runs))


def swatch(text: str, colour: str, size: float | None = None, *, weight: str = "SEMIBOLD", run: Runs = ()) -> VGroup:
    """A label with a short bar of the colour it stands for: one row of a `legend`.

    Parameters
    ----------
    text, colour
        The label and its colour.
    size, weight
        Of the type.
    run
        The recording that has this colour in the picture, or all that have.

    Examples
    --------
    ::

        self.add(swatch("too big", theme.too_big, theme.heading, run=recording("too-big")))
    """
    return legend([(text, colour, run)], size, weight=weight)


def legend(
    rows: Sequence[tuple[str, str] | tuple[str, str, Runs]], size: float | None = None, *, weight: str = "SEMIBOLD"
) -> VGroup:
    """Labels under each other, each with a short bar of its colour, on even baselines.

    Parameters
    ----------
    rows
        Text and colour of each; and the recording that has this colour in the picture, or all that have: what a
        row is of is checked.
    size, weight
        Of the type.

    Examples
    --------
    ::

        small, right = recording("too-small"), recording("right")
        self.add(legend([("right", theme.right, right), ("too small", theme.too_small, small)], theme.heading))
    """
    size = size or theme.label
    leading = size / 48 * 0.8
    group = VGroup()
    for index, (text, colour, *runs) in enumerate(rows):
        y = -leading * index
        label = set_on_baseline(words(text, size, theme.text, weight=weight), text, y)
        label.align_to([0.5, 0, 0], LEFT)
        bar = RoundedRectangle(
            corner_radius=0.04, width=0.34, height=0.1, stroke_width=0, fill_color=colour, fill_opacity=1
        )
        group.add(LegendRow(bar.move_to([0.17, y + size / 48 * 0.13, 0]), label, *runs))
    return group
