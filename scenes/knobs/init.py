"""Scene 5: the code that starts a thousand knobs, line by line, with the numbers that it gave."""

from __future__ import annotations

import numpy as np
from manim import LEFT, ORIGIN, RIGHT, UP, Create, Line, Text, ValueTracker, VGroup, VMobject, linear

from descent_core.catalogue.knobs import made_up_inputs
from descent_core.recordings.listing import Listing
from descent_core.recordings.trajectory import Trajectory
from scenes.knobs.wall import drifting
from scenes.outline import outline
from scenes.parts.charts.histogram import Histogram
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.plot import Plot
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: The range of the axis, and the middle of it.
LOW, HIGH = -0.6, 1.1
#: The largest answer of the plot, and its size in scene units.
MOST, SIZE = 250, (8.2, 1.42)


class AroundNought(ExplainerScene):
    """Random, around nought, and with a memory."""

    def construct(self) -> None:
        code, centred, uncentred = self.listing("init-coeffs"), self.run("centred"), self.run("uncentred")
        panel = CodePanel(code, title="init_coeffs", width=12.6, size=theme.code, skip=("return",))
        panel.to_edge(UP, buff=theme.margin)
        count = len(centred.coeffs[0])
        slid, taken = ValueTracker(0), float(code.lines[code.line_of("- 0.5")].split()[-1])
        risen = ValueTracker(0)
        bars = Histogram(
            lambda: uncentred.coeffs[0, : int(risen.get_value())],
            (LOW, HIGH),
            moved=lambda: -taken * slid.get_value(),
            ticks=(-0.5, 0, 0.5, 1),
            bins=68,
            most=42,
            size=(12.2, 2.0),
        )
        bars.shift([0, -1.9, 0])

        # A thousand at random.
        self.beat("torch.rand")
        first, notes = panel.bar("torch.rand"), [self._note(panel, code, text) for text in ("rand", "- 0.5", "grad_")]
        with self.say(
            f"So we leave it to chance. In PyTorch, that's: a {in_words(centred.dimensions)} [rand]random numbers "
            "between nought and one."
        ) as line:
            self.open(drifting(self.run("wall")), panel, bars)
            line.reach("rand", shows=first)
            self.enter(first, toward=ORIGIN, run_time=theme.leave)
            self.play(
                risen.animate(run_time=line.left + 0.2).set_value(count), fade_in(notes[0]).set_run_time(theme.enter)
            )

        # Minus a half.
        self.beat("minus a half")
        second = panel.bar("- 0.5")
        below = sourced(int((np.asarray(centred.coeffs[0]) < 0).sum()), "how many of centred.coeffs[0] are below 0")
        half = constant(0.5, "what the line takes away", equals=taken)
        with self.say(
            f"Then take away a [half]{in_words(half)}, and they all [slide]slide to the middle: {below} below "
            "nought, and the rest above."
        ) as line:
            line.reach("half", shows=second)
            self.play(fade_out(first), fade_in(second), run_time=theme.leave)
            line.reach("slide")
            self.play(slid.animate(rate_func=theme.ease).set_value(1), fade_in(notes[1]), run_time=1.8)
            zero = Line(bars.spot(0), bars.spot(0, 2.1), color=theme.accent, stroke_width=4)
            self.play(fade_in(zero), run_time=theme.leave)

        # Why: knob by knob, how large the first answers get.
        self.beat("why around nought")
        plot = Plot(
            (0, count),
            (0, MOST),
            across_name="knobs",
            up_name="knobs × inputs, added up",
            across_ticks=(0, 500, 1000),
            up_ticks=(100, 200),
            size=SIZE,
            plate=False,
        )
        plot.shift([-5.6, -1.8, 0] - plot.spot(0, 0))
        climbs, stays = (added_up(plot, run) for run in (uncentred, centred))
        high = _end(climbs, uncentred, f"{uncentred.losses[0]:.0f}")
        low = _end(stays, centred, f"{centred.losses[0]:.1f}")
        with self.say(
            "Why bother? Because knobs [add]add up. If they [all]all push the same way, the machine's very "
            f"first answers are around [most]{uncentred.losses[0]:.0f}. Around [nought]nought, they nearly cancel "
            f"out: it's about [few]{centred.losses[0]:.1f}."
        ) as line:
            self.play(fade_out(bars), fade_out(zero), run_time=theme.leave)
            line.reach("add", shows=plot)
            self.enter(plot, run_time=theme.leave)
            line.reach("all", shows=climbs)
            self.play(Create(climbs, rate_func=linear), run_time=line.until("most", shows=high))
            self.enter(high, run_time=theme.leave)
            line.reach("nought", shows=stays)
            self.play(Create(stays, rate_func=linear), run_time=line.until("few", shows=low))
            self.enter(low, run_time=theme.leave)

        # And a memory.
        self.beat("requires_grad_")
        third = panel.bar("requires_grad_")
        began = constant(1, "where tensors were made", equals=outline("tensors").number)
        with self.say(
            f"And the last line you know, from part {in_words(began)}: [grad]requires grad. From now on, they "
            "remember every turn.",
        ) as line:
            line.reach("grad", shows=third)
            self.play(fade_out(second), fade_in(third), fade_in(notes[2]), run_time=theme.leave)
        self.close()

    def _note(self, panel: CodePanel, code: Listing, text: str) -> Text:
        """What a line had left, beside it: its first three numbers, or what it switched on."""
        index = code.line_of(text)
        value = code.values[index]
        shown = f"{value} …" if " " in value else value
        note = words(
            note_source(shown.replace("-", "−"), f"what line {index + 1} of {code.name}"),
            theme.label,
            theme.accent,
            mono=True,
        )
        line = panel.line(text)
        return note.move_to([0, line.get_y(), 0]).align_to(panel.window.get_right() + LEFT * 0.35, RIGHT)


def added_up(plot: Plot, run: Trajectory) -> VMobject:
    """How large the first answers of a start are, as one knob after the other is added: in the end that is its loss."""
    pushes = made_up_inputs().numpy() * np.asarray(run.coeffs[0])
    large = np.abs(np.cumsum(pushes, axis=1)).mean(axis=0)
    line = VMobject(stroke_color=theme.loss, stroke_width=6)
    return line.set_points_as_corners(plot.spots(range(len(large) + 1), [0.0, *large]))


def _end(line: VMobject, run: Trajectory, number: str) -> VGroup:
    """Behind the end of a line what the knobs of a run were drawn from, and how large its answers are."""
    name = "around 0" if (np.asarray(run.coeffs[0]) < 0).any() else "from 0 to 1"
    label = words(note_source(name, "what the numbers were drawn from"), theme.label, theme.weight)
    value = words(number, theme.body, theme.loss, mono=True, weight="BOLD")
    value.next_to(line.get_end(), RIGHT, buff=theme.room)
    return VGroup(label.next_to(value, RIGHT, buff=theme.gap), value)
