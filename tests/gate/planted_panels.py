"""Defects of panels: curves on another scale, rings beside their things, panels that contradict each other."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind
from tests.gate.planted_by_strangers import in_part_4

PANELS = (
    in_part_4(
        "optimising",
        "guesses that are charged twice",
        Kind.WHOLE,
        (
            "plot.curve(range(guess.steps + 1), guess.losses, theme.guess, 6, a_row=1)",
            "plot.curve([2 * t for t in range(guess.steps + 1)], guess.losses, theme.guess, 6, a_row=2)",
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
    in_part_4(
        "knobs",
        "rings beside their knobs",
        Kind.WHERE,
        ("knob.rim)\n                for knob", "knob.rim).shift(RIGHT * 0.25)\n                for knob"),
        rules=("ring",),
    ),
    in_part_4(
        "knobs",
        "rings beside their knobs of which nobody says what they are around",
        Kind.WHERE,
        (
            "set_around(Circle(knob.rim.width * 0.55, color=theme.weight, stroke_width=5), knob.rim)",
            "Circle(knob.rim.width * 0.55, color=theme.weight, stroke_width=5)"
            ".move_to(knob.rim.get_center() + [0.3, 0.0, 0.0])",
        ),
        rules=("ring",),
    ),
    in_part_4(
        "backward",
        "a bar aside of its line",
        Kind.WHERE,
        ('push = panel.bar("backward")', 'push = panel.bar("backward").shift(RIGHT * 1.2)'),
        rules=("ring",),
    ),
    in_part_4(
        "backward",
        "the loss lit where the knobs are spoken of",
        Kind.WHO,
        ("Indicate(knobs, scale_factor", "Indicate(card, scale_factor"),
    ),
    Edit(
        "a training loop in another order than the listing's",
        Kind.WHO,
        "gradient/next",
        "scenes/parts/machine/loop_cards.py",
        (
            (
                '        ("loss", theme.loss),\n        ("backward", theme.uphill),',
                '        ("backward", theme.uphill),\n        ("loss", theme.loss),',
            ),
        ),
        ("order",),
    ),
    in_part_4(
        "next",
        "cards lit in another order than the arrows lead",
        Kind.WHO,
        ("(*loop[2::2], loop[0])", "(loop[4], loop[2], loop[6], loop[0])"),
        rules=("order",),
    ),
    in_part_4(
        "backward",
        "slopes of another row than the printed one",
        Kind.WHOSE,
        ("first, second = hike.slopes[0]", "first, second = hike.slopes[1]"),
        rules=("reading",),
    ),
    in_part_4(
        "backward",
        "advice to turn the other way",
        Kind.WHOSE,
        (
            'words(f"turn it {_way(slope)}"',
            'words(f"turn it {_way(-slope)}"',
        ),
        rules=("whose",),
    ),
)
