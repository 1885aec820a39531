"""Harmless edits: a scene may be told and drawn so as well, and the check must say nothing of it."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind


def _harmless(name: str, scene: str, file: str, *changes: tuple[str, str]) -> Edit:
    return Edit(name, Kind.HARMLESS, scene, file, changes)


#: Beside defects of words: numbers, tables, labels and counts that are as true, or read as true, otherwise.
WORDS = (
    _harmless(
        "another word for the end",
        "explore/zero-grad",
        "scenes/explore/sentences.py",
        ("Wiped, it comes to {_loss(clean", "Wiped, it ends at {_loss(clean"),
    ),
    _harmless(
        "at rest, in another order of words",
        "explore/walks",
        "scenes/explore/sentences.py",
        (
            '{it} converged: at rest after {_steps(verdict.settled_after)}, at a loss of {end}."',
            '{it} converged: it came to rest after {_steps(verdict.settled_after)}, and stays at {end}."',
        ),
    ),
    _harmless(
        "the last loss by its row",
        "explore/curves",
        "scenes/explore/the_curves.py",
        ("three_digits(verdict.last_loss)", "three_digits(run.losses[run.steps])"),
    ),
    _harmless(
        "needles that end farther from the rim",
        "gradient/zero-grad",
        "scenes/parts/dials/held_compass.py",
        ("_REACH = 0.93", "_REACH = 0.9"),
    ),
    _harmless(
        "under compasses, the numbers of the other knob, by its name",
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        (
            'reading = VGroup(\n            words(coefficient_name("knob 0")',
            'reading = VGroup(\n            words(coefficient_name("knob 1")',
        ),
        ("{run.grads[dial.row, 0]:+.2f}", "{run.grads[dial.row, 1]:+.2f}"),
    ),
    _harmless(
        "a name on the other side of its thing, of which nobody says what it names",
        "gradient/fog",
        "scenes/gradient/fog.py",
        (
            "set_next_to(label, cabin, UP, theme.gap)",
            "label.next_to(cabin, RIGHT, theme.gap)",
        ),
    ),
    _harmless(
        "the name of a knob over the radio",
        "gradient/knobs",
        "scenes/gradient/knobs.py",
        (
            'words("weights", theme.heading, theme.weight).next_to(radio, DOWN, buff=theme.room)',
            'words("weights", theme.heading, theme.weight).next_to(radio, UP, buff=theme.room)',
        ),
    ),
    _harmless(
        "a first leap in two moves",
        "gradient/step-size",
        "scenes/gradient/step_size.py",
        (
            '            self.play(\n                walks["too-big"].to(1, run_time=1.0),',
            '            self.play(walks["too-big"].to(0.5, run_time=0.5))\n'
            '            self.play(\n                walks["too-big"].to(1, run_time=0.5),',
        ),
    ),
    _harmless(
        "a pair of hikers, by their number",
        "explore/zero-grad",
        "scenes/explore/without_zero_grad.py",
        ("one of these {count} never wipes its gradient.", "one of these {count} hikers never wipes its gradient."),
    ),
    _harmless(
        "what grad held where it was wiped, for the slope",
        "gradient/slope",
        "scenes/gradient/slope.py",
        ("Reading(lambda: hike.slopes[walk.row])", "Reading(lambda: hike.grads[walk.row])"),
    ),
    _harmless(
        "smaller notes on the ends",
        "gradient/optimising",
        "scenes/gradient/optimising.py",
        (
            'words(f"{guess.losses[-1]:.2f}", theme.body',
            'words(f"{guess.losses[-1]:.2f}", theme.label',
        ),
    ),
    _harmless(
        "the goal on the other side of its cabin",
        "gradient/fog",
        "scenes/gradient/fog.py",
        ("set_next_to(label, cabin, UP, theme.gap)", "set_next_to(label, cabin, RIGHT, theme.gap)"),
    ),
    _harmless(
        "a name of which nobody says that it names the compass",
        "gradient/backward",
        "scenes/gradient/backward.py",
        (
            "set_names(name.next_to(compass.rim, DOWN, buff=theme.gap), compass)",
            "name.next_to(compass.rim, DOWN, buff=theme.gap)",
        ),
    ),
    _harmless(
        "a slower first leap",
        "gradient/step-size",
        "scenes/gradient/step_size.py",
        ('walks["too-big"].to(1, run_time=1.0)', 'walks["too-big"].to(1, run_time=1.3)'),
    ),
    _harmless(
        "a score that goes on falling",
        "gradient/slope",
        "scenes/gradient/slope.py",
        ("the score keeps falling.", "the score goes on falling."),
    ),
)

HARMLESS = (
    _harmless(
        "other words",
        "gradient/fog",
        "scenes/gradient/fog.py",
        ("Just your own [boots]boots.", "Only your own [boots]boots."),
    ),
    _harmless(
        "another colour of the theme, throughout",
        "gradient/step-size",
        "scenes/gradient/step_size.py",
        ('"too-big": theme.too_big', '"too-big": theme.guess'),
    ),
    _harmless(
        "larger hikers",
        "gradient/step-size",
        "scenes/gradient/step_size.py",
        ("coat=colours[label], size=1.25)", "coat=colours[label], size=1.4)"),
    ),
    _harmless(
        "a longer pause",
        "gradient/home",
        "scenes/gradient/home.py",
        ("self.wait(0.5)", "self.wait(1.2)"),
    ),
    _harmless(
        "a reading less",
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        ("READINGS = 4", "READINGS = 3"),
    ),
    _harmless(
        "longer arrows, all of them",
        "gradient/slope",
        "scenes/gradient/slope.py",
        ("NEAR, FAR = 1.54, 0.9", "NEAR, FAR = 1.5, 0.95"),
    ),
    _harmless(
        "a mark of another name",
        "gradient/slope",
        "scenes/gradient/slope.py",
        ("and you go [down]down.", "and you go [below]down."),
        ('line.until("down", shows', 'line.until("below", shows'),
    ),
    _harmless(
        "other words about the walks",
        "explore/walks",
        "scenes/explore/the_walks.py",
        (
            "hikers, from the same spot. Only the learning rate differs.",
            "hikers set out from one spot, each at a pace.",
        ),
    ),
    _harmless(
        "smaller curves",
        "explore/walks",
        "scenes/explore/explore_scene.py",
        ("Curves(party.runs, party.colours, (2.9, 1.05))", "Curves(party.runs, party.colours, (2.7, 1.0))"),
    ),
    _harmless(
        "a slower walk",
        "explore/zero-grad",
        "scenes/explore/the_walks.py",
        ("WALKING = 6.0", "WALKING = 7.5"),
    ),
    _harmless(
        "smaller footprints",
        "explore/walks",
        "scenes/explore/party.py",
        ("colour=colour, prints=0.034)", "colour=colour, prints=0.03)"),
    ),
    _harmless(
        "a narrower plot",
        "explore/curves",
        "scenes/explore/the_curves.py",
        ("Curves(runs, colours, (6.4, 3.6))", "Curves(runs, colours, (6.0, 3.4))"),
    ),
    _harmless(
        "a label a little later in its chain",
        "gradient/fog",
        "scenes/gradient/fog.py",
        (
            '            line.reach("goal", shows=home)\n',
            '            line.reach("goal", shows=home)\n            self.wait(0.05)\n',
        ),
    ),
    _harmless(
        "a mark a word earlier",
        "gradient/slope",
        "scenes/gradient/slope.py",
        ("That's the [gradient]gradient:", "That's [gradient]the gradient:"),
    ),
    _harmless(
        "wider rings",
        "gradient/knobs",
        "scenes/gradient/knobs.py",
        ("Circle(knob.rim.width * 0.55", "Circle(knob.rim.width * 0.6"),
    ),
    _harmless(
        "a frame that nobody declares, around a name",
        "gradient/slope",
        "scenes/gradient/slope.py",
        (
            "fade_in(down_name), self._along(downhill), run_time=theme.enter)\n",
            "fade_in(down_name), self._along(downhill), run_time=theme.enter)\n"
            "            from manim import Circumscribe\n\n            self.play(Circumscribe(down_name))\n",
        ),
    ),
    _harmless(
        "a light that runs faster",
        "gradient/backward",
        "scenes/gradient/backward.py",
        ('trail.run_back(run_time=line.until("knob", shows=knobs))', "trail.run_back(run_time=2.0)"),
    ),
    _harmless(
        "cards lit once more",
        "gradient/next",
        "scenes/gradient/what_comes_next.py",
        (
            "zip((0.15, 0.40, 0.65, 0.79), (*loop[2::2], loop[0])",
            "zip((0.0, 0.15, 0.40, 0.65, 0.79), (*loop[::2], loop[0])",
        ),
    ),
    _harmless(
        "higher fog to begin with",
        "gradient/home",
        "scenes/gradient/home.py",
        ("soft=1.2, top=0.95)", "soft=1.2, top=1.0)"),
    ),
    _harmless(
        "a hiker who comes before his trail and the cabin, and is drawn over both",
        "gradient/home",
        "scenes/gradient/home.py",
        (
            "self.open(mountain, trail, cabin, cabin.smoke, hiker, score, clear)",
            "self.open(mountain, hiker, trail, cabin, cabin.smoke, score, clear)",
        ),
    ),
    _harmless(
        "an arrow that comes after the boots, and is drawn under them",
        "gradient/slope",
        "scenes/gradient/slope.py",
        ("self.add(downhill, hiker)", "self.add(downhill)"),
        ("self.add(uphill, hiker)", "self.add(uphill)"),
    ),
    _harmless(
        "worth and height in other words",
        "gradient/fog",
        "scenes/gradient/fog.py",
        (
            "Bad settings [rise]rise, good ones [sink]sink.",
            "The worse a setting, the higher it will [rise]rise; the best ones [sink]sink.",
        ),
    ),
    _harmless(
        "not home, in other words",
        "gradient/zero-grad",
        "scenes/gradient/zero_grad.py",
        ("and still not ", "and he never comes "),
    ),
    _harmless(
        "a heap of another shape, and another word for its size",
        "tensors/quick",
        "scenes/tensors/quick.py",
        ("SQUARE, COLUMNS, PITCH = 1000, 36, 0.148", "SQUARE, COLUMNS, PITCH = 1000, 34, 0.15"),
        ("About a tenth.", "Roughly a tenth of that."),
    ),
    _harmless(
        "none, said otherwise",
        "loss/rounds",
        "scenes/loss/rounds.py",
        ("you haven't [hit]hit the board once. ", "not one has [hit]hit the board. "),
        ("One more round: ", "Another round: "),
    ),
    _harmless(
        "right answers, said otherwise",
        "training-loop/voyage",
        "scenes/training_loop/voyage.py",
        ("and it's right {right_of(run, said, LAZY):,} times", "and it gets {right_of(run, said, LAZY):,} right"),
    ),
    *WORDS,
)
