"""Defects of the moment: pictures late or early, what is animated and does not change, what changes unseen."""

from __future__ import annotations

from tests.gate.edit import Kind
from tests.gate.planted_by_strangers import in_part_4

MOMENTS = (
    in_part_4(
        "fog",
        "fog that stays as thick while the eye goes",
        Kind.MOMENT,
        (
            "mountain.change_fog(density=1.0)",
            "mountain.change_fog(density=mountain.fog.density)",
        ),
        rules=("still",),
    ),
    in_part_4(
        "optimising",
        "fog that stays while the eye and the hiker go",
        Kind.MOMENT,
        ("mountain.change_fog(density=0.25, ", "mountain.change_fog(density=1.0, "),
        rules=("still",),
    ),
    in_part_4(
        "optimising",
        "a hiker who stays while the eye goes",
        Kind.MOMENT,
        ("walk.to(24, run_time=line.share(0.8)),", "walk.to(14, run_time=line.share(0.8)),"),
        rules=("still",),
    ),
    in_part_4(
        "optimising",
        "steps that are gone while the words are cleared away",
        Kind.CONTINUITY,
        (
            "        self.enter(score, hiker)\n",
            "        self.enter(score, hiker)\n        walk.clock.set_value(6)\n",
        ),
        rules=("jump",),
    ),
    in_part_4(
        "knobs",
        "tries that go by while the rings fade",
        Kind.CONTINUITY,
        (
            "self.play(fade_out(rings), fade_in(card, UP * theme.drift), run_time=theme.enter)",
            "self.play(fade_out(rings), fade_in(card, UP * theme.drift), turn.animate.set_value(12), "
            "run_time=theme.enter)",
        ),
        rules=("jump",),
    ),
    in_part_4(
        "zero-grad",
        "steps that go by while a label is taken away",
        Kind.CONTINUITY,
        (
            "            mountain.move_to_shot(ROUND),\n            run_time=1.2,\n",
            "            mountain.move_to_shot(ROUND),\n            walks[1].to(moment + 8, run_time=1.2),\n"
            "            run_time=1.2,\n",
        ),
    ),
    in_part_4(
        "fog",
        "fog that comes long after it is spoken of",
        Kind.MOMENT,
        (
            "            self.play(\n                mountain.change_fog(density=1.0)",
            "            self.wait(line.share(0.25))\n"
            "            self.play(\n                mountain.change_fog(density=1.0)",
        ),
        rules=("mark",),
    ),
    in_part_4(
        "slope",
        "a compass that comes late in a line without marks",
        Kind.MOMENT,
        (
            "            self.enter(instrument, toward=LEFT)",
            "            self.wait(4)\n            self.enter(instrument, toward=LEFT)",
        ),
        rules=("mark",),
    ),
    in_part_4(
        "fog",
        "a label that comes after its line",
        Kind.MOMENT,
        (
            "            self.play(fade_in(home), mountain.orbit(3, dolly=0.04), run_time=line.left)",
            "            self.wait(line.left)\n        self.play(fade_in(home), mountain.orbit(3, dolly=0.04))",
        ),
        rules=("mark",),
    ),
    in_part_4(
        "slope",
        "a mark on a later word",
        Kind.MOMENT,
        (
            "the [gradient]gradient: the measurement of the tilt. It points where the ground rises",
            "the gradient: the measurement of the tilt. It points where the [gradient]ground rises",
        ),
        rules=("mark",),
    ),
    in_part_4(
        "knobs",
        "a mark on an earlier word",
        Kind.MOMENT,
        (
            "And you know the scorecard. That is the [loss]loss.",
            "And you know the [loss]scorecard. That is the loss.",
        ),
        rules=("mark",),
    ),
)
