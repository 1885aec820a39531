"""Scene 1: a score helps only if there is something to turn, and there are two kinds of it."""

from __future__ import annotations

from manim import DOWN, LEFT, VGroup, linear

from scenes.knobs import PART
from scenes.knobs.wall import FILLING
from scenes.outline import outline
from scenes.parts.dusk.lit_knob_wall import LitKnobWall
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.radio import Radio
from scenes.parts.tries import Tries
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions, layout
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_out
from scenes.theme import theme

#: How bright the wall is behind the title, and behind the radio.
TITLE, BEHIND = 0.42, 0.1
#: The try up to which somebody fiddles.
FIDDLED = 4


class SomethingToTurn(ExplainerScene):
    """The score from the last film, and the knobs that change it: weights and biases."""

    def construct(self) -> None:
        fiddling, many = self.run("fiddling"), self.run("wall")
        tried = Tries(fiddling)
        wall = LitKnobWall(many.coeffs[0])
        wall.set_look(**FILLING, lit=TITLE)

        # The title: a thousand lights, all noise.
        self.beat("title")
        place = constant(PART.number, "its place in the series", equals=outline(PART.slug).number)
        title = words(PART.title, theme.display * 0.86, theme.text, weight="BOLD")
        number = words(f"AI fundamentals  ·  part {place}", theme.body, theme.text)
        heading = plate(VGroup(number, title).arrange(DOWN, buff=theme.room), pad=0.45, opacity=0.8)
        heading.set_y(centre_above_captions())
        with self.say(
            "Last time, we got ourselves a scorecard: one number that says how wrong the machine is."
        ) as line:
            self.open(wall, heading)
            self.play(wall.change_look(pitch=0.33, run_time=line.left, rate_func=linear))

        # A score alone changes nothing.
        self.beat("something to turn")
        card = Scorecard(lambda: f"{tried.loss():.3f}", theme.loss).scale(1.5)
        card.move_to([layout().main_and_side.right, centre_above_captions(), 0])
        radio = Radio(tried.coeffs, width=6.8)
        radio.move_to([layout().main_and_side.left, centre_above_captions(), 0])
        with self.say("But on its own, a [score]score is just bad news. You need something to [turn]turn.") as line:
            until = line.until("score")
            self.play(
                fade_out(heading).set_run_time(min(theme.leave, until)),
                wall.come(BEHIND).set_run_time(min(0.6, until)),
                wall.change_look(pitch=0.40, lit=1.0, run_time=min(0.6, until)),
            )
            line.reach("score", shows=card)
            self.enter(card)
            self.receive(fiddling, lambda: tried.row)
            self.play(
                wall.change_look(pitch=0.42, rate_func=linear, run_time=line.until("turn", shows=radio)),
            )
            self.enter(radio)

        # Two knobs, and a score that answers.
        self.beat("the radio")
        with self.say(
            "Like the knobs of this old radio. Turn them, and the score [moves]moves. Sometimes it's better, "
            "sometimes it's worse."
        ) as line:
            until = line.until("moves")
            self.play(tried.to(0.31, run_time=until), wall.change_look(x=-0.4, rate_func=linear, run_time=until))
            left = line.left
            self.play(tried.to(FIDDLED, run_time=left), wall.change_look(x=-1.4, rate_func=linear, run_time=left))

        # Two kinds of knob.
        self.beat("two kinds")
        self.receive(None)
        kinds = VGroup(
            words("weights", theme.heading * 1.25, theme.weight, weight="BOLD"),
            words("biases", theme.heading * 1.25, theme.weight, weight="BOLD"),
        ).arrange(DOWN, buff=theme.room, aligned_edge=LEFT)
        kinds.move_to(card)
        both = constant(len(kinds), "weights and biases", equals=2)
        with self.say(
            f"A machine that learns has got knobs too, and there are {in_words(both)} kinds: [weights]weights, and "
            f"[biases]biases. Put together, there may well be a [thousand]{in_words(many.dimensions)}.",
            about=[many],
        ) as line:
            self.play(fade_out(card), tried.to(FIDDLED + 2, run_time=line.until("weights", shows=kinds[0])))
            self.enter(kinds[0], run_time=0.5)
            until = line.until("biases", shows=kinds[1])
            self.play(wall.change_look(x=-1.7, rate_func=linear, run_time=until))
            self.enter(kinds[1])
            self.wait(max(line.until("thousand") - theme.leave, 0.05))
            self.leave(radio, kinds)
            seconds = max(line.left + 0.9, 1.8)
            self.play(wall.come(1.0).set_run_time(seconds), wall.change_look(**FILLING, run_time=seconds))
        self.close()
