"""Scene 6: the same engine with three learning rates: part 4's baby steps, stride and giant leap, on these people."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, VGroup, linear

from descent_core.catalogue.passengers.manifest import KINDS
from descent_core.recordings.trajectory import Trajectory
from scenes.parts.panels.loss_curve import LossCurve
from scenes.parts.progress import Progress
from scenes.parts.words import swatch, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme
from scenes.training_loop.people import PATH, lights_of, right_of, said_by

#: Size of the plot, in scene units, and how bright the lights are behind it.
PLOT, BEHIND = (6.6, 3.3), 0.10
#: Epochs in which a giant leap has landed.
LANDED = 60


class ThreeKeys(ExplainerScene):
    """Too small, right, and too big: a coin still, a sentence, and flat ground."""

    def construct(self) -> None:
        timid, voyage, flat = (self.run(label) for label in ("timid", "voyage", "flat"))
        walks = [Progress(run) for run in (timid, voyage, flat)]
        colours = [theme.too_small, theme.right, theme.too_big]
        lights = lights_of(said_by(voyage)[-1], divided=True)
        lights.set_look(path=PATH)
        curve = LossCurve(*walks, colours=colours, size=PLOT, step_name="epoch")
        curve.move_to([0, centre_above_captions(), 0]).to_edge(LEFT, buff=theme.margin)
        keys = VGroup(
            *(self._key(run, colour) for run, colour in zip((timid, voyage, flat), colours, strict=True))
        ).arrange(DOWN, buff=0.55, aligned_edge=LEFT)
        keys.move_to([0, centre_above_captions(), 0]).to_edge(RIGHT, buff=theme.margin)

        # Baby steps: two hundred of them, and a coin is still as good.
        self.beat("baby steps")
        with self.say(
            f"Remember the stride, lr? With [baby]baby steps, after {timid.steps} turns, it's still as good as a coin."
        ) as line:
            self.add(lights)
            self.play(lights.change_look(bright=BEHIND, path=0.0, run_time=0.7), fade_in(curve).set_run_time(0.7))
            self.play(lights.change_look(zoom=1.02, rate_func=linear, run_time=line.until("baby", shows=keys[0][0])))
            self.play(fade_in(keys[0][0]).set_run_time(theme.enter), walks[0].to(timid.steps, run_time=line.left))
            self.enter(keys[0][1])

        # The right one, again.
        self.beat("the right stride")
        with self.say("With the [right]right one, you saw it.") as line:
            line.reach("right", shows=keys[1][0])
            self.play(fade_in(keys[1][0]).set_run_time(theme.enter), walks[1].to(voyage.steps, run_time=line.left))
            self.enter(keys[1][1])

        # A giant leap: flat ground.
        self.beat("a giant leap")
        answers = said_by(flat)[-1]
        girls = sourced(
            sum(kind.count for kind, lives in zip(KINDS, answers > 0.5, strict=True) if lives),
            "those of whom flat says, at its end, that they live",
        )
        with self.say(
            f"And a [giant]giant leap? Far too sure: everybody dies, but for {in_words(girls)} girls. Flat ground: "
            "there it [stays]stays."
        ) as line:
            line.reach("giant", shows=keys[2][0])
            self.play(
                fade_in(keys[2][0]).set_run_time(theme.enter),
                walks[2].to(LANDED, run_time=line.until("stays"), rate_func=linear),
            )
            self.play(walks[2].to(flat.steps, run_time=line.left))
            self.enter(keys[2][1])
            self.wait(theme.breath)
        # The sea again, where the next scene begins.
        self.close(*map(fade_out, (curve, keys)), lights.change_look(bright=1.0, path=PATH, zoom=1.0))

    def _key(self, run: Trajectory, colour: str) -> VGroup:
        """A stride, and how many answers are right at its end."""
        name = swatch(f"lr {run.lr:g}", colour, theme.body, run=run)
        right = words(f"{right_of(run, said_by(run), run.steps):,} right", theme.label, theme.text)
        return VGroup(name, right.next_to(name[0].label, DOWN, buff=theme.near, aligned_edge=LEFT))
