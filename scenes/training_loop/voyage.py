"""Scene 5: the engine runs. Turn by turn the lights drift, and what the machine says of them becomes a sentence."""

from __future__ import annotations

import numpy as np
from manim import DOWN, UP, AnimationGroup, Mobject, ValueTracker, linear, rush_from

from descent_core.catalogue.passengers.rules import rule_of
from scenes.parts.machine.sentence import Sentence
from scenes.parts.progress import Progress
from scenes.parts.question import Question
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.training_loop.engine_room import engine_room
from scenes.training_loop.people import (
    PATH,
    counter,
    ends,
    everybody,
    fleet_name,
    kinds_of,
    lights_of,
    number_of,
    right_of,
    row_names,
    said_by,
)

#: The epochs at which the sentence changes for good, and of whom it then speaks: a test finds them in the run.
LAZY, FEMALE = 1, 5
FIRST_BOYS, THIRD_WOMEN, SECOND_BOYS = 26, 70, 117
#: How much dimmer those are who are not spoken of.
HUSHED = 0.85
#: How far from the line it is written what either side of it means.
NEAR = 1.5
#: How wide the sentence may be between the engine and the counter, and how high it begins.
WIDE, HIGH = 7.3, 3.4


class TheEngineRuns(ExplainerScene):
    """From a coin's answers to a sentence with three clauses, in two hundred turns."""

    def construct(self) -> None:
        run = self.run("voyage")
        said = said_by(run)
        progress, turns = Progress(run), ValueTracker(0)
        lights = lights_of(lambda: progress.between(said), divided=True)
        lights.set_look(path=PATH, zoom=0.97)
        room = engine_room(progress, turns.get_value)
        right = counter(progress, said).move_to([5.25, 2.75, 0])
        sentence = Sentence(self._rule(said, 0), UP * HIGH, width=WIDE)
        sides, rows = ends(lights), row_names(lights)
        # Over the far end of the line, each on its side of it: at the edge the rows have their names.
        for side, x in zip(sides, (-NEAR, NEAR), strict=True):
            side.move_to([x, side.get_y() + 0.3, 0])

        # Knobs at random: a coin would do as well.
        self.beat("a coin")
        with self.say(
            "Knobs at random. Left, the machine says [dies]this one dies; right, this one [lives]lives."
        ) as line:
            self.open(lights, room, rows)
            line.reach("dies", shows=sides[0])
            self.enter(sides[0])
            line.reach("lives", shows=sides[1])
            self.enter(sides[1])
        with self.say(
            f"It's a [jumble]jumble. [right]{right_of(run, said, 0):,} right, of {everybody():,}: as good as a coin."
        ) as line:
            line.reach("jumble", shows=list(sentence))
            self.enter(sentence)
            line.reach("right", shows=right)
            self.enter(right)

        # One turn: the laziest rule there is.
        self.beat("the first thing it says")
        question = Question().move_to([0, 0.1, 0])
        self.ask(question, "One turn of the engine. What's the first thing it'll say?")
        self.leave(question)
        self._turn(progress, turns, LAZY, 1.0)
        with self.say(
            f"Everybody dies. It's the laziest rule there is, and it's right {right_of(run, said, LAZY):,} times."
        ) as line:
            self._say(sentence, said, LAZY)
            self.play(lights.change_look(zoom=0.98, rate_func=linear, run_time=line.left))

        # Four more turns.
        self.beat("women and girls")
        with self.say("Again. And again. Watch the [gold]gold.") as line:
            self._turn(progress, turns, 2, min(1.1, line.until("gold", shows=lights)))
            self._say(sentence, said, 2, 0.4)
            self.play(lights.drift(line.until("gold", shows=lights)))
            self._turn(progress, turns, 3, 1.2, lights.drift(1.2))
            self._say(sentence, said, 3, 0.4)
        self._turn(progress, turns, FEMALE, 1.3)
        with self.say("[women]Women and girls live. [men]Men and boys die. Nobody wrote that rule.") as line:
            line.reach("women", shows=lights)
            lights.speak_of(*kinds_of("female"))
            self.play(sentence.change(self._rule(said, FEMALE), 0.6), lights.change_look(hush=HUSHED, run_time=0.4))
            self.play(lights.change_look(hush=0.0, run_time=line.until("men", shows=lights)))
            lights.speak_of(*kinds_of("male"))
            self.play(lights.change_look(hush=HUSHED, run_time=0.4))
            self.play(lights.change_look(hush=0.0, zoom=0.99, run_time=line.left))

        # A clause for each group that crosses the line.
        self.beat("a clause at a time")
        boys, women, others = (
            fleet_name(lights, number_of(people, travels), side=side)
            for people, travels, side in (("boys", "1st", DOWN), ("women", "3rd", UP), ("boys", "2nd", DOWN))
        )
        first, back, second = (
            sourced(
                constant(
                    row,
                    "where the sentence becomes another",
                    holds=lambda row: self._rule(said, row) != self._rule(said, row - 1),
                ),
                f"the row of {run.label} at which the sentence changes",
            )
            for row in (FIRST_BOYS, THIRD_WOMEN, SECOND_BOYS)
        )
        with self.say(f"After {first} turns, the [boys]boys of first class cross the line.") as line:
            self._turn(progress, turns, FIRST_BOYS - 2, line.until("boys", shows=boys))
            self._turn(progress, turns, FIRST_BOYS, 0.9, self._named(boys))
            self._say(sentence, said, FIRST_BOYS)
        with self.say(f"After {back}, the [women]women of third class slip back, by a hair.") as line:
            self._turn(progress, turns, THIRD_WOMEN - 2, line.until("women", shows=women))
            self._turn(progress, turns, THIRD_WOMEN, 0.9, self._named(women, boys))
            self._say(sentence, said, THIRD_WOMEN)
        with self.say(f"After {second}, the [others]boys of second class follow.") as line:
            self._turn(progress, turns, SECOND_BOYS - 2, line.until("others", shows=others))
            self._turn(progress, turns, SECOND_BOYS, 0.9, self._named(others, women))
            self._say(sentence, said, SECOND_BOYS)
        with self.say(
            "A machine that only turns knobs has written a sentence, one clause at a time. "
            f"It's right about {right_of(run, said, run.steps):,}."
        ) as line:
            self._turn(
                progress,
                turns,
                run.steps,
                line.left,
                fade_out(others).set_run_time(0.6),
                lights.change_look(zoom=1.0, rate_func=linear, run_time=line.left),
            )
        # On the same sea the next scene begins.
        self.close(*map(fade_out, (room, right, sentence, sides, rows)))

    def _turn(self, progress: Progress, turns: ValueTracker, row: int, run_time: float, *meanwhile: object) -> None:
        """Play: on to a row. The crank turns once an epoch, as long as an eye can follow that."""
        epochs = row - progress.row
        goes = epochs if epochs <= 3 * run_time else round(2 * run_time)
        self.play(
            progress.to(row, run_time=run_time, rate_func=linear if epochs > 3 else rush_from),
            turns.animate(run_time=run_time, rate_func=linear).set_value(turns.get_value() + goes),
            *meanwhile,
        )

    def _named(self, name: Mobject, before: Mobject | None = None) -> AnimationGroup:
        """A name comes to the lights that are spoken of, and that of those before goes."""
        gone = [] if before is None else [fade_out(before)]
        return AnimationGroup(fade_in(name), *gone, run_time=0.6)

    def _say(self, sentence: Sentence, said: np.ndarray, row: int, run_time: float = 0.6) -> None:
        """Play: the sentence becomes what the machine's answers at that row amount to."""
        self.play(sentence.change(self._rule(said, row), run_time))

    def _rule(self, said: np.ndarray, row: int) -> tuple[str, ...]:
        rule = rule_of(said[row])
        return (rule.plain, *rule.clauses)
