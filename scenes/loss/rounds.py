"""Scene 5: thirty rounds. The score comes down long before the first dart hits the board."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, VGroup, linear

from descent_core.dart_throw import HIT, SHAKES, misses
from scenes.loss.looks import CARD, DARK, KNOBS
from scenes.parts.darts.rings import RoundRing, RoundTrail
from scenes.parts.darts.room import DartRoom
from scenes.parts.darts.thrown import Round
from scenes.parts.panels.angle_knobs import AngleKnobs
from scenes.parts.panels.loss_curve import LossCurve
from scenes.parts.panels.scorecard import Readout, Scorecard
from scenes.parts.progress import Progress
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import set_above_captions
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in
from scenes.theme import theme

#: Rows at which something is said: after some rounds, before the first hits, with them, with all.
SOME, NONE_YET, FIRST, ALL = 10, 18, 19, 20


class ThirtyRounds(ExplainerScene):
    """Turn both knobs the way that helps, and throw again."""

    def construct(self) -> None:
        run = self.run("darts")
        progress = Progress(run)
        room, darts = DartRoom(DARK), Round(progress)
        ring, trail = RoundRing(progress, theme.loss, strength=0.0), RoundTrail(progress, theme.trail, strength=0.0)
        room.darts.append(darts)
        room.rings.extend([ring, trail])
        hits = [int((misses(coeffs) < HIT).sum()) for coeffs in run.coeffs]

        knobs = AngleKnobs(lambda: run.coeffs[progress.row]).move_to(KNOBS)
        card = Scorecard(lambda: f"{run.losses[progress.row]:.1f}", theme.loss, name="loss, in cm").scale(1.5)
        card.move_to(CARD)
        counts = VGroup(
            Readout(lambda: f"round {note_source(str(progress.row), 'the row of darts that is shown')}", theme.body),
            Readout(lambda: f"on the board: {sourced(hits[progress.row], 'darts counted'):.0f}", theme.body, theme.quiet),
        ).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        counts.next_to(card, DOWN, buff=theme.room).align_to(card, LEFT)
        curve = LossCurve(progress, colours=[theme.right], size=(3.0, 1.15))
        set_above_captions(curve).to_edge(LEFT, buff=theme.margin)

        # An epoch: turn both knobs a little, throw again.
        self.beat("an epoch")
        with self.say(
            "So turn both knobs a little, the way that helps, and throw [again]again. And again. Each round has a "
            "name: an [epoch]epoch."
        ) as line:
            self.open(room, knobs, card)
            self.play(room.fade(ring, to=0.6, run_time=line.until("again", shows=room)), room.fade(trail, to=0.8))
            self.play(progress.to(1, run_time=0.8))
            self.play(progress.to(2, run_time=0.8))
            line.reach("epoch", shows=counts[0])
            self.play(fade_in(counts[0]), progress.to(3, run_time=0.8))

        # The score falls.
        self.beat("lower every time")
        with self.say("And the score goes [down]down, round after round.") as line:
            self.play(fade_in(curve), run_time=line.until("down", shows=curve))
            self.play(progress.to(SOME, run_time=line.left, rate_func=linear))

        # Not one dart has hit yet, and each round was better than the last.
        self.beat("not a single hit")
        none = constant(0, "darts on the board by then", equals=hits[NONE_YET])
        with self.say(
            f"Round {sourced(NONE_YET, 'a round that is shown')}, and [hit]not a single dart has hit the board. You'd "
            "think you're getting nowhere. But every round was better than the last, and the score knew."
        ) as line:
            self.play(progress.to(NONE_YET, run_time=line.until("hit", shows=counts[1]), rate_func=linear))
            self.play(fade_in(counts[1]), run_time=theme.enter)

        # And then all of them.
        self.beat("all of them")
        with self.say(
            f"One more, and it's [some]{in_words(sourced(hits[FIRST], 'darts counted'))}. One more: [all]all "
            f"{in_words(sourced(hits[ALL], 'darts counted'))}."
        ) as line:
            self.wait(line.until("some", shows=counts[1]) - 0.5)
            self.play(progress.to(FIRST, run_time=0.6))
            self.wait(max(line.until("all", shows=counts[1]) - 0.5, 0.05))
            self.play(progress.to(ALL, run_time=0.6))

        # It stops above zero.
        self.beat("not zero")
        with self.say(
            f"And then it [stops]stops at {run.losses[-1]:.1f}. Why not zero? Because your hand still shakes. No aim "
            "in the world can fix that."
        ) as line:
            self.play(progress.to(run.steps, run_time=line.until("stops", shows=card), rate_func=linear))
        self.close()


_ = (RIGHT, UP, SHAKES, words)
