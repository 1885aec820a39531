"""Defects that a second stranger to the check planted, and that it missed; each with relatives of its kind."""

from __future__ import annotations

from tests.gate.edit import Edit, Kind
from tests.gate.planted_by_strangers import in_part_4
from tests.gate.planted_in_other_films import IN_OTHER_FILMS, UNSAID

#: Instruments of plain numbers, beside a card or alone.
INSTRUMENTS = (
    in_part_4(
        "knobs",
        "the radio's knobs exchanged, as plain numbers",
        Kind.WHO,
        (
            "radio = Radio(tried.coeffs, width=6.8)",
            "radio = Radio(lambda: np.asarray(tried.coeffs())[::-1], width=6.8)",
        ),
        rules=("reading",),
    ),
    in_part_4(
        "knobs",
        "the radio a try behind its card",
        Kind.WHOSE,
        (
            "radio = Radio(tried.coeffs, width=6.8)",
            "radio = Radio(lambda: np.asarray(fiddling.coeffs)[max(tried.row - 1, 0)], width=6.8)",
        ),
        rules=("reading",),
    ),
    in_part_4(
        "fog",
        "a card one row off beside a pin",
        Kind.WHOSE,
        ('f"{hike.losses[walk.row]:.3f}"', 'f"{hike.losses[walk.row + 1]:.3f}"'),
        rules=("reading",),
    ),
    in_part_4(
        "fog",
        "a pin that jumps as its walk begins",
        Kind.CONTINUITY,
        ("self._turn(1, hike.coeffs[0, 1])", "self._turn(1, hike.coeffs[9, 1])"),
        rules=("jump", "reading"),
    ),
    in_part_4(
        "fog",
        "a pin that jumps with no card beside it",
        Kind.CONTINUITY,
        ("self._turn(1, hike.coeffs[0, 1])", "self._turn(1, hike.coeffs[9, 1])"),
        ("fade_in(thread), fade_in(score), run_time", "fade_in(thread), run_time"),
        ("shows=(thread, score)", "shows=thread"),
        rules=("jump",),
    ),
    in_part_4(
        "optimising",
        "knobs that do not turn in the gust",
        Kind.MOMENT,
        ("                turned.animate.set_value(0),\n", ""),
        rules=("reading",),
    ),
    in_part_4(
        "optimising",
        "a wall of knobs the other way round",
        Kind.WHO,
        ("                return gust.coeffs()\n", "                return np.asarray(gust.coeffs())[::-1]\n"),
        rules=("reading",),
    ),
)

#: What is said of a picture.
TOLD = (
    in_part_4(
        "knobs",
        "a try that is said to be kept, and was turned back",
        Kind.MOMENT,
        ("self.play(tried.to(3, run_time", "self.play(tried.to(4, run_time"),
        ("tried.to(3.31,", "tried.to(4.31,"),
        ('tried.to(4, run_time=line.until("tries"))', 'tried.to(5, run_time=line.until("tries"))'),
        rules=("outcome",),
    ),
    in_part_4(
        "knobs",
        "a try that is said to be turned back, and was kept",
        Kind.MOMENT,
        ("self.play(tried.to(1, run_time", "self.play(tried.to(0.2, run_time"),
        ("tried.to(1.31,", "tried.to(0.31,"),
        rules=("outcome",),
    ),
)

#: Up and down.
WAYS = (
    in_part_4(
        "knobs",
        "the names of a needle's ends exchanged",
        Kind.WHERE,
        ("uphill.next_to(compass, LEFT,", "uphill.next_to(compass, RIGHT,"),
        ("downhill.next_to(compass, RIGHT,", "downhill.next_to(compass, LEFT,"),
        rules=("label",),
    ),
    in_part_4(
        "knobs",
        "a needle that was turned round between its names",
        Kind.WHERE,
        ("compass = Compass(lambda: slope,", "compass = Compass(lambda: -np.asarray(slope),"),
    ),
    in_part_4(
        "slope",
        "red and green told on each other's word",
        Kind.MOMENT,
        ('probes.tell(1, run_time=line.until("down"))', 'probes.tell(-1, run_time=line.until("down"))'),
        ("probes.tell(-1, run_time=theme.enter)", "probes.tell(1, run_time=theme.enter)"),
        rules=("mark",),
    ),
    Edit(
        "probes in each other's colours",
        Kind.WHO,
        "gradient/slope",
        "scenes/parts/ground/probes.py",
        (
            (
                "hue = theme.uphill if share > 0 else theme.downhill",
                "hue = theme.downhill if share > 0 else theme.uphill",
            ),
        ),
        ("colour",),
    ),
)

#: Names, rings and arrows.
NAMES = (
    in_part_4(
        "slope",
        "a ring round the smaller number",
        Kind.WHO,
        ("number = reading.numbers[0][1]", "number = reading.numbers[1][1]"),
        rules=("ring",),
    ),
    in_part_4(
        "slope",
        "smaller said of the bigger number",
        Kind.WHO,
        ("[bigger]bigger. Right here", "[bigger]smaller. Right here"),
    ),
    in_part_4(
        "backward",
        "the names of a history's ends exchanged",
        Kind.WHO,
        ('ends=("coeffs", "loss")', 'ends=("loss", "coeffs")'),
        rules=("label",),
    ),
    in_part_4(
        "fog",
        "a card called by another field",
        Kind.WHO,
        (
            'f"{hike.losses[walk.row]:.3f}", theme.loss, "loss")',
            'f"{hike.slopes[walk.row, 0]:.3f}", theme.loss, "loss")',
        ),
    ),
    Edit(
        "arrows that turn knobs up their slopes",
        Kind.WHERE,
        "gradient/backward",
        "scenes/parts/dials/turn_arrow.py",
        (("clockwise = bool(slope < 0)", "clockwise = bool(slope > 0)"),),
        ("arrow",),
    ),
    in_part_4(
        "backward",
        "each knob's arrow by the other one's slope",
        Kind.WHERE,
        ("TurnArrow(knob, slope)", "TurnArrow(knob, -slope)"),
        rules=("arrow",),
    ),
)

#: The order of things, and who has left what.
ORDERS = (
    in_part_4(
        "step-size",
        "the bars of a scale the other way round",
        Kind.WHO,
        ("enumerate(ribbons.colours)", "enumerate(ribbons.colours[::-1])"),
        rules=("order",),
    ),
    in_part_4(
        "step-size",
        "the ends of a scale exchanged",
        Kind.WHO,
        ('for text in ("tiny", "giant")))', 'for text in ("giant", "tiny")))'),
        rules=("order",),
    ),
    in_part_4(
        "next",
        "a spark against the arrows",
        Kind.WHERE,
        ("start_angle=PI / 2, angle=-TAU)", "start_angle=PI / 2, angle=TAU)"),
        rules=("order",),
    ),
    in_part_4(
        "slope",
        "a light from the tip of an arrow to its foot",
        Kind.WHERE,
        (
            "Line(self.mountain.point(*self.start), arrow.tip(), color",
            "Line(arrow.tip(), self.mountain.point(*self.start), color",
        ),
        rules=("order",),
    ),
    in_part_4(
        "next",
        "the trail of another run as the way home",
        Kind.WHO,
        ("trail = Trail(hike, mountain)", 'trail = Trail(self.run("too-small"), mountain)'),
        rules=("who",),
    ),
    in_part_4(
        "next",
        "a hiker of another run at the end of the way",
        Kind.WHO,
        ("walk = Walk(hike, mountain, row", 'walk = Walk(self.run("too-small"), mountain, row'),
        rules=("who", "cabin"),
    ),
    in_part_4(
        "home",
        "a card that is zero long before that is said",
        Kind.MOMENT,
        (
            'self.play(walk.to(self._arrival() - 0.02, run_time=line.until("zero")))',
            'self.play(walk.to(self._arrival(), run_time=line.until("zero") * 0.25))\n'
            '            self.wait(line.until("zero"))',
        ),
        rules=("mark",),
    ),
    in_part_4(
        "home",
        "a card that is not zero when that is said",
        Kind.MOMENT,
        ("self.play(walk.to(hike.steps, run_time", "self.play(walk.to(LONG_STEPS + 2, run_time"),
        ("walk.to(self._arrival() - 0.02, run_time", "walk.to(LONG_STEPS + 1, run_time"),
        rules=("mark",),
    ),
    in_part_4(
        "next",
        "the number of another part, and its own reason",
        Kind.WHOSE,
        (
            'here = constant(outline(PART.slug).number, "its place in the series", equals=PART.number)',
            'here = constant(outline("loss").number, "its place in the series", equals=outline("loss").number)',
        ),
        rules=("number",),
    ),
    in_part_4(
        "backward",
        "a part that is yet to come as one to remember",
        Kind.WHOSE,
        (
            'constant(1, "where tensors were made", equals=outline("tensors").number)',
            'constant(5, "where tensors were made", equals=outline("training-loop").number)',
        ),
        rules=("number",),
    ),
)

AGAIN = (*INSTRUMENTS, *TOLD, *WAYS, *NAMES, *ORDERS, *UNSAID, *IN_OTHER_FILMS)
