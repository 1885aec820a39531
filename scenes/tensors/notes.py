"""Scene 5: the same sum twice, and between them one line: from then on a tensor takes notes."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterator
from itertools import chain

from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Indicate, Text, VGroup, config

from descent_core.recordings.listing import Listing
from scenes.parts.dials.bead import Bead
from scenes.parts.history.tape import Tape
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.radio import Knob
from scenes.parts.words import plate, set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.listed import had, printed_numbers
from scenes.stage.naming import set_names, set_next_to
from scenes.stage.number_sources import find_numbers, note_source
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors.people import asked_names, backdrop
from scenes.theme import theme

#: Size of the code.
CODE = 22
#: The coefficients and the passenger of the listing: see `descent_core.training.taking_notes`.
COEFFS, PASSENGER = (0.5, -1.0, 2.0), (1, 0, 1)
#: How high the sum stands.
SUM = -1.72
#: How high the names of the two columns stand that are multiplied.
HEADS = 1.32


class ItTakesNotes(ExplainerScene):
    """requires_grad_(), and the answer is signed."""

    def construct(self) -> None:
        code = self.listing("take-notes")
        panel = CodePanel(code, title="notes.py", width=7.15, size=CODE).to_corner(UP + LEFT, buff=theme.margin)
        tape = Tape(width=2.3, running=False).to_corner(UP + RIGHT, buff=theme.margin)
        (off,) = printed_numbers(code, "print(plain)")
        nudged = self.listing("nudged")
        guess, parts = had(nudged, "guess = "), had(nudged, "parts = ")
        # What is spoken of later comes later.
        later = [panel.whole_line(text) for text in ("requires_grad_", "loss = ", "print(loss)")]
        for piece in chain.from_iterable(later):
            piece.set_opacity(0)

        # Three coefficients, one passenger, one sum.
        self.beat("a sum")
        work = panel.bar("plain = ")
        knobs, beads = self._beside()
        of_knobs, of_passenger, times = self._told_of(code, knobs, beads)
        asked = self._asked_of(beads)
        typed = panel.line("plain = ")
        truth = [*typed[typed.original_text.index("- 1") :][: len("- 1")]]
        plain = self._printed(panel, code, "print(plain)")
        one = constant(1, "as the listing sets it", equals=int(find_numbers(typed.original_text)[-1]))
        added, summed, lived, missed = self._worked_out(parts, guess, one, off)
        with self.say(
            "But there's something better. Take [coeffs]a few knobs, like an old radio's, set anyhow. [asked]Female, "
            f"child, third class: that's our [passenger]passenger. [multiply]Multiply, add up. Our [guess]guess: "
            f"{guess:.1f}. One would mean she lives. Did she?"
        ) as line:
            self.open(backdrop(self.run("lattice"), self.run("beads")), panel)
            for name, mark, things in (
                ("coeffs", "coeffs", (knobs, of_knobs)),
                ("passenger", "asked", (beads, of_passenger, asked)),
            ):
                line.reach(mark, shows=things)
                self.play(*(fade_in(thing, UP * theme.drift) for thing in things), run_time=theme.enter)
                text = panel.line(f"{name} = ")
                if name != mark:
                    line.reach(name, shows=text)
                self.play(Indicate(text, scale_factor=1.02, color=theme.accent), run_time=0.9)
            line.reach("multiply", shows=added)
            self.enter(work, times, added, toward=ORIGIN, run_time=0.5)
            line.reach("guess", shows=summed)
            self.enter(summed, run_time=0.4)
        # Nobody hurries over that.
        with self.say(f"She [lived]lived: that's a one. So we're [off]off by {off:.1f}.") as line:
            line.reach("lived", shows=lived)
            self.play(
                fade_in(lived, UP * theme.drift),
                *(Indicate(glyph, scale_factor=1.6, color=theme.accent) for glyph in truth if len(glyph.points)),
                run_time=1.0,
            )
            line.reach("off", shows=(missed, plain))
            self.play(
                *(fade_out(work), fade_in(missed, UP * theme.drift), fade_in(plain, UP * theme.drift)),
                run_time=theme.enter,
            )

        # One line more.
        self.beat("one line more")
        note = panel.bar("requires_grad_")
        with self.say(
            "Now add one [line]line: requires_grad_(). In plain English: start [taking]taking notes."
        ) as line:
            line.reach("line", shows=note)
            self.play(
                *(piece.animate.set_opacity(1) for piece in later[0]),
                *(fade_out(step) for step in (added, summed, lived, missed)),
                fade_in(note),
                run_time=0.5,
            )
            line.reach("taking", shows=tape)
            self.play(fade_in(tape, LEFT * theme.drift), tape.run(), run_time=theme.enter)

        # The same sum again: the same answer, signed.
        self.beat("signed")
        again, noted = panel.bar("loss = "), self._printed(panel, code, "print(loss)")
        noted.next_to(plain, DOWN, buff=theme.gap).align_to(plain, LEFT)
        signed = noted[0][noted[0].original_text.index("grad_fn") :]
        with self.say(
            f"The [same]same sum again. The same {off:.1f}. But [look]look: this one's been signed. It knows how it "
            "came about."
        ) as line:
            line.reach("same", shows=again)
            self.play(
                *(piece.animate.set_opacity(1) for piece in chain.from_iterable(later[1:])),
                fade_out(note),
                fade_in(again),
                run_time=0.5,
            )
            self.play(fade_in(noted, UP * theme.drift), run_time=theme.enter)
            line.reach("look", shows=signed)
            self.play(Indicate(signed, scale_factor=1.12, color=theme.accent), run_time=1.4)
            self.wait(max(line.left, 0.05))
        self.close()

    def _beside(self) -> tuple[VGroup, VGroup]:
        """The three knobs as they are set, and the passenger's three numbers as beads: lit, or dark for a nought."""
        knobs = VGroup(*(Knob(angle, radius=0.32) for angle in COEFFS)).arrange(DOWN, buff=theme.room)
        knobs.move_to([4.42, -0.3, 0])
        beads = VGroup(*(Bead(number).match_y(knob).set_x(5.66) for number, knob in zip(PASSENGER, knobs, strict=True)))
        return knobs, beads

    def _told_of(self, code: Listing, knobs: VGroup, beads: VGroup) -> tuple[VGroup, VGroup, VGroup]:
        """What either column is, with the number of each thing in it; and that they are multiplied, row by row."""
        columns = []
        for head, values, things, line, side, colour in (
            ("coeffs", COEFFS, knobs, "coeffs = ", LEFT, theme.text),
            ("passenger", PASSENGER, beads, "passenger = ", RIGHT, theme.accent),
        ):
            title = words(head, theme.small, theme.text).set_x(things.get_x())
            column = VGroup(set_on_baseline(title, head, HEADS))
            listed = literal_eval(code.lines[code.line_of(line)].partition("(")[2].rstrip(")"))
            for value, given, thing in zip(values, listed, things, strict=True):
                text = f"{constant(value, 'as the listing sets it', equals=given):g}"
                number = words(text, theme.label, colour, mono=True, weight="SEMIBOLD")
                column.add(set_next_to(number, thing, side, theme.near))
            columns.append(column)
        middle = (knobs.get_right()[0] + beads.get_left()[0]) / 2
        times = VGroup(*(words("×", theme.body, theme.text).move_to([middle, knob.get_y(), 0]) for knob in knobs))
        return columns[0], columns[1], times

    def _asked_of(self, beads: VGroup) -> VGroup:
        """What the passenger's three numbers answer, each below its bead."""
        return VGroup(
            *(
                set_next_to(words(name, theme.small, theme.text), bead, DOWN, theme.near)
                for name, bead in zip(asked_names(), beads, strict=True)
            )
        )

    def _worked_out(self, parts: list[float], guess: float, one: int, off: float) -> Iterator[VGroup]:
        """The sum below the code, in four steps: what is added up, the guess, what she did, and how far off it is."""
        told = [(f"{part:g}", theme.text) for part in parts]
        plus, equals, minus = (" + ", theme.quiet), (" = ", theme.quiet), (" − ", theme.quiet)
        steps = (
            (told[0], plus, told[1], plus, told[2]),
            (equals, (f"{guess:.1f}", theme.accent)),
            ((f"    {guess:.1f}", theme.accent), minus, (f"{one}", theme.saved)),
            (equals, (f"{off:.1f}", theme.loss)),
        )
        x = theme.margin - config.frame_width / 2
        for texts in steps:
            step = VGroup()
            for text, colour in texts:
                piece = words(text.strip(), theme.heading, colour, mono=True, weight="SEMIBOLD")
                left = x + 0.2 * (len(text) - len(text.lstrip()))
                step.add(piece.align_to([left, 0, 0], LEFT).set_y(SUM))
                x = piece.get_right()[0] + 0.2 * text.endswith(" ")
            yield plate(step, pad=0.06)

    def _printed(self, panel: CodePanel, code: Listing, line: str) -> VGroup:
        """What a line printed, below the panel."""
        index = code.line_of(line)
        shown = note_source(code.printed[index], f"printed by line {index + 1} of {code.name}")
        text: Text = words(shown, theme.label, theme.accent, mono=True)
        return set_names(VGroup(text), panel).next_to(panel, DOWN, buff=theme.gap).align_to(panel, LEFT)
