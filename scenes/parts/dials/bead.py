"""Bead: one number that a coefficient is multiplied with, as a bead: lit by it, or dark for a nought."""

from __future__ import annotations

from manim import Circle

from scenes.theme import theme


class Bead(Circle):
    """A number from 0 to 1 as a bead that is lit as much.

    Parameters
    ----------
    number
        How much.
    radius
        In scene units.

    Examples
    --------
    ::

        self.add(VGroup(*(Bead(number) for number in (1, 0, 1))).arrange(DOWN))
    """

    def __init__(self, number: float, radius: float = 0.2) -> None:
        super().__init__(
            radius=radius, stroke_color=theme.accent, stroke_width=3, fill_color=theme.accent, fill_opacity=number
        )
        self._number = number

    def reading(self) -> float:
        """The number, as it was given."""
        return self._number
