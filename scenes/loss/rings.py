"""Scene 2: one number is a ring. Three throws, three rings, and one place where they all meet."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, Animation, Text, VGroup, linear
from numpy.typing import ArrayLike, NDArray

from descent_core.catalogue.darts.throw import BULL, landing
from descent_core.recordings.trajectory import Trajectory
from scenes.loss.in_the_dark import FLIGHT, drawn_back
from scenes.loss.looks import IN_THE_WALL, LAMPLIT, knobs_on_card, upper_right
from scenes.parts.darts.rings import Ring, spot
from scenes.parts.darts.room import DartRoom
from scenes.parts.darts.thrown import Thrown
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import set_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.spoken_line import SpokenLine
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in
from scenes.theme import theme

#: Centimetres above the floor, in the middle of the frame: from here both places are seen where two rings cross.
HIGHER = 180.0


class SomewhereHere(ExplainerScene):
    """How far, but not which way: the bull lies somewhere on a ring."""

    def construct(self) -> None:
        throws = [self.run(f"throw-{number}") for number in (1, 2, 3)]
        many = self.run("gradient-1000")
        room = DartRoom(LAMPLIT)
        darts = [Thrown(throw.coeffs[:1]) for throw in throws]
        first, second, third = darts
        first.fraction, first.seen = 1.0, IN_THE_WALL
        room.darts.append(first)
        aimed, heard = [0], [0]
        knobs = knobs_on_card(lambda: throws[aimed[0]].coeffs[0])
        card = Scorecard(lambda: f"{throws[heard[0]].losses[0]:.0f}", theme.loss, name="centimeters off")
        upper_right(card.scale(1.25))

        # The first ring: as far as that, in any direction.
        self.beat("a ring")
        ring = room.ring_round(first, throws[0].losses[0])
        told = self._told(room, throws[0], RIGHT * 1.08)
        with self.say(
            f"Your dart's off by [off]{throws[0].losses[0]:.0f} centimeters. So the bull's somewhere on this "
            "[ring]ring. But where?"
        ) as line:
            self.open(room, knobs, card)
            line.reach("off", shows=told)
            self.play(fade_in(told), run_time=theme.leave)
            self.play(room.change_look(lamp=0.6, y=HIGHER, run_time=line.until("ring", shows=room) - 0.2))
            line.reach("ring")
            self.play(room.grow(ring, run_time=1.3))
        # It may be anywhere on it: a light goes along all of the ring that is seen.
        anywhere = spot((ring.x, ring.y), theme.text, radius=2.2, strength=0.0)
        room.rings.append(anywhere)
        with self.say("A score says how far. It never says which way.") as line:
            wander = line.left
            self.play(_along(room, ring, anywhere, wander), room.fade(ring, to=0.7, run_time=wander))
        room.rings.remove(anywhere)

        # The second: two places are left.
        self.beat("two rings")
        bull, other_place = spots = [
            spot(place, theme.text, radius=2.8, strength=0.0) for place in (BULL, _mirrored(BULL, first, second))
        ]
        left = constant(2, "places where two rings cross", equals=len(spots))
        room.rings.extend(spots)
        with self.say(
            f"So turn the knobs, and throw [again]again. {throws[1].losses[0]:.0f}. Another [ring]ring, and only "
            f"{in_words(left)} places left."
        ) as line:
            self._throw(room, second, line, aimed, heard, self._told(room, throws[1], LEFT * 0.84))
            other = room.ring_round(second, throws[1].losses[0])
            line.reach("ring", shows=room)
            self.play(room.grow(other, run_time=1.2))
            self.play(room.fade(*spots, to=0.8, run_time=0.5))

        # The third: they all meet at one point.
        self.beat("three rings")
        with self.say(
            f"And [again]again. {throws[2].losses[0]:.0f}. Now there's just one place where all the [rings]rings meet. "
            "Found it."
        ) as line:
            self._throw(room, third, line, aimed, heard, self._told(room, throws[2], RIGHT * 0.82))
            last = room.ring_round(third, throws[2].losses[0])
            line.reach("rings", shows=room)
            self.play(room.grow(last, run_time=1.0))
            self.play(room.fade(bull, to=1.0, run_time=0.8), room.fade(other_place, run_time=0.8))

        # Two knobs, three throws; a thousand knobs, a thousand and one.
        self.beat("a thousand and one")
        few = throws[-1]
        throws_of_few = sourced(few.dimensions + 1, f"one more than {few.label}.dimensions")
        rows = VGroup(
            self._row(f"{few.dimensions} knobs", f"{throws_of_few} throws"),
            self._row(
                f"{many.dimensions:,} knobs",
                f"{sourced(many.dimensions + 1, f'one more than {many.label}.dimensions'):,} throws",
            ),
        ).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        set_above_captions(rows).to_edge(LEFT, buff=theme.margin)
        with self.say(
            f"But that's [three]{in_words(throws_of_few)} throws for {in_words(few.dimensions)} knobs. For a "
            f"[thousand]{in_words(many.dimensions)} knobs, it'd be a {in_words(many.dimensions)} and one. "
            "There must be a better way.",
            about=[many],
        ) as line:
            line.reach("three", shows=rows[0])
            self.enter(rows[0])
            line.reach("thousand", shows=rows[1])
            self.enter(rows[1])
        self.close()

    def _throw(
        self, room: DartRoom, dart: Thrown, line: SpokenLine, aimed: list[int], heard: list[int], told: Text
    ) -> None:
        """Play: the knobs are turned, a dart comes into the light, is thrown as the word falls, and is heard."""
        dart.seen = 0.0
        room.darts.append(dart)
        aimed[0] += 1
        ready = max(line.until("again", shows=room) - 0.2, 0.1)
        self.play(
            room.fade(dart, to=1.0, run_time=ready * 0.6),
            drawn_back(room, dart, ready),
            room.change_look(lamp=0.8, run_time=ready),
        )
        line.reach("again")
        self.play(room.throw(dart, FLIGHT))
        heard[0] += 1
        self.play(
            room.fade(dart, to=IN_THE_WALL, run_time=0.3),
            room.change_look(lamp=0.65, run_time=0.3),
            fade_in(told).set_run_time(0.3),
        )

    @staticmethod
    def _told(room: DartRoom, throw: Trajectory, aside: NDArray[np.float64]) -> Text:
        """How far off it was, beside a dart in the wall."""
        text = words(f"{throw.losses[0]:.0f} cm", theme.label, theme.loss)
        place = landing(throw.coeffs[0])
        text.add_updater(lambda text: text.move_to(room.place(*place) + aside), call_updater=True)
        return text

    def _row(self, knobs: str, throws: str) -> VGroup:
        left = words(knobs, theme.body, theme.weight, weight="SEMIBOLD")
        right = words(throws, theme.body, theme.loss, weight="SEMIBOLD")
        return plate(VGroup(left, right).arrange(RIGHT, buff=theme.room), opacity=0.86)


def _along(room: DartRoom, ring: Ring, light: Ring, run_time: float) -> Animation:
    """Animate: a light comes, goes along the right half of a ring from above, and goes."""

    def to(part: float) -> None:
        angle = np.radians(65 - 130 * part)
        light.x, light.y = ring.x + ring.radius * np.cos(angle), ring.y + ring.radius * np.sin(angle)
        light.strength = 0.9 * min(8 * part, 8 * (1 - part), 1.0)

    return room.change(to, run_time, linear)


def _mirrored(place: ArrayLike, first: Thrown, second: Thrown) -> NDArray[np.float64]:
    """``(2,)``, the other place that is as far from two darts as ``place``: across the line through them."""
    start, end = first.landings()[0], second.landings()[0]
    along = (end - start) / np.linalg.norm(end - start)
    off = np.asarray(place, dtype=np.float64) - start
    return np.asarray(start + 2 * (off @ along) * along - off)
