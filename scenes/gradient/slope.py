"""Scene 3: the tilt under the boots is measured. The measurement is the gradient, which shows up and down."""

from __future__ import annotations

from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, VGroup

from scenes.engine.terrain.fog import Fog
from scenes.gradient.shots import BOOTS, DESCENT
from scenes.parts.ground.arrow import ArrowRole, GroundArrow
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.compass import Compass
from scenes.parts.panels.scorecard import Readout, Scorecard
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.naming import set_next_to
from scenes.stage.transitions import fade_in
from scenes.theme import theme

#: Length of an arrow, in units of the coefficients, for a slope of 1: so long that the gentle slope near the peak
#: can be seen from close by, and shorter where the steep slopes below are seen from afar.
NEAR, FAR = 2.4, 1.1


class SlopeUnderTheBoots(ExplainerScene):
    """Feel the ground, read the compass, take a step; and again."""

    def construct(self) -> None:
        hike = self.run("right")
        mountain = Mountain(self.landscape("mountain"), BOOTS, Fog(1.0), contour=0.04)
        walk = Walk(hike, mountain)
        mountain.lights.append(walk.position)
        hiker = Hiker(walk=walk)
        uphill = GroundArrow(mountain, walk.position, lambda: hike.slopes[walk.row] * NEAR, ArrowRole.UPHILL)
        downhill = GroundArrow(mountain, walk.position, lambda: -hike.slopes[walk.row] * NEAR, ArrowRole.DOWNHILL)
        ahead = GroundArrow(mountain, walk.position, lambda: -hike.slopes[walk.row] * FAR, ArrowRole.DOWNHILL)

        # The tilt can be measured.
        self.beat("the tilt")
        self.open(mountain, hiker)
        with self.say(
            "Stand still for a moment. One boot is a little higher than the other. That tilt can be measured."
        ) as line:
            self.play(mountain.orbit(5, dolly=0.06, run_time=line.left))

        # The measurement is the gradient: uphill ...
        self.beat("the gradient")
        name = plate(words("gradient", theme.body, theme.uphill, weight="SEMIBOLD"))
        set_next_to(name, uphill, UP, theme.gap)
        with self.say(
            "The measurement has a name: the [gradient]gradient. It points to where the ground rises fastest. Step "
            "this way, and you go up."
        ) as line:
            self.add(uphill, hiker)
            self.enter(uphill, toward=ORIGIN)
            line.reach("gradient", shows=name)
            self.enter(name)

        # ... and, turned round, downhill.
        down_name = plate(words("downhill", theme.body, theme.downhill, weight="SEMIBOLD"))
        set_next_to(down_name, downhill, DOWN, theme.gap)
        with self.say(
            "So turn around. The opposite way is the [down]way down. One measurement, and it tells you both."
        ) as line:
            self.add(downhill, hiker)
            self.enter(downhill, toward=ORIGIN)
            line.reach("down", shows=down_name)
            self.enter(down_name)

        # The same on a compass, with the numbers torch recorded.
        self.beat("the compass")
        compass = Compass(lambda: hike.slopes[walk.row], radius=1.05)
        numbers = VGroup(
            words("gradient", theme.label, theme.quiet),
            Readout(lambda: "({:+.2f}, {:+.2f})".format(*hike.slopes[walk.row]), theme.body),
        ).arrange(DOWN, buff=theme.gap)
        dial = VGroup(compass, numbers).arrange(DOWN, buff=0.3)
        instrument = plate(dial, pad=0.3).to_corner(UP + RIGHT, buff=theme.margin)
        with self.say("Here is your compass. Its green end shows where down is, its red end where up is."):
            self.enter(instrument, toward=LEFT)

        # Feel, step, feel again.
        self.beat("a step, and again")
        trail = Trail(walk)
        score = Scorecard(lambda: f"{hike.losses[walk.row]:.3f}", theme.text, "loss")
        score.next_to(instrument, DOWN, buff=theme.gap).align_to(instrument, RIGHT)
        with self.say(
            "Now it is simple. Feel the slope. Take one step down. Feel again, because the ground has changed, "
            "and take the next."
        ) as line:
            self.leave(name, down_name, uphill, downhill)
            self.play(mountain.move_to_shot(DESCENT), fade_in(score), run_time=line.share(0.3))
            self.add(trail, ahead, hiker)
            for row in (1, 2, 3, 4):
                self.play(walk.to(row, run_time=line.share(0.1)))
                self.wait(line.share(0.04))
        with self.say("You never see farther than your lantern. You don't have to. The score keeps falling.") as line:
            self.play(walk.to(11, run_time=line.share(0.95)))
        self.close()
