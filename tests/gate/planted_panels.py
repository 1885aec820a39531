"""Defects of panels: curves on another scale, rings beside their things, panels that contradict each other."""

from __future__ import annotations

from tests.gate.edit import Kind
from tests.gate.planted_by_strangers import in_part_4

PANELS = (
    in_part_4(
        "optimising",
        "guesses that are charged twice",
        Kind.WHOLE,
        (
            "plot.curve(range(guess.steps + 1), guess.losses, theme.guess, a_row=1)",
            "plot.curve([2 * t for t in range(guess.steps + 1)], guess.losses, theme.guess, a_row=2)",
        ),
        rules=("curve",),
    ),
    in_part_4(
        "optimising",
        "a price that is not what a step costs",
        Kind.WHOLE,
        ("price = guess.steps / steer.steps", "price = guess.steps / steer.steps / 2"),
        rules=("curve",),
    ),
)
