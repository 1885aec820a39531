"""Scene 8: what nine knobs say; whom another scorecard would have dropped; and what no rule can know."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Indicate, Rectangle, ValueTracker, VGroup, linear, rush_from

from descent_core.catalogue.passengers.answers import HIDDEN
from descent_core.catalogue.passengers.manifest import KINDS
from scenes.parts.knob_wall import KnobWall
from scenes.parts.lights import Lights
from scenes.parts.panels.scorecard import Readout
from scenes.parts.progress import Progress
from scenes.parts.question import Question
from scenes.parts.radio import Knob
from scenes.parts.words import set_on_baseline, swatch, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layers import Layer, set_layer
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import slowing, theme
from scenes.training_loop.cough import NAMES
from scenes.training_loop.engine_room import knob_angle
from scenes.training_loop.people import (
    PATH,
    TRAVELLING,
    ends,
    everybody,
    fleet_name,
    lights_of,
    number_of,
    right_of,
    said_by,
)

#: How far apart the knobs stand, their radius, and how high they stand.
PITCH, RADIUS, HIGH = 1.36, 0.46, 0.75
#: Width and height of the middle of the wall of knobs, and how many radians a coefficient of 1 turns one there.
WALL, WALL_HIGH, WALL_GAIN = 8.4, -0.22, 2.2
#: How bright the lights are behind the knobs.
FAINT = 0.05
#: How long the bar is that is everybody, how thick, and how high it lies; in scene units.
LONG, THICK, UPPER = 11.0, 0.34, 2.55
#: How far above the far edge of the sea it is written what either side means: nobody lies under it there.
ABOVE = 0.62


class WhatItLearnt(ExplainerScene):
    """Women, children, first class. And how the choice of a scorecard decides whom a machine sees."""

    def construct(self) -> None:
        voyage, absolute, hidden = self.run("voyage"), self.run("absolute"), self.run("hidden")
        squares = said_by(voyage)
        progress = Progress(voyage, 0)
        # 0 is the machine that scores plain distance, 1 the one that scores squares, 2 the one with a hidden layer.
        toward = ValueTracker(1)
        stops = np.stack([said_by(absolute)[-1], squares[-1], said_by(hidden, "hidden")[-1]])

        def answers() -> np.ndarray:
            """Between the answers of three machines that have learnt."""
            at = toward.get_value()
            here = min(int(at), 1)
            return np.asarray(stops[here] + (stops[here + 1] - stops[here]) * (at - here))

        lights = lights_of(answers, divided=True)
        lights.set_look(path=PATH)

        # Nine knobs, and what they care about.
        self.beat("nine knobs")
        dials, names, values = self._knobs(progress)
        ways = VGroup(swatch("up: says lives", theme.saved), swatch("down: says dies", theme.lost))
        ways.arrange(RIGHT, buff=1.2).move_to([0, HIGH - 1.95, 0])
        ways[1].shift(UP * (ways[0][0].bar.get_y() - ways[1][0].bar.get_y()))
        with self.say("So what did it learn? Look at the knobs.") as line:
            self.add(lights)
            self.play(
                lights.change_look(bright=FAINT, run_time=0.7),
                *(fade_in(thing).set_run_time(0.7) for thing in (dials, names, values, ways)),
            )
            self.play(progress.to(voyage.steps, run_time=2.4, rate_func=_settling))
        with self.say(
            "[male]Male: down. [female]Female: far up. [child]Child: up. [first]First class, up; and [third]third, "
            "down. Nobody set them."
        ) as line:
            for mark, column in (("male", 0), ("female", 1), ("child", 3), ("first", 4), ("third", 6)):
                line.reach(mark, shows=names[column])
                self.play(Indicate(names[column], scale_factor=1.35, color=theme.accent), run_time=0.6)

        # Another scorecard: sixteen boys are dropped.
        self.beat("another scorecard")
        sides = ends(lights).shift(UP * ABOVE)
        first, second = number_of("boys", "1st"), number_of("boys", "2nd")
        labels = [self._counted(lights, boys) for boys in (first, second)]
        boys = constant(
            KINDS[first].count + KINDS[second].count,
            "boys of first and second class, by the report",
            equals=KINDS[first].saved + KINDS[second].saved,
        )
        misses, code = "(answers - fates)", "".join(self.listing("loop").lines)

        def scored() -> str:
            """What is made of each miss by the scorecard whose answers are shown."""
            if toward.get_value() <= 0.5:
                return f"{misses}.abs()"
            power = constant(2, "the power in the loop", holds=lambda power: f"{misses} ** {power}" in code)
            return f"{misses} ** {power}"

        score = Readout(scored, theme.body, theme.loss)
        score.to_edge(UP, buff=theme.margin)
        with self.say(
            f"Now these {in_words(boys)} [boys]boys, first and second class. Every one of them [lived]lived. "
            "The machine [sees]sees them: across the line."
        ) as line:
            lights.speak_of(first, second)
            self.play(
                *(fade_out(thing) for thing in (dials, names, values, ways)),
                lights.change_look(bright=1.0, hush=0.0, run_time=0.7),
                run_time=0.7,
            )
            line.reach("boys", shows=labels)
            self.play(lights.change_look(hush=0.8, run_time=1.0), *(fade_in(label) for label in labels))
            line.reach("lived", shows=sides)
            self.enter(sides)
            line.reach("sees", shows=score)
            self.enter(score)
        question = Question().move_to([0, -0.2, 0])
        self.ask(question, "What if the score had been plain distance, without the squares?", think=1.6)
        self.leave(question)
        with self.say(
            "It [drops]drops them. That score goes with the majority: most males died, so it says these die too. Which "
            "[scorecard]scorecard you choose decides whom the machine sees."
        ) as line:
            line.reach("drops", shows=lights)
            self.play(toward.animate(rate_func=rush_from).set_value(0), lights.drift(1.9), run_time=1.9)
            line.reach("scorecard", shows=score)
            self.play(Indicate(score, scale_factor=1.15, color=None), run_time=0.8)
            self.play(toward.animate(rate_func=theme.ease).set_value(1), run_time=1.6)

        # The best that any rule can do; and whom no rule can know.
        self.beat("what no list can tell")
        best = sum(max(kind.saved, kind.died) for kind in KINDS)
        bar, fill = self._bar(), ValueTracker(float(right_of(voyage, squares, voyage.steps)))
        full = Rectangle(height=THICK, width=1, stroke_width=0, fill_color=theme.accent, fill_opacity=1)
        full.add_updater(lambda piece: self._fill(piece, bar, fill.get_value()))
        full.update()
        mine = self._at(bar, f"{right_of(voyage, squares, voyage.steps):,}", right_of(voyage, squares, voyage.steps))
        top = right_of(hidden, said_by(hidden, "hidden"), hidden.steps)
        theirs = self._at(bar, f"{top:,}", best)
        rest = constant(
            sum(kind.count for kind in KINDS) - best,
            "those about whom the best rule is wrong",
            equals=int(everybody()) - best,
        )
        missing = words(f"{rest}", theme.label, theme.text, weight="SEMIBOLD").move_to(
            [bar.get_right()[0] - LONG * int(rest) / int(everybody()) / 2, bar.get_y(), 0]
        )
        is_right = words("right", theme.label, theme.quiet).next_to(bar, DOWN, buff=theme.near).align_to(bar, LEFT)
        unknown = words("the list can't tell", theme.label, theme.quiet)
        unknown.next_to(bar, DOWN, buff=theme.near).align_to(bar, RIGHT)
        # A row of the wall for each column of the table, then the knobs behind the hidden layer.
        trained = Progress(hidden, 0)
        wall = KnobWall(lambda: trained.between(hidden.coeffs), HIDDEN, WALL, WALL_GAIN)
        wall.set_look(y=WALL_HIGH, lit=0.0, glow=0.25)
        for thing in (bar, full, mine, theirs, is_right, missing):
            set_layer(thing, Layer.FACTS)  # a wall takes the whole frame
        with self.say(
            f"Could it do [better]better? We gave it [knobs]{hidden.dimensions} knobs. It got [top]{top:,} right, and "
            "no rule can beat that."
        ) as line:
            leaves = 0.8 * line.until("better", shows=(bar, full, mine))
            self.play(
                *(fade_out(thing) for thing in (score, *labels)),
                sides.animate(rate_func=theme.ease).shift(DOWN * ABOVE),  # a bar comes over the sea
                lights.change_look(hush=0.0, run_time=leaves),
                run_time=leaves,
            )
            line.reach("better")
            self.enter(bar, full, mine)
            line.reach("knobs", shows=wall)
            self.play(
                fade_in(wall).set_run_time(theme.enter),
                fade_out(sides).set_run_time(theme.leave),
                trained.to(hidden.steps, run_time=line.until("top", shows=theirs), rate_func=_settling),
            )
            self.play(
                fill.animate(rate_func=theme.ease, run_time=0.9).set_value(best),
                fade_out(mine).set_run_time(theme.leave),
                fade_in(theirs).set_rate_func(slowing).set_run_time(theme.enter),
                fade_in(is_right).set_run_time(theme.enter),
            )
            self.play(
                fade_out(wall).set_run_time(theme.enter),
                fade_in(sides).set_run_time(theme.enter),
                toward.animate(rate_func=theme.ease, run_time=1.6).set_value(2),
                lights.drift(1.6),
            )
        with self.say(
            f"For the other [others]{rest}, the answer isn't in this list. And a rule that fits the past isn't "
            "justice. It's only the [past]past."
        ) as line:
            line.reach("others", shows=(missing, unknown))
            self.enter(missing, unknown)
            self.play(lights.change_look(zoom=1.04, rate_func=linear, run_time=line.until("past")))
            self.play(lights.change_look(bright=0.75, run_time=1.2))
        self.close()

    def _counted(self, lights: Lights, kind: int) -> VGroup:
        """The name of a kind of people beside its lights, and how many they are."""
        who = KINDS[kind]
        count = sourced(who.count, "on board, by the report")
        return fleet_name(lights, kind, f"{count} {who.people}, {TRAVELLING[who.travels]}")

    def _knobs(self, progress: Progress) -> tuple[VGroup, VGroup, VGroup]:
        """The nine knobs at the row that was reached; their names, and their values."""
        dials, names, values = VGroup(), VGroup(), VGroup()
        for column, name in enumerate(NAMES):
            x = (column - 4) * PITCH
            dial = Knob(partial(knob_angle, progress, column), radius=RADIUS, turned=(theme.saved, theme.lost))
            dials.add(dial.move_to([x, HIGH, 0]))
            label = words(name, theme.label, theme.text)
            names.add(set_on_baseline(label.set_x(x), name, HIGH - 1.05))
            value = Readout(partial(_value, progress, column), theme.label, theme.weight)
            values.add(value.move_to([x, HIGH + 0.95, 0]))
        return dials, names, values

    def _bar(self) -> Rectangle:
        """Everybody, as a bar."""
        bar = Rectangle(height=THICK, width=LONG, stroke_width=0, fill_color=theme.rule, fill_opacity=0.9)
        return bar.move_to([0, UPPER, 0])

    def _fill(self, piece: Rectangle, bar: Rectangle, count: float) -> None:
        """Let a piece of the bar be so many people long."""
        piece.stretch_to_fit_width(LONG * count / int(everybody()))
        piece.align_to(bar, LEFT).set_y(bar.get_y())

    def _at(self, bar: Rectangle, text: str, count: float) -> VGroup:
        """What is written over the bar, at so many people."""
        name = words(text, theme.label, theme.text, weight="SEMIBOLD")
        at = bar.get_left()[0] + LONG * float(count) / int(everybody())
        return name.move_to([min(at, 4.6), UPPER + 0.52, 0])


def _value(progress: Progress, column: int) -> str:
    """What a knob is at, at the row that was reached."""
    return f"{progress.trajectory.coeffs[progress.row, column]:+.2f}"


def _settling(fraction: float) -> float:
    """How far knobs have turned that turn fast at first."""
    return float(1 - (1 - fraction) ** 3)
