"""Scene 2: one number is a ring. Three throws, three rings, and one place where they all meet."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, VGroup

from scenes.loss.in_the_dark import FLIGHT
from scenes.loss.looks import CARD, KNOBS, LAMPLIT
from scenes.parts.darts.rings import spot
from scenes.parts.darts.room import DartRoom
from scenes.parts.darts.thrown import Thrown
from scenes.parts.panels.angle_knobs import AngleKnobs
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import set_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme


class SomewhereHere(ExplainerScene):
    """How far, but not which way: the bull lies somewhere on a ring."""

    def construct(self) -> None:
        throws = [self.run(f"throw-{number}") for number in (1, 2, 3)]
        many = self.run("gradient-1000")
        room = DartRoom(LAMPLIT)
        darts = [Thrown(throw.coeffs[:1]) for throw in throws]
        first, second, third = darts
        first.fraction, first.seen = 1.0, 0.55
        room.darts.append(first)
        now = [0]
        knobs = AngleKnobs(lambda: throws[now[0]].coeffs[0]).move_to(KNOBS)
        card = Scorecard(lambda: f"{throws[now[0]].losses[0]:.0f}", theme.loss, name="how far off, in cm")
        card.scale(1.5).move_to(CARD)

        # The first ring: as far as that, in any direction.
        self.beat("a ring")
        ring = room.ring_round(first, throws[0].losses[0])
        with self.say(
            f"{throws[0].losses[0]:.0f} centimeters. But which way? It could be anywhere on this [ring]ring."
        ) as line:
            self.open(room, knobs, card)
            self.play(room.change_look(lamp=0.15, run_time=line.until("ring", shows=room)))
            self.play(room.grow(ring, run_time=1.4))
        with self.say("That's the trouble with a score. It says how far, and never which way."):
            self.play(room.fade(ring, to=0.6, run_time=1.0))
            self.play(room.fade(ring, to=0.9, run_time=1.0))

        # The second: two places are left.
        self.beat("two rings")
        with self.say(
            f"So turn your knobs, and throw [again]again. {throws[1].losses[0]:.0f}: another [ring]ring. "
            "Now there are only two places left."
        ) as line:
            self._throw(room, second, 1, now, line.until("again"))
            other = room.ring_round(second, throws[1].losses[0])
            line.reach("ring", shows=room)
            self.play(room.grow(other, run_time=1.2))

        # The third: they all meet at one point.
        self.beat("three rings")
        bull = spot((62.0, 148.0), theme.text, strength=0.0)
        room.rings.append(bull)
        with self.say(
            f"And once [more]more. {throws[2].losses[0]:.0f}. Three rings, and just one place where they all [meet]meet. "
            "There it is."
        ) as line:
            self._throw(room, third, 2, now, line.until("more"))
            last = room.ring_round(third, throws[2].losses[0])
            self.play(room.grow(last, run_time=line.until("meet", shows=room)))
            self.play(room.fade(bull, to=1.0, run_time=0.8))

        # Two knobs, three throws; a thousand knobs, a thousand and one.
        self.beat("a thousand and one")
        few = sourced(throws[0].dimensions, "throw-1.dimensions")
        rows = VGroup(
            self._row(f"{few} knobs", f"{in_words(sourced(few + 1, 'one more than throw-1.dimensions'))} throws"),
            self._row(
                f"{many.dimensions:,} knobs",
                f"{sourced(many.dimensions + 1, 'one more than gradient-1000.dimensions'):,} throws",
            ),
        ).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        set_above_captions(rows).set_x(-4.2)
        with self.say(
            f"So with {in_words(throws[0].dimensions)} knobs, it takes [three]"
            f"{in_words(sourced(few + 1, 'one more than throw-1.dimensions'))} throws. "
            f"With a [thousand]{in_words(many.dimensions)} knobs, it'd take a "
            f"{in_words(many.dimensions)} and one. There must be a better way.",
            about=[many],
        ) as line:
            line.reach("three", shows=rows[0])
            self.enter(rows[0])
            line.reach("thousand", shows=rows[1])
            self.enter(rows[1])
        self.close()

    def _throw(self, room: DartRoom, dart: Thrown, index: int, now: list[int], until: float) -> None:
        """Play: a dart is taken into the light with the knobs turned, and thrown as the word falls."""
        dart.seen = 0.0
        room.darts.append(dart)
        now[0] = index
        self.play(room.fade(dart, to=1.0, run_time=until * 0.5), room.change_look(lamp=0.5, run_time=until * 0.9))
        self.play(room.throw(dart, FLIGHT))
        self.play(room.fade(dart, to=0.55, run_time=0.3), room.change_look(lamp=0.15, run_time=0.3))

    def _row(self, knobs: str, throws: str) -> VGroup:
        left = words(knobs, theme.body, theme.weight, weight="SEMIBOLD")
        right = words(throws, theme.body, theme.loss, weight="SEMIBOLD")
        return VGroup(left, right).arrange(RIGHT, buff=theme.room)


_ = (UP, fade_in, fade_out)
