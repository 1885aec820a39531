"""Scene 2: an engine of four strokes, each of which a film was about; and all of it in code that ran."""

from __future__ import annotations

from manim import LEFT, UP, ValueTracker, linear

from descent_core.catalogue.passengers.manifest import COLUMNS
from scenes.parts.clock import Clock
from scenes.parts.machine.engine import Engine
from scenes.parts.machine.loop_cards import strokes
from scenes.parts.panels.code_panel import CodePanel
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layers import Layer, set_layer
from scenes.stage.layout import centre_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: How large the engine is on its own.
LARGE = 1.36
#: How large the engine is beside the code, of its size alone, and where it stands then.
SMALL, CORNER = 0.5, (3.75, -0.14)
#: Size of the code's type, and of what it printed.
SIZE = theme.label * 0.88
#: Seconds in which the crank goes from one stroke to the next, as they are named.
QUARTER = 0.8


class FourStrokes(ExplainerScene):
    """Predict, loss, backward, step: one turn of the engine. And the whole loop in code."""

    def construct(self) -> None:
        turns = ValueTracker(-0.25)
        self.add(clock := Clock())
        engine = Engine(turns.get_value, clock, LARGE)
        engine.shift(UP * (centre_above_captions() - engine.middle[1]))
        set_layer(engine, Layer.FACTS)
        cards = list(engine.cards)
        engine.cards.remove(*cards)

        # Four strokes, each with the picture of the film that was about it.
        self.beat("four strokes")
        four = constant(len(cards), "the strokes of the loop", equals=len(strokes()))
        with self.say(f"Here's our engine: {in_words(four)} strokes, and you know them all.") as line:
            self.open(engine)
            self.play(turns.animate(rate_func=theme.ease).set_value(0.75), run_time=line.left)
        with self.say(
            "[predict]Predict: a row of numbers, times the knobs. [loss]Loss: how far off were we? "
            "[backward]Backward: the compass, which way is uphill? And [step]step: turn every knob a little, downhill."
        ) as line:
            for stroke, (mark, card) in enumerate(zip(("predict", "loss", "backward", "step"), cards, strict=True)):
                begins = turns.get_value()
                self.play(
                    turns.animate(rate_func=linear).set_value(begins + 0.04), run_time=line.until(mark, shows=card)
                )
                engine.cards.add(card)
                self.play(
                    fade_in(card),
                    turns.animate(rate_func=theme.ease).set_value(1 + stroke / 4),
                    run_time=QUARTER,
                )
        with self.say("One turn's an epoch. And then? Again, and again.") as line:
            self.play(turns.animate(rate_func=_faster).set_value(5.0), run_time=line.left)

        # The whole loop in code, as it ran.
        self.beat("the whole loop")
        listing = self.listing("loop")
        panel = CodePanel(listing, title="the whole loop", size=SIZE, output=True)
        panel.move_to([0, centre_above_captions(), 0])
        lines = sourced(len(listing.lines), "lines of the listing")
        with self.say(f"And here's all of it in code: {in_words(lines)} lines.") as line:
            self.play(*(fade_out(card) for card in cards), run_time=theme.leave)
            engine.cards.remove(*cards)
            self.play(
                engine.animate(rate_func=theme.ease).scale(SMALL).move_to([*CORNER, 0]),
                fade_in(panel, UP * theme.drift),
                run_time=0.9,
            )
            self.remove(engine)
            self.add(engine)
            self.play(turns.animate(rate_func=linear).set_value(6.0), run_time=line.left)
        columns = constant(len(COLUMNS), "how many columns the table has", equals=self.run("voyage").dimensions)
        nine = in_words(columns)
        told = (
            (
                "answers = ",
                f"[sigmoid]{nine.capitalize()} numbers about each person, times {in_words(columns)} knobs, added up.",
            ),
            ("loss = ", "The [mean]score."),
            ("backward", "[backward]Backward."),
            ("sub_", "A [sub_]step."),
            ("zero_", "And [zero_]wipe the compass."),
        )
        before = None
        for number, (text, said) in enumerate(told):
            bar = panel.bar(text)
            with self.say(said) as line:
                (mark,) = line.speech.marks
                line.reach(mark, shows=bar)
                self.play(
                    fade_in(bar),
                    *([fade_out(before)] if before is not None else []),
                    turns.animate(rate_func=theme.ease).set_value(6 + min(number, 3) / 4 + 0.12 * (number == 4)),
                    run_time=0.45,
                )
                if not number:
                    self.play(turns.animate(rate_func=theme.ease).set_value(6.05), run_time=line.left)
            before = bar
        with self.say("The machines that write and paint run a loop like this one. They just have more knobs.") as line:
            printed = panel.printed("print").scale(SIZE / theme.code, about_edge=UP + LEFT)
            self.play(fade_out(before), fade_in(printed), run_time=theme.enter)
            self.play(turns.animate(rate_func=_faster).set_value(10.0), run_time=line.left + theme.breath)
        self.close()


def _faster(fraction: float) -> float:
    """How far something has turned that gathers speed."""
    return float(fraction * (0.4 + 0.6 * fraction))
