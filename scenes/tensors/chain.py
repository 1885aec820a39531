"""Scene 6: the chain of notes, what each link kept, and a light that runs back along it to who is to blame."""

from __future__ import annotations

from functools import partial

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Create,
    ScaleInPlace,
    Text,
    ValueTracker,
    VGroup,
    linear,
    there_and_back,
)

from scenes.parts.history.history_chain import HistoryChain
from scenes.parts.question import Question
from scenes.parts.radio import Knob
from scenes.parts.words import plate, set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.listed import had, text_of
from scenes.stage.naming import set_around, set_names
from scenes.stage.number_sources import note_source
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors.people import asked_names, backdrop
from scenes.theme import theme

#: The coefficients of the listing: see `descent_core.training.taking_notes.rewind`.
COEFFS = (0.5, -1.0, 2.0)
#: What each operation is in plain words.
PLAIN = ("multiply", "add up", "subtract", "drop the minus")
#: The height of the chain, and how far above its middle the plain words stand.
HIGH, ABOVE = 1.0, 0.72
#: The height at which the gradient gets its name.
NAME = -1.75
#: How opaque the plates are that red words stand on.
OPAQUE = 0.95


class WhatItKept(ExplainerScene):
    """mul, sum, sub, abs; and backward."""

    def construct(self) -> None:
        code, notes, nudged = self.listing("rewind"), self.listing("take-notes"), self.listing("nudged")
        kept, blame = had(code, "loss = "), had(code, "backward")
        nudge, still, turned = (had(nudged, f"{name} = ") for name in ("nudge", "still", "turned"))
        names = notes.values[notes.line_of("loss = ")].split()[-2::-1]
        drawers = [text_of(code, kept[name], "loss = ") if name in kept else "" for name in names]
        # Of how many there were torch keeps the shape, (3,): its number says it.
        (many,) = kept["Sum"]
        drawers[names.index("Sum")] = text_of(code, many, "loss = ")
        turns = [ValueTracker(0) for _ in COEFFS]
        knobs = [Knob(partial(_turned, angle, turn), radius=0.46) for angle, turn in zip(COEFFS, turns, strict=True)]
        end = self._miss(kept["Abs"])
        chain = HistoryChain([name.lower() for name in names], drawers, knobs, end, carries=blame, y=HIGH)
        plain = [
            set_on_baseline(
                set_names(words(text, theme.small, theme.quiet), link).match_x(link.box), text, HIGH + ABOVE
            )
            for text, link in zip(PLAIN, chain.links, strict=True)
        ]
        passenger = [
            chain.on_thread(
                index, plate(words(f"{number:.0f}", theme.body, theme.accent, mono=True), pad=0.1, opacity=1), 0.36
            )
            for index, number in enumerate(kept["Mul"])
        ]
        asked = _questions(knobs)

        line_number = notes.line_of("print(loss)")
        printed = note_source(notes.printed[line_number], f"printed by line {line_number + 1} of {notes.name}")
        typed = words(printed, theme.body, theme.accent, mono=True)
        signature = plate(typed).to_corner(UP + RIGHT, buff=theme.margin)

        # Out comes a chain: what was done, the last first.
        self.beat("the chain")
        with self.say(
            "Pull on that signature, and out comes a [chain]chain: everything that was done, last thing first. "
            "[minus]Drop any minus sign. [subtract]Subtract. [add]Add up. [multiply]Multiply."
        ) as line:
            self.open(backdrop(self.run("lattice"), self.run("beads")), signature, *knobs)
            line.reach("chain", shows=chain)
            self.add(chain)
            signed = typed[typed.original_text.index("Abs") :][: len("AbsBackward0")].copy()
            self.add(signed)
            self.play(
                signed.animate(rate_func=theme.ease).move_to(chain.links[-1]).scale(0.4).set_opacity(0),
                chain.build(1, run_time=1.2),
                fade_in(end),
                run_time=1.2,
            )
            self.remove(signed)
            for count, (mark, word) in enumerate(
                zip(("minus", "subtract", "add", "multiply"), reversed(plain), strict=True), start=1
            ):
                line.reach(mark, shows=word)
                self.play(fade_in(word), chain.build(count, run_time=0.5), run_time=0.5)
            self.leave(signature)

        # What each kept.
        self.beat("what it kept")
        links = dict(zip(names, chain.links, strict=True))
        with self.say(
            f"Each link kept what it'll need: the last one, the [off]{kept['Abs']:.1f}. Adding up, how [many]many "
            "there were. Multiplying, our [passenger]passenger: [female]female, one; [child]child, nought; "
            "[class]third class, one."
        ) as line:
            for mark, name in (("off", "Abs"), ("many", "Sum"), ("passenger", "Mul")):
                line.reach(mark, shows=links[name].drawer)
                self.play(fade_in(links[name].drawer, DOWN * theme.drift), run_time=theme.leave)
            for mark, question, number in zip(("female", "child", "class"), asked, passenger, strict=True):
                line.reach(mark, shows=(question, number))
                self.play(fade_in(question), fade_in(number), run_time=theme.leave)

        # Who is to blame?
        self.beat("who is to blame?")
        question = Question().move_to([-2.2, HIGH + 2.0, 0])
        self.ask(question, f"We were off by {kept['Abs']:.1f}. Which of these knobs is to blame?")

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
            "Run it [back]backward. A light goes back, link by link. The [top]top knob had a say: it's to "
            "blame. The [bottom]bottom knob, too. But the [middle]middle knob met a nought: no say, no blame."
        ) as line:
            self.play(fade_out(question), run_time=min(theme.leave, line.until("back")))
            line.reach("back", shows=call)
            until = line.until("top", shows=grades[0])
            self.play(
                fade_in(call).set_run_time(theme.enter),
                chain.run_back(run_time=until, rate_func=linear),
            )
            for mark, grade in (("top", grades[0]), ("bottom", grades[2])):
                line.reach(mark, shows=grade)
                self.play(fade_in(grade), run_time=0.5)
            line.reach("middle", shows=grades[1])
            self.play(fade_in(grades[1]), ScaleInPlace(knobs[1], 1.12, rate_func=there_and_back), run_time=1.2)

        # What the numbers mean, and what they are called: nudge a knob, and see how much the miss moves.
        self.beat("the gradient")
        name = words("gradient", 64, theme.uphill, weight="BOLD")
        code_name = words("coeffs.grad", theme.body, theme.uphill, mono=True, weight="SEMIBOLD")
        code_name.next_to(name, RIGHT, buff=theme.room)
        set_on_baseline(code_name, "coeffs.grad", name[1].get_bottom()[1])
        called = plate(VGroup(name, code_name), opacity=OPAQUE).move_to([0, NAME, 0])
        called.to_edge(LEFT, buff=theme.margin - theme.gap)
        more = words(f"{nudge:+.1f}", theme.label, theme.weight, mono=True, weight="BOLD")
        more.next_to(asked[0], RIGHT, buff=theme.gap)
        other = set_around(Circle(radius=0.46, color=theme.accent, stroke_width=5).move_to(knobs[1].rim), knobs[1].rim)
        missed = [self._miss(miss).move_to(end) for miss in turned]
        with self.say(
            f"Nudge the top knob by [nudge]{nudge:.1f}, and the miss goes from {still:.1f} to "
            f"[rises]{turned[0]:.1f}: just as far. The [middle]middle knob? Still [other]{turned[1]:.1f}. How much the "
            "miss moves with a [knob]knob: that's its [grad]gradient. Remember that word."
        ) as line:
            line.reach("nudge", shows=more)
            self.play(
                fade_in(more).set_run_time(theme.leave),
                turns[0].animate(run_time=line.until("rises", shows=missed[0])).set_value(nudge),
            )
            self.play(fade_out(end), fade_in(missed[0]), run_time=theme.leave)
            # The top knob goes back before the middle one is turned: whose miss it is must be seen.
            self.wait(max(line.until("middle") - theme.leave, theme.leave))
            self.play(
                turns[0].animate.set_value(0.0),
                *(fade_out(thing) for thing in (missed[0], more)),
                run_time=theme.leave,
            )
            line.reach("middle", shows=other)
            self.play(
                Create(other, run_time=theme.leave),
                turns[1].animate(run_time=line.until("other", shows=missed[1])).set_value(nudge),
            )
            self.play(fade_in(missed[1]), run_time=theme.leave)
            line.reach("knob", shows=grades)
            self.play(
                ScaleInPlace(grades, 1.16, rate_func=there_and_back),
                turns[1].animate.set_value(0),
                fade_out(other),
                run_time=1.0,
            )
            line.reach("grad", shows=called)
            self.enter(called)
        self.close()

    def _miss(self, miss: float) -> VGroup:
        """How far off we were."""
        return plate(words(f"{miss:.1f}", theme.heading, theme.loss, mono=True, weight="BOLD"), opacity=1)

    def _share(self, part: float) -> VGroup:
        """A knob's share of the blame."""
        colour = theme.uphill if part else theme.quiet
        return plate(words(f"{part:.0f}", theme.heading, colour, mono=True, weight="BOLD"), pad=0.14, opacity=OPAQUE)


def _turned(angle: float, turn: ValueTracker) -> float:
    """Where a knob stands that is nudged by hand."""
    return angle + turn.get_value()


def _questions(knobs: list[Knob]) -> list[Text]:
    """What the passenger's three numbers answer, each where its knob's thread begins, and out of its way."""
    return [
        set_names(words(name, theme.small, theme.text), knob)
        .next_to(knob, RIGHT, buff=theme.near)
        .shift(UP * (0.28, 0.42, -0.28)[place])
        for place, (name, knob) in enumerate(zip(asked_names(), knobs, strict=True))
    ]
