"""Scene 1: the radio and the scorecard again, then a thousand knobs that cannot be guessed."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Circle, Create, FadeIn, ValueTracker, VGroup, linear

from scenes.engine.terrain.fog import Fog
from scenes.gradient import PART
from scenes.gradient.shots import WIDE
from scenes.outline import outline
from scenes.parts.ground.mountain import Mountain
from scenes.parts.panels.compass import Compass
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.radio import KnobWall, Radio
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions, layout
from scenes.stage.naming import set_around
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import theme

#: Width of the scorecard that stands beside the captions, in scene units.
BESIDE = 2.1
#: How much of the wall of knobs is left behind the compass.
FAINT = 0.4


class ThousandKnobs(ExplainerScene):
    """Two knobs can be fiddled with. A thousand can't. You need a compass."""

    def construct(self) -> None:
        fiddling, guessing = self.run("fiddling"), self.run("guessing-1000")

        # The title.
        self.beat("title")
        place = constant(PART.number, "its place in the series", equals=outline(PART.slug).number)
        title = words(PART.title, theme.display, weight="BOLD")
        number = words(f"AI fundamentals  ·  part {place}", theme.body, theme.text)
        heading = VGroup(number, title).arrange(DOWN, buff=theme.room)
        mountain = Mountain(self.landscape("mountain"), WIDE, Fog(0.9))
        shade = Curtain(0.2)
        self.open(mountain, shade, heading)
        with self.say(f"Welcome back. This is part {place}, and it is about finding the way down.") as line:
            self.play(
                mountain.change_fog(density=0.55, run_time=line.left),
                mountain.orbit(7, run_time=line.left),
            )

        # The radio: weights are knobs.
        self.beat("two knobs")
        turn = ValueTracker(0)

        def row() -> int:
            return int(turn.get_value() + 1e-6)

        radio = Radio(lambda: fiddling.coeffs[row()], width=6.8)
        weights = words("weights", theme.heading, theme.weight).next_to(radio, DOWN, buff=theme.room)
        VGroup(radio, weights).move_to([layout().main_and_side.left, centre_above_captions(), 0])
        card = (
            Scorecard(lambda: f"{fiddling.losses[row()]:.3f}", theme.text)
            .scale(1.5)
            .move_to([layout().main_and_side.right, radio.get_y(), 0])
        )
        rings = VGroup(
            *(
                set_around(Circle(knob.rim.width * 0.55, color=theme.accent, stroke_width=5), knob.rim)
                for knob in radio.knobs
            )
        )
        loss = words("loss", theme.heading, theme.loss).next_to(card, DOWN, buff=theme.room)
        self.freeze(mountain)
        self.play(fade_out(heading), fade_out(shade), fade_in(Curtain(theme.dim)), run_time=theme.enter)
        with self.say(
            "You know the radio [knobs]knobs. They are the [weights]weights: the numbers that the machine can turn."
        ) as line:
            self.receive(fiddling, row)
            self.enter(radio)
            line.reach("knobs", shows=rings)
            self.play(Create(rings), run_time=line.until("weights", shows=weights))
            self.enter(weights)

        # The scorecard: the loss.
        lowest = round(float(self.run("clear-air").losses.min()), 4)
        perfect = constant(0, "no sum of squares is lower", equals=lowest)
        with self.say(
            f"And you know the scorecard. That is the [loss]loss. Lower is better, and {in_words(perfect)} is perfect."
        ) as line:
            self.play(fade_out(rings), fade_in(card, UP * theme.drift), run_time=theme.enter)
            line.reach("loss", shows=loss)
            self.enter(loss)

        # Two knobs: turn, listen, keep what helps. A recorded run.
        with self.say(
            f"With {in_words(fiddling.dimensions)} knobs you can fiddle. Turn them a little, listen, and keep "
            f"whatever sounds better. After {fiddling.steps} tries, the "
            f"score is down to {fiddling.losses[-1]:.2f}. Not bad."
        ) as line:
            self.play(turn.animate.set_value(fiddling.steps), run_time=line.share(0.85), rate_func=linear)

        # A real model: a thousand.
        self.beat("a thousand knobs")
        self.leave(radio, weights, loss, card)
        turn.set_value(0)
        self.receive(guessing, row)
        wall = KnobWall(lambda: guessing.coeffs[row()]).to_edge(UP, buff=theme.margin)
        count = VGroup(*(words(text, theme.heading, weight="BOLD") for text in (f"{guessing.dimensions:,}", "knobs")))
        count.arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        tally = Scorecard(lambda: f"{guessing.losses[row()]:.3f}", theme.text, width=2.35).scale_to_fit_width(BESIDE)
        # The wall takes the height of the frame: its words are in the corners, beside the captions.
        tally.to_corner(DOWN + RIGHT, buff=theme.margin).align_to(wall, RIGHT)
        count.match_y(tally).align_to(wall, LEFT)
        below = VGroup(count, tally)
        with self.say(
            f"But a real machine does not have {in_words(fiddling.dimensions)} knobs. "
            f"Here are a {in_words(guessing.dimensions)}."
        ):
            self.enter(wall, run_time=1.4)
            self.enter(below)

        # A hundred guesses, and the score has hardly moved.
        with self.say(
            f"Guess again. {guessing.steps} times, every knob at once, keeping each guess that helps. "
            f"The score goes from {guessing.losses[0]:.0f} to {guessing.losses[-1]:.2f}. That is almost nothing."
        ) as line:
            self.play(turn.animate.set_value(guessing.steps), run_time=line.share(0.85), rate_func=linear)

        # You need a compass.
        self.beat("you need a compass")
        self.receive(None)
        slope = self.run("right").slopes[0]
        spin = ValueTracker(4)
        compass = Compass(lambda: slope, swing=lambda: _swing(spin.get_value()), radius=1.85).move_to(wall)
        with self.say(
            f"You cannot guess which way to turn a {in_words(guessing.dimensions)} knobs. You need a [compass]compass."
        ) as line:
            line.reach("compass", shows=compass)
            self.play(
                fade_out(below),
                wall.animate.set_opacity(FAINT),
                FadeIn(compass, scale=0.8, rate_func=theme.ease),
                run_time=theme.enter,
            )
            self.play(spin.animate.set_value(0), run_time=2.2, rate_func=theme.ease)
        self.wait(0.3)
        self.close()


def _swing(by: float) -> float:
    """How far a needle is aside, in radians, as it swings before it comes to rest: 4 is the start, 0 the end."""
    return float(by * np.exp(-((4 - by) / 4)) * np.cos(2.2 * by))
