"""Scene 2: a map of two knobs rises into a mountain; a warm cabin in its valley; and the fog comes in."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UL, UP, Animation, ValueTracker, linear, squish_rate_func
from numpy.typing import ArrayLike

from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.gradient.shots import AT_THE_BOOTS, MAP, RISING, SUMMIT, VISTA
from scenes.parts.ground.axes import SheetEdge
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.pin import HeightThread, Pin
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.radio import Radio
from scenes.parts.words import coefficient_name, plate, words
from scenes.stage.by_hand import by_hand
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.naming import set_next_to
from scenes.stage.number_sources import in_words
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import slowing, theme

#: Where the pin wanders on the map before it is moved along one knob's way, then the other's, to where the hike begins.
WANDER = ((5.5, 4.2), (3.1, -5.6))
#: The row at which the hike is as good as at its end.
DOWN_IN_THE_VALLEY = 24
#: How far the land has risen when its rings are to be seen; and in how many seconds after its word it stands.
PRINTED, STANDS = 0.12, 2.0
#: The part of an even move in which it gathers speed, and in which it comes to rest.
_GATHERS = 0.2


class MountainInTheFog(ExplainerScene):
    """Two knobs are a map, the loss lifts it into a mountain, the answer is a cabin that the fog hides."""

    def construct(self) -> None:
        hike = self.run("right")
        self.mountain = mountain = Mountain(self.landscape("mountain"), MAP.orbited(-7), Fog(0.0))
        walk = Walk(hike, mountain)
        # It is built on the land at its full height, and its light comes on with its word.
        cabin = Cabin(mountain, hike.coeffs[-1])
        cabin.lit.set_value(0)
        mountain.relief = 0.0

        # Every spot on a sheet of paper is one setting of the two knobs.
        self.beat("a map")
        pin, radio = self._pin_and_radio(walk)
        edges = [SheetEdge(mountain, number) for number in (0, 1)]
        with self.say(
            f"Back to {in_words(hike.dimensions)} knobs. Every spot on this [map]map is one setting: "
            f"[zero]{coefficient_name('knob 0')} runs this way, [one]{coefficient_name('knob 1')} that way."
        ) as line:
            self.open(mountain, pin, radio)
            self.play(self._turn(0, WANDER[1][0]), mountain.orbit(4), run_time=line.until("map"))
            self.play(
                self._turn(1, WANDER[1][1]), mountain.move_to_shot(MAP), run_time=line.until("zero", shows=edges[0])
            )
            self.play(
                self._turn(0, hike.coeffs[0, 0]),
                fade_in(edges[0], RIGHT * theme.drift),
                run_time=line.until("one", shows=edges[1]),
            )
            self.play(
                self._turn(1, hike.coeffs[0, 1]), fade_in(edges[1], UP * theme.drift), run_time=max(line.left, 1.2)
            )

        # Each spot is lifted as high as its loss: the sheet becomes a mountain.
        self.beat("the mountain")
        thread = HeightThread(pin)
        score = Scorecard(lambda: f"{hike.losses[walk.row]:.3f}", theme.loss, "loss").scale_to_fit_width(3.1)
        score.next_to(radio, DOWN, buff=theme.gap, aligned_edge=LEFT)
        with self.say(
            "Now lift each spot as high as its [loss]loss. Bad settings [rise]rise, good ones [sink]sink. And there's "
            "your [mountain]mountain."
        ) as line:
            self.play(
                fade_out(edges[0]),
                fade_out(edges[1]),
                mountain.rise(PRINTED),
                run_time=line.until("loss", shows=(thread, score)),
            )
            self.add(thread, pin)
            self.play(fade_in(thread), fade_in(score), run_time=line.until("rise", shows=mountain))
            # One even move, from the flat sheet to the mountain seen from low down.
            sinks, whole = line.until("sink"), line.until("mountain") + STANDS
            self.play(*self._lift(0, sinks / whole, sinks))
            falls = line.until("mountain")
            self.play(
                *self._lift(sinks / whole, 1 - STANDS / whole, falls), walk.to(DOWN_IN_THE_VALLEY, run_time=falls)
            )
            self.play(
                *self._lift(1 - STANDS / whole, 1, STANDS),
                *(fade_out(thing).set_run_time(theme.leave) for thing in (radio, score, thread, pin)),
            )

        # In the valley a light goes on: the goal.
        self.beat("the cabin")
        home = plate(words("the perfect answer", theme.label, theme.cabin))
        home.add_updater(lambda label: set_next_to(label, cabin, UP, theme.gap))
        with self.say(
            "Down in the valley, where the loss is lowest, there's a warm [cabin]cabin. That's your [goal]goal: the "
            "perfect answer."
        ) as line:
            self.play(mountain.orbit(2, dolly=0.03), run_time=line.until("cabin", shows=cabin))
            self.play(
                fade_in(cabin),
                fade_in(cabin.smoke),
                cabin.lit.animate(rate_func=theme.ease).set_value(1.0),
                run_time=theme.enter,
            )
            line.shows(cabin)
            # The eye rests, so that nothing but the words begins with the word.
            line.reach("goal", shows=home)
            self.play(fade_in(home).set_run_time(theme.leave), mountain.orbit(2, dolly=0.04, run_time=line.left))

        # Whoever stands on the peak sees nothing of it once the fog is there.
        self.beat("in the fog")
        walk.clock.set_value(0)
        with self.say(
            "Now imagine you're a [here]hiker, up here on the peak. And the [fog]fog comes in. You can't see the "
            "cabin. Just your own [boots]boots."
        ) as line:
            hiker = Hiker(walk=walk)
            self.play(fade_out(home), mountain.orbit(1), run_time=line.until("here", shows=hiker))
            mountain.lights.append(walk.position)
            self.play(fade_in(hiker), mountain.orbit(1), run_time=theme.enter)
            self.play(mountain.orbit(1), run_time=line.until("fog", shows=mountain))
            self.play(
                mountain.change_fog(density=1.0, rate_func=slowing, run_time=(until := line.until("boots"))),
                # The fog is there before the eye sets out.
                mountain.move_to_shot(SUMMIT, run_time=until, rate_func=squish_rate_func(theme.ease, 0.3, 1)),
            )
            self.play(mountain.orbit(4, dolly=0.12), run_time=line.left)

        # All that is left is the ground under the boots.
        self.beat("under the boots")
        with self.say("But you can [feel]feel something: the ground tilts under your boots.") as line:
            self.play(mountain.orbit(2), run_time=line.until("feel"))
            # There the next scene begins.
            self.play(mountain.move_to_shot(AT_THE_BOOTS), run_time=line.left + theme.breath)

    def _pin_and_radio(self, walk: Walk) -> tuple[Pin, Radio]:
        """A pin that is moved over the map by hand, then walks; and the radio that plays what it points at."""
        self._place = [ValueTracker(number) for number in WANDER[0]]

        def place() -> ArrayLike:
            moved = by_hand([tracker.get_value() for tracker in self._place], "where somebody moves it over the map")
            return walk.position() if walk.now > 0 else moved

        radio = Radio(place, width=4.3).to_corner(UL, buff=theme.margin)
        return Pin(self.mountain, place), radio

    def _lift(self, begin: float, end: float, run_time: float) -> list[Animation]:
        """A part of the one move in which the sheet becomes the mountain: from ``begin`` to ``end`` of its time.

        The land and the eye go on as they came from the part before.
        """
        first, last = _even(begin), _even(end)

        def gone(fraction: float) -> float:
            return _even(begin + (end - begin) * fraction)

        def way(fraction: float) -> Shot:
            now = gone(fraction)
            return MAP.toward(RISING, now).toward(RISING.toward(VISTA, now), now)

        return [
            self.mountain.rise(
                PRINTED + (1 - PRINTED) * last,
                rate_func=lambda fraction: (gone(fraction) - first) / (last - first),
                run_time=run_time,
            ),
            self.mountain.fly(way, rate_func=linear, run_time=run_time),
        ]

    def _turn(self, knob: int, to: float) -> Animation:
        """Animate one knob, and with it the pin along that knob's way."""
        return self._place[knob].animate(rate_func=theme.ease).set_value(float(to))


def _even(fraction: float) -> float:
    """How far a move is that gathers speed, goes on evenly, and comes to rest.

    >>> _even(0.0), round(_even(0.5), 9), _even(1.0)
    (0.0, 0.5, 1.0)
    """
    if fraction > 0.5:
        return 1 - _even(1 - fraction)
    fraction = max(fraction, 0.0)
    gathered = min(fraction, _GATHERS)
    return (gathered**2 / (2 * _GATHERS) + fraction - gathered) / (1 - _GATHERS)
