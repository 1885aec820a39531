"""Scene 6: how much to turn the knobs. Timid, right, wild; and a scorecard with which the numbers explode."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, ValueTracker, VGroup, linear

from scenes.loss.looks import DARK
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
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: The three throwers: what they are called, by the labels of their recordings.
NAMES = {"darts-timid": "timid", "darts": "just right", "darts-wild": "wild"}


class TooFast(ExplainerScene):
    """Too small a turn crawls, too big a one swings for ever; squares explode."""

    def construct(self) -> None:
        runs = {label: self.run(label) for label in NAMES}
        colours = {"darts-timid": theme.too_small, "darts": theme.right, "darts-wild": theme.too_big}
        room = DartRoom(DARK)
        marching = {label: Progress(run) for label, run in runs.items()}
        rounds = {label: Round(marching[label], colour=colours[label]) for label in NAMES}
        trails = {label: RoundTrail(marching[label], colours[label], strength=0.0) for label in NAMES}
        for label in NAMES:
            rounds[label].seen = 0.0
            room.darts.append(rounds[label])
            room.rings.append(trails[label])
        key = VGroup(*(legend([(NAMES[label], colours[label], runs[label])], theme.body) for label in NAMES))
        key.arrange(RIGHT, buff=0.9).to_edge(UP, buff=theme.margin)

        # How big a turn? Timid.
        self.beat("too timid")
        timid = runs["darts-timid"]
        with self.say(
            "How far do you turn the knobs each time? Too [timid]timid, and after "
            f"{in_words(timid.steps)} rounds you've hardly moved."
        ) as line:
            self.open(room)
            line.reach("timid", shows=key[0])
            self.play(fade_in(key[0]), room.fade(rounds["darts-timid"], trails["darts-timid"], to=1.0))
            self.play(marching["darts-timid"].to(timid.steps, run_time=line.left, rate_func=linear))

        # Wild: left and right, for ever.
        self.beat("too wild")
        wild = runs["darts-wild"]
        with self.say(
            "Too [wild]wild, and your darts fly left, right, left, right. Forever."
        ) as line:
            line.reach("wild", shows=key[2])
            self.play(fade_in(key[2]), room.fade(rounds["darts-wild"], trails["darts-wild"], to=1.0, run_time=0.3))
            self.play(marching["darts-wild"].to(14, run_time=5.0, rate_func=linear))

        # Just right, between the two.
        self.beat("just right")
        right = runs["darts"]
        with self.say("Somewhere in [between]between, it's just right.") as line:
            line.reach("between", shows=key[1])
            self.play(
                fade_in(key[1]),
                room.fade(rounds["darts"], trails["darts"], to=1.0, run_time=0.3),
                marching["darts-wild"].to(15, run_time=0.4),
            )
            self.play(
                marching["darts"].to(right.steps, run_time=2.6, rate_func=linear),
                marching["darts-wild"].to(22, run_time=2.6, rate_func=linear),
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

        knob = Knob(angle, radius=1.45).move_to([-2.9, centre_above_captions(), 0])
        name = words("sideways", theme.body, theme.weight, weight="SEMIBOLD").next_to(knob, UP, buff=theme.gap)
        degrees = Readout(lambda: f"{square.coeffs[row(), 0]:+,.0f}°", 72, theme.text, weight="BOLD")
        degrees.move_to([2.9, 0.9, 0]).align_to([1.2, 0, 0], LEFT)
        card = Scorecard(lambda: f"{square.losses[row()]:,.0f}", theme.loss, name="squared loss", width=5.4)
        card.next_to(degrees, DOWN, buff=theme.room).align_to(degrees, LEFT)
        with self.say(
            "But wild is all it gets: how far off you are never grows faster than you aim. Now [square]square every "
            "miss, so that big ones count more."
        ) as line:
            self.play(room.fade(*rounds.values(), *trails.values(), run_time=line.until("square", shows=card)))
            self.play(fade_out(key), *(fade_in(thing) for thing in (knob, name, degrees, card)), run_time=0.8)
            self.remove(room)

        # They stop making sense.
        self.beat("the numbers explode")
        with self.say(
            f"Turn too far now, and you aim at [one]{square.coeffs[1, 0]:.0f} degrees. Then, [two]minus "
            f"{abs(square.coeffs[2, 0]):.0f}. Then, [three]{square.coeffs[3, 0]:,.0f}. That's no throw any more. "
            "That's a ballet."
        ) as line:
            self.play(turn.animate(rate_func=theme.ease).set_value(1), run_time=line.until("one", shows=degrees) + 0.2)
            self.play(turn.animate(rate_func=theme.ease).set_value(2), run_time=line.until("two", shows=degrees) + 0.3)
            self.play(turn.animate(rate_func=theme.ease).set_value(3), run_time=line.until("three") + 1.2)
        self.close()
