"""Scene 5: back to the code. What PyTorch recorded of the loss lets backward() find the slope."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Arrow, LaggedStart, RoundedRectangle, VGroup

from descent_core.recordings.trajectory import Trajectory
from scenes.engine.terrain.fog import Fog
from scenes.gradient.shots import BOOTS
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.compass import Compass
from scenes.parts.words import coefficient_name, set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import set_above_captions
from scenes.stage.naming import set_around
from scenes.stage.number_sources import in_words
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import theme

#: Size of a chip of the history, distance to the next in its row and to the next row, and how many are in a row.
CHIP, PITCH, IN_A_ROW = (1.22, 0.6), (1.52, 1.0), 3


class BackToTheCode(ExplainerScene):
    """requires_grad_() keeps a history, backward() goes through it backwards, coeffs.grad holds the slope."""

    def construct(self) -> None:
        code = self.listing("gradient-reading")
        hike = self.run("right")
        mountain, hiker = self._mountain(hike)
        panel = CodePanel(code, title="the_gradient.py", width=8.0, size=theme.code, output=True)
        panel.to_corner(UP + LEFT, buff=theme.margin)

        # requires_grad_(), remembered from part 1.
        self.beat("requires_grad_")
        self.freeze(mountain, hiker)
        self.open(mountain, hiker)
        keep = panel.bar("requires_grad_")
        with self.say("Back to the code. Do you remember this line from part one? It seemed to do nothing at all."):
            self.play(fade_in(Curtain(theme.dim)), run_time=theme.enter)
            self.enter(panel)
            self.enter(keep, toward=ORIGIN)

        # It kept a history: the operations that torch really recorded.
        self.beat("the history")
        chain = self._chain(code.values[code.line_of("loss = ")].split())
        title = words("what PyTorch remembered", theme.small, theme.quiet)
        VGroup(title, chain).arrange(DOWN, buff=theme.room).to_edge(RIGHT, buff=theme.margin).match_y(panel)
        with self.say(
            "But from then on, PyTorch was taking notes. Every operation between the coefficients and the loss "
            "went into its history."
        ) as line:
            self.enter(title)
            self.play(
                LaggedStart(*(fade_in(link, RIGHT * theme.drift) for link in chain), lag_ratio=0.25),
                run_time=line.share(0.75),
            )

        # backward(): the same way back.
        self.beat("loss.backward()")
        push = panel.bar("backward")
        with self.say(
            "Now it pays off. Call [call]loss.backward(), and PyTorch walks through its notes from the end to the "
            "start. On the way, it works out the slope for every knob."
        ) as line:
            line.reach("call", shows=push)
            self.play(fade_out(keep), fade_in(push), run_time=theme.enter)
            self._walk_back(chain, run_time=line.left)

        # print(coeffs.grad): the reading that torch printed.
        self.beat("print(coeffs.grad)")
        read = panel.bar("print")
        printed = panel.printed("print")
        compass = Compass(lambda: hike.slopes[0], radius=1.15)
        compass.match_x(chain).align_to(panel, UP)
        name = words("coeffs.grad", theme.body, theme.text, mono=True).next_to(compass, DOWN, buff=theme.gap)
        with self.say(
            "And now your coefficients carry a compass. [print]Print coeffs.grad, and here is the [reading]reading."
        ) as line:
            line.reach("print", shows=read)
            self.play(fade_out(push), fade_in(read), run_time=theme.enter)
            line.reach("reading", shows=printed)
            self.play(fade_out(chain), fade_out(title), fade_in(printed, UP * theme.drift), run_time=theme.enter)
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
            .arrange(DOWN, buff=theme.room, aligned_edge=LEFT)
            .match_x(compass)
        )
        set_above_captions(ways)
        with self.say(
            f"One number for each knob. {'Negative' if first < 0 else 'Positive'} means: turn this one "
            f"{'up' if first < 0 else 'down'}, and the loss goes down. "
            f"[second]{'Negative' if second < 0 else 'Positive'} means: turn it "
            f"{'up' if second < 0 else 'down'}. It works just the same for a {in_words(many.dimensions)} knobs.",
            about=[many],
        ) as line:
            self.enter(ways[0])
            line.reach("second", shows=ways[1])
            self.enter(ways[1])
        self.close()

    def _mountain(self, hike: Trajectory) -> tuple[Mountain, Hiker]:
        """What is behind the words: the hiker where the run begins, in fog that stands still."""
        mountain = Mountain(self.landscape("mountain"), BOOTS, Fog(1.0), contour=0.04)
        walk = Walk(hike, mountain)
        mountain.lights.append(walk.position)
        return mountain, Hiker(walk=walk)

    def _chain(self, history: list[str]) -> VGroup:
        """The operations from the coefficients to the loss, a chip each, in rows that go to and fro."""
        names = ["coeffs", *(name.lower() for name in reversed(history) if name != "AccumulateGrad"), "loss"]
        ends = {"coeffs": theme.weight, "loss": theme.loss}
        chips = VGroup()
        for index, name in enumerate(names):
            row, column = divmod(index, IN_A_ROW)
            text = words(name, theme.small, ends.get(name, theme.text), mono=True)
            box = RoundedRectangle(
                corner_radius=0.12,
                width=CHIP[0],
                height=CHIP[1],
                stroke_color=ends.get(name, theme.rule),
                stroke_width=2,
                fill_color=theme.panel,
                fill_opacity=1,
            )
            chip = VGroup(box, set_on_baseline(text.move_to(box), name, -0.08))
            place = column if row % 2 == 0 else IN_A_ROW - 1 - column
            chips.add(chip.move_to([place * PITCH[0], -row * PITCH[1], 0]))
        for left, right in pairwise(list(chips)):
            way = right[0].get_center() - left[0].get_center()
            reach = way / np.linalg.norm(way) * (CHIP if abs(way[0]) > abs(way[1]) else CHIP[::-1])[0] / 2
            link = Arrow(
                left[0].get_center() + reach,
                right[0].get_center() - reach,
                buff=0.02,
                stroke_width=2,
                tip_length=0.1,
                color=theme.quiet,
            )
            right.add(link)
        return chips

    def _walk_back(self, chain: VGroup, run_time: float) -> None:
        """Play: a light runs through the chips from the loss to the coefficients."""
        lit = [
            set_around(chip[0].copy().set_fill(opacity=0).set_stroke(theme.downhill, 5), chip[0])
            for chip in reversed(list(chain))
        ]
        self.play(LaggedStart(*(fade_in(frame) for frame in lit), lag_ratio=0.5), run_time=run_time)
        chain.add(*lit)

    def _advice(self, name: str, slope: np.float64) -> VGroup:
        """The name of a coefficient, its slope, and which way to turn it."""
        down = "turn it up" if slope < 0 else "turn it down"
        value = VGroup(
            words(coefficient_name(name), theme.body, theme.quiet),
            words(f"{slope:+.4f}", theme.body, theme.uphill, mono=True),
        ).arrange(RIGHT, buff=theme.room)
        advice = VGroup(
            Arrow(LEFT * 0.45, RIGHT * 0.45, buff=0, color=theme.quiet, stroke_width=4, tip_length=0.18),
            words(down, theme.body, theme.downhill, weight="SEMIBOLD"),
        ).arrange(RIGHT, buff=theme.gap)
        return VGroup(value, advice).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
