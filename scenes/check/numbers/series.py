"""Series: the number of a part, wherever it is shown or said, is that of this film, of a next or of an earlier one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import value_of
from scenes.check.playback import Moment
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.outline import OUTLINES
from scenes.stage.number_sources import NumberSources, find_numbers

#: What is said of a part, and what its number then is to that of the film; and what it should be, in words.
_SAID: tuple[tuple[re.Pattern[str], Callable[[int, int], bool], str], ...] = tuple(
    (re.compile(rf"{words}\W*part (?P<number>\w+)", re.IGNORECASE), holds, should)
    for phrases, holds, should in (
        (en.THIS_PART, lambda said, own: said == own, "this is part {}"),
        (en.NEXT_PART, lambda said, own: said == own + 1, "the next is not that one after part {}"),
        (en.EARLIER_PART, lambda said, own: said < own, "no earlier one than part {}"),
        (en.LATER_PART, lambda said, own: said > own, "no later one than part {}"),
    )
    for words in phrases
)


@dataclass
class Series(Check):
    """Reads the numbers of parts in all texts of a scene of the series, whatever the scene computes them from."""

    _shown: dict[tuple[str, str], float] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note since when each text is there."""
        sources: NumberSources | None = getattr(moment.scene, "sources", None)
        if sources is not None and len(sources.shown) != len(self._shown):
            self._shown = {**dict.fromkeys(sources.shown, moment.time), **self._shown}

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Read them all."""
        own = part_of(type(scene))
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        for key, shown in sources.shown.items() if own else ():
            if found := _misnumbered(shown.text, own):
                self.keep(Fault("number", shown.text, found, self._shown.get(key, 0.0)))


def part_of(scene_class: type) -> int:
    """The number of the part that a scene belongs to, or that it was made from; 0 if it is of none.

    >>> from scenes.outline import outline
    >>> part_of(type("Mine", (), {"__module__": "scenes.training_loop.mine"})) == outline("training-loop").number
    True
    >>> part_of(object)
    0
    """
    numbers = {f"scenes.{film.package}": film.number for film in OUTLINES}
    modules = (".".join(kind.__module__.split(".")[:2]) for kind in scene_class.__mro__)
    return next((numbers[module] for module in modules if module in numbers), 0)


def _misnumbered(text: str, own: int) -> str:
    """Whether a text in part ``own`` calls a part by another number than it has.

    >>> _misnumbered("This was part 2 of AI fundamentals.", 4), _misnumbered("Next time, in part five: more.", 4)
    ('says part 2, and this is part 4', '')
    """
    for pattern, holds, should in _SAID:
        for match in pattern.finditer(text):
            numbers = find_numbers(match["number"]) or [match["number"].lower()]
            said = en.NUMBER_WORDS.get(numbers[0])
            said = said if said is not None else int(value_of(numbers[0])) if numbers[0].isdigit() else None
            if said is not None and not holds(said, own):
                return f"says part {match['number']}, and {should.format(own)}"
    return ""
