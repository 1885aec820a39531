"""Scene 4: the rewind button carries the score back into the hand, and tells each knob what it does to it."""

from __future__ import annotations

from dataclasses import replace

from manim import DL, DOWN, DR, LEFT, RIGHT, UP, Line, VGroup, linear

from descent_core.recordings.trajectory import Trajectory
from scenes.loss.in_the_dark import FLIGHT, weighed
from scenes.loss.looks import IN_THE_WALL, LAMPLIT
from scenes.outline import outline
from scenes.parts.darts.angle_knobs import AngleKnobs
from scenes.parts.darts.room import DartRoom
from scenes.parts.darts.thrown import Round
from scenes.parts.history.history_row import HistoryRow
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.progress import Progress
from scenes.parts.words import plate, set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.naming import set_names
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: Everything a little lower in the frame, and farther right: room for the chain above, and the knobs at the left.
LOWER = replace(LAMPLIT, x=-12.0, y=161.0, size=1.7)
#: By the marks of the sentence: what a stretch of the way back is called, and what torch calls its operations.
TOLD = {
    "mean": ("mean", ("mean",)),
    "size": ("size", ("linalgvectornorm",)),
    "minus": ("minus", ("sub",)),
    "flight": ("the flight of each dart", ("stack", "mul", "tan", "unbind", "deg2rad")),
    "hand": ("hand", ("add",)),
}


class RewindButton(ExplainerScene):
    """backward() tells each knob what it does to the score, and turning the knobs says the same."""

    def construct(self) -> None:
        run, aside, up = self.run("darts"), self.run("nudged-aside"), self.run("nudged-up")
        code = self.listing("rewind-throws")
        room, darts = DartRoom(LOWER), Round(Progress(run))
        room.darts.append(darts)
        darts.seen = IN_THE_WALL

        # What is remembered of part 1, and the line of code.
        self.beat("notes")
        panel = CodePanel(code, title="rewind", output=True, width=7.4).move_to([0, 0.7, 0])
        keep, bar = panel.bar("requires_grad_"), panel.bar("backward")
        tensors = constant(1, "where tensors were made", equals=outline("tensors").number)
        with self.say(
            f"Remember part {in_words(tensors)}? Tensors keep [notes]notes. You can't see the bull, but the score "
            "remembers."
        ) as line:
            self.open(room, panel)
            self.play(room.change_look(lamp=0.8, run_time=line.until("notes", shows=keep)))
            self.enter(keep)
        self.beat("loss.backward()")
        with self.say("So there's a rewind button: [rewind]loss.backward().") as line:
            self.play(fade_out(keep), room.change_look(lamp=0.6, run_time=line.until("rewind", shows=bar)))
            self.enter(bar, run_time=0.4)

        # The light runs back over all that torch kept, and the darts fly back into the hand.
        self.beat("rewind")
        names = [name.lower() for name in reversed(code.values[code.line_of("loss = ")].split())][1:]
        chain = HistoryRow(names, width=12.3).move_to([0, 2.8, 0])
        knob_end = set_names(words("knobs", theme.label, theme.weight, weight="SEMIBOLD"), chain.links[0])
        loss_end = set_names(words("loss", theme.label, theme.loss, weight="SEMIBOLD"), chain.links[-1])
        knob_end.next_to(chain, UP, buff=theme.near).align_to(chain, LEFT)
        loss_end.next_to(chain, UP, buff=theme.near).align_to(chain, RIGHT)
        told = {mark: _stretch(chain, names, text, kept) for mark, (text, kept) in TOLD.items()}
        with self.say(
            "The score runs backward: through the [mean]mean, the [size]size, the [minus]minus, the [flight]flight of "
            "each dart, right into your [hand]hand."
        ) as line:
            self.play(
                *(fade_out(thing) for thing in (panel, bar)),
                *(fade_in(thing) for thing in (chain, knob_end, loss_end)),
                run_time=0.6,
            )
            here = 1.0
            for mark, (name, there) in told.items():
                until = line.until(mark, shows=name)
                if mark == "hand":
                    # The darts fly back as the light passes what made them fly.
                    self.play(
                        chain.rewind(until, here, there),
                        room.change(lambda part: setattr(darts, "fraction", 1 - part), until, theme.ease),
                        room.change_look(lamp=1.0, run_time=until, rate_func=linear),
                    )
                else:
                    self.play(chain.rewind(until, here, there))
                self.play(fade_in(name), run_time=0.3)
                here = there
            self.play(chain.rewind(max(line.left, 0.4), here, 0.0))

        # What each knob does to the score.
        self.beat("each knob's slope")
        shown = [run]
        knobs = AngleKnobs(lambda: shown[0].coeffs[0], radius=0.55)
        shares = VGroup(
            *(
                words(f"{slope:+.1f} cm", theme.label, theme.downhill if slope < 0 else theme.uphill, mono=True)
                for slope in run.slopes[0]
            )
        )
        for share, number in zip(shares, knobs.numbers, strict=True):
            share.next_to(number, DOWN, buff=theme.gap)
        back = plate(VGroup(knobs, shares), opacity=0.9)[0]
        VGroup(back, knobs, shares).move_to([0, -0.05, 0]).to_edge(LEFT, buff=theme.margin)
        with self.say(
            "And each knob hears what it does to the score. One degree right, and the loss goes down "
            f"[right]{sourced(-run.slopes[0, 0], 'minus darts.slopes[0, 0]'):.1f}. One degree up, and it goes up "
            f"[up]{run.slopes[0, 1]:.1f}."
        ) as line:
            self.play(fade_in(back), fade_in(knobs), room.change_look(lamp=0.6, run_time=0.7), run_time=0.7)
            self.play(weighed(room, darts, line.until("right", shows=shares[0])))
            self.enter(shares[0])
            self.play(weighed(room, darts, line.until("up", shows=shares[1])))
            self.enter(shares[1])

        # Is it true? Turn them, and throw.
        self.beat("is that true?")
        checks = VGroup(
            *(self._check(name, each) for name, each in (("now", run), ("1° right", aside), ("1° up", up)))
        ).arrange(DOWN, buff=theme.gap, aligned_edge=RIGHT)
        checks.move_to([0, 0.35, 0]).to_edge(RIGHT, buff=theme.margin)
        with self.say(
            f"Let's check. Here it was [was]{run.losses[0]:.1f}. One degree right: [one]{aside.losses[0]:.1f}. One "
            f"degree up: [two]{up.losses[0]:.1f}. Near enough."
        ) as line:
            line.reach("was", shows=checks[0])
            self.enter(checks[0], run_time=0.4)
            for mark, nudged, check in (("one", aside, checks[1]), ("two", up, checks[2])):
                self.play(room.change_look(lamp=1.0, run_time=max(line.until(mark) - FLIGHT, 0.1)))
                thrown = Round(Progress(nudged))
                room.darts[:] = [thrown]
                thrown.fraction, shown[0] = 0.0, nudged
                self.play(room.throw(thrown, line.until(mark, shows=check)))
                self.play(fade_in(check), room.change_look(lamp=0.6, run_time=0.4), run_time=0.4)

        # What it costs: beside turning each knob, and throwing.
        self.beat("what it costs")
        price = constant(2, "a throw and its rewind, in throws: their operations are counted by a test")
        few, many = run.dimensions, self.run("gradient-1000")
        one_by_one = [sourced(each.dimensions + 1, f"one more than {each.label}.dimensions") for each in (run, many)]
        head = self._costs(0, "which way?", "knob by knob", "rewound")
        rows = [
            self._costs(index, f"{each.dimensions:,} knobs", f"{throws:,} throws", f"{price} throws")
            for index, (each, throws) in enumerate(zip((run, many), one_by_one, strict=True), start=1)
        ]
        table = plate(VGroup(head, *rows), pad=0.4, colour=theme.panel, opacity=0.92)[0]
        self.play(
            *(fade_out(thing) for thing in (back, knobs, shares, checks)),
            *(fade_out(name) for name, _ in told.values()),
            room.fade(*room.darts, run_time=0.6),
            room.change_look(lamp=0.4, run_time=0.6),
            run_time=0.6,
        )
        with self.say(
            f"And it's cheap. For [two]{in_words(few)} knobs, or for a [thousand]{in_words(many.dimensions)}: with its "
            f"rewind, a throw costs about as much as {in_words(price)}.",
            about=[many, run],
        ) as line:
            for mark, things in (("two", (table, head, rows[0])), ("thousand", (rows[1],))):
                self.play(chain.rewind(line.until(mark, shows=things)))
                self.enter(*things)
            self.play(chain.rewind(line.left + 0.2))
        self.close()

    def _costs(self, index: int, knobs: str, throws: str, rewound: str) -> VGroup:
        """A row of the table: so many knobs, what it costs to turn each of them and throw, and what it costs to rewind.

        The first is the head of it.
        """
        row = VGroup()
        for text, colour, x in ((knobs, theme.weight, -5.2), (throws, theme.loss, -1.2), (rewound, theme.right, 2.9)):
            if text:
                size, shade = (theme.heading, colour) if index else (theme.label, theme.quiet)
                cell = words(text, size, shade, weight="SEMIBOLD")
                row.add(set_on_baseline(cell, text, 0.75 - 0.8 * index).align_to([x, 0, 0], LEFT))
        return row

    def _check(self, name: str, run: Trajectory) -> VGroup:
        """What was heard with the knobs as they are called there."""
        told = words(note_source(name, "by how much a knob is turned"), theme.body, theme.weight, weight="SEMIBOLD")
        score = words(f"{run.losses[0]:.1f}", theme.heading, theme.loss, mono=True, weight="BOLD")
        return plate(VGroup(told, score).arrange(RIGHT, buff=theme.room), colour=theme.panel, opacity=0.94)


def _stretch(chain: HistoryRow, names: list[str], text: str, kept: tuple[str, ...]) -> tuple[VGroup, float]:
    """What some links that stand side by side are called, below them; and where they begin, from 0 to 1."""
    places = sorted(names.index(name) for name in kept)
    links = chain.links[places[0] : places[-1] + 1]
    line = Line(links.get_corner(DL), links.get_corner(DR), color=theme.uphill, stroke_width=4)
    line.shift(DOWN * theme.near)
    name = set_names(words(text, theme.label, theme.text, weight="SEMIBOLD"), line)
    set_on_baseline(name.set_x(line.get_x()), text, line.get_y() - 0.36)
    return VGroup(line, name), places[0] / len(names)
