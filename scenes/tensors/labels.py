"""Scene 3: a machine refuses a word; what is left of a passenger without words is nine numbers."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import (
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    Animation,
    Circle,
    Mobject,
    MoveToTarget,
    Sector,
    VGroup,
    there_and_back,
)

from descent_core.catalogue.passengers.manifest import manifest, row_of
from descent_core.catalogue.tensors import PERSON
from scenes.parts.lattice.lattice import Lattice
from scenes.parts.lattice.look import LatticeLook
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.question import Question
from scenes.parts.words import plate, set_on_baseline, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.listed import had
from scenes.stage.transitions import fade_in, fade_out
from scenes.tensors.people import backdrop, column_names
from scenes.theme import theme

#: How a row of nine beads is seen.
ROW = LatticeLook(distance=8.6, tilt=7, rise=0.7, lens=0.0)
#: What a passenger is called by people.
CARD = ("third class", "a woman", "grown up")
#: How far above its bead a number stands.
ABOVE = 0.95
#: How far names fall, in scene units, and which of them goes how much later.
FALL, LATER = 1.7, 0.09


class TheWordsFallOff(ExplainerScene):
    """Labels are for us. A machine wants numbers."""

    def construct(self) -> None:
        word, ranks = self.listing("feed-a-word"), self.listing("ranks")
        _, _, *row = had(ranks, "person = ")
        behind = backdrop(self.run("lattice"), self.run("beads"))

        # A passenger, as people write her down.
        self.beat("a passenger")
        lines = VGroup(*(words(text, 48, weight="SEMIBOLD") for text in CARD))
        lines.arrange(DOWN, buff=theme.room, aligned_edge=LEFT)
        portrait = _portrait().next_to(lines, LEFT, buff=0.7)
        card = plate(VGroup(portrait, lines), pad=0.55, colour=theme.panel, opacity=1).set_y(centre_above_captions())
        heading = words("passenger", theme.label, theme.accent).next_to(card, UP, buff=theme.gap).align_to(card, LEFT)
        with self.say(
            "Here's our passenger, as you'd write her down: [third]third class, a [woman]woman, [grown]grown up."
        ) as line:
            self.open(behind, card[0], portrait, heading)
            for mark, text in zip(("third", "woman", "grown"), lines, strict=True):
                line.reach(mark, shows=text)
                self.play(fade_in(text, RIGHT * theme.drift), run_time=0.5)

        # What does a machine do with a word?
        self.beat("a word for a machine")
        panel = CodePanel(word, title="words.py", width=9.0, size=40, output=True).set_y(centre_above_captions() + 0.4)
        panel.to_edge(RIGHT, buff=theme.margin)
        question = Question().move_to([-4.9, 0.5, 0])
        self.play(
            card.animate(rate_func=theme.ease).scale(0.5).to_corner(UP + LEFT, buff=theme.margin),
            fade_out(heading),
            run_time=theme.enter,
        )
        self.enter(panel)
        self.ask(question, "Now feed that to a machine. What does it do with the word “female”?")

        # It refuses.
        self.beat("refused")
        refused = words(word.raised[0], 24, theme.uphill, mono=True)
        refused.next_to(panel.prompt, DOWN, buff=theme.near).align_to(panel.prompt, LEFT)
        self.leave(question)
        with self.say("It [refuses]refuses. Invalid data type, it says. It only takes numbers.") as line:
            line.reach("refuses", shows=refused)
            self.play(fade_in(refused), panel.animate(rate_func=_shudder).shift(RIGHT * 0.35), run_time=0.9)
            self.play(panel.animate(rate_func=there_and_back).set_y(panel.get_y() - 0.06), run_time=line.left)

        # Nine questions, nine numbers.
        self.beat("nine numbers")
        lattice = Lattice(row_of(PERSON) / manifest().largest, look=ROW)
        names, numbers = self._row(lattice, row)
        with self.say(
            "So every label becomes a question. [male]Male? Nought. [female]Female? One. [child]A child? Nought. "
            "[third]Third class? One. And last, a [count]count: how many were in her class."
        ) as line:
            self.play(*(fade_out(thing) for thing in (panel, refused, card)), behind.come(0), run_time=theme.leave)
            self.remove(behind)
            lattice.set_opacity(0)
            self.add(lattice)
            self.play(lattice.come(1), run_time=line.until("male", shows=numbers[0]))
            asked = {"male": (0,), "female": (1, 2), "child": (3, 4, 5), "third": (6, 7), "count": (8,)}
            for mark, places in asked.items():
                line.reach(mark, shows=[numbers[place] for place in places])
                self.play(
                    *(fade_in(names[place]) for place in places),
                    *(fade_in(numbers[place], UP * theme.drift) for place in places),
                    run_time=0.5,
                )

        # The names fall off.
        self.beat("the names fall off")
        with self.say(
            "And then the labels can [fall]fall off. They were only ever for us. What's left is a [row]row of plain "
            "numbers: a tensor."
        ) as line:
            self.play(lattice.change_look(turn=-4, run_time=line.until("fall", shows=list(names))))
            self.play(*(_falls(name, LATER * place) for place, name in enumerate(names)), run_time=line.until("row"))
            self.remove(*names)
            self.play(lattice.change_look(turn=6, distance=8.2, run_time=max(line.left, 1.2)))
        self.close()

    def _row(self, lattice: Lattice, row: list[float]) -> tuple[VGroup, VGroup]:
        """What each of the nine beads is called, below it, and its number, above."""
        names, numbers = VGroup(), VGroup()
        for place, (name, number) in enumerate(zip(column_names(), row, strict=True)):
            bead = lattice.point(0, place)
            label = words(name, theme.label, theme.text)
            names.add(set_on_baseline(label.move_to(bead), name, bead[1] - 0.95))
            value = words(f"{number:.0f}", theme.heading, theme.weight, mono=True, weight="BOLD")
            numbers.add(value.add_updater(partial(_above, lattice=lattice, place=place), call_updater=True))
        return names, numbers


def _above(number: Mobject, lattice: Lattice, place: int) -> None:
    """Keep a number above its bead, however the row is turned."""
    number.move_to(lattice.point(0, place) + UP * ABOVE)


def _portrait() -> VGroup:
    """Somebody: a head and shoulders."""
    head = Circle(radius=0.42, stroke_width=0, fill_color=theme.quiet, fill_opacity=1)
    shoulders = Sector(radius=0.85, start_angle=0, angle=PI, stroke_width=0, fill_color=theme.quiet, fill_opacity=1)
    return VGroup(head, shoulders.next_to(head, DOWN, buff=theme.near))


def _falls(name: Mobject, later: float) -> Animation:
    """A name that lets go, tumbles, and is gone."""
    name.generate_target()
    name.target.shift(DOWN * FALL).rotate(0.5 * (-1) ** (round(later * 100) % 2)).set_opacity(0)

    def falling(fraction: float) -> float:
        return max(fraction - later, 0.0) ** 2 / (1 - later) ** 2

    return MoveToTarget(name, rate_func=falling)


def _shudder(fraction: float) -> float:
    """There and back, a few times, less each time."""
    return float(np.sin(fraction * np.pi * 6) * (1 - fraction) ** 2)
