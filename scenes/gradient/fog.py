"""Beat 2: a hiker on a peak, a warm cabin in the valley, and the fog between them."""

from __future__ import annotations

from manim import LEFT, RIGHT, UP, FadeIn, FadeOut, Line, VGroup

from scenes.gradient.shots import BOOTS, PEAK, WIDE
from scenes.parts.cabin import Cabin
from scenes.parts.fog import Fog
from scenes.parts.hiker import Hiker
from scenes.parts.mountain import Mountain
from scenes.parts.type import plate, words
from scenes.parts.walk import Walk
from scenes.stage import ExplainerScene
from scenes.theme import theme


class MountainInTheFog(ExplainerScene):
    """The loss is a mountain, the answer a cabin that the fog hides."""

    def construct(self) -> None:
        hike = self.run("right")
        mountain = Mountain(self.landscape("mountain"), PEAK, Fog(1.0))
        walk = Walk(hike, mountain)
        mountain.lights.append(walk.standing)
        cabin = Cabin(mountain, hike.coeffs[-1])
        hiker = Hiker(mountain, walk.place)

        # On the peak, in the fog.
        self.beat("in the fog")
        self.open(mountain, cabin, hiker)
        with self.say(
            "Imagine you are high on a mountain, and the fog has come in. You can see your own boots. Not much more."
        ):
            pass

        # A clear day would show the cabin in the valley.
        self.beat("the cabin")
        with self.say(
            "Somewhere below, in the valley, there is a cabin with a light in the window. On a clear day you "
            "would simply look for it."
        ) as line:
            self.play(
                mountain.move_to_shot(WIDE),
                mountain.change_fog(density=0.0, run_time=line.share(0.6)),
                run_time=line.share(0.6),
            )
            here = plate(words("you", theme.label, theme.text)).next_to(hiker, LEFT, buff=0.2)
            home = plate(words("the cabin", theme.label, theme.cabin)).next_to(cabin, RIGHT, buff=0.35)
            self.play(FadeIn(here), FadeIn(home), run_time=theme.enter)

        # What the picture means: knobs are the map, loss is the height.
        self.beat("what the mountain is")
        axes = self._axes(mountain)
        with self.say(
            "Every spot on this map is one setting of the two knobs. And how high you stand there is your score: "
            "the loss."
        ):
            self.play(FadeOut(here, home), FadeIn(axes), run_time=theme.enter)

        # But today there is fog.
        self.beat("the fog hides it")
        with self.say(
            "But today there is fog. It hides the cabin, and the cabin is what you want: the perfect answer."
        ) as line:
            self.play(FadeOut(axes), run_time=theme.leave)
            self.play(mountain.change_fog(density=1.0, run_time=line.share(0.55)))

        # All that is left is the ground under the boots.
        self.beat("under the boots")
        with self.say(
            "So you cannot look for the way down. But you can feel it. The ground tilts under your boots."
        ) as line:
            self.play(mountain.move_to_shot(BOOTS), run_time=line.share(0.6))
        self.close()

    def _axes(self, mountain: Mountain) -> VGroup:
        """The two knobs along the ground, the loss upward: at the corner nearest to the eye."""
        corner = (2.0, -5.0)
        style = {"stroke_width": 5, "color": theme.text}
        start = mountain.point(*corner)
        east, north = mountain.point(3.7, -5.0), mountain.point(2.0, -2.9)
        up = mountain.on_screen(mountain.terrain.point(*corner) + [0, 0, 1.45])
        arms = VGroup(
            *(Line(start, end, **style).add_tip(tip_length=0.18, tip_width=0.16) for end in (east, north, up))
        )
        names = VGroup(
            plate(words("knob 0", theme.label)).next_to(east, UP, buff=0.12),
            plate(words("knob 1", theme.label)).next_to(north, LEFT, buff=0.12),
            plate(words("loss", theme.label, theme.gradient)).next_to(up, UP, buff=0.12),
        )
        return VGroup(arms, names)
