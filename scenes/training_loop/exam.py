"""Scene 7: every fifth light had been covered from the start; now they are uncovered, and the machine is examined."""

from __future__ import annotations

import numpy as np
from manim import DOWN, RIGHT, UP, VGroup, linear

from descent_core.catalogue.passengers.manifest import KINDS, manifest
from scenes.parts.progress import Progress
from scenes.parts.question import Question
from scenes.parts.words import set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import TracedInt, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme
from scenes.training_loop.people import PATH, ends, held_out_people, lights_of, right_of, said_by

#: How bright those are in the exam that it learnt from, and those that it never saw, as parts of what they were.
OTHERS, LIT = 0.025, 1.7
#: How far apart the rows of the exam are, in scene units.
PITCH = 0.5


class PeopleItNeverSaw(ExplainerScene):
    """348 right of 440 people that it never learnt from."""

    def construct(self) -> None:
        run = self.run("voyage")
        said = said_by(run)
        progress = Progress(run, run.steps)
        lights = lights_of(lambda: progress.between(said), divided=True)
        lights.set_look(path=PATH)
        sides = ends(lights)
        held = manifest().held_out

        # Learnt, or learnt by heart?
        self.beat("learnt by heart?")
        question = Question().move_to([0, 0.1, 0])
        self.add(lights)
        self.enter(sides)
        self.ask(question, "But has it learnt something? Or did it just learn the list by heart?", think=1.4)
        self.leave(question)

        # Every fifth person was covered all along.
        self.beat("every fifth")
        count = held_out_people()
        label = words(f"{count} people that it never saw", theme.body, theme.text, weight="SEMIBOLD")
        label.to_edge(UP, buff=theme.margin)
        with self.say(
            f"You've seen every light. It hasn't: every fifth was [covered]covered, from the start. [count]{count} "
            "people."
        ) as line:
            self.play(lights.change_look(zoom=1.02, run_time=line.until("covered"), rate_func=linear))
            self.play(lights.change_look(veil=1.0, run_time=line.until("count", shows=label)))
            self.play(
                fade_in(label).set_run_time(theme.enter), lights.change_look(others=OTHERS, bright=LIT, run_time=1.4)
            )

        # The exam.
        self.beat("the exam")
        right = right_of(run, said, run.steps, held_out=True)
        score = words(f"{right} right, of {count}", theme.heading, theme.text, weight="BOLD").move_to([-3.3, 2.75, 0])
        coin, nobody, women = (
            f"{number}" for number in (right_of(run, said, 0, held_out=True), *self._plain_rules(held))
        )
        rows = VGroup(
            self._row("a coin's answers", coin),
            self._row("everybody dies", nobody),
            self._row("women and girls live", women),
        ).arrange(DOWN, buff=theme.gap * 0.8, aligned_edge=RIGHT)
        rows.move_to([3.1, 2.75, 0])
        for down, row in enumerate(rows):  # by their baselines: some have descenders, some have none
            for piece in row:
                set_on_baseline(piece, piece.text, 2.75 - 0.1 + (1 - down) * PITCH)
        with self.say(f"Now we [lift]lift the covers. {right} [right]right, of {count}.") as line:
            line.reach("lift")
            self.play(fade_out(label).set_run_time(theme.leave), lights.change_look(veil=0.0, run_time=1.2))
            line.reach("right", shows=score)
            self.enter(score)
        coin, nobody, women = (
            f"{number}" for number in (right_of(run, said, 0, held_out=True), *self._plain_rules(held))
        )
        gain = sourced(int(right) - int(women), "the right answers of voyage about those held out, less that rule's")
        with self.say(
            f"A coin gets [coin]{coin}. 'Everybody dies' gets [nobody]{nobody}. 'Women live' gets [women]{women}. "
            f"That's only {in_words(gain)} fewer. But it did learn something. Not names: a [pattern]pattern, that "
            "holds for others of the same kinds."
        ) as line:
            for mark, row in zip(("coin", "nobody", "women"), rows, strict=True):
                line.reach(mark, shows=row)
                self.enter(row, run_time=0.4)
            self.play(lights.change_look(zoom=1.05, run_time=line.until("pattern"), rate_func=linear))
            self.play(lights.change_look(others=1.0, bright=1.0, run_time=1.2))
        # On the same sea the next scene begins.
        self.close(*map(fade_out, (score, rows, sides)), lights.change_look(zoom=1.0))

    def _plain_rules(self, held: np.ndarray) -> tuple[TracedInt, TracedInt]:
        """How many of those held out two plain rules are right about: everybody dies, and women and girls live."""
        lost = manifest().fates[held] == 0
        female = np.array([kind.sex == "female" for kind in KINDS])[manifest().kinds[held]]
        return (
            sourced(int(lost.sum()), "those held out about whom 'everybody dies' is right"),
            sourced(int((lost != female).sum()), "those held out about whom 'women and girls live' is right"),
        )

    def _row(self, text: str, number: str) -> VGroup:
        """A rule, and how many it is right about."""
        name = words(text, theme.label, theme.quiet)
        return VGroup(name, words(number, theme.label, theme.text, weight="SEMIBOLD", mono=True)).arrange(
            RIGHT, buff=0.5
        )
