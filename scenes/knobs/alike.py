"""Scene 4: knobs that start alike stay alike for ever, and knobs that start at random part."""

from __future__ import annotations

from typing import cast

import numpy as np
from manim import Create, LineJointType, ValueTracker, VGroup, linear
from numpy.typing import ArrayLike

from descent_core.catalogue.rings import HIDDEN, ring_points
from descent_core.recordings.trajectory import Trajectory
from scenes.parts.clock import Clock
from scenes.parts.decision_field import DecisionField, small_network
from scenes.parts.dusk.lit_knob_wall import LitKnobWall
from scenes.parts.panels.plot import Plot
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.progress import Progress
from scenes.parts.question import Question
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: Which of the coefficients are shown: the level of each hidden unit.
FIRST, END = 2 * HIDDEN, 3 * HIDDEN
#: Radians for a coefficient of 1, and how far the plot reaches up and down.
GAIN, REACH = 1.45, 1.7
#: The width of the ribbons that lie on each other, from the lowest to the one on top; and of those that part.
NESTED, PARTED = (30.0, 4.0), (5.0, 4.0)
#: A side of the field that the machine paints, in scene units.
SIDE = 2.0
#: How opaque a ribbon is that others lie on.
SHEER = 0.34


class OneOpinion(ExplainerScene):
    """Eight knobs that start alike are one knob."""

    def construct(self) -> None:
        zeros, tenth, random = self.run("alike-zeros"), self.run("alike-tenth"), self.run("rings")
        turns = [Progress(run) for run in (zeros, tenth, random)]
        shown = ValueTracker(0)

        def coeffs() -> ArrayLike:
            """The eight of the run that is shown; while that changes, on their way from one run to the next."""
            place, part = int(shown.get_value()), shown.get_value() % 1
            here = turns[place].trajectory.coeffs[turns[place].row, FIRST:END]
            if part < 1e-6:
                return cast(ArrayLike, here)
            there = np.asarray(turns[place + 1].trajectory.coeffs[0, FIRST:END], dtype=float)
            return np.asarray(np.asarray(here, dtype=float) * (1 - part) + there * part)

        def present() -> Progress:
            """The run that is shown."""
            return turns[int(shown.get_value() + 1e-6)]

        knobs = LitKnobWall(coeffs, columns=HIDDEN, width=8.64, gain=GAIN)
        knobs.set_look(y=-1.42)
        breath = Clock()
        knobs.add_updater(lambda it: it.set_look(lit=0.94 + 0.06 * float(np.cos(2.0 * breath.get_value()))))
        plot = Plot(
            (0, zeros.steps),
            (-REACH, REACH),
            across_name="step",
            up_name="how each knob is set",
            across_ticks=(0, 100, 200, 300),
            up_ticks=(-1, 0, 1),
            size=(8.3, 2.75),
            plate=False,
        )
        plot.shift(-plot.get_center()).shift([-0.98, 1.78, 0])
        places, answers = (each.numpy() for each in ring_points())
        field = DecisionField(small_network(HIDDEN), lambda: _coeffs(present()), places, answers, SIDE)
        field.move_to([5.1, 2.36, 0])
        score = Scorecard(lambda: f"{_loss(present()):.3f}", theme.loss).scale(0.92).move_to([5.1, 0.62, 0])
        eight = constant(HIDDEN, "as many hidden units", equals=END - FIRST)

        # Where to start?
        self.beat("start alike?")
        with self.say(
            "So where should knobs start? Remember the machine that tells [dots]orange dots from blue? Here are "
            f"{in_words(eight)} of its knobs. Let's [set]set them all the same."
        ) as line:
            self.open(breath, knobs)
            self.play(knobs.change_look(pitch=1.12, rate_func=linear, run_time=line.until("dots", shows=field)))
            self.play(fade_in(field), fade_in(score), knobs.change_look(pitch=1.11, run_time=theme.enter))
            self.play(knobs.change_look(pitch=1.09, rate_func=linear, run_time=line.until("set", shows=plot)))
            self.play(fade_in(plot).set_run_time(theme.enter), knobs.change_look(pitch=1.08, run_time=line.left))
        question = Question(0.7).move_to(plot.spot(zeros.steps / 2, 0))
        alike = constant(HIDDEN, "as many hidden units", equals=END - FIRST)
        self.ask(question, f"{in_words(alike).capitalize()} knobs that start alike. What happens?")

        # From nought nothing moves.
        self.beat("from nought")
        flat = _ribbons(plot, zeros, NESTED)
        with self.say(f"From nought? Nothing. {zeros.steps} steps, and not one of them moves.") as line:
            self.play(fade_out(question), run_time=theme.leave)
            self._go(flat, turns[0], zeros.steps, line.left + 0.3)

        # From a tenth they move as one.
        self.beat("one opinion")
        begin = sourced(tenth.coeffs[0, FIRST], f"alike-tenth.coeffs[0, {FIRST}]")
        one = _ribbons(plot, tenth, NESTED)
        together = constant(HIDDEN, "as many hidden units", equals=END - FIRST)
        with self.say(
            f"From {begin:.1f}? They [move]move! But all together, to the very last bit. "
            f"{in_words(together).capitalize()} knobs, and a single opinion. You might as well have had just "
            "the one."
        ) as line:
            self.leave(flat)
            self.play(shown.animate(rate_func=theme.ease).set_value(1), run_time=theme.enter)
            line.reach("move", shows=one)
            self._go(one, turns[1], tenth.steps, line.left)

        # At random they part.
        self.beat("at random")
        apart = _ribbons(plot, random, PARTED)
        with self.say(
            "Now start them at [random]random. They [part]part ways. Each of them finds a job of its own, and the "
            f"score comes down to {random.losses[-1]:.3f}."
        ) as line:
            self.play(fade_out(one), run_time=line.until("random"))
            self.play(shown.animate(rate_func=theme.ease).set_value(2), run_time=line.until("part", shows=apart))
            self._go(apart, turns[2], random.steps, line.left)
        self.wait(0.4)
        self.close()

    def _go(self, ribbons: VGroup, progress: Progress, row: int, seconds: float) -> None:
        """Let a run go by, knobs and ribbons at once."""
        grow = (Create(ribbon, rate_func=linear, run_time=seconds) for ribbon in ribbons)
        self.play(*grow, progress.to(row, run_time=seconds))


def _ribbons(plot: Plot, run: Trajectory, widths: tuple[float, float]) -> VGroup:
    """A line for each knob, from the widest to the narrowest: those that lie on each other are one ribbon."""
    ribbons = VGroup()
    for place, column in enumerate(range(FIRST, END)):
        width = widths[0] + (widths[1] - widths[0]) * place / (HIDDEN - 1)
        ribbon = plot.curve(range(run.steps + 1), run.coeffs[:, column], theme.weight, width, a_row=1)
        ribbon.joint_type = LineJointType.ROUND
        ribbons.add(ribbon.set_stroke(opacity=SHEER if widths is NESTED else 1.0))
    return ribbons


def _coeffs(progress: Progress) -> ArrayLike:
    """All recorded coefficients of the row that is shown."""
    return cast(ArrayLike, progress.trajectory.coeffs[progress.row])


def _loss(progress: Progress) -> float:
    """The recorded loss of the row that is shown."""
    return cast(float, progress.trajectory.losses[progress.row])
