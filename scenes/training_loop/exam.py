"""Scene 6: every fifth light had been covered from the start; now they are uncovered, and the machine is examined."""

from __future__ import annotations

from manim import DOWN, UP, VGroup, linear

from descent_core.catalogue.passengers.manifest import KINDS, manifest
from scenes.parts.progress import Progress
from scenes.parts.question import Question
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme
from scenes.training_loop.people import PATH, ends, held_out_people, lights_of, right_of, said_by


class PeopleItNeverSaw(ExplainerScene):
    """348 right of 440 people that it never learnt from."""

    def construct(self) -> None:
        run = self.run("voyage")
        said = said_by(run)
        progress = Progress(run, run.steps)
        lights = lights_of(lambda: progress.between(said))
        lights.set_look(path=PATH)
        sides = ends(lights)
        held = manifest().held_out

        # Learnt, or learnt by heart?
        self.beat("learnt by heart?")
        question = Question().move_to([0, 0.1, 0])
        self.open(lights, sides)
        self.ask(question, "But has it learnt something? Or did it just learn the list by heart?")
        self.leave(question)

        # Every fifth person was covered all along.
        self.beat("every fifth")
        count = held_out_people()
        label = words(f"{count} people that it never saw", theme.body, theme.text, weight="SEMIBOLD")
        label.to_edge(UP, buff=theme.margin)
        with self.say(
            f"Before we started, we [covered]covered every fifth light. {count} people. It never saw what became of them."
        ) as line:
            self.play(lights.change_look(zoom=1.02, run_time=line.until("covered", shows=lights), rate_func=linear))
            self.play(lights.change_look(veil=1.0, run_time=1.4), fade_in(label).set_run_time(theme.enter))
            self.play(lights.change_look(others=0.12, run_time=1.4))

        # The exam.
        self.beat("the exam")
        right = right_of(run, said, run.steps, held_out=True)
        score = words(f"{right} right, of {count}", theme.heading, theme.text, weight="BOLD")
        score.to_edge(UP, buff=theme.margin)
        with self.say(f"Now we [lift]lift the covers. {right} [right]right, of {count}.") as line:
            line.reach("lift", shows=lights)
            self.play(lights.change_look(veil=0.0, run_time=1.2))
            line.reach("right", shows=score)
            self.play(fade_out(label), fade_in(score), run_time=theme.enter)
        women = sum(int(manifest().fates[k] == (KINDS[manifest().kinds[k]].sex == "female")) for k in held.nonzero()[0])
        nobody = int((manifest().fates[held] == 0).sum())
        coin = right_of(run, said, 0, held_out=True)
        rows = VGroup(
            self._row("a coin's answers", f"{coin}"),
            self._row("everybody dies", f"{sourced(nobody, 'right answers of everybody dies about those held out')}"),
            self._row("women and girls live", f"{sourced(women, 'right answers of women live about those held out')}"),
        ).arrange(DOWN, buff=theme.near)
        rows.next_to(score, DOWN, buff=theme.gap)
        with self.say(
            f"A coin gets [coin]{coin}. 'Everybody dies' gets [nobody]{sourced(nobody, 'right answers of everybody dies about those held out')}. "
            f"'Women live' gets [women]{sourced(women, 'right answers of women live about those held out')}. "
            "So it did learn something. Not names: a [pattern]pattern."
        ) as line:
            for mark, row in zip(("coin", "nobody", "women"), rows, strict=True):
                line.reach(mark, shows=row)
                self.enter(row, run_time=0.4)
            self.play(lights.change_look(zoom=1.06, run_time=line.until("pattern", shows=lights), rate_func=linear))
            self.play(lights.change_look(others=1.0, run_time=1.2))
        self.close()

    def _row(self, text: str, number: str) -> VGroup:
        """A rule, and how many it is right about."""
        name = words(text, theme.label, theme.quiet).move_to([-0.4, 0, 0])
        name.align_to([1.2, 0, 0], [1, 0, 0])
        return VGroup(name, words(number, theme.label, theme.text, weight="SEMIBOLD").move_to([1.9, 0, 0]))
