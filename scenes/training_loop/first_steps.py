"""Beat 1: gradient descent takes its first steps, and the loss falls."""

from __future__ import annotations

from scenes.parts.panels.loss_curve import LossCurve
from scenes.parts.progress import Progress
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.theme import theme

#: Size of the loss curve, in scene units.
CURVE = (8.0, 3.6)


class FirstSteps(ExplainerScene):
    """The loss of a recorded run, step by step."""

    def construct(self) -> None:
        run = self.run("training-loop-first-steps")
        progress = Progress(run)
        curve = LossCurve(progress, colours=[theme.right], size=CURVE)
        curve.set_x(0).set_y(centre_above_captions())

        # The loss falls with every step.
        self.beat("the loss falls")
        self.open(curve)
        with self.say(f"In {run.steps} steps, the loss falls from {run.losses[0]:g} to almost nothing.") as line:
            self.play(progress.to(run.steps, run_time=line.left))
        self.close()
