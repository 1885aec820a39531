"""A file of scenes of a few frames, ours and plain ones of manim, and what is said in them."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from scenes.production.format import Format, RenderSettings

ROOT = Path(__file__).parents[3]
RATE = 10
#: As films are encoded, with frames that need others before and after them.
TINY = RenderSettings(Format(160, 90, RATE, (("preset", "veryfast"), ("crf", "12"))))

SCENES = """
from manim import LEFT, RIGHT, Circle, FadeIn, Scene, Square
from scenes.stage.explainer_scene import ExplainerScene


class Ours(ExplainerScene):
    def construct(self):
        square = Square(fill_opacity=1).shift(3 * LEFT)
        self.beat("one")
        self.open(square)
        with self.say("The first line."):
            self.play(square.animate.shift(RIGHT))
        with self.say("Is a < b && c_d_?"):
            pass
        self.beat("round & round", loop=True)
        self.play(square.animate.shift(RIGHT))
        self.play(square.animate.shift(LEFT))
        self.beat("three")
        with self.say("The last line."):
            self.play(square.animate.shift(4 * RIGHT))
        self.close()


class Other(ExplainerScene):
    def construct(self):
        self.beat("four")
        self.open(Circle(fill_opacity=1))
        with self.say("Another scene."):
            pass
        self.close()


class Plain(Scene):
    def construct(self):
        circle = Circle()
        self.next_section("come")
        self.add_subcaption("Say this.", duration=1)
        self.play(FadeIn(circle))
        self.next_section("stay", section_type="talk.loop")
        self.add_subcaption("Say that.", duration=1)
        self.wait(0.5)


class Whole(Scene):
    def construct(self):
        self.wait(0.5)
"""


def frames(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


NOTES = ["", "The first line.\nIs a < b && c_d_?", "", "The last line.", "Another scene.", "Say this.", "Say that.", ""]
