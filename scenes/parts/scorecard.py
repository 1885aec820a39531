"""Scorecard: the loss as a card with one number. It shows recorded values only, never in between."""

from __future__ import annotations

from collections.abc import Callable

from manim import DOWN, LEFT, UP, RoundedRectangle, Text, VGroup

from scenes.parts.type import words
from scenes.theme import theme


class Readout(VGroup):
    """A line of mono type that shows what a function says now.

    Parameters
    ----------
    read
        Gives the text to show.
    size, colour
        Of the type.
    """

    def __init__(
        self,
        read: Callable[[], str],
        size: float | None = None,
        colour: str | None = None,
        weight: str = "SEMIBOLD",
    ) -> None:
        super().__init__()
        self._read = read
        self._style = (size or theme.body, colour or theme.text, weight)
        self._set: dict[str, Text] = {}
        self._shown = ""
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Set the type anew if the text has changed."""
        text = self._read()
        if text == self._shown:
            return
        size, colour, weight = self._style
        if text not in self._set:
            self._set[text] = words(text, size, colour, mono=True, weight=weight)
        line = self._set[text].copy()
        if self._shown:
            # As large, and as faded, as whatever has become of the one before.
            before = self.submobjects[0]
            line.scale(before.height / self._set[self._shown].height)
            line.set_opacity(before.submobjects[0].get_fill_opacity())
            line.align_to(before, LEFT).align_to(before, DOWN)
            self.remove(before)
        self.add(line)
        self._shown = text


class Scorecard(VGroup):
    """The card that carries the loss through the whole series.

    Parameters
    ----------
    read
        Gives the text of the number: a formatted field of a recording.
    colour
        Of the number.
    name
        What stands over it.
    """

    def __init__(
        self, read: Callable[[], str], colour: str | None = None, name: str = "scorecard", width: float = 2.7
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
        title = words(name, theme.label * 0.9, theme.quiet)
        title.move_to(card.get_top() + DOWN * 0.28).align_to(card.get_left() + [0.26, 0, 0], LEFT)
        self.number = Readout(read, theme.heading, colour)
        self.number.move_to(card.get_bottom() + UP * 0.47).align_to(title, LEFT)
        self.add(card, title, self.number)
        self.card = card
