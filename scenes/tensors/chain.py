"""Scene 6: the chain of notes, what each link kept, and a light that runs back along it to who is to blame."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, Indicate, ScaleInPlace, VGroup, there_and_back

from scenes.parts.history.history_chain import HistoryChain
from scenes.parts.question import Question
from scenes.parts.radio import Knob
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.listed import had, text_of
from scenes.stage.naming import set_names
from scenes.stage.number_sources import note_source
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors.people import backdrop
from scenes.theme import theme

#: The coefficients of the listing: see `descent_core.training.taking_notes.rewind`.
COEFFS = (0.5, -1.0, 2.0)
#: The height of the chain.
HIGH = 1.0
#: How opaque the plates are that red words stand on.
OPAQUE = 0.95


class WhatItKept(ExplainerScene):
    """mul, sum, sub, abs; and backward."""

    def construct(self) -> None:
        code, notes = self.listing("rewind"), self.listing("take-notes")
        kept, blame = had(code, "loss = "), had(code, "backward")
        names = notes.values[notes.line_of("loss = ")].split()[-2::-1]
        drawers = [text_of(code, kept[name], "loss = ") if name in kept else "" for name in names]
        knobs = [Knob(angle, radius=0.46) for angle in COEFFS]
        end = plate(words(f"{kept['Abs']:.1f}", theme.heading, theme.loss, mono=True, weight="BOLD"), opacity=1)
        chain = HistoryChain([name.lower() for name in names], drawers, knobs, end, carries=blame, y=HIGH)
        passenger = [
            chain.on_thread(index, plate(words(f"{number:.0f}", theme.body, theme.accent, mono=True), opacity=1), 0.36)
            for index, number in enumerate(kept["Mul"])
        ]

        line_number = notes.line_of("print(loss)")
        printed = note_source(notes.printed[line_number], f"printed by line {line_number + 1} of {notes.name}")
        signature = plate(words(printed, theme.body, theme.accent, mono=True))
        signature.to_corner(UP + RIGHT, buff=theme.margin)

        # Out comes a chain: what was done, in order.
        self.beat("the chain")
        with self.say(
            "Pull on that signature, and out comes a [chain]chain: everything that was done, in order. "
            "[multiply]Multiply. Add up. [subtract]Subtract. And drop any minus sign."
        ) as line:
            self.open(backdrop(self.run("lattice"), self.run("beads")), signature, *knobs)
            line.reach("chain", shows=chain)
            self.add(chain)
            self.play(chain.build(0.4, run_time=line.until("multiply")))
            self.play(chain.build(2, run_time=line.until("subtract")))
            self.play(chain.build(run_time=line.left * 0.7), fade_in(end), run_time=line.left * 0.7)
            self.leave(signature)

        # What each kept.
        self.beat("what it kept")
        links = dict(zip(names, chain.links, strict=True))
        with self.say(
            f"And each link kept what it'll need. The last one kept the [off]{kept['Abs']:.1f}. Adding up kept how "
            "[many]many there were. And multiplying kept our [passenger]passenger: one, nought, one."
        ) as line:
            for mark, name in (("off", "Abs"), ("many", "Sum"), ("passenger", "Mul")):
                line.reach(mark, shows=links[name].drawer)
                self.play(fade_in(links[name].drawer, DOWN * theme.drift), run_time=theme.enter)
            self.play(*(fade_in(number) for number in passenger), run_time=theme.enter)

        # Who is to blame?
        self.beat("who is to blame?")
        question = Question().move_to([-3.2, HIGH + 2.0, 0])
        self.ask(question, f"So. We were off by {kept['Abs']:.1f}. Which of these knobs is to blame?")

        # The light runs back.
        self.beat("rewind")
        call = plate(words("loss.backward()", theme.heading, theme.text, mono=True, weight="SEMIBOLD"))
        call.move_to([2.0, 3.0, 0])
        grades = VGroup(
            *(
                set_names(self._share(part), knob).next_to(knob, LEFT, buff=0.05)
                for part, knob in zip(blame, knobs, strict=True)
            )
        )
        with self.say(
            "Run it [back]backward. A light goes down the chain, link by [link]link. The [top]top knob had a say: "
            "it's to blame. The bottom one, too. But the [middle]middle knob met a nought. It had no say, so it gets "
            "no blame."
        ) as line:
            self.play(fade_out(question), run_time=min(theme.leave, line.until("back")))
            line.reach("back", shows=call)
            self.play(fade_in(call), chain.run_back(0.62, run_time=line.until("link")))
            self.play(chain.run_back(0.34, run_time=line.until("top") * 0.6))
            self.play(chain.run_back(run_time=line.until("top", shows=(grades[0], grades[2]))))
            self.play(fade_in(grades[0]), fade_in(grades[2]), run_time=0.5)
            line.reach("middle", shows=grades[1])
            self.play(fade_in(grades[1]), Indicate(knobs[1], scale_factor=1.12, color=theme.quiet), run_time=1.2)

        # What it is called.
        self.beat("the gradient")
        grad = plate(words("coeffs.grad", theme.body, theme.uphill, mono=True, weight="SEMIBOLD"), opacity=OPAQUE)
        grad.next_to(call, DOWN, buff=theme.near)
        with self.say(
            "Each [share]knob's share of the blame has a name: its [grad]gradient. Remember that word."
        ) as line:
            line.reach("share", shows=grades)
            self.play(ScaleInPlace(grades, 1.16, rate_func=there_and_back), run_time=1.2)
            line.reach("grad", shows=grad)
            self.enter(grad)
        self.close()

    def _share(self, part: float) -> VGroup:
        """A knob's share of the blame."""
        colour = theme.uphill if part else theme.quiet
        return plate(words(f"{part:.0f}", theme.heading, colour, mono=True, weight="BOLD"), pad=0.14, opacity=OPAQUE)
