"""Scene 1: a list of 1912, and a light on the sea for each of the 2,201 people on it."""

from __future__ import annotations

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    LaggedStart,
    Line,
    RoundedRectangle,
    ValueTracker,
    VGroup,
    linear,
    rush_from,
    squish_rate_func,
)

from descent_core.catalogue.passengers.manifest import CLASSES, KINDS, PEOPLE, manifest
from scenes.outline import OUTLINES, outline
from scenes.parts.clock import Clock
from scenes.parts.machine.key import Key
from scenes.parts.panels.series_cards import picture_of
from scenes.parts.question import Question
from scenes.parts.words import set_on_baseline, swatch, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import slowing, theme
from scenes.training_loop import PART
from scenes.training_loop.people import PATH, TRAVELLING, as_in_the_table, everybody, lights_of, table_names

#: How far apart the columns and the rows of the report's table are, in scene units.
COLUMN, ROW = 2.35, 0.69
#: Where the pictures of the four films before are, from left to right, and how high they and the key are.
ACROSS, LOW = (-4.2, -1.4, 1.4, 4.2), -0.4
#: The year of the report.
YEAR = 1912


class ALightForEverybody(ExplainerScene):
    """2,201 people, and what a report of 1912 says of each."""

    def construct(self) -> None:
        count = len(manifest().fates)
        lights = lights_of(as_in_the_table())
        lights.set_look(y=1.15, zoom=0.92, bright=0.0, path=PATH)

        # The title: a dark sea.
        self.beat("title")
        place = constant(PART.number, "its place in the series", equals=outline(PART.slug).number)
        title = words(PART.title, theme.display, weight="BOLD")
        number = words(f"AI fundamentals  ·  part {place}", theme.body, theme.text)
        heading = VGroup(number, title).arrange(DOWN, buff=theme.room * 0.8).move_to(UP * 2.4)
        films = constant(PART.number - 1, "how many films came before", equals=len(OUTLINES) - 1)
        clock = Clock()  # it goes once they are there
        pictures = VGroup(*(picture_of(film.slug, clock).set_x(x) for film, x in zip(OUTLINES, ACROSS, strict=False)))
        pictures.set_y(LOW)
        hand = ValueTracker(0.25)
        key = Key(hand.get_value, size=1.5).set_y(LOW)
        with self.say(
            f"Welcome back. [films]{in_words(films).capitalize()} films built an engine, piece by piece. Today "
            "we turn the [key]key."
        ) as line:
            self.open(lights, heading)
            self.play(lights.change_look(y=1.2, rate_func=linear, run_time=line.until("films", shows=pictures)))
            self.play(
                LaggedStart(*(fade_in(picture, UP * theme.drift) for picture in pictures), lag_ratio=0.5),
                lights.change_look(y=1.25, rate_func=linear),
                run_time=0.6 * line.until("key"),
            )
            self.add(clock)
            self.play(lights.change_look(y=1.27, rate_func=linear, run_time=0.6 * line.until("key")))
            self.remove(clock)
            self.play(fade_out(pictures), run_time=min(theme.leave, line.until("key")))
            line.reach("key", shows=key)
            self.play(fade_in(key), lights.change_look(y=1.28, rate_func=linear), run_time=0.5)
            self.play(
                hand.animate(rate_func=rush_from, run_time=0.9).set_value(0.0),
                lights.change_look(y=1.3, zoom=1.0, run_time=max(line.left, 0.9), rate_func=linear),
            )

        # The list: what the report says, in a table.
        self.beat("the list")
        year = constant(YEAR, "the year of the report")
        table, cells = self._table()
        paper, named, rows, columns, total = table
        with self.say(
            f"In {year}, a court of inquiry counted [everybody]everyone aboard the [titanic]Titanic: "
            f"[everyone]{everybody():,} people. It wrote down how they [travelled]travelled, man or [woman]woman, "
            "child or grown-up; and who came [home]home."
        ) as line:
            self.play(
                fade_out(heading).set_run_time(theme.leave),
                fade_out(key).set_run_time(theme.leave),
                lights.change_look(y=1.4, path=0.0, run_time=line.until("everybody", shows=paper)),
            )
            self.enter(paper)
            for mark, piece in (("titanic", named), ("everyone", total), ("travelled", rows), ("woman", columns)):
                self.play(lights.drift(line.until(mark, shows=piece)))
                self.enter(piece)
            self.play(lights.drift(line.until("home", shows=cells)))
            self.play(LaggedStart(*(fade_in(cell, UP * theme.drift) for cell in cells), lag_ratio=0.08), run_time=1.2)

        # A light for each: where it stood in the table, there it lies on the water.
        self.beat("a light for everybody")
        heads = table_names(lights)
        with self.say("These are people. So let's give every one of them a [light]light.") as line:
            self.play(lights.drift(line.until("light", shows=(lights, heads))))
            lights.set_look(shown=0.0, bright=1.0)
            self.play(
                fade_out(table).set_run_time(theme.leave),
                fade_out(cells).set_run_time(theme.leave),
                fade_in(heads).set_rate_func(squish_rate_func(slowing, 0.4, 1)).set_run_time(2 * theme.enter),
                lights.change_look(shown=float(count), run_time=2.6, rate_func=_gathering),
            )
        gold = swatch(f"came home: {sourced(int(manifest().fates.sum()), 'saved, by the report')}", theme.saved)
        blue = swatch(f"did not: {sourced(int((1 - manifest().fates).sum()), 'lost, by the report'):,}", theme.lost)
        VGroup(gold, blue).arrange(RIGHT, buff=1.2).to_edge(UP, buff=theme.margin)
        blue.align_to(gold, UP)  # the comma hangs below the line
        saved, lost = (int((manifest().fates == fate).sum()) for fate in (1, 0))
        with self.say(
            f"In gold, [gold]{sourced(saved, 'saved, by the report')} who came home. "
            f"In blue, [blue]{sourced(lost, 'lost, by the report'):,} who didn't."
        ) as line:
            line.reach("gold", shows=gold)
            self.play(fade_in(gold), lights.change_look(zoom=1.03, run_time=line.until("blue", shows=blue)))
            self.play(fade_in(blue).set_run_time(theme.enter), lights.change_look(zoom=1.06, run_time=line.left))

        # The question of the film.
        self.beat("could a machine tell?")
        question = Question().move_to([0, 0.2, 0])
        self.ask(
            question,
            "Could a machine, told only that, work out who came home?",
            lights.change_look(zoom=1.10, y=1.5, rate_func=linear),
            think=1.6,
        )
        self.leave(question)
        self.close()

    def _table(self) -> tuple[VGroup, VGroup]:
        """The report's table: its paper, title, the names of its rows, of its columns, and its total; and its cells."""
        middle = [0.55, centre_above_captions(), 0]
        paper = RoundedRectangle(
            corner_radius=0.18,
            width=5.3 * COLUMN,
            height=7.9 * ROW,
            stroke_color=theme.rule,
            stroke_width=2,
            fill_color=theme.panel,
            fill_opacity=0.94,
        ).move_to([0, middle[1], 0])
        rows, columns, cells = VGroup(), VGroup(), VGroup()
        for down, travels in enumerate(CLASSES):
            y = middle[1] + (0.95 - down) * ROW
            name = words(TRAVELLING[travels], theme.label, theme.quiet)
            set_on_baseline(name.align_to([paper.get_left()[0] + 0.4, 0, 0], LEFT), TRAVELLING[travels], y - 0.11)
            rows.add(name)
            for across, people in enumerate(PEOPLE.values()):
                x = middle[0] + (across - 1.28) * COLUMN
                if not down:
                    title = words(people, theme.label, theme.text).set_x(x)
                    columns.add(set_on_baseline(title, people, middle[1] + 2.05 * ROW - 0.11))
                kind = next(kind for kind in KINDS if (kind.travels, kind.people) == (travels, people))
                if kind.count:
                    cells.add(self._cell(kind.saved, kind.count).move_to([x, y, 0]))
        far = paper.width / 2 - 0.3
        rule = Line(LEFT * far, RIGHT * far, color=theme.rule, stroke_width=2).set_y(middle[1] + 1.55 * ROW)
        head = words("saved, of all", theme.small, theme.quiet)
        head.move_to([paper.get_left()[0] + 0.4, middle[1] + 2.05 * ROW, 0], aligned_edge=LEFT)
        title = words("Report on the Loss of the Titanic", theme.body, theme.text, weight="SEMIBOLD")
        title.move_to([0, middle[1] + 3.12 * ROW, 0])
        total = words(f"{everybody():,} people on board", theme.body, theme.text, weight="SEMIBOLD")
        total.move_to([0, paper.get_bottom()[1] + 0.55, 0])
        return VGroup(VGroup(paper, rule), VGroup(title, head), rows, columns, total), cells

    def _cell(self, saved: int, count: int) -> VGroup:
        """How many of a kind were saved, and of how many."""
        came = words(f"{sourced(saved, 'saved, by the report')}", theme.label, theme.saved, weight="SEMIBOLD")
        of = words(f"of {sourced(count, 'on board, by the report')}", theme.label, theme.quiet)
        return VGroup(came, of).arrange(RIGHT, buff=0.12, aligned_edge=DOWN)


def _gathering(fraction: float) -> float:
    """How many of the lights are lit: one by one at first, then by the hundred."""
    return float(fraction**2.2)
