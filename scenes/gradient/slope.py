"""Scene 3: the tilt under the boots is measured. The measurement is the gradient, which shows up and down."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    Line,
    RoundedRectangle,
    ShowPassingFlash,
    ValueTracker,
    VGroup,
)

from scenes.engine.terrain.fog.fog import Fog
from scenes.gradient.shots import AROUND_THE_BOOTS, AT_THE_BOOTS, BESIDE_A_CURVE, DOWN_THE_SLOPE, FARTHER_DOWN
from scenes.parts.dials.reading import Reading
from scenes.parts.ground.arrow import ArrowRole, GroundArrow
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.probes import Probes, TiltLine
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.one_knob import OneKnob
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.words import coefficient_name, plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.naming import set_around, set_next_to
from scenes.stage.number_sources import in_words
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import slowing, theme

#: Length of an arrow, in units of the coefficients, for a slope of 1: so long that the gentle slope near the peak
#: can be seen from close by, and shorter where the steep slopes below are seen from afar.
NEAR, FAR = 1.54, 0.9
#: How far a foot feels round, and how far to either side of the boots the tilt is shown, in units of the coefficients.
REACH, BOOTS = 0.3, 0.22
#: The values of knob 0 over which the loss is shown as a curve: from behind the peak into the cabin's valley.
ONE_KNOB = (-4.5, 1.4)
#: The row to which he comes: there the next scene begins.
COMES_TO = 8
#: How opaque the plates are that coloured names stand on.
OPAQUE = 0.95


class SlopeUnderTheBoots(ExplainerScene):
    """Feel the ground, read the compass, take a step; and again."""

    def construct(self) -> None:
        self.hike = hike = self.run("right")
        self.mountain = mountain = Mountain(self.landscape("mountain"), AT_THE_BOOTS, Fog(1.0))
        walk = Walk(hike, mountain)
        mountain.lights.append(walk.position)
        hiker = Hiker(walk=walk)
        self.start, self.slope = hike.coeffs[0], hike.slopes[0]

        # One boot is higher than the other: that can be measured.
        self.beat("the tilt")
        tilt = TiltLine(mountain, self.start, self.slope, BOOTS)
        self.add(mountain, hiker)
        with self.say(
            "Shift your weight. One boot's a little [higher]higher than the other. That tilt can be [measure]measured."
        ) as line:
            self.play(hiker.crouch(0.22), mountain.orbit(2), run_time=line.until("higher", shows=tilt))
            self.add(tilt, hiker)
            self.play(tilt.draw(run_time=1.0))
            self.play(hiker.crouch(0), mountain.orbit(2), run_time=line.until("measure"))
            self.play(tilt.measure(run_time=1.0), mountain.orbit(3, run_time=1.0))

        # The simplest picture first: with one knob to turn, the ground is a curve, and the tilt its tangent.
        self.beat("one knob")
        knob = OneKnob(mountain.landscape, hike, ONE_KNOB)
        knob.shift([2.85, 0.7, 0] - knob.plot.get_center())
        with self.say(
            "Turn just one knob, and the loss is a [curve]curve. You're [here]here. Uphill's [that]that way, so go "
            "[this]this way."
        ) as line:
            self.play(fade_out(tilt), mountain.move_to_shot(BESIDE_A_CURVE), run_time=1.0)
            self.play(fade_in(knob.plot), mountain.orbit(0.5), run_time=line.until("curve", shows=knob.ground))
            self.play(Create(knob.ground, rate_func=slowing), run_time=line.until("here", shows=knob.dot))
            self.play(fade_in(knob.dot), run_time=theme.leave)
            self.add(knob.tangent, knob.dot)
            self.play(knob.lay_tangent(run_time=line.until("that", shows=knob.uphill)))
            self.play(FadeIn(knob.uphill, rate_func=slowing), run_time=theme.leave)
            line.reach("this", shows=knob.downhill)
            self.play(fade_in(knob.downhill), run_time=theme.leave)
            self.play(mountain.orbit(1, run_time=line.left))

        # A foot goes round: up is red, down is green.
        self.beat("feeling round")
        probes = Probes(mountain, self.start, REACH)
        with self.say("Now feel all round: [up]red is up, [down]green is down.") as line:
            self.play(fade_out(knob), mountain.move_to_shot(AROUND_THE_BOOTS), run_time=line.share(0.2))
            self.add(probes, hiker)
            self.play(probes.feel(run_time=line.until("up")))
            self.play(probes.tell(1, run_time=line.until("down")), mountain.orbit(2))
            self.play(probes.tell(-1, run_time=theme.enter), mountain.orbit(2, run_time=line.left))

        # Two of them are enough: their rises make one arrow.
        self.beat("two of them")
        uphill, name = self._two_make_one(probes, hiker)

        # It points up; turned round, down.
        self.beat("the gradient")
        downhill = GroundArrow(
            mountain, walk.position, lambda: -hike.slopes[walk.row] * NEAR, ArrowRole.DOWNHILL, 0.045
        )
        down_name = plate(words("downhill", theme.body, theme.downhill, weight="SEMIBOLD"), opacity=OPAQUE)
        self._follow(down_name, downhill, RIGHT)
        with self.say(
            "That's the [gradient]gradient: the measurement of the tilt. It points where the ground rises fastest. "
            "Step this way, and you go [up]up. Turn round, and you go [down]down."
        ) as line:
            line.reach("gradient", shows=name)
            self.play(fade_in(name), mountain.orbit(1, run_time=theme.enter))
            self.play(mountain.orbit(4), run_time=line.until("up"))
            self.play(self._along(uphill), mountain.orbit(2), run_time=theme.enter)
            self.play(mountain.orbit(1), run_time=line.until("down", shows=(downhill, down_name)))
            self.add(downhill, hiker)
            self.play(fade_in(downhill), fade_in(down_name), self._along(downhill), run_time=theme.enter)
            self.play(mountain.orbit(3), run_time=line.left)

        # The same on a compass: a number for each knob.
        self.beat("the compass")
        reading = Reading(lambda: hike.slopes[walk.row])
        instrument = plate(reading, pad=0.2).to_corner(UP + RIGHT, buff=theme.margin)
        number = reading.numbers[0][1]
        size = {"width": number.width + 0.26, "height": number.height + 0.26}
        bigger = set_around(RoundedRectangle(corner_radius=0.1, color=theme.accent, stroke_width=4, **size), number)
        with self.say(
            f"Here's your compass. It has {in_words(hike.dimensions)} [numbers]numbers, one for each knob. Leave the "
            f"signs aside: {coefficient_name('knob 0')}'s is [bigger]bigger. Right here, that knob matters more."
        ) as line:
            reading.numbers.set_opacity(0)
            self.enter(instrument, toward=LEFT)
            self.play(mountain.orbit(2), run_time=line.until("numbers", shows=reading.numbers))
            self.play(reading.numbers.animate.set_opacity(1), run_time=theme.enter)
            self.play(mountain.orbit(3), run_time=line.until("bigger", shows=bigger))
            self.play(
                Create(bigger, rate_func=slowing, run_time=0.5), mountain.orbit(1, run_time=max(line.left, theme.enter))
            )

        # Feel, step, feel again.
        self.beat("a step, and again")
        ahead = GroundArrow(mountain, walk.position, lambda: -hike.slopes[walk.row] * FAR, ArrowRole.DOWNHILL, 0.06)
        trail = Trail(walk)
        score = Scorecard(lambda: f"{hike.losses[walk.row]:.3f}", theme.loss, "loss", width=instrument.width)
        score.next_to(instrument, DOWN, buff=theme.gap)
        with self.say(
            "Now it's easy. [feel]Feel which way's down. [step]Take a step. [again]Feel again, because the ground's "
            "changed. And [next]step."
        ) as line:
            until = line.until("feel", shows=ahead)
            self.play(
                *(fade_out(thing).set_run_time(0.25) for thing in (name, down_name, uphill, downhill, bigger)),
                mountain.move_to_shot(DOWN_THE_SLOPE, run_time=until),
                fade_in(score).set_run_time(until),
            )
            self.add(ahead, hiker)
            self.play(fade_in(ahead).set_rate_func(slowing), run_time=theme.leave)
            self.play(mountain.orbit(0.5), run_time=line.until("step"))
            self.add(trail, ahead, hiker)
            self.play(walk.to(1, run_time=0.6))
            self.play(mountain.orbit(1), run_time=line.until("again"))
            self.play(mountain.orbit(2), run_time=line.until("next"))
            self.play(walk.to(2, run_time=0.6))
        with self.say("You never see far. You don't have to: the score keeps falling.") as line:
            self.play(walk.to(COMES_TO, run_time=line.left), mountain.move_to_shot(FARTHER_DOWN, run_time=line.left))
        # So the next scene begins: he stands there, and nothing else.
        self.leave(ahead, trail, instrument, score)

    def _two_make_one(self, probes: Probes, hiker: Hiker) -> tuple[GroundArrow, VGroup]:
        """Let the rises of two probes become the arrow of the gradient; gives it and its name."""
        mountain, slope, start = self.mountain, self.slope, self.start
        kept = [probes.uphill_along(0), probes.uphill_along(1)]
        names = [plate(words(coefficient_name(f"knob {knob}"), theme.label, theme.weight)) for knob in (0, 1)]
        for label, index, side in zip(names, kept, (LEFT, LEFT), strict=True):
            label.add_updater(
                lambda label, index=index, side=side: label.next_to(probes.tip(index), side, buff=theme.gap)
            )
        long, joined, whole = ValueTracker(0.2), ValueTracker(0), ValueTracker(0.2)
        parts = [np.array([slope[0], 0.0]), np.array([0.0, slope[1]])]
        rises = [
            GroundArrow(mountain, start, lambda: parts[0] * NEAR * long.get_value(), theme.uphill, 0.022),
            GroundArrow(
                mountain,
                lambda: start + parts[0] * NEAR * joined.get_value(),
                lambda: parts[1] * NEAR * long.get_value(),
                theme.uphill,
                0.022,
                touches=start,
            ),
        ]
        grows = GroundArrow(mountain, start, lambda: slope * NEAR * whole.get_value(), theme.uphill, 0.045)
        uphill = GroundArrow(mountain, start, slope * NEAR, ArrowRole.UPHILL, 0.045)
        name = plate(words("gradient", theme.body, theme.uphill, weight="SEMIBOLD"), opacity=OPAQUE)
        self._follow(name, uphill, LEFT)
        with self.say(
            f"You only need {in_words(self.hike.dimensions)}: along [zero]{coefficient_name('knob 0')}, and along "
            f"[one]{coefficient_name('knob 1')}. Together they make one [arrow]arrow."
        ) as line:
            self.play(probes.keep(*kept, run_time=theme.enter), mountain.orbit(1, run_time=line.until("zero")))
            self.play(fade_in(names[0]), mountain.orbit(1), run_time=line.until("one", shows=names[1]))
            self.add(*rises, hiker)
            self.play(fade_in(names[1]), self._set(long, 1), run_time=line.until("arrow") / 2)
            # They have met, and stand for a moment, before the arrow grows out of them.
            self.play(self._set(joined, 1), run_time=max(line.until("arrow", shows=grows) - 0.15, 0.1))
            line.reach("arrow")
            self.add(grows, hiker)
            self.play(
                whole.animate(rate_func=slowing).set_value(1),
                *(fade_out(thing) for thing in (probes, *names, *rises)),
                run_time=theme.enter,
            )
        self.remove(grows)
        self.add(uphill, hiker)
        return uphill, name

    @staticmethod
    def _set(tracker: ValueTracker, value: float) -> Animation:
        return tracker.animate(rate_func=theme.ease).set_value(value)

    def _along(self, arrow: GroundArrow) -> Animation:
        """A light runs along an arrow, to its tip."""
        way = Line(self.mountain.point(*self.start), arrow.tip(), color=theme.things.lantern, stroke_width=9)
        way.on_ground = way.lies_on_ground = True
        return ShowPassingFlash(way, time_width=0.5, run_time=theme.enter)

    @staticmethod
    def _follow(label: VGroup, arrow: GroundArrow, side: np.ndarray) -> None:
        """Keep a name at the tip of its arrow while the eye moves."""
        label.add_updater(lambda label: set_next_to(label, arrow, side, theme.gap))
