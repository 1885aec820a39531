"""Scene 2: a hiker on a peak, a warm cabin in the valley, and the fog between them."""

from __future__ import annotations

from manim import RIGHT

from scenes.engine.terrain.fog import Fog
from scenes.gradient.shots import BOOTS, PEAK, WIDE
from scenes.parts.ground.axes import GroundAxes
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.naming import set_next_to
from scenes.stage.number_sources import in_words
from scenes.theme import theme


class MountainInTheFog(ExplainerScene):
    """The loss is a mountain, the answer a cabin that the fog hides."""

    def construct(self) -> None:
        hike = self.run("right")
        mountain = Mountain(self.landscape("mountain"), PEAK, Fog(1.0))
        walk = Walk(hike, mountain)
        mountain.lights.append(walk.position)
        cabin = Cabin(mountain, hike.coeffs[-1])
        hiker = Hiker(walk=walk)

        # On the peak, in the fog.
        self.beat("in the fog")
        self.open(mountain, cabin, hiker)
        with self.say(
            "Imagine you are high on a mountain, and the fog has come in. You can see your own boots. Not much more."
        ) as line:
            self.play(mountain.orbit(-6, dolly=0.12, run_time=line.left))

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
            here = set_next_to(plate(words("you", theme.label, theme.text)), hiker, RIGHT, theme.gap)
            home = set_next_to(plate(words("the cabin", theme.label, theme.cabin)), cabin, RIGHT, theme.room)
            self.enter(here, home)

        # What the picture means: knobs are the map, loss is the height.
        self.beat("what the mountain is")
        axes = GroundAxes(mountain, (1.8, -3.9), east=1.45)
        with self.say(
            f"Every spot on this map is one setting of the {in_words(hike.dimensions)} knobs. And how high you stand "
            "there is your score: the loss."
        ) as line:
            self.leave(here, home)
            self.enter(axes)
            self.play(mountain.orbit(-8, run_time=line.left))

        # But today there is fog.
        self.beat("the fog hides it")
        with self.say(
            "But today there is fog. It hides the cabin, and the cabin is what you want: the perfect answer."
        ) as line:
            self.leave(axes)
            self.play(mountain.change_fog(density=1.0, run_time=line.share(0.55)))

        # All that is left is the ground under the boots.
        self.beat("under the boots")
        with self.say(
            "So you cannot look for the way down. But you can feel it. The ground tilts under your boots."
        ) as line:
            self.play(mountain.move_to_shot(BOOTS), run_time=line.share(0.75))
        self.close()
