"""Defects to plant: right parts with the wrong run, row, place or moment. At least two of each kind."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind
from tests.gate.planted_again import AGAIN
from tests.gate.planted_amounts import AMOUNTS
from tests.gate.planted_by_strangers import BY_STRANGERS
from tests.gate.planted_in_explore import IN_EXPLORE
from tests.gate.planted_moments import MOMENTS
from tests.gate.planted_panels import PANELS
from tests.gate.planted_parts import PARTS
from tests.gate.planted_views import FOURTH_STRANGER
from tests.gate.planted_words import WORDS
from tests.gate.planted_worth_and_walks import THIRD_STRANGER

#: Of part 4.
IN_PART_4 = (
    Edit(
        "a score one row off",
        Kind.WHOSE,
        "gradient/home",
        "scenes/gradient/home.py",
        (('f"{hike.losses[walk.row]:.4f}", theme', 'f"{hike.losses[max(walk.row - 1, 0)]:.4f}", theme'),),
    ),
    Edit(
        "a said loss of a hiker who has not come yet",
        Kind.WHOSE,
        "gradient/step-size",
        "scenes/gradient/step_size.py",
        (("[stuck]stuck at {big.losses[-1]:.2f}", "[stuck]stuck at {right.losses[-1]:.2f}"),),
    ),
    Edit(
        "the trails of two hikers exchanged",
        Kind.WHO,
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        (
            (
                "prints=0.03) for walk, colour in zip(walks, colours, strict=True)]",
                "prints=0.03) for walk, colour in zip(walks[::-1], colours, strict=True)]",
            ),
        ),
    ),
    Edit(
        "the colours of a legend exchanged",
        Kind.WHO,
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        (
            ('"wipes", theme.right', '"wipes", theme.stale'),
            ('"forgets to wipe", theme.stale', '"forgets to wipe", theme.right'),
        ),
    ),
    Edit(
        "a cabin beside the recorded end",
        Kind.WHERE,
        "gradient/fog",
        "scenes/gradient/fog.py",
        (("Cabin(mountain, hike.coeffs[-1])", "Cabin(mountain, hike.coeffs[-1] + [0.3, 0.0])"),),
    ),
    Edit(
        "a label far from what it names",
        Kind.WHERE,
        "gradient/fog",
        "scenes/gradient/fog.py",
        (("cabin, UP, theme.gap)", "cabin, UP, 2.5)"),),
    ),
    Edit(
        "an arrow longer than its fellow of the same slope",
        Kind.WHERE,
        "gradient/slope",
        "scenes/gradient/slope.py",
        (
            (
                "            mountain, walk.position, lambda: -hike.slopes[walk.row] * NEAR, Arrow",
                "            mountain, walk.position, lambda: -hike.slopes[walk.row] * NEAR * 1.5, Arrow",
            ),
        ),
    ),
    Edit(
        "a curve shifted by a step",
        Kind.WHOLE,
        "gradient/step-size",
        "scenes/parts/panels/loss_curve.py",
        (
            (
                "walk.trajectory.losses[rows])))",
                "walk.trajectory.losses[np.minimum(rows + 1, walk.trajectory.steps)])))",
            ),
        ),
    ),
    Edit(
        "a trail without every other footprint",
        Kind.WHOLE,
        "gradient/slope",
        "scenes/parts/ground/trail.py",
        (("self._shows[:: self._between] & self._known)", "self._shows[:: self._between] & self._known)[::2]"),),
    ),
    Edit(
        "ticks that stand beside their values",
        Kind.WHOLE,
        "gradient/optimising",
        "scenes/parts/panels/plot.py",
        (
            (
                "spot = self.spot(across[0], value)\n",
                "spot = self.spot(across[0], value) + [0.0, 0.12, 0.0]\n",
            ),
        ),
    ),
    Edit(
        "a picture long before its word",
        Kind.MOMENT,
        "gradient/slope",
        "scenes/gradient/slope.py",
        (
            (
                'run_time=line.until("up"))\n            self.play(self._al',
                "run_time=0.3)\n            self.play(self._al",
            ),
            ('line.until("down", shows=(downhill, down_name))', "0.3"),
        ),
    ),
    Edit(
        "two marks exchanged",
        Kind.MOMENT,
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        (
            ('line.until("ground", ', 'line.until("later", '),
            ('line.reach("old", ', 'line.reach("ground", '),
            ('line.until("later", ', 'line.until("old", '),
        ),
    ),
    Edit(
        "a label over what it names",
        Kind.DEPTH,
        "gradient/fog",
        "scenes/gradient/fog.py",
        (("cabin, UP, theme.gap)", "cabin, UP, theme.gap).move_to(cabin)"),),
    ),
    Edit(
        "a cabin that is spoken of, in the fog",
        Kind.DEPTH,
        "gradient/fog",
        "scenes/gradient/fog.py",
        (("MAP.orbited(-7), Fog(0.0))", "MAP.orbited(-7), Fog(1.0))"),),
    ),
    Edit(
        "a hiker who jumps",
        Kind.CONTINUITY,
        "gradient/home",
        "scenes/gradient/home.py",
        (
            (
                "                walk.to(LONG_STEPS, run_time=line.left + theme.breath),\n            )\n",
                "            )\n            walk.clock.set_value(LONG_STEPS)\n",
            ),
        ),
    ),
)

PLANTED = (
    *IN_PART_4,
    *BY_STRANGERS,
    *AGAIN,
    *MOMENTS,
    *PANELS,
    *PARTS,
    *WORDS,
    *THIRD_STRANGER,
    *FOURTH_STRANGER,
    *IN_EXPLORE,
    *AMOUNTS,
)
