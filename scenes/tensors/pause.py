"""Scene 8: whoever turns a knob while the tape runs is stopped, or hears his own echo; so the tape is paused."""

from __future__ import annotations

from math import pi, sin

from manim import DOWN, LEFT, RIGHT, UP, Circle, FadeIn, RoundedRectangle, ValueTracker, VGroup

from scenes.parts.history.tape import Tape
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.radio import Knob
from scenes.parts.words import plate, set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.listed import printed_numbers
from scenes.stage.naming import set_amount, set_around, tells
from scenes.stage.number_sources import in_words
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors.people import backdrop
from scenes.theme import theme

#: Where the tape stands.
LEFT_SIDE = -4.62
#: Where the stacks of notes stand: the first, and how far apart they are, and how high a note is.
FIRST, APART, NOTE, FLOOR = 0.2, 1.6, 0.34, -1.15

#: The first coefficient of the listing, which the knob stands for, and how far it is turned; how many radians a
#: coefficient of 1 turns the knob, and how much of the turn it gives where it is jammed.
COEFF, STEP, GAIN, PLAY = 0.5, 0.1, 4.0, 0.35


class PauseTheTape(ExplainerScene):
    """torch.no_grad()."""

    def construct(self) -> None:
        stopped, paused, grows = (
            self.listing(label) for label in ("turn-while-recording", "turn-while-paused", "growing-history")
        )
        recorded, still = (printed_numbers(grows, text) for text in ("print(*recorded)", "print(*paused)"))
        tape = Tape(width=3.4).move_to([LEFT_SIDE, 0.9, 0])

        # It records whatever is done; and lets nobody turn a knob meanwhile.
        self.beat("the tape runs")
        hand = ValueTracker(0)
        knob = Knob(lambda: GAIN * (COEFF - STEP * hand.get_value()), radius=0.62).move_to([LEFT_SIDE, -1.5, 0])
        jam = set_around(Circle(radius=0.86, stroke_color=theme.uphill, stroke_width=7).move_to(knob.rim), knob.rim)
        panel = CodePanel(stopped, title="turn.py", width=6.6, size=23).to_edge(RIGHT, buff=theme.margin).set_y(1.7)
        name, _, why = next(iter(stopped.raised.values())).partition(": ")
        halves = why.split(" is being ")
        error = VGroup(
            words(f"{name}:", theme.label, theme.uphill, mono=True, weight="BOLD"),
            words(halves[0], theme.label, theme.uphill, mono=True),
            words(f"is being {halves[1]}", theme.label, theme.uphill, mono=True),
        ).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        error = plate(error, opacity=0.95)
        error.next_to(panel, DOWN, buff=theme.room).align_to(panel, LEFT)
        turn = panel.bar("sub_")
        with self.say(
            "One catch. The tape records everything. So when you reach out to [turn]turn a knob yourself, PyTorch "
            "[stops]stops you: not while I'm recording."
        ) as line:
            self.open(backdrop(self.run("lattice"), self.run("beads")), tape, knob)
            self.enter(panel)
            line.reach("turn", shows=turn)
            self.enter(turn)
            # It gives a little, as far as its play, and is jammed.
            self.play(hand.animate(rate_func=_jammed).set_value(PLAY), run_time=max(line.until("stops"), 0.2))
            line.reach("stops", shows=error)
            self.play(
                fade_in(error, UP * theme.drift).set_run_time(theme.enter),
                FadeIn(jam, scale=0.9, run_time=0.2),
                hand.animate(rate_func=_shaken, run_time=0.8).set_value(0.0),
            )

        # Whoever records his own turns: notes upon notes.
        self.beat("its own echo")
        stacks = [self._stack(place, count, theme.stale) for place, count in enumerate(recorded)]
        for stack in stacks:
            stack[0][int(recorded[0]) :].set_fill(theme.stale, 0.45)
        # What the first five are, as torch names them, the knobs themselves last; and what comes on top.
        notes = self.listing("take-notes")
        *operations, _ = notes.values[notes.line_of("loss = ")].lower().split()
        told = VGroup(
            *(
                set_on_baseline(
                    words(name, theme.small, theme.text).next_to(note, LEFT, buff=theme.near), name, note.get_y() - 0.09
                )
                for name, note in zip(("knobs", *reversed(operations)), stacks[0][0], strict=True)
            )
        )
        turns = words("turns", theme.small, theme.text).next_to(
            stacks[-1][0][int(recorded[0]) :], RIGHT, buff=theme.near
        )
        title = words("notes, turn by turn", theme.body, theme.text).move_to([FIRST + 1.5 * APART, 2.6, 0])
        with self.say(
            "And if you could? Then [every]every turn would go on the tape as well. First, the [links]links and the "
            f"knobs: [five]{in_words(recorded[0])} notes. [six]{in_words(recorded[1]).capitalize()}. "
            f"[seven]{in_words(recorded[2]).capitalize()}. [eight]{in_words(recorded[3]).capitalize()}. "
            "It'd be listening to its own [echo]echo."
        ) as line:
            self.play(
                *(fade_out(thing) for thing in (panel, turn, error, jam)), run_time=line.until("every", shows=title)
            )
            self.enter(title)
            line.reach("links", shows=told)
            self.play(fade_in(stacks[0][0], UP * theme.drift), fade_in(told, UP * theme.drift), run_time=0.4)
            for turned_by, (mark, things) in enumerate(
                zip(
                    ("five", "six", "seven", "eight"),
                    ((stacks[0][1],), *zip(stacks[1:3]), (stacks[3], turns)),
                    strict=True,
                )
            ):
                line.reach(mark, shows=things)
                self.play(
                    *(fade_in(thing, UP * theme.drift) for thing in things),
                    hand.animate(rate_func=theme.ease).set_value(turned_by),
                    run_time=0.4,
                )
            line.reach("echo")
            self.play(*(stack.animate(rate_func=_echo).shift(UP * 0.12) for stack in stacks), run_time=line.left)

        # Pause.
        self.beat("pause")
        calm = CodePanel(paused, title="turn.py", width=6.6, size=23).to_edge(RIGHT, buff=theme.margin)
        calm.align_to(panel, UP)
        quiet = calm.bar("no_grad")
        turned = calm.bar("sub_")
        with self.say("So first you press [pause]pause: with torch.no_grad.") as line:
            until = line.until("pause", shows=(quiet, tape))
            # All that was only supposed, and the knob is where it was.
            self.play(
                *map(fade_out, (title, told, turns, *stacks)),
                hand.animate(rate_func=theme.ease).set_value(0.0),
                run_time=0.35 * until,
            )
            self.enter(calm, run_time=0.4 * until)
            line.reach("pause")
            self.play(fade_in(quiet, UP * theme.drift), tape.pause(), run_time=theme.enter)

        # Turn; and go on recording.
        self.beat("turn, and go on")
        with self.say("Now [turn]turn the knob. Nobody minds. And carry on [recording]recording.") as line:
            line.reach("turn", shows=turned)
            self.play(
                fade_out(quiet).set_run_time(theme.leave),
                fade_in(turned, UP * theme.drift).set_run_time(theme.leave),
                hand.animate(rate_func=theme.ease, run_time=0.8).set_value(1.0),
            )
            line.reach("recording", shows=tape)
            self.play(fade_out(turned), tape.run(), run_time=theme.enter)

        # The notes stay as many as they were.
        self.beat("no echo")
        level = [self._stack(place, count, theme.right) for place, count in enumerate(still)]
        with self.say(
            f"Now count again. [one]{in_words(still[0]).capitalize()}. Turn: [two]{in_words(still[1])}. "
            f"Turn: [three]{in_words(still[2])}. Turn: [four]{in_words(still[3])}. Nothing piles up."
        ) as line:
            self.leave(calm)
            self.enter(title)
            for turned_by, (mark, stack) in enumerate(
                zip(("one", "two", "three", "four"), level, strict=True), start=1
            ):
                if turned_by > 1:  # paused, turned, and on again
                    self.play(
                        tape.pause(),
                        hand.animate(rate_func=theme.ease).set_value(turned_by),
                        run_time=min(0.4, max(line.until(mark, shows=stack) - 0.1, 0.1)),
                    )
                line.reach(mark, shows=stack)
                self.play(fade_in(stack, UP * theme.drift), tape.run(), run_time=0.4)
        self.close()

    def _stack(self, place: int, count: float, colour: str) -> VGroup:
        """So many notes on top of each other, and how many they are."""
        x = FIRST + place * APART
        notes = VGroup(
            *(
                RoundedRectangle(
                    corner_radius=0.06,
                    width=1.15,
                    height=NOTE * 0.8,
                    stroke_width=2,
                    stroke_color=colour,
                    fill_color=theme.panel,
                    fill_opacity=1,
                ).move_to([x, FLOOR + index * NOTE, 0])
                for index in range(int(count))
            )
        )
        set_amount(notes, lambda: len(notes))
        number = words(f"{count:.0f}", theme.heading, colour, mono=True, weight="BOLD").next_to(notes, UP)
        return VGroup(notes, tells(number, notes))


def _jammed(fraction: float) -> float:
    """Forced, again and again, against a stop."""
    return abs(sin(2.5 * pi * fraction)) ** 0.5


def _shaken(fraction: float) -> float:
    """Back from a stop, still trembling."""
    return 1 - (1 - fraction) * abs(sin(4 * pi * fraction + pi / 2))


def _echo(fraction: float) -> float:
    """There and back, twice."""
    return abs(sin(2 * pi * fraction))
