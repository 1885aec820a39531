"""Scene 1: a dart flies into the dark, and one number comes back."""

from __future__ import annotations

from dataclasses import replace

from manim import DOWN, UP, Animation, VGroup, linear, there_and_back

from scenes.loss import PART
from scenes.loss.looks import IN_THE_WALL, LAMPLIT, under, upper_left, upper_right
from scenes.outline import outline
from scenes.parts.darts.angle_knobs import AngleKnobs
from scenes.parts.darts.room import DartRoom
from scenes.parts.darts.thrown import Thrown
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.question import Question
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_out
from scenes.theme import theme

#: Seconds of a flight: a little slower than the real one, so that it is seen.
FLIGHT = 0.55
#: How far a dart is drawn back before it is thrown, as a part of its way.
DRAWN_BACK = -0.045


class InTheDark(ExplainerScene):
    """You know how you threw. You don't know where the bull is."""

    def construct(self) -> None:
        throw = self.run("throw-1")
        room, dart = DartRoom(replace(LAMPLIT, lamp=0.15)), Thrown(throw.coeffs[:1])
        dart.seen = 0.0
        room.darts.append(dart)

        # The title: a lamp in a dark room.
        self.beat("title")
        place = constant(PART.number, "its place in the series", equals=outline(PART.slug).number)
        title = words(PART.title, theme.display, weight="BOLD")
        number = words(f"AI fundamentals  ·  part {place}", theme.body, theme.text)
        heading = VGroup(number, title).arrange(DOWN, buff=theme.room).move_to(UP * 1.1)
        with self.say("Welcome to a very dark room.") as line:
            self.open(room, heading)
            self.play(room.change_look(lamp=1.0, run_time=line.left))
        with self.say("Somewhere on the wall ahead hangs a dartboard. You can't [see]see it.") as line:
            self.play(fade_out(heading), room.change_look(lamp=0.6, run_time=line.until("see")))
            self.play(room.fade(dart, to=1.0, run_time=0.8), room.change_look(lamp=1.0, run_time=0.8))

        # What is known: the throw. Two knobs.
        self.beat("two angles")
        knobs = upper_left(AngleKnobs(throw.coeffs[0], radius=0.55))
        with self.say(
            f"All you know is how you throw. {in_words(throw.dimensions).capitalize()} angles: so far [side]sideways, "
            "and so far [up]up. They're your knobs."
        ) as line:
            self.play(weighed(room, dart, line.until("side", shows=knobs[0])))
            self.enter(knobs[0])
            self.play(weighed(room, dart, line.until("up", shows=knobs[1])))
            self.enter(knobs[1])
            self.add(knobs)
            self.play(weighed(room, dart, line.left))

        # The throw. A thud. Nothing is seen.
        self.beat("the throw")
        self.play(drawn_back(room, dart, 0.5))
        with self.say("And [off]off it goes.") as line:
            line.reach("off", shows=room)
            # The lamp goes down behind it.
            self.play(room.throw(dart, FLIGHT), room.change_look(FLIGHT, lamp=0.4))
            self.play(room.fade(dart, to=IN_THE_WALL, run_time=0.9))

        # One number comes out of the dark.
        self.beat("one number")
        card = upper_right(Scorecard(f"{throw.losses[0]:.0f}", theme.loss, name="centimeters off").scale(1.25))
        loss = under(words("the loss", theme.heading, theme.loss, weight="BOLD"), card)
        with self.say(f"A thud, and nothing. Then a voice from the dark: [number]{throw.losses[0]:.0f}.") as line:
            self.play(room.change_look(lamp=0.65, run_time=line.until("number", shows=card), rate_func=linear))
            self.enter(card)
        with self.say(
            "That's how many centimeters you're off. It's called the [loss]loss. It's your scorecard, and it's all "
            "you'll ever hear. Lower is better."
        ) as line:
            self.play(room.change_look(lamp=0.55, run_time=line.until("loss", shows=loss), rate_func=linear))
            self.enter(loss)

        # A question: where is the bull?
        self.beat("where's the bull?")
        question = Question().move_to([0.3, 1.3, 0])
        dim = room.change_look(lamp=0.7, run_time=2.0, rate_func=there_and_back)
        self.ask(question, f"So you threw, and you heard {throw.losses[0]:.0f}. Where's the bull?", dim)
        self.leave(question)
        self.close()


def drawn_back(room: DartRoom, dart: Thrown, run_time: float) -> Animation:
    """Animate: the hand draws a dart back."""
    return room.change(lambda part: setattr(dart, "fraction", DRAWN_BACK * part), run_time)


def weighed(room: DartRoom, dart: Thrown, run_time: float) -> Animation:
    """Animate: the hand weighs a dart, forth and back."""
    return room.change(lambda part: setattr(dart, "fraction", 0.02 * part), run_time, there_and_back)
