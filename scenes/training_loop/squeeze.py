"""Scene 4: without a squeeze, answers drift out of what a chance can be; the sigmoid brings them back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Create,
    Dot,
    Line,
    Mobject,
    Text,
    ValueTracker,
    VGroup,
    VMobject,
    rush_from,
    there_and_back,
)
from numpy.typing import ArrayLike

from descent_core.catalogue.passengers.answers import opinions_of_kinds
from descent_core.catalogue.passengers.manifest import COLUMNS, KINDS
from scenes.engine.drawing.move_exactly import move_exactly
from scenes.parts.lights import Lights
from scenes.parts.panels.plot import Plot
from scenes.parts.radio import Knob
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layers import Layer, set_layer
from scenes.stage.naming import set_next_to
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import slowing, theme
from scenes.training_loop.people import fleet_name, lights_of, line_between, number_of, said_by

#: What is added up may be so far from nought, on the plot, and when it is seen from afar.
REACH, FAR = 4.0, 300.0
#: How bright the lights are while the curve is seen from afar.
OUT = 0.03
#: How near to nought its plains begin, as they are lit.
EDGE = 20.0
#: By how much the knob of the loud column is turned, to and fro, and how many radians a coefficient of 1 turns it.
TURN, GAIN = 0.15, 4.0
#: How small the sea is seen when answers run out of the picture, and where its horizon is then.
AFAR, AFAR_HORIZON = 0.56, 0.3


class SqueezedBetween(ExplainerScene):
    """A chance of 139 per cent is no chance. So every answer is squeezed between nought and one."""

    def construct(self) -> None:
        line_run = self.run("unsqueezed")
        said = said_by(line_run, "line")
        squeezed = said_by(line_run, "sigmoid")
        bent, come = ValueTracker(0), ValueTracker(0)
        girl = number_of("girls", "1st")

        def answers() -> np.ndarray:
            """From the middle to what a line answers, and from there to that squeezed."""
            free = 0.5 + (said[-1] - 0.5) * come.get_value()
            return np.asarray(free + (squeezed[-1] - free) * bent.get_value())

        lights = lights_of(answers)

        # A chance goes from nought to one: two shores.
        self.beat("a chance")
        shores = VGroup(*(line_between(lights, answer, theme.quiet) for answer in (0, 1)))
        names = VGroup(
            *(
                self._name(lights, answer, words(f"{constant(answer, text)}", theme.heading, weight="BOLD"))
                for answer, text in ((0, "surely not"), (1, "surely"))
            )
        )
        with self.say("An answer should be a chance: from [nought]nought, surely not, to [one]one, for sure.") as line:
            self.open(lights)
            line.reach("nought", shows=(shores[0], names[0]))
            self.play(Create(shores[0]), fade_in(names[0]).set_rate_func(slowing), run_time=theme.enter)
            line.reach("one", shows=(shores[1], names[1]))
            self.play(Create(shores[1]), fade_in(names[1]).set_rate_func(slowing), run_time=theme.enter)

        # What is only added up lands anywhere.
        self.beat("off the edge")
        nine = constant(len(COLUMNS), "how many columns the table has", equals=line_run.dimensions)
        with self.say(f"Turn the key now, and {in_words(nine)} numbers, added up, land [anywhere]anywhere.") as line:
            line.reach("anywhere", shows=lights)
            self.play(come.animate(rate_func=slowing).set_value(1), lights.drift(2.4), run_time=2.4)
        share = sourced(round(100 * float(said[-1][girl])), "a hundred times what unsqueezed says of her")
        label = fleet_name(lights, girl, "one girl, first class")
        answer = f"{sourced(float(said[-1][girl]), 'what unsqueezed says of her'):.2f} = {share} %"
        beyond = plate(words(answer, theme.heading * 0.8, theme.accent, mono=True))
        ring = Circle(radius=0.16, color=theme.accent, stroke_width=3)
        ring.add_updater(lambda ring: ring.move_to(lights.place(girl)), call_updater=True)
        beyond.add_updater(lambda mob: mob.next_to(lights.place(girl), UP, buff=0.3))
        set_layer(beyond, Layer.FACTS)
        with self.say(f"The [girl]girl in first class gets [share]{share} per cent. That's nonsense.") as line:
            self.play(
                lights.change_look(zoom=AFAR, x=-0.8, y=AFAR_HORIZON, run_time=line.until("girl", shows=(ring, label)))
            )
            lights.speak_of(girl)
            self.play(Create(ring), fade_in(label), lights.change_look(hush=0.6, run_time=0.7), run_time=0.7)
            line.reach("share", shows=beyond)
            self.play(fade_in(beyond), run_time=0.4)
            self.play(lights.drift(line.left))

        # The sigmoid: whatever comes in, it comes out between nought and one.
        self.beat("the squeeze")
        plot = _plot(REACH, (-REACH, 0))
        plot.to_corner(UP + LEFT, buff=theme.margin * 0.7)
        ticks = VGroup(*(piece for mark in plot.marks[0] for piece in mark))
        reach = ValueTracker(REACH)
        curve = VMobject(stroke_color=theme.accent, stroke_width=6)
        curve.add_updater(lambda curve: _draw(curve, plot, reach.get_value()), call_updater=True)
        dots = _dots(plot, lambda: said[-1])
        name = words("sigmoid", theme.body, theme.accent, weight="SEMIBOLD").next_to(plot, RIGHT, buff=theme.gap)
        with self.say(
            "So we [squeeze]squeeze: that's the [sigmoid]sigmoid in our code. It [bends]bends whatever comes in. No "
            "wiser yet, but never off the edge."
        ) as line:
            leaves = 0.8 * line.until("squeeze", shows=plot)
            self.play(
                *map(fade_out, (ring, beyond, label)),
                lights.change_look(hush=0.0, run_time=leaves),
                run_time=leaves,
            )
            line.reach("squeeze")
            self.play(fade_in(plot), run_time=theme.enter)
            line.reach("sigmoid", shows=(name, curve))
            self.play(fade_in(name), Create(curve), run_time=min(0.6, line.until("bends")))
            line.reach("bends", shows=lights)
            self.play(
                bent.animate(rate_func=rush_from, run_time=2.2).set_value(1),
                lights.drift(2.2),
                fade_in(dots).set_run_time(0.6),
            )
        # Seen from afar, the curve is a step between two plains; far out on one lay all of the first answers.
        self.beat("why it was stuck")
        shout = self.run("raw").coeffs[0]
        turned = ValueTracker(0)

        def shouted() -> np.ndarray:
            """What is added up of each kind of people with loud columns, however far the last knob is turned."""
            turn = np.zeros(len(COLUMNS))
            turn[-1] = turned.get_value()
            return opinions_of_kinds(np.asarray(shout, dtype=float) + turn, "line", scaled=False)

        far = _plot(FAR, (-200, 0))
        far.shift(plot.corner.get_center() - far.corner.get_center())
        marks = VGroup(*(piece for mark in far.marks[0] for piece in mark))
        plain = Line(far.spot(-FAR, 0), far.spot(-EDGE, 0), color=theme.accent)
        plain.set_stroke(width=16, opacity=0.45)
        crowds = _dots(far, shouted, 0.1)
        knob = Knob(lambda: GAIN * float(shout[-1] + turned.get_value()), radius=0.5)
        knob.next_to(name, RIGHT, buff=theme.room * 1.5)
        its_name = set_next_to(words("crowd", theme.label, theme.text), knob, DOWN, theme.near)
        with self.say(
            "Zoom [out]out. The shout had pushed every answer out [here]here, where the curve's [flat]flat. Turn a "
            "[knob]knob: nothing."
        ) as line:
            line.reach("out")
            leaves = line.until("here", shows=crowds)
            self.play(
                reach.animate(rate_func=theme.ease, run_time=leaves).set_value(FAR),
                fade_out(dots).set_run_time(theme.leave),
                ticks.animate(run_time=theme.leave).set_opacity(0),
                # The lights lie as another machine says, whose columns are not so loud.
                lights.change_look(bright=OUT, run_time=leaves),
            )
            line.reach("here")
            self.play(fade_in(crowds), fade_in(marks), run_time=theme.enter)
            line.reach("flat", shows=plain)
            self.add(plain, crowds)
            self.play(Create(plain), run_time=0.6)
            line.reach("knob", shows=knob)
            self.play(fade_in(knob), fade_in(its_name), run_time=0.4)
            self.play(turned.animate(rate_func=there_and_back).set_value(TURN), run_time=max(line.left, 1.2))
        # Nobody is off the edge any more.
        self.play(
            *(fade_out(thing) for thing in (plot, curve, name, marks, plain, crowds, knob, its_name, *names)),
            shores.animate(rate_func=theme.ease).set_stroke(opacity=0),
            lights.change_look(zoom=1.0, x=0.0, y=1.4, bright=1.0),
            run_time=1.0,
        )
        self.close()

    def _name(self, lights: Lights, answer: int, name: Text) -> Text:
        """The name of a shore, at its far end wherever that is."""

        def follow(name: Text) -> None:
            """Stand over it, the nearer the smaller the sea is seen."""
            name.move_to(lights.at(answer, 1.0) + UP * (0.3 + 0.25 * lights.look.zoom))

        return name.add_updater(follow, call_updater=True)


def _dots(plot: Plot, sums: Callable[[], np.ndarray], radius: float = 0.055) -> VGroup:
    """A dot for each kind of people on the curve of a plot, wherever what is added up of them lies."""
    kinds = [k for k, kind in enumerate(KINDS) if kind.count]
    dots = VGroup(*(Dot(radius=radius, color=theme.text) for _ in kinds))

    def lie(dots: Mobject) -> None:
        """Lie on the curve."""
        across = sums()[kinds]
        for dot, spot in zip(dots, plot.spots(across, _squeezed(across)), strict=True):
            move_exactly(dot, spot)

    return dots.add_updater(lie, call_updater=True)


def _draw(curve: VMobject, plot: Plot, reach: float) -> None:
    """Draw the sigmoid as far as something so large, whatever the plot's own range is."""
    xs = np.union1d(np.linspace(-REACH, REACH, 121), np.linspace(-reach, reach, 121))
    curve.set_points_as_corners(plot.spots(xs * REACH / reach, _squeezed(xs)))


def _squeezed(sums: ArrayLike) -> np.ndarray:
    """Between nought and one."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(sums, dtype=float))))


def _plot(reach: float, ticks: tuple[float, ...] = ()) -> Plot:
    """Answers from nought to one over what is added up, as far as ``reach`` to either side."""
    return Plot(
        (-reach, reach),
        (0.0, 1.0),
        across_name="added up",
        up_name="answer",
        across_ticks=ticks,
        up_ticks=(0, 1),
        size=(7.4, 1.25),
    )
