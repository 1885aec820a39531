"""Scene 8: a compass for every knob, and in one, two, five steps a mountain and a moon come out of the snow."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, ValueTracker, linear

from scenes.knobs import PART
from scenes.knobs.wall import ABOVE, FILLING, WINDOW, turning
from scenes.outline import outline
from scenes.parts.far_light import FarLight
from scenes.parts.lit_knob_wall import LitKnobWall
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.progress import Progress
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: The rows that are stopped at, each with its mark.
STOPS = ((1, "one"), (2, "two"), (5, "five"))


class HiddenPicture(ExplainerScene):
    """What a thousand knobs hide is a picture, and following the slope brings it out."""

    def construct(self) -> None:
        run = self.run("wall")
        progress = Progress(run)
        wall = LitKnobWall(turning(progress))
        wall.set_look(**ABOVE)
        score = Scorecard(lambda: f"{run.losses[progress.row]:.1f}", theme.loss, width=2.35).scale(0.86)
        score.to_corner(DOWN + RIGHT, buff=theme.margin)

        # The same wall, from the same start.
        self.beat("a compass")
        with self.say(
            "What if we had a [compass]compass? Something that tells every single knob which way to turn. "
            "Same wall. Same start."
        ) as line:
            self.open(wall, score)
            self.play(wall.change_look(pitch=0.258, rate_func=linear, run_time=line.left))

        # One step, two, five: it comes out of the snow.
        self.beat("one, two, five")
        for (row, mark), text in zip(
            STOPS, ("[one]One step.", "[two]Two.", "Three, four, [five]five."), strict=True
        ):
            with self.say(text) as line:
                self._walk(line, mark, row, progress, wall)
        self.close()

    def _walk(self, line, mark, row, progress, wall) -> None:
        line.reach(mark)
        self.play(progress.to(row, run_time=1.8))
