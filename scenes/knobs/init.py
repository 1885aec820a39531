"""Scene 5: the code that starts a thousand knobs, line by line, with the numbers that it gave."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, GrowFromEdge, Line, Rectangle, Text, ValueTracker, VGroup
from numpy.typing import NDArray

from descent_core.recordings.listing import Listing
from descent_core.recordings.trajectory import Trajectory
from scenes.knobs.wall import drifting
from scenes.outline import outline
from scenes.parts.charts.histogram import Histogram
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: The range of the axis, and the middle of it.
LOW, HIGH = -0.6, 1.1
#: Where bars begin, beside their names, and how long the longest is, in scene units.
NAMES, LONGEST = 2.6, 8.2


class AroundNought(ExplainerScene):
    """Random, around nought, and with a memory."""

    def construct(self) -> None:
        code, centred, uncentred = self.listing("init-coeffs"), self.run("centred"), self.run("uncentred")
        panel = CodePanel(code, title="init_coeffs", width=12.6, size=theme.code, skip=("return",))
        panel.to_edge(UP, buff=theme.margin)
        count = len(centred.coeffs[0])
        slid = ValueTracker(0)

        def values() -> NDArray[np.float64]:
            part = slid.get_value()
            first, last = (np.asarray(run.coeffs[0], dtype=float) for run in (uncentred, centred))
            return np.asarray(last if part >= 1 else first + (last - first) * part)

        risen = ValueTracker(0)
        bars = Histogram(
            lambda: values()[: int(risen.get_value())],
            (LOW, HIGH),
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
                risen.animate.set_value(count), fade_in(notes[0]).set_run_time(theme.enter), run_time=line.left + 0.2
            )

        # Minus a half.
        self.beat("minus a half")
        second = panel.bar("- 0.5")
        below = sourced(int((np.asarray(centred.coeffs[0]) < 0).sum()), "how many of centred.coeffs[0] are below 0")
        half = constant(0.5, "what the line takes away", equals=float(code.lines[code.line_of("- 0.5")].split()[-1]))
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

        # Why: the first answers, as long as they are large.
        self.beat("why around nought")
        rows = VGroup(
            _answer("from 0 to 1", uncentred, f"{uncentred.losses[0]:.0f}", uncentred),
            _answer("around 0", centred, f"{centred.losses[0]:.1f}", uncentred),
        ).arrange(DOWN, buff=0.55, aligned_edge=LEFT)
        head = words("how large the first answers are", theme.label, theme.quiet)
        head.next_to(rows, UP, buff=theme.room, aligned_edge=LEFT)
        VGroup(head, rows).move_to([0, -1.15, 0]).align_to(panel, LEFT)
        with self.say(
            "Why bother? Because knobs add up. If they [all]all push the same way, the machine's very [first]first "
            f"answers are around {uncentred.losses[0]:.0f}. Around nought, they nearly cancel out: it's about "
            f"[few]{centred.losses[0]:.1f}."
        ) as line:
            line.reach("all")
            self.leave(bars, zero)
            line.reach("first", shows=rows[0])
            self.play(fade_in(head), fade_in(rows[0][0]), run_time=theme.leave)
            self.play(GrowFromEdge(rows[0][1], LEFT), run_time=1.6, rate_func=theme.ease)
            self.enter(rows[0][2], run_time=theme.leave)
            line.reach("few", shows=rows[1])
            self.play(fade_in(rows[1][0]), GrowFromEdge(rows[1][1], LEFT), fade_in(rows[1][2]), run_time=theme.leave)

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


def _answer(name: str, run: Trajectory, number: str, largest: Trajectory) -> VGroup:
    """A bar as long as the first answers of a start are large, its name before it and its number behind it."""
    label = words(note_source(name, "what the numbers were drawn from"), theme.body, theme.weight)
    length = LONGEST * float(run.losses[0]) / float(largest.losses[0])
    bar = Rectangle(width=length, height=0.42, stroke_width=0, fill_color=theme.loss, fill_opacity=1)
    bar.move_to([NAMES, label.get_y(), 0], aligned_edge=LEFT)
    label.align_to([0, 0, 0], LEFT)
    value = words(number, theme.body, theme.loss, mono=True, weight="BOLD").next_to(bar, RIGHT, buff=theme.gap)
    return VGroup(label, bar, value)
