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
            "mountain.change_fog(density=1.0",
            "mountain.change_fog(density=mountain.fog.density",
        ),
        rules=("still",),
    ),
    in_part_4(
        "home",
        "fog that stays while the eye and the hiker go",
        Kind.MOMENT,
        ("mountain.change_fog(top=0.72, sight=1.8, soft=1.7, ", "mountain.change_fog(top=0.95, sight=0.9, soft=1.2, "),
        rules=("still",),
    ),
    in_part_4(
        "home",
        "a hiker who stays while the eye goes",
        Kind.MOMENT,
        ("walk.to(LONG_STEPS, run_time", "walk.to(0, run_time"),
        rules=("still",),
    ),
    in_part_4(
        "slope",
        "steps that are gone while the words are cleared away",
        Kind.CONTINUITY,
        (
            "fade_in(score).set_run_time(until),\n            )\n",
            "fade_in(score).set_run_time(until),\n            )\n            walk.clock.set_value(1)\n",
        ),
        ("self.play(walk.to(1, run_time=0.6))", "self.wait(0.6)"),
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
            "                mountain.move_to_shot(ROUND),\n                run_time=1.0,\n",
            "                mountain.move_to_shot(ROUND),\n                walks[1].to(moment + 8, run_time=1.0),\n"
            "                run_time=1.0,\n",
        ),
    ),
    in_part_4(
        "fog",
        "fog that comes long after it is spoken of",
        Kind.MOMENT,
        (
            "            self.play(\n                mountain.change_fog(density=1.0",
            "            self.wait(line.share(0.25))\n"
            "            self.play(\n                mountain.change_fog(density=1.0",
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
            "            self.play(fade_in(home).set_run_time(theme.leave), "
            "mountain.orbit(2, dolly=0.04, run_time=line.left))",
            "            self.wait(line.left)\n        self.play(fade_in(home), mountain.orbit(2, dolly=0.04))",
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
            "The scorecard: that's the [loss]loss.",
            "The [loss]scorecard: that's the loss.",
        ),
        rules=("mark",),
    ),
    in_part_4(
        "next",
        "pictures that come in another order than they are spoken of",
        Kind.MOMENT,
        (
            'zip(("fog", "compass", "stride", "wipe"), pictures, clocks, strict=True)',
            'zip(("fog", "compass", "stride", "wipe"), [pictures[i] for i in (0, 2, 1, 3)], clocks, strict=True)',
        ),
    ),
)
