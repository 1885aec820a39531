"""A talk of one's own: a scene of the film by daylight, one walked by a hiker recorded here, a plain manim scene.

descent talk scenes/examples/my_talk.py --to html --to pptx
"""

from __future__ import annotations

from manim import DOWN, UP, FadeOut, Rotate, Scene, Triangle, Write

from descent_core import record
from descent_core.catalogue import make_loss
from scenes.gradient.fog import MountainInTheFog
from scenes.gradient.slope import SlopeUnderTheBoots
from scenes.parts.words import words
from scenes.talk import Deck, write_deck
from scenes.theme import theme

#: Down the film's mountain, from near its peak, with longer steps than the film's hiker makes.
longer_steps = record(make_loss("radio"), [-2.9, -0.15], lr=0.6, steps=60, label="longer-steps")


class Question(Scene):
    """Any manim scene will do: its sections are the clicks, its subcaptions the notes."""

    def construct(self) -> None:
        self.camera.background_color = theme.page
        question = words("Which way is down?", theme.heading).shift(UP)
        answer = words("The way that the ground tilts.", theme.body, theme.downhill)
        arrow = Triangle(color=theme.quiet).scale(0.5).next_to(answer, DOWN)

        self.next_section("the question")
        self.add_subcaption("Let them guess.", duration=1)
        self.play(Write(question))
        self.add(arrow)

        self.next_section("waiting", section_type="talk.loop")
        self.add_subcaption("Wait for a hand.", duration=1)
        self.play(Rotate(arrow, run_time=2, angle=6.2831853))

        self.next_section("an answer")
        self.play(FadeOut(arrow), Write(answer))


class FogAfterATitle(MountainInTheFog):
    """The film's scene, with a beat of one's own before it."""

    def construct(self) -> None:
        self.beat("my title")
        with self.say("Close your eyes for a moment."):
            self.enter(words("What if you saw nothing?", theme.heading))
        self.clear()
        super().construct()


DECK = (
    Deck("Down the mountain")
    .add(Question)
    .add(FogAfterATitle, title="In the fog", theme="light")
    .add(SlopeUnderTheBoots, runs={"right": longer_steps}, title="Longer steps")
)

if __name__ == "__main__":
    write_deck(DECK, "my_talk.html", quality="draft")
