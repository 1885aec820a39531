"""Scene 4: everybody as lists and as a tensor: a tenth of the room, and far quicker, with the same answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from manim import (
    LEFT,
    PI,
    RIGHT,
    UP,
    Animation,
    Dot,
    MoveToTarget,
    RoundedRectangle,
    Square,
    ValueTracker,
    VGroup,
    VMobject,
    linear,
)

from scenes.parts.panels.scorecard import Readout
from scenes.parts.words import set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import layout
from scenes.stage.listed import had
from scenes.stage.naming import set_amount, tells
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors.people import backdrop
from scenes.theme import theme

#: Bytes that a square of a heap stands for, how many squares lie in a row, and how far apart they are.
SQUARE, COLUMNS, PITCH = 1000, 36, 0.148
#: How many times as fast as the lists the tensor is at least; it is far more on most machines.
AT_LEAST = 20


class SmallAndQuick(ExplainerScene):
    """Lists against a tensor."""

    def construct(self) -> None:
        facts = self.listing("lists-or-tensor")
        lists, tensor = had(facts, "list_bytes = "), had(facts, "tensor_bytes = ")
        quicker = constant(
            AT_LEAST, "how many times as fast it is at least", holds=lambda n: had(facts, "times = ") > n
        )

        behind = backdrop(self.run("lattice"), self.run("beads"), opacity=0.6)

        # Two heaps of bytes.
        self.beat("two heaps")
        heaps = [Heap(lists / SQUARE, theme.guess), Heap(tensor / SQUARE, theme.accent)]
        floor, (left, right) = -1.75, (layout().halves.left - 0.3, layout().halves.right + 0.4)
        names = VGroup()
        for heap, name, size, x in zip(heaps, ("lists", "tensor"), (lists, tensor), (left, right), strict=True):
            heap.stand(x, floor)
            title = words(name, theme.heading, heap.colour, weight="BOLD")
            amount = words(f"{size:,} bytes", theme.body, theme.text, mono=True)
            set_on_baseline(title.move_to([x, 0, 0]), name, 2.6)
            names.add(tells(VGroup(title, amount.move_to([x, 2.15, 0])), heap))
        unit = constant(SQUARE, "the bytes that a square of the picture stands for", equals=heaps[0].unit)
        key = VGroup(Square(0.13, stroke_width=0, fill_color=theme.text, fill_opacity=1))
        key.add(words(f"{unit:,} bytes", theme.small, theme.quiet)).arrange(RIGHT, buff=theme.gap)
        key.move_to([(left + right) / 2, 2.15, 0])  # of both heaps
        with self.say(
            f"Why go to such trouble? Here's everybody as ordinary [lists]lists: {lists:,} bytes. And here "
            f"they are as a [tensor]tensor: {tensor:,}. About a tenth."
        ) as line:
            self.open(behind)
            self.play(behind.come(0.12), run_time=line.until("lists", shows=names[0]))
            self.add(heaps[0])
            self.play(fade_in(names[0]), fade_in(key), heaps[0].pour(run_time=line.until("tensor", shows=names[1])))
            self.add(heaps[1])
            self.play(fade_in(names[1]), heaps[1].pour(run_time=0.9))

        # A race: a round for every sum of all people.
        self.beat("a race")
        laps = ValueTracker(0)
        lanes, runners = self._lanes(laps)
        counters = [
            Readout(partial(self._laps, laps, times), theme.display, colour).move_to([5.2, y, 0])
            for y, colour, times in ((1.7, theme.guess, 1), (-0.6, theme.accent, int(quicker)))
        ]
        for counter, runner in zip(counters, runners, strict=True):
            tells(counter, runner)
        through = words("times through", theme.label, theme.quiet)
        set_on_baseline(through.set_x(5.2), "times through", 2.5)
        with self.say(
            "And [speed]speed? Let's have [lists]lists and tensor [race]race: halve every number, add up each row. By "
            f"the time the lists are through once, the tensor could've done it {in_words(quicker)} times. At least."
        ) as line:
            line.reach("speed")
            self.leave(*heaps, names, key)
            line.reach("lists", shows=lanes)
            self.enter(lanes, *runners, *counters, through)
            line.reach("race")
            self.play(laps.animate(rate_func=linear).set_value(1), run_time=line.left)

        # The same answers.
        self.beat("the same answers")
        hers = VGroup(
            *(
                words(f"{answer:.1f}", 60, colour, mono=True, weight="BOLD").move_to([x, 0.35, 0])
                for answer, colour, x in zip(
                    had(facts, "hers = "), (theme.guess, theme.accent), (-2.6, 2.6), strict=True
                )
            )
        )
        equals = words("=", 60, theme.text, weight="BOLD").move_to([0, 0.35, 0])
        whose = words("our passenger's row, halved and added up", theme.label, theme.text).move_to([0, -0.6, 0])
        for (_, name), answer in zip(lanes, hers, strict=True):
            name.generate_target()
            set_on_baseline(name.target.match_x(answer), name.original_text, 1.25)
        with self.say(
            "The [answers]answers? The [same]same, to the last digit. Just [side]numbers, side by side."
        ) as line:
            line.reach("answers", shows=lanes)
            # The names pass where the tracks were.
            gone = (*runners, *counters, through, *(lane for lane, _ in lanes))
            self.play(*(fade_out(thing) for thing in gone), run_time=0.3)
            moves = [MoveToTarget(name, rate_func=theme.ease) for _, name in lanes]
            self.play(*moves, run_time=min(0.7, line.until("same")))
            line.reach("same", shows=equals)
            self.play(*(fade_in(thing) for thing in (*hers, equals, whose)), run_time=0.5)
            line.reach("side")
            self.play(
                *(fade_out(thing) for thing in (*(name for _, name in lanes), *hers, equals, whose)),
                behind.come(0.8),
                behind.change_look(lens=2.0, distance=19),
                run_time=line.left + 0.8,
            )
        self.close()

    @staticmethod
    def _covered(laps: ValueTracker, times: int) -> float:
        """How many laps somebody has run, and what part of the next, in a race of so many."""
        return laps.get_value() * times

    @staticmethod
    def _laps(laps: ValueTracker, times: int) -> str:
        """How many laps are done of a race in which there are so many."""
        return note_source(f"{_done(SmallAndQuick._covered(laps, times))}", "laps of the race in the picture")

    def _lanes(self, laps: ValueTracker) -> tuple[VGroup, list[Runner]]:
        """Two lanes with their names, and who runs in them."""
        lanes = VGroup()
        runners = []
        for y, name, colour, times in ((1.7, "lists", theme.guess, 1), (-0.6, "tensor", theme.accent, AT_LEAST)):
            # A track that closes: who is through once is where the next round begins.
            lane = RoundedRectangle(corner_radius=0.4, width=9.2, height=0.8, color=theme.rule, stroke_width=8)
            lane.rotate(PI).move_to([-1.0, y, 0])
            label = words(name, theme.heading, colour, weight="BOLD").next_to(lane, UP, buff=theme.room)
            lanes.add(VGroup(lane, label.align_to(lane, LEFT)))
            runners.append(Runner(lane, partial(self._covered, laps, times), colour))
        return lanes, runners


def _done(laps: float) -> int:
    """How many laps are done of those that were begun."""
    return int(laps + 1e-6)


class Runner(Dot):
    """A dot that runs round a closed lane; it stands for the laps that it has done.

    Parameters
    ----------
    lane
        Where it runs.
    laps
        How many laps it has run, and what part of the next.
    colour
        Its colour.
    """

    def __init__(self, lane: VMobject, laps: Callable[[], float], colour: str) -> None:
        super().__init__(radius=0.2, color=colour)
        self._lane, self._laps = lane, laps
        self._shape: np.ndarray = self.points.copy()
        set_amount(self, lambda: _done(self._laps()))
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Stand where it is: reckoned anew, not moved on, so it is there however many frames were drawn."""
        self.points = self._shape + self._lane.point_from_proportion(self._laps() % 1)


class Heap(VMobject):
    """A heap of squares, each of a thousand bytes, that is poured from the bottom up."""

    def __init__(self, squares: float, colour: str) -> None:
        super().__init__(stroke_width=0, fill_color=colour, fill_opacity=0.95)
        self.colour, self.unit = colour, SQUARE
        index = np.arange(round(squares))
        self._corners = np.stack([index % COLUMNS * PITCH, index // COLUMNS * PITCH, 0 * index], axis=-1)
        self.poured = ValueTracker(0)
        set_amount(self, self.stands_for, within=self.unit / 2)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def stand(self, x: float, floor: float) -> None:
        """Stand on the floor, its middle at ``x``."""
        wide = min(len(self._corners), COLUMNS) * PITCH
        self._corners = self._corners + np.array([x - wide / 2, floor, 0])
        self.refresh()

    def stands_for(self) -> float | None:
        """For how many bytes its squares stand, as they lie there; None while they are poured."""
        return None if self.poured.get_value() < 1 else len(self.points) / 16 * self.unit

    def pour(self, run_time: float) -> Animation:
        """Animate all squares to come."""
        return self.poured.animate(run_time=run_time, rate_func=theme.ease).set_value(1)

    def refresh(self) -> None:
        """Draw as many squares as there are now."""
        count = max(round(self.poured.get_value() * len(self._corners)), 1)
        side = PITCH * 0.8
        ring = np.array([[0, 0, 0], [side, 0, 0], [side, side, 0], [0, side, 0], [0, 0, 0]])
        curves = np.concatenate([ring[:-1] + (ring[1:] - ring[:-1]) * part for part in (0, 1 / 3, 2 / 3, 1)])
        curves = curves.reshape(4, 4, 3).transpose(1, 0, 2).reshape(16, 3)
        self.points = (self._corners[:count, None] + curves[None]).reshape(-1, 3)
