"""Scene 4: knobs that start alike stay alike for ever, and knobs that start at random part."""

from __future__ import annotations

from collections.abc import Callable

from manim import DOWN, RIGHT, UP, Create, ManimColor, VGroup, interpolate_color, linear

from descent_core.catalogue.rings import HIDDEN
from descent_core.recordings.trajectory import Trajectory
from scenes.parts.panels.plot import Plot
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.progress import Progress
from scenes.parts.question import Question
from scenes.parts.radio import Knob
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: Which of the coefficients are shown: the level of each hidden unit.
SHOWN = range(2 * HIDDEN, 3 * HIDDEN)
#: Radians for a coefficient of 1, and how far the plot reaches up and down.
GAIN, REACH = 1.45, 1.7
#: The width of the ribbons, of the one that lies lowest and of the one on top.
WIDEST, NARROWEST = 30.0, 4.0


class OneOpinion(ExplainerScene):
    """Eight knobs that start alike are one knob."""

    def construct(self) -> None:
        zeros, tenth, random = self.run("alike-zeros"), self.run("alike-tenth"), self.run("rings")
        turns = {run.label: Progress(run) for run in (zeros, tenth, random)}
        plot = Plot(
            (0, zeros.steps),
            (-REACH, REACH),
            across_name="step",
            up_name="where each knob stands",
            across_ticks=(0, 100, 200, 300),
            up_ticks=(-1, 0, 1),
            size=(8.3, 2.75),
            plate=False,
        )
        plot.shift(-plot.get_center()).shift([-1.25, 1.75, 0])
        knobs, score = self._knobs(turns["alike-zeros"]), self._score(turns["alike-zeros"])
        eight = constant(HIDDEN, "as many hidden units", equals=len(SHOWN))

        # Where to start?
        self.beat("start alike?")
        with self.say(
            f"So where should knobs [start]start? Here's a small machine, and these are {in_words(eight)} of its "
            "knobs. Let's start them all the same."
        ) as line:
            line.reach("start", shows=knobs)
            self.play(*(fade_in(knob, UP * theme.drift) for knob in knobs), run_time=1.2)
            self.play(fade_in(plot), fade_in(score), run_time=1.0)
        question = Question(0.7).move_to(plot.spot(zeros.steps / 2, 0))
        same = constant(HIDDEN, "as many hidden units", equals=len(SHOWN))
        self.ask(question, f"{in_words(same).capitalize()} knobs that start alike. What happens?")

        # From nought nothing moves.
        self.beat("from nought")
        flat = self._ribbons(plot, zeros)
        with self.say(
            f"From nought? Nothing. {zeros.steps} [steps]steps, and not one of them moves."
        ) as line:
            self.play(fade_out(question), run_time=theme.leave)
            self._run(line, "steps", flat, turns["alike-zeros"], zeros.steps, line.left + 0.4)

        # From a tenth they move as one.
        self.beat("one opinion")
        begin = sourced(tenth.coeffs[0, SHOWN[0]], f"alike-tenth.coeffs[0, {SHOWN[0]}]")
        together, one = self._knobs(turns["alike-tenth"]), self._ribbons(plot, tenth)
        count = self._score(turns["alike-tenth"])
        alike = constant(HIDDEN, "as many hidden units", equals=len(SHOWN))
        with self.say(
            f"From {begin:.1f}? They [move]move! But all together, to the very last bit. {in_words(alike).capitalize()} "
            "knobs, and a single [opinion]opinion. You might as well have [had]had just the one."
        ) as line:
            self._change((flat, knobs, score), (together, count))
            self._run(line, "move", one, turns["alike-tenth"], tenth.steps, line.until("opinion") + 0.6)
            line.reach("had")
            self.play(*(knob.animate.scale(1.12) for knob in together), run_time=0.35)
            self.play(*(knob.animate.scale(1 / 1.12) for knob in together), run_time=0.35)

        # At random they part.
        self.beat("at random")
        apart, parted = self._ribbons(plot, random), self._knobs(turns["rings"])
        tally = self._score(turns["rings"])
        with self.say(
            "Now start them at [random]random. They [part]part ways. Each of them finds a job of its own, and the "
            f"score comes down to {random.losses[-1]:.3f}."
        ) as line:
            self._change((one, together, count), (parted, tally))
            self._run(line, "part", apart, turns["rings"], random.steps, line.left)
        self.close()

    def _knobs(self, progress: Progress) -> VGroup:
        """The eight in a row, each as its coefficient is now."""
        return VGroup(*(Knob(_angle(progress, column), radius=0.42) for column in SHOWN)).arrange(
            RIGHT, buff=0.52
        ).move_to([0, -1.42, 0])

    def _score(self, progress: Progress) -> Scorecard:
        run = progress.trajectory
        card = Scorecard(lambda: f"{run.losses[progress.row]:.3f}", theme.loss).scale(0.92)
        return card.move_to([5.05, 1.9, 0])

    def _ribbons(self, plot: Plot, run: Trajectory) -> VGroup:
        """A line for each knob, the first the widest: those that lie on each other are one ribbon."""
        ribbons = VGroup()
        for place, column in enumerate(SHOWN):
            part = place / (HIDDEN - 1)
            tone = interpolate_color(ManimColor(theme.weight), ManimColor(theme.text), part * 0.75)
            tone = interpolate_color(ManimColor(theme.panel), tone, 0.45 + 0.55 * part)
            width = WIDEST + (NARROWEST - WIDEST) * part
            ribbons.add(plot.curve(range(run.steps + 1), run.coeffs[:, column], tone.to_hex(), width, a_row=1))
        return ribbons

    def _change(self, before: tuple[VGroup, ...], after: tuple[VGroup, ...]) -> None:
        self.play(*map(fade_out, before), *map(fade_in, after), run_time=theme.leave)

    def _run(self, line, mark: str, ribbons: VGroup, progress: Progress, row: int, seconds: float) -> None:
        """Let a run go by, knobs and ribbons at once."""
        line.until(mark, shows=ribbons)
        self.play(
            *(Create(ribbon, rate_func=linear) for ribbon in ribbons), progress.to(row, run_time=seconds),
            run_time=seconds,
        )


def _angle(progress: Progress, column: int) -> Callable[[], float]:
    return lambda: progress.trajectory.coeffs[progress.row, column] * GAIN
