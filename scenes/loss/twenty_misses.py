"""Scene 3: twenty misses become one number: prediction minus answer, its size, the mean."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    Animation,
    Arrow,
    GrowArrow,
    LaggedStart,
    Line,
    Mobject,
    Transform,
    VGroup,
    linear,
    smooth,
)

from descent_core.catalogue.darts.throw import BULL, SHAKES
from scenes.loss.looks import upper_right
from scenes.parts.darts.rings import spot
from scenes.parts.darts.room import DartRoom, RoomLook
from scenes.parts.darts.thrown import Thrown
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.words import set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import caption_top
from scenes.stage.naming import set_amount, tells
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import slowing, theme

#: Near the bull, which nobody sees.
NEAR = RoomLook(x=57.6, y=148.2, span=2.5, size=0.5)
#: Scene units of a bar for a centimetre, and from one bar to the next.
TALL, APART = 0.52, 0.34
#: What is done to the misses, one after the other.
STEPS = ("prediction − answer", "its size", "the mean")
#: Where the bars stand: the middle of them.
BARS_AT = -0.6


class TwentyMisses(ExplainerScene):
    """Where it landed minus where it should have been; how far; the mean of all."""

    def construct(self) -> None:
        run = self.run("good-aim")
        room = DartRoom(NEAR)
        count = constant(len(SHAKES), "darts of a round", equals=20)
        darts = [Thrown(run.coeffs[:1] + np.array([shake])) for shake in SHAKES]
        for index, dart in enumerate(darts):
            dart.seen, dart.roll = 0.0, 0.5 + 0.7 * index
        for dart in darts[:3]:  # these are there already
            dart.seen, dart.fraction = 1.0, 1.0
        room.darts.extend(darts)
        places = np.concatenate([dart.landings() for dart in darts])

        # A round by somebody whose aim is good: they land all round the bull.
        self.beat("twenty darts")
        with self.say(
            f"Now throw {in_words(count)} darts, with a good aim. But every hand shakes. So how do "
            f"{in_words(count)} misses become one number?"
        ) as line:
            self.open(room)
            self.play(LaggedStart(*(_thrown(room, dart) for dart in darts[3:]), lag_ratio=0.16), run_time=line.left)

        # Prediction minus answer: an arrow from where it should be to where it landed.
        self.beat("prediction minus answer")
        bull = spot(BULL, theme.text, radius=0.16, strength=0.0)
        room.rings.append(bull)
        centre = room.bull()
        arrows = VGroup(
            *(
                Arrow(centre, room.place(*place), buff=0, stroke_width=5, tip_length=0.16, color=theme.loss)
                for place in places
            )
        )
        off, size, mean = (words(text, theme.heading, weight="SEMIBOLD") for text in STEPS)
        steps = VGroup(off, size, mean)
        for index, (step, text) in enumerate(zip(steps, STEPS, strict=True)):
            set_on_baseline(step, text, 2.85 - 0.66 * index).to_edge(LEFT, buff=theme.margin)
        with self.say(
            "First: where each one [landed]landed, minus where it [should]should have landed. "
            "Prediction, minus [answer]answer."
        ) as line:
            self.play(room.fade(*darts, to=0.6, run_time=line.until("landed")))
            self.play(room.fade(*darts, to=0.25, run_time=line.until("should", shows=arrows) - 0.2))
            line.reach("should")
            self.play(
                room.change(lambda part: setattr(bull, "strength", part), 0.3, slowing),
                LaggedStart(*(GrowArrow(arrow, rate_func=slowing) for arrow in arrows), lag_ratio=0.06),
                run_time=max(line.until("answer", shows=off), 0.6),
            )
            self.enter(off)

        # Its size: every arrow is laid down beside the others.
        self.beat("its size")
        lengths = np.linalg.norm(places - BULL, axis=1)
        bars = self._bars(lengths)
        with self.say(
            "Then only its [size]size: how far, never mind which way. Or a miss to the left would make up for a miss "
            "to the right."
        ) as line:
            # The darts go: only the arrows count now.
            self.play(room.fade(*darts, run_time=line.until("size", shows=size)))
            # Never mind which way: the heads of the arrows go, and what is left is a length.
            heads = VGroup(*(arrow.tip for arrow in arrows))
            for arrow in arrows:
                arrow.remove(arrow.tip)
            self.add(heads)
            self.play(
                *(fade_in(size), fade_out(heads), room.fade(bull, run_time=0.6)),
                *(
                    arrow.animate.put_start_and_end_on(centre, room.place(*place))
                    for arrow, place in zip(arrows, places, strict=True)
                ),
                run_time=0.6,
            )
            self.play(
                LaggedStart(*(Transform(one, bar) for one, bar in zip(arrows, bars, strict=True)), lag_ratio=0.12),
                run_time=line.left,
            )

        # The mean: all of them level.
        self.beat("the mean")
        flat = self._bars(np.full(len(lengths), lengths.mean()))
        card = upper_right(Scorecard(f"{run.losses[0]:.1f}", theme.loss, name="centimeters off").scale(1.25))
        tells(card, set_amount(arrows, lambda: float(np.mean([bar.height for bar in arrows])) / TALL, within=0.06))
        with self.say(
            f"And then the [mean]mean. All {in_words(count)}, levelled out into one: [number]{run.losses[0]:.1f}."
        ) as line:
            line.reach("mean", shows=mean)
            level = max(line.until("number", shows=card) - 0.3, 1.6)
            self.play(
                fade_in(mean).set_run_time(theme.enter), Transform(arrows, flat, rate_func=smooth, run_time=level)
            )
            line.reach("number")
            self.enter(card)
            self.wait(0.4)

        # In code: three lines, that ran.
        self.beat("in code")
        panel = CodePanel(self.listing("score"), title="the scorecard", output=True, width=7.6).move_to([0.0, 0.75, 0])
        printed = panel.printed("print")
        with self.say(
            "In code: landed, minus the [bull]bull. The misses: the [norm]norm. And their [mean]mean."
        ) as line:
            self.play(*(fade_out(thing) for thing in (steps, card, arrows)), fade_in(panel), run_time=0.8)
            before: Mobject | None = None
            for mark, text in (("bull", "off ="), ("norm", "misses ="), ("mean", "loss =")):
                bar = panel.bar(text)
                line.reach(mark, shows=bar)
                self.play(fade_in(bar), *([] if before is None else [fade_out(before)]), run_time=0.3)
                before = bar
            self.play(fade_in(printed), run_time=0.4)
            self.wait(1.2)
        self.close()

    def _bars(self, lengths: np.ndarray) -> VGroup:
        """An upright bar for each length, side by side."""
        foot, left = caption_top() + 0.2, BARS_AT - APART * (len(lengths) - 1) / 2
        return VGroup(
            *(
                Line([left + APART * k, foot, 0], [left + APART * k, foot + TALL * length, 0])
                for k, length in enumerate(lengths)
            )
        ).set_stroke(theme.loss, 14)


def _thrown(room: DartRoom, dart: Thrown) -> Animation:
    """Animate: a dart comes in from the dark, and lands."""

    def to(part: float) -> None:
        dart.seen = min(part * 4, 1.0)
        dart.fraction = 0.72 + 0.28 * part
        if part >= 1 and dart.landed is None:
            dart.landed = room.clock
            room.thud(dart)

    return room.change(to, 0.3, linear)
