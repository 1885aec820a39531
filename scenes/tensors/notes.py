"""Scene 5: the same sum twice, and between them one line: from then on a tensor takes notes."""

from __future__ import annotations

from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Indicate, Text, VGroup

from descent_core.recordings.listing import Listing
from scenes.parts.dials.bead import Bead
from scenes.parts.history.tape import Tape
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.radio import Knob
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.listed import printed_numbers
from scenes.stage.naming import set_names
from scenes.stage.number_sources import note_source
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors.people import backdrop
from scenes.theme import theme

#: Size of the code.
CODE = 23
#: The coefficients and the passenger of the listing: see `descent_core.training.taking_notes`.
COEFFS, PASSENGER = (0.5, -1.0, 2.0), (1, 0, 1)


class ItTakesNotes(ExplainerScene):
    """requires_grad_(), and the answer is signed."""

    def construct(self) -> None:
        code = self.listing("take-notes")
        panel = CodePanel(code, title="notes.py", width=7.4, size=CODE).to_corner(UP + LEFT, buff=theme.margin)
        tape = Tape(width=2.3, running=False).to_corner(UP + RIGHT, buff=theme.margin)
        (off,) = printed_numbers(code, "print(plain)")

        # Three coefficients, one passenger, one sum.
        self.beat("a sum")
        work = panel.bar("plain = ")
        knobs, beads = self._beside()
        plain = self._printed(panel, code, "print(plain)")
        with self.say(
            "But plenty of things are fast. Here's something better. Take [coeffs]a few knobs, like an old radio's, "
            "and a [passenger]passenger. [multiply]Multiply, add up: a guess. Did she live? Compare it with the truth. "
            f"We're [off]off by {off:.1f}."
        ) as line:
            self.open(backdrop(self.run("lattice"), self.run("beads")), panel)
            for name, things in (("coeffs", knobs), ("passenger", beads)):
                text = panel.line(f"{name} = ")
                line.reach(name, shows=text)
                self.play(
                    Indicate(text, scale_factor=1.02, color=theme.accent),
                    fade_in(things, UP * theme.drift),
                    run_time=0.9,
                )
            line.reach("multiply")
            self.enter(work, toward=ORIGIN, run_time=0.5)
            line.reach("off", shows=plain)
            self.play(fade_out(work), fade_in(plain, UP * theme.drift), run_time=theme.enter)

        # One line more.
        self.beat("one line more")
        note = panel.bar("requires_grad_")
        with self.say(
            "Now add one [line]line: requires_grad_(). In plain English: start [taking]taking notes."
        ) as line:
            line.reach("line", shows=note)
            self.enter(note, toward=ORIGIN)
            line.reach("taking", shows=tape)
            self.play(fade_in(tape, LEFT * theme.drift), tape.run(), run_time=theme.enter)

        # The same sum again: the same answer, signed.
        self.beat("signed")
        again, noted = panel.bar("loss = "), self._printed(panel, code, "print(loss)")
        noted.next_to(plain, DOWN, buff=theme.gap).align_to(plain, LEFT)
        signed = noted[0][noted[0].original_text.replace(" ", "").index("grad_fn") :]
        with self.say(
            f"The [same]same sum again. The same {off:.1f}. But [look]look: this one's been signed. It knows how it "
            "came about."
        ) as line:
            line.reach("same", shows=again)
            self.play(fade_out(note), fade_in(again), run_time=0.5)
            self.play(fade_in(noted, UP * theme.drift), run_time=theme.enter)
            line.reach("look", shows=signed)
            self.play(Indicate(signed, scale_factor=1.12, color=theme.accent), run_time=1.4)
            self.wait(max(line.left, 0.05))
        self.close()

    def _beside(self) -> tuple[VGroup, VGroup]:
        """The three knobs as they are set, and the passenger's three numbers as beads: lit, or dark for a nought."""
        knobs = VGroup(*(Knob(angle, radius=0.32) for angle in COEFFS)).arrange(DOWN, buff=theme.room)
        knobs.move_to([4.35, -0.05, 0])
        beads = VGroup(*(Bead(number).match_y(knob).set_x(5.5) for number, knob in zip(PASSENGER, knobs, strict=True)))
        return knobs, beads

    def _printed(self, panel: CodePanel, code: Listing, line: str) -> VGroup:
        """What a line printed, below the panel."""
        index = code.line_of(line)
        shown = note_source(code.printed[index], f"printed by line {index + 1} of {code.name}")
        text: Text = words(shown, theme.label, theme.accent, mono=True)
        return set_names(VGroup(text), panel).next_to(panel, DOWN, buff=theme.gap).align_to(panel, LEFT)
