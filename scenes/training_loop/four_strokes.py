"""Scene 2: an engine of four strokes, each of which a film was about; and all of it in code that ran."""

from __future__ import annotations

from manim import UP, ValueTracker, linear

from scenes.parts.clock import Clock
from scenes.parts.engine import Engine
from scenes.parts.panels.code_panel import CodePanel
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layers import Layer, set_layer
from scenes.stage.layout import centre_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: How large the engine is beside the code, of its size alone, and where it stands then.
SMALL, CORNER = 0.68, (3.75, -0.28)
#: Seconds in which the crank goes from one stroke to the next, as they are named.
QUARTER = 0.8


class FourStrokes(ExplainerScene):
    """Predict, loss, backward, step: one turn of the engine. And the whole loop in code."""

    def construct(self) -> None:
        turns = ValueTracker(-0.25)
        self.add(clock := Clock())
        engine = Engine(turns.get_value, clock)
        engine.shift(UP * (centre_above_captions() - engine.middle[1]))
        set_layer(engine, Layer.FACTS)
        cards = list(engine.cards)
        engine.cards.remove(*cards)

        # Four strokes, each with the picture of the film that was about it.
        self.beat("four strokes")
        with self.say("Here's our engine. It has four [strokes]strokes, and you know every one of them.") as line:
            self.open(engine)
            self.play(turns.animate(rate_func=linear).set_value(-0.1), run_time=line.until("strokes", shows=engine))
            self.play(turns.animate(rate_func=theme.ease).set_value(0.75), run_time=line.left)
        with self.say(
            "[predict]Predict: a row of numbers, times the knobs. [loss]Loss: how far off were we? "
            "[backward]Backward: the compass, which way is uphill? And [step]step: turn every knob a little, downhill."
        ) as line:
            for stroke, (mark, card) in enumerate(zip(("predict", "loss", "backward", "step"), cards, strict=True)):
                line.reach(mark, shows=card)
                engine.cards.add(card)
                self.play(
                    fade_in(card),
                    turns.animate(rate_func=theme.ease).set_value(1 + stroke / 4),
                    run_time=QUARTER,
                )
        with self.say("One turn's an [epoch]epoch. And then? Again, and again.") as line:
            self.play(turns.animate(rate_func=linear).set_value(2.0), run_time=line.until("epoch", shows=engine))
            self.play(turns.animate(rate_func=_faster).set_value(5.0), run_time=line.left)

        # The whole loop in code, as it ran.
        self.beat("the whole loop")
        listing = self.listing("loop")
        panel = CodePanel(listing, title="the whole loop", size=theme.label * 0.98, output=True)
        panel.move_to([0, centre_above_captions(), 0])
        lines = sourced(len(listing.lines), "lines of the listing")
        with self.say(f"And here's all of it in code: {in_words(lines)} [lines]lines.") as line:
            self.play(
                *(fade_out(card) for card in cards),
                engine.animate(rate_func=theme.ease).scale(SMALL).move_to([*CORNER, 0]),
                fade_in(panel, UP * theme.drift),
                run_time=1.1,
            )
            engine.cards.remove(*cards)
            self.play(turns.animate(rate_func=linear).set_value(5.5), run_time=line.left)
        bars = [panel.bar(text) for text in ("answers = ", "loss = ", "backward", "sub_", "zero_")]
        marks = ("nine", "score", "backward", "step", "wipe")
        with self.say(
            "[nine]Nine numbers about each person, times nine knobs, added up. The [score]score. "
            "[backward]Backward. A [step]step. And [wipe]wipe the compass."
        ) as line:
            before = None
            for number, (mark, bar) in enumerate(zip(marks, bars, strict=True)):
                line.reach(mark, shows=bar)
                self.play(
                    fade_in(bar),
                    *([fade_out(before)] if before is not None else []),
                    turns.animate(rate_func=theme.ease).set_value(6 + min(number, 3) / 4 + 0.12 * (number == 4)),
                    run_time=0.45,
                )
                before = bar
        with self.say(
            "The machines that write and paint run a loop like this one. They just have more [knobs]knobs."
        ) as line:
            printed = panel.printed("print")
            self.play(fade_out(bars[-1]), fade_in(printed), run_time=theme.enter)
            self.play(turns.animate(rate_func=_faster).set_value(10.0), run_time=line.left + theme.breath)
        self.close()


def _faster(fraction: float) -> float:
    """How far something has turned that gathers speed."""
    return float(fraction * (0.4 + 0.6 * fraction))
