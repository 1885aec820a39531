"""Reading time: whatever is written stays until it can have been read."""

from __future__ import annotations

from dataclasses import dataclass, field

from manim import Mobject

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.lines import lines_of
from scenes.check.playback import Moment
from scenes.check.spells import Spell, Spells
from scenes.parts.panels.scorecard import Readout

#: Opacity from which on words are fully there.
_THERE = 0.95
#: Seconds that any words need, and how many words are read in one second.
LEAST, PACE = 0.6, 5.0


@dataclass
class ReadingTime(Check):
    """Measures for how long each line of type is fully there.

    A line is known by its words: one that is replaced by its like has stayed. The numbers of a read-out may run. What
    is there when the scene ends goes with all else.
    """

    _there: Spells[str] = field(default_factory=Spells)
    _lines: dict[str, Mobject] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        running = {id(member) for readout in moment.of(Readout) for member in readout.get_family()}
        lines = {
            line.words: line.mobject
            for line in lines_of(moment)
            if line.opacity >= _THERE and line.words.strip() and id(line.mobject) not in running
        }
        ended = self._there.see(moment.time, lines)
        for spell in ended:
            self._judge(spell)
        self._lines = lines

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left the stage: what came in with it is there from now on."""
        self.see(moment)

    def _judge(self, spell: Spell[str]) -> None:
        needs = max(LEAST, len(spell.what.split()) / PACE)
        if spell.seconds < needs:
            found = f"is fully there for {spell.seconds:.1f} s, and takes {needs:.1f} s to read"
            self.keep(Fault("flash", spell.what, found, spell.since), self._lines[spell.what])
