"""What a stranger planted in parts 1, 2 and 5 and the check missed at first, and a relative of each.

Pictures of another amount than is told beside them, constants that are no longer what they were, counters of another
row than is said.
"""

from __future__ import annotations

from tests.gate.edit import Edit, Kind


def _in(file: str, scene: str, name: str, kind: Kind, *changes: tuple[str, str], rules: tuple[str, ...]) -> Edit:
    """An edit to a file of a film's folder, which is to be seen in a scene."""
    return Edit(name, kind, scene, f"scenes/{file}.py", changes, rules)


#: Pictures of how much.
DRAWN = (
    _in(
        "tensors/quick",
        "tensors/quick",
        "a heap at another scale than its key",
        Kind.WHOLE,
        ("Heap(tensor / SQUARE, theme.accent)", "Heap(tensor / 250, theme.accent)"),
        rules=("value",),
    ),
    _in(
        "tensors/quick",
        "tensors/quick",
        "a runner with fewer laps than are counted",
        Kind.WHOLE,
        ('(-0.6, "tensor", theme.accent, AT_LEAST)', '(-0.6, "tensor", theme.accent, 10)'),
        rules=("value",),
    ),
    _in(
        "tensors/quick",
        "tensors/quick",
        "a runner at half the laps that are counted",
        Kind.WHOLE,
        (
            "Runner(lane, partial(self._covered, laps, times), colour)",
            "Runner(lane, partial(self._covered, laps, times / 2), colour)",
        ),
        rules=("value",),
    ),
    _in(
        "tensors/pause",
        "tensors/pause",
        "a stack with a note fewer than its number",
        Kind.WHOLE,
        ("for index in range(int(count))", "for index in range(int(count) - 1)"),
        rules=("value",),
    ),
    _in(
        "loss/which_scorecard",
        "loss/which-scorecard",
        "a ruler to the darts of another run",
        Kind.WHERE,
        (
            "Line(room.place(*BULL), room.place(*self._centre(squared))",
            "Line(room.place(*BULL), room.place(*self._centre(distance))",
        ),
        rules=("value",),
    ),
    _in(
        "loss/which_scorecard",
        "loss/which-scorecard",
        "darts of another run beside the label of squares",
        Kind.WHO,
        ("pulled = Progress(squared)", "pulled = Progress(distance)"),
        rules=("value",),
    ),
    _in(
        "loss/rings",
        "loss/rings",
        "a ring as wide as the score of the throw before",
        Kind.WHERE,
        ("room.ring_round(second, throws[1].losses[0])", "room.ring_round(second, throws[0].losses[0])"),
        rules=("reading",),
    ),
    _in(
        "tensors/everybody",
        "tensors/everybody",
        "bars of the gradient turned over",
        Kind.WHERE,
        ("Bars(run.slopes[0],", "Bars(-run.slopes[0],"),
        rules=("reading",),
    ),
    _in(
        "tensors/everybody",
        "tensors/everybody",
        "bars of coefficients called a gradient",
        Kind.WHO,
        ("Bars(run.slopes[0],", "Bars(run.coeffs[0],"),
        rules=("reading",),
    ),
    _in(
        "training_loop/cough",
        "training-loop/cough",
        "bars the other way than the numbers at them",
        Kind.WHERE,
        ("steep = np.asarray(slopes, dtype=float)", "steep = -np.asarray(slopes, dtype=float)"),
        rules=("reading",),
    ),
)

#: Constants of a module.
CONSTANTS = (
    _in(
        "loss/rounds",
        "loss/rounds",
        "not a single hit, in a round with hits",
        Kind.WHOSE,
        ("= 10, 18, 19, 20", "= 10, 19, 20, 21"),
        rules=("count",),
    ),
    _in(
        "loss/rounds",
        "loss/rounds",
        "one more round that is two",
        Kind.WHOSE,
        ("= 10, 18, 19, 20", "= 10, 18, 20, 22"),
        rules=("count",),
    ),
    _in(
        "training_loop/voyage",
        "training-loop/voyage",
        "a sentence that is said to change a turn too early",
        Kind.WHOSE,
        ("= 26, 70, 117", "= 25, 70, 117"),
        rules=("constant",),
    ),
    _in(
        "tensors/notes",
        "tensors/notes",
        "knobs that are set otherwise than the code sets them",
        Kind.WHOSE,
        ("COEFFS, PASSENGER = (0.5, -1.0, 2.0)", "COEFFS, PASSENGER = (0.5, 1.0, 2.0)"),
        rules=("reading",),
    ),
    _in(
        "tensors/notes",
        "tensors/notes",
        "beads of another passenger than the code's",
        Kind.WHOSE,
        (", (1, 0, 1)", ", (1, 1, 1)"),
        rules=("reading",),
    ),
    _in(
        "tensors/chain",
        "tensors/chain",
        "knobs in another order than the code's",
        Kind.WHO,
        ("COEFFS = (0.5, -1.0, 2.0)", "COEFFS = (0.5, 2.0, -1.0)"),
        rules=("reading",),
    ),
    _in(
        "gradient/backward",
        "gradient/backward",
        "knobs set the other way at the end of a trail",
        Kind.WHOSE,
        ("angles = (hike.coeffs[0, 0],", "angles = (-hike.coeffs[0, 0],"),
        rules=("reading",),
    ),
    _in(
        "loss/too_fast",
        "loss/too-fast",
        "the names of a key exchanged",
        Kind.WHO,
        (
            '{"darts-timid": "timid", "darts": "just right", "darts-wild": "wild"}',
            '{"darts-timid": "wild", "darts": "just right", "darts-wild": "timid"}',
        ),
        rules=("who",),
    ),
)

#: What is said.
SAID = (
    _in(
        "training_loop/voyage",
        "training-loop/voyage",
        "right answers of a later turn",
        Kind.WHOSE,
        ("right {right_of(run, said, LAZY):,} times", "right {right_of(run, said, FEMALE):,} times"),
        rules=("whose",),
    ),
    _in(
        "loss/rounds",
        "loss/rounds",
        "hits of the round after",
        Kind.WHOSE,
        ("{in_words(_on_the_board(hits, FIRST))}", "{in_words(_on_the_board(hits, ALL))}"),
        rules=("count",),
    ),
    _in(
        "tensors/quick",
        "tensors/quick",
        "a third that is a tenth",
        Kind.WHOSE,
        ('About a tenth."', 'About a third."'),
        rules=("count",),
    ),
    _in(
        "tensors/notes",
        "tensors/notes",
        "the same sum again, on the line of the first one",
        Kind.WHO,
        ('again, noted = panel.bar("loss = ")', 'again, noted = panel.bar("plain = ")'),
        rules=("code",),
    ),
    _in(
        "tensors/notes",
        "tensors/notes",
        "the first sum, on the line of the second one",
        Kind.WHO,
        ('work = panel.bar("plain = ")', 'work = panel.bar("loss = ")'),
        rules=("code",),
    ),
)

AMOUNTS = (*DRAWN, *CONSTANTS, *SAID)
