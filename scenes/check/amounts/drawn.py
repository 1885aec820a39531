"""Amounts: what is drawn of a heap, of laps, of a length, amounts to the number that its label tells."""

from __future__ import annotations

from dataclasses import dataclass, field

from manim import Mobject

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import value_of
from scenes.check.picture.lines import is_type, words_of
from scenes.check.playback import Moment
from scenes.check.wiring.cast import pieces, tops
from scenes.stage.naming import amount_of, told_by


@dataclass
class Amounts(Check):
    """Holds labels against the things of which a scene says that they tell how much those stand for.

    See `scenes.stage.naming.tells`.
    """

    _told: dict[int, Mobject] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        for label in (piece for top in tops(moment) for piece in pieces(top)):
            for thing in told_by(label) if id(label) not in self._told else ():
                if found := _off(label, thing):
                    self._told[id(label)] = label  # once is enough of a read-out that counts
                    self.keep(Fault("value", _words(label), found, moment.time), label)

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left them."""
        self.see(moment)


def _off(label: Mobject, thing: object) -> str:
    """Why a thing is not as much as its label tells, or nothing."""
    amount = amount_of(thing)
    drawn = None if amount is None else amount.drawn()
    if amount is None or drawn is None or not label.get_all_points().size:
        return ""
    numbers = [
        number
        for line in _lines(label)
        if getattr(line, "numbers", None) is not None
        for number, _ in line.numbers.sources
    ]
    if len(numbers) != 1 or abs(value_of(numbers[0]) - drawn) <= amount.within:
        return ""
    return f"tells {numbers[0]} of what is drawn as {drawn:,.6g}"


def _lines(label: Mobject) -> list[Mobject]:
    return [piece for piece in pieces(label) if is_type(piece)]


def _words(label: Mobject) -> str:
    return ", ".join(words_of(line) for line in _lines(label))
