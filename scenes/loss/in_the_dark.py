"""Scene 1: a dart flies into the dark, and one number comes back."""

from __future__ import annotations

from manim import DOWN, LEFT, UP, VGroup, linear, there_and_back

from scenes.loss import PART
from scenes.loss.looks import CARD, KNOBS, LAMPLIT
from scenes.outline import outline
from scenes.parts.darts.room import DartRoom
from scenes.parts.darts.thrown import Thrown
from scenes.parts.panels.angle_knobs import AngleKnobs
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.question import Question
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: Seconds of a flight: a little slower than the real one, so that it is seen.
FLIGHT = 0.55
#: How far a dart is drawn back before it is thrown, as a part of its way.
DRAWN_BACK = -0.045


class InTheDark(ExplainerScene):
    """You know how you threw. You don't know where the bull is."""

    def construct(self) -> None:
        throw = self.run("throw-1")
        room, dart = DartRoom(LAMPLIT), Thrown(throw.coeffs[:1])
        dart.seen = 0.0
        room.darts.append(dart)
        room.look = LAMPLIT.toward(LAMPLIT, 0)

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
            self.play(fade_out(heading), room.change_look(lamp=0.62, run_time=line.until("see")))
            self.play(room.change_look(lamp=1.0, run_time=line.left))

        # What is known: the throw. Two knobs.
        self.beat("two angles")
        knobs = AngleKnobs(throw.coeffs[0]).move_to(KNOBS)
        with self.say(
            f"All you know is how you throw. {in_words(throw.dimensions).capitalize()} angles: how far to the "
            "[side]side, and how far [up]up. Those are your knobs."
        ) as line:
            self.play(room.fade(dart, to=1.0, run_time=0.8))
            self.play(_weighed(room, dart, line.until("side")))
            self.play(fade_in(knobs[0], UP * theme.drift), run_time=theme.enter)
            line.reach("up", shows=knobs[1])
            self.play(fade_in(knobs[1], UP * theme.drift), run_time=theme.enter)
            self.add(knobs)
            self.play(_weighed(room, dart, line.left))

        # The throw. A thud. Nothing is seen.
        self.beat("the throw")
        with self.say("And [off]off it goes.") as line:
            self.play(_drawn(room, dart, line.until("off", shows=room)))
            self.play(room.throw(dart, FLIGHT))
            self.play(room.change_look(lamp=0.35, run_time=0.9))

        # One number comes out of the dark.
        self.beat("one number")
        card = Scorecard(f"{throw.losses[0]:.0f}", theme.loss, name="how far off, in cm").scale(1.5).move_to(CARD)
        loss = words("loss", theme.heading, theme.loss, weight="BOLD").next_to(card, DOWN, buff=theme.room)
        loss.align_to(card, LEFT)
        with self.say(
            f"A thud, and it's dark. Then somebody calls out: [number]{throw.losses[0]:.0f}."
        ) as line:
            self.play(room.fade(dart, to=0.55, run_time=line.until("number", shows=card) * 0.9))
            self.enter(card)
        with self.say(
            "That's how many centimeters you were off. It's called the [loss]loss. It's your scorecard. Lower is better. "
            "And it's the only thing you'll ever hear."
        ) as line:
            self.play(room.change_look(lamp=0.5, run_time=line.until("loss", shows=loss)))
            self.enter(loss)
            self.play(room.change_look(lamp=0.28, run_time=line.left))

        # A question: where is the bull?
        self.beat("where's the bull?")
        question = Question().move_to([0.3, 1.2, 0])
        with self.say(
            f"So. You've thrown, and all you hear is {throw.losses[0]:.0f}. Where's the bull?"
        ):
            self.enter(question)
        self.play(question.think(2.0), room.change_look(lamp=0.5, run_time=2.0, rate_func=there_and_back), run_time=2.0)
        self.play(fade_out(question), room.change_look(lamp=0.35, run_time=0.4, rate_func=linear))
        self.close()


def _drawn(room: DartRoom, dart: Thrown, run_time: float):  # type: ignore[no-untyped-def]
    """Animate: the hand draws a dart back."""
    return room.change(lambda part: setattr(dart, "fraction", DRAWN_BACK * part), run_time)


def _weighed(room: DartRoom, dart: Thrown, run_time: float):  # type: ignore[no-untyped-def]
    """Animate: the hand weighs a dart, forth and back."""
    return room.change(lambda part: setattr(dart, "fraction", 0.02 * part), run_time, there_and_back)
