"""True: each number that is shown or said is a field of a recording, or a constant that gives its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from manim import DecimalNumber, Mobject

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.narration.cues import CueSheet
from scenes.stage.number_sources import NumberSources, find_numbers


@dataclass
class Truth(Check):
    """Watches a scene for numbers, and reads its sources once it is over: a fault is a text with a number of none.

    Attributes
    ----------
    traced
        How many numbers have one.
    """

    traced: int = 0
    _seen: set[str] = field(default_factory=set)

    def see(self, moment: Moment) -> None:
        """Look for type of manim's own that the sources were not told of."""
        sources: NumberSources | None = getattr(moment.scene, "sources", None)
        for mobject in moment.shown:
            text = _text(mobject)
            if text and text not in self._seen and mobject.get_all_points().size:
                self._seen.add(text)
                if sources is None or ("screen", text) not in sources.shown:
                    self._keep(text, find_numbers(text), moment.time)

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Read what the scene showed and said."""
        said = {cue.text: cue.start for cue in sheet.cues}
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        for shown in sources.shown.values():
            self.traced += len(shown.sources) - len(shown.untraced)
            self._keep(shown.text, shown.untraced, said.get(shown.text, 0.0))

    def _keep(self, text: str, found: tuple[str, ...] | list[str], time: float) -> None:
        if found:
            message = f"{', '.join(found)} {'is' if len(found) == 1 else 'are'} no field of a recording, nor a constant"
            self.keep(Fault("number", text, message, time))


def _text(mobject: Mobject) -> str:
    if isinstance(mobject, DecimalNumber):
        return f"{mobject.number:.{mobject.num_decimal_places}f}"
    for name in ("original_text", "tex_string", "typst_code"):
        text = getattr(mobject, name, None)
        if isinstance(text, str):
            return text
    return ""
