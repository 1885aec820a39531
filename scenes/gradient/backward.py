"""Beat 5: back to the code. The recorded history pays off: backward() fills in the compass."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Arrow, LaggedStart, RoundedRectangle, VGroup

from descent_core.trajectory import Trajectory
from scenes.gradient.shots import BOOTS
from scenes.ledger import spelled
from scenes.parts.code_panel import CodePanel
from scenes.parts.compass import Compass
from scenes.parts.fog import Fog
from scenes.parts.hiker import Hiker
from scenes.parts.mountain import Mountain
from scenes.parts.type import knob_name, stand, words
from scenes.parts.walk import Walk
from scenes.stage import ExplainerScene, coming, darkness, going
from scenes.theme import theme


class BackToTheCode(ExplainerScene):
    """requires_grad_() kept a history; backward() walks it back; coeffs.grad is the reading."""

    def construct(self) -> None:
        code = self.listing("compass-reading")
        hike = self.run("right")
        mountain, hiker = self._mountain(hike)
        panel = CodePanel(code, title="the_gradient.py", width=8.0, size=theme.code, output=True)
        panel.move_to([-2.35, 0.85, 0])

        # requires_grad_(), remembered from part 1.
        self.beat("requires_grad_")
        self.hold(mountain, hiker)
        self.open(mountain, hiker)
        keep = panel.bar("requires_grad_")
        with self.say("Back to the code. Do you remember this line from part one? It seemed to do nothing at all."):
            self.play(coming(darkness(theme.dim)), run_time=theme.enter)
            self.enter(panel)
            self.enter(keep, toward=ORIGIN)

        # It kept a history: the operations that torch really recorded.
        self.beat("the history")
        chain = self._chain(code.values[code.line_of("loss = ")].split())
        chain.move_to([0, -2.8, 0])
        title = (
            words("what PyTorch remembered", theme.label, theme.quiet)
            .next_to(chain, UP, buff=theme.gap)
            .align_to(chain, LEFT)
        )
        with self.say(
            "But from then on, PyTorch was taking notes. Every operation between the coefficients and the loss "
            "went into its history."
        ) as line:
            self.enter(title)
            self.play(
                LaggedStart(*(coming(link, RIGHT * theme.drift) for link in chain), lag_ratio=0.25),
                run_time=line.share(0.75),
            )

        # backward(): the same way back.
        self.beat("loss.backward()")
        push = panel.bar("backward")
        with self.say(
            "Now it pays off. Call [call]loss.backward(), and PyTorch walks through its notes from the end to the "
            "start. On the way, it works out the slope for every knob."
        ) as line:
            line.reach("call")
            self.play(going(keep), coming(push), run_time=theme.enter)
            self._walk_back(chain, run_time=line.left)

        # print(coeffs.grad): the reading that torch printed.
        self.beat("print(coeffs.grad)")
        read = panel.bar("print")
        printed = panel.printed("print")
        compass = Compass(lambda: hike.slopes[0], radius=1.3).move_to([4.75, 1.3, 0])
        name = words("coeffs.grad", theme.body, theme.text, mono=True).next_to(compass, DOWN, buff=0.3)
        with self.say(
            "And now your coefficients carry a compass. [print]Print coeffs.grad, and here is the [reading]reading."
        ) as line:
            line.reach("print")
            self.play(going(push), coming(read), run_time=theme.enter)
            line.reach("reading")
            self.enter(printed)
            self.enter(compass, name)

        # What the two numbers say.
        self.beat("reading it")
        first, second = hike.slopes[0]
        many = self.run("gradient-1000")
        ways = (
            VGroup(
                self._advice("knob 0", first),
                self._advice("knob 1", second),
            )
            .arrange(DOWN, buff=0.3, aligned_edge=LEFT)
            .move_to([0, -2.7, 0])
        )
        with self.say(
            f"One number for each knob. {'Negative' if first < 0 else 'Positive'} means: turn this one "
            f"{'up' if first < 0 else 'down'}, and the loss goes down. {'Negative' if second < 0 else 'Positive'} "
            "means: turn it "
            f"{'up' if second < 0 else 'down'}. It works just the same for a {spelled(many.knobs)} knobs."
        ) as line:
            self.leave(chain, title)
            for way in ways:
                self.enter(way)
                self.wait(line.share(0.2))
        self.close()

    def _mountain(self, hike: Trajectory) -> tuple[Mountain, Hiker]:
        """What stands behind the words: the hiker where the reading is taken, in fog that stands still."""
        mountain = Mountain(self.landscape("mountain"), BOOTS, Fog(1.0), contour=0.04)
        walk = Walk(hike, mountain)
        mountain.lights.append(walk.standing)
        return mountain, Hiker(mountain, walk.place)

    def _chain(self, history: list[str]) -> VGroup:
        """From the coefficients to the loss, one chip an operation."""
        names = ["coeffs", *(name.lower() for name in reversed(history) if name != "AccumulateGrad"), "loss"]
        chips = VGroup()
        for name in names:
            end = name in ("coeffs", "loss")
            text = words(name, theme.small, theme.gradient if end else theme.text, mono=True)
            box = RoundedRectangle(
                corner_radius=0.12,
                width=max(text.width + 0.28, 0.86),
                height=0.56,
                stroke_color=theme.gradient if end else theme.rule,
                stroke_width=2,
                fill_color=theme.panel,
                fill_opacity=1,
            )
            chips.add(VGroup(box, stand(text.move_to(box), name, -0.08)))
        chips.arrange(RIGHT, buff=theme.gap)
        for left, right in pairwise(list(chips)):
            link = Arrow(
                left.get_right(),
                right.get_left(),
                buff=0.02,
                stroke_width=2,
                tip_length=0.1,
                color=theme.quiet,
            )
            right.add(link)
        return chips

    def _walk_back(self, chain: VGroup, run_time: float) -> None:
        """A light runs through the chips from the loss to the coefficients."""
        lit = [chip[0].copy().set_fill(opacity=0).set_stroke(theme.downhill, 5) for chip in reversed(list(chain))]
        self.play(LaggedStart(*(coming(frame) for frame in lit), lag_ratio=0.5), run_time=run_time)
        chain.add(*lit)

    def _advice(self, knob: str, slope: np.float64) -> VGroup:
        down = "turn it up" if slope < 0 else "turn it down"
        return VGroup(
            words(knob_name(knob), theme.body, theme.quiet),
            words(f"{slope:+.4f}", theme.body, theme.gradient, mono=True),
            Arrow(LEFT * 0.45, RIGHT * 0.45, buff=0, color=theme.quiet, stroke_width=4, tip_length=0.18),
            words(down, theme.body, theme.downhill, weight="SEMIBOLD"),
        ).arrange(RIGHT, buff=theme.room)
