"""Defects to plant in the film of a loss."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind


def _planted(
    kind: Kind, name: str, scene: str, file: str, *changes: tuple[str, str], rules: tuple[str, ...] = ()
) -> Edit:
    return Edit(name, kind, f"explore/{scene}", f"scenes/{file}", changes, rules)


IN_EXPLORE = (
    _planted(
        Kind.WHOSE,
        "a plate with the learning rate of another",
        "walks",
        "explore/the_walks.py",
        ('f"lr {three_digits(run.lr)}: ', 'f"lr {three_digits(party.runs[index - 1].lr)}: '),
    ),
    _planted(
        Kind.WHOSE,
        "a sentence about another walk",
        "walks",
        "explore/the_walks.py",
        ("sentences.run_sentence(verdict, run.lr)", "sentences.run_sentence(verdicts[index - 1], run.lr)"),
    ),
    _planted(
        Kind.WHOSE,
        "a headline of another walk",
        "walks",
        "explore/the_walks.py",
        ("{sentences.headline(verdict)}", "{sentences.headline(verdicts[index - 1])}"),
        rules=("outcome",),
    ),
    _planted(
        Kind.WHOSE,
        "a table with the loss of another",
        "curves",
        "explore/the_curves.py",
        ("three_digits(verdict.last_loss)", "three_digits(verdicts[1].last_loss)"),
    ),
    _planted(
        Kind.WHOSE,
        "a loss under the name of another field",
        "curves",
        "explore/explore_scene.py",
        ("sourced(verdict.last_loss, ", "sourced(verdict.first_loss, "),
        rules=("value",),
    ),
    _planted(
        Kind.WHOSE,
        "a walk too many in the last sentence",
        "curves",
        "explore/sentences.py",
        (
            "count_in_words(count, 'how many walks came to this')",
            "count_in_words(count + 1, 'how many walks came to this')",
        ),
        rules=("outcome",),
    ),
    _planted(
        Kind.WHOSE,
        "the loss of the second row at the start",
        "mountain",
        "explore/your_mountain.py",
        ('three_digits(run.expected_losses[0])}."', 'three_digits(run.expected_losses[1])}."'),
    ),
    _planted(
        Kind.WHO,
        "the colours of a table exchanged",
        "curves",
        "explore/the_curves.py",
        ("zip(runs, verdicts, colours, strict=True)", "zip(runs, verdicts, colours[::-1], strict=True)"),
    ),
    _planted(
        Kind.WHO,
        "the names in a key exchanged",
        "zero-grad",
        "explore/without_zero_grad.py",
        ('("wipes its gradient", "never wipes it")', '("never wipes it", "wipes its gradient")'),
        rules=("outcome",),
    ),
    _planted(
        Kind.WHO,
        "the learning rates in a key exchanged",
        "walks",
        "explore/explore_scene.py",
        ("sentences.legend_names(party.runs)", "sentences.legend_names(party.runs[::-1])"),
    ),
    _planted(
        Kind.WHO,
        "the coats of the hikers exchanged",
        "walks",
        "explore/party.py",
        (
            "Wanderer(walk, colour) for walk, colour in zip(self.walks, colours, ",
            "Wanderer(walk, colour) for walk, colour in zip(self.walks, colours[::-1], ",
        ),
    ),
    _planted(
        Kind.WHO,
        "two walks exchanged",
        "walks",
        "explore/explore_scene.py",
        (
            "[self.run(projected_label(label)) for label in labels]",
            "[self.run(projected_label(label)) for label in labels[::-1]]",
        ),
    ),
    _planted(
        Kind.WHO,
        "the trail of another stands out",
        "walks",
        "explore/the_walks.py",
        ("party.point_out(index)", "party.point_out(index - 1)"),
        rules=("outcome",),
    ),
    _planted(
        Kind.WHO,
        "a name left out where several stand on one spot",
        "walks",
        "explore/explore_scene.py",
        ("for index in standing:", "for index in standing[1:]:"),
        rules=("who",),
    ),
    _planted(
        Kind.WHERE,
        "a label of one spot away from it",
        "walks",
        "explore/explore_scene.py",
        ("group.add(label)", "group.add(label.shift([-4.0, 0.0, 0.0]))"),
        rules=("who", "label"),
    ),
    _planted(
        Kind.WHERE,
        "marks of an edge moved",
        "mountain",
        "explore/edges.py",
        ("            label.move_to(spot)\n", "            label.move_to(spot + np.array([0.5, 0.0, 0.0]))\n"),
    ),
    _planted(
        Kind.WHERE,
        "points set on the stage a row late",
        "walks",
        "explore/ground.py",
        (
            "places = self.on_stage(projected.coeffs) + [0.0, lane]",
            "places = self.on_stage(projected.coeffs)[[0, *range(len(projected.coeffs) - 1)]] + [0.0, lane]",
        ),
    ),
    _planted(
        Kind.WHO,
        "the colours of curves exchanged",
        "walks",
        "explore/curves.py",
        (
            "run.expected_losses, colour)\n                for run, colour in zip(runs, colours, ",
            "run.expected_losses, colour)\n                for run, colour in zip(runs, colours[::-1], ",
        ),
    ),
    _planted(
        Kind.WHOLE,
        "curves a step late",
        "curves",
        "explore/curves.py",
        ("self.spots(np.arange(last), ", "self.spots(np.arange(last) + 1, "),
        rules=("curve",),
    ),
    _planted(
        Kind.WHOLE,
        "marks of the losses ten times too high",
        "curves",
        "explore/curves.py",
        ("Marks(10.0 ** np.array(powers, np.float64)", "Marks(10.0 ** (np.array(powers, np.float64) - 1)"),
    ),
    _planted(
        Kind.WHOLE,
        "a trail that is drawn from its fourth row on",
        "walks",
        "parts/ground/trail.py",
        ("self._between] & self._known)\n", "self._between] & self._known)[3:]\n"),
    ),
    _planted(
        Kind.MOMENT,
        "a walk in which nobody moves",
        "walks",
        "explore/the_walks.py",
        ("self.play(*party.to(party.steps,", "self.play(*party.to(0,"),
    ),
    _planted(
        Kind.MOMENT,
        "a plate a second after its word",
        "mountain",
        "explore/your_mountain.py",
        (
            '            line.reach("loss", shows=here)\n',
            '            line.reach("loss", shows=here)\n            self.wait(1)\n',
        ),
    ),
    _planted(
        Kind.DEPTH,
        "a label over the hiker it belongs to",
        "mountain",
        "explore/your_mountain.py",
        ("set_next_to(here, hiker, RIGHT, theme.gap)", "set_next_to(here, hiker, RIGHT, theme.gap).move_to(hiker)"),
    ),
    _planted(
        Kind.DEPTH,
        "fog that never lifts",
        "walks",
        "explore/the_walks.py",
        ("mountain.change_fog(density=0.0, run_time=1.2)", "mountain.change_fog(density=1.0, run_time=1.2)"),
    ),
    _planted(
        Kind.CONTINUITY,
        "a board that is gone for an instant",
        "zero-grad",
        "explore/without_zero_grad.py",
        (
            '        self.beat("what came of it")\n',
            "        self.remove(board)\n        self.wait(0.1)\n        self.add(board)\n"
            '        self.beat("what came of it")\n',
        ),
    ),
    _planted(
        Kind.CONTINUITY,
        "hikers who jump to their ends",
        "zero-grad",
        "explore/without_zero_grad.py",
        (
            '        self.beat("what came of it")\n',
            "        for walk in party.walks:\n            walk.clock.set_value(20)\n"
            '        self.beat("what came of it")\n',
        ),
    ),
    _planted(
        Kind.WHERE,
        "the names of two edges exchanged",
        "mountain",
        "explore/explore_scene.py",
        ("sentences.axis_names(self.summary.plane)", "sentences.axis_names(self.summary.plane)[::-1]"),
        rules=("axis",),
    ),
    _planted(
        Kind.WHOLE,
        "an axis that is called what it is not",
        "curves",
        "explore/curves.py",
        ('"loss, log axis" if log else "loss"', '"loss" if log else "loss, log axis"'),
        rules=("axis",),
    ),
    _planted(
        Kind.MOMENT,
        "walks that stop half way",
        "walks",
        "explore/the_walks.py",
        ("*party.to(party.steps, run_time", "*party.to(party.steps // 2, run_time"),
        rules=("outcome",),
    ),
    _planted(
        Kind.MOMENT,
        "a sentence on curves that come after it",
        "curves",
        "explore/the_curves.py",
        ("        self.open(curves)", "        self.open(rule)"),
        ("            self.enter(rule)\n", ""),
        ("        self.close()", "        self.enter(curves)\n        self.close()"),
        rules=("outcome",),
    ),
    _planted(
        Kind.MOMENT,
        "an end that is told while the walk goes there",
        "zero-grad",
        "explore/without_zero_grad.py",
        (
            'never wipes its gradient.") as line:\n'
            "            self.play(*party.to(party.steps, run_time=max(line.duration, WALKING), "
            "rate_func=quickening))\n",
            'never wipes its gradient."):\n            pass\n',
        ),
        (
            "sentences.no_zero_grad_sentence(clean, never)):\n",
            "sentences.no_zero_grad_sentence(clean, never)) as line:\n"
            "            self.play(*party.to(party.steps, run_time=max(line.duration, WALKING), "
            "rate_func=quickening))\n",
        ),
        rules=("outcome",),
    ),
    _planted(
        Kind.MOMENT,
        "a walk in silence that is spoken of afterwards",
        "walks",
        "explore/the_walks.py",
        (
            '        with self.say(f"{who} Up to {party.steps:,} steps{self._of_optimizer()}.") as line:\n'
            "            self.play(*party.to(party.steps, run_time=max(line.duration, WALKING), "
            "rate_func=quickening))\n",
            "        self.play(*party.to(party.steps, run_time=WALKING, rate_func=quickening))\n"
            '        with self.say(f"{who} Up to {party.steps:,} steps{self._of_optimizer()}."):\n'
            "            pass\n",
        ),
    ),
    _planted(
        Kind.DEPTH,
        "a start in thick fog without a light",
        "mountain",
        "explore/your_mountain.py",
        ("        mountain.lights.append(walk.position)\n", ""),
        rules=("depth",),
    ),
)
