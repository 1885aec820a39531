"""Defects that a third stranger planted and the check missed: wrong judgements, gaps, parts left out; and relatives."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind
from tests.gate.planted_by_strangers import in_part_4

_RIBBONS = "Ribbons(mountain, runs, [_colour_of(run, right) for run in runs])"


def _in_loss(scene: str, name: str, kind: Kind, *changes: tuple[str, str], rules: tuple[str, ...] = ()) -> Edit:
    return Edit(name, kind, f"loss/{scene}", f"scenes/loss/{scene.replace('-', '_')}.py", changes, rules)


#: Words that judge wrongly.
JUDGED = (
    in_part_4(
        "fog",
        "good settings that rise",
        Kind.WHO,
        (
            "Bad settings [rise]rise, good ones [sink]sink.",
            "Good settings [rise]rise, bad ones [sink]sink.",
        ),
        rules=("outcome",),
    ),
    in_part_4(
        "fog",
        "the best settings on the peak",
        Kind.WHO,
        (
            "Bad settings [rise]rise, good ones [sink]sink.",
            "The land starts to [rise]rise, then to [sink]sink: the best settings are on the peak.",
        ),
        rules=("outcome",),
    ),
    in_part_4(
        "knobs", "a higher loss that is better", Kind.WHO, ("Lower is better", "Higher is better"), rules=("outcome",)
    ),
    _in_loss(
        "in-the-dark",
        "a higher number that is better",
        Kind.WHO,
        ("Lower is better", "Higher is better"),
        rules=("outcome",),
    ),
    _in_loss(
        "in-the-dark",
        "the higher, the better",
        Kind.WHO,
        ("Lower is better.", "The higher, the better."),
        rules=("outcome",),
    ),
    _in_loss(
        "in-the-dark",
        "a label that calls a higher loss better",
        Kind.WHO,
        ('words("the loss", theme.heading', 'words("the loss: high is good", theme.heading'),
        rules=("outcome",),
    ),
    in_part_4(
        "zero-grad",
        "home that he never reaches",
        Kind.WHOSE,
        ("and still not ", "and at last he's "),
        rules=("outcome",),
    ),
    in_part_4(
        "step-size",
        "home after sixty baby steps",
        Kind.WHOSE,
        ('and you\'re "\n            "still up [here]here.', 'and you\'re "\n            "[here]home at last.'),
        rules=("outcome",),
    ),
    in_part_4(
        "step-size",
        "not home though he stands at the door",
        Kind.WHOSE,
        ('"And [there]there\'s the light."', "\"But he's still not home: [there]there's the light.\""),
        rules=("outcome",),
    ),
)

#: What is gone before its like takes its place.
GAPS = (
    in_part_4(
        "slope",
        "an arrow that is gone before the one that stands",
        Kind.CONTINUITY,
        (
            "        self.remove(grows)\n",
            "        self.remove(grows)\n        self.play(mountain.orbit(0.3), run_time=0.15)\n",
        ),
        rules=("gone",),
    ),
    in_part_4(
        "home",
        "a card that is gone before another one",
        Kind.CONTINUITY,
        (
            '        self.beat("zero")\n',
            '        self.beat("zero")\n        self.remove(score)\n'
            "        self.play(mountain.orbit(0.2), run_time=0.2)\n"
            '        score = Scorecard(lambda: f"{hike.losses[walk.row]:.4f}", theme.loss, "loss")\n'
            "        self.add(score.to_corner(UP + RIGHT, buff=theme.margin))\n",
        ),
        rules=("gone",),
    ),
)

#: Runs that are not drawn, and curves that are drawn before their time.
LEFT_OUT = (
    in_part_4(
        "step-size",
        "thirty-six ribbons of forty",
        Kind.WHOLE,
        (_RIBBONS, _RIBBONS.replace("runs,", "runs[:-4],").replace("in runs]", "in runs[:-4]]")),
        rules=("count",),
    ),
    in_part_4(
        "step-size",
        "every other ribbon",
        Kind.WHOLE,
        (_RIBBONS, _RIBBONS.replace("runs,", "runs[::2],").replace("in runs]", "in runs[::2]]")),
        rules=("count",),
    ),
    in_part_4(
        "step-size",
        "a scale without the giant strides",
        Kind.WHOLE,
        ("enumerate(ribbons.colours):", "enumerate(ribbons.colours[:-4]):"),
        rules=("order",),
    ),
    Edit(
        "curves that are whole while everybody stands at the start",
        Kind.MOMENT,
        "explore/walks",
        "scenes/explore/the_walks.py",
        (("        curves.follow(party.walks)\n", ""),),
        ("curve",),
    ),
    in_part_4(
        "step-size",
        "a curve that is whole from the first baby step on",
        Kind.MOMENT,
        (
            "curve = LossCurve(walk, colours=[colour], size=CURVE)",
            "curve = LossCurve(run, colours=[colour], size=CURVE)",
        ),
        rules=("curve",),
    ),
    _in_loss(
        "rounds",
        "a curve that is whole while round follows round",
        Kind.MOMENT,
        ("curve = LossCurve(progress, colours", "curve = LossCurve(run, colours"),
        rules=("curve",),
    ),
)

#: What is not there yet at its word.
LATE = (
    in_part_4(
        "home",
        "a card six rows from the zero that is said",
        Kind.MOMENT,
        ("walk.to(self._arrival() - 0.02,", "walk.to(self._arrival() - 6,"),
        rules=("mark",),
    ),
    in_part_4(
        "home",
        "a loss that is said to have fallen to zero, and falls on",
        Kind.MOMENT,
        ("Until the scorecard hits [zero]", "Until the loss falls to [zero]"),
        ("walk.to(self._arrival() - 0.02,", "walk.to(LONG_STEPS + 4,"),
        rules=("mark",),
    ),
)

#: What lies on the ground, in a layer over those who stand on it. Their order on the stage changes nothing: see
#: `tests.gate.harmless`.
OVER = (
    in_part_4(
        "home",
        "a trail in a layer over its hiker",
        Kind.DEPTH,
        (
            "hiker, trail = Hiker(walk=walk), Trail(walk)\n",
            "hiker, trail = Hiker(walk=walk), Trail(walk).set_z_index(5)\n",
        ),
        rules=("depth",),
    ),
    in_part_4(
        "slope",
        "an arrow in a layer over the boots",
        Kind.DEPTH,
        ("        self.add(uphill, hiker)\n", "        self.add(uphill.set_z_index(5), hiker)\n"),
        rules=("depth",),
    ),
)

THIRD_STRANGER = (*JUDGED, *GAPS, *LEFT_OUT, *LATE, *OVER)
