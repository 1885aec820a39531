"""Scene 2: a number, a row, a grid, and the film's own picture: rank 0 to 3."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, Dot, VGroup, linear

from scenes.parts.lattice.lattice import Lattice
from scenes.parts.lattice.look import LatticeLook
from scenes.parts.question import Question
from scenes.parts.words import plate, set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.listed import had
from scenes.stage.naming import set_names
from scenes.stage.number_sources import in_words
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors.people import CROWD, EVERYBODY, GRID, HER, ONE, ROW, WIDE, lattice_of_people
from scenes.theme import slowing, theme

#: How far away a picture is looked at whose sheets stand apart, how far they do, and how high it is then.
BACK, APART, RAISED = 2.0, 0.62, 0.3
#: How much of it is left behind the four kinds of tensors, and from one to the next of their beads.
BEHIND, PITCH = 0.16, 0.32
#: How near the eye comes to the middle sheet, until pixels are beads.
CLOSE = 0.021


class FromANumberToAPicture(ExplainerScene):
    """Rank 0, 1, 2, and 3."""

    def construct(self) -> None:
        ranks = self.listing("ranks")
        lattice = lattice_of_people(self.run("lattice"), self.run("beads"))
        lattice.set_look(**lattice.aim(HER, CROWD), **ONE)
        (zero, crowd), (first, many, *_) = had(ranks, "crowd = "), had(ranks, "person = ")
        second, rows, columns, _ = had(ranks, "people = ")
        third, high, wide, colours, all_of_it = had(ranks, "picture = ")

        # One number: how many were in her class.
        self.beat("rank 0")
        one = self._corner(f"rank {zero}", "one number")
        value = words(f"{crowd:.0f}", theme.heading, theme.text, mono=True, weight="BOLD")
        value = set_names(plate(value), lattice).next_to(lattice.point(HER, CROWD), RIGHT, buff=1.5)
        with self.say(
            f"Start with one of them: [number]{crowd:.0f}. That's how many people travelled third class. A single "
            f"number has [rank]rank {in_words(zero)}."
        ) as line:
            self.open(lattice)
            self.play(lattice.change_look(distance=3.0, rate_func=linear, run_time=line.until("number", shows=value)))
            self.play(fade_in(value), lattice.change_look(distance=2.9), run_time=theme.enter)
            self.play(lattice.change_look(distance=2.5, rate_func=linear, run_time=line.until("rank", shows=one)))
            self.play(fade_in(one, DOWN * theme.drift), lattice.change_look(distance=2.4), run_time=theme.enter)

        # A row: a passenger.
        self.beat("rank 1")
        row = self._corner(f"rank {first}", f"{many} numbers in a row")
        with self.say(
            f"Put {in_words(many)} of them in a [row]row, and you've got somebody: a passenger on the Titanic. A row "
            "has [rank]rank one."
        ) as line:
            # The number goes before its bead does.
            self.play(fade_out(value), run_time=min(theme.leave, 0.4 * line.until("row")))
            until = line.until("row", shows=lattice)
            self.play(
                lattice.change_look(**lattice.aim(HER), **{**ROW, "shown": 0.06}, run_time=until),
                fade_out(one).set_run_time(min(theme.leave, until)),
            )
            lattice.set_look(shown=0.14)
            self.play(lattice.change_look(shown=1.0, run_time=1.3, rate_func=slowing))
            self.play(lattice.change_look(turn=97, rate_func=linear, run_time=line.until("rank", shows=row)))
            self.play(fade_in(row, DOWN * theme.drift), lattice.change_look(turn=98.5), run_time=theme.enter)
            self.play(lattice.change_look(turn=101, rate_func=linear, run_time=line.left))

        # A grid: everybody.
        self.beat("rank 2")
        grid = self._corner(f"rank {second}", f"{rows:,} rows of {columns}")
        with self.say(
            f"A row for [everybody]everybody on board: {rows:,} people. [rows]Rows and columns, a grid. That's "
            f"[rank]rank {in_words(second)}."
        ) as line:
            until = line.until("everybody", shows=lattice)
            self.play(lattice.change_look(tilt=22, rate_func=linear, run_time=until))
            self.play(
                lattice.change_look(**GRID, shown=EVERYBODY, run_time=line.until("rows"), rate_func=slowing),
                fade_out(row).set_run_time(theme.leave),
            )
            self.play(
                lattice.change_look(tilt=GRID["tilt"] + 4, rate_func=linear, run_time=line.until("rank", shows=grid))
            )
            self.play(fade_in(grid, DOWN * theme.drift), run_time=theme.enter)
            self.play(lattice.change_look(**WIDE, run_time=max(line.left, 2.4)))

        # And rank 3? A guess.
        self.beat("rank 3?")
        question = Question().set_y(centre_above_captions() + 1.0)
        self.ask(
            question,
            f"So what has rank {in_words(third)}? Have a guess.",
            lattice.change_look(turn=14, run_time=2.0, rate_func=linear),
        )

        # This very picture: three sheets.
        self.beat("rank 3")
        self.leave(question, grid)
        picture = Lattice(lattice.paint(lattice.pixels)[..., :3], look=LatticeLook(distance=1, turn=0, tilt=0, rise=0))
        sheets = self._corner(f"rank {third}", f"{high:,} × {wide:,} × {colours}")
        amount = words(f"{all_of_it:,}", theme.heading, theme.text, mono=True, weight="BOLD")
        amount = VGroup(amount, words("numbers", theme.label)).arrange(DOWN, buff=theme.gap, aligned_edge=RIGHT)
        amount = plate(amount).to_corner(UP + RIGHT, buff=theme.margin)
        with self.say(
            f"You're [looking]looking at it. The picture on your screen is [three]{in_words(colours)} sheets of "
            f"numbers: [red]red, green and blue. In HD, that's [all]{all_of_it:,} of them."
        ) as line:
            self.add(picture)
            self.remove(lattice)
            # It is the picture of before, to the pixel, until it is spoken of: then it goes back, and has edges.
            line.reach("looking", shows=picture)
            self.play(picture.change_look(distance=1.3, turn=-12, tilt=5, run_time=line.until("three", shows=sheets)))
            self.play(
                fade_in(sheets, DOWN * theme.drift),
                picture.change_look(distance=1.36, turn=-14),
                run_time=min(theme.enter, 0.8 * line.until("red")),
            )
            line.reach("red", shows=picture)
            self.play(
                picture.change_look(
                    distance=BACK,
                    turn=-38,
                    tilt=14,
                    apart=APART,
                    rise=RAISED,
                    run_time=line.until("all", shows=amount),
                    rate_func=slowing,
                )
            )
            self.play(fade_in(amount, DOWN * theme.drift), picture.change_look(turn=-41), run_time=theme.enter)
            self.play(picture.change_look(turn=-44, run_time=line.left, rate_func=linear))

        # Close by, a picture is beads again.
        self.beat("beads again")
        four = _four_kinds().set_y(centre_above_captions() + 0.7)
        tensor = words("tensor", theme.display, theme.text, weight="BOLD").set_y(centre_above_captions() - 1.5)
        with self.say(
            "Look [close]closely: beads, all over again. A [number]number, a [list]list, a [table]table, a "
            "[picture]picture: to a machine, it's all one thing. A [tensor]tensor."
        ) as line:
            self.play(picture.change_look(turn=-20, run_time=line.until("close")))
            until = line.until("number", shows=four[0])
            self.play(
                fade_out(sheets).set_run_time(theme.leave),
                fade_out(amount).set_run_time(theme.leave),
                picture.change_look(
                    distance=CLOSE, x=0.02, y=-0.415, turn=-14, tilt=6, rise=0, apart=0.004, run_time=0.58 * until
                ),
            )
            # They are looked at before anything else is said.
            self.play(picture.change_look(turn=-12, rate_func=linear, run_time=0.42 * until))
            self.play(fade_in(four[0], UP * theme.drift), picture.come(BEHIND), run_time=0.5)
            for mark, kind in zip(("list", "table", "picture"), four[1:], strict=True):
                line.reach(mark, shows=kind)
                self.play(fade_in(kind, UP * theme.drift), run_time=0.5)
            line.reach("tensor", shows=tensor)
            self.play(fade_in(tensor, UP * theme.drift), run_time=max(line.left, theme.enter))
            self.wait(theme.breath)
        self.close()

    @staticmethod
    def _corner(name: str, what: str) -> VGroup:
        """The label in the upper left corner: a rank, and what has it."""
        head = words(name, theme.heading, theme.accent, weight="BOLD")
        under = words(what, theme.label, theme.text)
        both = VGroup(head, under).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        return plate(both).to_corner(UP + LEFT, buff=theme.margin)


def _four_kinds() -> VGroup:
    """A number, a list, a table and a picture of beads, side by side, each with its name."""
    sheets = VGroup(
        *(
            _grid(4, 4, colour).shift((UP + RIGHT) * 0.14 * place)
            for place, colour in enumerate((theme.around, theme.downhill, theme.uphill))
        )
    )
    kinds = (_grid(1, 1), _grid(1, 6), _grid(5, 6), sheets)
    for kind, x in zip(kinds, (-4.5, -1.5, 1.5, 4.5), strict=True):
        kind.move_to([x, 0, 0])
    named = VGroup()
    for kind, name in zip(kinds, ("a number", "a list", "a table", "a picture"), strict=True):
        label = set_on_baseline(words(name, theme.label, theme.text).match_x(kind), name, -1.3)
        named.add(VGroup(kind, label))
    return named


def _grid(rows: int, columns: int, colour: str | None = None) -> VGroup:
    """So many beads."""
    return VGroup(
        *(
            Dot([PITCH * column, PITCH * row, 0], 0.115, color=colour or theme.accent)
            for row in range(rows)
            for column in range(columns)
        )
    )
