"""Scene 3: all losses in one plot, and what each learning rate came to."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, Line, VGroup, config

from scenes.explore import sentences
from scenes.explore.curves import Curves
from scenes.explore.explore_scene import ExploreScene
from scenes.explore.numbers import three_digits
from scenes.parts.words import swatch, words
from scenes.theme import theme


class TheCurves(ExploreScene):
    """The recorded losses, of the walk that never wipes its gradient too, large, beside a table of the ends."""

    def construct(self) -> None:
        runs, colours = self.runs_of(self.labels), self.colours(self.labels)
        verdicts = [self.verdict(label) for label in self.labels]
        asked, never = verdicts[: len(self.summary.runs)], (verdicts[-1] if self.summary.no_zero_grad else None)

        self.beat("the curves")
        curves = Curves(runs, colours, (6.4, 3.6))
        curves.to_edge(LEFT, buff=theme.margin + 0.2).set_y(0)
        table = VGroup()
        for run, verdict, colour in zip(runs, verdicts, colours, strict=True):
            head = swatch(sentences.run_name(run, self.wipes(run)), colour, theme.body, run=run)
            end = "no longer a number" if verdict.not_finite else f"loss {three_digits(verdict.last_loss)}"
            row = VGroup(
                head,
                words(f"{sentences.headline(verdict)}, {end}", theme.label, theme.quiet),
            ).arrange(DOWN, buff=theme.near, aligned_edge=LEFT)
            table.add(row)
        table.arrange(DOWN, buff=theme.room, aligned_edge=LEFT)
        table.next_to(curves, RIGHT, buff=0.7)
        room = config.frame_width / 2 - theme.margin - table.get_left()[0]
        if table.width > room:
            table.scale(room / table.width, about_edge=LEFT)
        rule = Line(UP, DOWN, color=theme.rule, stroke_width=2).match_height(table)
        rule.next_to(table, LEFT, buff=0.35)
        self.open(curves)
        with self.say(sentences.summary_sentence(asked, never)) as line:
            self.enter(rule)
            marks = sentences.summary_marks(asked, never)
            for mark in dict.fromkeys(marks):
                rows = [row for row, its in zip(table, marks, strict=True) if its == mark]
                line.reach(mark, shows=rows)
                self.enter(*rows)
        self.close()
