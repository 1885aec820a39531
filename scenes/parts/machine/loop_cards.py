"""The four strokes of the training loop as cards: in a ring, as part 4 promises them, and on the engine of part 5."""

from __future__ import annotations

import numpy as np
from manim import PI, ArcBetweenPoints, RoundedRectangle, VGroup
from numpy.typing import NDArray

from scenes.parts.words import set_on_baseline, words
from scenes.theme import theme

#: Half the width and half the height of the ring.
ACROSS, DOWN = 3.3, 1.85
#: Where each stroke stands, clockwise from the top.
ANGLES = (PI / 2, 0.0, -PI / 2, PI)
#: Where the baseline of a card's name is, from the card's middle.
_BASELINE = -0.2


def strokes() -> tuple[tuple[str, str], ...]:
    """The four strokes in their order, each with its colour."""
    return (
        ("predict", theme.text),
        ("loss", theme.loss),
        ("backward", theme.uphill),
        ("step", theme.downhill),
    )


def stroke_card(name: str, colour: str, width: float = 3.1, height: float = 1.05) -> VGroup:
    """A stroke's card: its frame and its name."""
    box = RoundedRectangle(
        corner_radius=0.2,
        width=width,
        height=height,
        stroke_color=colour,
        stroke_width=3,
        fill_color=theme.panel,
        fill_opacity=1,
    )
    label = words(name, theme.heading, colour, weight="SEMIBOLD")
    return VGroup(box, set_on_baseline(label.move_to(box), name, box.get_y() + _BASELINE))


def loop_ring() -> VGroup:
    """The four cards in a ring, and the arrows from each to the next: card, arrow, card, arrow, …"""
    places = [np.array([ACROSS * np.cos(a), DOWN * np.sin(a), 0]) for a in ANGLES]
    pieces = VGroup()
    for index, ((name, colour), place) in enumerate(zip(strokes(), places, strict=True)):
        start, end = _gap(place, places[(index + 1) % 4])
        arrow = ArcBetweenPoints(start, end, angle=-PI / 5, color=theme.quiet, stroke_width=5).add_tip(
            tip_length=0.22, tip_width=0.2
        )
        pieces.add(stroke_card(name, colour).move_to(place), arrow)
    return pieces


def _gap(here: NDArray[np.float64], there: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where an arrow leaves one card of the ring and meets the next."""

    def side(at: NDArray[np.float64], toward: NDArray[np.float64]) -> NDArray[np.float64]:
        if abs(at[0]) < 0.1:  # top or bottom: leave at the side
            return at + np.array([np.sign(toward[0]) * 1.7, 0, 0])
        return at + np.array([0, np.sign(toward[1]) * 0.68, 0])

    return side(here, there), side(there, here)
