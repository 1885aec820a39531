"""Scene 8: a compass for every knob, and in one, two, five steps a mountain and a moon come out of the snow."""

from __future__ import annotations

from manim import UP, Animation, FadeIn, linear, rush_from

from scenes.knobs import PART
from scenes.knobs.wall import BESIDE_SCORE, FILLING, LIT, OVER_CAPTIONS, turning
from scenes.outline import outline
from scenes.parts.dials.compass import Compass
from scenes.parts.dusk.lit_knob_wall import LitKnobWall
from scenes.parts.far_light import FarLight
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.progress import Progress
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in
from scenes.theme import theme

#: Middle of what stands beside the wall, in scene units.
ASIDE = 5.55
#: The rows that are counted.
STOPS = (1, 2, 3, 4, 5)
#: Seconds of a step, and in which it is looked at with its score beside it.
STEP, LOOKED_AT = 1.1, 1.7


class HiddenPicture(ExplainerScene):
    """What a thousand knobs hide is a picture, and following the slope brings it out."""

    def construct(self) -> None:
        run = self.run("wall")
        progress = Progress(run)
        wall = LitKnobWall(turning(progress))
        wall.set_look(**FILLING)
        score = Scorecard(lambda: f"{run.losses[progress.row]:.0f}", theme.loss, width=2.35).scale(0.92)
        score.move_to([ASIDE, 2.6, 0])
        compass = Compass(lambda: run.slopes[progress.row, :2], radius=0.9).move_to([ASIDE, 0.5, 0])

        # A compass, and the same wall from the same start.
        self.beat("a compass")
        with self.say(
            "So what if we had a [compass]compass? Something that tells every knob which way to turn, every time. "
            "Same wall. Same [snow]snow."
        ) as line:
            self.receive(run, lambda: progress.row)
            self.open(wall)
            self.play(wall.change_look(**BESIDE_SCORE, run_time=line.until("compass", shows=compass)))
            self.play(FadeIn(compass), run_time=theme.leave)
            self.play(wall.change_look(pitch=0.256, rate_func=linear, run_time=line.until("snow", shows=score)))
            self.enter(score)

        # One step, two, five: it comes out of the snow.
        self.beat("one, two, five")
        one, two, three, four, five = (in_words(sourced(row, f"the row of {run.label} that is shown")) for row in STOPS)
        said = (
            f"[go]{one.capitalize()} step.",
            f"[go]{two.capitalize()}.",
            f"{three.capitalize()}, {four}, [go]{five}.",
        )
        for row, text in zip((1, 2, 5), said, strict=True):
            with self.say(text) as line:
                if row - progress.row > 1:
                    self.play(progress.to(row - 1, run_time=line.until("go", shows=wall)))
                else:
                    line.reach("go", shows=wall)
                self.play(progress.to(row, run_time=STEP, rate_func=rush_from), self._nearer(wall, STEP))
            # Its score stands beside it for as long as it is looked at.
            self.play(self._nearer(wall, LOOKED_AT))

        # All of it.
        self.beat("a mountain and a moon")
        self.leave(score, compass)
        with self.say("A few more, and there's a [mountain]mountain. And a moon.") as line:
            line.reach("mountain", shows=wall)
            self.play(
                wall.change_look(**FILLING, run_time=3.0), progress.to(run.steps, run_time=3.0, rate_func=rush_from)
            )
            self.play(wall.change_look(pitch=0.304, rate_func=linear, run_time=0.8))
        with self.say(
            "They'd been there all along, hidden in the numbers. And look: somebody's left a [light]light on."
        ) as line:
            until = line.until("light")
            self.play(wall.change_look(**OVER_CAPTIONS, run_time=until))
            light = FarLight(wall, wall.place(*LIT), size=0.06, bright=0.0)
            self.add(light)
            self.play(light.become_lamp(0.5, 0.5, 1.0, run_time=0.7))

        # Who tells them? Fog rolls over the mountain, and one light is left.
        self.beat("into the fog")
        with self.say(
            f"But who tells a {in_words(run.dimensions)} knobs, all at once, which way to turn? To find out, we'll "
            "have to go into the [fog]fog."
        ) as line:
            until = line.until("fog")
            self.play(wall.change_look(fog=0.3, drift=2.6, rate_func=linear, run_time=until))
            self.play(wall.change_look(fog=0.66, drift=5.0, rate_func=linear, run_time=3.2))
        following = constant(outline("gradient").number, "its place in the series", equals=PART.number + 1)
        title = words(outline("gradient").title, theme.display * 0.9, weight="BOLD")
        number = words(f"next: part {following}", theme.body, theme.text)
        title.set_y(centre_above_captions())
        number.next_to(title, UP, buff=theme.room)
        with self.say(f"That's next, in part {in_words(following)}: the [gradient]gradient.") as line:
            self.play(
                wall.change_look(fog=1.0, drift=7.2, rate_func=linear, run_time=line.until("gradient", shows=title))
            )
            self.play(fade_in(title), fade_in(number), wall.change_look(drift=9.0, rate_func=linear, run_time=2.2))
        self.close()

    def _nearer(self, wall: LitKnobWall, seconds: float) -> Animation:
        """Animate: the eye goes on toward the wall, as slowly as ever."""
        return wall.change_look(pitch=wall.look.pitch + 0.0008 * seconds, rate_func=linear, run_time=seconds)
