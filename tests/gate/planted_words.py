"""Defects of what words say of numbers and of things: another field, another row, another thing, another count."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind
from tests.gate.planted_by_strangers import in_part_4


def _explore(
    name: str, kind: Kind, scene: str, file: str, *changes: tuple[str, str], rules: tuple[str, ...] = ()
) -> Edit:
    return Edit(name, kind, f"explore/{scene}", f"scenes/explore/{file}.py", changes, rules)


#: Another field, or another row, of the right run.
_FIELDS = (
    _explore(
        "at rest after all steps",
        Kind.WHOSE,
        "walks",
        "sentences",
        ("at rest after {_steps(verdict.settled_after)}", "at rest after {_steps(verdict.steps)}"),
        rules=("field",),
    ),
    _explore(
        "as many steps as it took to settle, for all steps",
        Kind.WHOSE,
        "walks",
        "sentences",
        ("to {last} in {_steps(verdict.steps)}", "to {last} in {_steps(verdict.settled_after)}"),
        rules=("field",),
    ),
    _explore(
        "from the end to the start",
        Kind.WHOSE,
        "walks",
        "sentences",
        (
            "    if verdict.outcome in _ON_THE_WAY:\n        first, last = ",
            "    if verdict.outcome in _ON_THE_WAY:\n        last, first = ",
        ),
        rules=("field",),
    ),
    _explore(
        "a table of ends with the start of a run",
        Kind.WHOSE,
        "curves",
        "the_curves",
        ("three_digits(verdict.last_loss)", "three_digits(run.losses[0])"),
        rules=("field",),
    ),
    _explore(
        "a table of ends with losses before the ends",
        Kind.WHOSE,
        "curves",
        "the_curves",
        ("three_digits(verdict.last_loss)", "three_digits(run.losses[-20])"),
        rules=("field",),
    ),
    _explore(
        "what it comes to, of its start",
        Kind.WHOSE,
        "zero-grad",
        "sentences",
        ("it comes to {_loss(clean.last_loss, clean)}", "it comes to {_loss(clean.first_loss, clean)}"),
        rules=("field",),
    ),
    in_part_4(
        "knobs",
        "the start of a search where it ends",
        Kind.WHOSE,
        ('f"{fiddling.losses[-1]:.2f}."', 'f"{fiddling.losses[0]:.2f}."'),
        rules=("field",),
    ),
    in_part_4(
        "slope",
        "a slope on the scorecard",
        Kind.WHOSE,
        ('Scorecard(lambda: f"{hike.losses[walk.row]:.3f}"', 'Scorecard(lambda: f"{hike.slopes[walk.row, 0]:.3f}"'),
        rules=("field",),
    ),
    in_part_4(
        "knobs",
        "a radio that is set to a slope",
        Kind.WHOSE,
        ("Radio(tried.coeffs", "Radio(lambda: fiddling.slopes[tried.row]"),
        rules=("field",),
    ),
    in_part_4(
        "knobs",
        "how many guesses, over the word for knobs",
        Kind.WHOSE,
        ('for text in (f"{guessing.dimensions:,}", "knobs")', 'for text in (f"{guessing.steps:,}", "knobs")'),
        rules=("field",),
    ),
    _explore(
        "what it never wiped came to, of its lowest",
        Kind.WHOSE,
        "zero-grad",
        "sentences",
        ("at a loss of {three_digits(never.last_loss)}", "at a loss of {three_digits(never.lowest_loss)}"),
        rules=("field",),
    ),
    in_part_4(
        "knobs",
        "the start of a search for its end",
        Kind.WHOSE,
        ('f"{fiddling.losses[-1]:.2f}."', 'f"{fiddling.losses[0]:.2f}."'),
        rules=("field", "whose"),
    ),
    in_part_4(
        "knobs",
        "a score that goes from its end to its start",
        Kind.WHOSE,
        (
            "goes from {guessing.losses[0]:.0f} to {guessing.losses[-1]:.2f}",
            "goes from {guessing.losses[-1]:.2f} to {guessing.losses[0]:.0f}",
        ),
        rules=("field",),
    ),
    in_part_4(
        "backward",
        "a compass that shows the knobs",
        Kind.WHOSE,
        ("Compass(lambda: hike.slopes[0], radius", "Compass(lambda: hike.coeffs[0], radius"),
        rules=("field",),
    ),
)

#: The wrong column, or the wrong row, of the numbers beside compasses; and notes beside plots.
_TABLES = (
    in_part_4(
        "zero-grad",
        "under a compass, the number of its next reading",
        Kind.WHOSE,
        ("{run.grads[dial.row, 0]:+.2f}", "{run.grads[dial.row + 1, 0]:+.2f}"),
        rules=("reading",),
    ),
    in_part_4(
        "zero-grad",
        "under a compass, the number of the other knob",
        Kind.WHOSE,
        ("{run.grads[dial.row, 0]:+.2f}", "{run.grads[dial.row, 1]:+.2f}"),
    ),
    in_part_4(
        "zero-grad",
        "under a compass, the fresh slope for what it holds",
        Kind.WHOSE,
        ("{run.grads[dial.row, 0]:+.2f}", "{run.slopes[dial.row, 0]:+.2f}"),
    ),
    in_part_4(
        "zero-grad",
        "the names of two compasses exchanged",
        Kind.WHO,
        (
            '("wiped after every step", theme.right) if dial.is_wiped else ("never wiped", theme.stale)',
            '("never wiped", theme.stale) if dial.is_wiped else ("wiped after every step", theme.right)',
        ),
    ),
    in_part_4(
        "optimising",
        "notes on where the curves begin, under their ends",
        Kind.WHOSE,
        ('words(f"{guess.losses[-1]:.2f}"', 'words(f"{guess.losses[0]:.2f}"'),
        rules=("table",),
    ),
    in_part_4(
        "optimising",
        "a note of a row before the end",
        Kind.WHOSE,
        ('words(f"{guess.losses[-1]:.2f}"', 'words(f"{guess.losses[3]:.2f}"'),
        rules=("table",),
    ),
    in_part_4(
        "zero-grad",
        "the other knob's number beside the name of one",
        Kind.WHOSE,
        ("{run.grads[dial.row, 0]:+.2f}", "{run.grads[dial.row, 1]:+.2f}"),
        rules=("whose",),
    ),
)

#: Labels that are on something, or beside another thing than their words name.
_LABELS = (
    in_part_4(
        "fog",
        "the name of the answer beside the hiker, of which nobody says what it names",
        Kind.WHERE,
        (
            "set_next_to(label, cabin, UP, theme.gap)",
            "label.next_to(mountain.point(*hike.coeffs[0]), UP, theme.gap)",
        ),
        rules=("label",),
    ),
    in_part_4(
        "fog",
        "the name of the answer set beside the pin",
        Kind.WHO,
        (
            "set_next_to(label, cabin, UP, theme.gap)",
            "set_next_to(label, pin, RIGHT, theme.gap)",
        ),
        rules=("label",),
    ),
    in_part_4(
        "slope",
        "the name of an arrow at the other one, and said so",
        Kind.WHO,
        ("self._follow(down_name, downhill, RIGHT)", "self._follow(down_name, uphill, UP)"),
        rules=("label",),
    ),
    in_part_4(
        "knobs",
        "the name of the scorecard beside the radio",
        Kind.WHERE,
        (
            'words("loss", theme.heading, theme.loss).next_to(card, DOWN, buff=theme.room)',
            'words("loss", theme.heading, theme.loss).next_to(radio, UP, buff=theme.gap)',
        ),
        rules=("label",),
    ),
    in_part_4(
        "knobs",
        "a word on the radio that it belongs under",
        Kind.WHERE,
        (
            'words("weights", theme.heading, theme.weight).next_to(radio, DOWN, buff=theme.room)',
            'words("weights", theme.heading, theme.weight).move_to(radio)',
        ),
        rules=("label", "overlap", "cut"),
    ),
    in_part_4(
        "slope",
        "the name of one arrow on the other, and said so",
        Kind.WHO,
        ("self._follow(down_name, downhill, RIGHT)", "self._follow(down_name, uphill, RIGHT)"),
        rules=("label",),
    ),
    in_part_4(
        "zero-grad",
        "the names of two arrows exchanged, and said so",
        Kind.WHO,
        (
            "in ((new_name, fresh), (old_name, held)):",
            "in ((old_name, fresh), (new_name, held)):",
        ),
        rules=("label",),
    ),
    in_part_4(
        "backward",
        "a name on the compass",
        Kind.WHERE,
        ("name.next_to(compass.rim, DOWN, buff=theme.gap)", "name.move_to(compass.rim).shift(DOWN * 0.4)"),
        rules=("label", "overlap", "cut"),
    ),
)

#: Ordinals and counts in words.
_COUNTS = (
    in_part_4(
        "step-size",
        "a first leap that is almost two",
        Kind.MOMENT,
        ('walks["too-big"].to(1, run_time', 'walks["too-big"].to(1.9, run_time'),
        rules=("count",),
    ),
    in_part_4(
        "step-size",
        "a second leap that is a third one too",
        Kind.MOMENT,
        ("leaper.to(2, run_time", "leaper.to(3, run_time"),
        rules=("count",),
    ),
    _explore(
        "a hiker too many in words",
        Kind.WHOSE,
        "walks",
        "the_walks",
        ("count_in_words(len(party.walks)).capitalize()", "count_in_words(len(party.walks) + 1).capitalize()"),
        rules=("count",),
    ),
    _explore(
        "one of three, of two",
        Kind.WHOSE,
        "zero-grad",
        "without_zero_grad",
        ("count_in_words(len(party.walks), PAIR)", "count_in_words(len(party.walks) + 1, PAIR)"),
        rules=("count",),
    ),
    _explore(
        "a learning rate too few in words",
        Kind.WHOSE,
        "curves",
        "sentences",
        ("{count_in_words(len(verdicts))} learning rates", "{count_in_words(len(verdicts) - 1)} learning rates"),
        rules=("count",),
    ),
    in_part_4(
        "home",
        "a loss that is said to rise, and falls",
        Kind.MOMENT,
        ('and every step is lower than the last."', 'and every step is higher than the last."'),
        rules=("course",),
    ),
    in_part_4(
        "slope",
        "a score that is said to keep rising",
        Kind.MOMENT,
        ("the score keeps falling.", "the score keeps rising."),
        rules=("course",),
    ),
)

#: What is compared, worked out, called as another is, or has another colour than is said.
_OTHERS = (
    in_part_4(
        "zero-grad",
        "fewer steps than somebody is said to be stuck for",
        Kind.WHOSE,
        ("walks[1].to(never.steps, ", "walks[1].to(30, "),
    ),
    in_part_4(
        "optimising",
        "the loss of the other run on the scorecard of those that turn",
        Kind.WHO,
        ('f"{most.losses[gust.row]:.3f}"', 'f"{many.losses[gust.row]:.3f}"'),
        rules=("reading",),
    ),
    in_part_4(
        "optimising",
        "a price that is not what its source says",
        Kind.WHOSE,
        (
            "price = sourced(guesses[0].steps // steers[0].steps, ",
            "price = sourced(guesses[0].steps // steers[0].steps + 1, ",
        ),
        rules=("value",),
    ),
    in_part_4(
        "home",
        "a last loss that is not rounded but another",
        Kind.WHOSE,
        (
            "lowest = sourced(round(float(hike.losses[-1]), 4)",
            "lowest = sourced(round(2 + float(hike.losses[-1]), 4)",
        ),
        rules=("value",),
    ),
    in_part_4(
        "step-size",
        "two names of runs exchanged",
        Kind.WHO,
        ("NAMES[label], colours", '{"too-small": "too big", "too-big": "too small"}.get(label, label), colours'),
        rules=("who",),
    ),
    in_part_4(
        "step-size",
        "the names in the last key in another order",
        Kind.WHO,
        ("NAMES[run.label]},", "NAMES[dict(zip(NAMES, reversed(NAMES)))[run.label]]},"),
        rules=("who",),
    ),
    in_part_4(
        "step-size",
        "the name of a run on the dock of another",
        Kind.WHO,
        (
            "self._dock(walk, NAMES[label], colours[label])",
            'self._dock(walk, {"too-small": "too big"}.get(label, label), colours[label])',
        ),
        rules=("who",),
    ),
    in_part_4(
        "slope",
        "the two ends of a compass exchanged in words",
        Kind.WHO,
        (
            "[up]red is up, [down]green is down.",
            "[up]green is up, [down]red is down.",
        ),
        rules=("colour",),
    ),
    in_part_4(
        "backward",
        "a bar on another line than is spoken of",
        Kind.WHO,
        ('push = panel.bar("backward")', 'push = panel.bar("print")'),
        rules=("code",),
    ),
)

WORDS = (*_FIELDS, *_TABLES, *_LABELS, *_COUNTS, *_OTHERS)
