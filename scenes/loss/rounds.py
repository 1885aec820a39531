"""Scene 5: thirty rounds. The score comes down long before the first dart hits the board."""

from __future__ import annotations

from dataclasses import replace

from manim import DOWN, LEFT, VGroup, linear

from descent_core.catalogue.darts.throw import HIT, misses
from scenes.loss.looks import IN_THE_WALL, LAMPLIT, knobs_on_card, on_card, under, upper_right
from scenes.parts.darts.rings import RoundRing, RoundTrail
from scenes.parts.darts.room import DartRoom
from scenes.parts.darts.thrown import Round
from scenes.parts.panels.loss_curve import LossCurve
from scenes.parts.panels.scorecard import Readout, Scorecard
from scenes.parts.progress import Progress
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import set_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in
from scenes.theme import slowing, theme

#: Rows at which something is said: after some rounds, before the first hits, with them, with all.
SOME, NONE_YET, FIRST, ALL = 10, 18, 19, 20


class ThirtyRounds(ExplainerScene):
    """Turn both knobs the way that helps, and throw again."""

    def construct(self) -> None:
        run = self.run("darts")
        progress = Progress(run)
        room, darts = DartRoom(replace(LAMPLIT, lamp=0.45)), Round(progress)
        darts.seen = IN_THE_WALL
        ring, trail = RoundRing(progress, theme.loss, strength=0.0), RoundTrail(progress, theme.trail, strength=0.0)
        room.darts.append(darts)
        room.rings.extend([ring, trail])
        hits = [int((misses(coeffs) < HIT).sum()) for coeffs in run.coeffs]

        knobs = knobs_on_card(lambda: run.coeffs[progress.row])
        card = Scorecard(lambda: f"{run.losses[progress.row]:.1f}", theme.loss, name="centimeters off")
        upper_right(card.scale(1.25))
        counted = Readout(lambda: f"hits {_on_the_board(hits, progress.row):d}", theme.body, theme.quiet)
        rounds = Readout(lambda: f"round {_row(progress.row)}", theme.body)
        counts = VGroup(rounds, counted).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        under(counts, card)
        curve = LossCurve(progress, colours=[theme.right], size=(3.0, 1.15), step_name="round")
        set_above_captions(on_card(curve)).to_edge(LEFT, buff=theme.margin)

        # An epoch: turn both knobs a little, throw again.
        self.beat("an epoch")
        with self.say(
            "So turn both knobs a little, the way that helps: a step. And throw [again]again. Every round is called "
            "an [epoch]epoch."
        ) as line:
            self.open(room, knobs, card)
            self.play(room.fade(ring, to=0.6, run_time=1.0), room.fade(trail, to=0.8, run_time=1.0))
            line.reach("again")
            self.play(progress.to(1, run_time=0.8))
            self.play(progress.to(2, run_time=0.8))
            line.reach("epoch")
            self.play(progress.to(3, run_time=0.8))

        # The score falls.
        self.beat("lower every time")
        with self.say("And round after round, the loss comes [down]down.") as line:
            self.play(fade_in(rounds), run_time=theme.enter)
            line.reach("down", shows=curve)
            self.play(fade_in(curve).set_rate_func(slowing), run_time=0.5)
            self.play(progress.to(SOME, run_time=2.4, rate_func=linear))

        # Not one dart has hit yet, and each round was better than the last.
        self.beat("not a single hit")
        with self.say(
            f"By round {_row(NONE_YET)}, you haven't [hit]hit the board once. "
            "You'd give up. But every round was closer, and the loss knew."
        ) as line:
            self.play(progress.to(NONE_YET, run_time=line.until("hit", shows=counted), rate_func=linear))
            self.enter(counted)

        # And then all of them.
        self.beat("all of them")
        with self.say(
            f"One more round: [some]{in_words(_on_the_board(hits, FIRST))} hits. One more: "
            f"[all]{in_words(_on_the_board(hits, ALL))}."
        ) as line:
            line.reach("some")
            self.play(progress.to(FIRST, run_time=0.5))
            line.reach("all")
            self.play(progress.to(ALL, run_time=0.5))

        # It stops above zero.
        self.beat("not zero")
        zero = constant(0, "no distance is smaller", holds=lambda least: least < run.losses.min())
        with self.say(
            f"In the end, it [stops]stays at {run.losses[-1]:.1f}. Why not {in_words(zero)}? Your hand still shakes, "
            "and no aim can fix that."
        ) as line:
            line.reach("stops")
            self.play(progress.to(run.steps, run_time=2.2, rate_func=linear))
            self.play(room.change_look(lamp=0.25, run_time=max(line.left, 0.5)))
        self.close()


def _row(number: int) -> int:
    """The number of a round, as it is shown and said."""
    return sourced(number, "the row of darts that is shown")


def _on_the_board(hits: list[int], row: int) -> int:
    """How many darts of a round have hit, as it is shown and said."""
    return sourced(hits[row], f"darts on the board at row {row}")
