"""Scene 7: of a random turn of two knobs most goes up or down the hill, and of a thousand hardly anything."""

from __future__ import annotations

from manim import RIGHT, Create, GrowFromPoint, Text, VGroup, rush_from

from descent_core.recordings.trajectory import Trajectory
from scenes.knobs.wall import drifting
from scenes.parts.charts.turn_fan import TurnFan, turns_of
from scenes.parts.question import Question
from scenes.parts.words import set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import set_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: Whose tries are shown as needles, and the run that says what share of a turn goes downhill: of so many knobs.
FANS = (("fiddling", 2), ("guessing-10", 10), ("guessing-100", 100), ("wall-guess", 1000))
#: Radius of a dial, in scene units.
RADIUS = 1.28
#: How many times as large the first dial is at first.
LARGE = 1.45
#: The one turn of two knobs that is looked at by itself: downhill, and about as much sideways.
ONE = 11


class NearlyAllSideways(ExplainerScene):
    """Why guessing a thousand knobs gets nowhere: in a thousand directions nearly every turn is sideways."""

    def construct(self) -> None:
        tries = [self.run(label) for label, _ in FANS]
        shares = [self.run(f"turn-of-{knobs}") for _, knobs in FANS]
        fans = VGroup(*(TurnFan(turns_of(run), RADIUS) for run in tries)).arrange(RIGHT, buff=0.5)
        fans.set_y(0.95)
        names = VGroup(*(_name(run).set_x(fan.get_x()) for run, fan in zip(tries, fans, strict=True)))
        ends = VGroup(*(self._share(share, fan) for share, fan in zip(shares, fans, strict=True)))
        what = words("of a turn goes up or down the hill", theme.label, theme.quiet)
        what.set_x(0)
        set_above_captions(what)
        downhill = words("downhill", theme.label, theme.downhill, weight="SEMIBOLD")

        # Why?
        self.beat("why?")
        many, first = tries[-1], VGroup(names[0], fans[0])
        place = first.get_center()
        with self.say(
            "Why is that so hopeless? Take one [turn]turn, at random. Some of it goes up or [down]down the hill. "
            "The rest goes [sideways]sideways, and that's no use at all."
        ) as line:
            first.scale(LARGE).move_to([0, 0.75, 0])
            downhill.next_to(fans[0].downhill, RIGHT, buff=theme.gap)
            one = TurnFan(fans[0].cosines[ONE : ONE + 1], RADIUS * LARGE).move_to(fans[0])
            one.shown.set_value(1)
            one.refresh()
            self.open(drifting(self.run("wall")), first)
            needle, (some, rest) = one.needles, one.parts(0)
            line.reach("turn", shows=needle)
            self.play(GrowFromPoint(needle, fans[0].rim.get_center(), rate_func=rush_from), run_time=0.8)
            line.reach("down", shows=(downhill, some))
            self.play(Create(some), fade_in(downhill), run_time=0.8)
            line.reach("sideways", shows=rest)
            self.play(Create(rest, rate_func=rush_from), run_time=0.8)
            self.play(*map(fade_out, (needle, some, rest)), fans[0].spread(run_time=max(line.left, 1.0)))
        question = Question(0.7).move_to(fans[-1].rim)
        self.play(first.animate(rate_func=theme.ease).scale(1 / LARGE).move_to(place), fade_out(downhill))
        self.ask(
            question,
            f"And of a turn of a {in_words(many.dimensions)} knobs? How much of that isn't sideways?",
            about=[many],
        )

        # Two, ten, a hundred, a thousand.
        self.beat("two to a thousand")
        two, ten, hundred, thousand = (in_words(run.dimensions) for run in shares)
        with self.say(
            f"With [two]{two} knobs, {_percent(shares[0]):.0f} percent. That's most of it. "
            f"With [ten]{ten} knobs, {_percent(shares[1]):.0f}. A [hundred]{hundred} knobs: {_percent(shares[2]):.0f}.",
        ) as line:
            line.reach("two", shows=ends[0])
            self.enter(ends[0], what)
            for index, mark in ((1, "ten"), (2, "hundred")):
                line.reach(mark, shows=fans[index])
                self.play(fade_in(fans[index]), fade_in(names[index]), run_time=theme.leave)
                self.play(fans[index].spread(run_time=1.0), fade_in(ends[index]).set_run_time(theme.enter))
        with self.say(f"And with a [thousand]{thousand}: {_percent(shares[3]):.1f}.") as line:
            line.reach("thousand", shows=fans[3])
            self.play(fade_out(question), fade_in(fans[3]), fade_in(names[3]), run_time=theme.leave)
            self.play(fans[3].spread(run_time=1.4), fade_in(ends[3]).set_run_time(theme.enter))

        # All sideways.
        self.beat("sideways")
        with self.say(
            "Look at that fan: it's [shut]shut. There are so many ways to go sideways that a lucky turn just never "
            "comes. You'd be guessing forever."
        ) as line:
            line.reach("shut")
            self.leave(what, *(thing for group in (fans, names, ends) for thing in group[:3]))
            last = VGroup(names[3], fans[3], ends[3])
            self.play(last.animate.scale(1.12).move_to([0, 0.72, 0]), run_time=1.8, rate_func=theme.ease)
            self.play(last.animate.scale(1.06), run_time=line.left)
        self.close()

    def _share(self, run: Trajectory, fan: TurnFan) -> VGroup:
        digits = 1 if run.losses[0] < 0.05 else 0
        text = words(f"{_percent(run):.{digits}f} %", theme.heading, theme.text, weight="BOLD")
        return VGroup(text.move_to([fan.get_x(), -1.35, 0]))


def _name(run: Trajectory) -> Text:
    text = f"{run.dimensions:,} knobs"
    return set_on_baseline(words(text, theme.body, theme.weight), text, 2.85)


def _percent(run: Trajectory) -> float:
    """The share of a turn that goes downhill, in percent."""
    return sourced(float(100 * run.losses[0]), f"{run.label}.losses[0] in percent")
