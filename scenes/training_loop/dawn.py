"""Scene 9: ten thousand turns change nothing; the series in five cards; and the sea at dawn."""

from __future__ import annotations

from manim import UP, ValueTracker, linear

from descent_core.catalogue.passengers.manifest import COLUMNS
from scenes.outline import OUTLINES
from scenes.parts.clock import Clock
from scenes.parts.machine.key import Key
from scenes.parts.machine.loop_cards import strokes
from scenes.parts.panels.series_cards import series_cards
from scenes.parts.progress import Progress
from scenes.parts.question import Question
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import theme
from scenes.training_loop import PART
from scenes.training_loop.a_light_each import YEAR
from scenes.training_loop.engine_room import engine_room
from scenes.training_loop.people import PATH, counter, lights_of, said_by

#: How high the key is, in the morning's sky.
SKY = 2.1
#: Seconds to think about a question that needs little.
SHORT = 1.3


class TheKeyIsYours(ExplainerScene):
    """More turns don't make it wiser. What the five films said; and then the day comes."""

    def construct(self) -> None:
        run = self.run("voyage-10000")
        said = said_by(run)
        short = self.run("voyage").steps
        progress, turns = Progress(run, short), ValueTracker(0)
        lights = lights_of(lambda: progress.between(said), divided=True)
        lights.set_look(path=PATH, zoom=1.0)
        room = engine_room(progress, turns.get_value)
        right = counter(progress, said).move_to([5.25, 2.75, 0])

        # Would more turns make it wiser?
        nine = constant(run.dimensions, "how many knobs it has", equals=len(COLUMNS))
        self.beat("ten thousand turns")
        question = Question().move_to([0, 0.4, 0])
        self.open(lights, room, right)
        self.ask(
            question,
            f"And if our {in_words(nine)} knobs run on? {run.steps:,} turns?",
            turns.animate(rate_func=linear).set_value(4.0),
            think=SHORT,
        )
        self.leave(question)
        with self.say("The same answers, every [one]one. It learns no names by heart: there are none.") as line:
            until = line.until("one")
            self.play(
                progress.to(run.steps, run_time=until, rate_func=linear),
                turns.animate(run_time=until, rate_func=linear).set_value(4.0 + round(2.5 * until)),
            )
            self.play(
                turns.animate(rate_func=_running_out).set_value(round(4.0 + 2.5 * until) + 2.0), run_time=line.left
            )
        year = constant(YEAR, "the year of the report")
        with self.say(f"And it knows one night, in {year}. Not the next [ship]ship.") as line:
            self.play(lights.change_look(zoom=1.03, rate_func=linear, run_time=line.until("ship", shows=lights)))
            self.play(*(fade_out(thing) for thing in (room, right)), lights.change_look(path=0.0, run_time=0.8))

        # The whole series, in five cards.
        self.beat("five films")
        self.add(clock := Clock())
        row = series_cards(OUTLINES, PART.slug, clock).move_to(UP * centre_above_captions())
        dim = Curtain(theme.dim)
        films = constant(len(OUTLINES), "how many films the series has", equals=PART.number)
        with self.say(
            f"So that's all of it, in {in_words(films)} cards. [tensors]Tensors: numbers that remember. A [loss]loss: "
            "one number that says how far off you are. [knobs]Weights and biases, to turn. A [gradient]gradient, "
            "that says which way. And a [loop]loop: over and over."
        ) as line:
            # The sea alone for as long as no card is named.
            until = line.until("tensors", shows=row[0])
            self.play(lights.change_look(zoom=1.04, rate_func=linear, run_time=until))
            self.freeze(lights)
            self.play(fade_in(dim), fade_in(row[0], UP * theme.drift), run_time=0.5)
            for mark, card in zip(("loss", "knobs", "gradient", "loop"), row[1:], strict=True):
                line.reach(mark, shows=card)
                self.enter(card, run_time=0.5)

        # Dawn: the lights are still there, and it gets light.
        self.beat("dawn")
        four = constant(len(strokes()), "the strokes of the loop", equals=4)
        key = Key(size=1.2).move_to([0, SKY, 0])
        with self.say(
            f"No magic. {in_words(four).capitalize()} strokes, and a lot of turns. Now the [key]key is yours."
        ) as line:
            self.unfreeze()
            self.play(
                *(fade_out(card) for card in row),
                fade_out(dim),
                lights.change_look(dawn=0.25, run_time=1.2),
                run_time=1.2,
            )
            self.remove(clock)
            until = line.until("key", shows=key)
            self.play(lights.change_look(dawn=0.6, zoom=1.0, run_time=until, rate_func=linear))
            self.play(
                fade_in(key, UP * theme.drift).set_run_time(theme.enter),
                lights.change_look(dawn=0.8, run_time=line.left, rate_func=linear),
            )
        with self.say("Thanks for coming all this way. I'd love to hear what you build.") as line:
            self.play(lights.change_look(dawn=1.0, y=1.3, bright=0.8, run_time=line.left + 0.6, rate_func=linear))
        self.close()


def _running_out(fraction: float) -> float:
    """How far a crank has turned that runs out."""
    return float(1 - (1 - fraction) ** 2)
