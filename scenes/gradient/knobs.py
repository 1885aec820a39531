"""Scene 1: a far light in the fog, the radio and the scorecard again, and a thousand knobs that cannot be guessed."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Create,
    FadeIn,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    linear,
    there_and_back,
)
from numpy.typing import ArrayLike

from scenes.engine.terrain.fog.fog import Fog
from scenes.gradient import PART
from scenes.gradient.shots import WIDE
from scenes.outline import outline
from scenes.parts.dials.compass import Compass
from scenes.parts.far_light import FarLight
from scenes.parts.ground.mountain import Mountain
from scenes.parts.knob_wall import KnobWall
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.radio import TUNING, Radio
from scenes.parts.tries import Tries
from scenes.parts.words import plate, words
from scenes.stage.by_hand import by_hand
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layers import Layer, set_layer
from scenes.stage.layout import centre_above_captions, layout
from scenes.stage.naming import set_around
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import slowing, theme

#: Width of the scorecard that stands beside the captions, in scene units.
BESIDE = 2.1
#: How much of the fog is left behind the radio.
BEHIND = 0.3
#: How much of the wall of knobs is left behind the compass.
FAINT = 0.14
#: Columns of the wall, and which two of its knobs are those of the radio: in its middle, another one between them.
COLUMNS, PAIR = 50, (9 * 50 + 23, 9 * 50 + 25)
#: Tries at a thousand knobs that are shown slowly enough to see them rejected, and how red the wall is then.
SEEN, RED = 3, 0.34


class ThousandKnobs(ExplainerScene):
    """Two knobs can be fiddled with. A thousand can't. You need a compass."""

    def construct(self) -> None:
        fiddling, guessing = self.run("fiddling"), self.run("guessing-1000")
        tried, guessed = Tries(fiddling), Tries(guessing)
        radio = Radio(tried.coeffs, width=6.8)
        weights = words("weights", theme.heading, theme.weight).next_to(radio, DOWN, buff=theme.room)
        VGroup(radio, weights).move_to([layout().main_and_side.left, centre_above_captions(), 0])

        # The title: fog, and one far light. It is where the dial will be.
        self.beat("title")
        place = constant(PART.number, "its place in the series", equals=outline(PART.slug).number)
        title = words(PART.title, theme.display, weight="BOLD")
        number = words(f"AI fundamentals  ·  part {place}", theme.body, theme.text)
        heading = VGroup(number, title).arrange(DOWN, buff=theme.room).move_to(DOWN * 0.5)
        mountain = Mountain(self.landscape("mountain"), WIDE, Fog(1.0))
        light = FarLight(mountain, radio.dial.get_center())
        with self.say("Welcome back. Today we find the way down.") as line:
            self.open(mountain, light, heading)
            self.play(mountain.orbit(5, run_time=line.left))

        # The radio: weights are knobs. The far light becomes its dial's lamp.
        self.beat("two knobs")
        card = (
            Scorecard(lambda: f"{tried.loss():.3f}", theme.loss)
            .scale(1.5)
            .move_to([layout().main_and_side.right, radio.get_y(), 0])
        )
        rings = VGroup(
            *(
                set_around(Circle(knob.rim.width * 0.55, color=theme.weight, stroke_width=5), knob.rim)
                for knob in radio.knobs
            )
        )
        loss = words("loss", theme.heading, theme.loss).next_to(card, DOWN, buff=theme.room)
        with self.say(
            "Remember the radio? These are its [knobs]knobs: the [weights]weights, "
            "the numbers the machine gets to turn."
        ) as line:
            self.receive(fiddling, lambda: tried.row)
            set_layer(light, Layer.FACTS)
            self.play(
                fade_out(heading),
                _come(mountain, BEHIND),
                fade_in(radio),
                light.become_lamp(radio.dial.width * 0.4, radio.dial.height * 0.8, 0.7),
                run_time=1.0,
            )
            line.reach("knobs", shows=rings)
            self.play(Create(rings), run_time=line.until("weights", shows=weights))
            self.enter(weights)

        # The scorecard: the loss.
        lowest = round(float(self.run("clear-air").losses.min()), 4)
        perfect = constant(0, "no sum of squares is lower", equals=lowest)
        with self.say(
            f"The scorecard: that's the [loss]loss. Lower is better, and {in_words(perfect)} is perfect."
        ) as line:
            self.play(fade_out(rings), fade_in(card, UP * theme.drift), run_time=theme.enter)
            line.reach("loss", shows=loss)
            self.enter(loss)

        # Two knobs: turn them, listen; turn them back, or keep it. Each try as it was.
        self.beat("fiddling")
        blush = self._blush(card, tried)
        self.add(blush)
        with self.say(
            f"With {in_words(fiddling.dimensions)} knobs, you can fiddle. Turn them a little. "
            "[worse]Worse? Turn them back. [better]Better? Keep it. "
            f"[tries]{in_words(fiddling.steps).capitalize()} tries, and the score's down to "
            f"{fiddling.losses[-1]:.2f}."
        ) as line:
            self.play(tried.to(1, run_time=line.until("worse") - 0.9))
            self.play(tried.to(1.31, run_time=line.until("worse")))
            self.play(tried.to(2, run_time=1.1))
            self.play(tried.to(3, run_time=(line.until("better") - 0.1) * 0.6))
            self.play(tried.to(3.31, run_time=line.until("better")))
            self.play(tried.to(4, run_time=line.until("tries")))
            self.play(tried.to(fiddling.steps, run_time=line.left * 0.85))

        # A real machine: a thousand. One move, away from the two knobs, which stay where they are on the wall.
        self.beat("a thousand knobs")
        settled = ValueTracker(0)
        ours = np.zeros(guessing.dimensions)
        ours[list(PAIR)] = 1

        def coeffs() -> ArrayLike:
            """The two knobs as they were left, until they belong to the thousand."""
            left = 1 - settled.get_value()
            if left <= 0:
                return guessed.coeffs()
            shown = np.zeros(guessing.dimensions)
            shown[list(PAIR)] = np.asarray(tried.coeffs()) * (1, TUNING) * (left / wall_gain)
            return by_hand(shown, "the radio's two knobs, before the others are counted", apart=True)

        wall_gain = 24.0
        wall = KnobWall(
            coeffs,
            COLUMNS,
            gain=wall_gain,
            glows=lambda: ours * (1 - settled.get_value()),
            alarm=lambda: RED * guessed.rejection() if guessed.now < SEEN else 0.0,
            origin=(24, 9),
            kept=PAIR,
        )
        there = wall.look
        near = radio.knobs[0].rim.width / 2 / 0.36
        middle = (radio.knobs[0].rim.get_center() + radio.knobs[1].rim.get_center()) / 2
        wall.set_look(pitch=near, x=middle[0] + near / 2, y=middle[1] - near / 2, shown=0, lit=0)
        wall.set_opacity(0)
        count = VGroup(*(words(text, theme.heading, weight="BOLD") for text in (f"{guessing.dimensions:,}", "knobs")))
        count.arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        tally = Scorecard(lambda: f"{guessed.loss():.3f}", theme.loss, width=2.35).scale_to_fit_width(BESIDE)
        tally.to_corner(DOWN + RIGHT, buff=theme.margin)
        count.match_y(tally).to_edge(LEFT, buff=theme.margin)
        below = VGroup(count, tally)
        self.add(wall, radio, weights, card, blush, loss, light)
        with self.say(
            f"But a real machine hasn't got {in_words(fiddling.dimensions)}. "
            f"It's got a [thousand]{in_words(guessing.dimensions)}."
        ) as line:
            self.play(
                *(fade_out(thing) for thing in (radio, weights, card, loss, light)),
                wall.come(1),
                run_time=max(line.until("thousand") - 0.2, 0.5),
            )
            self.remove(blush, mountain)
            self.receive(None)
            line.reach("thousand", shows=wall)
            self.play(
                wall.change_look(pitch=there.pitch, x=0, y=0.8, lit=1, run_time=2.2, rate_func=slowing),
                wall.change_look(shown=32, run_time=2.2, rate_func=lambda t: theme.ease(t) ** 2.2),
                FadeIn(below, shift=UP * theme.drift, run_time=2.2, rate_func=_late),
            )

        # A hundred guesses, every knob at once: the first ones seen, and hardly anything gained.
        self.beat("guessing")
        flush = self._blush(tally, guessed)
        self.add(flush)
        with self.say(
            f"So let's [guess]guess: every knob at once, a {in_words(guessing.steps)} times. "
            f"The score goes from {guessing.losses[0]:.0f} to {guessing.losses[-1]:.2f}. [nothing]Almost nothing."
        ) as line:
            self.play(settled.animate.set_value(1), run_time=line.until("guess") * 0.6)
            line.reach("guess")
            self.receive(guessing, lambda: guessed.row)
            for row, seconds in ((1, 1.1), (2, 0.9), (3, 0.7)):
                self.play(guessed.to(row, run_time=seconds))
            self.remove(flush)
            self.play(guessed.to(guessing.steps, run_time=line.until("nothing")))

        # You need a compass.
        self.beat("you need a compass")
        self.receive(None)
        slope = self.run("right").slopes[0]
        spin = ValueTracker(4)
        compass = Compass(lambda: slope, swing=lambda: _swing(spin.get_value()), radius=1.85)
        compass.set_y(centre_above_captions())
        with self.say(
            f"You can't just guess which way to turn a {in_words(guessing.dimensions)} knobs. "
            "You need a [compass]compass."
        ) as line:
            # The wall only breathes: the light that sweeps over it is for those who follow the gradient.
            until = line.until("compass", shows=compass)
            self.play(wall.change_look(lit=0.8, glow=0.15, rate_func=there_and_back, run_time=until))
            self.play(
                fade_out(below),
                wall.come(FAINT),
                FadeIn(compass, scale=0.8, rate_func=theme.ease),
                spin.animate.set_value(3.4),
                run_time=theme.enter,
            )
            self.play(spin.animate.set_value(2.6), run_time=line.left, rate_func=linear)

        # The gradient: its needle settles, and says which way is down.
        self.beat("the gradient")
        uphill = plate(words("gradient", theme.heading, theme.uphill, weight="BOLD"), opacity=0.96)
        uphill.next_to(compass, LEFT, buff=0.6)
        downhill = plate(words("downhill", theme.heading, theme.downhill, weight="BOLD"), opacity=0.96)
        downhill.next_to(compass, RIGHT, buff=0.6)
        uphill.shift(UP * 0.5)
        downhill.shift(DOWN * 0.5)
        with self.say(
            "That's what today's about: the [gradient]gradient, the mathematical tool that points uphill. So it tells "
            "the machine exactly which way is [downhill]downhill, toward a better score."
        ) as line:
            self.play(spin.animate.set_value(1.4), run_time=line.until("gradient", shows=uphill), rate_func=linear)
            self.play(fade_in(uphill), spin.animate.set_value(1.0), run_time=theme.enter, rate_func=linear)
            self.play(spin.animate.set_value(0), run_time=line.until("downhill", shows=downhill), rate_func=linear)
            self.enter(downhill)
        self.close()

    def _blush(self, card: Scorecard, search: Tries) -> VGroup:
        """A red edge of a scorecard while it shows a try that is rejected."""
        edge = card.card.copy().set_fill(opacity=0).set_stroke(theme.uphill, 7, opacity=0)
        edge.add_updater(lambda ring: ring.set_stroke(opacity=float(search.rejection() == 1)))
        return VGroup(edge)


def _come(mountain: Mountain, opacity: float) -> UpdateFromAlphaFunc:
    """An animation by which all of a mountain becomes as opaque as that."""
    before = mountain.opacity
    return UpdateFromAlphaFunc(
        mountain, lambda it, alpha: it.set_opacity(before + (opacity - before) * alpha), rate_func=theme.ease
    )


def _late(fraction: float) -> float:
    """How far something is that comes in the last third of a move."""
    return theme.ease(max(fraction * 3 - 2, 0.0))


def _swing(by: float) -> float:
    """How far a needle is aside, in radians, as it swings before it comes to rest: 4 is the start, 0 the end."""
    return float(by * np.exp(-((4 - by) / 4)) * np.cos(2.2 * by))
