"""Scene 8: every step lower than the last, down to a loss of zero; and there somebody opens the door."""

from __future__ import annotations

from manim import DOWN, RIGHT, UP, Succession, Wait

from scenes.engine.terrain.fog.fog import Fog
from scenes.gradient.shots import AT_THE_CABIN, DOWN_TO_THE_CABIN
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import theme

#: How many times its usual size the cabin has, where somebody comes home to it.
NEAR = 1.45
#: The row up to which each step still covers ground that can be seen.
LONG_STEPS = 13


class AllTheWayHome(ExplainerScene):
    """The scorecard hits zero, and the hiker is home."""

    def construct(self) -> None:
        hike = self.run("clear-air")
        # The fog reaches a little above the eye: the stars are over it, and the land is still in it.
        mountain = Mountain(
            self.landscape("clear-mountain"), DOWN_TO_THE_CABIN, Fog(1.0, sight=0.9, soft=1.2, top=0.95), contour=0
        )
        walk = Walk(hike, mountain)
        mountain.lights.append(walk.position)
        cabin = Cabin(mountain, hike.coeffs[-1], NEAR)
        hiker, trail = Hiker(walk=walk), Trail(walk)

        # Every step is lower than the last.
        self.beat("the walk to zero")
        score = Scorecard(lambda: f"{hike.losses[walk.row]:.4f}", theme.loss, "loss")
        score.to_corner(UP + RIGHT, buff=theme.margin)
        # Another station was left over on the mountain of before: here it is off the air, and nothing is left.
        clear = plate(words("a night without static", theme.label, theme.text)).next_to(score, DOWN, buff=theme.gap)
        clear.align_to(score, RIGHT)
        with self.say(
            "We're sliding down the mountain of loss, step by step, and every step is lower than the last."
        ) as line:
            self.open(mountain, trail, cabin, cabin.smoke, hiker, score, clear)
            self.play(
                mountain.move_to_shot(AT_THE_CABIN, run_time=line.left + theme.breath),
                mountain.change_fog(top=0.72, sight=1.8, soft=1.7, run_time=line.left + theme.breath),
                walk.to(LONG_STEPS, run_time=line.left + theme.breath),
            )

        # Until nothing is left.
        self.beat("zero")
        lowest = sourced(round(float(hike.losses[-1]), 4), "clear-air.losses[-1] to four digits")
        with self.say(f"Until the scorecard hits [zero]{in_words(lowest)}.") as line:
            # The card turns to zero as the word is said.
            self.play(walk.to(self._arrival() - 0.02, run_time=line.until("zero")))
            self.play(walk.to(hike.steps, run_time=line.left))

        # Home: the door opens, and the pack comes off.
        self.beat("home")
        with self.say(
            "That's what puts the [learning]learning in machine learning. Not guessing: a compass, for every single "
            "turn of every knob, and each step brings us closer to the answer."
        ) as line:
            self.play(fade_out(score), fade_out(clear), run_time=line.until("learning"))
            self.play(
                Succession(cabin.open_door(run_time=1.8), Wait(0.6), hiker.rest(run_time=2.6)),
                mountain.orbit(6, dolly=0.10, rise=0.10, run_time=line.left),
                mountain.change_fog(top=0.6, run_time=line.left),
            )
        # A moment to be home; then the fog of the nights before comes over it.
        self.wait(0.5)
        self.close(fade_in(Curtain(colour=theme.fog)))

    def _arrival(self) -> int:
        """The first row whose loss the card shows as zero."""
        losses = self.run("clear-air").losses
        return next(row for row, loss in enumerate(losses) if f"{loss:.4f}" == f"{losses[-1]:.4f}")
