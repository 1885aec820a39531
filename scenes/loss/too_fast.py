"""Scene 6: how much to turn the knobs. Timid, right, wild; and a scorecard with which the numbers explode."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Indicate, Line, Square, Succession, ValueTracker, VGroup, Wait, linear

from descent_core.catalogue.darts.throw import misses
from descent_core.recordings.trajectory import Trajectory
from scenes.loss.looks import LAMPLIT
from scenes.parts.darts.rings import RoundTrail
from scenes.parts.darts.room import DartRoom
from scenes.parts.darts.thrown import Round
from scenes.parts.panels.scorecard import Readout, Scorecard
from scenes.parts.progress import Progress
from scenes.parts.radio import Knob
from scenes.parts.words import legend, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: The three throwers: what they are called, by the labels of their recordings.
NAMES = {"darts-timid": "timid", "darts": "just right", "darts-wild": "wild"}
#: Which miss is the short one, of a round from the shortest on.
SHORT = 6
#: Of the time between two angles that are said, how much of it a knob stands.
STANDS = 0.45
#: Where lines lie on which their squares are set up, and scene units for a centimetre.
FOOT, TALL = -1.35, 0.5


class TooFast(ExplainerScene):
    """Too small a turn crawls, too big a one swings for ever; squares explode."""

    def construct(self) -> None:
        runs = {label: self.run(label) for label in NAMES}
        colours = {"darts-timid": theme.too_small, "darts": theme.right, "darts-wild": theme.too_big}
        room = DartRoom(replace(LAMPLIT, lamp=0.4))
        marching = {label: Progress(run) for label, run in runs.items()}
        rounds = {label: Round(marching[label], colour=colours[label]) for label in NAMES}
        trails = {label: RoundTrail(marching[label], colours[label], strength=0.0) for label in NAMES}
        for label in NAMES:
            rounds[label].seen, rounds[label].shine = 0.0, 0.25
            room.darts.append(rounds[label])
            room.rings.append(trails[label])
        rounds["darts-timid"].seen = 1.0
        key = VGroup(*(legend([(NAMES[label], colours[label], runs[label])], theme.body) for label in NAMES))
        below = [each.get_bottom()[1] for each in key]  # a row's baseline is at 0: how far its letters hang below it
        key.arrange(RIGHT, buff=0.9, aligned_edge=DOWN).to_edge(UP, buff=theme.margin)
        for each, hang in zip(key, below, strict=True):
            each.shift(UP * hang)

        # How big a turn? Timid.
        self.beat("too timid")
        timid = runs["darts-timid"]
        with self.say(
            "How far should you turn the knobs? Too [timid]timid, and after "
            f"{in_words(timid.steps)} rounds you've hardly moved."
        ) as line:
            self.open(room)
            line.reach("timid", shows=key[0])
            self.play(fade_in(key[0]), room.fade(trails["darts-timid"], to=1.0))
            self.play(marching["darts-timid"].to(timid.steps, run_time=line.left, rate_func=linear))

        # Wild: left and right, for ever.
        self.beat("too wild")
        with self.say("Too [wild]wild, and your darts go left, right, left, right. Forever.") as line:
            line.reach("wild", shows=key[2])
            self.play(fade_in(key[2]), room.fade(rounds["darts-wild"], trails["darts-wild"], to=1.0, run_time=0.3))
            self.play(marching["darts-wild"].to(12, run_time=max(line.left, 3.5), rate_func=linear))

        # Just right, between the two.
        self.beat("just right")
        right = runs["darts"]
        with self.say("Somewhere in between, it's [right]just right.") as line:
            self.play(marching["darts-wild"].to(15, run_time=line.until("right", shows=key[1])))
            self.play(fade_in(key[1]), room.fade(rounds["darts"], trails["darts"], to=1.0, run_time=0.3))
            self.play(
                marching["darts"].to(right.steps, run_time=2.4, rate_func=linear),
                marching["darts-wild"].to(22, run_time=2.4, rate_func=linear),
            )

        # Squares: the numbers explode.
        self.beat("squares")
        square = self.run("darts-explode")
        turn = ValueTracker(0.0)

        def row() -> int:
            return int(np.floor(turn.get_value() + 1e-6))

        def angle() -> float:
            angles = np.asarray(square.coeffs[:, 0])
            return float(np.radians(np.interp(turn.get_value(), np.arange(len(angles)), angles)))

        knob = Knob(angle, radius=1.75).move_to([-3.0, centre_above_captions() - 0.2, 0])
        name = words("sideways", theme.body, theme.weight, weight="SEMIBOLD").next_to(knob, UP, buff=theme.gap)
        # While the knob spins there is no number: it is of where the knob has stopped.
        degrees = Readout(
            lambda: f"{square.coeffs[row(), 0]:+,.0f}°" if abs(turn.get_value() - row()) < 1e-6 else "…",
            size=76,
            colour=theme.text,
            weight="BOLD",
        )
        degrees.move_to([2.9, 1.2, 0]).align_to([0.9, 0, 0], LEFT)
        card = Scorecard(lambda: f"{square.losses[row()]:,.0f}", theme.loss, name="mean square, cm²", width=5.4)
        card.next_to(degrees, DOWN, buff=theme.room).align_to(degrees, LEFT)
        lines, squares = self._squared(self.run("good-aim"))
        with self.say(
            "Wild is bad, but it gets no worse. Now [square]square each miss, so that big ones count [more]even more."
        ) as line:
            until = line.until("square", shows=squares[0])
            self.play(
                room.fade(*rounds.values(), *trails.values(), run_time=until - 0.4),
                room.change_look(lamp=0.5, run_time=until),
                fade_out(key),
                Succession(Wait(until - 0.5), fade_in(lines).set_run_time(0.5)),
            )
            self.play(fade_in(squares[0], UP * theme.drift), run_time=0.6)
            line.reach("more", shows=squares[1])
            self.play(fade_in(squares[1], UP * theme.drift), run_time=0.6)
            # Long enough to see how much larger it is.
            self.wait(line.left + 0.4)

        # They stop making sense.
        self.beat("the numbers explode")
        third = sourced(abs(square.coeffs[2, 0]), "minus darts-explode.coeffs[2, 0]")
        self.play(
            *(fade_out(thing) for thing in (lines, squares)),
            *(fade_in(thing) for thing in (knob, name, degrees, card)),
            run_time=0.6,
        )
        with self.say(
            f"Turn too far now, and you aim at [one]{square.coeffs[1, 0]:.0f} degrees. Next, at minus "
            f"[two]{third:.0f}. Next, at [three]{square.coeffs[3, 0]:,.0f}. That's not a throw. That's ballet."
        ) as line:
            for target, mark in enumerate(("one", "two", "three"), start=1):
                # The knob stands while its angle is said, then spins until the next word falls.
                self.wait(STANDS * line.until(mark))
                self.play(turn.animate(rate_func=theme.ease).set_value(target), run_time=line.until(mark))
            self.play(Indicate(knob, scale_factor=1.06, color=None), run_time=1.4)
        self.close()

    @staticmethod
    def _squared(run: Trajectory) -> tuple[VGroup, VGroup]:
        """A short miss of a good round and the longest, as lines; and what stands on them, their squares."""
        lines, squares = VGroup(), VGroup()
        lengths = np.sort(misses(run.coeffs[0]))
        for length, kind, x in ((lengths[SHORT], "short", -3.0), (lengths[-1], "longest", 1.6)):
            side = TALL * length
            line = Line([x - side / 2, FOOT, 0], [x + side / 2, FOOT, 0], color=theme.loss, stroke_width=8)
            miss = sourced(float(length), f"the {kind} miss of {run.label}")
            name = words(f"{miss:.1f} cm", theme.body, theme.loss, weight="SEMIBOLD")
            lines.add(VGroup(line, name.next_to(line, DOWN, buff=theme.gap)))
            square = Square(side, stroke_width=0, fill_color=theme.loss, fill_opacity=0.35).next_to(line, UP, buff=0)
            area = sourced(float(length) ** 2, f"the {kind} miss of {run.label}, squared")
            told = words(f"{area:.1f} cm²", theme.heading, theme.loss, weight="SEMIBOLD")
            squares.add(VGroup(square, told.next_to(square, UP, buff=theme.gap)))
        return lines, squares
