"""Scorecard: the loss as a card with one number. It shows recorded values only, never in between."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import DOWN, LEFT, UP, RoundedRectangle, VGroup
from numpy.typing import NDArray

from scenes.parts.live_value import live
from scenes.parts.words import words
from scenes.stage.number_sources import record_shown
from scenes.theme import theme


class Readout(VGroup):
    """A line of mono type that shows the present text of a function.

    Parameters
    ----------
    read
        The text to show, or a function that gives the present one.
    size, colour, weight
        Of the type.

    Attributes
    ----------
    numbers
        Where the numbers that it shows now come from (`scenes.stage.number_sources.Shown`), in a scene that plays.
    is_live
        Whether it was given a function.

    Examples
    --------
    ::

        run = recording("right")
        progress = Progress(run)
        self.add(Readout(lambda: f"loss {run.losses[progress.row]:.3f}", theme.heading))
        self.play(progress.to(10, run_time=1))
    """

    def __init__(
        self,
        read: str | Callable[[], str],
        size: float | None = None,
        colour: str | None = None,
        weight: str = "SEMIBOLD",
    ) -> None:
        super().__init__()
        self._read, self.is_live = live(read), callable(read)
        self._style = (size or theme.body, colour or theme.text, weight)
        self._set: dict[str, list[NDArray[np.float64]]] = {}
        self._shown = self._read()
        self.numbers = record_shown("screen", self._shown)
        # manim lists what it draws once per animation, so the glyphs must stay the same objects:
        # a new text moves new outlines into them.
        # A space too, which is a dot without size that nothing fills: a letter may come to stand in its place.
        glyphs = list(words(self._shown, self._style[0], self._style[1], mono=True, weight=weight))
        inked = next(glyph for glyph in glyphs if glyph.get_fill_opacity())
        self.add(*(glyph.match_style(inked) for glyph in glyphs))
        self._set[self._shown] = [glyph.points.copy() for glyph in self]
        self.add_updater(lambda _: self.refresh())

    @property
    def text(self) -> str:
        """What it shows."""
        return self._shown

    @property
    def font_size(self) -> float:
        """Its present size, as manim counts it, whatever it was scaled by."""
        heights = [np.ptp(np.concatenate(outlines)[:, 1]) for outlines in (self._points(), self._set[self._shown])]
        return float(self._style[0] * heights[0] / heights[1])

    def _points(self) -> list[NDArray[np.float64]]:
        return [glyph.points for glyph in self]

    def refresh(self) -> None:
        """Set the type anew if the text has changed."""
        text = self._read()
        # Also where the text is the same: it may be another row's, and what was noted for it is used up.
        self.numbers = record_shown("screen", text)
        if text == self._shown:
            return
        before, after = self._set[self._shown], self._outlines(text)
        here = np.concatenate(self._points())
        # Where, and how large, whatever was done to this readout has left its first glyph.
        there = np.concatenate(before)
        # Rounded, or it would creep as it counts.
        zoom = round(float(np.ptp(here[:, 1]) / np.ptp(there[:, 1])), 9)
        shift = np.round(here.min(axis=0) - there.min(axis=0) * zoom, 9)
        while len(self.submobjects) < len(after):
            self.add(self.submobjects[-1].copy())
        for index, glyph in enumerate(self.submobjects):
            glyph.points = after[index] * zoom + shift if index < len(after) else np.zeros((0, 3))
        self._shown = text

    def _outlines(self, text: str) -> list[NDArray[np.float64]]:
        if text not in self._set:
            size, colour, weight = self._style
            line = words(text, size, colour, mono=True, weight=weight)
            first = np.concatenate(self._set[next(iter(self._set))])
            moved = np.concatenate([glyph.points for glyph in line])
            shift = first.min(axis=0) - moved.min(axis=0)
            self._set[text] = [glyph.points + shift for glyph in line]
        return self._set[text]


class Scorecard(VGroup):
    """The card that shows the loss, in all films of the series.

    Parameters
    ----------
    read
        The text of the number, a formatted field of a recording; or a function that gives the present one.
    colour
        Of the number.
    name
        What stands over it.
    width
        Of the card, in scene units.

    Examples
    --------
    ::

        run = recording("right")
        progress = Progress(run)
        self.add(Scorecard(lambda: f"{run.losses[progress.row]:.3f}"))
        self.play(progress.to(10, run_time=1))
    """

    def __init__(
        self,
        read: str | Callable[[], str],
        colour: str | None = None,
        name: str = "scorecard",
        width: float = 2.7,
    ) -> None:
        super().__init__()
        card = RoundedRectangle(
            corner_radius=0.16,
            width=width,
            height=1.32,
            stroke_color=theme.rule,
            stroke_width=2,
            fill_color=theme.panel,
            fill_opacity=0.94,
        )
        title = words(name, theme.small, theme.quiet)
        title.move_to(card.get_top() + DOWN * 0.28).align_to(card.get_left() + [0.26, 0, 0], LEFT)
        self.number = Readout(read, theme.heading, colour)
        self.number.move_to(card.get_bottom() + UP * 0.47).align_to(title, LEFT)
        self.add(card, title, self.number)
        self.card = card
