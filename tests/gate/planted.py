"""Defects to plant: right parts with the wrong run, row, place or moment. At least two of each kind."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind

#: Of part 4.
_IN_PART_4 = (
    Edit(
        "a score one row off",
        Kind.WHOSE,
        "gradient/optimising",
        "scenes/gradient/optimising.py",
        (('f"{hike.losses[walk.row]:.4f}", theme', 'f"{hike.losses[max(walk.row - 1, 0)]:.4f}", theme'),),
    ),
    Edit(
        "a said loss of a hiker who has not come yet",
        Kind.WHOSE,
        "gradient/step-size",
        "scenes/gradient/step_size.py",
        (("stays at {big.losses[-1]:.2f}", "stays at {right.losses[-1]:.2f}"),),
    ),
    Edit(
        "the trails of two hikers exchanged",
        Kind.WHO,
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        (
            (
                "prints=0.035) for walk, colour in zip(walks, colours, strict=True)]",
                "prints=0.035) for walk, colour in zip(walks[::-1], colours, strict=True)]",
            ),
        ),
    ),
    Edit(
        "the colours of a legend exchanged",
        Kind.WHO,
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        (
            ('"wipes the compass", theme.right', '"wipes the compass", theme.stale'),
            ('"never wipes it", theme.stale', '"never wipes it", theme.right'),
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
        ((".next_to(cabin, RIGHT, buff=theme.room)", ".next_to(cabin, RIGHT, buff=2.5)"),),
    ),
    Edit(
        "an arrow longer than its fellow of the same slope",
        Kind.WHERE,
        "gradient/slope",
        "scenes/gradient/slope.py",
        (
            (
                "downhill = GroundArrow(mountain, walk.position, lambda: -hike.slopes[walk.row] * NEAR",
                "downhill = GroundArrow(mountain, walk.position, lambda: -hike.slopes[walk.row] * NEAR * 1.5",
            ),
        ),
    ),
    Edit(
        "a curve shifted by a step",
        Kind.WHOLE,
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        (("run.losses[first : 101 + first], colour, 5)", "run.losses[first + 1 : 102 + first], colour, 5)"),),
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
        "gradient/zero-grad",
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
        (('            line.reach("down")\n', ""),),
    ),
    Edit(
        "two marks exchanged",
        Kind.MOMENT,
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        (
            ('line.reach("ground")', 'line.reach("later")'),
            ('line.reach("old")', 'line.reach("ground")'),
            ('line.reach("later")', 'line.reach("old")'),
        ),
    ),
    Edit(
        "a label over what it names",
        Kind.DEPTH,
        "gradient/fog",
        "scenes/gradient/fog.py",
        ((".next_to(hiker, RIGHT, buff=theme.gap)", ".move_to(hiker)"),),
    ),
    Edit(
        "a cabin that is spoken of, in the fog",
        Kind.DEPTH,
        "gradient/fog",
        "scenes/gradient/fog.py",
        (
            (
                "mountain.change_fog(density=0.0, run_time=line.share(0.6))",
                "mountain.change_fog(density=1.0, run_time=line.share(0.6))",
            ),
        ),
    ),
    Edit(
        "a hiker who jumps",
        Kind.CONTINUITY,
        "gradient/optimising",
        "scenes/gradient/optimising.py",
        (
            (
                "self.play(walk.to(14, run_time=line.share(0.95)))",
                "self.wait(line.share(0.5)); walk.clock.set_value(14)",
            ),
        ),
    ),
)

#: Of the film of a loss.
_IN_EXPLORE = (
    Edit(
        "a plate with the learning rate of another",
        Kind.WHOSE,
        "explore/walks",
        "scenes/explore/the_walks.py",
        (('f"lr {three_digits(run.lr)}: ', 'f"lr {three_digits(party.runs[index - 1].lr)}: '),),
    ),
    Edit(
        "a sentence about another walk",
        Kind.WHOSE,
        "explore/walks",
        "scenes/explore/the_walks.py",
        (("sentences.run_sentence(verdict, run.lr)", "sentences.run_sentence(verdicts[index - 1], run.lr)"),),
    ),
    Edit(
        "a table with the loss of another",
        Kind.WHOSE,
        "explore/curves",
        "scenes/explore/the_curves.py",
        (("three_digits(verdict.last_loss)", "three_digits(verdicts[1].last_loss)"),),
    ),
    Edit(
        "the colours of a table exchanged",
        Kind.WHO,
        "explore/curves",
        "scenes/explore/the_curves.py",
        (("zip(runs, verdicts, colours, strict=True)", "zip(runs, verdicts, colours[::-1], strict=True)"),),
    ),
    Edit(
        "the names in a key exchanged",
        Kind.WHO,
        "explore/zero-grad",
        "scenes/explore/without_zero_grad.py",
        (('("wipes its gradient", "never wipes it")', '("never wipes it", "wipes its gradient")'),),
    ),
    Edit(
        "the coats of the hikers exchanged",
        Kind.WHO,
        "explore/walks",
        "scenes/explore/party.py",
        (
            (
                "self.hikers = [Wanderer(walk, colour) for walk, colour in zip(self.walks, colours, strict=True)]",
                "self.hikers = [Wanderer(walk, colour) for walk, colour in zip(self.walks, colours[::-1], strict=True)]",
            ),
        ),
    ),
    Edit(
        "marks of an edge moved",
        Kind.WHERE,
        "explore/mountain",
        "scenes/explore/edges.py",
        (("self.add(label.move_to(spot))", "self.add(label.move_to(spot + np.array([0.5, 0.0, 0.0])))"),),
    ),
    Edit(
        "curves a step late",
        Kind.WHOLE,
        "explore/curves",
        "scenes/explore/curves.py",
        (("self.spots(np.arange(last), ", "self.spots(np.arange(last) + 1, "),),
    ),
    Edit(
        "a walk in which nobody moves",
        Kind.MOMENT,
        "explore/walks",
        "scenes/explore/the_walks.py",
        (("self.play(*party.to(party.steps,", "self.play(*party.to(0,"),),
    ),
    Edit(
        "a plate a second after its word",
        Kind.MOMENT,
        "explore/mountain",
        "scenes/explore/your_mountain.py",
        (('            line.reach("loss")\n', '            line.reach("loss")\n            self.wait(1)\n'),),
    ),
    Edit(
        "a label over the hiker it belongs to",
        Kind.DEPTH,
        "explore/mountain",
        "scenes/explore/your_mountain.py",
        (("here.next_to(hiker, RIGHT, buff=theme.gap)", "here.move_to(hiker)"),),
    ),
    Edit(
        "a board that is gone for an instant",
        Kind.CONTINUITY,
        "explore/zero-grad",
        "scenes/explore/without_zero_grad.py",
        (
            (
                '        self.beat("what came of it")\n',
                '        self.remove(board)\n        self.wait(0.1)\n        self.add(board)\n        self.beat("what came of it")\n',
            ),
        ),
    ),
)

PLANTED = (*_IN_PART_4, *_IN_EXPLORE)
