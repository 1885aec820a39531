"""Scene 6: the wall of a thousand lit knobs. Guessing leaves it what it is: snow."""

from __future__ import annotations

from manim import linear

from descent_core.catalogue.knobs import TESTS
from scenes.knobs.wall import BESIDE_SCORE, FILLING
from scenes.parts.dusk.lit_knob_wall import LitKnobWall
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.tries import Tries
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_out
from scenes.theme import theme

#: How near the wall is at first: a few knobs, and where.
NEAR = {"pitch": 1.9, "x": 3.0, "y": 4.0}
#: Tries that are seen slowly enough to see them rejected, and how red the wall is then.
SEEN, RED = 3, 0.34


class ThousandInTheSnow(ExplainerScene):
    """A picture is hidden in a thousand knobs, and eighty tries find nothing of it."""

    def construct(self) -> None:
        run = self.run("wall-guess")
        tried = Tries(run)
        wall = LitKnobWall(tried.coeffs, alarm=lambda: RED * tried.rejection() if tried.now < SEEN else 0.0)
        wall.set_look(**NEAR)
        score = Scorecard(lambda: f"{tried.loss():.0f}", theme.loss, width=2.35).scale(0.92)
        score.move_to([5.55, 2.6, 0])

        # A thousand knobs, each lit by its own number.
        self.beat("a thousand lights")
        with self.say(
            f"So here they are: a [thousand]{in_words(run.dimensions)} knobs, and each of them is lit by its own "
            "number. The higher, the brighter."
        ) as line:
            self.open(wall)
            self.play(wall.change_look(pitch=1.75, rate_func=linear, run_time=line.until("thousand")))
            self.play(wall.change_look(**BESIDE_SCORE, run_time=line.left + 0.4))

        # What is hidden, and who says how far off it is.
        self.beat("a picture is hidden")
        tests = constant(TESTS, "as many as are made up", equals=4 * run.dimensions)
        with self.say(
            f"There's a picture hidden in there. We've made up {tests:,} listening tests that only the right setting "
            "passes, and the [score]scorecard says how far off it is."
        ) as line:
            until = line.until("score", shows=score)
            self.play(wall.change_look(pitch=0.262, rate_func=linear, run_time=until))
            self.receive(run, lambda: tried.row)
            self.enter(score)

        # Guess.
        self.beat("guessing")
        with self.say(
            "Let's guess. Turn [all]all of them a bit. [worse]Worse? Turn them back. [better]Better? Keep it. "
            f"{run.steps} tries, and the score goes from {run.losses[0]:.0f} to [last]{run.losses[-1]:.0f}."
        ) as line:
            self.play(tried.to(0.02, run_time=line.until("all")))
            self.play(tried.to(0.31, run_time=line.until("worse")))
            self.play(tried.to(1, run_time=0.7))
            self.play(tried.to(2.31, run_time=line.until("better")))
            # It is shown as long as it is spoken of.
            self.play(tried.to(SEEN, run_time=1.5))
            self.play(tried.to(run.steps, run_time=line.until("last")))

        # Still snow.
        self.beat("still snow")
        with self.say("And the wall? Still nothing but snow.") as line:
            self.play(fade_out(score), wall.change_look(**FILLING, run_time=line.left + 0.5))
        self.close()
