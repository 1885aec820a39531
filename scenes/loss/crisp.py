"""Scene 8: a field of two colours, at first without an opinion; one number comes down, and it gets crisp."""

from __future__ import annotations

from manim import DOWN, LEFT, UP, VGroup, linear

from descent_core.catalogue.rings import HIDDEN, ring_points
from scenes.parts.decision_field import DecisionField, small_network
from scenes.parts.panels.scorecard import Readout, Scorecard
from scenes.parts.progress import Progress
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.number_sources import note_source
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: A side of the field, in scene units; where its middle is, and where the numbers stand.
SIDE, FIELD_X, NUMBERS_X = 5.35, -1.9, 3.6
#: A row by which its loss is all but what it is in the end.
SETTLED = 245


class GettingCrisp(ExplainerScene):
    """From no opinion to two crisp colours, and in too great a hurry to one."""

    def construct(self) -> None:
        run, hasty = self.run("rings"), self.run("rings-hasty")
        calm, rash = Progress(run), Progress(hasty)
        places, answers = (each.numpy() for each in ring_points())
        model = small_network(HIDDEN)
        field = DecisionField(model, lambda: run.coeffs[calm.row], places, answers, SIDE)
        field.move_to([FIELD_X, centre_above_captions(), 0])
        rows = Readout(lambda: f"round {note_source(str(calm.row), 'the row of rings that is shown')}", theme.body)
        card = Scorecard(lambda: f"{run.losses[calm.row]:.2f}", theme.loss, name="loss").scale(1.4)
        panel = VGroup(card, rows).arrange(DOWN, buff=theme.room, aligned_edge=LEFT)
        panel.move_to([NUMBERS_X, centre_above_captions(), 0])

        # No opinion: grey everywhere.
        self.beat("no opinion")
        with self.say(
            "Now a real machine. It must tell orange dots from blue ones, and at first it's got no idea. "
            f"[loss]Loss: {run.losses[0]:.2f}."
        ) as line:
            field.shown = 0.0
            self.open(field)
            told = line.until("loss", shows=card)
            rest = line.left + 0.3 - told  # they go on coming while the number is said
            self.play(field.scatter(run_time=told, to=told / (told + rest)))
            self.play(field.scatter(run_time=rest), fade_in(card, UP * theme.drift).set_run_time(theme.enter))

        # Round by round it makes up its mind.
        self.beat("getting crisp")
        with self.say(
            "[round]Round by round, it makes up its mind. The colors get [crisp]crisp. Not every round helped, "
            f"but the number fell, and the picture became clear. It's [down]down to {run.losses[-1]:.2f}."
        ) as line:
            line.reach("round", shows=rows)
            self.enter(rows, run_time=0.4)
            # Its colours part by round 80; what is left of the number falls more slowly.
            self.play(calm.to(60, run_time=line.until("crisp"), rate_func=linear))
            self.play(calm.to(80, run_time=0.9))
            self.play(calm.to(SETTLED, run_time=line.until("down")))
            self.play(calm.to(run.steps, run_time=line.left))

        # In too great a hurry.
        self.beat("in a hurry")
        rushed = DecisionField(model, lambda: hasty.coeffs[rash.row], places, answers, SIDE).move_to(field)
        rushed_rows = Readout(
            lambda: f"round {note_source(str(rash.row), 'the row of rings-hasty that is shown')}", theme.body
        )
        rushed_card = Scorecard(lambda: f"{hasty.losses[rash.row]:.2f}", theme.loss, name="loss").scale(1.4)
        rushed_panel = VGroup(rushed_card, rushed_rows).arrange(DOWN, buff=theme.room, aligned_edge=LEFT)
        rushed_panel.move_to(panel)
        rushed.shown = 0.0
        self.play(fade_out(panel), fade_in(rushed), fade_in(rushed_panel), run_time=0.5)
        self.remove(field)
        with self.say(
            "And from the same start, in a hurry? It [rushes]flips from one color to the other, and sticks. The "
            f"loss, [worse]{hasty.losses[-1]:.2f}, is worse than no opinion."
        ) as line:
            self.play(rushed.scatter(run_time=line.until("rushes")))
            # One colour at once, and then all of it the other: each of these rounds is seen.
            self.play(rash.to(2, run_time=0.9))
            self.play(rash.to(10, run_time=line.until("worse")))
            self.play(rash.to(20, run_time=max(line.left - 0.6, 0.5)))
            self.play(rash.to(hasty.steps, run_time=0.6))
        self.close()
