"""Scene 7: guessing against following the gradient, counted; and a thousand knobs that all turn at once."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, Indicate, Polygon, ValueTracker, VGroup, linear
from numpy.typing import ArrayLike

from descent_core.catalogue.gradient import CONTEST_SIZES, EVALUATION_BUDGET
from descent_core.recordings.trajectory import Trajectory
from scenes.parts.gust import Gust
from scenes.parts.knob_wall import KnobWall
from scenes.parts.panels.plot import Plot
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.question import Question
from scenes.parts.tries import Tries
from scenes.parts.words import swatch, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import set_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import slowing, theme

#: How much of the wall is seen behind the plots.
FAINT = 0.12
#: Size of the plot, in scene units; and how far the ends of the two lowest curves are moved apart.
PLOT, APART = (8.2, 3.3), 0.13
#: Tries that are seen as the word "guessing" falls.
SEEN = 2
#: How the wall stands: upright, fully lit; as a field that lies before the viewer, all of it in the frame; so close
#: that arrows are seen, at the side where the light comes from; and at last a little nearer than at first.
FULL = {"pitch": 0.25, "y": -0.15, "lean": 0.3, "glow": 0.5, "width": 70.0, "shine": 0.35}
FIELD = {"pitch": 0.258, "y": -0.12, "lean": 0.80}
CLOSE = {"pitch": 0.86, "x": 15.0, "y": 0.1, "lean": 0.42}
NEARER = {"pitch": 0.285, "x": 0.0, "y": -0.16, "lean": 0.80}


class GuessingOrOptimising(ExplainerScene):
    """The same budget for both: from one knob to a thousand, which turn all at once."""

    def construct(self) -> None:
        guesses = [self.run(f"guessing-{size}") for size in CONTEST_SIZES]
        steers = [self.run(f"gradient-{size}") for size in CONTEST_SIZES]
        many, most = guesses[-1], steers[-1]
        tried, gust, turned = Tries(many), Gust(most, cross=0.9, length=4.4), ValueTracker(0)

        def coeffs() -> ArrayLike:
            """As they are guessed at first; then a step of the gradient, and back; then with the gust."""
            if 0 < tried.now < SEEN:
                return tried.coeffs()
            if turned.get_value() <= 0:
                return gust.coeffs()
            start, end = (np.asarray(most.coeffs[row], dtype=float) for row in (0, 1))
            return np.asarray(start + (end - start) * turned.get_value())

        wall = KnobWall(coeffs, changes=gust.changes, glows=gust.glows)
        wall.set_look(**FULL)

        # The rules of the contest: a look at the score is what both pay with.
        self.beat("the contest")
        key = VGroup(
            swatch("guessing", theme.guess, theme.body, run=guesses),
            swatch("following the gradient", theme.steer, theme.body, run=steers),
        ).arrange(RIGHT, buff=0.9)
        key.to_edge(UP, buff=theme.margin)
        price = sourced(guesses[0].steps // steers[0].steps, "guessing-1.steps over gradient-1.steps")
        rules = words(f"a step of the gradient counts as {in_words(price)} looks", theme.label, theme.quiet)
        set_above_captions(rules)
        plot = Plot(
            (0, EVALUATION_BUDGET),
            (0, 1.0),
            across_name="looks",
            up_name="loss",
            across_ticks=(0, EVALUATION_BUDGET // 2),
            up_ticks=(0, 0.5, 1),
            size=PLOT,
            plate=False,
        )
        plot.to_edge(LEFT, buff=theme.margin).next_to(rules, UP, buff=0.3, coor_mask=[0, 1, 0])
        contests = [self._contest(plot, guess, steer) for guess, steer in zip(guesses, steers, strict=True)]
        with self.say(
            "Why does this matter? It's the difference between [guessing]guessing and [optimising]optimising. "
            f"Same budget for both: a {in_words(guesses[0].steps)} [looks]looks at the score."
        ) as line:
            self.open(wall)
            # Guessing: all jerk, and snap back. Optimising: all turn the way that lowers the loss.
            until = line.until("guessing", shows=key[0])
            self.play(wall.change_look(pitch=0.253, rate_func=linear, run_time=until))
            edge = Polygon(
                *(wall.place(25.5 * x, 10.6 * y) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))), color=theme.uphill
            )
            edge.round_corners(0.2).add_updater(lambda ring: ring.set_stroke(width=7, opacity=0.6 * tried.rejection()))
            edge.on_ground = True  # captions may be drawn over it
            self.add(edge)
            until = line.until("optimising", shows=key[1])
            self.play(fade_in(key[0]).set_run_time(min(0.3, until)), tried.to(SEEN, run_time=until))
            self.remove(edge)
            self.play(fade_in(key[1]).set_run_time(0.3), turned.animate(run_time=0.8).set_value(1))
            self.play(
                turned.animate.set_value(0),
                wall.come(FAINT),
                wall.change_look(**FIELD, lit=0.6, glow=0.0, shine=0.0),
                run_time=0.6,
            )
            self.play(
                fade_in(plot, UP * theme.drift),
                run_time=line.until("looks", shows=rules),
            )
            self.enter(rules)

        # One knob, ten, a hundred: guessing is left behind.
        self.beat("one knob to a hundred")
        one, ten, hundred = (in_words(run.dimensions) for run in guesses[:3])
        with self.say(
            f"With {one} knob, guessing does [one]fine. With {ten}, it falls [ten]behind. "
            f"With a {hundred}, it's [lost]lost."
        ) as line:
            for (curves, end), mark in zip(contests, ("one", "ten", "lost"), strict=False):
                line.reach(mark, shows=curves[0])
                self.play(*(Create(curve, rate_func=linear) for curve in curves), run_time=0.7)
                self.enter(end, run_time=0.4)
        question = Question().move_to(plot.spot(0.69 * EVALUATION_BUDGET, 0.52))
        self.ask(question, f"And at a {in_words(many.dimensions)}? Which one wins?")

        # Guessing is hardly better than at first. And now the gradient: the wall again, as a field.
        self.beat("all at once")
        curves, end = contests[-1]
        score = Scorecard(lambda: f"{most.losses[gust.row]:.3f}", theme.loss).scale(1.15)
        score.to_edge(UP, buff=theme.margin * 0.8)
        with self.say(f"Guessing: [left]{many.losses[-1]:.2f}. And now, the [gradient]gradient.") as line:
            self.play(fade_out(question), Create(curves[0], rate_func=linear), run_time=line.until("left"))
            self.enter(end, run_time=0.2)
            line.reach("gradient", shows=key[1])
            self.play(
                Create(curves[1], rate_func=linear),
                Indicate(key[1], scale_factor=1.12, color=None, rate_func=_glimpse),
                run_time=0.5,
            )
            self.wait(0.1)
            self.play(
                *(fade_out(thing).set_run_time(0.4) for thing in (key, rules, plot)),
                *(fade_out(thing).set_run_time(0.4) for contest in contests for thing in contest),
                wall.come(1.0).set_run_time(0.95),
                wall.change_look(**CLOSE, lit=1, run_time=0.95),
            )
        with self.say("One reading, and every knob knows [which]which way to turn.") as line:
            # The wall is at rest before the word: nothing but the arrows begins with it.
            until = max(line.until("which") - 0.3, 0.2)
            self.play(
                fade_in(score, DOWN * theme.drift),
                wall.change_look(pitch=0.9, rate_func=slowing),
                run_time=until,
            )
            line.reach("which", shows=wall)
            self.play(wall.change_look(arrows=1, rate_func=slowing, run_time=0.7))

        # The gasp: light sweeps over the field, each knob turns as it comes, and from near it is seen to be a thousand.
        perfect = next(row for row, loss in enumerate(most.losses) if f"{loss:.3f}" == "0.000")
        with self.say(f"All {in_words(most.dimensions)}, all at [once]once.") as line:
            # The light has a little way to go before it is on the first knobs.
            until = line.until("once", shows=wall) - 0.12
            self.play(wall.change_look(pitch=0.92, rate_func=linear, run_time=until))
            self.receive(most, lambda: gust.row)
            blow = gust.over(wall, row=perfect)
            self.play(blow, wall.change_look(**NEARER, run_time=blow.run_time, rate_func=_drawing_back))

        # Not at random.
        self.beat("not at random")
        with self.say("We're not changing numbers at random any more.") as line:
            self.play(gust.over(wall), wall.change_look(pitch=0.31, rate_func=linear, run_time=line.left))
        self.play(wall.change_look(pitch=0.312, rate_func=linear, run_time=0.2))
        self.close()

    def _contest(self, plot: Plot, guess: Trajectory, steer: Trajectory) -> tuple[VGroup, VGroup]:
        """Both losses over the budget, for one number of coefficients; and at the end of the guesses how many, how low.

        Where two curves end close together their ends are told apart.
        """
        price = guess.steps / steer.steps
        curves = VGroup(
            plot.curve(range(guess.steps + 1), guess.losses, theme.guess, 6, a_row=1),
            plot.curve([price * t for t in range(steer.steps + 1)], steer.losses, theme.steer, 9, a_row=price),
        )
        # They lie on each other: the last one, of which it is asked, stands out.
        if guess.dimensions < CONTEST_SIZES[-1]:
            curves[1].set_stroke(width=5, opacity=0.5)
        end = VGroup(
            words(f"{guess.losses[-1]:.2f}", theme.body, theme.guess, mono=True, weight="SEMIBOLD"),
            words(f"{guess.dimensions:,} knob{'s' if guess.dimensions > 1 else ''}", theme.label, theme.text),
        ).arrange(RIGHT, buff=theme.gap)
        end.next_to(plot.spot(EVALUATION_BUDGET, float(guess.losses[-1])), RIGHT, buff=theme.gap)
        apart = {CONTEST_SIZES[0]: -APART, CONTEST_SIZES[1]: APART}
        return curves, end.shift(UP * apart.get(guess.dimensions, 0.0))


def _glimpse(fraction: float) -> float:
    """There at once, and slowly back."""
    return float(min(fraction / 0.3, 1.0) * (1 - fraction) ** 0.5)


def _drawing_back(fraction: float) -> float:
    """How far back one has drawn: hardly at first, so that knobs are seen to turn; most while the light runs."""
    return theme.ease(min(fraction / 0.58, 1.0))
