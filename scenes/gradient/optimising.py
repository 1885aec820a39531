"""Scene 7: guessing against following the gradient, counted; and a run that ends at a loss of zero."""

from __future__ import annotations

from manim import DOWN, RIGHT, UP, Create, Indicate, LaggedStart, VGroup, linear

from descent_core.catalogue.gradient import CONTEST_SIZES, EVALUATION_BUDGET
from scenes.engine.terrain.fog import Fog
from scenes.gradient.shots import AT_THE_DOOR, DESCENT, WIDE
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.plot import Plot
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.words import swatch, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import set_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import Curtain, fade_in
from scenes.theme import theme

#: The lowest loss that the plots show.
FLOOR = 1e-6


class GuessingOrOptimising(ExplainerScene):
    """The same budget for both: from one knob to a thousand. Then the walk to zero."""

    def construct(self) -> None:
        hike = self.run("clear-air")
        mountain = Mountain(self.landscape("clear-mountain"), DESCENT, Fog(1.0, sight=0.7, soft=1.8))
        walk = Walk(hike, mountain)
        mountain.lights.append(walk.position)
        cabin = Cabin(mountain, hike.coeffs[-1])
        hiker, trail = Hiker(walk=walk), Trail(walk)
        dark = Curtain(theme.dim)
        self.freeze(mountain, cabin, trail, hiker)

        # The rules of the contest.
        self.beat("the contest")
        key = VGroup(
            swatch("guessing", theme.guess, theme.body, run=[self.run(f"guessing-{size}") for size in CONTEST_SIZES]),
            swatch(
                "following the gradient",
                theme.steer,
                theme.body,
                run=[self.run(f"gradient-{size}") for size in CONTEST_SIZES],
            ),
        ).arrange(RIGHT, buff=0.9)
        key.to_edge(UP, buff=theme.margin)
        guess, steer = self.run(f"guessing-{CONTEST_SIZES[0]}"), self.run(f"gradient-{CONTEST_SIZES[0]}")
        price = sourced(guess.steps // steer.steps, "guessing-1.steps over gradient-1.steps")
        many = self.run(f"guessing-{CONTEST_SIZES[-1]}")
        rules = words(
            f"Log axes, {guess.steps} looks each. "
            f"A gradient step is charged {price}: its backward pass costs one more.",
            theme.small,
            theme.quiet,
        )
        set_above_captions(rules)
        panels = VGroup(*(self._panel(size, first=size == CONTEST_SIZES[0]) for size in CONTEST_SIZES))
        for index, panel in enumerate(panels):
            panel.shift([3.0 * index, 0, 0] - panel[0].corner.get_center())
        panels.set_x(0).next_to(rules, UP, buff=0.35, coor_mask=[0, 1, 0])
        self.open(mountain, cabin, dark)
        with self.say(
            "Why does this matter? Because it is the difference between guessing and optimising. Let us count. "
            f"[each]Each may look at the scorecard {guess.steps} times."
        ) as line:
            self.enter(key)
            self.play(
                LaggedStart(*(fade_in(panel[0], UP * theme.drift) for panel in panels), lag_ratio=0.3),
                run_time=line.share(0.35),
            )
            line.reach("each", shows=rules)
            self.enter(rules)

        # From one knob to a thousand.
        self.beat("one knob to a thousand")
        some, most = (in_words(self.run(f"guessing-{size}").dimensions) for size in CONTEST_SIZES[1:3])
        lines = (
            f"With a single knob, guessing gets there. With {some}, it falls behind.",
            f"With a {most}, most of the loss is still left. With a {in_words(many.dimensions)}, guessing ends at "
            f"{many.losses[-1]:.2f}.",
        )
        for text, pair in zip(lines, (panels[:2], panels[2:]), strict=True):
            with self.say(text) as line:
                for panel in pair:
                    _, curves, ends = panel
                    self.play(*(Create(curve, rate_func=linear) for curve in curves), run_time=line.share(0.34))
                    self.enter(ends, run_time=line.share(0.1))
        with self.say(
            "The gradient does not mind. One compass reading tells it how to turn all "
            f"{in_words(self.run(f'gradient-{CONTEST_SIZES[-1]}').dimensions)}, all at once."
        ):
            self.play(*(Indicate(panel[2][1], 1.15, theme.steer) for panel in panels), run_time=1.6)

        # No noise on the air: the same hiker, all the way to zero.
        self.beat("the walk to zero")
        score = Scorecard(lambda: f"{hike.losses[walk.row]:.4f}", theme.text).scale(1.15)
        score.to_corner(UP + RIGHT, buff=theme.margin)
        self.leave(key, rules, panels, dark)
        self.unfreeze()
        self.add(trail)
        self.enter(score, hiker)
        with self.say(
            "So we are not changing numbers at random. We slide down the mountain of loss, step by step, each "
            "one lower than the last."
        ) as line:
            self.play(walk.to(14, run_time=line.share(0.95)))
        with self.say(
            "Here the air is clear. There is only the one station, and no noise. So this time, the perfect "
            "answer is really there."
        ) as line:
            self.play(
                mountain.move_to_shot(WIDE),
                mountain.change_fog(density=0.25, run_time=line.share(0.8)),
                walk.to(24, run_time=line.share(0.8)),
                run_time=line.share(0.8),
            )
        lowest = sourced(round(float(hike.losses[-1]), 4), "clear-air.losses[-1] to four digits")
        with self.say(f"And the scorecard hits {in_words(lowest)}.") as line:
            self.play(walk.to(hike.steps, run_time=line.share(0.9)))

        # What makes it learning.
        self.beat("learning, not guessing")
        with self.say("That is what makes machine learning learn, and not just guess.") as line:
            self.play(
                mountain.move_to_shot(AT_THE_DOOR),
                mountain.change_fog(density=0.0, run_time=line.left),
                run_time=line.left,
            )
        self.wait(0.6)
        self.close()

    def _panel(self, dimensions: int, first: bool) -> VGroup:
        """Both losses over the budget, on a logarithmic scale, for one number of coefficients."""
        guess, steer = self.run(f"guessing-{dimensions}"), self.run(f"gradient-{dimensions}")
        price = guess.steps / steer.steps
        plot = Plot(
            (0, EVALUATION_BUDGET),
            (FLOOR, 1.0),
            across_name="looks",
            up_name=f"{guess.dimensions:,} knob{'s' if dimensions > 1 else ''}",
            across_ticks=(0, EVALUATION_BUDGET // 2),
            up_ticks=(1, 1e-3, FLOOR) if first else (),
            up_format="{:.6f}",
            size=(2.25, 2.3),
            log=True,
            plate=False,
        )
        curves = VGroup(
            plot.curve(range(guess.steps + 1), guess.losses, theme.guess, a_row=1),
            plot.curve([price * t for t in range(steer.steps + 1)], steer.losses, theme.steer, a_row=price),
        )
        ends = (
            VGroup(
                words(f"{guess.losses[-1]:.4f}", theme.body, theme.guess, mono=True, weight="SEMIBOLD"),
                words(f"{steer.losses[-1]:.4f}", theme.body, theme.steer, mono=True, weight="SEMIBOLD"),
            )
            .arrange(DOWN, buff=theme.gap)
            .next_to(plot, DOWN, buff=theme.gap)
        )
        return VGroup(plot, curves, ends)
